/* tests/property/test_simulation.c - laws of a simulation, on gift logs made at random: against itself it finds nothing,
 * every finding stands in one pair, and what the rules that found nothing make of a gift is what they judged. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "court.h"

#include "app/simulate.h"

enum { KINDS = 4 }; /* as shipped, limits halved, other amounts in the policy, another firm */

typedef struct court {
    running now;
    gr_rules *rules[KINDS][PERIODS];
    size_t asked, silent[GR_SILENCE_COUNT];
} court;

static void halve(gr_amount *amount)
{
    amount->num /= 2;
}

/* So that a clause of the wrong set of rules is seen. */
static void rename_clauses(gr_ruleset *set)
{
    for (size_t b = 0; b < set->book_count; b++)
        for (size_t i = 0; i < set->book[b].limit_count; i++)
            ((gr_limit *)(uintptr_t)&set->book[b].limit[i])->clause = GR_TEXT("another clause");
}

static int set_up(void **state)
{
    static court c;

    for (size_t i = 0; i < PERIODS; i++) {
        const gr_setting settings[] = { { "period", periods[i] },
                                        { "nominal-value", "30.00" },
                                        { "near-limit", "0.50" },
                                        { "gift-day", "delivered" },
                                        { "firm-kinds", firms[0] } };

        c.rules[0][i] = load_for(0, i);
        c.rules[1][i] = load_for(0, i);
        change_limits(c.rules[1][i], halve);
        rename_clauses(c.rules[1][i]->set);
        c.rules[2][i] = load_rules(settings, GR_COUNT(settings));
        c.rules[3][i] = load_for(1, i);
    }
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    court *c = *state;

    for (size_t k = 0; k < KINDS; k++)
        for (size_t i = 0; i < PERIODS; i++)
            gr_rules_free(c->rules[k][i]);
    return 0;
}

static const gr_rules *any_rules(round_of *r)
{
    const court *c = r->court;

    return c->rules[dice_below(&r->dice, KINDS)][dice_below(&r->dice, PERIODS)];
}

/* ---- both sides of a simulation ---- */

typedef struct both {
    gr_hearing h[GR_SIDES];       /* keeps compliant verdicts too */
    gr_judgement found[GR_SIDES]; /* what an audit would keep */
    gr_list pair;
} both;

static void open_both(const gr_rules *in_use, made_log *log, const gr_rules *simulated,
                      made_log *other, both *b)
{
    hear(in_use, log, 1, &b->h[GR_IN_USE]);
    hear(simulated, other, 1, &b->h[GR_SIMULATED]);
    for (int side = 0; side < GR_SIDES; side++) {
        b->found[side] = (gr_judgement){ .judged = GR_LIST(gr_judged) };
        for (size_t i = 0; i < finding_count(&b->h[side]); i++)
            if (finding_at(&b->h[side], i)->verdict != GR_COMPLIANT)
                assert_true(gr_list_push(&b->found[side].judged,
                                         GR_AT(b->h[side].judgement.judged, gr_judged, i)));
    }
    b->pair = GR_LIST(gr_pair);
    assert_true(gr_simulate_match(&b->found[GR_IN_USE], &b->found[GR_SIMULATED], &b->pair));
}

static void close_both(both *b)
{
    gr_list_free(&b->pair);
    for (int side = 0; side < GR_SIDES; side++) {
        gr_list_free(&b->found[side].judged);
        gr_hearing_close(&b->h[side]);
    }
}

/* ---- against itself ---- */

static void itself_is_no_change(round_of *r)
{
    const gr_rules *rules = any_rules(r);
    both b;

    shuffle_log(&r->dice, &r->other);
    open_both(rules, &r->log, rules, &r->other, &b);
    assert_int_equal(b.pair.count, b.found[GR_IN_USE].judged.count);
    for (size_t i = 0; i < b.pair.count; i++) {
        const gr_pair *p = GR_AT(b.pair, gr_pair, i);

        assert_non_null(p->side[GR_IN_USE]);
        assert_non_null(p->side[GR_SIMULATED]);
        assert_int_equal(gr_simulate_compare(p->side[GR_IN_USE], p->side[GR_SIMULATED]), 0);
        assert_true(gr_simulate_same_shown(p->side[GR_IN_USE], p->side[GR_SIMULATED]));
    }
    close_both(&b);
}

