/* src/ledger/finding_find.h - what the ledger remembers of a finding that is no longer made. */
#ifndef GR_LEDGER_FINDING_FIND_H
#define GR_LEDGER_FINDING_FIND_H

#include "ledger/ledger.h"

typedef struct gr_finding_kept {
    gr_text id, rule, rulebook_sha256;
    gr_text started; /* the run that found it last, UTC */
} gr_finding_kept;

/* The latest one whose id begins so; its texts are the arena's. *is_there is false when there is none. */
gr_status gr_ledger_finding_find(gr_ledger *ledger, gr_text beginning, gr_arena *arena,
                                 gr_finding_kept *out, bool *is_there, gr_error *err);

#endif
