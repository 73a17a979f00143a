/* src/app/complete.h - what a record does not say itself, and is known all the same: laid over it before it is ruled
 * upon, and again when it is fetched to be explained. */
#ifndef GR_APP_COMPLETE_H
#define GR_APP_COMPLETE_H

#include "app/rules.h"
#include "app/supplement.h"
#include "model/record.h"

typedef struct gr_completing {
    const gr_rules *rules;
    const gr_supplement *supplement;
    gr_text format;
    bool is_amended;      /* edited after it had been approved */
    gr_recipient *nobody; /* room for a recipient of whom no fact is known */
    gr_list *laid;        /* gets a gr_supplied * for each fact that an officer supplied; or NULL */
} gr_completing;

/* An expense may be a gift, and a gift of which the export names no attendee was given to nobody, a recipient of whom
 * no fact is known, unless an officer has told it. False: no memory for laid. */
bool gr_record_complete(const gr_completing *by, gr_record *record);

#endif
