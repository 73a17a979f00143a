/* src/ledger/evidence.h - what an examiner is given of the trail. All of it up to the moment that is looked back to. */
#ifndef GR_LEDGER_EVIDENCE_H
#define GR_LEDGER_EVIDENCE_H

#include "base/list.h"
#include "ledger/ledger.h"
#include "model/evidence.h"

/* Every entry, oldest first: of gr_trail_link. Texts are the arena's. */
gr_status gr_ledger_links(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err);

/* Every decision on a finding about a gift of these days, and all on who is who, in the order of their entries: of
 * gr_evidence_decision. Texts are the arena's. */
gr_status gr_ledger_decisions_of_days(gr_ledger *ledger, gr_day from, gr_day to, gr_arena *arena,
                                      gr_list *out, gr_error *err);

#endif
