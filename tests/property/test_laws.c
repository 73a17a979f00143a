/* tests/property/test_laws.c - laws of the judgement, on gift logs made at random: what must not matter does not, and
 * less knowledge never makes a gift pass. GR_SEED=N repeats a run, GR_ROUNDS=N makes it longer. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "court.h"

enum { YEARLY = 2 }; /* calendar and fiscal: years that do not overlap */

typedef struct court {
    running now;
    gr_rules *rules[FIRMS][PERIODS], *raised[FIRMS][PERIODS], *stricter[FIRMS][PERIODS];
    gr_rules *watchful[FIRMS][YEARLY]; /* they warn from half of a limit on */
} court;

static const court *court_of(const round_of *r)
{
    return r->court;
}

static const gr_rules *rules_of(const round_of *r)
{
    return court_of(r)->rules[r->firm][r->period];
}

/* For laws that do not hold where the years begin with the recipient's first gift: an earlier one moves them all. */
static const gr_rules *steady_of(const round_of *r)
{
    return court_of(r)->rules[r->firm][r->period % STEADY];
}

/* ---- rules ---- */

static void raise_limit(gr_amount *amount)
{
    amount->num += amount->num / 3;
}

/* Whatever amount of the policy bounds an exception is lower. */
static gr_rules *load_stricter(size_t firm, size_t period)
{
    const gr_setting settings[] = {
        { "period", periods[period] },         { "fiscal-start", "07-01" },
        { "firm-kinds", firms[firm] },         { "nominal-value", "40.00" },
        { "customary-bereavement", "150.00" }, { "extensive-entertainment", "200.00" }
    };

    return load_rules(settings, GR_COUNT(settings));
}

static gr_rules *load_watchful(size_t firm, size_t period)
{
    const gr_setting settings[] = { { "period", periods[period] },
                                    { "fiscal-start", "07-01" },
                                    { "firm-kinds", firms[firm] },
                                    { "near-limit", "0.50" } };

    return load_rules(settings, GR_COUNT(settings));
}

static int set_up(void **state)
{
    static court c;

    for (size_t f = 0; f < FIRMS; f++) {
        for (size_t i = 0; i < PERIODS; i++) {
            c.rules[f][i] = load_for(f, i);
            c.raised[f][i] = load_for(f, i);
            change_limits(c.raised[f][i], raise_limit);
            c.stricter[f][i] = load_stricter(f, i);
        }
        for (size_t i = 0; i < YEARLY; i++)
            c.watchful[f][i] = load_watchful(f, i);
    }
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    court *c = *state;

    for (size_t f = 0; f < FIRMS; f++) {
        for (size_t i = 0; i < PERIODS; i++) {
            gr_rules_free(c->rules[f][i]);
            gr_rules_free(c->raised[f][i]);
            gr_rules_free(c->stricter[f][i]);
        }
        for (size_t i = 0; i < YEARLY; i++)
            gr_rules_free(c->watchful[f][i]);
    }
    return 0;
}

/* ---- what must not matter ---- */

static void order_means_nothing(round_of *r)
{
    size_t files = 1 + dice_below(&r->dice, 3);
    gr_hearing one, other;

    shuffle_log(&r->dice, &r->other);
    hear(rules_of(r), &r->log, 1, &one);
    hear(rules_of(r), &r->other, files, &other);
    assert_same_findings(&one, &other);
    gr_hearing_close(&one);
    gr_hearing_close(&other);
}

static void test_order(void **state)
{
    hold(state, "shuffled records and files give the same findings", order_means_nothing, 300);
}

/* Some records again, in the same file or in another one. */
static void again_means_nothing(round_of *r)
{
    gr_hearing once, twice;

    for (size_t i = r->log.count; i-- > 0 && r->other.count < MOST_GIFTS;)
        if (dice_percent(&r->dice, 70))
            r->other.gift[r->other.count++] = r->log.gift[i];
    hear(rules_of(r), &r->log, 1, &once);
    hear(rules_of(r), &r->other, 2, &twice);
    assert_same_findings(&once, &twice);
    assert_int_equal(twice.intake.duplicates, r->other.count - r->log.count);
    gr_hearing_close(&once);
    gr_hearing_close(&twice);
}

static void test_again(void **state)
{
    hold(state, "records given again count once", again_means_nothing, 200);
}

/* ---- sums ---- */

static bool has_one_day(made_log *log, gr_text id)
{
    for (size_t i = 0; i < log->count; i++)
        if (gr_text_is(id, log->gift[i].id))
            return !find_fact(log->gift[i].fact, log->gift[i].count, "ordered") &&
                   !find_fact(log->gift[i].fact, log->gift[i].count, "delivered");
    return false;
}

