/* src/model/person.h - somebody who gave or received, as the exports name them. */
#ifndef GR_MODEL_PERSON_H
#define GR_MODEL_PERSON_H

#include "base/text.h"

typedef struct gr_person {
    gr_text id, name, employer, email; /* each may be empty */
} gr_person;

/* Through whom a gift may go to somebody; in the order of the words of the fact "through". */
typedef enum gr_through {
    GR_THROUGH_NONE,
    GR_THROUGH_SPOUSE,
    GR_THROUGH_CHILD,
    GR_THROUGH_HOUSEHOLD,
    GR_THROUGH_ASSISTANT,
    GR_THROUGH_CHARITY
} gr_through;

/* Who is who, once all records are in. Numbers are those that the records were given. */
typedef struct gr_who {
    const gr_person *recipient;
    size_t recipient_count;
    const uint32_t *same; /* of each recipient: the number that stands for the person */
    const uint32_t
        *link_first;        /* of each person: where its links begin in link; count + 1 entries */
    const uint32_t *link;   /* persons whose gifts are possibly this one's, in rising order */
    const uint8_t *through; /* of each link, a gr_through; NONE: possibly the same person, seen from
                               either side; else a relative: only this one gets what that one got */
    const gr_person *giver;
    size_t giver_count;
    const uint32_t *client; /* of each recipient: the number of the employer, UINT32_MAX where it is
                               not known; NULL: nobody asked */
    size_t client_count;
} gr_who;

#endif
