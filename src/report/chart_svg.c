/* src/report/chart_svg.c - draws the charts. Lines differ by stroke and marks by shape, so that no colour is needed to
 * read them; a legend names those that are there. */
#include "report/chart.h"

#include <stdio.h>

enum { MARK = 5, MOST_MARKS = 200, MONTH_MOST = 36 };

static void number(gr_html *svg, const char *name, int value)
{
    gr_html_attribute_print(svg, name, "%d", value);
}

static void line(gr_html *svg, const char *style, int x1, int y1, int x2, int y2)
{
    gr_html_start(svg, "line", style);
    number(svg, "x1", x1);
    number(svg, "y1", y1);
    number(svg, "x2", x2);
    number(svg, "y2", y2);
    gr_html_end(svg);
}

static void label(gr_html *svg, const char *style, int x, int y, const char *text)
{
    gr_html_start(svg, "text", style);
    number(svg, "x", x);
    number(svg, "y", y);
    gr_html_text(svg, gr_text_of(text));
    gr_html_end(svg);
}

static void rectangle(gr_html *svg, const char *style, int x, int y, int width, int height)
{
    gr_html_start(svg, "rect", style);
    number(svg, "x", x);
    number(svg, "y", y);
    number(svg, "width", width);
    number(svg, "height", height);
    gr_html_end(svg);
}

static void start_svg(gr_html *page, const char *anchor, int width, int height)
{
    gr_html_start(page, "svg", NULL);
    gr_html_attribute_print(page, "viewBox", "0 0 %d %d", width, height);
    gr_html_attribute(page, "role", "img");
    gr_html_attribute_print(page, "aria-labelledby", "%s-title %s-text", anchor, anchor);
}

static void start_part(gr_html *page, const char *element, const char *anchor, const char *part)
{
    gr_html_start(page, element, NULL);
    gr_html_attribute_print(page, "id", "%s-%s", anchor, part);
}

/* ---- the running total ---- */

static void amounts(gr_html *svg, const gr_scale *scale)
{
    char text[GR_MONEY_TEXT];

    for (gr_wide value = 0; value <= scale->top; value += scale->step) {
        int y = gr_scale_y(scale, value, 1);

        line(svg, value == 0 ? "axis" : "grid", scale->left, y, scale->left + scale->width, y);
        label(svg, "amount", scale->left - 6, y + 4, gr_money_print(value, 1, text));
    }
}

/* Months, quarters or years, as many as there is room for. */
static void days(gr_html *svg, const gr_scale *scale)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int first = gr_day_date(scale->from).year, last = gr_day_date(scale->to).year;
    int years = last - first + 1, bottom = scale->upper + scale->height;
    int months = years == 1 ? 1 : years <= 3 ? 3 : 12, skip = years > 12 ? (years + 11) / 12 : 1;

    for (int year = first; year <= last; year += skip) {
        for (int month = 1; month <= 12; month += months) {
            int x = gr_scale_x(scale, gr_day_of((gr_date){ year, month, 1 }));
            char text[24];

            if (month == 1)
                snprintf(text, sizeof text, "%d", year);
            line(svg, month == 1 ? "axis" : "tick", x, bottom, x, bottom + (month == 1 ? 8 : 4));
            label(svg, month == 1 ? "day year" : "day", x + 3, bottom + 16,
                  month == 1 ? text : names[month - 1]);
        }
    }
}

static void path(gr_html *svg, const char *style, const gr_list *corner, const gr_list *back)
{
    gr_html_start(svg, "path", style);
    gr_html_attribute_start(svg, "d");
    for (size_t i = 0; i < corner->count; i++)
        gr_html_print(svg, "%s%d %d", i == 0 ? "M" : "L", GR_AT(*corner, gr_vertex, i)->x,
                      GR_AT(*corner, gr_vertex, i)->y);
    for (size_t i = back ? back->count : 0; i > 0; i--)
        gr_html_print(svg, "L%d %d", GR_AT(*back, gr_vertex, i - 1)->x,
                      GR_AT(*back, gr_vertex, i - 1)->y);
    if (back)
        gr_html_print(svg, "Z");
    gr_html_attribute_end(svg);
    gr_html_end(svg);
}

