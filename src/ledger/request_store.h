/* src/ledger/request_store.h - requests: each change is a row that replaces the one before; the trail tells who made it. */
#ifndef GR_LEDGER_REQUEST_STORE_H
#define GR_LEDGER_REQUEST_STORE_H

#include "base/arena.h"
#include "base/list.h"
#include "ledger/ledger.h"
#include "model/request.h"

/* Keeps a revision within the run that is open, in place of the one before it. Author and moments are not read. */
gr_status gr_ledger_request_add(gr_ledger *ledger, const gr_request *request, gr_error *err);

/* The last revision. *is_there: there is one of this number. */
gr_status gr_ledger_request_find(gr_ledger *ledger, gr_text number, gr_arena *arena,
                                 gr_request *out, bool *is_there, gr_error *err);
/* All revisions, the first first, to a list of gr_request. */
gr_status gr_ledger_request_past(gr_ledger *ledger, gr_text number, gr_arena *arena, gr_list *out,
                                 gr_error *err);

typedef struct gr_request_sought { /* empty: whichever */
    gr_text account, giver_id;
    bool only_waiting;
    size_t most; /* 0: all */
} gr_request_sought;

/* The last revision of each, those asked last first. */
gr_status gr_ledger_requests(gr_ledger *ledger, const gr_request_sought *sought, gr_arena *arena,
                             gr_list *out, gr_error *err);

/* The greatest number after beginning, "RQ-2026-"; 0: there is none. */
gr_status gr_ledger_request_last(gr_ledger *ledger, gr_text beginning, uint64_t *out,
                                 gr_error *err);

#endif
