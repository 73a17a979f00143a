/* src/model/roster_view.h - a roster as it is shown: account executives by branch, clients, what does not fit. */
#ifndef GR_MODEL_ROSTER_VIEW_H
#define GR_MODEL_ROSTER_VIEW_H

#include "model/report.h"

typedef struct gr_roster_member {
    gr_text id, name;
    gr_staff staff;
    gr_day first, last; /* in the firm; GR_DAY_FIRST, GR_DAY_LAST: open */
} gr_roster_member;

typedef struct gr_roster_client {
    gr_client client;
    gr_text executive, executive_name;
} gr_roster_client;

typedef enum gr_roster_trouble { /* in rising order */
                                 GR_TROUBLE_NOTE,
                                 GR_TROUBLE_WARNING,
                                 GR_TROUBLE_ERROR /* what the line says cannot be used; also a line in quarantine */
} gr_roster_trouble;

const char *gr_roster_trouble_text(gr_roster_trouble trouble); /* "warning" */

typedef struct gr_roster_fault {
    gr_roster_trouble trouble;
    gr_text record; /* id of the line; may be empty */
    gr_place at;
    gr_text message, hint;
} gr_roster_fault;

typedef struct gr_roster_view {
    gr_text ledger; /* empty: it was only checked */
    bool is_kept;
    uint64_t added, changed;        /* lines, beside what the ledger had */
    const gr_roster_member *member; /* by branch and id */
    size_t member_count;
    const gr_roster_client *client; /* by client and first day */
    size_t client_count;
    size_t contacts, relations, events;
    const gr_roster_fault *fault; /* worst first, then by place */
    size_t fault_count;
    const gr_error *refused; /* files that could not be read, or are no rosters */
    size_t refused_count;
} gr_roster_view;

#endif
