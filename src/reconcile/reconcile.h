/* src/reconcile/reconcile.h - one gift that several systems have seen is one gift: gift log, expenses and approvals are
 * matched, and what does not fit is found. */
#ifndef GR_RECONCILE_RECONCILE_H
#define GR_RECONCILE_RECONCILE_H

#include "engine/finding_maker.h"

typedef struct gr_reconciliation gr_reconciliation;

gr_status gr_reconciliation_create(const gr_ruleset *set, gr_reconciliation **out, gr_error *err);
void gr_reconciliation_free(gr_reconciliation *reconciliation); /* accepts NULL */

/* Notes a record: gift is its number in the tally, format that of its source. */
gr_status gr_reconciliation_take(gr_reconciliation *reconciliation, const gr_record *record,
                                 gr_text format, uint32_t gift, gr_error *err);
/* Forgets every record from the given number on: of a source that is refused after all. */
void gr_reconciliation_cut(gr_reconciliation *reconciliation, uint32_t gift_count);

/* Are there records of more than one system? Then what is found hangs on all records, and not only on those of some
 * recipients. */
bool gr_reconciliation_is_needed(const gr_reconciliation *reconciliation);

/* Before judging: matches what is in force, one to one, and marks the less documented record of each pair as a double. The
 * result does not depend on the order of records. */
gr_status gr_reconcile(gr_reconciliation *reconciliation, gr_tally *tally, const gr_who *who,
                       gr_error *err);
/* After judging: adds what does not fit to the judgement. */
gr_status gr_reconciliation_find(gr_reconciliation *reconciliation, const gr_subject *subject,
                                 gr_error *err);

#endif
