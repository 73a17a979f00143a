/* src/people/roster_lines.h - what the files of the roster share. Nobody else includes it. */
#ifndef GR_PEOPLE_ROSTER_LINES_H
#define GR_PEOPLE_ROSTER_LINES_H

#include "people/roster.h"

/* A line as it came; which texts it has hangs on its kind. */
typedef struct gr_roster_line {
    gr_record_kind kind;
    uint32_t gift, recipient;
    gr_text record, id, name, client, account, crd, branch, supervisor, registration;
    gr_day first, last, day;
    bool has_last;
    int word; /* why it ended, or what happened; -1: it is not said */
    gr_place at;
} gr_roster_line;

typedef struct gr_roster_kin { /* of a contact; by gift */
    uint32_t gift;
    gr_roster_relation relation;
} gr_roster_kin;

struct gr_roster {
    gr_arena *arena; /* of what the lines say */
    gr_list line;    /* of gr_roster_line, by gift */
    gr_list kin;     /* of gr_roster_kin, by gift */
    const gr_names *names;
    gr_arena *settled; /* of what is made of them */
    gr_roster_facts facts;
    gr_table client; /* by the name of a firm as it is written: places in firm */
    gr_list firm;    /* of gr_roster_firm */
    bool no_memory;
};

typedef struct gr_roster_firm {
    gr_text written;
    uint32_t first, count; /* its duties */
} gr_roster_firm;

/* By file, line and column. */
int gr_roster_by_place(gr_place a, gr_place b);

/* Adds a problem; texts are the arena's. Want of memory is remembered. */
void gr_roster_complain(gr_roster *roster, gr_roster_weight weight, gr_text record, gr_place at,
                        const char *hint, gr_text message);

/* Finds what does not fit; cuts the chain of supervisors where it runs in a circle, and drops duties of nobody. */
void gr_roster_check(gr_roster *roster);

#endif