static void test_itself(void **state)
{
    hold(state, "a simulation against itself finds nothing", itself_is_no_change, 200);
}

/* ---- pairs ---- */

/* What is the same to the last digit does not differ; what is not even printed alike does. */
static void check_compared(const gr_finding *was, const gr_finding *now)
{
    unsigned differs = gr_simulate_compare(was, now);
    char a[GR_MONEY_TEXT], b[GR_MONEY_TEXT];

    assert_int_equal(differs & GR_DIFFERS_VERDICT ? 1 : 0, was->verdict != now->verdict);
    assert_int_equal(differs & GR_DIFFERS_CLAUSE ? 1 : 0, !gr_text_equal(was->clause, now->clause));
    if (!was->has_limit)
        return;
    if (strcmp(gr_amount_print(was->limit, a), gr_amount_print(now->limit, b)) != 0)
        assert_true(differs & GR_DIFFERS_LIMIT);
    else
        assert_false(differs & GR_DIFFERS_LIMIT);
    gr_money_print(was->total.low, was->total.den, a);
    gr_money_print(now->total.low, now->total.den, b);
    if (strcmp(a, b) != 0 || was->total.unbounded != now->total.unbounded)
        assert_true(differs & GR_DIFFERS_TOTAL);
    if (was->total.unbounded || now->total.unbounded)
        return;
    gr_money_print(was->total.high, was->total.den, a);
    gr_money_print(now->total.high, now->total.den, b);
    if (strcmp(a, b) != 0)
        assert_true(differs & GR_DIFFERS_TOTAL);
    else if (was->total.low == now->total.low && was->total.high == now->total.high &&
             was->total.den == now->total.den)
        assert_false(differs & GR_DIFFERS_TOTAL);
}

static void check_pair(const gr_pair *p)
{
    const gr_finding *was = p->side[GR_IN_USE], *now = p->side[GR_SIMULATED];

    assert_true(was || now);
    if (!was || !now)
        return;
    assert_true(gr_text_equal(was->gift, now->gift) && is_of_provision(was, now) &&
                gr_text_equal(was->giver_id, now->giver_id));
    assert_true(is_of_person(was, now));
    check_compared(was, now);
}

static bool is_alike(const gr_finding *a, const gr_finding *b)
{
    return gr_text_equal(a->gift, b->gift) && is_of_provision(a, b) && is_of_person(a, b) &&
           gr_text_equal(a->giver_id, b->giver_id);
}

/* Nothing that could be paired stands alone on both sides. */
static void check_alone(const both *b, const gr_finding *alone, int other_side)
{
    for (size_t i = 0; i < b->pair.count; i++) {
        const gr_pair *p = GR_AT(b->pair, gr_pair, i);

        assert_false(p->side[other_side] && !p->side[!other_side] &&
                     is_alike(p->side[other_side], alone));
    }
}

static void check_all_pairs(const both *b)
{
    size_t count[GR_SIDES] = { 0, 0 };

    for (size_t i = 0; i < b->pair.count; i++) {
        const gr_pair *p = GR_AT(b->pair, gr_pair, i);

        check_pair(p);
        for (int side = 0; side < GR_SIDES; side++) {
            count[side] += p->side[side] != NULL;
            if (!p->side[!side])
                check_alone(b, p->side[side], !side);
        }
    }
    for (int side = 0; side < GR_SIDES; side++)
        assert_int_equal(count[side], b->found[side].judged.count);
}

/* The other way round everything new is gone, and what changed has changed. */
static void check_reverse(const both *b)
{
    gr_list reverse = GR_LIST(gr_pair);
    size_t changed = 0, back = 0;

    assert_true(gr_simulate_match(&b->found[GR_SIMULATED], &b->found[GR_IN_USE], &reverse));
    assert_int_equal(reverse.count, b->pair.count);
    for (size_t i = 0; i < b->pair.count; i++) {
        const gr_pair *p = GR_AT(b->pair, gr_pair, i), *q = GR_AT(reverse, gr_pair, i);

        changed += p->side[0] && p->side[1] && gr_simulate_compare(p->side[0], p->side[1]) != 0;
        back += q->side[0] && q->side[1] && gr_simulate_compare(q->side[0], q->side[1]) != 0;
    }
    assert_int_equal(changed, back);
    gr_list_free(&reverse);
}

