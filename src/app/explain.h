/* src/app/explain.h - what the files of explaining share: a run that kept nothing, the finding looked for in it, and
 * the explanation as it grows. */
#ifndef GR_APP_EXPLAIN_H
#define GR_APP_EXPLAIN_H

#include "app/explain_records.h"
#include "engine/trace.h"
#include "engine/view.h"

typedef struct gr_passed { /* a share that the sum could have had, and has not */
    uint32_t gift, place;  /* place: among the recipients of the gift */
    gr_day day;
    gr_text id;
} gr_passed;

typedef struct gr_explaining {
    const gr_rules *rules;
    const gr_audit_options *options;
    gr_run *run;
    const gr_judged *judged; /* what is explained */
    uint32_t gift;           /* the gift that it is about */
    uint16_t book;
    const gr_limit *limit;   /* NULL: it is about a duty, or there is no law */
    const gr_breach *breach; /* the other way round */
    gr_shares shares;
    gr_group group;
    gr_case sum; /* of a limit: judged again, to see what a finding does not keep */
    gr_list wanted;
    gr_list passed; /* of gr_passed, by day and id */
    gr_trace trace;
    gr_explanation *out;
    gr_error *err;
} gr_explaining;

/* The sum of a limit, as gr_judge() made it; chooses the records to fetch, also of what it passed over. */
gr_status gr_explain_sum(gr_explaining *e);
/* The gifts that were counted, or the one whose duty it is, and those that were left out; records are there now. */
gr_status gr_explain_gifts(gr_explaining *e);
/* Instead of all of these, of a finding that comes from comparing records of several systems. */
bool gr_explain_is_compared(const gr_explaining *e);
gr_status gr_explain_compared(gr_explaining *e);
/* The record of the same gift in another system, where there is one. */
gr_status gr_explain_other_record(gr_explaining *e, uint32_t gift, gr_explained_gift *out);
/* Who is who among the recipients of these gifts. */
gr_status gr_explain_people(gr_explaining *e);

bool gr_explain_want(gr_explaining *e, uint32_t gift); /* false: no memory */
/* What was explained is not what was found: our own mistake. */
gr_status gr_explain_disagrees(gr_explaining *e, const char *what);

#endif
