/* src/people/roster.h - who is who in the firm and at its clients, as a roster tells it: account executives with branch,
 * supervisor and registration; who is responsible for which client, and when; people of the clients, and those through
 * whom gifts to them may go; events such as a mandate. */
#ifndef GR_PEOPLE_ROSTER_H
#define GR_PEOPLE_ROSTER_H

#include "base/error.h"
#include "model/record.h"

typedef struct gr_roster gr_roster;

gr_status gr_roster_create(gr_roster **out, gr_error *err);
void gr_roster_free(gr_roster *roster); /* accepts NULL */

/* Notes a record of a roster; others are passed over. gift is its number in the tally, recipient[i] that of
 * record->recipient[i]. */
gr_status gr_roster_take(gr_roster *roster, const gr_record *record, uint32_t gift, uint32_t giver,
                         const uint32_t *recipient, gr_error *err);
/* Forgets every record from the given number on: of a source that is refused after all. */
void gr_roster_cut(gr_roster *roster, uint32_t gift_count);

#endif
