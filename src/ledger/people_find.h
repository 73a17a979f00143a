/* src/ledger/people_find.h - who has come to a ledger, and since when. */
#ifndef GR_LEDGER_PEOPLE_FIND_H
#define GR_LEDGER_PEOPLE_FIND_H

#include "ledger/fetch.h"

typedef struct gr_ledger_extent {
    int64_t recipient; /* the last row of a recipient */
    int64_t roster;    /* the last record that is a line of a roster; 0: none is */
} gr_ledger_extent;

gr_status gr_ledger_extent_find(gr_ledger *ledger, gr_ledger_extent *out, gr_error *err);
/* The hash of a run; "" when there is no such run. hash has room for 72 bytes. */
gr_status gr_ledger_run_hash(gr_ledger *ledger, int64_t run, char hash[72], gr_error *err);
/* Recipients with rows above one. */
gr_status gr_ledger_each_party_since(gr_ledger *ledger, int64_t row, gr_on_party take,
                                     void *context, gr_error *err);

#endif
