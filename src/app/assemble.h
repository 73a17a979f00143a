/* src/app/assemble.h - from a finished run to the report model: grouped by account executive, sorted, counted. */
#ifndef GR_APP_ASSEMBLE_H
#define GR_APP_ASSEMBLE_H

#include "app/intake.h"
#include "engine/judge.h"
#include "model/report.h"

/* Everything of one run. A report keeps it alive, since its texts are the run's. */
typedef struct gr_run {
    gr_arena *arena;
    gr_arena *reading; /* of the reading thread: an arena belongs to one thread at a time */
    gr_ingest ingest;
    gr_intake intake;
    gr_who who;
    gr_judgement judgement;
    gr_text ledger;
    gr_day as_of, from, to;
    bool has_from, has_to;
    int64_t generated;
} gr_run;

void gr_run_free(gr_run *run); /* what it owns, not run itself */

/* Makes the report; on success it owns the run. */
gr_status gr_assemble(const gr_rules *rules, gr_run *run, gr_report **out, gr_error *err);

#endif
