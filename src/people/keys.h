/* src/people/keys.h - in which ways somebody may be somebody else, as hashes: who shares none with another is not even
 * compared with that one. For settling, and for finding again whom settling would compare somebody with. */
#ifndef GR_PEOPLE_KEYS_H
#define GR_PEOPLE_KEYS_H

#include "people/parts.h"

/* Under some keys somebody "wide" may be any of the others: "J. Roe" is Jane or John, who are not each other. Two
 * with ids never meet. In this order, those who meet stand together. */
typedef enum gr_key_part {
    GR_KEY_WIDE,   /* without id; meets everybody */
    GR_KEY_NARROW, /* without id; meets the next only */
    GR_KEY_WIDE_WITH_ID,
    GR_KEY_NARROW_WITH_ID
} gr_key_part;

typedef void (*gr_on_key)(void *context, uint64_t hash, gr_key_part part);

/* Who is somebody by name alone, since one of both has no employer. */
void gr_keys_tell_name(const gr_person_parts *parts, gr_on_key take, void *context);
/* All other ways, at the same employer: who has an id meets somebody without only. */
void gr_keys_tell_near(const gr_names *names, const gr_person_parts *parts, gr_on_key take,
                       void *context);
bool gr_keys_meet(gr_key_part a, gr_key_part b); /* of two under one key */

uint64_t gr_key_employer(const gr_person_parts *parts); /* who has one employer; no key by itself */
uint64_t gr_key_anywhere(const gr_person_parts *parts); /* first and last name, at any employer */
uint64_t gr_key_id(gr_text id);                         /* without case */
/* Who is one person, rather than possibly one: name and employer; an address, which is folded already. */
uint64_t gr_key_whole(const gr_person_parts *parts);
uint64_t gr_key_email(gr_text email);

#endif
