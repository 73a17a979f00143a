/* src/ledger/verify.h - the ledger against its own trail. Nothing is written; what does not fit is no failure of the
 * call, but told. */
#ifndef GR_LEDGER_VERIFY_H
#define GR_LEDGER_VERIFY_H

#include "ledger/ledger.h"
#include "model/verification.h"

/* Opens a ledger for reading, however damaged its tables may be. */
gr_status gr_ledger_open_verifying(const char *path, gr_ledger **out, gr_error *err);

/* Fills all of *out but ledger, seal and sealed; its texts are the arena's. */
gr_status gr_ledger_verify(gr_ledger *ledger, gr_arena *arena, gr_verification *out, gr_error *err);

/* The hash that the ledger gives for an entry, computed anew; "" where there is no such entry. */
gr_status gr_ledger_hash_of(gr_ledger *ledger, int64_t run, char *hex, gr_error *err);

#endif
