/* src/people/roster.h - who is who in the firm and at its clients, as a roster tells it: account executives with branch,
 * supervisor and registration; who is responsible for which client, and when; people of the clients, and those through
 * whom gifts to them may go; events such as a mandate.
 *
 * Lines are taken as they come, from exports or from a ledger, and settled when all are in: the result does not depend on
 * their order. What a line leaves open holds always; what lines contradict each other in is unknown. */
#ifndef GR_PEOPLE_ROSTER_H
#define GR_PEOPLE_ROSTER_H

#include "base/error.h"
#include "base/list.h"
#include "base/table.h"
#include "model/record.h"
#include "people/names.h"

typedef struct gr_roster gr_roster;

gr_status gr_roster_create(gr_roster **out, gr_error *err);
void gr_roster_free(gr_roster *roster); /* accepts NULL */

/* Notes a record of a roster; others are passed over. file is that of the record, and lives as long as the roster. gift is
 * its number in the tally, recipient[i] that of record->recipient[i]; NULL: nobody asks for them. */
gr_status gr_roster_take(gr_roster *roster, const gr_record *record, gr_text file, uint32_t gift,
                         const uint32_t *recipient, gr_error *err);
/* Forgets every record from the given number on: of a source that is refused after all. */
void gr_roster_cut(gr_roster *roster, uint32_t gift_count);

/* Is there a line with this number or a later one? */
bool gr_roster_is_news(const gr_roster *roster, uint32_t first_gift);
/* Are there any lines at all? */
bool gr_roster_is_empty(const gr_roster *roster);

/* ---- once all lines are in ---- */

/* Is a line, by its number in the tally, replaced or retracted? */
typedef bool (*gr_is_dead)(void *context, uint32_t gift);

/* Makes of the lines that are alive what follows below, anew each time; is_dead NULL: all are alive. */
gr_status gr_roster_settle(gr_roster *roster, const gr_names *names, gr_is_dead is_dead,
                           void *context, gr_error *err);

typedef struct gr_roster_executive { /* by id */
    gr_text id, name, crd, branch, supervisor, registration;
    gr_day first, last; /* in the firm */
    uint32_t chief;     /* place of the supervisor; GR_NONE: none is known */
    gr_text folded;     /* the name as names are compared */
    gr_text record;     /* id of the line */
    gr_place at;
} gr_roster_executive;

typedef struct gr_roster_duty {      /* a responsibility; by client, first day, executive */
    gr_text client, account, folded; /* folded: the client as firms are compared */
    uint32_t executive;              /* its place */
    gr_day first, last;
    gr_text record;
    gr_place at;
} gr_roster_duty;

typedef struct gr_roster_contact {
    uint32_t recipient; /* as it was given; GR_NONE: nobody asked */
    gr_text id, name, employer, folded;
    gr_day first, last;
    bool has_last;
    int ended; /* place in the words of the fact; -1: it is not said */
    gr_text record;
    gr_place at;
} gr_roster_contact;

typedef struct gr_roster_relation {
    uint32_t principal, other; /* recipients, as they were given */
    int through;               /* place in the words of the fact */
} gr_roster_relation;

typedef struct gr_roster_event {
    gr_text client, folded;
    gr_day day;
    int event; /* place in the words of the fact */
    gr_text record;
    gr_place at;
} gr_roster_event;

typedef enum gr_roster_weight {
    GR_ROSTER_NOTE,    /* worth knowing */
    GR_ROSTER_WARNING, /* most likely wrong */
    GR_ROSTER_ERROR    /* what the line says cannot be used */
} gr_roster_weight;

typedef struct gr_roster_problem {
    gr_roster_weight weight;
    gr_text record; /* id of the line */
    gr_place at;
    gr_text message, hint;
} gr_roster_problem;

/* Everything that was settled; lists are the roster's, until it is settled again. */
typedef struct gr_roster_facts {
    gr_list executive; /* of gr_roster_executive */
    gr_list duty;      /* of gr_roster_duty */
    gr_list contact;   /* of gr_roster_contact, by recipient's id, name, first day */
    gr_list
        relation; /* of gr_roster_relation, in force: those through whom gifts may go to a contact */
    gr_list event;   /* of gr_roster_event, by day, client */
    gr_list problem; /* of gr_roster_problem, by place */
} gr_roster_facts;

const gr_roster_facts *gr_roster_get(const gr_roster *roster);

/* The place of the account executive who gave: by id, and without one by name, where just one has it. GR_NONE: nobody is
 * found. A failure can only be want of memory. */
gr_status gr_roster_find_giver(gr_roster *roster, gr_text id, gr_text name, uint32_t *out,
                               gr_error *err);
/* The same by name alone: the first who has it, from place from on. */
gr_status gr_roster_find_named(gr_roster *roster, gr_text name, uint32_t from, uint32_t *out,
                               gr_error *err);
/* The duties for a client: *count from place *first on. The name is compared as firms are. */
gr_status gr_roster_find_client(gr_roster *roster, gr_text client, size_t *first, size_t *count,
                                gr_error *err);

/* The place of somebody by exactly this id. */
uint32_t gr_roster_find_id(const gr_roster_facts *facts, gr_text id);

#endif
