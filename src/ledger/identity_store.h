/* src/ledger/identity_store.h - decisions on who is who: kept by what is written of both, so that no import loses them. */
#ifndef GR_LEDGER_IDENTITY_STORE_H
#define GR_LEDGER_IDENTITY_STORE_H

#include "ledger/ledger.h"
#include "model/identity.h"

/* Keeps a decision within the run that is open. replaces: the number of the one whose place it takes; 0: of none. Number,
 * author and moment of the decision are not read. */
gr_status gr_ledger_identity_add(gr_ledger *ledger, const gr_identity *identity, int64_t replaces,
                                 gr_error *err);

/* Passes every decision, in the order in which they were made, also those that are past. Texts live during the call. */
typedef gr_status (*gr_on_identity)(void *context, const gr_identity *identity, gr_error *err);
gr_status gr_ledger_each_identity(gr_ledger *ledger, gr_on_identity take, void *context,
                                  gr_error *err);

#endif
