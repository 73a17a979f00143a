/* src/ledger/seal.h - the trail notes that its head was signed. The signature itself is kept elsewhere. */
#ifndef GR_LEDGER_SEAL_H
#define GR_LEDGER_SEAL_H

#include "ledger/ledger.h"
#include "model/verification.h"

/* Within a run: the row of the seal. */
gr_status gr_ledger_seal_add(gr_ledger *ledger, gr_text public_key, gr_error *err);
/* The last entry: run, moment and hash; texts are the arena's. run 0: there is none. */
gr_status gr_ledger_head(gr_ledger *ledger, gr_arena *arena, gr_seal_said *out, gr_error *err);

#endif
