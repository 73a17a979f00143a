/* tests/property/test_oracle.c - small gift logs against an oracle that adds nothing up in intervals: it tries either
 * end of every open share, in all combinations. Over in each of them: sure. Over in one: review. It has its own words for
 * the limits, periods and people of every rulebook that adds up, and none of the engine's. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "oracle_gifts.h"

enum { MOST_SHARES = 7 };

/* ---- limits ---- */

/* The rulebooks that add up, each with a kind of employer that is in its scope. */
static const struct book {
    const char *rule, *employer_kind;
    share (*worth)(const plan *p);
    int since; /* limits begin with this year; the logs do in 2025 */
} books[] = {
    { "finra-3220", "vendor", under_3220, 1992 },
    { "firm-gifts", "vendor", under_firm_gifts, 2026 },
    { "firm-entertainment", "vendor", under_entertainment, 2026 },
    { "us-5cfr-2635-204", "federal-agency", under_5cfr, 2001 },
    { "cme-508", "exchange-member", with_market, 2009 },
    { "erisa-406b3", "erisa-plan", under_erisa, 2009 },
    { "dol-lm10", "union", under_lm10, 2005 },
};
enum { FINRA_3220, FIRM_GIFTS, FIRM_ENTERTAINMENT, US_5CFR, CME_508, ERISA, LM_10 };

/* What makes a limit: over which time, whose sum, of what, and what it is to be over it. */
enum {
    YEAR = 1,
    FISCAL_YEAR = 2,
    TWELVE_MONTHS = 3,
    QUARTER = 4,
    DAY = 5,
    GIFT = 6,
    TIME = 7,
    OF_GIVER = 8,
    OF_CLIENT = 16,
    CASH_ONLY = 32,
    CARDS_ONLY = 64,
    NO_CASH = 128,
    NO_CARDS = 256,
    NUMBER = 512,     /* gifts are counted */
    AT_LEAST = 1024,  /* the limit itself is too much */
    A_QUESTION = 2048 /* surely over it is no violation */
};

typedef struct law {
    size_t book;
    const char *provision;
    unsigned is;
    int64_t amount; /* cents, or hundredths of a gift */
} law;

static const law laws[] = {
    { FINRA_3220, "annual", YEAR, 10000 }, /* 30000 from 2026-03-30 on */
    { FIRM_GIFTS, "annual", YEAR, 25000 },
    { FIRM_GIFTS, "one-gift", GIFT, 12500 },
    { FIRM_GIFTS, "one-giver", YEAR | OF_GIVER, 20000 },
    { FIRM_GIFTS, "one-client", YEAR | OF_CLIENT | A_QUESTION, 100000 },
    { FIRM_GIFTS, "number", YEAR | NUMBER, 300 },
    { FIRM_GIFTS, "no-cash", GIFT | CASH_ONLY, 0 },
    { FIRM_GIFTS, "no-cards", GIFT | CARDS_ONLY, 0 },
    { FIRM_ENTERTAINMENT, "one-event", DAY, 25000 },
    { FIRM_ENTERTAINMENT, "quarter", QUARTER, 60000 },
    { FIRM_ENTERTAINMENT, "how-often", QUARTER | NUMBER | A_QUESTION, 300 },
    { US_5CFR, "occasion", DAY | NO_CASH, 2000 },
    { US_5CFR, "annual", YEAR | NO_CASH, 5000 },
    { US_5CFR, "cash", GIFT | CASH_ONLY, 0 },
    { US_5CFR, "gift-card", GIFT | CARDS_ONLY | A_QUESTION, 0 },
    { CME_508, "annual", TWELVE_MONTHS, 10000 },
    { ERISA, "annual", YEAR | NO_CASH | NO_CARDS | AT_LEAST | A_QUESTION, 25000 },
    { ERISA, "cash", GIFT | CASH_ONLY | CARDS_ONLY | A_QUESTION, 0 },
    { LM_10, "report", FISCAL_YEAR | A_QUESTION, 25000 },
};

static gr_verdict sure_of(const law *l)
{
    return l->is & A_QUESTION ? GR_NEEDS_REVIEW : GR_VIOLATION;
}

/* -1: none on that day */
static int64_t limit_on(const law *l, gr_day day)
{
    if (l->book == FINRA_3220 && day >= CHANGE)
        return 30000;
    return gr_day_date(day).year < books[l->book].since ? -1 : l->amount;
}

