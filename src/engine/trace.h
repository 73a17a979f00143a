/* src/engine/trace.h - how one share came to count what it counts, for a person who wants to follow. The functions that
 * judge are asked again, one condition and one amount at a time; nothing is decided here, and judging itself knows
 * nothing of it. The words are those of the rule file, whose tree is read beside. */
#ifndef GR_ENGINE_TRACE_H
#define GR_ENGINE_TRACE_H

#include "engine/ruling.h"
#include "model/explanation.h"

typedef struct gr_trace {
    const gr_ruleset *set;
    const gr_rulebook *book;
    const gr_node *root;     /* of the file that book was read from */
    gr_arena *arena;         /* of everything that is told */
    uint32_t policy_amounts; /* bit: gr_policy_amount that a condition compared with */
    gr_list cited;           /* of gr_text: ids of sources, each once */
    bool no_memory;          /* something is missing in what was told */
} gr_trace;

/* One recipient of a record. */
typedef struct gr_traced {
    const gr_record *record;
    const gr_recipient *recipient;
    uint64_t stated;   /* bit: fact of the gift that the export states; others were detected */
    gr_day day;        /* on which it is looked at */
    uint32_t position; /* of the recipient among those of the record */
    const gr_supplied *const *supplied; /* facts that officers have told of the record */
    size_t supplied_count;
} gr_traced;

/* Fills what the rulebook says of one share: facts, presumptions, scope, valuation, division, exclusions, duties, and
 * whether limit (may be NULL) adds it up. *ruling gets what judging made of it; FALSE: the rule is not about it. */
gr_truth gr_trace_share(gr_trace *t, const gr_traced *share, const gr_limit *limit,
                        gr_ruling *ruling, gr_explained_gift *out);

/* What the share counts on another day. */
gr_explained_day gr_trace_day(gr_trace *t, const gr_traced *share, gr_day day);

/* Why a share is in no sum of the limit, in a few words. */
gr_text gr_trace_left_out(gr_trace *t, const gr_traced *share, const gr_limit *limit);

/* What the rule file says that a clause or a source is; "" when it says nothing. */
gr_text gr_trace_title(const gr_trace *t, const char *element, gr_text id);
gr_backing gr_trace_backing(gr_trace *t, gr_text clause, gr_text source, gr_text sure);

/* ---- for the files of the trace ---- */

void *gr_trace_take(gr_trace *t, size_t size); /* all zero; NULL: no memory, and noted */
/* c and everything in it, each asked alone; node is the element that c was read from. c NULL: nothing is asked.
 * What facts say of presumptions leaned on is lost. */
gr_inquiry gr_trace_condition(gr_trace *t, const gr_condition *c, const gr_node *node,
                              gr_facts *facts);
/* The condition inside the child of this name. */
gr_inquiry gr_trace_inside(gr_trace *t, const gr_condition *c, const gr_node *node,
                           const char *name, gr_facts *facts);
const gr_node *gr_trace_node(const gr_trace *t, const char *name,
                             size_t i); /* the i-th of a name */
gr_text gr_trace_value(gr_trace *t, gr_fact fact, const gr_value *value);
gr_text gr_trace_print(gr_trace *t, gr_text text); /* passes on; notes when there was no memory */

/* What the gift is worth and how it is divided. facts are as judging has them before it knows the worth. */
void gr_trace_worth(gr_trace *t, const gr_facts *facts, const gr_parts *parts, gr_day day,
                    gr_explained_gift *out);

#endif
