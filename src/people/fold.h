/* src/people/fold.h - names as they are compared: without case, marks, punctuation, titles and order of parts. */
#ifndef GR_PEOPLE_FOLD_H
#define GR_PEOPLE_FOLD_H

#include "base/arena.h"
#include "people/names.h"

/* "ROE, Jané", "Dr. Jane Roe" and "Jane Roe, CFA" all give "jane roe". ptr is NULL when there is no memory. Bytes that
 * are not UTF-8 are kept as they are. */
gr_text gr_fold_name(const gr_names *names, gr_text name, gr_arena *arena);
/* "Acme Fund, Inc." gives "acme fund". */
gr_text gr_fold_firm(const gr_names *names, gr_text firm, gr_arena *arena);

/* Of two spellings of one name, is the offered one better to show? In the usual order of parts before turned by a
 * comma; not all in capitals; then the longer; then the first by bytes: the same whatever comes first. */
bool gr_fold_is_better(gr_text now, gr_text offered);

#endif
