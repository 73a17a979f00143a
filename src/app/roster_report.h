/* src/app/roster_report.h - what a roster adds to a report: who everybody is, what others gave to one's clients, sums by
 * branch and by supervisor. */
#ifndef GR_APP_ROSTER_REPORT_H
#define GR_APP_ROSTER_REPORT_H

#include "app/executives.h"
#include "app/intake.h"

/* All borrowed. */
typedef struct gr_rostering {
    gr_roster *roster; /* settled */
    gr_arena *arena;   /* of the report */
    const gr_judgement *judgement;
    const gr_standing *giver; /* by number */
    size_t giver_count;
    const gr_intake *intake; /* the gifts; NULL: only findings are remembered */
    const gr_who *who;
} gr_rostering;

/* The account executives of the report with all that a roster tells of them, if there is one. */
gr_status gr_roster_make(const gr_rostering *from, gr_report *report, gr_error *err);

/* Adds errors of the roster to a list of gr_quarantined: what these lines say was not used. False: no memory. */
bool gr_roster_quarantine(const gr_roster *roster, gr_list *quarantined);

#endif
