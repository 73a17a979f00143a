/* src/people/fold.h - names as they are compared: without case, marks, punctuation, titles and order of parts. */
#ifndef GR_PEOPLE_FOLD_H
#define GR_PEOPLE_FOLD_H

#include "base/arena.h"
#include "people/names.h"

/* "ROE, Jané", "Dr. Jane Roe" and "Jane Roe, Ph.D." all give "jane roe"; "Smith, Jr., Robert" gives "robert smith jr".
 * ptr is NULL when there is no memory. Bytes that are not UTF-8 are kept as they are. */
gr_text gr_fold_name(const gr_names *names, gr_text name, gr_arena *arena);
/* "The Acme & Roe Fund, L.P." gives "acme and roe fund". */
gr_text gr_fold_firm(const gr_names *names, gr_text firm, gr_arena *arena);

/* First and last word of a folded name, without "jr" and its like. first is empty when there is one word only. */
void gr_fold_split(const gr_names *names, gr_text name, gr_text *first, gr_text *last);
gr_text gr_fold_initial(gr_text word); /* its first letter */

/* Of two spellings of one name, is the offered one better to show? In the usual order of parts before turned by a
 * comma; not all in capitals; then the longer; then the first by bytes: the same whatever comes first. */
bool gr_fold_is_better(gr_text now, gr_text offered);

#endif
