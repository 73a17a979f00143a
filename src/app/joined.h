/* src/app/joined.h - the ways in which the gifts that a finding counts call its recipient, where they are not all alike,
 * and why they are one person. */
#ifndef GR_APP_JOINED_H
#define GR_APP_JOINED_H

#include "app/intake.h"
#include "engine/judge.h"

/* Fills joined of every finding that was judged. */
gr_status gr_joined_find(const gr_intake *intake, const gr_who *who, gr_judgement *judgement,
                         gr_error *err);
/* Why a recipient, as it is written, is one with the person that it was joined to: NULL in ptr without memory. */
gr_text gr_joined_why(const gr_intake *intake, const gr_who *who, uint32_t recipient,
                      gr_arena *arena);

/* Why gifts to one person may count for another: a relation, or the two most alike of their spellings. alive: of each
 * recipient; NULL: all are. */
gr_text gr_joined_link(const gr_intake *intake, const gr_who *who, const bool *alive,
                       uint32_t person, uint32_t other, gr_arena *arena);

#endif