static void mark(gr_html *svg, const gr_scale *scale, const gr_chart_point *point)
{
    int x = gr_scale_x(scale, point->day), y, m = MARK;

    y = point->total.unbounded ? scale->upper
                               : gr_scale_y(scale, point->total.high, point->total.den);
    if (point->mark == GR_COMPLIANT) {
        gr_html_start(svg, "circle", "gift");
        number(svg, "cx", x);
        number(svg, "cy", y);
        number(svg, "r", 2);
        gr_html_end(svg);
        return;
    }
    gr_html_start(svg, "path", gr_verdict_text(point->mark));
    if (point->mark == GR_VIOLATION) /* a diamond */
        gr_html_attribute_print(svg, "d", "M%d %dL%d %dL%d %dL%d %dZ", x, y - m - 1, x + m + 1, y,
                                x, y + m + 1, x - m - 1, y);
    else if (point->mark == GR_NEEDS_REVIEW) /* an open square */
        gr_html_attribute_print(svg, "d", "M%d %dh%dv%dh%dZ", x - m, y - m, 2 * m, 2 * m, -2 * m);
    else /* a triangle */
        gr_html_attribute_print(svg, "d", "M%d %dL%d %dL%d %dZ", x, y - m, x + m, y + m, x - m,
                                y + m);
    gr_html_end(svg);
}

static void marks(gr_html *svg, const gr_scale *scale, const gr_timeline *t)
{
    for (int marked = 0; marked <= 1; marked++) /* findings above the dots of gifts */
        for (size_t i = 0, shown = 0; i < t->count && shown < MOST_MARKS; i++) {
            if ((t->point[i].mark != GR_COMPLIANT) != marked)
                continue;
            mark(svg, scale, &t->point[i]);
            shown++;
        }
}

/* At the left end of each step, above its line. */
static void limit_labels(gr_html *svg, const gr_scale *scale, const gr_timeline *t)
{
    char money[GR_MONEY_TEXT], day[GR_DAY_TEXT], text[GR_MONEY_TEXT + GR_DAY_TEXT + 16];

    for (size_t i = 0; i < t->step_count; i++) {
        const gr_limit_step *s = &t->step[i];
        int x;

        if (s->to < scale->from || s->from > scale->to || s->amount.num == GR_UNBOUNDED)
            continue;
        gr_amount_print(s->amount, money);
        if (s->from > scale->from)
            snprintf(text, sizeof text, "limit %s from %s", money, gr_day_print(s->from, day));
        else
            snprintf(text, sizeof text, "limit %s", money);
        x = gr_scale_x(scale, s->from) + 5;
        label(svg, "limit", x, gr_scale_y(scale, s->amount.num, s->amount.den) - 5, text);
    }
}

static bool has_mark(const gr_timeline *t, gr_verdict verdict)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->point[i].mark == verdict)
            return true;
    return false;
}

static bool is_open(const gr_timeline *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->point[i].total.unbounded || t->point[i].total.low != t->point[i].total.high)
            return true;
    return false;
}

/* What the drawing shows, for who does not see it. */
static void describe(gr_html *page, const gr_timeline *t)
{
    const gr_total *total = t->count > 0 ? &t->point[t->count - 1].total : NULL;
    char money[GR_MONEY_TEXT], high[GR_MONEY_TEXT], day[GR_DAY_TEXT];

    start_part(page, "title", t->anchor, "title");
    gr_html_print(page, "Running total of gifts to ");
    gr_html_text(page, t->whose);
    gr_html_print(page, " against the limit");
    gr_html_end(page);
    start_part(page, "desc", t->anchor, "text");
    gr_html_print(page, "%zu %s", t->count, t->count == 1 ? "gift counts" : "gifts count");
    if (total) {
        gr_html_print(page, "; after the last one, on %s, the total is %s",
                      gr_day_print(t->point[t->count - 1].day, day),
                      gr_money_print(total->low, total->den, money));
        if (total->unbounded)
            gr_html_print(page, " for certain, and possibly any amount");
        else if (total->low != total->high)
            gr_html_print(page, " for certain, and possibly %s",
                          gr_money_print(total->high, total->den, high));
        gr_html_print(page, " ");
        gr_html_text(page, t->currency);
    }
    gr_html_print(page, ". The table below has every step.");
    gr_html_end(page);
}

