/* tests/property/test_forgetting.c - a fact that is taken out of a gift makes what is known less, so what may be found
 * more: no gift passes by it, and none fails by it, under any rulebook. What is an exception is read off the rulebooks,
 * and told in claims.h. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "claims.h"

enum { MOST_BOOKS = 32 };

typedef struct court {
    running now;
    gr_rules *rules[FIRMS][STEADY];
    size_t no_pass[MOST_BOOKS], no_fail[MOST_BOOKS]; /* questions that the laws were held to */
} court;

static int set_up(void **state)
{
    static court c;

    for (size_t f = 0; f < FIRMS; f++)
        for (size_t i = 0; i < STEADY; i++)
            c.rules[f][i] = without_detection(load_for(f, i));
    assert_true(c.rules[0][0]->set->book_count <= MOST_BOOKS);
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    court *c = *state;

    for (size_t f = 0; f < FIRMS; f++)
        for (size_t i = 0; i < STEADY; i++)
            gr_rules_free(c->rules[f][i]);
    return 0;
}

/* ---- forgetting ---- */

/* Of these nothing is taken out, whatever the rules:
 * - name, recipient-id, employer: people are found by them (a law of its own: test_laws.c);
 * - share, count: what one does not get, others do; currency: the policy speaks in its stead, and so it would
 *   without a cost that names one;
 * - ordered, delivered: a gift of one day was ordered and delivered on it. */
static bool may_be_forgotten(const char *fact, made_gift *gift)
{
    static const char *const kept[] = { "name",  "recipient-id", "employer", "share",
                                        "count", "currency",     "ordered",  "delivered" };

    for (size_t i = 0; i < GR_COUNT(kept); i++)
        if (strcmp(fact, kept[i]) == 0)
            return false;
    return strcmp(fact, "cost") != 0 || !find_fact(gift->fact, gift->count, "currency");
}

typedef struct forgotten {
    const char *fact;
    made_gift *gift;  /* as it was */
    size_t recipient; /* MOST_RECIPIENTS: the fact was the gift's */
} forgotten;

/* Takes one fact out of one gift of the other log. False when the die falls on one that is kept. */
static bool forget(round_of *r, forgotten *out)
{
    size_t at = dice_below(&r->dice, r->log.count);
    made_gift *gift = &r->other.gift[at];
    size_t which = dice_below(&r->dice, gift->recipient_count + 2);
    bool of_gift = which >= gift->recipient_count;
    made_fact *fact = of_gift ? gift->fact : gift->recipient[which].fact;
    size_t *count = of_gift ? &gift->count : &gift->recipient[which].count;
    made_fact *one;

    if (*count == 0)
        return false;
    one = &fact[dice_below(&r->dice, *count)];
    *out = (forgotten){ one->name, &r->log.gift[at], of_gift ? MOST_RECIPIENTS : which };
    if (!may_be_forgotten(one->name, gift))
        return false;
    drop_fact(fact, count, one);
    return true;
}

/* For the gift as a whole: what stands for one of its recipients stands for all, since their shares hang together. */
static standing standing_under(const gr_rulebook *book, const forgotten *what)
{
    standing all = { false, false, false };

    for (size_t i = 0; i < what->gift->recipient_count; i++) {
        standing one = standing_of(book, what->fact, what->gift, &what->gift->recipient[i]);

        if (what->recipient != MOST_RECIPIENTS && what->recipient != i)
            continue;
        all.accuses = all.accuses || one.accuses;
        all.excuses = all.excuses || one.excuses;
        all.no_law = all.no_law || one.no_law;
    }
    return all;
}

/* ---- the laws ---- */

static size_t book_of(const gr_rules *rules, gr_text id)
{
    size_t i = 0;

    while (!gr_text_equal(rules->set->book[i].id, id))
        i++;
    return i;
}

static bool is_of_gift(const gr_finding *f)
{
    return !f->has_limit || is_of_client(f);
}

typedef struct trial {
    court *court;
    const gr_rules *rules;
    gr_hearing knowing, forgetful;
    forgotten what;
    standing under[MOST_BOOKS];
} trial;

/* What was found is found, or asked. */
static void check_no_pass(trial *t)
{
    for (size_t i = 0; i < finding_count(&t->knowing); i++) {
        const gr_finding *f = finding_at(&t->knowing, i);
        size_t book = book_of(t->rules, f->rule);

        if (f->verdict < GR_NEEDS_REVIEW || t->under[book].no_law || t->under[book].accuses)
            continue;
        t->court->no_pass[book]++;
        if (verdict_like(&t->forgetful, f, is_of_gift(f)) < GR_NEEDS_REVIEW)
            fail_msg("without %s of %s it passes: %s", t->what.fact, t->what.gift->id,
                     line_of(t->knowing.arena, f));
    }
}

