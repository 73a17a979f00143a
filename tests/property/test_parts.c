/* tests/property/test_parts.c - a sum is the sum of its parts: a year's of its gifts, of its days and of its givers, a
 * quarter's of its days, a client's of its people; and where gifts are counted, their number. Limits of the shipped
 * rulebooks and of the examples that add up the same gifts are held against each other. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "court.h"

typedef enum part_kind { OF_GIFT, OF_DAY, OF_GIVER, OF_PERSON } part_kind;

static const struct split {
    const char *rule, *whole, *parts;
    part_kind part; /* each part is the sum of one of these */
} splits[] = {
    { "firm-gifts", "annual", "one-gift", OF_GIFT },
    { "firm-gifts", "annual", "one-giver", OF_GIVER },
    { "firm-gifts", "one-client", "annual", OF_PERSON },
    { "firm-entertainment", "quarter", "one-event", OF_DAY },
    { "us-5cfr-2635-204", "annual", "occasion", OF_DAY },
};

typedef struct court {
    running now;
    gr_rules *rules;
    size_t held[GR_COUNT(splits)], counted;
} court;

static int set_up(void **state)
{
    static court c;

    c.rules = load_for(0, 0);
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    gr_rules_free(((court *)*state)->rules);
    return 0;
}

/* ---- exact sums ---- */

typedef struct sum {
    gr_wide low, high;
    int64_t den;
    bool unbounded, is_rough; /* rough: the engine sums intervals there */
} sum;

static void add(sum *s, const gr_total *t)
{
    int64_t den = s->den / gr_common_divisor(s->den, t->den) * t->den;

    s->is_rough = s->is_rough || t->den >= 1000000000 || den >= 1000000000;
    s->low = s->low * (den / s->den) + t->low * (den / t->den);
    s->high = s->high * (den / s->den) + (t->unbounded ? 0 : t->high * (den / t->den));
    s->den = den;
    s->unbounded = s->unbounded || t->unbounded;
}

/* ---- which finding has the last word ---- */

static bool is_at(const gr_finding *f, const char *rule, const char *provision)
{
    return f->has_limit && !gr_text_is(f->kind, "near-limit") && gr_text_is(f->rule, rule) &&
           gr_text_is(f->provision, provision);
}

static bool is_of_employer(const gr_finding *f, const gr_finding *like)
{
    return f->recipient_employer.len > 0 && like->recipient_employer.len > 0 &&
           number_of_employer(f->recipient_employer.ptr) ==
               number_of_employer(like->recipient_employer.ptr);
}

static bool is_of_party(const gr_finding *f, const gr_finding *like, bool of_client)
{
    return of_client ? is_of_employer(f, like) : is_of_person(f, like);
}

static bool is_same_part(const gr_finding *f, const gr_finding *g, part_kind part)
{
    if (f->period.from != g->period.from && part == OF_GIVER)
        return false;
    return part == OF_GIFT    ? gr_text_equal(f->gift, g->gift)
           : part == OF_DAY   ? f->day == g->day
           : part == OF_GIVER ? gr_text_equal(f->giver_id, g->giver_id)
                              : is_of_person(f, g) && f->period.from == g->period.from;
}

static bool is_later(const gr_finding *f, const gr_finding *than)
{
    return f->day != than->day ? f->day > than->day : gr_text_compare(f->gift, than->gift) > 0;
}

static bool is_last_whole(const gr_hearing *h, const gr_finding *f, const struct split *s)
{
    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *g = finding_at(h, i);

        if (is_at(g, s->rule, s->whole) && is_of_party(g, f, s->part == OF_PERSON) &&
            g->period.from == f->period.from && is_later(g, f))
            return false;
    }
    return true;
}

static bool is_last_part(const gr_hearing *h, const gr_finding *f, const struct split *s)
{
    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *g = finding_at(h, i);

        if (is_at(g, s->rule, s->parts) && is_of_person(g, f) && is_same_part(g, f, s->part) &&
            is_later(g, f))
            return false;
    }
    return true;
}

static bool counts_others(const gr_finding *f)
{
    for (size_t i = 0; i < f->counted_count; i++)
        if (f->counted[i].through_other)
            return true;
    return false;
}

/* ---- the laws ---- */