static void legend_mark(gr_html *page, const char *style, const char *text)
{
    gr_html_start(page, "li", style);
    gr_html_print(page, "%s", text);
    gr_html_end_line(page);
}

static void legend(gr_html *page, const gr_timeline *t)
{
    gr_html_start(page, "figcaption", NULL);
    gr_html_start(page, "ul", NULL);
    legend_mark(page, "key-total", is_open(t) ? "total for certain" : "running total");
    if (is_open(t))
        legend_mark(page, "key-band", "possible beside it");
    legend_mark(page, "key-limit", "limit in force");
    if (has_mark(t, GR_VIOLATION))
        legend_mark(page, "key-violation", "violation");
    if (has_mark(t, GR_NEEDS_REVIEW))
        legend_mark(page, "key-review", "to review");
    if (has_mark(t, GR_WARNING))
        legend_mark(page, "key-warning", "warning");
    gr_html_end(page);
    gr_html_end_line(page);
}

bool gr_chart_timeline(gr_html *page, const gr_timeline *t)
{
    gr_list low = GR_LIST(gr_vertex), high = GR_LIST(gr_vertex), limit = GR_LIST(gr_vertex);
    gr_scale scale;
    bool fits;

    gr_scale_fit(&scale, t->point, t->count, t->step, t->step_count, t->until);
    fits = gr_scale_outline(&scale, t->point, t->count, false, &low) &&
           gr_scale_outline(&scale, t->point, t->count, true, &high) &&
           gr_scale_limit(&scale, t->step, t->step_count, &limit);
    if (fits) {
        gr_html_start(page, "figure", "chart");
        gr_html_start(page, "div", NULL); /* scrolls by itself where the page is narrow */
        start_svg(page, t->anchor, GR_CHART_WIDTH, GR_CHART_HEIGHT);
        describe(page, t);
        amounts(page, &scale);
        days(page, &scale);
        if (is_open(t))
            path(page, "band", &high, &low);
        path(page, "limit", &limit, NULL);
        path(page, "total", &low, NULL);
        marks(page, &scale, t);
        limit_labels(page, &scale, t);
        gr_html_end(page);
        gr_html_end(page);
        legend(page, t);
        gr_html_end_line(page);
    }
    gr_list_free(&low);
    gr_list_free(&high);
    gr_list_free(&limit);
    return fits;
}

/* ---- months ---- */

enum {
    MONTHS_LEFT = 44,
    BARS_TOP = 22,
    BARS = 96,
    GIFTS_TOP = 148,
    GIFTS = 56,
    MONTHS_HEIGHT = 232
};

static uint64_t findings(const gr_book_month *month)
{
    return month->violations + month->needs_review + month->warnings;
}

static int part_of(uint64_t value, uint64_t most, int height)
{
    gr_wide exact = (gr_wide)value * height;
    int units = most > 0 ? (int)((exact + most / 2) / most) : 0;

    return value > 0 && units == 0 ? 1 : units; /* one finding is to be seen among thousands */
}

static void month_bars(gr_html *svg, const gr_book_month *m, int x, int width, uint64_t most,
                       uint64_t most_gifts)
{
    int y = BARS_TOP + BARS, gifts = part_of(m->gifts, most_gifts, GIFTS);
    const struct {
        const char *style;
        uint64_t count;
    } parts[] = { { "violation", m->violations },
                  { "needs_review", m->needs_review },
                  { "warning", m->warnings } };

    for (size_t i = 0; i < GR_COUNT(parts); i++) {
        int height = part_of(parts[i].count, most, BARS);

        if (height == 0)
            continue;
        rectangle(svg, parts[i].style, x, y - height, width, height);
        y -= height;
    }
    if (gifts > 0)
        rectangle(svg, "gifts", x, GIFTS_TOP + GIFTS - gifts, width, gifts);
}

