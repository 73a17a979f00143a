/* src/engine/reading.h - what the parts of a rulebook are read with: memory, places, days, clauses, sources. Each function
 * tells what is wrong and goes on; inside src/engine only. */
#ifndef GR_ENGINE_READING_H
#define GR_ENGINE_READING_H

#include "engine/rulebook.h"

typedef struct gr_reading {
    const gr_policy *policy;
    gr_arena *arena;
    gr_problems *problems;
    gr_rulebook *book;
    const gr_node *root;
    gr_list unsure; /* of gr_text */
    bool no_memory;
} gr_reading;

void *gr_reading_take(gr_reading *r, size_t size); /* zeroed; NULL is remembered in no_memory */

gr_day gr_read_day(gr_reading *r, const gr_node *node, const char *name, gr_day silent);
/* Dated rows follow each other without overlap; gapless ones leave no day out between them. */
void gr_check_dates(gr_reading *r, const gr_node *node, gr_day from, gr_day to,
                    const gr_day *before, bool gapless);
/* "3220.08; 3110" cites two clauses; each is declared at the top. */
gr_text gr_read_clause(gr_reading *r, const gr_node *node);
/* Checks the sources of a statement, and notes it when its text was not seen. */
void gr_read_backing(gr_reading *r, const gr_node *node, gr_text what, gr_text clause);
/* A place that the scenarios should exercise. */
gr_point gr_add_point(gr_reading *r, const gr_node *node, gr_text what, unsigned wanted);
/* What findings name by its id must not have that of another. */
void gr_check_id(gr_reading *r, const gr_node *node);
const gr_condition *gr_read_condition(gr_reading *r, const gr_node *node); /* NULL for NULL */
/* The condition inside the child of this name; NULL when there is no such child. */
const gr_condition *gr_read_inside(gr_reading *r, const gr_node *node, const char *name);

/* The parts, each in a file of its own. */
void gr_read_limits(gr_reading *r);
void gr_read_valuations(gr_reading *r);

#endif