/* Gifts to somebody who is possibly the same person stand in several possible sums, and in no certain one. */
static void check_split(court *c, gr_hearing *h, const gr_finding *f, size_t which)
{
    const struct split *s = &splits[which];
    sum all = { 0, 0, 1, false, false };
    bool others = counts_others(f);

    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *g = finding_at(h, i);

        if (!is_at(g, s->rule, s->parts) || !is_of_party(g, f, s->part == OF_PERSON) ||
            g->day < f->period.from || g->day > f->period.to || !is_last_part(h, g, s))
            continue;
        add(&all, &g->total);
        others = others || counts_others(g);
    }
    if (all.is_rough || f->total.den >= 1000000000)
        return;
    c->held[which]++;
    if (all.low * f->total.den != f->total.low * all.den)
        fail_msg("not the sum of %s for certain: %s", s->parts, line_of(h->arena, f));
    if (!others && (all.unbounded != f->total.unbounded ||
                    (!all.unbounded && all.high * f->total.den != f->total.high * all.den)))
        fail_msg("not the possible sum of %s: %s", s->parts, line_of(h->arena, f));
}

/* Gifts of the person in that period up to this one that have an answer under a limit; for certain: that surely are
 * worth something. */
static gr_wide number_under(const gr_hearing *h, const gr_finding *f, const char *provision,
                            bool for_certain)
{
    gr_wide number = 0;

    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *g = finding_at(h, i);

        number += gr_text_equal(g->rule, f->rule) && gr_text_is(g->provision, provision) &&
                  is_of_person(g, f) && !gr_text_is(g->kind, "near-limit") &&
                  g->day >= f->period.from && g->day <= f->period.to && !is_later(g, f) &&
                  (!for_certain || g->total.low > 0);
    }
    return number;
}

/* Where gifts are counted every one has an answer, and the last one's total is their number; it is certain of those that
 * surely count where money is added. */
static void check_number(court *c, gr_hearing *h, const gr_finding *f)
{
    bool of_gifts = gr_text_is(f->provision, "number");
    gr_wide number = number_under(h, f, of_gifts ? "number" : "how-often", false);
    gr_wide certain = number_under(h, f, of_gifts ? "one-gift" : "one-event", true);

    c->counted++;
    if (f->total.den != 1 || (!counts_others(f) && f->total.high != 100 * number))
        fail_msg("%d gifts: %s", (int)number, line_of(h->arena, f));
    if (of_gifts && f->total.low < 100 * certain)
        fail_msg("%d gifts for certain: %s", (int)certain, line_of(h->arena, f));
}

static void drop_days(made_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        made_gift *gift = &log->gift[i];
        made_fact *fact;

        while ((fact = find_fact(gift->fact, gift->count, "ordered")) ||
               (fact = find_fact(gift->fact, gift->count, "delivered")))
            drop_fact(gift->fact, &gift->count, fact);
    }
}

static void sums_are_of_parts(round_of *r)
{
    court *c = r->court;
    gr_hearing h;

    drop_days(&r->log);
    hear(c->rules, &r->log, 1, &h);
    for (size_t i = 0; i < finding_count(&h); i++) {
        const gr_finding *f = finding_at(&h, i);

        for (size_t k = 0; k < GR_COUNT(splits); k++)
            if (is_at(f, splits[k].rule, splits[k].whole) && is_last_whole(&h, f, &splits[k]))
                check_split(c, &h, f, k);
        if (f->is_count && !gr_text_is(f->kind, "near-limit"))
            check_number(c, &h, f);
    }
    gr_hearing_close(&h);
}

static void test_parts(void **state)
{
    hold(state, "a sum is the sum of its parts", sums_are_of_parts, 300);
}

/* Or the laws would hold for want of sums. */
static void test_all_held(void **state)
{
    const court *c = *state;

    if (getenv("GR_ROUNDS"))
        skip(); /* perhaps too few */
    for (size_t k = 0; k < GR_COUNT(splits); k++) {
        print_message("# %s %s by %s: %zu times\n", splits[k].rule, splits[k].whole,
                      splits[k].parts, c->held[k]);
        assert_true(c->held[k] > 0);
    }
    assert_true(c->counted > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_parts),
        cmocka_unit_test(test_all_held),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
