/* src/people/keys.h - by what somebody is found: whoever settling might compare with whom, or join, shares one of these. */
#ifndef GR_PEOPLE_KEYS_H
#define GR_PEOPLE_KEYS_H

#include "base/list.h"
#include "people/names.h"
#include "model/person.h"

/* Adds to a list of uint64_t the keys of a recipient as it is written; none of somebody without id and name. Two who do
 * not share any are never one person, nor linked, unless somebody has decided or declared it. False: no memory. */
bool gr_person_keys(const gr_names *names, const gr_person *person, gr_arena *scratch,
                    gr_list *out);

#endif
