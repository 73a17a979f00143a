/* src/ledger/roster_read.h - the lines of a roster, out of all records. */
#ifndef GR_LEDGER_ROSTER_READ_H
#define GR_LEDGER_ROSTER_READ_H

#include "ledger/fetch.h"

/* Passes each line of a roster that was in force at the end of run to take, in the order in which they came. */
gr_status gr_ledger_each_roster_line(gr_ledger *ledger, int64_t run, gr_on_record take,
                                     void *context, gr_error *err);

/* Has the ledger a finding in force of this rule, of another kind than the one named? */
gr_status gr_ledger_has_found(gr_ledger *ledger, const char *rule, const char *but_kind, bool *out,
                              gr_error *err);

#endif
