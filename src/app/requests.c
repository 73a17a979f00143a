/* src/app/requests.c - see requests.h: a request is read, the deed is checked against its state, and the next revision is
 * kept in the transaction that books, ends or leaves alone its approval: both are there, or neither. Whoever changes a
 * request that somebody else has changed meanwhile is told so. */
#include "app/requests.h"

#include "app/planned.h"
#include "base/bounds.h"
#include "ledger/request_store.h"
#include "report/preapproval.h"

#include <stdio.h>

/* ---- reading ---- */

static gr_status fail_number(gr_text number, gr_error *err)
{
    return gr_fail(err, GR_EINPUT, (gr_place){ "request", 0, 0 },
                   "look it up in the list of requests", "there is no request '%.*s'",
                   GR_SHOW(number));
}

gr_status gr_requests_list(gr_checker *checker, const gr_request_wanted *wanted, gr_arena *arena,
                           gr_list *out, gr_error *err)
{
    gr_request_sought sought = { wanted->account, wanted->giver_id, wanted->only_waiting,
                                 wanted->most };

    return gr_ledger_requests(gr_checker_ledger(checker), &sought, arena, out, err);
}

gr_status gr_request_find(gr_checker *checker, gr_text number, gr_arena *arena, gr_request *out,
                          gr_error *err)
{
    gr_request found;
    bool is_there;
    gr_status status =
        gr_ledger_request_find(gr_checker_ledger(checker), number, arena, &found, &is_there, err);

    if (status != GR_OK)
        return status;
    if (!is_there)
        return fail_number(number, err);
    *out = found;
    return GR_OK;
}

gr_status gr_request_past(gr_checker *checker, gr_text number, gr_arena *arena, gr_list *out,
                          gr_error *err)
{
    size_t before = out->count;
    gr_status status = gr_ledger_request_past(gr_checker_ledger(checker), number, arena, out, err);

    return status == GR_OK && out->count == before ? fail_number(number, err) : status;
}

/* ---- keeping ---- */

typedef struct keeping {
    gr_request *next;
    gr_arena *arena;
    gr_reserving *by;   /* its note is told when all is known */
    const char *doing;  /* for the note: "approved"; NULL: the state that came of it */
    bool is_new;        /* it gets a number */
    bool is_judged;     /* the state is what the answer says */
    bool must_be_given; /* what is denied fails */
    bool has_answer;    /* the gift is judged, and the answer kept */
} keeping;

static bool collect(void *context, const char *bytes, size_t length)
{
    gr_list *text = context;
    size_t before = text->count;

    if (!gr_list_reserve(text, length))
        return false;
    for (size_t i = 0; i < length && text->count == before + i; i++)
        gr_list_push(text, &bytes[i]);
    return text->count == before + length;
}

static gr_status print_answer(const gr_preapproval *answer, gr_arena *arena, gr_text *out,
                              gr_error *err)
{
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    gr_list text = GR_LIST(char);
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, collect, &text);
    status = gr_preapprovals_print(answer, 1, false, &style, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail_memory(err);
    if (status == GR_OK) {
        *out = gr_arena_copy(arena, (gr_text){ text.items, text.count });
        status = out->ptr ? GR_OK : gr_fail_memory(err);
    }
    gr_list_free(&text);
    return status;
}

static gr_status give_number(gr_ledger *ledger, gr_day as_of, gr_arena *arena, gr_text *out,
                             gr_error *err)
{
    gr_text beginning = gr_arena_print(arena, "RQ-%04d-", gr_day_date(as_of).year);
    uint64_t last = 0;
    gr_status status =
        beginning.ptr ? gr_ledger_request_last(ledger, beginning, &last, err) : gr_fail_memory(err);

    if (status != GR_OK)
        return status;
    *out = gr_arena_print(arena, "%.*s%04llu", GR_ALL(beginning), (unsigned long long)last + 1);
    return out->ptr ? GR_OK : gr_fail_memory(err);
}