/* UNKNOWN where nobody knows what was given, and it matters. */
static gr_truth is_about(const law *l, thing t)
{
    bool is_only = l->is & (CASH_ONLY | CARDS_ONLY);

    if (t == UNSAID)
        return l->is & (CASH_ONLY | CARDS_ONLY | NO_CASH | NO_CARDS) ? GR_UNKNOWN : GR_TRUE;
    if (t == CASH)
        return (is_only ? l->is & CASH_ONLY : !(l->is & NO_CASH)) ? GR_TRUE : GR_FALSE;
    if (t == CARD)
        return (is_only ? l->is & CARDS_ONLY : !(l->is & NO_CARDS)) ? GR_TRUE : GR_FALSE;
    return is_only ? GR_FALSE : GR_TRUE;
}

/* Is day within the period that ends, or may end, on the other? Both by the calendar, without a count of days. */
static bool is_in_period(unsigned time, gr_day day, gr_day of)
{
    gr_date a = gr_day_date(day), b = gr_day_date(of);
    int after = (a.month - b.month) * 31 + a.day - b.day; /* by date, whatever the year */

    switch (time) {
    case YEAR:
        return a.year == b.year;
    case FISCAL_YEAR: /* from 1 July */
        return a.year - (a.month < 7) == b.year - (b.month < 7);
    case TWELVE_MONTHS:
        return a.year == b.year || (a.year == b.year - 1 && after > 0);
    case QUARTER:
        return a.year == b.year && (a.month - 1) / 3 == (b.month - 1) / 3;
    case DAY:
        return day == of;
    default:
        return false;
    }
}

/* Where gifts are counted, one is one whatever it was worth: only whether it is left out matters. */
static share one_of(const law *l, const plan *p)
{
    bool is_meal = p->shape->thing == MEAL, is_left_out;

    if (l->book == FIRM_ENTERTAINMENT)
        is_left_out = !is_meal || p->shape->host == NOT_HOSTED;
    else
        is_left_out = (is_meal && p->shape->host == HOSTED) ||
                      (p->shape->price == WITH_LOGO && part_of(p) < 5000 * DEN);
    return (share){ !is_left_out, is_meal && p->shape->host == NOBODY_KNOWS ? 0 : 100 * DEN,
                    100 * DEN };
}

/* What a gift counts under a limit for Jane, or for all people of her employer. */
static share share_under(const law *l, const plan *p)
{
    int64_t heads = l->is & OF_CLIENT && p->heads > 1 ? 2 : 1;
    share s = l->is & NUMBER ? one_of(l, p) : books[l->book].worth(p);

    gr_truth about = is_about(l, p->shape->thing);

    return (share){ s.is_there && about != GR_FALSE, about == GR_TRUE ? s.low * heads : 0,
                    s.high * heads };
}

/* ---- the oracle ---- */

static bool is_over(const law *l, int64_t sum, int64_t limit)
{
    return l->is & AT_LEAST ? sum >= limit * DEN : sum > limit * DEN;
}

/* The sum of gifts 0 ... n in one world: bit i says which end gift i has. */
static int64_t sum_in_world(const law *l, const plan *plans, const share *shares, size_t n,
                            unsigned world)
{
    int64_t sum = 0;

    for (size_t i = 0; i <= n; i++) {
        bool is_of_giver = !(l->is & OF_GIVER) || plans[i].giver == plans[n].giver;
        bool is_in = i == n || is_in_period(l->is & TIME, plans[i].day, plans[n].day);

        if (shares[i].is_there && is_of_giver && is_in)
            sum += world >> i & 1 ? shares[i].high : shares[i].low;
    }
    return sum;
}

static gr_verdict ask_oracle(const law *l, const plan *plans, size_t n)
{
    share shares[MOST_SHARES];
    int64_t limit = limit_on(l, plans[n].day);
    unsigned worlds = 1u << (n + 1), over = 0;

    for (size_t i = 0; i <= n; i++)
        shares[i] = share_under(l, &plans[i]);
    if (limit < 0 || !shares[n].is_there)
        return GR_COMPLIANT;
    for (unsigned world = 0; world < worlds; world++) {
        bool counts = (world >> n & 1 ? shares[n].high : shares[n].low) > 0;

        over += counts && is_over(l, sum_in_world(l, plans, shares, n, world), limit);
    }
    return over == worlds ? sure_of(l) : over > 0 ? GR_NEEDS_REVIEW : GR_COMPLIANT;
}

