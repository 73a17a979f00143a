/* src/ledger/known.h - up to where a ledger was read for who is who, and whether that still holds. */
#ifndef GR_LEDGER_KNOWN_H
#define GR_LEDGER_KNOWN_H

#include "ledger/fetch.h"

/* The last rows that somebody has read, and the run that was the last: numbers and its hash. */
typedef struct gr_known_until {
    int64_t run, record, recipient, identity, disposed;
    char hash[65]; /* empty: that run has none */
} gr_known_until;

gr_status gr_ledger_known_until(gr_ledger *ledger, gr_known_until *out, gr_error *err);
/* Is it the same ledger, and has nothing come since but approvals? Then *record is the last of all. Looks at what came
 * after *record only, which at first is until->record. */
gr_status gr_ledger_is_known(gr_ledger *ledger, const gr_known_until *until, int64_t *record,
                             bool *out, gr_error *err);

/* Recipients behind a row. */
gr_status gr_ledger_parties_after(gr_ledger *ledger, int64_t row, gr_on_party take, void *context,
                                  gr_error *err);
/* Rows of recipients who may be in no record in force: of records that were replaced, and of approvals, which end. */
gr_status gr_ledger_passing_parties(gr_ledger *ledger, gr_list *rows, gr_error *err);

#endif
