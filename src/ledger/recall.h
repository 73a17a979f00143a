/* src/ledger/recall.h - what a run has left: everything that a report is made from, as it stood then. */
#ifndef GR_LEDGER_RECALL_H
#define GR_LEDGER_RECALL_H

#include "ledger/moment.h"
#include "model/person.h"

typedef struct gr_recalled {
    gr_list
        finding; /* of gr_finding, in force at the end of the run, in the order in which they were kept */
    gr_list standing;    /* of gr_standing: everybody who gave */
    gr_list quarantined; /* of gr_quarantined, without raw text */
    gr_totals totals;
    gr_rules_used rules; /* by which all of it was judged; without sha256: nothing was */
} gr_recalled;

/* since: findings and quarantined records that came after this run only; 0: all. All texts are the arena's; the lists are to be freed with gr_recalled_free(), also after a failure. */
gr_status gr_ledger_recall(gr_ledger *ledger, int64_t run, int64_t since, gr_arena *arena,
                           gr_recalled *out, gr_error *err);
/* Adds to a list of gr_person everybody who is named as a recipient in any record, in each way in which one is called. */
gr_status gr_ledger_list_recipients(gr_ledger *ledger, gr_arena *arena, gr_list *out,
                                    gr_error *err);

void gr_recalled_free(gr_recalled *recalled);

#endif
