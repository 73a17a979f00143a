/* src/people/fold.h - names as they are compared: without case, marks, punctuation and order of parts. */
#ifndef GR_PEOPLE_FOLD_H
#define GR_PEOPLE_FOLD_H

#include "base/arena.h"

/* "ROE, Jané" and "Jane Roe" both give "jane roe". ptr is NULL when there is no memory. Bytes that are not UTF-8
 * are kept as they are. */
gr_text gr_fold_name(gr_text name, gr_arena *arena);
/* The same for a firm; a comma is only punctuation there. */
gr_text gr_fold_firm(gr_text firm, gr_arena *arena);

#endif
