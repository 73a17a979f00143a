/* src/app/checker.c - see checker.h: the two handles on the ledger, one that reads and one that writes, and an answer from
 * beginning to end. */
#include "app/checker_inside.h"

#include "base/os.h"
#include "engine/follow.h"
#include "ledger/approval_find.h"

#include <string.h>

const char *gr_clearance_text(gr_clearance clearance)
{
    static const char *const words[] = { "approved", "referred", "denied" };

    return words[clearance];
}

void gr_side_close(gr_side *side)
{
    gr_fetcher_close(side->fetcher);
    gr_directory_close(side->directory);
    gr_ledger_close(side->ledger);
    *side = (gr_side){ .ledger = NULL };
}

gr_status gr_checker_open_with(const gr_rules *rules, const char *path, gr_ledger *ledger,
                               gr_checker **out, gr_error *err)
{
    gr_checker *checker = gr_os_alloc(sizeof *checker);
    gr_status status;

    if (!checker) {
        gr_ledger_close(ledger);
        return gr_fail_memory(err);
    }
    *checker = (gr_checker){ .rules = rules, .path = path, .reading = { .ledger = ledger } };
    checker->has_limit = gr_followed_find(rules->set, NULL, &checker->book, &checker->limit);
    status = gr_ledger_reading_end(ledger, err); /* opening has begun one, of that moment */
    if (status == GR_OK)
        *out = checker;
    else
        gr_checker_close(checker);
    return status;
}

gr_status gr_checker_open(const gr_rules *rules, const char *path, gr_checker **out, gr_error *err)
{
    gr_ledger *ledger = NULL;
    gr_status status = gr_ledger_open_reading(path, &ledger, err);

    return status == GR_OK ? gr_checker_open_with(rules, path, ledger, out, err) : status;
}

void gr_checker_close(gr_checker *checker)
{
    if (!checker)
        return;
    gr_side_close(&checker->reading);
    gr_side_close(&checker->writing);
    gr_os_free(checker);
}

const gr_rules *gr_checker_rules(const gr_checker *checker)
{
    return checker->rules;
}

/* ---- fresh ---- */

static gr_status freshen_directory(gr_checker *checker, gr_side *side, gr_error *err)
{
    bool is_current = false;
    gr_status status = GR_OK;

    if (side->directory)
        status = gr_directory_is_current(side->directory, side->ledger, &is_current, err);
    if (status != GR_OK || is_current)
        return status;
    gr_directory_close(side->directory);
    side->directory = NULL;
    return gr_directory_open(checker->rules, side->ledger, checker->path, &side->directory, err);
}

/* What the fetcher knows of sources is of a moment. */
gr_status gr_side_prepare(gr_checker *checker, gr_side *side, gr_error *err)
{
    int64_t run;
    gr_status status = gr_ledger_run_find(side->ledger, &run, err);

    if (status == GR_OK && (!side->fetcher || run != side->run)) {
        gr_fetcher_close(side->fetcher);
        side->fetcher = NULL;
        status = gr_fetcher_open(side->ledger, &side->fetcher, err);
        side->run = run;
    }
    return status == GR_OK ? freshen_directory(checker, side, err) : status;
}

/* ---- an answer ---- */

/* Texts of the giver are those of who asks. */
static void start_answer(const gr_checking *c, gr_preapproval *out)
{
    const gr_record *r = c->planned;
    const gr_value *cost = gr_record_find(r, NULL, GR_F_COST);
    gr_text currency = gr_record_text(r, GR_F_CURRENCY);

    *out = (gr_preapproval){ .approval = GR_TEXT(""),
                             .giver_id = gr_record_text(r, GR_F_GIVER_ID),
                             .giver_name = gr_record_text(r, GR_F_GIVER_NAME),
                             .day = (gr_day)r->value[GR_F_DATE].number,
                             .currency = currency.len > 0 ? currency
                                                          : c->checker->rules->set->policy.currency,
                             .cost = cost ? cost->amount : (gr_amount){ 0, 1 },
                             .record = gr_record_text(r, GR_F_ID) };
}

static gr_status answer(gr_checking *c, gr_preapproval *out, gr_error *err)
{
    gr_judgement judgement = { .arena = c->arena };
    gr_recipient_answer *recipient =
        gr_arena_zero(c->arena, (c->planned->recipient_count + 1) * sizeof *recipient);
    uint32_t gift = 0;
    gr_status status =
        recipient ? gr_checking_allow(c, recipient, false, err) : gr_fail_memory(err);

    out->recipient = recipient;
    out->recipient_count = c->planned->recipient_count;
    if (status == GR_OK)
        status = gr_checking_judge(c, c->planned, true, &judgement, &gift, err);
    if (status == GR_OK)
        status = gr_checking_allow(c, recipient, true, err);
    if (status == GR_OK)
        status = gr_checking_tell(c, &judgement, gift, out, err);
    gr_judgement_free(&judgement);
    if (status == GR_OK && out->clearance == GR_REFERRED)
        status = gr_checking_missing(c, gift, out, err);
    else if (status == GR_OK)
        gr_checking_undo(c, gift);
    return status == GR_OK ? gr_checking_largest(c, out, err) : status;
}

gr_status gr_checker_answer(gr_checker *checker, gr_side *side, const gr_record *planned,
                            gr_day as_of, gr_text except, gr_arena *arena, gr_preapproval *out,
                            gr_error *err)
{
    gr_checking c = { .checker = checker,
                      .side = side,
                      .planned = planned,
                      .as_of = as_of,
                      .except = except,
                      .arena = arena };
    gr_status status = gr_checking_open(&c, err);

    start_answer(&c, out);
    if (status == GR_OK)
        status = answer(&c, out, err);
    gr_checking_free(&c);
    return status;
}

gr_status gr_checker_ask(gr_checker *checker, const gr_record *planned, gr_day as_of,
                         gr_text except, gr_arena *arena, gr_preapproval *out, gr_error *err)
{
    gr_side *side = &checker->reading;
    gr_error later;
    gr_status status = gr_ledger_reading_start(side->ledger, err);

    if (status == GR_OK)
        status = gr_side_prepare(checker, side, err);
    if (status == GR_OK)
        status = gr_checker_answer(checker, side, planned, as_of, except, arena, out, err);
    if (gr_ledger_reading_end(side->ledger, &later) != GR_OK && status == GR_OK) {
        *err = later;
        status = later.status;
    }
    return status;
}

/* The caller reads what is there now: each statement is of its own moment. */
gr_ledger *gr_checker_ledger(gr_checker *checker)
{
    return checker->reading.ledger;
}