/* The worst verdict says why. */
static gr_status fail_denied(const gr_preapproval *answer, gr_error *err)
{
    gr_text reason = answer->rule_count > 0 ? answer->rule[0].reason : GR_TEXT("by the rules");

    return gr_fail(err, GR_EINPUT, (gr_place){ "request", 0, 0 },
                   "deny it, or have the gift made smaller",
                   "this would be denied now, and cannot be approved: %.*s", GR_SHOW(reason));
}

static gr_request_state state_of(gr_clearance clearance)
{
    static const gr_request_state states[] = { [GR_APPROVED] = GR_REQUEST_APPROVED,
                                               [GR_REFERRED] = GR_REQUEST_OPEN,
                                               [GR_DENIED] = GR_REQUEST_DENIED };

    return states[clearance];
}

/* What was judged: the answer in full, the giver as the ledger knows that one, and the approval. */
static gr_status take_answer(keeping *k, const gr_preapproval *answer, gr_error *err)
{
    gr_request *next = k->next;

    if (k->must_be_given && answer->approval.len == 0)
        return fail_denied(answer, err);
    if (k->is_judged)
        next->state = state_of(answer->clearance);
    next->approval = answer->approval;
    if (answer->giver_id.len > 0)
        next->giver_id = answer->giver_id;
    if (answer->giver_name.len > 0)
        next->giver_name = answer->giver_name;
    return print_answer(answer, k->arena, &next->answer, err);
}

static gr_status write_note(keeping *k, gr_error *err)
{
    const char *doing = k->doing ? k->doing : gr_request_state_text(k->next->state);
    gr_text note = k->next->note;

    k->by->note = gr_arena_print(k->arena, "%.*s %s%s%.*s", GR_ALL(k->next->number), doing,
                                 note.len > 0 ? ": " : "", GR_SHOW(note));
    return k->by->note.ptr ? GR_OK : gr_fail_memory(err);
}

/* Within the transaction: still as it was read? */
static gr_status check_same(const keeping *k, gr_ledger *ledger, gr_error *err)
{
    gr_request now;
    bool is_there;
    gr_status status =
        gr_ledger_request_find(ledger, k->next->number, k->arena, &now, &is_there, err);

    if (status != GR_OK || (is_there && now.revision + 1 == k->next->revision))
        return status;
    return gr_fail(err, GR_EINPUT, (gr_place){ "request", 0, 0 }, "look at it again",
                   "somebody else has changed '%.*s' meanwhile", GR_SHOW(k->next->number));
}

static gr_status keep(void *context, gr_ledger *ledger, const gr_preapproval *answer, gr_error *err)
{
    keeping *k = context;
    gr_status status = k->is_new
                           ? give_number(ledger, k->by->as_of, k->arena, &k->next->number, err)
                           : check_same(k, ledger, err);

    if (status == GR_OK && k->has_answer)
        status = take_answer(k, answer, err);
    if (status == GR_OK)
        status = gr_ledger_request_add(ledger, k->next, err);
    return status == GR_OK ? write_note(k, err) : status;
}

/* Moments are the ledger's: a kept request is read back. */
static gr_status read_back(gr_checker *checker, const keeping *k, gr_request *out, gr_error *err)
{
    return gr_request_find(checker, k->next->number, k->arena, out, err);
}

/* ---- asking ---- */