/* What is sure was sure. */
static void check_no_fail(trial *t)
{
    for (size_t i = 0; i < finding_count(&t->forgetful); i++) {
        const gr_finding *f = finding_at(&t->forgetful, i);
        size_t book = book_of(t->rules, f->rule);

        if (f->verdict != GR_VIOLATION || t->under[book].no_law || t->under[book].excuses)
            continue;
        t->court->no_fail[book]++;
        if (verdict_like(&t->knowing, f, is_of_gift(f)) != GR_VIOLATION)
            fail_msg("without %s of %s it is sure: %s", t->what.fact, t->what.gift->id,
                     line_of(t->forgetful.arena, f));
    }
}

static const gr_finding *find_like(const gr_hearing *h, const gr_finding *like)
{
    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *f = finding_at(h, i);

        if (f->has_limit && !gr_text_is(f->kind, "near-limit") &&
            gr_text_equal(f->gift, like->gift) && is_of_provision(f, like) && is_of_person(f, like))
            return f;
    }
    return NULL;
}

/* The sum is no narrower: nothing that was certain grows, nothing that was possible shrinks. Only where it is one sum:
 * days that differ make several, and people of one client share one. */
static void check_wider(trial *t)
{
    for (size_t i = 0; i < finding_count(&t->knowing); i++) {
        const gr_finding *f = finding_at(&t->knowing, i), *g;
        const standing *s;

        if (!f->has_limit || is_of_client(f))
            continue;
        s = &t->under[book_of(t->rules, f->rule)];
        g = find_like(&t->forgetful, f);
        if (s->no_law || (s->accuses && (s->excuses || !g)))
            continue;
        if (!g)
            fail_msg("without %s of %s it is gone: %s", t->what.fact, t->what.gift->id,
                     line_of(t->knowing.arena, f));
        if (!s->excuses && g->total.low * f->total.den > f->total.low * g->total.den)
            fail_msg("without %s of %s more is certain: %s\nthan: %s", t->what.fact,
                     t->what.gift->id, line_of(t->forgetful.arena, g),
                     line_of(t->knowing.arena, f));
        if (!s->accuses && !g->total.unbounded &&
            (f->total.unbounded || g->total.high * f->total.den < f->total.high * g->total.den))
            fail_msg("without %s of %s less is possible: %s\nthan: %s", t->what.fact,
                     t->what.gift->id, line_of(t->forgetful.arena, g),
                     line_of(t->knowing.arena, f));
    }
}

static void try_without(round_of *r, const forgotten *what, bool one_day)
{
    static trial t;

    t.court = r->court;
    t.rules = t.court->rules[r->firm][r->period % STEADY];
    t.what = *what;
    for (size_t b = 0; b < t.rules->set->book_count; b++)
        t.under[b] = standing_under(&t.rules->set->book[b], what);
    hear(t.rules, &r->log, 1, &t.knowing);
    hear(t.rules, &r->other, 1, &t.forgetful);
    check_no_pass(&t);
    check_no_fail(&t);
    if (one_day)
        check_wider(&t);
    gr_hearing_close(&t.knowing);
    gr_hearing_close(&t.forgetful);
}

static void drop_days(made_log *log)
{
    static const char *const days[] = { "ordered", "delivered" };

    for (size_t i = 0; i < log->count; i++) {
        for (size_t k = 0; k < GR_COUNT(days); k++) {
            made_gift *gift = &log->gift[i];
            made_fact *fact = find_fact(gift->fact, gift->count, days[k]);

            if (fact)
                drop_fact(gift->fact, &gift->count, fact);
        }
    }
}

static void forgetting_settles_nothing(round_of *r)
{
    bool one_day = dice_percent(&r->dice, 70);

    if (one_day)
        drop_days(&r->log);
    for (int i = 0; i < 12; i++) {
        forgotten what;

        r->other = r->log;
        if (!forget(r, &what))
            continue;
        try_without(r, &what, one_day);
        if (dice_percent(&r->dice, 30))
            r->log = r->other; /* go on with less */
    }
}

static void test_forgetting(void **state)
{
    hold(state, "a deleted fact settles nothing", forgetting_settles_nothing, 250);
}

/* Or the laws would hold of a rulebook for want of a question. */
static void test_every_rulebook(void **state)
{
    const court *c = *state;
    const gr_ruleset *set = c->rules[0][0]->set;

    if (getenv("GR_ROUNDS"))
        skip(); /* perhaps too few */
    for (size_t i = 0; i < set->book_count; i++) {
        print_message("# %-20.*s %zu questions kept from passing, %zu from failing\n",
                      GR_ALL(set->book[i].id), c->no_pass[i], c->no_fail[i]);
        assert_true(c->no_pass[i] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_forgetting),
        cmocka_unit_test(test_every_rulebook),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
