/* src/ledger/diff.h - the ledger at two moments, and what made the difference. */
#ifndef GR_LEDGER_DIFF_H
#define GR_LEDGER_DIFF_H

#include "ledger/ledger.h"
#include "model/diff.h"

/* before and after as gr_ledger_moment_find() reads them. GR_EUSAGE: they are none, or in the wrong order. */
gr_status gr_ledger_diff(gr_ledger *ledger, const char *before, const char *after, gr_arena *arena,
                         gr_diff *out, gr_error *err);

#endif
