/* src/app/recollect.h - what the ledger remembers, as a report. */
#ifndef GR_APP_RECOLLECT_H
#define GR_APP_RECOLLECT_H

#include "app/decided.h"
#include "app/intake.h"
#include "engine/judge.h"
#include "ledger/recall.h"
#include "people/roster.h"

typedef struct gr_recollection {
    gr_recalled recalled;
    gr_decided decided;
    gr_judgement judgement; /* the findings, each with the number of its giver */
    gr_roster *roster;      /* as it was known then */
    const gr_intake *
        intake; /* the gifts themselves, and who is who, where somebody has read them; else NULL. Borrowed */
    const gr_who *who;
    gr_list
        recipient; /* of gr_person: everybody whom any record names; only where that was asked */
} gr_recollection;

/* Reads what was known at the end of a run; of findings, only what came after the run since. names tells how names are
 * compared, and lives as long as *out; NULL: without legal forms and titles. *out is to be freed with gr_recollection_free(), also after a failure. */
gr_status gr_recollection_load(gr_ledger *ledger, int64_t run, int64_t since, const gr_names *names,
                               gr_arena *arena, gr_recollection *out, gr_error *err);

/* Fills report with what was recalled; it borrows from both. False: no memory. */
bool gr_recollect(gr_recollection *recollection, gr_arena *arena, gr_report *report);
void gr_recollection_free(gr_recollection *recollection);

#endif
