/* src/app/filter_inside.h - what the files of the filter share. */
#ifndef GR_APP_FILTER_INSIDE_H
#define GR_APP_FILTER_INSIDE_H

#include "app/filter.h"

typedef enum gr_asking {
    GR_ASK_EXECUTIVE,
    GR_ASK_RECIPIENT,
    GR_ASK_CLIENT,
    GR_ASK_BRANCH,
    GR_ASK_RULE,
    GR_ASK_COUNT
} gr_asking;

typedef struct gr_asked {
    gr_text given;  /* ptr NULL: it is not asked */
    gr_text folded; /* as names are compared */
    bool is_firm;   /* compared as firms are */
} gr_asked;

struct gr_filtering {
    gr_arena *arena, *scratch; /* scratch: for one comparison */
    const gr_names *names;
    gr_asked asked[GR_ASK_COUNT];
    bool has_verdict, has_from, has_to;
    gr_verdict verdict;
    gr_day from, to;
    const gr_executive *everybody; /* of the report, before it was filtered */
    size_t everybody_count;
    bool no_memory; /* something could not be compared */
};

/* By id or by name; true where the filter does not ask. */
bool gr_asked_is(gr_filtering *filtering, gr_asking what, gr_text id, gr_text name);

/* Is there anybody, or anything, of that name? If not, GR_EUSAGE with the nearest. *word gets the filter in words. */
gr_status gr_filtering_find(gr_filtering *filtering, gr_asking what,
                            const gr_filtering_known *known, const gr_report *report, gr_text *word,
                            gr_error *err);

#endif
