/* src/people/weights.h - how much it says for two recipients being one person, or against it, that a part of theirs
 * agrees in some way: the points of rules/names.xml. */
#ifndef GR_PEOPLE_WEIGHTS_H
#define GR_PEOPLE_WEIGHTS_H

#include "base/problems.h"
#include "rulefile/rulefile.h"

typedef enum gr_part {
    GR_PART_FIRST,
    GR_PART_MIDDLE,
    GR_PART_LAST,
    GR_PART_SUFFIX,
    GR_PART_EMPLOYER,
    GR_PART_EMAIL,
    GR_PART_ID,
    GR_PARTS
} gr_part;

typedef enum gr_accord {
    GR_ACCORD_NONE, /* there is nothing to compare */
    GR_ACCORD_SAME,
    GR_ACCORD_NICKNAME, /* on one line of names.xml */
    GR_ACCORD_INITIAL,
    GR_ACCORD_MIDDLE,   /* a first name that is the other's middle name */
    GR_ACCORD_TURNED,   /* first and last name exchanged */
    GR_ACCORD_TOGETHER, /* written in one word, or in several */
    GR_ACCORD_MISTYPED, /* by one letter */
    GR_ACCORD_DOUBLE,   /* a surname of several words, one of which is the other's */
    GR_ACCORD_CASE,     /* but for capitals */
    GR_ACCORD_UNSTATED, /* by both */
    GR_ACCORD_MISSING,  /* with one of them */
    GR_ACCORD_DIFFERENT,
    GR_ACCORDS
} gr_accord;

const char *gr_part_text(gr_part part);       /* "first" */
const char *gr_accord_text(gr_accord accord); /* "nickname" */

typedef struct gr_weights {
    int points[GR_PARTS][GR_ACCORDS];
    int possible, candidate;                /* from so many points on */
    uint32_t shortest_last, shortest_first; /* letters from which on a word may be mistyped */
    uint32_t mailbox; /* people who share an address; of more than these it says nothing */
    uint32_t crowd;   /* people of one name; of more than these it makes no candidates */
} gr_weights;

/* Of the element likeness; what is wrong goes to problems. */
void gr_weights_read(const gr_node *node, gr_problems *problems, gr_weights *out);

#endif
