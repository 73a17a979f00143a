/* src/report/chart_scale.c - where days and amounts lie in a drawing. Amounts may be of any size: what would overflow is
 * drawn at the upper edge. */
#include "report/chart.h"

enum { LETTER = 7, GAP = 14, BELOW = 26, RIGHT = 12, LINES = 4 };

static const gr_wide HIGHEST = (gr_wide)1 << 100; /* cents: far above any money there is */

static gr_wide cents(gr_wide num, int64_t den)
{
    return den > 0 && num > 0 ? (num + den - 1) / den : 0;
}

gr_wide gr_scale_round(gr_wide least)
{
    gr_wide power = 100; /* one unit of money: its parts need no lines */

    while (power * 10 < least)
        power *= 10;
    if (least <= power)
        return power;
    if (least <= 2 * power)
        return 2 * power;
    if (least <= power / 2 * 5)
        return power / 2 * 5;
    return least <= 5 * power ? 5 * power : 10 * power;
}

static gr_wide highest(const gr_chart_point *point, size_t count)
{
    gr_wide most = 0;

    for (size_t i = 0; i < count; i++) {
        const gr_total *total = &point[i].total;
        gr_wide value = cents(total->unbounded ? total->low : total->high, total->den);

        most = value > most ? value : most;
    }
    return most < HIGHEST ? most : HIGHEST;
}

static int label_width(gr_wide top)
{
    char text[GR_MONEY_TEXT];
    int width = 0;

    for (const char *c = gr_money_print(top, 1, text); *c; c++)
        width += LETTER;
    return width + GAP;
}

static void fit_days(gr_scale *scale, const gr_chart_point *point, size_t count, gr_day until)
{
    gr_day first = count > 0 ? point[0].day : until, last = until;
    gr_date end;

    for (size_t i = 0; i < count; i++) {
        first = point[i].day < first ? point[i].day : first;
        last = point[i].day > last ? point[i].day : last;
    }
    scale->from = gr_day_of((gr_date){ gr_day_date(first).year, 1, 1 });
    end = gr_day_date(last);
    scale->to = gr_day_of((gr_date){ end.year, 12, 31 });
}

void gr_scale_fit(gr_scale *scale, const gr_chart_point *point, size_t count,
                  const gr_limit_step *step, size_t step_count, gr_day until)
{
    gr_wide most = highest(point, count);

    *scale = (gr_scale){ .upper = GAP };
    fit_days(scale, point, count, until);
    for (size_t i = 0; i < step_count; i++) {
        gr_wide limit =
            step[i].amount.num == GR_UNBOUNDED ? 0 : cents(step[i].amount.num, step[i].amount.den);

        if (step[i].to >= scale->from && step[i].from <= scale->to && limit > most)
            most = limit;
    }
    most += most / 12 + 1; /* the highest line does not touch the edge */
    scale->step = gr_scale_round((most + LINES - 1) / LINES);
    scale->top = (most + scale->step - 1) / scale->step * scale->step;
    scale->left = label_width(scale->top);
    scale->left = scale->left < GR_CHART_WIDTH / 3 ? scale->left : GR_CHART_WIDTH / 3;
    scale->width = GR_CHART_WIDTH - scale->left - RIGHT;
    scale->height = GR_CHART_HEIGHT - scale->upper - BELOW;
}

int gr_scale_x(const gr_scale *scale, gr_day day)
{
    int64_t days = (int64_t)scale->to + 1 - scale->from, at = (int64_t)day - scale->from;

    at = at < 0 ? 0 : at > days ? days : at;
    return scale->left + (int)(at * scale->width / days);
}

int gr_scale_y(const gr_scale *scale, gr_wide num, int64_t den)
{
    gr_wide amount = cents(num, den);

    amount = amount > scale->top ? scale->top : amount;
    return scale->upper + scale->height - (int)(amount * scale->height / scale->top);
}

/* Corners at one place become one line up or down, so that a thousand gifts need no more corners than pixels. */
static bool add(gr_list *out, int x, int y)
{
    size_t n = out->count;

    if (n >= 2 && GR_AT(*out, gr_vertex, n - 1)->x == x && GR_AT(*out, gr_vertex, n - 2)->x == x) {
        GR_AT(*out, gr_vertex, n - 1)->y = y;
        return true;
    }
    return gr_list_push(out, &(gr_vertex){ x, y });
}

static bool add_step(gr_list *out, int x, int *y, int next)
{
    bool added = add(out, x, *y) && add(out, x, next);

    *y = next;
    return added;
}

bool gr_scale_outline(const gr_scale *scale, const gr_chart_point *point, size_t count,
                      bool possible, gr_list *out)
{
    int ground = scale->upper + scale->height, y = ground;
    bool added = add(out, scale->left, ground);

    for (size_t i = 0; added && i < count; i++) {
        const gr_total *total = &point[i].total;
        int next = !possible          ? gr_scale_y(scale, total->low, total->den)
                   : total->unbounded ? scale->upper
                                      : gr_scale_y(scale, total->high, total->den);

        if (i > 0 && point[i].period.basis != GR_TRAILING &&
            point[i].period.from > point[i - 1].day)
            added = add_step(out, gr_scale_x(scale, point[i].period.from), &y, ground);
        added = added && add_step(out, gr_scale_x(scale, point[i].day), &y, next);
    }
    if (count > 0 && point[count - 1].period.basis != GR_TRAILING &&
        point[count - 1].period.to < scale->to)
        added =
            added && add_step(out, gr_scale_x(scale, point[count - 1].period.to + 1), &y, ground);
    return added && add(out, scale->left + scale->width, y);
}

bool gr_scale_limit(const gr_scale *scale, const gr_limit_step *step, size_t count, gr_list *out)
{
    for (size_t i = 0; i < count; i++) {
        gr_day to = step[i].to < scale->to ? step[i].to : scale->to;
        int y;

        if (step[i].to < scale->from || step[i].from > scale->to ||
            step[i].amount.num == GR_UNBOUNDED)
            continue;
        y = gr_scale_y(scale, step[i].amount.num, step[i].amount.den);
        if (!add(out, gr_scale_x(scale, step[i].from), y) ||
            !add(out, gr_scale_x(scale, to + 1), y))
            return false;
    }
    return true;
}
