/* src/ledger/decision_store.h - what officers decided, and the facts that they supplied: kept, and passed on as they stood
 * at the end of any run. */
#ifndef GR_LEDGER_DECISION_STORE_H
#define GR_LEDGER_DECISION_STORE_H

#include "ledger/ledger.h"
#include "model/supplied.h"

/* Keeps a decision within the run that is open, as the one in force on its finding. */
gr_status gr_ledger_decision_add(gr_ledger *ledger, const gr_decision *decision, gr_error *err);
/* Keeps a fact of one record. text: the value as it was written; empty: it is not supplied any more. decision has the
 * kind GR_DECISION_FACT. */
gr_status gr_ledger_supplied_add(gr_ledger *ledger, const gr_decision *decision,
                                 const gr_supplied *supplied, gr_text text, gr_error *err);

/* When the run that is open began, UTC; copied into arena. */
gr_status gr_ledger_run_moment(gr_ledger *ledger, gr_arena *arena, gr_text *out, gr_error *err);

/* Passes what is decided on findings, one decision each, as known at the end of run; also on those that have changed
 * since (is_past). Facts are not among them. Texts live during the call. */
typedef gr_status (*gr_on_decision)(void *context, const gr_decision *decision, gr_error *err);
gr_status gr_ledger_each_decision(gr_ledger *ledger, int64_t run, gr_on_decision take,
                                  void *context, gr_error *err);

/* Passes the facts supplied, as known at the end of run. Texts live during the call. */
typedef gr_status (*gr_on_supplied)(void *context, const gr_supplied *supplied, gr_error *err);
gr_status gr_ledger_each_supplied(gr_ledger *ledger, int64_t run, gr_on_supplied take,
                                  void *context, gr_error *err);

#endif
