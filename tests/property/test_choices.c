/* tests/property/test_choices.c - where the policy chooses no year, or no day of the gift, every one is tried: what is surely
 * wrong is wrong by each of them, and what is wrong by one of them is at least asked. Of days only where the year does not
 * hang on earlier gifts: which gift begins the recipient's own years is told by the day given alone. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "court.h"

static const char *const gift_days[] = { "given", "ordered", "delivered" };

enum { YEARS = PERIODS - 1, DAYS = GR_COUNT(gift_days) }; /* the last period is "unstated" */

typedef struct court {
    running now;
    gr_rules *silent, *year[YEARS];                /* no year is chosen; each is */
    gr_rules *any_day[STEADY], *day[STEADY][DAYS]; /* no day is chosen; each is */
    size_t sure, asked;                            /* by the silent ones, above compliant */
} court;

/* Where gifts are counted, as many as the firm allows in its own year, which may begin before its policy did. */
static void count_in_chosen_year(gr_rules *rules)
{
    for (size_t b = 0; b < rules->set->book_count; b++) {
        gr_rulebook *book = &rules->set->book[b];
        gr_limit *limit = gr_arena_zero(rules->arena, sizeof *limit * (book->limit_count + 1));

        assert_non_null(limit);
        for (size_t i = 0; i < book->limit_count; i++) {
            limit[i] = book->limit[i];
            limit[i].period_of_policy = limit[i].period_of_policy || limit[i].is_count;
        }
        book->limit = limit;
    }
}

static gr_rules *load_chosen(const char *period, const char *gift_day)
{
    const gr_setting settings[] = { { "period", period },
                                    { "fiscal-start", "07-01" },
                                    { "gift-day", gift_day },
                                    { "firm-kinds", firms[0] } };
    gr_rules *rules = load_rules(settings, GR_COUNT(settings));

    count_in_chosen_year(rules);
    return without_detection(rules);
}

static int set_up(void **state)
{
    static court c;

    c.silent = load_chosen("unstated", "given");
    for (size_t i = 0; i < YEARS; i++)
        c.year[i] = load_chosen(periods[i], "given");
    for (size_t i = 0; i < STEADY; i++) {
        c.any_day[i] = load_chosen(periods[i], "unstated");
        for (size_t k = 0; k < DAYS; k++)
            c.day[i][k] = load_chosen(periods[i], gift_days[k]);
    }
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    court *c = *state;

    gr_rules_free(c->silent);
    for (size_t i = 0; i < YEARS; i++)
        gr_rules_free(c->year[i]);
    for (size_t i = 0; i < STEADY; i++) {
        gr_rules_free(c->any_day[i]);
        for (size_t k = 0; k < DAYS; k++)
            gr_rules_free(c->day[i][k]);
    }
    return 0;
}

/* A duty is told about the gift, and a client's sum under one of its people. */
static bool is_of_gift(const gr_finding *f)
{
    return !f->has_limit || is_of_client(f);
}

static void compare(court *c, gr_hearing *silent, gr_hearing *chosen, const char *choice)
{
    for (size_t i = 0; i < finding_count(silent); i++) {
        const gr_finding *f = finding_at(silent, i);

        c->sure += f->verdict == GR_VIOLATION;
        c->asked += f->verdict == GR_NEEDS_REVIEW;
        if (f->verdict == GR_VIOLATION && verdict_like(chosen, f, is_of_gift(f)) != GR_VIOLATION)
            fail_msg("sure, and not by %s: %s", choice, line_of(silent->arena, f));
    }
    for (size_t i = 0; i < finding_count(chosen); i++) {
        const gr_finding *f = finding_at(chosen, i);

        if (f->verdict >= GR_NEEDS_REVIEW &&
            verdict_like(silent, f, is_of_gift(f)) < GR_NEEDS_REVIEW)
            fail_msg("by %s, and not asked: %s", choice, line_of(chosen->arena, f));
    }
}

static void every_year_is_tried(round_of *r)
{
    court *c = r->court;
    size_t year = dice_below(&r->dice, YEARS);
    gr_hearing silent, chosen;

    hear(c->silent, &r->log, 1, &silent);
    hear(c->year[year], &r->log, 1, &chosen);
    compare(c, &silent, &chosen, periods[year]);
    gr_hearing_close(&silent);
    gr_hearing_close(&chosen);
}

static void test_years(void **state)
{
    hold(state, "without a year in the policy every one is tried", every_year_is_tried, 300);
}

/* More gifts of several days than make_log() gives. */
static void add_days(round_of *r)
{
    for (size_t i = 0; i < r->log.count; i++) {
        made_gift *gift = &r->log.gift[i];
        char day[GR_DAY_TEXT];

        if (!dice_percent(&r->dice, 30) || find_fact(gift->fact, gift->count, "delivered"))
            continue;
        pick_day(&r->dice, day);
        gift_put(gift, "delivered", day);
    }
}

static void every_day_is_tried(round_of *r)
{
    court *c = r->court;
    size_t period = r->period % STEADY, day = dice_below(&r->dice, DAYS);
    gr_hearing silent, chosen;

    add_days(r);
    hear(c->any_day[period], &r->log, 1, &silent);
    hear(c->day[period][day], &r->log, 1, &chosen);
    compare(c, &silent, &chosen, gift_days[day]);
    gr_hearing_close(&silent);
    gr_hearing_close(&chosen);
}

static void test_days(void **state)
{
    const court *c = *state;

    hold(state, "without a day in the policy every one is tried", every_day_is_tried, 300);
    assert_true(c->sure > 0 && c->asked > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAW(test_years),
        LAW(test_days),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
