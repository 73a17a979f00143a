/* src/app/recollect.h - what the ledger remembers, as a report. */
#ifndef GR_APP_RECOLLECT_H
#define GR_APP_RECOLLECT_H

#include "engine/judge.h"
#include "ledger/recall.h"

typedef struct gr_recollection {
    gr_recalled recalled;
    gr_judgement judgement; /* the findings, each with the number of its giver */
} gr_recollection;

/* Fills report with what was recalled; it borrows from both. False: no memory. */
bool gr_recollect(gr_recollection *recollection, gr_arena *arena, gr_report *report);
void gr_recollection_free(gr_recollection *recollection);

#endif
