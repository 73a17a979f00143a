/* src/engine/view.h - one way to look at a gift: on one of its days, in one kind of year; and all ways together. */
#ifndef GR_ENGINE_VIEW_H
#define GR_ENGINE_VIEW_H

#include "engine/group.h"

typedef struct gr_view {
    gr_verdict verdict;
    gr_day day;
    gr_period period;
    const gr_limit_row *row;
    gr_total total;
    bool is_sure;      /* over, whatever the missing facts are */
    size_t start, end; /* the items counted, but for those whose days differ */
} gr_view;

enum { GR_MAX_VIEWS = 3 * GR_YEARS };

/* A gift with every view of it; the views disagree when verdict differs from that of the chosen one. */
typedef struct gr_case {
    const gr_shares *shares;
    const gr_group *group;
    const gr_item *item;
    gr_view view[GR_MAX_VIEWS];
    size_t view_count;
    const gr_view *chosen;
    size_t days_without;            /* views of days on which there is no limit; not in view */
    bool days_differ, bases_differ; /* why the views disagree */
} gr_case;

/* Is a total over the amount, by the limit's test? */
bool gr_is_over(const gr_limit *limit, gr_wide sum, int64_t den, gr_amount amount);
gr_verdict gr_verdict_of(const gr_limit *limit, gr_total total, gr_amount amount, bool is_certain);

/* Makes every view that the policy leaves open, and chooses the one to show. GR_COMPLIANT with view_count 0 when
 * the rulebook has no limit on that day. */
gr_verdict gr_case_make(gr_case *c);

/* The next item that the chosen view counts, in order; *low gets what it surely counts there, over the group's den.
 * *cursor starts at 0. NULL after the last. */
const gr_item *gr_case_next(const gr_case *c, size_t *cursor, gr_wide *low);

#endif
