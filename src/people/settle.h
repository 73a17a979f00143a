/* src/people/settle.h - which recipients are surely one person, and which possibly. */
#ifndef GR_PEOPLE_SETTLE_H
#define GR_PEOPLE_SETTLE_H

#include "base/error.h"
#include "base/list.h"
#include "model/person.h"
#include "people/names.h"

typedef struct gr_settled {
    gr_person *person;    /* of each recipient: what is shown of it */
    uint32_t *same;       /* of each recipient the number that stands for the person */
    uint32_t *link_first; /* count + 1 entries into link */
    gr_list link;         /* of uint32_t */
    gr_list through;      /* of uint8_t: of each link */
} gr_settled;

/* What is declared of two recipients: gifts to other may be meant for principal. */
typedef struct gr_relation {
    uint32_t principal, other;
    gr_through through;
} gr_relation;

typedef struct gr_settling_of { /* all borrowed */
    const gr_names *names;
    const gr_person *recipient;
    size_t count;
    const bool *alive; /* by number; NULL: all are */
    const gr_relation *relation;
    size_t relation_count;
} gr_settling_of;

/* Joined: one id; without id, the same folded name and employer; and with the one id that has these, if there is just one.
 * Linked, unless both have an id: the same last name and employer, and first names that are equal, on one
 * line of names.xml, or an initial, whatever suffix; first and last name exchanged at one employer; the same whole
 * name where one has no employer. Two ids are linked when they differ in case only, with the same name and employer.
 * The recipient that stands for a person gets the fullest of the joined spellings. Who is not alive, by number, is as if
 * not there: neither joined nor linked. alive NULL: all are. GR_ELIMIT: too many links. */
gr_status gr_settle(const gr_settling_of *of, gr_settled *out, gr_error *err);
void gr_settled_free(gr_settled *settled);

#endif
