/* src/people/likeness.h - how like each other two recipients are: which parts agree, and how; how many points that makes;
 * and the same in words. It looks at two people only: who is joined or linked is for settle.h. */
#ifndef GR_PEOPLE_LIKENESS_H
#define GR_PEOPLE_LIKENESS_H

#include "base/error.h"
#include "people/parts.h"

typedef enum gr_bond {
    GR_BOND_NONE,
    GR_BOND_CANDIDATE, /* somebody may look at it */
    GR_BOND_POSSIBLE,  /* possibly one person */
    GR_BOND_SURE       /* one person, unless others speak against it: another id of the same name */
} gr_bond;

typedef struct gr_likeness {
    gr_accord part[GR_PARTS];
    int score;
    gr_bond bond;
} gr_likeness;

/* The same seen from either side. */
gr_likeness gr_likeness_of(const gr_names *names, const gr_person_parts *a,
                           const gr_person_parts *b);
/* Do the names not contradict each other? Then one e-mail address makes them one. */
bool gr_likeness_agrees(const gr_likeness *like);

/* Of two people as they are written. */
gr_status gr_likeness_find(const gr_names *names, const gr_person *a, const gr_person *b,
                           gr_likeness *out, gr_error *err);
gr_text gr_likeness_words(const gr_names *names, const gr_person_parts *a, const gr_person_parts *b,
                          gr_arena *arena); /* ptr NULL: no memory */
/* In words, in the arena: "the same name and employer when compared: jane roe, acme fund". */
gr_status gr_likeness_print(const gr_names *names, const gr_person *a, const gr_person *b,
                            gr_arena *arena, gr_text *out, gr_error *err);

#endif
