/* src/people/people.h - who gave and who received. Givers and recipients get numbers as they come in; once all
 * are in, those that are surely one person are joined, and those that possibly are get a link. */
#ifndef GR_PEOPLE_PEOPLE_H
#define GR_PEOPLE_PEOPLE_H

#include "base/error.h"
#include "model/person.h"
#include "people/names.h"
#include "people/settle.h"

typedef struct gr_people gr_people;

gr_status gr_people_create(const gr_names *names, gr_people **out, gr_error *err);
void gr_people_free(gr_people *people); /* accepts NULL */

/* The number of a giver: by id, else by name. GR_NONE when there is no memory. */
uint32_t gr_people_giver(gr_people *people, gr_text id, gr_text name);

/* Who it is, as known so far. */
gr_person gr_people_giver_at(const gr_people *people, uint32_t number);

/* The number of a recipient, spelt as it is: of one id there may be several, which settling joins; somebody without id
 * and name is a person of his or her own each time. GR_NONE when there is no memory. */
uint32_t gr_people_recipient(gr_people *people, const gr_person *person);

/* Asks memory for what gr_people_recipient() will look at soon. */
void gr_people_expect(const gr_people *people, const gr_person *person);

/* Before settling: gifts to other, a spouse, a child ..., may be meant for principal; both are numbers of recipients.
 * Said twice it counts once. Somebody is never related to whom he or she is one person with. False: no memory. */
bool gr_people_relate(gr_people *people, uint32_t principal, uint32_t other, gr_through through);

/* Before settling: what is decided of two recipients, that they are one person, or two. False: no memory. */
bool gr_people_rule(gr_people *people, uint32_t a, uint32_t b, bool is_same);

size_t gr_people_count(const gr_people *people); /* recipients that have a number */

/* Joins and links those who are alive, by number (NULL: all); *out borrows from people, and is valid until the next
 * person comes in. The result depends neither on the order in which people came, nor on who is not alive. */
gr_status gr_people_settle(gr_people *people, const bool *alive, gr_who *out, gr_error *err);

/* The same, and adds to a list of gr_candidate (settle.h) those who may be one person, linked or not. */
gr_status gr_people_find_candidates(gr_people *people, const bool *alive, gr_list *candidate,
                                    gr_who *out, gr_error *err);
/* A recipient as it was written; after settling also: who is one person by id, name and employer alone, whatever
 * addresses and decisions say. */
const gr_person *gr_people_as_written(const gr_people *people, uint32_t recipient);
/* The next recipient who is the same person, in a ring. */
uint32_t gr_people_next(const gr_people *people, uint32_t recipient);
const uint32_t *gr_people_base(const gr_people *people);

/* After settling: takes up who has come in since, who must be givers, or recipients of whom neither id nor name is known,
 * and so are nobody else. */
gr_status gr_people_extend(gr_people *people, gr_who *who, gr_error *err);

/* Numbers the employers, those that are spelt alike once: fills who->client. For rules that add up per client. */
gr_status gr_people_clients(gr_people *people, gr_who *who, gr_error *err);

#endif
