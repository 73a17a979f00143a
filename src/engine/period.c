/* src/engine/period.c - four ways to count a year (3220.03 leaves the choice to the firm's procedures). A year that
 * begins on 29 February ends on 28 February, and the next begins on 1 March. */
#include "engine/period.h"

static gr_period fiscal(const gr_policy *policy, gr_day day)
{
    gr_date start = { gr_day_date(day).year, policy->fiscal_month, policy->fiscal_day };

    if (gr_day_of(start) > day)
        start.year--;
    return (gr_period){ GR_FISCAL, gr_day_of(start), gr_day_add_years(gr_day_of(start), 1) - 1 };
}

/* The first day of the k-th year: the date of the anchor, or 1 March where there is no 29 February. */
static gr_day anniversary(gr_day anchor, int k)
{
    gr_day day = gr_day_add_years(anchor, k);

    return gr_day_date(day).day < gr_day_date(anchor).day ? day + 1 : day;
}

static gr_period by_anniversary(gr_day anchor, gr_day day)
{
    int k = gr_day_date(day).year - gr_day_date(anchor).year;

    if (anniversary(anchor, k) > day)
        k--;
    return (gr_period){ GR_ANNIVERSARY, anniversary(anchor, k), anniversary(anchor, k + 1) - 1 };
}

static gr_period quarter(gr_day day)
{
    gr_date start = gr_day_date(day), end;

    start.month = start.month - (start.month - 1) % 3;
    start.day = 1;
    end = start;
    end.month += 3;
    if (end.month > 12)
        end = (gr_date){ start.year + 1, 1, 1 };
    return (gr_period){ GR_QUARTER, gr_day_of(start), gr_day_of(end) - 1 };
}

gr_period gr_period_of(gr_basis basis, const gr_policy *policy, gr_day anchor, gr_day day)
{
    int year = gr_day_date(day).year;

    switch (basis) {
    case GR_FISCAL:
        return fiscal(policy, day);
    case GR_ANNIVERSARY:
        return by_anniversary(anchor, day);
    case GR_QUARTER:
        return quarter(day);
    case GR_ONE_DAY:
    case GR_ONE_GIFT:
        return (gr_period){ basis, day, day };
    case GR_TRAILING: /* after the same date a year before, up to this day */
        return (gr_period){ GR_TRAILING, gr_day_add_years(day, -1) + 1, day };
    default:
        return (gr_period){ GR_CALENDAR, gr_day_of((gr_date){ year, 1, 1 }),
                            gr_day_of((gr_date){ year, 12, 31 }) };
    }
}

gr_text gr_period_words(gr_period period, gr_arena *arena)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    gr_day_print(period.from, from);
    gr_day_print(period.to, to);
    switch (period.basis) {
    case GR_FISCAL:
        return gr_arena_print(arena, "the fiscal year from %s to %s", from, to);
    case GR_ANNIVERSARY:
        return gr_arena_print(arena, "the recipient's year from %s to %s", from, to);
    case GR_QUARTER:
        return gr_arena_print(arena, "the quarter from %s to %s", from, to);
    case GR_ONE_DAY:
    case GR_ONE_GIFT:
        return gr_arena_print(arena, "%s", from);
    case GR_TRAILING:
        return gr_arena_print(arena, "the 12 months up to %s", to);
    default:
        return gr_arena_print(arena, "the calendar year %d", gr_day_date(period.from).year);
    }
}
