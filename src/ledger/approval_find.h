/* src/ledger/approval_find.h - what is known of approvals, and reading of one moment. */
#ifndef GR_LEDGER_APPROVAL_FIND_H
#define GR_LEDGER_APPROVAL_FIND_H

#include "ledger/ledger.h"

/* Everything that is read from now on, up to the end, is of one moment. Not within a run, which is of one moment anyway. */
gr_status gr_ledger_reading_start(gr_ledger *ledger, gr_error *err);
gr_status gr_ledger_reading_end(gr_ledger *ledger, gr_error *err);

/* The last run that is there, also one that is not ended yet. */
gr_status gr_ledger_run_find(gr_ledger *ledger, int64_t *out, gr_error *err);

/* Has a gift or an expense in force named the approval of this number? */
gr_status gr_ledger_approval_is_used(gr_ledger *ledger, gr_text number, bool *out, gr_error *err);
/* The greatest number behind "PA-2026-", of all that were ever given; 0: none was. */
gr_status gr_ledger_approval_last(gr_ledger *ledger, gr_text beginning, uint64_t *out,
                                  gr_error *err);

#endif