gr_status gr_request_ask(gr_checker *checker, const gr_account *who, const gr_record *planned,
                         gr_day as_of, gr_arena *arena, gr_request *out, gr_preapproval *answer,
                         gr_error *err)
{
    gr_request next = { .revision = 1,
                        .account = who->name,
                        .giver_id = gr_record_text(planned, GR_F_GIVER_ID),
                        .giver_name = gr_record_text(planned, GR_F_GIVER_NAME),
                        .stated = gr_planned_print(planned, arena),
                        .note = GR_TEXT("") };
    gr_reserving by = { .author = who->name, .as_of = as_of, .also = keep };
    keeping k = { .next = &next,
                  .arena = arena,
                  .by = &by,
                  .is_new = true,
                  .is_judged = true,
                  .has_answer = true };
    gr_status status = next.stated.ptr ? GR_OK : gr_fail_memory(err);

    by.context = &k;
    if (status == GR_OK)
        status = gr_checker_reserve(checker, planned, &by, arena, answer, err);
    return status == GR_OK ? read_back(checker, &k, out, err) : status;
}

/* ---- what may be done when ---- */

#define AT(state) (1u << GR_REQUEST_##state)

typedef struct deed_rule {
    const char *name;      /* "approve" */
    const char *needs;     /* of the note: "a reason"; NULL: it may be empty */
    unsigned at;           /* states */
    bool decides;          /* not by who asked, nor by who would give */
    bool judges;           /* the gift is judged again */
    gr_request_state then; /* unless it is judged */
    const char *doing;
} deed_rule;

static const deed_rule *rule_of(gr_request_deed deed)
{
    static const deed_rule rules[] = {
        [GR_REQUEST_APPROVE] = { "approve", "a reason", AT(OPEN) | AT(ASKED), true, true,
                                 GR_REQUEST_APPROVED, "approved" },
        [GR_REQUEST_DENY] = { "deny", "a reason", AT(OPEN) | AT(ASKED), true, false,
                              GR_REQUEST_DENIED, "denied" },
        [GR_REQUEST_ASK] = { "ask", "a question", AT(OPEN), true, false, GR_REQUEST_ASKED,
                             "asked for a fact" },
        [GR_REQUEST_WITHDRAW] = { "withdraw", NULL, AT(OPEN) | AT(ASKED) | AT(APPROVED), false,
                                  false, GR_REQUEST_WITHDRAWN, "withdrawn" },
        [GR_REQUEST_GIVE] = { "give", NULL, AT(APPROVED), false, false, GR_REQUEST_GIVEN, "given" },
        [GR_REQUEST_ANSWER] = { "answer", NULL, AT(OPEN) | AT(ASKED), false, true, GR_REQUEST_OPEN,
                                NULL },
    };

    return &rules[deed];
}

/* Who has asked, or is the account executive who would give. */
static bool is_own(const gr_request *request, const gr_account *who)
{
    if (gr_text_equal(request->account, who->name))
        return true;
    if (who->giver.len > 0 && gr_text_equal(request->giver_id, who->giver))
        return true;
    return request->giver_id.len == 0 && who->shown.len > 0 &&
           gr_text_equal(request->giver_name, who->shown);
}

static gr_status check_state(const deed_rule *rule, const gr_request *before, gr_error *err)
{
    static const char *const hints[GR_REQUEST_STATES] = {
        [GR_REQUEST_OPEN] = "it waits for an officer",
        [GR_REQUEST_ASKED] = "it waits for an answer to the officer's question",
        [GR_REQUEST_APPROVED] = "it can be given or withdrawn",
        [GR_REQUEST_DENIED] = "ask anew",
        [GR_REQUEST_WITHDRAWN] = "ask anew",
        [GR_REQUEST_GIVEN] = "it is done",
    };

    if (rule->at & 1u << before->state)
        return GR_OK;
    return gr_fail(err, GR_EINPUT, (gr_place){ "request", 0, 0 }, hints[before->state],
                   "'%.*s' is %s: nobody can %s it now", GR_SHOW(before->number),
                   gr_request_state_text(before->state), rule->name);
}

