/* src/reconcile/reconcile.h - one gift that several systems have seen is one gift: gift log, expenses and approvals are
 * matched, and what does not fit is found. */
#ifndef GR_RECONCILE_RECONCILE_H
#define GR_RECONCILE_RECONCILE_H

#include "engine/finding_maker.h"
#include "model/report.h"
#include "people/names.h"

typedef struct gr_reconciliation gr_reconciliation;

/* set and names are borrowed. */
gr_status gr_reconciliation_create(const gr_ruleset *set, const gr_names *names,
                                   gr_reconciliation **out, gr_error *err);
void gr_reconciliation_free(gr_reconciliation *reconciliation); /* accepts NULL */

/* Notes a record, complete as it is judged: gift is its number in the tally, and rises by one each time; exported is the
 * kind that it had in its export, before an expense was found to be a gift; recipient[i] is the number of
 * record->recipient[i]. Sixteen bytes are kept of a gift of the log, a little more of all others. */
gr_status gr_reconciliation_take(gr_reconciliation *reconciliation, const gr_record *record,
                                 gr_record_kind exported, uint32_t gift, const uint32_t *recipient,
                                 gr_error *err);
/* Forgets every record from the given number on: of a source that is refused after all. */
void gr_reconciliation_cut(gr_reconciliation *reconciliation, uint32_t gift_count);

/* Have records of more than one system come in? Then what is found hangs on all records, and not only on those of some
 * recipients. */
bool gr_reconciliation_is_needed(const gr_reconciliation *reconciliation);

/* Before judging: matches what is in force, one to one, and marks the less documented record of each pair as a double. The
 * result does not depend on the order of records. */
gr_status gr_reconcile(gr_reconciliation *reconciliation, gr_tally *tally, const gr_who *who,
                       gr_error *err);
/* After judging: adds what does not fit to the judgement. */
gr_status gr_reconciliation_find(gr_reconciliation *reconciliation, const gr_subject *subject,
                                 gr_error *err);

/* How many of each system there are, and how many were matched; is_told only where there was more than one system. */
gr_reconciled gr_reconciliation_count(const gr_reconciliation *reconciliation);

/* Two records of which what is found hangs on both: one gift seen twice, or a gift and its approval. */
typedef struct gr_belonging {
    uint32_t a, b; /* numbers in the tally */
} gr_belonging;

/* All of them, added to a list of gr_belonging; after gr_reconcile(). */
gr_status gr_reconciliation_pairs(const gr_reconciliation *reconciliation, gr_list *pair,
                                  gr_error *err);

/* The other record of the same gift, and why it is taken for that; GR_NONE: there is none. The text is the arena's, ptr
 * NULL when there is no memory. */
uint32_t gr_reconciliation_other(const gr_reconciliation *reconciliation, uint32_t gift,
                                 gr_arena *arena, gr_text *why);

/* The same as it is listed, where gift is the record by which it counts; at is where its source is. False: it is of no
 * pair, or not that record. Texts whose ptr is NULL: no memory. */
bool gr_reconciliation_pair(const gr_reconciliation *reconciliation, const gr_origin *source,
                            uint32_t gift, gr_arena *arena, gr_twin *out);

#endif
