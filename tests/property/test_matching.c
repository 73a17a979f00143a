/* tests/property/test_matching.c - laws of matching, on small worlds in which much looks alike: the order of records means
 * nothing; pairs are one to one; what is taken away on one side is told on the other. GR_SEED=N repeats a run, GR_ROUNDS=N
 * makes it longer. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../unit/matchbox.h"
#include "random.h"

enum { MOST = 14, LINE = 120 }; /* records of one system */

typedef struct lines {
    char line[MOST][LINE];
    size_t count;
} lines;

typedef struct world {
    lines log, expenses, approvals;
} world;

/* ---- worlds ---- */

static const char *one_of(dice *d, const char *const *words, size_t count)
{
    return words[dice_below(d, count)];
}

static const char *some_giver(dice *d)
{
    static const char *const names[] = { "Dana", "Raj" };

    return one_of(d, names, GR_COUNT(names));
}

static const char *some_people(dice *d, bool may_be_nobody)
{
    static const char *const names[] = { "Jane", "John", "Jane+John", "Mia", "J", "-" };

    return one_of(d, names, GR_COUNT(names) - !may_be_nobody);
}

static const char *some_cost(dice *d)
{
    static const char *const costs[] = { "10.00", "10.50", "11.00", "12.00", "100.00", "101.00" };

    return one_of(d, costs, GR_COUNT(costs));
}

/* Days of May; ids are given in no order. */
static void make_world(dice *d, world *w)
{
    w->log.count = 2 + dice_below(d, MOST - 2);
    w->expenses.count = 2 + dice_below(d, MOST - 2);
    w->approvals.count = dice_below(d, 4);
    for (size_t i = 0; i < w->log.count; i++) {
        int n = snprintf(w->log.line[i], LINE, "G-%04zu 2026-05-%02zu %s %s %s", (i * 7) % 16,
                         1 + dice_below(d, 28), some_giver(d), some_people(d, false), some_cost(d));

        if (dice_percent(d, 15))
            n += snprintf(w->log.line[i] + n, LINE - (size_t)n, " tax=0.90");
        if (dice_percent(d, 20))
            n += snprintf(w->log.line[i] + n, LINE - (size_t)n, " approval=PA-2026-%03zu",
                          dice_below(d, 4));
        if (dice_percent(d, 10))
            n += snprintf(w->log.line[i] + n, LINE - (size_t)n, " reference=E-%04zu",
                          dice_below(d, MOST));
        if (dice_percent(d, 20))
            snprintf(w->log.line[i] + n, LINE - (size_t)n, " payer=-");
    }
    for (size_t i = 0; i < w->expenses.count; i++) {
        int n = snprintf(w->expenses.line[i], LINE, "E-%04zu 2026-05-%02zu %s %s %s", (i * 5) % 16,
                         1 + dice_below(d, 28), some_giver(d), some_people(d, true), some_cost(d));

        if (dice_percent(d, 25))
            n += snprintf(w->expenses.line[i] + n, LINE - (size_t)n, " meal=yes");
        if (dice_percent(d, 15))
            snprintf(w->expenses.line[i] + n, LINE - (size_t)n, " note=PA-2026-%03zu",
                     dice_below(d, 4));
        else if (dice_percent(d, 15))
            snprintf(w->expenses.line[i] + n, LINE - (size_t)n, " note=G-%04zu", dice_below(d, 16));
    }
    for (size_t i = 0; i < w->approvals.count; i++)
        snprintf(w->approvals.line[i], LINE, "PA-2026-%03zu 2026-05-01 %s %s %s ends=2026-05-%02zu",
                 i, some_giver(d), some_people(d, true), some_cost(d), 5 + dice_below(d, 20));
}

static void shuffle(dice *d, lines *l)
{
    for (size_t i = l->count; i > 1; i--) {
        size_t k = dice_below(d, i);
        char kept[LINE];

        memcpy(kept, l->line[k], LINE);
        memcpy(l->line[k], l->line[i - 1], LINE);
        memcpy(l->line[i - 1], kept, LINE);
    }
}

static const char *join(const lines *l, char *out)
{
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < l->count; i++)
        n += (size_t)snprintf(out + n, MOST * LINE - n, "%s%s", i ? ";" : "", l->line[i]);
    return out;
}

/* expenses_first: of two systems, what comes first must mean nothing either. */
static void judge(const gr_rules *rules, const world *w, bool expenses_first, gr_hearing *h)
{
    char log[MOST * LINE], expenses[MOST * LINE], approvals[MOST * LINE];
    const box b = { join(&w->log, log), expenses_first ? "" : join(&w->expenses, expenses),
                    join(&w->approvals, approvals) };
    gr_error err = { 0 };

    if (!expenses_first) {
        box_judge(rules, &b, h);
        return;
    }
    assert_int_equal(gr_hearing_open(rules, h, &err), GR_OK);
    h->as_of = gr_day_of((gr_date){ 2027, 1, 1 });
    box_read_expenses(h, join(&w->expenses, expenses));
    if (*b.approvals)
        box_read_own(h, "approvals", "approval", b.approvals);
    box_read_own(h, "gift-log", "gift", b.log);
    assert_int_equal(gr_hearing_judge(h, &err), GR_OK);
}

/* ---- laws ---- */

typedef struct court {
    gr_rules *rules;
    uint64_t seed;
    bool is_open;
} court;

typedef void (*law)(const gr_rules *rules, dice *d, world *w);

