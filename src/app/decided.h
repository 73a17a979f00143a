/* src/app/decided.h - what officers decided on findings, as the ledger has it: looked up by the findings of a report. */
#ifndef GR_APP_DECIDED_H
#define GR_APP_DECIDED_H

#include "base/table.h"
#include "engine/judge.h"
#include "ledger/ledger.h"

typedef struct gr_decided {
    gr_table known; /* by id of the finding */
    gr_list
        decision; /* of gr_decision *; they and their texts live in the arena they were loaded into */
} gr_decided;

/* As known at the end of run. Frees with gr_decided_free(), also after a failure. */
gr_status gr_decided_load(gr_decided *decided, gr_ledger *ledger, int64_t run, gr_arena *arena,
                          gr_error *err);
void gr_decided_free(gr_decided *decided);

/* Gives each finding what is decided on it, or was before it changed. */
void gr_decided_lay(const gr_decided *decided, gr_judgement *judgement);
const gr_decision *gr_decided_find(const gr_decided *decided, gr_text finding); /* NULL: none */
/* Says in the finding what was decided on it; one that the ledger holds as it is. */
void gr_decided_tell(const gr_decided *decided, gr_finding *finding);

#endif