static void check_total(made_log *log, const gr_finding *f)
{
    const gr_counted *last;

    if (!f->has_limit)
        return;
    assert_true(f->total.den > 0);
    assert_true(f->total.low >= 0);
    assert_true(f->total.unbounded || f->total.low <= f->total.high);
    assert_true(f->counted_count > 0);
    assert_true(f->over.num == 0 || f->verdict >= GR_NEEDS_REVIEW);
    last = &f->counted[f->counted_count - 1];
    assert_true(gr_text_equal(last->gift, f->gift));
    for (size_t i = 0; i < f->counted_count; i++) {
        assert_true(f->counted[i].value.low <= f->counted[i].value.high);
        if (has_one_day(log, f->counted[i].gift))
            assert_true(f->counted[i].day >= f->period.from && f->counted[i].day <= f->period.to);
    }
}

/* A denominator for all that a finding counts; 0 where it is so large that the engine sums intervals. */
static int64_t common_den(const gr_finding *f)
{
    int64_t den = 1;

    for (size_t i = 0; i < f->counted_count && den <= 1000000000; i++)
        den = den / gr_common_divisor(den, f->counted[i].value.den) * f->counted[i].value.den;
    return den <= 1000000000 ? den : 0;
}

/* The total is the sum of what the finding lists. */
static void check_sum(const gr_finding *f)
{
    int64_t den = f->has_limit ? common_den(f) : 0;
    gr_wide low = 0, high = 0;

    for (size_t i = 0; den > 0 && i < f->counted_count; i++) {
        gr_span v = f->counted[i].value;

        low += (gr_wide)v.low * (den / v.den);
        high += v.high == GR_UNBOUNDED ? 0 : (gr_wide)v.high * (den / v.den);
    }
    if (den == 0)
        return;
    assert_true(low * f->total.den == f->total.low * den);
    assert_true(f->total.unbounded || high * f->total.den == f->total.high * den);
}

static void sums_are_right(round_of *r)
{
    gr_hearing h;

    hear(rules_of(r), &r->log, 1, &h);
    for (size_t i = 0; i < finding_count(&h); i++) {
        check_total(&r->log, finding_at(&h, i));
        check_sum(finding_at(&h, i));
    }
    gr_hearing_close(&h);
}

static void test_sums(void **state)
{
    hold(state, "certain <= possible, and totals are the sums of what is listed", sums_are_right,
         300);
}

/* Findings are told apart by their ids; a near-limit warning stands beside the verdict on the same gift. */
static void ids_are_unique(round_of *r)
{
    gr_hearing h;
    const gr_finding *a, *b;

    hear(rules_of(r), &r->log, 1, &h);
    for (size_t i = 0; i < finding_count(&h); i++) {
        for (size_t k = i + 1; k < finding_count(&h); k++) {
            a = finding_at(&h, i);
            b = finding_at(&h, k);
            if (a->verdict >= GR_WARNING && b->verdict >= GR_WARNING && gr_text_equal(a->id, b->id))
                fail_msg("twice: %s\n%s", line_of(h.arena, a), line_of(h.arena, b));
        }
    }
    gr_hearing_close(&h);
}

static void test_ids(void **state)
{
    hold(state, "no two findings have one id", ids_are_unique, 200);
}

/* ---- what only goes one way ---- */

/* For each question that now has an answer above compliant. */
static void assert_no_worse(const gr_hearing *now, const gr_hearing *than)
{
    for (size_t i = 0; i < finding_count(now); i++) {
        const gr_finding *f = finding_at(now, i);

        if (f->verdict > GR_WARNING && verdict_like(now, f, true) > verdict_like(than, f, true))
            fail_msg("worse: %s", line_of(now->arena, f));
        if (f->has_limit && f->verdict > GR_WARNING && !is_of_client(f) &&
            verdict_like(now, f, false) > verdict_like(than, f, false))
            fail_msg("worse for the person: %s", line_of(now->arena, f));
    }
}

static void higher_limit_is_no_worse(round_of *r)
{
    gr_hearing before, after;

    hear(rules_of(r), &r->log, 1, &before);
    hear(court_of(r)->raised[r->firm][r->period], &r->log, 1, &after);
    assert_no_worse(&after, &before);
    gr_hearing_close(&before);
    gr_hearing_close(&after);
}

static void test_raised_limit(void **state)
{
    hold(state, "a raised limit never worsens a verdict", higher_limit_is_no_worse, 200);
}