static void month_label(gr_html *svg, const gr_book_month *m, int x, bool is_first, bool is_narrow)
{
    static const char letters[] = "JFMAMJJASOND";
    gr_date date = gr_day_date(m->first);
    char text[16];

    snprintf(text, sizeof text, "%c", letters[date.month - 1]);
    if (!is_narrow)
        label(svg, "month", x, GIFTS_TOP + GIFTS + 13, text);
    snprintf(text, sizeof text, "%d", date.year);
    if (date.month == 1 || is_first)
        label(svg, "year", x - 4, GIFTS_TOP + GIFTS + 26, text);
}

static void most_label(gr_html *svg, int y, int bottom, uint64_t most)
{
    char text[24];

    line(svg, "grid", MONTHS_LEFT, y, GR_CHART_WIDTH, y);
    line(svg, "axis", MONTHS_LEFT, bottom, GR_CHART_WIDTH, bottom);
    snprintf(text, sizeof text, "%llu", (unsigned long long)most);
    label(svg, "amount", MONTHS_LEFT - 6, y + 4, text);
    label(svg, "amount", MONTHS_LEFT - 6, bottom + 4, "0");
}

static void draw_months(gr_html *page, const gr_book_month *month, size_t count)
{
    int step = (GR_CHART_WIDTH - MONTHS_LEFT - 8) / (int)(count < 12 ? 12 : count);
    int gap = step / 4 + 1, width = step - gap;
    uint64_t most = 0, most_gifts = 0;

    for (size_t i = 0; i < count; i++) {
        most = findings(&month[i]) > most ? findings(&month[i]) : most;
        most_gifts = month[i].gifts > most_gifts ? month[i].gifts : most_gifts;
    }
    label(page, "panel", MONTHS_LEFT, BARS_TOP - 9, "Findings");
    label(page, "panel", MONTHS_LEFT, GIFTS_TOP - 9, "Gifts");
    most_label(page, BARS_TOP, BARS_TOP + BARS, most);
    most_label(page, GIFTS_TOP, GIFTS_TOP + GIFTS, most_gifts);
    for (size_t i = 0; i < count; i++) {
        int x = MONTHS_LEFT + 6 + (int)i * step;

        month_bars(page, &month[i], x, width, most, most_gifts);
        month_label(page, &month[i], x + width / 2, i == 0, width < 10);
    }
}

void gr_chart_months(gr_html *page, const gr_book_month *month, size_t count)
{
    size_t shown = count < MONTH_MOST ? count : MONTH_MOST;

    gr_html_start(page, "figure", "chart months");
    gr_html_start(page, "div", NULL);
    start_svg(page, "months", GR_CHART_WIDTH, MONTHS_HEIGHT);
    start_part(page, "title", "months", "title");
    gr_html_print(page, "Findings and gifts by month");
    gr_html_end(page);
    start_part(page, "desc", "months", "text");
    gr_html_print(page,
                  "Two rows of bars over the last %zu months. The table below has the same "
                  "numbers.",
                  shown);
    gr_html_end(page);
    draw_months(page, month + (count - shown), shown);
    gr_html_end(page);
    gr_html_end(page);
    gr_html_start(page, "figcaption", NULL);
    gr_html_start(page, "ul", NULL);
    legend_mark(page, "key-violation bar", "violations");
    legend_mark(page, "key-review bar", "to review");
    legend_mark(page, "key-warning bar", "warnings");
    legend_mark(page, "key-gifts bar", "gifts");
    gr_html_end(page);
    gr_html_end_line(page);
    gr_html_end_line(page);
}

/* ---- a share of the limit ---- */

void gr_chart_share(gr_html *page, int low, int high, int whole)
{
    enum { WIDTH = 96, HEIGHT = 10 };

    low = low > whole ? whole : low;
    high = high > whole ? whole : high;
    gr_html_start(page, "svg", "share");
    gr_html_attribute_print(page, "viewBox", "0 0 %d %d", WIDTH, HEIGHT);
    gr_html_attribute(page, "aria-hidden", "true"); /* the number stands beside it */
    rectangle(page, "whole", 0, 0, WIDTH, HEIGHT);
    if (high > low)
        rectangle(page, "band", 0, 0, high * WIDTH / whole, HEIGHT);
    if (low > 0)
        rectangle(page, "total", 0, 0, low * WIDTH / whole, HEIGHT);
    gr_html_end(page);
}
