/* src/engine/satisfy.h - can conditions hold together? What can never apply is a mistake of the rule file. */
#ifndef GR_ENGINE_SATISFY_H
#define GR_ENGINE_SATISFY_H

#include "engine/rulebook.h"

/* What the conditions so far leave of the world. */
typedef struct gr_world {
    gr_fact_set presumable;       /* bit: fact that need not be stated for its word to be known */
    gr_fact_set stated, unstated; /* bit: fact that must be, or must not be, stated */
    uint32_t not_word[GR_FACT_COUNT]; /* bit: word that the fact cannot be */
    gr_amount low[GR_COMPUTED_END], high[GR_COMPUTED_END];
    bool above[GR_COMPUTED_END], under[GR_COMPUTED_END]; /* without the bound itself */
} gr_world;

void gr_world_start(gr_world *world, gr_fact_set presumable);

/* Narrows the world to where c, which may be NULL, holds. False: there is no such place, and *world is of no more use.
 * Never false when there is one; of conditions that are bound together in deeper ways it may overlook that there is none. */
bool gr_world_narrow(gr_world *world, const gr_condition *c);

#endif
