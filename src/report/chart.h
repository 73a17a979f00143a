/* src/report/chart.h - small charts for pages, in SVG inside the page: a running total against the dated limit, and
 * months beside each other. Geometry is in whole units of the drawing, counted from exact amounts without floats.
 *
 * A chart says nothing that the words and the table beside it do not say. */
#ifndef GR_REPORT_CHART_H
#define GR_REPORT_CHART_H

#include "base/list.h"
#include "model/report.h"
#include "report/html_page.h"

/* A running total as it stands after one gift. */
typedef struct gr_chart_point {
    gr_day day;
    gr_period period;
    gr_total total;
    gr_verdict mark; /* the worst that was found about it; GR_COMPLIANT: nothing */
} gr_chart_point;

/* ---- geometry (chart_scale.c) ---- */

typedef struct gr_scale {
    gr_day from, to;                /* at the left and the right edge */
    gr_wide step, top;              /* cents: between two lines, and at the upper edge */
    int left, upper, width, height; /* of the plot, in the drawing */
} gr_scale;

typedef struct gr_vertex {
    int x, y;
} gr_vertex;

enum { GR_CHART_WIDTH = 720, GR_CHART_HEIGHT = 236 };

/* Whole years from the first gift to until or the last gift, whichever is later; as high as all that is known needs. */
void gr_scale_fit(gr_scale *scale, const gr_chart_point *point, size_t count,
                  const gr_limit_step *step, size_t step_count, gr_day until);
int gr_scale_x(const gr_scale *scale, gr_day day); /* what lies outside is at the edge */
int gr_scale_y(const gr_scale *scale, gr_wide num, int64_t den);
/* Adds the corners of the running total, of gr_vertex: what is certain, or what is possible. What has no upper end is at
 * the upper edge. With a new period it begins at nothing again. False: no memory. */
bool gr_scale_outline(const gr_scale *scale, const gr_chart_point *point, size_t count,
                      bool possible, gr_list *out);
/* The same of the limit. */
bool gr_scale_limit(const gr_scale *scale, const gr_limit_step *step, size_t count, gr_list *out);
/* The least of 1, 2, 2.5 and 5 times a power of ten that is not below. */
gr_wide gr_scale_round(gr_wide least);

/* ---- drawing (chart_svg.c) ---- */

typedef struct gr_timeline {
    const gr_chart_point *point;
    size_t count;
    const gr_limit_step *step;
    size_t step_count;
    gr_day until;
    gr_text whose, currency;
    const char *anchor; /* of the section; names of its parts begin with it */
} gr_timeline;

/* False: no memory. */
bool gr_chart_timeline(gr_html *page, const gr_timeline *timeline);
void gr_chart_months(gr_html *page, const gr_book_month *month, size_t count);
/* A bar as long as low, with a paler part up to high, of a whole; all in the same small unit. */
void gr_chart_share(gr_html *page, int low, int high, int whole);

#endif