/* ---- the law ---- */

typedef struct court {
    running now;
    gr_rules *rules;
    size_t found[GR_COUNT(laws)][GR_VIOLATION + 1]; /* how often the oracle said what */
} court;

static gr_verdict ask_engine(const gr_hearing *h, const law *l, size_t n)
{
    gr_verdict worst = GR_COMPLIANT;
    char id[8];

    snprintf(id, sizeof id, "G-%u", (unsigned)n);
    for (size_t i = 0; i < finding_count(h); i++) {
        const gr_finding *f = finding_at(h, i);

        if (f->verdict > GR_WARNING && f->verdict > worst && gr_text_is(f->gift, id) &&
            gr_text_is(f->rule, books[l->book].rule) && gr_text_is(f->provision, l->provision) &&
            (gr_text_is(f->recipient_id, "R-1") ||
             (l->is & OF_CLIENT && gr_text_is(f->recipient_id, "R-8"))))
            worst = f->verdict;
    }
    return worst;
}

static void check_gift(court *c, made_log *log, gr_hearing *h, const law *l, const plan *plans,
                       size_t n)
{
    gr_verdict right = ask_oracle(l, plans, n), got = ask_engine(h, l, n);

    c->found[l - laws][right]++;
    if (got == right)
        return;
    fputs(print_log(log, 0, log->count), stderr);
    fail_msg("G-%u under %s %s: %s, by the oracle %s", (unsigned)n, books[l->book].rule,
             l->provision, gr_verdict_text(got), gr_verdict_text(right));
}

static void try_small_log(round_of *r)
{
    static const int strides[] = { 2, 30, 120 };
    court *c = r->court;
    dice *d = &r->dice;
    const law *focus = &laws[dice_below(d, GR_COUNT(laws))];
    bool of_meals = focus->book == FIRM_ENTERTAINMENT && dice_percent(d, 70);
    const char *kind = books[focus->book].employer_kind;
    size_t stride = (size_t)strides[dice_below(d, GR_COUNT(strides))];
    gr_day day = gr_day_of((gr_date){ 2025, 9, 1 }) + (gr_day)dice_below(d, 300);
    size_t count = 1 + dice_below(d, MOST_SHARES);
    plan plans[MOST_SHARES];
    gr_hearing h;

    r->log.count = 0;
    for (size_t i = 0; i < count; i++) {
        day += (gr_day)dice_below(d, stride);
        if (dice_percent(d, 5)) /* about a year later, to the day or nearly */
            day += 364 + (gr_day)dice_below(d, 3);
        plans[i] = add_gift(d, &r->log, day, kind, of_meals);
    }
    shuffle_log(d, &r->log);
    hear(c->rules, &r->log, 1, &h);
    for (size_t k = 0; k < GR_COUNT(laws); k++)
        for (size_t i = 0; i < count && strcmp(books[laws[k].book].employer_kind, kind) == 0; i++)
            check_gift(c, &r->log, &h, &laws[k], plans, i);
    gr_hearing_close(&h);
}

static void test_oracle(void **state)
{
    hold(state, "the oracle says the same", try_small_log, 2000);
}

/* Or a limit would agree for want of gifts over it. Where surely over is a question, none is a violation. */
static void test_every_limit(void **state)
{
    const court *c = *state;

    if (getenv("GR_ROUNDS"))
        skip(); /* perhaps too few */
    for (size_t k = 0; k < GR_COUNT(laws); k++) {
        print_message("# %-20s %-10s %zu compliant, %zu to review, %zu violations\n",
                      books[laws[k].book].rule, laws[k].provision, c->found[k][GR_COMPLIANT],
                      c->found[k][GR_NEEDS_REVIEW], c->found[k][GR_VIOLATION]);
        assert_true(c->found[k][GR_COMPLIANT] > 0 && c->found[k][sure_of(&laws[k])] > 0);
    }
}

static int set_up(void **state)
{
    const gr_setting settings[] = { { "period", "calendar" },
                                    { "nominal-value", "50.00" },
                                    { "fiscal-start", "07-01" },
                                    { "firm-kinds", firms[0] } };
    static court c;

    c.rules = load_rules(settings, GR_COUNT(settings));
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    gr_rules_free(((court *)*state)->rules);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_oracle),
        cmocka_unit_test(test_every_limit),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
