/* src/ledger/history.h - the trail, and what it tells of one record, finding or recipient. */
#ifndef GR_LEDGER_HISTORY_H
#define GR_LEDGER_HISTORY_H

#include "ledger/ledger.h"
#include "model/history.h"

typedef struct gr_history_wish { /* one of them, or none: the whole trail */
    const char *gift;            /* id of a record, of whatever format */
    const char *finding;         /* id of a finding, or the beginning of it */
    const char *recipient;       /* id, or the name as an export has written it */
} gr_history_wish;

/* Texts of *out are the arena's. */
gr_status gr_ledger_history(gr_ledger *ledger, const gr_history_wish *wish, gr_arena *arena,
                            gr_history *out, gr_error *err);

#endif
