/* tests/property/test_checker.c - what is answered before a gift is what is found when it was given: the same verdicts, of the
 * same sums, whoever the recipient may be; the largest cost is approved, and a cent more is not; and approvals that are
 * open count like gifts. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "app/checker.h"
#include "app/planned.h"
#include "app/run.h"
#include "archive.h"

enum { MOST_STATED = 128, LINES = 256 };

#define AS_OF "2026-11-23"

/* ---- a planned gift ---- */

typedef struct asked {
    gr_stated stated[MOST_STATED];
    size_t count;
    gr_record record;
} asked;

static void state(asked *a, const char *fact, const char *value, unsigned recipient)
{
    a->stated[a->count++] = (gr_stated){ fact, value, recipient };
}

static void plan(made_gift *gift, gr_arena *arena, asked *out)
{
    static const char *const givers[] = { "AE-0", "AE-1", "AE-2" };
    gr_error err = { 0 };

    out->count = 0;
    state(out, "id", gift->id, 0);
    state(out, "date", gift->date, 0);
    state(out, "giver-id", givers[gift->giver], 0);
    for (size_t i = 0; i < gift->count; i++)
        if (strcmp(gift->fact[i].name, "contract") != 0 ||
            !find_fact(gift->fact, gift->count, "contract-signed"))
            state(out, gift->fact[i].name, gift->fact[i].value, 0);
    for (unsigned r = 0; r < gift->recipient_count; r++)
        for (size_t i = 0; i < gift->recipient[r].count; i++)
            state(out, gift->recipient[r].fact[i].name, gift->recipient[r].fact[i].value, r);
    if (gr_planned_read(out->stated, out->count, arena, &out->record, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
}

/* Contracts are elements with attributes, which a log says a little otherwise; an approval is its own matter. */
static void simplify(made_gift *gift)
{
    for (size_t i = 0; i < gift->count;) {
        bool is_apart = strncmp(gift->fact[i].name, "contract", 8) == 0 ||
                        strcmp(gift->fact[i].name, "approval") == 0;

        if (is_apart)
            drop_fact(gift->fact, &gift->count, &gift->fact[i]);
        else
            i++;
    }
}

/* ---- verdicts as lines ---- */

typedef struct verdicts {
    char line[LINES][400];
    size_t count;
} verdicts;

static int by_line(const void *a, const void *b)
{
    return strcmp(a, b);
}

static const char *limit_words(bool has_limit, gr_amount limit, const gr_total *total,
                               char out[200])
{
    char one[GR_MONEY_TEXT], low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    out[0] = '\0';
    if (has_limit)
        snprintf(out, 200, "%s..%s of %s", gr_money_print(total->low, total->den, low),
                 total->unbounded ? "?" : gr_money_print(total->high, total->den, high),
                 gr_amount_print(limit, one));
    return out;
}

static void add_line(verdicts *v, gr_text gift, gr_text rule, gr_text provision, gr_text kind,
                     gr_verdict verdict, const char *sum, gr_text reason)
{
    assert_true(v->count < LINES);
    snprintf(v->line[v->count++], sizeof v->line[0], "%.*s %s %.*s/%.*s %.*s %s: %.*s",
             GR_ALL(gift), gr_verdict_text(verdict), GR_ALL(rule), GR_ALL(provision), GR_ALL(kind),
             sum, GR_SHOW(reason));
}

static bool is_rulebook(const gr_rules *rules, gr_text id)
{
    for (size_t i = 0; i < rules->set->book_count; i++)
        if (gr_text_equal(rules->set->book[i].id, id))
            return true;
    return false;
}

static gr_verdict verdict_of(const gr_run *run, gr_text id)
{
    for (size_t i = 0; i < run->judgement.judged.count; i++) {
        const gr_finding *f = &GR_AT(run->judgement.judged, gr_judged, i)->finding;

        if (gr_text_equal(f->id, id))
            return f->verdict;
    }
    return GR_COMPLIANT;
}

/* What an audit with the gift finds of it, and finds worse than one without. */
static void find(const gr_rules *rules, const gr_run *before, const gr_run *after, const char *id,
                 verdicts *out)
{
    char sum[200];

    for (size_t i = 0; i < after->judgement.judged.count; i++) {
        const gr_finding *f = &GR_AT(after->judgement.judged, gr_judged, i)->finding;
        bool is_own = gr_text_is(f->gift, id);

        if (!is_rulebook(rules, f->rule) || f->verdict <= GR_WARNING ||
            (!is_own && f->verdict <= verdict_of(before, f->id)))
            continue;
        add_line(out, is_own ? GR_TEXT("") : f->gift, f->rule, f->provision, f->kind, f->verdict,
                 limit_words(f->has_limit, f->limit, &f->total, sum), f->reason);
    }
    qsort(out->line, out->count, sizeof out->line[0], by_line);
}

static void tell(const gr_preapproval *a, verdicts *out)
{
    char sum[200];

    for (size_t i = 0; i < a->rule_count; i++) {
        const gr_rule_answer *r = &a->rule[i];

        if (r->verdict > GR_WARNING)
            add_line(out, r->gift, r->rule, r->provision, r->kind, r->verdict,
                     limit_words(r->has_limit, r->limit, &r->total, sum), r->reason);
    }
    qsort(out->line, out->count, sizeof out->line[0], by_line);
}

static void compare(const verdicts *said, const verdicts *found)
{
    for (size_t i = 0; i < said->count || i < found->count; i++) {
        const char *a = i < said->count ? said->line[i] : "(nothing)";
        const char *b = i < found->count ? found->line[i] : "(nothing)";

        if (strcmp(a, b) != 0)
            fail_msg("before the gift: %s\n  and after it: %s", a, b);
    }
}

/* ---- the ledger ---- */

static void look(archive *a, const gr_rules *rules, bool with_export, bool keep, gr_run *run)
{
    const char *inputs[] = { a->export };
    const gr_audit_options options = {
        .inputs = inputs, .input_count = with_export, .ledger = a->ledger, .as_of = AS_OF
    };
    gr_error err = { 0 };

    if (gr_run_make(rules, &options, keep, run, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    if (run->ingest.refused.count > 0)
        fail_msg("%s", GR_AT(run->ingest.refused, gr_error, 0)->message);
}

static void keep_log(archive *a, const gr_rules *rules, made_log *log, size_t count)
{
    char *text = print_log(log, 0, count);
    gr_run run;

    write_export(a, text);
    free(text);
    look(a, rules, true, true, &run);
    gr_run_free(&run);
}

/* A contact whose spouse gets gifts, and nobody has said for whom. */
static void keep_roster(archive *a, const gr_rules *rules)
{
    gr_run run;

    write_export(a, "<roster xmlns=\"urn:giftrule:roster:1\">"
                    "<executive id=\"AE-0\"><name>Giver</name></executive>"
                    "<contact><person id=\"R-1\"><name>Jane Roe</name><employer>Acme Fund"
                    "</employer></person><relation through=\"spouse\"><name>Bob Smith</name>"
                    "<employer>Beta Bank</employer></relation></contact></roster>");
    look(a, rules, true, true, &run);
    gr_run_free(&run);
}

static gr_day as_of(void)
{
    return gr_day_of((gr_date){ 2026, 11, 23 });
}

/* ---- laws ---- */

static void same_verdicts(round_of *r)
{
    archive *a = r->court;
    const gr_rules *rules = rules_of(a, r->firm, r->period);
    made_gift *gift = &r->log.gift[r->log.count - 1];
    gr_arena *arena = gr_arena_create();
    verdicts *said = calloc(1, sizeof *said), *found = calloc(1, sizeof *found);
    gr_checker *checker = NULL;
    gr_preapproval answer;
    gr_run before, after;
    gr_error err = { 0 };
    char *text;
    asked *one = malloc(sizeof *one);

    set_clock(0);
    remove_ledger(a);
    simplify(gift);
    keep_log(a, rules, &r->log, r->log.count - 1);
    if (dice_percent(&r->dice, 50))
        keep_roster(a, rules);
    plan(gift, arena, one);
    if (gr_checker_open(rules, a->ledger, &checker, &err) != GR_OK ||
        gr_checker_ask(checker, &one->record, as_of(), GR_TEXT(""), arena, &answer, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    tell(&answer, said);
    text = print_log(&r->log, r->log.count - 1, r->log.count);
    look(a, rules, false, false, &before);
    write_export(a, text);
    look(a, rules, true, false, &after);
    find(rules, &before, &after, gift->id, found);
    compare(said, found);
    if (found->count == 0)
        assert_int_equal(answer.clearance, GR_APPROVED);
    gr_run_free(&before);
    gr_run_free(&after);
    gr_checker_close(checker);
    gr_arena_free(arena);
    free(text);
    free(one);
    free(said);
    free(found);
}

static void test_same_verdicts(void **state_)
{
    hold(state_, "what is answered is what is found", same_verdicts, 30);
}

static gr_clearance ask_cost(gr_checker *checker, asked *one, int64_t cents, gr_arena *arena)
{
    gr_record copy = one->record;
    gr_preapproval answer;
    gr_error err = { 0 };

    gr_record_set(&copy, NULL, GR_F_COST, (gr_value){ .amount = { cents, 1 } });
    if (gr_checker_ask(checker, &copy, as_of(), GR_TEXT(""), arena, &answer, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    return answer.clearance;
}

static void largest_cost(round_of *r)
{
    archive *a = r->court;
    const gr_rules *rules = rules_of(a, r->firm, r->period);
    gr_arena *arena = gr_arena_create();
    gr_checker *checker = NULL;
    gr_preapproval answer;
    gr_error err = { 0 };
    asked *one = malloc(sizeof *one);

    set_clock(0);
    remove_ledger(a);
    simplify(&r->log.gift[r->log.count - 1]);
    keep_log(a, rules, &r->log, r->log.count - 1);
    plan(&r->log.gift[r->log.count - 1], arena, one);
    if (gr_checker_open(rules, a->ledger, &checker, &err) != GR_OK ||
        gr_checker_ask(checker, &one->record, as_of(), GR_TEXT(""), arena, &answer, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    if (answer.has_largest) {
        int64_t cents = answer.largest.num;

        assert_int_equal(answer.largest.den, 1);
        if (cents > 0)
            assert_int_equal(ask_cost(checker, one, cents, arena), GR_APPROVED);
        assert_int_not_equal(ask_cost(checker, one, cents + 1, arena), GR_APPROVED);
    }
    gr_checker_close(checker);
    gr_arena_free(arena);
    free(one);
}

static void test_largest_cost(void **state_)
{
    hold(state_, "the largest cost is the largest", largest_cost, 20);
}

/* An approval that is open weighs as much as the gift will. */
static void approvals_count(round_of *r)
{
    archive *a = r->court;
    const gr_rules *rules = rules_of(a, 0, r->period); /* the other kind has no such limit */
    gr_arena *arena = gr_arena_create();
    const gr_reserving by = { .author = GR_TEXT("test"), .as_of = as_of() };
    gr_checker *checker = NULL;
    gr_preapproval first, second;
    gr_record gift;
    gr_error err = { 0 };
    const gr_stated stated[] = { { "giver-id", "AE-0", 0 },
                                 { "cost", "180.00", 0 },
                                 { "date", "2026-11-30", 0 },
                                 { "payer", "firm", 0 },
                                 { "name", "Una Kerr", 0 },
                                 { "employer", "Delta Trust", 0 },
                                 { "employer-kind", "institutional-customer", 0 } };

    set_clock(0);
    remove_ledger(a);
    keep_log(a, rules, &r->log, r->log.count);
    assert_int_equal(gr_planned_read(stated, GR_COUNT(stated), arena, &gift, &err), GR_OK);
    if (gr_checker_open(rules, a->ledger, &checker, &err) != GR_OK ||
        gr_checker_reserve(checker, &gift, &by, arena, &first, &err) != GR_OK ||
        gr_checker_ask(checker, &gift, as_of(), GR_TEXT(""), arena, &second, &err) != GR_OK)
        fail_msg("%s: %s", err.file, err.message);
    if (first.clearance == GR_APPROVED) {
        gr_preapproval third, fourth;

        assert_string_equal(first.approval.ptr, "PA-2026-0001");
        assert_int_not_equal(second.clearance, GR_APPROVED);
        if (gr_checker_cancel(checker, first.approval, &by, &err) != GR_OK ||
            gr_checker_ask(checker, &gift, as_of(), GR_TEXT(""), arena, &third, &err) != GR_OK)
            fail_msg("%s: %s", err.file, err.message);
        assert_int_equal(third.clearance, GR_APPROVED);
        assert_int_equal(gr_checker_cancel(checker, first.approval, &by, &err), GR_EINPUT);
        /* when it has expired it counts no more */
        if (gr_checker_reserve(checker, &gift, &by, arena, &third, &err) != GR_OK ||
            gr_checker_ask(checker, &gift, third.valid_to + 1, GR_TEXT(""), arena, &fourth, &err) !=
                GR_OK)
            fail_msg("%s: %s", err.file, err.message);
        assert_string_equal(third.approval.ptr, "PA-2026-0002");
        assert_int_equal(fourth.clearance, GR_APPROVED);
    }
    gr_checker_close(checker);
    gr_arena_free(arena);
}

static void test_approvals_count(void **state_)
{
    hold(state_, "an approval counts", approvals_count, 4);
}

/* ---- several who ask at once ---- */

enum { ASKERS = 12 };

static const gr_stated last_part[] = { { "giver-id", "AE-0", 0 },
                                       { "cost", "100.00", 0 },
                                       { "date", "2026-11-30", 0 },
                                       { "payer", "firm", 0 },
                                       { "name", "Una Kerr", 0 },
                                       { "employer", "Delta Trust", 0 },
                                       { "employer-kind", "institutional-customer", 0 } };

/* In a process of its own: 0 it was approved, 1 it was not, 2 it failed. */
static int ask_alone(const archive *a, const gr_rules *rules)
{
    const gr_reserving by = { .author = GR_TEXT("asker"), .as_of = as_of() };
    gr_arena *arena = gr_arena_create();
    gr_checker *checker = NULL;
    gr_preapproval answer;
    gr_record gift;
    gr_error err = { 0 };

    if (!arena || gr_planned_read(last_part, GR_COUNT(last_part), arena, &gift, &err) != GR_OK ||
        gr_checker_open(rules, a->ledger, &checker, &err) != GR_OK ||
        gr_checker_reserve(checker, &gift, &by, arena, &answer, &err) != GR_OK) {
        fprintf(stderr, "# %s: %s\n", err.file, err.message);
        return 2;
    }
    gr_checker_close(checker);
    gr_arena_free(arena);
    return answer.clearance == GR_APPROVED && answer.approval.len > 0 ? 0 : 1;
}

static bool swallow(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length;
    return true;
}

/* Each for another person; the number is said when the answer is there. */
static int reserve_and_say(const archive *a, const gr_rules *rules, unsigned who, int to)
{
    const gr_reserving by = { .author = GR_TEXT("asker"), .as_of = as_of() };
    gr_stated stated[GR_COUNT(last_part)];
    gr_arena *arena = gr_arena_create();
    gr_checker *checker = NULL;
    gr_preapproval answer;
    char name[32];
    gr_record gift;
    gr_error err = { 0 };

    memcpy(stated, last_part, sizeof stated);
    snprintf(name, sizeof name, "Person Number%u", who);
    stated[4].value = name;
    if (!arena || gr_planned_read(stated, GR_COUNT(stated), arena, &gift, &err) != GR_OK ||
        gr_checker_open(rules, a->ledger, &checker, &err) != GR_OK ||
        gr_checker_reserve(checker, &gift, &by, arena, &answer, &err) != GR_OK)
        return 2;
    return write(to, answer.approval.ptr, answer.approval.len) < 0;
}

/* The limit has room for three of them. */
static void test_at_once(void **state_)
{
    archive *a = *state_;
    const gr_rules *rules = rules_of(a, 0, 0);
    const char *log = "<gift-log xmlns=\"urn:giftrule:gift-log:1\"/>";
    pid_t asker[ASKERS];
    size_t outcome[3] = { 0, 0, 0 };
    bool is_whole = false;
    gr_run run;
    gr_error err = { 0 };
    const gr_report_style style = { .format = GR_FORMAT_JSON };

    set_clock(0);
    remove_ledger(a);
    write_export(a, log);
    look(a, rules, true, true, &run);
    gr_run_free(&run);
    for (size_t i = 0; i < ASKERS; i++) {
        asker[i] = fork();
        assert_true(asker[i] >= 0);
        if (asker[i] == 0)
            _exit(ask_alone(a, rules));
    }
    for (size_t i = 0; i < ASKERS; i++) {
        int status;

        assert_int_equal(waitpid(asker[i], &status, 0), asker[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 2);
        outcome[WEXITSTATUS(status)]++;
    }
    assert_int_equal(outcome[2], 0);
    assert_int_equal(outcome[0], 3);
    assert_int_equal(gr_verify(a->ledger, NULL, NULL, &style, swallow, NULL, &is_whole, &err),
                     GR_OK);
    assert_true(is_whole);
}

/* Killed at whatever moment: what was answered is in the ledger, and the ledger is whole. */
static void test_killed(void **state_)
{
    archive *a = *state_;
    const gr_rules *rules = rules_of(a, 0, 0);
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    gr_error err = { 0 };
    gr_run run;

    set_clock(0);
    remove_ledger(a);
    write_export(a, "<gift-log xmlns=\"urn:giftrule:gift-log:1\"/>");
    look(a, rules, true, true, &run);
    gr_run_free(&run);
    for (unsigned i = 0; i < 25; i++) {
        const struct timespec wait = { 0, 700000L * i };
        gr_checker *checker = NULL;
        gr_approval approval;
        gr_arena *arena = gr_arena_create();
        char number[16] = "";
        bool is_whole = false;
        int said[2];
        pid_t asker;

        assert_int_equal(pipe(said), 0);
        asker = fork();
        assert_true(asker >= 0);
        if (asker == 0)
            _exit(reserve_and_say(a, rules, i, said[1]));
        nanosleep(&wait, NULL);
        kill(asker, SIGKILL);
        assert_int_equal(waitpid(asker, NULL, 0), asker);
        close(said[1]);
        assert_true(read(said[0], number, sizeof number - 1) >= 0);
        close(said[0]);
        assert_int_equal(gr_verify(a->ledger, NULL, NULL, &style, swallow, NULL, &is_whole, &err),
                         GR_OK);
        assert_true(is_whole);
        assert_int_equal(gr_checker_open(rules, a->ledger, &checker, &err), GR_OK);
        if (number[0])
            assert_int_equal(
                gr_checker_approval(checker, gr_text_of(number), as_of(), arena, &approval, &err),
                GR_OK);
        gr_checker_close(checker);
        gr_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_same_verdicts),        LAW(test_largest_cost),        LAW(test_approvals_count),
        cmocka_unit_test(test_at_once), cmocka_unit_test(test_killed),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
