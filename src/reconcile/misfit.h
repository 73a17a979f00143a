/* src/reconcile/misfit.h - one thing that does not fit, on its way to a finding. Inside src/reconcile only. */
#ifndef GR_RECONCILE_MISFIT_H
#define GR_RECONCILE_MISFIT_H

#include "reconcile/matching.h"

enum { GR_MISFIT_RECORDS = 4 };

typedef struct gr_misfit {
    gr_mismatch outcome;
    uint32_t record; /* what it is about */
    gr_verdict
        verdict; /* unless chosen otherwise, with clause and question: as the rule file decides */
    gr_text clause, question, reason;
    gr_counted evidence[GR_MISFIT_RECORDS];
    uint32_t shown[GR_MISFIT_RECORDS]; /* the same, by number */
    size_t evidence_count;
} gr_misfit;

/* Is this outcome to be told of the record? Not if the file says none, or its day was not asked for. */
bool gr_misfit_is_told(const gr_reconciliation *r, const gr_subject *subject, gr_mismatch outcome,
                       uint32_t record);
gr_misfit gr_misfit_of(const gr_reconciliation *r, gr_mismatch outcome, uint32_t record);
/* Adds a record that was looked at, with what it is. */
void gr_misfit_show(const gr_reconciliation *r, const gr_subject *subject, gr_misfit *misfit,
                    uint32_t record, gr_text note);
/* False, as of all of these: no memory. */
bool gr_misfit_tell(const gr_reconciliation *r, const gr_subject *subject, gr_misfit *misfit);

/* ---- words, in the arena; ptr is NULL when there is no memory ---- */

enum { GR_WORDS_DAY = GR_DAY_TEXT, GR_WORDS_MONEY = GR_MONEY_TEXT };

const char *gr_cents_print(uint32_t cents, char out[GR_MONEY_TEXT]); /* "unknown" where it is */
/* "the expense E-7 of 120.00 USD on 2026-05-04" */
gr_text gr_words_record(const gr_reconciliation *r, uint32_t record, gr_arena *arena);
/* "Jane Roe, John Poe and 2 more"; "nobody" */
gr_text gr_words_people(const gr_reconciliation *r, uint32_t record, gr_arena *arena);
gr_text gr_words_giver(const gr_reconciliation *r, uint32_t record);
/* "3 days later, 20.00 less, to somebody else": of other, as seen from record */
gr_text gr_words_difference(const gr_reconciliation *r, uint32_t record, uint32_t other,
                            gr_arena *arena);
/* "matched by the approval number PA-2026-0031" */
gr_text gr_words_means(const gr_reconciliation *r, uint32_t record, gr_arena *arena);

#endif
