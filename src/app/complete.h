/* src/app/complete.h - what a record does not say itself, and is known all the same: laid over it before it is ruled
 * upon, and again when it is fetched to be explained. */
#ifndef GR_APP_COMPLETE_H
#define GR_APP_COMPLETE_H

#include "app/rules.h"
#include "model/record.h"

/* An expense may be a gift, and a gift of which the export names no attendee was given to nobody, a recipient of whom
 * no fact is known. is_amended: edited after it had been approved. */
void gr_record_complete(const gr_rules *rules, gr_record *record, bool is_amended,
                        gr_recipient *nobody);

#endif
