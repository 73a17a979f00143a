/* tests/property/test_laws.c - laws of the judgement, on gift logs made at random: what must not matter does not, and
 * less knowledge never makes a gift pass. GR_SEED=N repeats a run, GR_ROUNDS=N makes it longer. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "verdicts.h"

static const char *const periods[] = { "calendar", "fiscal", "trailing", "anniversary",
                                       "unstated" };

enum { PERIODS = GR_COUNT(periods), STEADY = 3 }; /* the first ones do not hang on earlier gifts */

typedef struct court {
    gr_rules *rules[PERIODS], *raised[PERIODS];
    bool is_open; /* a round has begun and not ended: it failed */
    uint64_t seed;
} court;

/* One round of a law: what it needs, made anew each time. */
typedef struct round {
    court *court;
    dice dice;
    size_t period; /* of periods */
    made_log log, other;
} round_of;

typedef void (*law_of)(round_of *r);

/* ---- rules ---- */

static gr_rules *load(const char *period)
{
    const gr_setting settings[] = { { "period", period }, { "fiscal-start", "07-01" } };
    gr_error err = { 0 };
    gr_rules *rules = NULL;

    if (gr_rules_load("rules", settings, GR_COUNT(settings), NULL, NULL, &rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    return rules;
}

/* Every limit a third higher. Done in memory: a rule folder may not be written by a test. */
static void raise_limit(gr_arena *arena, gr_limit *limit)
{
    gr_limit_row *row = gr_arena_zero(arena, sizeof *row * limit->row_count);

    assert_non_null(row);
    for (size_t i = 0; i < limit->row_count; i++) {
        row[i] = limit->row[i];
        row[i].amount.num += row[i].amount.num / 3;
    }
    limit->row = row;
}

static void raise_limits(gr_rules *rules)
{
    for (size_t b = 0; b < rules->set->book_count; b++) {
        gr_rulebook *book = &rules->set->book[b];
        gr_limit *limit = gr_arena_zero(rules->arena, sizeof *limit * (book->limit_count + 1));

        assert_non_null(limit);
        for (size_t i = 0; i < book->limit_count; i++) {
            limit[i] = book->limit[i];
            raise_limit(rules->arena, &limit[i]);
        }
        book->limit = limit;
    }
}

static int set_up(void **state)
{
    static court c;

    for (size_t i = 0; i < PERIODS; i++) {
        c.rules[i] = load(periods[i]);
        c.raised[i] = load(periods[i]);
        raise_limits(c.raised[i]);
    }
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    court *c = *state;

    for (size_t i = 0; i < PERIODS; i++) {
        gr_rules_free(c->rules[i]);
        gr_rules_free(c->raised[i]);
    }
    return 0;
}

static int tell_seed(void **state)
{
    court *c = *state;

    if (c->is_open)
        print_message("# it is GR_SEED=%llu GR_ROUNDS=1\n", (unsigned long long)c->seed);
    c->is_open = false;
    return 0;
}

/* Each round has a seed of its own, which is told when the law fails, so that it can be run alone. */
static void hold(void **state, const char *name, law_of law, size_t rounds)
{
    uint64_t seed = number_from("GR_SEED", 20260330);
    round_of *r = malloc(sizeof *r);

    assert_non_null(r);
    rounds = (size_t)number_from("GR_ROUNDS", rounds);
    print_message("# %s: GR_SEED=%llu, %zu rounds\n", name, (unsigned long long)seed, rounds);
    for (size_t i = 0; i < rounds; i++) {
        r->court = *state;
        r->dice = (dice){ seed + i };
        r->period = dice_below(&r->dice, PERIODS);
        make_log(&r->dice, &r->log, 5, 30);
        r->other = r->log;
        r->court->seed = seed + i;
        r->court->is_open = true;
        law(r);
        r->court->is_open = false;
    }
    free(r);
}

/* ---- what must not matter ---- */

static void order_means_nothing(round_of *r)
{
    size_t files = 1 + dice_below(&r->dice, 3);
    gr_hearing one, other;

    shuffle_log(&r->dice, &r->other);
    hear(r->court->rules[r->period], &r->log, 1, &one);
    hear(r->court->rules[r->period], &r->other, files, &other);
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
    hear(r->court->rules[r->period], &r->log, 1, &once);
    hear(r->court->rules[r->period], &r->other, 2, &twice);
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

    hear(r->court->rules[r->period], &r->log, 1, &h);
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

    hear(r->court->rules[r->period], &r->log, 1, &h);
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

static void assert_no_worse(const gr_hearing *now, const gr_hearing *than)
{
    for (size_t i = 0; i < finding_count(now); i++) {
        const gr_finding *f = finding_at(now, i);

        if (f->has_limit && limit_verdict(now, f->gift, f) > limit_verdict(than, f->gift, f))
            fail_msg("worse: %s", line_of(now->arena, f));
    }
}

static void higher_limit_is_no_worse(round_of *r)
{
    gr_hearing before, after;

    hear(r->court->rules[r->period], &r->log, 1, &before);
    hear(r->court->raised[r->period], &r->log, 1, &after);
    assert_no_worse(&after, &before);
    gr_hearing_close(&before);
    gr_hearing_close(&after);
}

static void test_raised_limit(void **state)
{
    hold(state, "a raised limit never worsens a verdict", higher_limit_is_no_worse, 200);
}

/* A copy of a gift on another day. Not where the recipient's first gift says when the years begin: an
 * earlier one moves them all. */
static void more_is_no_better(round_of *r)
{
    const gr_rules *rules = r->court->rules[r->period % STEADY];
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

/* ---- a deleted fact ---- */

/* What may be forgotten. Left out, each for its reason:
 * - kind, employer-kind, reimbursed, decorative, market-value: the rulebook presumes something in their stead;
 * - sales-target, changed-after-approval, capacity: the rulebook asks known="no", so that silence speaks for the
 *   gift like a presumption; and so for recipient-id, name and count of somebody unnamed;
 * - cost: the formats and the first worth of the rulebook ask for it, and without it another worth may apply;
 * - fee, share, count, and the face value of a gift card: what is not stated is not there, and what is left for
 *   the recipient is less; so is a currency, in whose stead the policy speaks;
 * - ordered, delivered: a gift of one day was ordered and delivered on it;
 * - name, employer: people are found by them, and who is called nothing is nobody else;
 * - recorded, booked-as, contract-copy: they claim duties, and the law is about the limit.
 * A claim (claims) may be the only reason why a gift is left out: without it the gift counts, as it should.
 * Years that begin with the recipient's first gift are left out too: a gift that may count moves them all. */
static const struct forgettable {
    const char *name;
    bool claims;
} forgettable[] = {
    { "payer", false },
    { "occasion", true },
    { "relationship", false },
    { "logo", true },
    { "host-present", false },
    { "deceased", false },
    { "declaration", false },
    { "sharers", true },
    { "description", true },
    { "quantity", true },
    { "cost-tax", true },
    { "tax", false },
    { "delivery", false },
    { "giver-kind", true },
    { "contract", true },
    { "contract-signed", false },
    { "contract-nature", false },
    { "contract-amount", false },
    { "contract-consent", false },
};

/* The presumption of a kind of thing asks whether these are known. */
static bool is_leaned_on(made_gift *gift, const char *name)
{
    return strcmp(name, "host-present") == 0 && !find_fact(gift->fact, gift->count, "kind");
}

/* Takes one fact out of one gift; NULL when the die falls on one that is not stated. */
static const struct forgettable *forget(dice *d, made_log *log, const made_gift **of)
{
    const struct forgettable *which = &forgettable[dice_below(d, GR_COUNT(forgettable))];
    made_gift *gift = &log->gift[dice_below(d, log->count)];
    made_fact *fact = find_fact(gift->fact, gift->count, which->name);

    if (!fact || is_leaned_on(gift, which->name))
        return NULL;
    drop_fact(gift->fact, &gift->count, fact);
    *of = gift;
    return which;
}

static void check_forgotten(round_of *r, const struct forgettable *which, const made_gift *gift)
{
    const gr_rules *rules = r->court->rules[r->period % STEADY];
    gr_hearing knowing, forgetful;

    hear(rules, &r->log, 1, &knowing);
    hear(rules, &r->other, 1, &forgetful);
    for (size_t i = 0; i < finding_count(&knowing); i++) {
        const gr_finding *f = finding_at(&knowing, i);
        gr_verdict before = limit_verdict(&knowing, f->gift, f);
        gr_verdict after = limit_verdict(&forgetful, f->gift, f);

        if (f->has_limit && before > GR_COMPLIANT && after == GR_COMPLIANT)
            fail_msg("without %s of %s it passes: %s", which->name, gift->id,
                     line_of(knowing.arena, f));
    }
    for (size_t i = 0; i < finding_count(&forgetful) && !which->claims; i++) {
        const gr_finding *f = finding_at(&forgetful, i);

        if (limit_verdict(&forgetful, f->gift, f) == GR_VIOLATION &&
            limit_verdict(&knowing, f->gift, f) != GR_VIOLATION)
            fail_msg("without %s of %s it is sure: %s", which->name, gift->id,
                     line_of(forgetful.arena, f));
    }
    gr_hearing_close(&knowing);
    gr_hearing_close(&forgetful);
}

/* A missing fact never makes a gift pass, and, if no claim rests on it, never makes it fail. */
static void forgetting_settles_nothing(round_of *r)
{
    const made_gift *gift;

    for (int i = 0; i < 40; i++) {
        const struct forgettable *which = forget(&r->dice, &r->other, &gift);

        if (!which)
            continue;
        check_forgotten(r, which, gift);
        r->log = r->other;
        if (i > 20)
            return;
    }
}

static void test_deleted_fact(void **state)
{
    hold(state, "a deleted fact never makes a gift pass", forgetting_settles_nothing, 100);
}

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
    hear(r->court->rules[r->period % STEADY], &r->log, 1, &knowing);
    hear(r->court->rules[r->period % STEADY], &r->other, 1, &forgetful);
    for (size_t i = 0; i < finding_count(&knowing); i++) {
        const gr_finding *f = finding_at(&knowing, i);

        if (f->has_limit && limit_verdict(&knowing, f->gift, NULL) > GR_COMPLIANT &&
            limit_verdict(&forgetful, f->gift, NULL) == GR_COMPLIANT)
            fail_msg("without the id of %s it passes: %s", gift->id, line_of(knowing.arena, f));
    }
    gr_hearing_close(&knowing);
    gr_hearing_close(&forgetful);
}

static void test_deleted_id(void **state)
{
    hold(state, "a deleted recipient id never makes a gift pass", namelessness_helps_nobody, 300);
}

#define LAW(test) cmocka_unit_test_teardown(test, tell_seed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_order),        LAW(test_again),      LAW(test_sums),         LAW(test_ids),
        LAW(test_raised_limit), LAW(test_extra_gift), LAW(test_deleted_fact), LAW(test_deleted_id),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
