/* src/app/shift.h - how the sums have changed by an increment: gifts and recipients of those who gave, and of all. */
#ifndef GR_APP_SHIFT_H
#define GR_APP_SHIFT_H

#include "app/run.h"

/* Keeps in the ledger what stands now. was: who was who before this run; judged: of each recipient, were all gifts read? */
gr_status gr_shift_keep(gr_ledger *ledger, const gr_run *run, const gr_who *was, const bool *judged,
                        gr_error *err);

#endif
