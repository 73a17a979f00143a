/* src/engine/finding_maker.h - what every finding has, whoever made it: a gift, its giver, its recipient, its place, a
 * name that stays. For those who judge limits and duties, and for those who match records and look for patterns. */
#ifndef GR_ENGINE_FINDING_MAKER_H
#define GR_ENGINE_FINDING_MAKER_H

#include "engine/judge.h"

/* What is being judged: all borrowed. */
typedef struct gr_subject {
    const gr_tally *tally;
    const gr_who *who;
    gr_judgement *out;
} gr_subject;

/* Starts a finding about a gift: recipient is one of its recipients, or GR_NONE where it is about none of them. The
 * caller adds verdict, kind, provision, clause, words; then the name. False: no memory. */
bool gr_finding_start(const gr_subject *subject, gr_text rule, gr_text currency, uint32_t gift,
                      uint32_t recipient, gr_judged *out);
/* The id, made of rule, kind, provision, gift, giver, day and recipient: set before. False: no memory. */
bool gr_finding_name(const gr_subject *subject, gr_judged *judged);

#endif
