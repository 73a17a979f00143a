/* src/ledger/retention.h - records whose time has passed, legal holds, and disposal. */
#ifndef GR_LEDGER_RETENTION_H
#define GR_LEDGER_RETENTION_H

#include "ledger/ledger.h"
#include "model/retention.h"

typedef struct gr_retention_wish {
    gr_day cutoff;
    bool by_recipient;      /* years are counted from a recipient's first gift; then: */
    const uint32_t *person; /* by row of a recipient: who it is, or possibly is, as one number */
    size_t person_count;
    const int64_t (*pair)[2]; /* rows of records, neither of which goes without the other */
    size_t pair_count;
} gr_retention_wish;

enum { GR_MAX_DUE_TOLD = 200 };

/* Gathers, in tables of the connection, what is due and free; then tells it. */
gr_status gr_ledger_due_find(gr_ledger *ledger, const gr_retention_wish *wish, gr_error *err);
gr_status gr_ledger_due_tell(gr_ledger *ledger, gr_arena *arena, gr_retention *out, gr_error *err);

/* A run in which rows may go; then gr_ledger_due_find(), this, and the commit. */
gr_status gr_ledger_begin_disposing(gr_ledger *ledger, const gr_deed *deed, gr_error *err);
/* Writes the imprints of all rows that go, and removes them. */
gr_status gr_ledger_dispose(gr_ledger *ledger, gr_error *err);
/* So that no byte of what was removed is left in the file, or in its log. GR_EBUSY: somebody reads it. */
gr_status gr_ledger_scrub(gr_ledger *ledger, gr_error *err);

/* Within a run. kind: all, gift, giver, recipient. *number is that of the new hold. */
gr_status gr_ledger_hold_add(gr_ledger *ledger, const char *kind, gr_text value, gr_text reason,
                             int64_t *number, gr_error *err);
/* GR_EINPUT: there is no such hold in force. */
gr_status gr_ledger_hold_release(gr_ledger *ledger, int64_t hold, gr_text reason, gr_error *err);

#endif
