/* src/engine/reason.h - the words of a finding: why, what to ask, what either answer would mean. */
#ifndef GR_ENGINE_REASON_H
#define GR_ENGINE_REASON_H

#include "engine/group.h"
#include "engine/judge.h"

/* One way to look at a gift: on one of its days, in one kind of year. */
typedef struct gr_view {
    gr_verdict verdict;
    gr_day day;
    gr_period period;
    const gr_limit_row *limit;
    gr_total total;
    size_t start, end; /* the items counted */
} gr_view;

enum { GR_MAX_VIEWS = 3 * GR_BASIS_COUNT };

/* A gift with every view of it; the views disagree when verdict differs from that of the chosen one. */
typedef struct gr_case {
    const gr_shares *shares;
    const gr_group *group;
    const gr_item *item;
    gr_view view[GR_MAX_VIEWS];
    size_t view_count;
    const gr_view *chosen;
    bool days_differ, bases_differ; /* why the views disagree */
} gr_case;

/* Is a total over the limit, by the rulebook's test? */
bool gr_is_over(const gr_rulebook *book, gr_wide sum, int64_t den, gr_amount limit);
gr_verdict gr_verdict_of(const gr_rulebook *book, gr_total total, gr_amount limit, bool is_certain);

/* Fill the texts of f; false when there is no memory. */
bool gr_reason_limit(const gr_case *c, gr_arena *arena, gr_finding *f);
bool gr_reason_near(const gr_case *c, gr_arena *arena, gr_finding *f);
bool gr_reason_breach(const gr_tally *tally, const gr_breach *breach, const gr_who *who,
                      gr_arena *arena, gr_finding *f);
/* Why a share counts as it does; empty when it plainly counts. */
gr_text gr_reason_item(const gr_shares *shares, const gr_item *item, gr_arena *arena);
/* How a recipient is called in a sentence. */
gr_text gr_reason_name(const gr_who *who, uint32_t recipient, gr_arena *arena);

#endif
