/* src/model/history.h - the trail of a ledger as it is told: its entries, and what each has brought about one record, one
 * finding or one recipient. */
#ifndef GR_MODEL_HISTORY_H
#define GR_MODEL_HISTORY_H

#include "base/text.h"

typedef struct gr_event_change {
    gr_text field, before,
        after; /* before or after may be empty: it was not stated, or is not any more */
} gr_event_change;

typedef struct gr_event {
    int64_t run;
    const char *kind; /* version, retraction, finding, decision */
    gr_text text;     /* what happened, in words */
    gr_text source;   /* file:line, or empty */
    const gr_event_change *change;
    size_t change_count;
} gr_event;

typedef struct gr_trail_entry {
    int64_t run;
    gr_text started, author, action, note;
    const gr_event *event;
    size_t event_count;
} gr_trail_entry;

typedef struct gr_history {
    gr_text ledger;
    gr_text about;               /* "record G1"; empty: the whole trail, and no events */
    const gr_trail_entry *entry; /* oldest first */
    size_t entry_count;
} gr_history;

#endif