static gr_status check_deed(const gr_request_change *c, const gr_request *before, gr_error *err)
{
    const deed_rule *rule = rule_of(c->deed);
    gr_place at = { "note", 0, 0 };

    if (rule->decides && is_own(before, c->who))
        return gr_fail(err, GR_EINPUT, (gr_place){ "request", 0, 0 }, "somebody else has to decide",
                       "nobody decides on his or her own request");
    if (rule->needs && gr_text_trim(c->note).len == 0)
        return gr_fail(err, GR_EINPUT, at, "whoever asked will read it", "to %s a request needs %s",
                       rule->name, rule->needs);
    if (c->note.len > GR_MAX_ENTRY)
        return gr_fail(err, GR_ELIMIT, at, "shorten it", "it is longer than %d bytes",
                       GR_MAX_ENTRY);
    if (c->deed == GR_REQUEST_ANSWER && c->fact_count == 0)
        return gr_fail(err, GR_EINPUT, (gr_place){ "fact", 0, 0 }, "state the fact asked for",
                       "an answer has at least one fact");
    return check_state(rule, before, err);
}

/* ---- doing it ---- */

/* What was stated, with the facts of an answer; a fact that was stated before is not stated anew. */
static gr_status plan(const gr_request *before, const gr_request_change *c, gr_arena *arena,
                      gr_record *out, gr_error *err)
{
    gr_list stated = GR_LIST(gr_stated);
    gr_status status = gr_planned_parse(before->stated, arena, &stated, err);

    for (size_t i = 0; status == GR_OK && c->deed == GR_REQUEST_ANSWER && i < c->fact_count; i++)
        status = gr_list_push(&stated, &c->fact[i]) ? GR_OK : gr_fail_memory(err);
    if (status == GR_OK)
        status = gr_planned_read(stated.items, stated.count, arena, out, err);
    gr_list_free(&stated);
    return status;
}

static gr_status judge(gr_checker *checker, const gr_request *before, const gr_request_change *c,
                       keeping *k, gr_error *err)
{
    gr_preapproval answer;
    gr_record planned;
    gr_status status = plan(before, c, k->arena, &planned, err);

    if (status != GR_OK)
        return status;
    k->has_answer = true;
    k->is_judged = c->deed == GR_REQUEST_ANSWER;
    k->must_be_given = k->by->is_granted = c->deed == GR_REQUEST_APPROVE;
    k->next->stated = gr_planned_print(&planned, k->arena);
    if (!k->next->stated.ptr)
        return gr_fail_memory(err);
    return gr_checker_reserve(checker, &planned, k->by, k->arena, &answer, err);
}

static gr_status act(gr_checker *checker, const gr_request *before, const gr_request_change *c,
                     keeping *k, gr_error *err)
{
    const deed_rule *rule = rule_of(c->deed);

    if (rule->judges)
        return judge(checker, before, c, k, err);
    if (c->deed == GR_REQUEST_GIVE)
        return gr_checker_given(checker, before->approval, c->as_of, k->by, err);
    if (c->deed == GR_REQUEST_WITHDRAW && before->approval.len > 0)
        return gr_checker_cancel(checker, before->approval, k->by, err);
    return gr_checker_write(checker, rule->name, k->by, err);
}

gr_status gr_request_change_state(gr_checker *checker, gr_text number,
                                  const gr_request_change *change, gr_arena *arena, gr_request *out,
                                  gr_error *err)
{
    const deed_rule *rule = rule_of(change->deed);
    gr_reserving by = { .author = change->who->name, .as_of = change->as_of, .also = keep };
    gr_request before, next;
    keeping k = { .next = &next, .arena = arena, .by = &by, .doing = rule->doing };
    gr_status status = gr_request_find(checker, number, arena, &before, err);

    if (status == GR_OK)
        status = check_deed(change, &before, err);
    if (status != GR_OK)
        return status;
    next = before;
    next.revision++;
    next.state = rule->then;
    next.note = gr_text_trim(change->note);
    by.context = &k;
    status = act(checker, &before, change, &k, err);
    return status == GR_OK ? read_back(checker, &k, out, err) : status;
}