static void every_finding_has_a_pair(round_of *r)
{
    const gr_rules *in_use = any_rules(r), *simulated = any_rules(r);
    both b;

    open_both(in_use, &r->log, simulated, &r->log, &b);
    check_all_pairs(&b);
    check_reverse(&b);
    close_both(&b);
}

static void test_pairs(void **state)
{
    hold(state, "every finding stands in one pair", every_finding_has_a_pair, 200);
}

/* ---- what is asked is what was judged ---- */

/* What the judgement, which kept its compliant verdicts, says of the gift; NULL: nothing. */
static const gr_finding *find_judged(const gr_hearing *h, const gr_finding *like)
{
    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *f = finding_at(h, i);

        if (f->verdict == GR_COMPLIANT && is_alike(f, like))
            return f;
    }
    return NULL;
}

static void check_outcome(court *c, const both *b, int side, const gr_outcome *outcome,
                          const gr_finding *like)
{
    const gr_finding *judged = find_judged(&b->h[side], like), *f = outcome->finding;

    if (!like->has_limit)
        judged = NULL;
    if (!judged != !f)
        fail_msg("%s: %s", f ? "added up, not judged" : gr_silence_text(outcome->silence),
                 line_of(b->h[side].arena, like));
    c->silent[outcome->silence]++;
    if (!f)
        return;
    c->asked++;
    assert_int_equal(gr_simulate_compare(f, judged), 0);
    assert_true(gr_simulate_same_shown(f, judged));
    assert_true(f->period.basis == judged->period.basis && f->period.from == judged->period.from &&
                f->period.to == judged->period.to && f->day == judged->day);
    assert_true(gr_text_equal(f->limit_clause, judged->limit_clause));
    assert_int_equal(f->counted_count, judged->counted_count);
    for (size_t i = 0; i < f->counted_count; i++) {
        const gr_counted *x = &f->counted[i], *y = &judged->counted[i];

        assert_true(gr_text_equal(x->gift, y->gift) && x->value.low == y->value.low &&
                    x->value.high == y->value.high && x->value.den == y->value.den);
        assert_true(gr_text_equal(x->giver_id, y->giver_id) && x->source.line == y->source.line &&
                    x->through_other == y->through_other);
    }
}

static void asked_is_judged(round_of *r)
{
    static gr_change change[16384];
    static gr_change *all[16384];
    const gr_rules *rules[GR_SIDES] = { any_rules(r), any_rules(r) };
    both b;

    open_both(rules[GR_IN_USE], &r->log, rules[GR_SIMULATED], &r->log, &b);
    assert_true(b.pair.count <= GR_COUNT(change));
    for (size_t i = 0; i < b.pair.count; i++) {
        const gr_pair *p = GR_AT(b.pair, gr_pair, i);

        change[i] = (gr_change){ .side = { { p->side[0], GR_SILENCE_NONE },
                                           { p->side[1], GR_SILENCE_NONE } } };
        all[i] = &change[i];
    }
    for (int side = 0; side < GR_SIDES; side++) {
        gr_run run = { .intake = b.h[side].intake,
                       .who = b.h[side].who,
                       .from = GR_DAY_FIRST,
                       .to = GR_DAY_LAST };
        gr_error err = { 0 };

        assert_int_equal(
            gr_simulate_ask(&run, rules[side]->set, side, all, b.pair.count, b.h[side].arena, &err),
            GR_OK);
        for (size_t i = 0; i < b.pair.count; i++)
            if (!GR_AT(b.pair, gr_pair, i)->side[side])
                check_outcome(r->court, &b, side, &change[i].side[side],
                              GR_AT(b.pair, gr_pair, i)->side[!side]);
    }
    close_both(&b);
}

static void test_asked(void **state)
{
    const court *c = *state;

    hold(state, "what is asked of rules that found nothing is what they judged", asked_is_judged,
         200);
    print_message("# %zu times added up, %zu not counted\n", c->asked,
                  c->silent[GR_SILENCE_NOT_COUNTED]);
    if (getenv("GR_ROUNDS"))
        return; /* perhaps too few */
    assert_true(c->asked > 0 && c->silent[GR_SILENCE_NOT_COUNTED] > 0 &&
                c->silent[GR_SILENCE_NO_RULEBOOK] > 0 && c->silent[GR_SILENCE_DUTY_KEPT] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_itself),
        LAW(test_pairs),
        LAW(test_asked),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
