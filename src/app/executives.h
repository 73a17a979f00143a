/* src/app/executives.h - parts of a report that are made alike, whether a run has just ended or the ledger remembers. */
#ifndef GR_APP_EXECUTIVES_H
#define GR_APP_EXECUTIVES_H

#include "engine/judge.h"
#include "model/standing.h"

/* What a roster adds to an account executive. */
typedef struct gr_added {
    const gr_staff *staff;
    const gr_given *given;
    size_t given_count;
} gr_added;

/* The executives of the report with their findings, by number of giver, sorted and counted; added, also by number of giver,
 * may be NULL. False: no memory. */
bool gr_executives_make(gr_arena *arena, const gr_standing *giver, const gr_added *added,
                        size_t count, const gr_judgement *judgement, gr_report *report);

/* Counts a finding by its verdict, or as decided. */
void gr_summary_add_finding(gr_summary *summary, const gr_finding *finding);

void gr_report_set_rules(gr_report *report, const gr_rules_used *used);
/* Sorts the list, of gr_quarantined, which the report borrows. */
void gr_report_set_quarantine(gr_report *report, const gr_list *quarantined);

#endif
