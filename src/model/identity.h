/* src/model/identity.h - what an officer decided on who is who: two recipients, as they are written, are one person, or
 * two. Of one pair the latest decision stands; one in the opposite sense makes it as if nothing had been said. */
#ifndef GR_MODEL_IDENTITY_H
#define GR_MODEL_IDENTITY_H

#include "model/person.h"

typedef enum gr_identity_kind { GR_IDENTITY_MERGE, GR_IDENTITY_SPLIT } gr_identity_kind;

typedef enum gr_identity_says {
    GR_IDENTITY_NOTHING, /* what was said before is taken back */
    GR_IDENTITY_SAME,
    GR_IDENTITY_APART
} gr_identity_says;

typedef struct gr_identity {
    int64_t number;
    gr_identity_kind kind;
    gr_identity_says says;
    gr_person a, b;
    gr_text author, moment, reason; /* author may be empty; moment: UTC */
    bool is_past;                   /* a later one replaces it */
} gr_identity;

const char *gr_identity_kind_text(gr_identity_kind kind); /* "merge" */
const char *gr_identity_says_text(gr_identity_says says); /* "same" */
bool gr_identity_kind_find(gr_text text, gr_identity_kind *out);
bool gr_identity_says_find(gr_text text, gr_identity_says *out);

#endif
