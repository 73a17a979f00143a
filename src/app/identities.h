/* src/app/identities.h - what officers decided on who is who: loaded once for a run. */
#ifndef GR_APP_IDENTITIES_H
#define GR_APP_IDENTITIES_H

#include "ledger/ledger.h"
#include "model/identity.h"
#include "people/people.h"

/* A decision of the ledger, with the numbers of both. */
typedef struct gr_known_identity {
    gr_identity said;
    uint32_t a, b;
} gr_known_identity;

/* Adds all decisions, also past ones, to a list of gr_known_identity, and tells people of those in force; texts are the
 * arena's. On whom somebody has decided gets a number, whether a record names that one or not. */
gr_status gr_identities_load(gr_ledger *ledger, gr_people *people, gr_arena *arena, gr_list *out,
                             gr_error *err);

#endif
