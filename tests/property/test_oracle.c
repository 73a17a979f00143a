/* tests/property/test_oracle.c - small gift logs against an oracle that adds nothing up in intervals: it tries either
 * end of every open share, in all combinations. Over in each of them: a violation. Over in one: review. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "verdicts.h"

enum {
    MOST_SHARES = 7,
    DEN = 6
}; /* sixths of a cent: gifts here are shared by one, two or three */

#define VAST (INT64_C(1) << 40) /* stands for an end that is not known */

typedef struct share {
    gr_day day;
    int64_t low, high; /* sixths of a cent */
} share;

/* ---- gifts of which the worth is plain ---- */

typedef struct gift_shape {
    const char *facts[4][2];
    enum { COUNTS, MAY_COUNT, COUNTS_NOT, TWENTY_OFF, NO_END, TEN_MORE, NOMINAL } what;
} gift_shape;

static const gift_shape shapes[] = {
    { { { "kind", "goods" } }, COUNTS },
    { { { "kind", "meal" } }, MAY_COUNT },
    { { { "kind", "meal" }, { "host-present", "yes" } }, COUNTS_NOT },
    { { { "kind", "meal" }, { "host-present", "no" } }, COUNTS },
    { { { "kind", "goods" }, { "cost-tax", "included" } }, MAY_COUNT },
    { { { "kind", "goods" }, { "cost-tax", "included" }, { "tax", "20.00" } }, TWENTY_OFF },
    { { { "kind", "ticket" }, { "host-present", "no" } }, NO_END },
    { { { "kind", "goods" }, { "fee", "10.00" } }, TEN_MORE },
    { { { "kind", "goods" }, { "occasion", "wedding" }, { "relationship", "friend" } }, MAY_COUNT },
    { { { "kind", "goods" }, { "occasion", "wedding" }, { "payer", "firm" } }, COUNTS },
    { { { "kind", "goods" }, { "logo", "firm" }, { "quantity", "1" } }, NOMINAL },
    { { { "kind", "goods" }, { "occasion", "disaster" }, { "declaration", "state" } }, COUNTS },
};

static share worth_of(const gift_shape *shape, int64_t cents, int64_t heads)
{
    int64_t part = cents * DEN / heads;

    switch (shape->what) {
    case MAY_COUNT:
        return (share){ 0, 0, part };
    case COUNTS_NOT:
        return (share){ 0, 0, 0 };
    case TWENTY_OFF:
        return (share){ 0, part - 2000 * DEN / heads, part - 2000 * DEN / heads };
    case NO_END:
        return (share){ 0, part, VAST };
    case TEN_MORE:
        return (share){ 0, part, part + 1000 * DEN / heads };
    case NOMINAL: /* under 50.00 a piece */
        return cents < 5000 ? (share){ 0, 0, 0 } : (share){ 0, part, part };
    default:
        return (share){ 0, part, part };
    }
}

static void add_named(made_gift *gift, const char *name)
{
    made_recipient *r = &gift->recipient[gift->recipient_count++];

    *r = (made_recipient){ .count = 0 };
    put_fact(r->fact, &r->count, "recipient-id", name);
    put_fact(r->fact, &r->count, "employer-kind", "vendor");
}

static share add_gift(dice *d, made_log *log, gr_day day)
{
    static const int64_t cents[] = { 4999,  5000,  9000,  10000, 10001,
                                     10002, 15000, 29999, 30000, 30001 };
    const gift_shape *shape = &shapes[dice_below(d, GR_COUNT(shapes))];
    int64_t cost = cents[dice_below(d, GR_COUNT(cents))], heads = 1 + (int64_t)dice_below(d, 3);
    made_gift *gift = &log->gift[log->count];
    share s;
    char text[32];

    *gift = (made_gift){ .giver = 0 };
    snprintf(gift->id, sizeof gift->id, "G-%u", (unsigned)log->count++);
    gr_day_print(day, gift->date);
    snprintf(text, sizeof text, "%d.%02d", (int)(cost / 100), (int)(cost % 100));
    gift_put(gift, "cost", text);
    for (size_t i = 0; i < GR_COUNT(shape->facts) && shape->facts[i][0]; i++)
        gift_put(gift, shape->facts[i][0], shape->facts[i][1]);
    add_named(gift, "R-1");
    for (int64_t i = 1; i < heads; i++)
        add_named(gift, i == 1 ? "R-8" : "R-9");
    s = worth_of(shape, cost, heads);
    s.day = day;
    return s;
}

/* ---- the oracle ---- */

static bool is_in_year(const share *s, const share *of)
{
    return gr_day_date(s->day).year == gr_day_date(of->day).year;
}

/* 3220(a): 100.00 to 2026-03-29, then 300.00. */
static int64_t limit_on(gr_day day)
{
    return (day < gr_day_of((gr_date){ 2026, 3, 30 }) ? 10000 : 30000) * (int64_t)DEN;
}

/* The sum of shares 0 ... n in one world: bit i says which end share i has. */
static int64_t sum_in_world(const share *shares, size_t n, unsigned world)
{
    int64_t sum = 0;

    for (size_t i = 0; i <= n; i++)
        if (is_in_year(&shares[i], &shares[n]))
            sum += world >> i & 1 ? shares[i].high : shares[i].low;
    return sum;
}

static gr_verdict ask_oracle(const share *shares, size_t n)
{
    unsigned worlds = 1u << (n + 1), over = 0;

    for (unsigned world = 0; world < worlds; world++) {
        bool counts = (world >> n & 1 ? shares[n].high : shares[n].low) > 0;

        over += counts && sum_in_world(shares, n, world) > limit_on(shares[n].day);
    }
    return over == worlds ? GR_VIOLATION : over > 0 ? GR_NEEDS_REVIEW : GR_COMPLIANT;
}

/* ---- the law ---- */

static void try_small_log(const gr_rules *rules, dice *d)
{
    static made_log log;
    share shares[MOST_SHARES];
    size_t count = 1 + dice_below(d, MOST_SHARES);
    gr_day day = gr_day_of((gr_date){ 2025, 9, 1 });
    gr_hearing h;

    log.count = 0;
    for (size_t i = 0; i < count; i++) {
        day += (gr_day)dice_below(d, 120);
        shares[i] = add_gift(d, &log, day);
    }
    shuffle_log(d, &log);
    hear(rules, &log, 1, &h);
    for (size_t i = 0; i < count; i++) {
        char id[8];
        gr_finding jane = { .recipient_id = GR_TEXT("R-1") };

        snprintf(id, sizeof id, "G-%u", (unsigned)i);
        assert_int_equal(limit_verdict(&h, gr_text_of(id), &jane), ask_oracle(shares, i));
    }
    gr_hearing_close(&h);
}

static void test_oracle(void **state)
{
    uint64_t seed = number_from("GR_SEED", 20260330), rounds = number_from("GR_ROUNDS", 1000);
    const gr_setting settings[] = { { "period", "calendar" }, { "nominal-value", "50.00" } };
    gr_rules *rules = NULL;
    gr_error err = { 0 };

    (void)state;
    print_message("# GR_SEED=%llu\n", (unsigned long long)seed);
    assert_int_equal(gr_rules_load("rules", settings, 2, NULL, NULL, &rules, &err), GR_OK);
    for (uint64_t i = 0; i < rounds; i++) {
        dice d = { seed + i };

        try_small_log(rules, &d);
    }
    gr_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_oracle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
