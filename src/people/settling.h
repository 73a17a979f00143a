/* src/people/settling.h - settling at work: joining first, then linking. Inside src/people only.
 *
 * A node is who is one person by id, name and employer alone; it has the number of one of its recipients. Nodes are joined
 * further by addresses and decisions; what may be so and is not certain makes them kin: they are linked, and so is to all
 * of them whoever is linked to one. */
#ifndef GR_PEOPLE_SETTLING_H
#define GR_PEOPLE_SETTLING_H

#include "base/table.h"
#include "people/likeness.h"
#include "people/settle.h"

typedef struct gr_node_of { /* of a recipient; others than nodes have no name */
    gr_person_parts parts;
    bool has_namesake; /* two ids with this name and employer */
} gr_node_of;

typedef struct gr_pair {
    uint32_t a, b;
    gr_through through; /* NONE: possibly the same person */
} gr_pair;

typedef struct gr_settling {
    const gr_settling_of *of;
    const gr_names *names;
    const gr_person *recipient; /* as they came */
    gr_person *person;          /* what is shown */
    uint32_t count;
    gr_arena *arena; /* scratch */
    bool *ruled;     /* of each recipient: has somebody decided on it? NULL: on nobody */
    gr_node_of *node;
    uint32_t *
        kin; /* of each person: the next of its kin, in a ring; itself: it has none. NULL: nobody has */
    gr_settled *out;
    gr_list users; /* nodes by their addresses: of settle_unify.c */
    gr_list pairs; /* of gr_pair: links */
    gr_table
        parted; /* two persons who are declared, or decided, to be two: numbers of relations, then of ruled */
    gr_status status;
    gr_error *err;
} gr_settling;

gr_list gr_settling_users(void);       /* an empty list of them */
void gr_settling_fail(gr_settling *s); /* no memory */

static inline bool gr_settling_has_id(const gr_settling *s, uint32_t i)
{
    return s->recipient[i].id.len > 0;
}

static inline bool gr_settling_is_alive(const gr_settling *s, uint32_t i)
{
    return !s->of->alive || s->of->alive[i] || (s->ruled && s->ruled[i]);
}

static inline bool gr_settling_is_node(const gr_settling *s, uint32_t i)
{
    return s->out->base[i] == i && gr_settling_is_alive(s, i);
}

/* Two groups of nodes become one; what stands for both has an id, if one of them has. */
uint32_t gr_settling_root(uint32_t *root, uint32_t i);
void gr_settling_unite(const gr_settling *s, uint32_t *root, uint32_t a, uint32_t b);

/* In this order. Each leaves a failure in s->status. */
void gr_settling_join(gr_settling *s);    /* out->base and node */
void gr_settling_unify(gr_settling *s);   /* out->same, by addresses and decisions */
void gr_settling_part(gr_settling *s);    /* parted, and the links of relations */
void gr_settling_share(gr_settling *s);   /* kin, and links between who shares an address */
void gr_settling_compare(gr_settling *s); /* who shares a key */

/* Two nodes have met: a link, a candidate, or nothing. */
void gr_settling_meet(gr_settling *s, uint32_t a, uint32_t b);
/* A candidate, where they are asked for and there are points enough. */
void gr_settling_offer(gr_settling *s, uint32_t a, uint32_t b, const gr_likeness *like,
                       bool is_linked);
void gr_settling_link(gr_settling *s, uint32_t a,
                      uint32_t b);     /* possibly one, whatever the names say */
bool gr_settling_keep(gr_settling *s); /* the links; false: no memory */

#endif
