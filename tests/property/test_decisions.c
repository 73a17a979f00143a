/* tests/property/test_decisions.c - laws of officers' decisions, on gift logs made at random: a fact that is supplied makes the
 * same findings as one that was stated from the start; what is accepted or opened again changes no verdict; what changed
 * is told. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#include "court.h"

#include "app/resolve.h"

typedef struct court {
    running now;
    gr_rules *rules[FIRMS][PERIODS];
    char dir[32], log[64], ledger[64];
    size_t supplied, resolved, decided;
} court;

static int set_up(void **state)
{
    static court c;

    for (size_t f = 0; f < FIRMS; f++)
        for (size_t p = 0; p < PERIODS; p++)
            c.rules[f][p] = load_for(f, p);
    snprintf(c.dir, sizeof c.dir, "%s/giftrule-XXXXXX", /* a ledger is synced again and again */
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(c.dir));
    snprintf(c.log, sizeof c.log, "%s/log.xml", c.dir);
    snprintf(c.ledger, sizeof c.ledger, "%s/ledger", c.dir);
    *state = &c;
    return 0;
}

static void remove_ledger(const court *c)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    char path[80];

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", c->ledger, ends[i]);
        unlink(path);
    }
}

static int tear_down(void **state)
{
    court *c = *state;

    for (size_t f = 0; f < FIRMS; f++)
        for (size_t p = 0; p < PERIODS; p++)
            gr_rules_free(c->rules[f][p]);
    remove_ledger(c);
    unlink(c->log);
    return rmdir(c->dir);
}

static const gr_rules *rules_of(const round_of *r)
{
    return ((const court *)r->court)->rules[r->firm][r->period];
}

/* ---- findings as lines, of a run that kept them ---- */

typedef struct state_of {
    gr_run run;
    const char **line;
    size_t count;
} state_of;

static void judge_ledger(const round_of *r, size_t inputs, state_of *out)
{
    const court *c = r->court;
    const char *const input[] = { c->log };
    const gr_audit_options options = {
        .inputs = input, .input_count = inputs, .ledger = c->ledger, .from = "0001-01-01"
    }; /* all of it is judged anew */
    gr_error err = { 0 };

    if (gr_run_make(rules_of(r), &options, true, &out->run, &err) != GR_OK)
        fail_msg("%s (%s)", err.message, err.hint);
    assert_int_equal(out->run.intake.quarantined.count, 0);
    out->count = out->run.judgement.judged.count;
    out->line = gr_arena_zero(out->run.arena, sizeof *out->line * (out->count + 1));
    for (size_t i = 0; i < out->count; i++)
        out->line[i] =
            line_of(out->run.arena, &GR_AT(out->run.judgement.judged, gr_judged, i)->finding);
    qsort(out->line, out->count, sizeof *out->line, by_text);
}

static void assert_as_stated(const round_of *r, made_log *log, const state_of *got)
{
    gr_hearing h;
    const char **want;
    size_t n = 0;

    hear(rules_of(r), log, 1, &h);
    want = lines_of(&h);
    for (size_t i = 0; i < finding_count(&h); i++) { /* lines are "F-.. verdict ..." */
        if (strstr(want[i], " compliant ") == want[i] + 14)
            continue;
        assert_string_equal(n < got->count ? got->line[n] : "(none)", want[i]);
        n++;
    }
    assert_int_equal(n, got->count);
    gr_hearing_close(&h);
}

static void assert_same_lines(const state_of *a, const state_of *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_string_equal(a->line[i], b->line[i]);
}

/* ---- forgetting ---- */

typedef struct forgotten {
    made_gift *gift;
    unsigned position; /* of a recipient's fact */
    made_fact fact;
} forgotten;

/* Facts on whose element others stand would take these along; somebody must be named in some way. */
static bool may_go(const made_fact *fact, made_fact *all, size_t count, bool of_recipient)
{
    static const char *const stay[] = { "cost", "contract" };

    for (size_t i = 0; i < GR_COUNT(stay); i++)
        if (strcmp(fact->name, stay[i]) == 0)
            return false;
    if (of_recipient &&
        (strcmp(fact->name, "name") == 0 || strcmp(fact->name, "recipient-id") == 0))
        return find_fact(all, count, "name") && find_fact(all, count, "recipient-id");
    return strncmp(fact->name, "contract-", 9) != 0 || find_fact(all, count, "contract");
}

