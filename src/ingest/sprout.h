/* src/ingest/sprout.h - the tree of a format while it is still growing: paths are planted in it
 * one after the other, then it is laid flat, brothers beside each other, for the reader to run
 * through. */
#ifndef GR_INGEST_SPROUT_H
#define GR_INGEST_SPROUT_H

#include "ingest/format.h"

typedef struct gr_sprout {
    const char *name;
    unsigned position;
    gr_role role;
    uint8_t rule;
    bool is_scope, inside, deep;
    uint16_t number; /* after flattening */
    struct gr_sprout *above, *first, *last, *next;
    struct gr_sprout *attribute; /* first of the attributes; they have captures only */
    struct gr_sprout *last_attribute;
    gr_list capture;       /* of gr_capture */
    struct gr_sprout *all; /* the next of all, to be freed by */
} gr_sprout;

typedef struct gr_sprouts {
    gr_arena *arena;
    gr_sprout *root; /* stands for the document */
    gr_sprout *all;
    size_t count;
} gr_sprouts;

bool gr_sprouts_open(gr_sprouts *sprouts, gr_arena *arena);
void gr_sprouts_free(gr_sprouts *sprouts);

/* The element or attribute that a path of the form "A/B[2]/@c" or "." leads to from here, grown
 * where it was missing. NULL: no memory, or not a path (then *wrong is set). */
gr_sprout *gr_sprout_grow(gr_sprouts *sprouts, gr_sprout *from, gr_text path, bool *wrong);

/* Lays the tree flat. The roots carry their own names. */
gr_status gr_sprouts_flatten(gr_sprouts *sprouts, gr_format_file *file, gr_error *err);

#endif
