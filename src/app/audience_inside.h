/* src/app/audience_inside.h - what the files that make a view of a report share. */
#ifndef GR_APP_AUDIENCE_INSIDE_H
#define GR_APP_AUDIENCE_INSIDE_H

#include "app/mask.h"

/* A finding, and what the role may see of it. */
typedef struct gr_seen_finding {
    const gr_finding *of, *seen;
} gr_seen_finding;

typedef struct gr_viewing {
    gr_mask *mask;
    gr_arena *arena; /* of the view */
    const gr_report *report;
    gr_report *view;
    uint32_t own;    /* for GR_FOR_EXECUTIVE: place in the report's list */
    gr_list finding; /* of gr_seen_finding */
    gr_table found;  /* places in it, by id */
} gr_viewing;

void *gr_viewing_take(gr_viewing *viewing, size_t size); /* zeroed; NULL: mask->no_memory */
gr_text gr_viewing_text(gr_viewing *viewing, gr_text text);
gr_place gr_viewing_place(const gr_viewing *viewing, gr_place place);

/* What the role sees of a finding; notes it. NULL: no memory. */
const gr_finding *gr_viewing_finding(gr_viewing *viewing, const gr_finding *finding);
/* The same, of one that was noted. NULL: the view does not have it. */
const gr_finding *gr_viewing_find(const gr_viewing *viewing, const gr_finding *finding);
void gr_viewing_executives(gr_viewing *viewing);

/* The book of the view; viewing lives as long. */
gr_status gr_viewing_book(gr_viewing *viewing, gr_error *err);

#endif