static bool forget(round_of *r, forgotten *out)
{
    made_gift *gift = &r->log.gift[dice_below(&r->dice, r->log.count)];
    bool of_recipient = gift->recipient_count > 0 && dice_percent(&r->dice, 35);
    made_fact *all = gift->fact;
    size_t *count = &gift->count, at;

    *out = (forgotten){ .gift = gift };
    if (of_recipient) {
        out->position = (unsigned)dice_below(&r->dice, gift->recipient_count);
        all = gift->recipient[out->position].fact;
        count = &gift->recipient[out->position].count;
    }
    if (*count == 0)
        return false;
    at = dice_below(&r->dice, *count);
    out->fact = all[at];
    if (!may_go(&all[at], all, *count, of_recipient))
        return false;
    drop_fact(all, count, &all[at]);
    return true;
}

static void write_log(round_of *r)
{
    const court *c = r->court;
    char *text = print_log(&r->log, 0, r->log.count);
    FILE *file = fopen(c->log, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(text);
}

/* ---- supplying, as the ledger keeps it ---- */

static void supply(const round_of *r, const forgotten *what, size_t count)
{
    const court *c = r->court;
    const gr_deed deed = { 1700000000, GR_TEXT("officer"), "resolve" };
    gr_ledger *ledger;
    gr_error err = { 0 };

    assert_int_equal(gr_ledger_open(c->ledger, &ledger, &err), GR_OK);
    assert_int_equal(gr_ledger_begin(ledger, &deed, &err), GR_OK);
    for (size_t i = 0; i < count; i++) {
        const gr_decision d = { .kind = GR_DECISION_FACT,
                                .finding = GR_TEXT("F-none"),
                                .reason = GR_TEXT("a reason") };
        const gr_supplied s = { .format = GR_TEXT("gift-log"),
                                .gift = gr_text_of(what[i].gift->id),
                                .position = what[i].position,
                                .fact = gr_fact_find(gr_text_of(what[i].fact.name)) };

        assert_int_not_equal(s.fact, GR_FACT_NONE);
        assert_int_equal(
            gr_ledger_supplied_add(ledger, &d, &s, gr_text_of(what[i].fact.value), &err), GR_OK);
    }
    assert_int_equal(gr_ledger_commit(ledger, GR_TEXT("facts"), &err), GR_OK);
    gr_ledger_close(ledger);
}

static void explain_one(round_of *r, const state_of *now)
{
    const court *c = r->court;
    const gr_audit_options options = { .ledger = c->ledger };
    gr_explanation *x = NULL;
    gr_error err = { 0 };
    char id[15];

    if (now->count == 0)
        return;
    snprintf(id, sizeof id, "%s", now->line[dice_below(&r->dice, now->count)]);
    /* the examples are in force in memory only: the explanation finds their file all the same */
    if (gr_explain(rules_of(r), &options, id, &x, &err) != GR_OK)
        fail_msg("%s", err.message);
    gr_explanation_free(x);
}

static void supplied_is_stated(round_of *r)
{
    court *c = r->court;
    forgotten what[6];
    size_t wanted = 1 + dice_below(&r->dice, GR_COUNT(what)), count = 0;
    state_of before, now;

    for (int i = 0; count < wanted && i < 40; i++)
        count += forget(r, &what[count]);
    remove_ledger(c);
    write_log(r);
    judge_ledger(r, 1, &before);
    assert_as_stated(r, &r->log, &before);
    supply(r, what, count);
    judge_ledger(r, 0, &now);
    assert_as_stated(r, &r->other, &now);
    explain_one(r, &now);
    c->supplied += count;
    gr_run_free(&before.run);
    gr_run_free(&now.run);
}

static void test_supplied(void **state)
{
    hold(state, "a fact supplied is as good as one stated", supplied_is_stated, 60);
    assert_true(((court *)*state)->supplied > 0 || number_from("GR_ROUNDS", 0) > 0);
}

/* ---- resolving ---- */

static const char *find_line(const state_of *in, gr_text id)
{
    for (size_t i = 0; i < in->count; i++)
        if (gr_text_starts(gr_text_of(in->line[i]), id))
            return in->line[i];
    return NULL;
}

static bool is_told(const gr_resolution *x, gr_text id)
{
    bool is_told = gr_text_equal(x->own.is.id, id);

    for (size_t i = 0; i < x->other_count; i++)
        is_told = is_told || gr_text_equal(x->other[i].is.id, id);
    return is_told;
}

/* Whatever is in one state and not in the other, or otherwise, is among the changes. */
static void assert_all_told(const gr_resolution *x, const state_of *a, const state_of *b)
{
    for (size_t i = 0; i < a->count; i++) {
        gr_text id = { a->line[i], 14 };
        const char *other = find_line(b, id);

        if (!other || strcmp(other, a->line[i]) != 0)
            assert_true(is_told(x, id));
    }
}

static gr_status resolve(const round_of *r, gr_resolve_options *options, const char *finding,
                         gr_resolution **out)
{
    const court *c = r->court;
    gr_error err = { 0 };
    gr_status status;

    options->ledger = c->ledger;
    options->finding = finding;
    options->reason = "a reason";
    status = gr_resolve(rules_of(r), options, out, &err);
    if (status != GR_OK)
        assert_true(err.message[0] && (status == GR_EINPUT || status == GR_EUSAGE));
    return status;
}

/* A finding about the gift, or the person in it; else one that counts the gift. NULL: nothing was found about it. */
static const gr_finding *finding_about(const state_of *in, const forgotten *what, bool of_recipient)
{
    for (size_t i = 0; i < in->count; i++) {
        const gr_finding *f = &GR_AT(in->run.judgement.judged, gr_judged, i)->finding;

        if (gr_text_is(f->gift, what->gift->id) && (!of_recipient || f->position == what->position))
            return f;
    }
    for (size_t i = 0; !of_recipient && i < in->count; i++) {
        const gr_finding *f = &GR_AT(in->run.judgement.judged, gr_judged, i)->finding;

        for (size_t k = 0; k < f->counted_count; k++)
            if (gr_text_is(f->counted[k].gift, what->gift->id))
                return f;
    }
    return NULL;
}

static void resolved_is_stated(round_of *r)
{
    court *c = r->court;
    forgotten what;
    state_of before, now;
    const gr_finding *f;
    gr_resolve_options options = { .gift = NULL };
    gr_resolution *x;
    char fact[80], id[16];

    for (int i = 0; i < 40 && !forget(r, &what); i++)
        ;
    remove_ledger(c);
    write_log(r);
    judge_ledger(r, 1, &before);
    f = finding_about(&before, &what,
                      gr_fact_find(gr_text_of(what.fact.name)) >= GR_FACT_FIRST_OF_RECIPIENT);
    if (f) {
        snprintf(id, sizeof id, "%.*s", GR_ALL(f->id));
        snprintf(fact, sizeof fact, "%s=%s", what.fact.name, what.fact.value);
        options.fact = fact;
        options.gift = what.gift->id;
        assert_int_equal(resolve(r, &options, id, &x), GR_OK);
        judge_ledger(r, 0, &now);
        assert_as_stated(r, &r->other, &now);
        assert_all_told(x, &before, &now);
        assert_all_told(x, &now, &before);
        assert_true(!x->finding == !find_line(&now, f->id));
        gr_resolution_free(x);
        gr_run_free(&now.run);
        c->resolved++;
    }
    gr_run_free(&before.run);
}

static void test_resolved(void **state)
{
    hold(state, "what is resolved is as good as stated, and told", resolved_is_stated, 60);
    assert_true(((court *)*state)->resolved > 0 || number_from("GR_ROUNDS", 0) > 0);
}

/* ---- accepting and opening again ---- */

static void deciding_changes_no_verdict(round_of *r)
{
    court *c = r->court;
    gr_resolve_options kinds[] = { { .accept = true }, { .exempt = "X-1" } };
    gr_resolve_options reopen = { .reopen = true };
    gr_resolution *x;
    state_of before, now;
    char id[16];

    remove_ledger(c);
    write_log(r);
    judge_ledger(r, 1, &before);
    for (size_t k = 0; before.count > 0 && k < GR_COUNT(kinds); k++) {
        snprintf(id, sizeof id, "%.14s", before.line[dice_below(&r->dice, before.count)]);
        if (resolve(r, &kinds[k], id, &x) != GR_OK)
            continue;
        gr_resolution_free(x);
        for (int is_open = 0; is_open < 2; is_open++) {
            judge_ledger(r, 0, &now);
            assert_same_lines(&before, &now);
            assert_int_equal(now.run.decided.decision.count, !is_open);
            assert_true(is_open || !gr_decided_find(&now.run.decided, gr_text_of(id))->is_past);
            gr_run_free(&now.run);
            assert_int_equal(resolve(r, &reopen, id, &x), is_open ? GR_EINPUT : GR_OK);
            if (!is_open)
                gr_resolution_free(x);
        }
        c->decided++;
    }
    gr_run_free(&before.run);
}

static void test_decided(void **state)
{
    hold(state, "accepting and opening again change no verdict", deciding_changes_no_verdict, 20);
    assert_true(((court *)*state)->decided > 0 || number_from("GR_ROUNDS", 0) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_supplied),
        LAW(test_resolved),
        LAW(test_decided),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
