/* src/people/settle.h - which recipients are surely one person, and which possibly. */
#ifndef GR_PEOPLE_SETTLE_H
#define GR_PEOPLE_SETTLE_H

#include "base/error.h"
#include "base/list.h"
#include "model/person.h"
#include "people/names.h"

/* What is declared of two recipients: gifts to other may be meant for principal. */
typedef struct gr_relation {
    uint32_t principal, other;
    gr_through through;
} gr_relation;

/* What an officer has decided on two recipients, and is in force. */
typedef struct gr_ruled {
    uint32_t a, b;
    bool is_same; /* else they are two */
} gr_ruled;

/* Two persons of whom nothing is decided, with the points of the two most alike of their spellings. */
typedef struct gr_candidate {
    uint32_t a, b; /* numbers that stand for the persons; a is below b */
    uint32_t x, y; /* those that were compared: a's and b's */
    int score;
    bool is_linked; /* possibly one person */
} gr_candidate;

typedef struct gr_settled {
    gr_person *person;    /* of each recipient: what is shown of it */
    uint32_t *base;       /* of each recipient: who it is by id, name and employer alone */
    uint32_t *same;       /* of each recipient the number that stands for the person */
    uint32_t *next;       /* of each recipient the next one of the same person, in a ring */
    uint32_t *link_first; /* count + 1 entries into link */
    gr_list link;         /* of uint32_t */
    gr_list through;      /* of uint8_t: of each link */
} gr_settled;

typedef struct gr_settling_of { /* all borrowed */
    const gr_names *names;
    const gr_person *recipient;
    size_t count;
    const bool *alive; /* by number; NULL: all are */
    const gr_relation *relation;
    size_t relation_count;
    const gr_ruled *ruled;
    size_t ruled_count;
    gr_list *candidate; /* of gr_candidate, by persons; NULL: not wanted */
} gr_settling_of;

/* Joined: one id; without id, the same folded name and employer; and with the one id that has these, if there is just
 * one. Then: one e-mail address, and names that do not contradict each other, in all who hang together by addresses,
 * among whom there is one id at most; and whom an officer has joined. What keeps such people apart, an id or a name too
 * many, or a decision, makes them possibly one person.
 *
 * Linked, unless both have an id: who has as many points (weights.h) as names.xml asks for. Two ids are linked when they
 * differ in case only, with the same name and employer; and by one address. Whoever is linked to one of several who are
 * only kept apart is linked to all of them, so that one spelling more never takes a link away.
 *
 * Whom an officer has joined with somebody is not linked to who cannot be that one.
 *
 * The recipient that stands for a person gets the fullest of the joined spellings. Who is not alive, by number, is as if
 * not there, but for those on whom somebody has decided: neither joined nor linked. GR_ELIMIT: too many links. */
gr_status gr_settle(const gr_settling_of *of, gr_settled *out, gr_error *err);
void gr_settled_free(gr_settled *settled);

#endif