static void stricter_choice_finds_more(round_of *r)
{
    gr_hearing lenient, strict;

    hear(steady_of(r), &r->log, 1, &lenient);
    hear(court_of(r)->stricter[r->firm][r->period % STEADY], &r->log, 1, &strict);
    assert_no_worse(&lenient, &strict);
    gr_hearing_close(&lenient);
    gr_hearing_close(&strict);
}

static void test_stricter_choice(void **state)
{
    hold(state, "lower amounts in the policy never improve a verdict", stricter_choice_finds_more,
         200);
}

static bool is_near_limit(const gr_finding *f)
{
    return gr_text_is(f->kind, "near-limit");
}

/* Is the same sum of the same year warned of? Trailing years overlap, and end with the gift. */
static bool is_warned_of(const gr_hearing *h, const gr_finding *like)
{
    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *f = finding_at(h, i);

        if (is_near_limit(f) && is_of_provision(f, like) && is_of_person(f, like) &&
            f->period.from == like->period.from &&
            (!gr_text_is(f->provision, "one-giver") || gr_text_equal(f->giver_id, like->giver_id)))
            return true;
    }
    return false;
}

static void lower_share_warns_of_more(round_of *r)
{
    const court *c = r->court;
    gr_hearing lax, watchful;

    hear(c->rules[r->firm][r->period % YEARLY], &r->log, 1, &lax);
    hear(c->watchful[r->firm][r->period % YEARLY], &r->log, 1, &watchful);
    for (size_t i = 0; i < finding_count(&lax); i++) {
        const gr_finding *f = finding_at(&lax, i);

        if (is_near_limit(f) && f->period.basis != GR_TRAILING && !is_of_client(f) &&
            !is_warned_of(&watchful, f))
            fail_msg("no longer warned of: %s", line_of(lax.arena, f));
    }
    gr_hearing_close(&lax);
    gr_hearing_close(&watchful);
}

static void test_near_limit(void **state)
{
    hold(state, "a lower share of the limit warns of no less", lower_share_warns_of_more, 200);
}

/* A copy of a gift on another day. Not where the recipient's first gift says when the years begin: an
 * earlier one moves them all. */
static void more_is_no_better(round_of *r)
{
    const gr_rules *rules = steady_of(r);
    made_gift *extra = &r->other.gift[r->other.count++];
    gr_hearing before, after;

    *extra = r->log.gift[dice_below(&r->dice, r->log.count)];
    snprintf(extra->id, sizeof extra->id, "X-1");
    pick_day(&r->dice, extra->date);
    hear(rules, &r->log, 1, &before);
    hear(rules, &r->other, 1, &after);
    assert_no_worse(&before, &after);
    gr_hearing_close(&before);
    gr_hearing_close(&after);
}

static void test_extra_gift(void **state)
{
    hold(state, "an extra gift never improves a verdict", more_is_no_better, 300);
}

/* ---- a deleted id ---- */

/* Without the id of a recipient who is named, nobody is let off: the name finds the same person, or possibly. */
static void namelessness_helps_nobody(round_of *r)
{
    made_gift *gift = &r->other.gift[dice_below(&r->dice, r->other.count)];
    made_recipient *person = &gift->recipient[0];
    made_fact *id = find_fact(person->fact, person->count, "recipient-id");
    gr_hearing knowing, forgetful;

    if (!id || gift->recipient_count > 1 || !find_fact(person->fact, person->count, "name"))
        return;
    drop_fact(person->fact, &person->count, id);
    hear(steady_of(r), &r->log, 1, &knowing);
    hear(steady_of(r), &r->other, 1, &forgetful);
    for (size_t i = 0; i < finding_count(&knowing); i++) {
        const gr_finding *f = finding_at(&knowing, i);

        if (f->has_limit && verdict_like(&knowing, f, true) > GR_COMPLIANT &&
            verdict_like(&forgetful, f, true) == GR_COMPLIANT)
            fail_msg("without the id of %s it passes: %s", gift->id, line_of(knowing.arena, f));
    }
    gr_hearing_close(&knowing);
    gr_hearing_close(&forgetful);
}

static void test_deleted_id(void **state)
{
    hold(state, "a deleted recipient id never makes a gift pass", namelessness_helps_nobody, 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_order),      LAW(test_again),        LAW(test_sums),
        LAW(test_ids),        LAW(test_raised_limit), LAW(test_stricter_choice),
        LAW(test_near_limit), LAW(test_extra_gift),   LAW(test_deleted_id),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