static void order_means_nothing(const gr_rules *rules, dice *d, world *w)
{
    box_text *one = calloc(2, sizeof *one), *other = one + 1;
    gr_hearing h;

    assert_non_null(one);
    judge(rules, w, false, &h);
    box_print(&h, one);
    gr_hearing_close(&h);
    shuffle(d, &w->log);
    shuffle(d, &w->expenses);
    shuffle(d, &w->approvals);
    judge(rules, w, dice_percent(d, 50), &h);
    box_print(&h, other);
    gr_hearing_close(&h);
    if (strcmp(one->bytes, other->bytes) != 0)
        fail_msg("\n%s\n%s", one->bytes, other->bytes);
    free(one);
}

/* Each pair is of a log and an expense, and one of both counts. */
static void pairs_are_one_to_one(const gr_rules *rules, dice *d, world *w)
{
    size_t matched = 0, counts = 0, gifts = 0, single = 0;
    const gr_reconciliation *r;
    gr_hearing h;

    (void)d;
    judge(rules, w, false, &h);
    r = h.intake.reconciliation;
    for (uint32_t i = 0; i < r->seen.count; i++) {
        uint32_t other = r->partner[i];

        counts += gr_gift_counts(gr_gift_of(r, i));
        gifts += gr_gift_of(r, i)->kind == GR_RECORD_GIFT;
        if (other == GR_NONE)
            continue;
        assert_int_equal(r->partner[other], i);
        assert_int_not_equal(gr_seen_of(r, i)->system, gr_seen_of(r, other)->system);
        assert_true(gr_gift_of(r, i)->is_double + gr_gift_of(r, other)->is_double ==
                    (gr_is_gift(r, i) && gr_is_gift(r, other)));
        matched++;
        single += !gr_is_gift(r, i);
    }
    assert_int_equal(matched % 2, 0);
    assert_int_equal(counts + matched / 2 - single, gifts);
    assert_int_equal(r->count.matched, matched / 2);
    gr_hearing_close(&h);
}

/* A finding about what is left, by the number of its record. */
static bool is_told(const gr_hearing *h, const char *provision, gr_text id)
{
    for (size_t i = 0; i < h->judgement.judged.count; i++) {
        const gr_finding *f = &GR_AT(h->judgement.judged, gr_judged, i)->finding;

        if (gr_text_is(f->provision, provision) && gr_text_equal(f->gift, id))
            return true;
    }
    return false;
}

/* Every expense that is a gift is either matched, or told, where the log has its days; whatever is taken out of the log. */
static void nothing_is_lost(const gr_rules *rules, dice *d, world *w)
{
    const gr_reconciliation *r;
    gr_hearing h;

    w->log.count--; /* some gift of the log, since they stand in no order */
    (void)d;
    judge(rules, w, false, &h);
    r = h.intake.reconciliation;
    for (uint32_t i = 0; i < r->seen.count; i++) {
        gr_day day = gr_gift_of(r, i)->day;

        if (gr_seen_of(r, i)->system == GR_SYSTEM_EXPENSES && gr_is_gift(r, i))
            assert_int_equal(is_told(&h, "not-logged", gr_tally_id(r->tally, i)),
                             r->partner[i] == GR_NONE && day >= r->log.first && day <= r->log.last);
        if (gr_seen_of(r, i)->system == GR_SYSTEM_LOG && r->partner[i] != GR_NONE)
            assert_false(is_told(&h, "not-expensed", gr_tally_id(r->tally, i)));
    }
    gr_hearing_close(&h);
}

/* A pair that is matched by content alone agrees in what content is. */
static void content_agrees(const gr_rules *rules, dice *d, world *w)
{
    const gr_reconciliation *r;
    gr_hearing h;

    (void)d;
    judge(rules, w, false, &h);
    r = h.intake.reconciliation;
    for (uint32_t i = 0; i < r->seen.count; i++) {
        uint32_t other = r->partner[i];
        gr_common people;

        if (other == GR_NONE || r->means[i] < GR_BY_CONTENT)
            continue;
        assert_true(gr_common_find(r, i, other, &people));
        assert_int_equal(gr_giver_of(r, i), gr_giver_of(r, other));
        assert_true(gr_days_between(r, i, other) <= 7);
        assert_true(gr_amounts_fit(r, i, other));
        assert_true(r->means[i] == GR_BY_CONTENT ? people <= GR_COMMON_POSSIBLE
                                                 : people == GR_COMMON_UNNAMED);
    }
    gr_hearing_close(&h);
}

/* ---- running them ---- */

static void hold(void **state, law holds)
{
    court *c = *state;
    uint64_t seed = number_from("GR_SEED", 20261128);
    size_t rounds = (size_t)number_from("GR_ROUNDS", 300);
    world *w = malloc(sizeof *w);

    assert_non_null(w);
    for (size_t i = 0; i < rounds; i++) {
        dice d = { seed + i };

        make_world(&d, w);
        c->seed = seed + i;
        c->is_open = true;
        holds(c->rules, &d, w);
        c->is_open = false;
    }
    free(w);
}

static int tell_seed(void **state)
{
    court *c = *state;

    if (c->is_open)
        print_message("# it is GR_SEED=%llu GR_ROUNDS=1\n", (unsigned long long)c->seed);
    c->is_open = false;
    return 0;
}

static void test_order(void **state)
{
    hold(state, order_means_nothing);
}

static void test_one_to_one(void **state)
{
    hold(state, pairs_are_one_to_one);
}

static void test_nothing_lost(void **state)
{
    hold(state, nothing_is_lost);
}

static void test_content_agrees(void **state)
{
    hold(state, content_agrees);
}

static int set_up(void **state)
{
    static court c;
    gr_error err = { 0 };

    if (gr_rules_load("rules", NULL, 0, NULL, NULL, &c.rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    gr_rules_free(((court *)*state)->rules);
    return 0;
}

#define LAW(test) cmocka_unit_test_teardown(test, tell_seed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_order),
        LAW(test_one_to_one),
        LAW(test_nothing_lost),
        LAW(test_content_agrees),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
