/* src/ledger/events.h - what the files of the history share: events found so far, and versions of records field by
 * field. */
#ifndef GR_LEDGER_EVENTS_H
#define GR_LEDGER_EVENTS_H

#include "ledger/store.h"
#include "model/history.h"

typedef struct gr_events {
    gr_ledger *ledger;
    gr_arena *arena;
    gr_list event; /* of gr_event */
    bool no_memory;
} gr_events;

/* The text is taken over; NULL is want of memory. Changes are copied from the list. */
void gr_event_add(gr_events *e, int64_t run, const char *kind, gr_text text, gr_text source,
                  const gr_list *changes);
gr_text gr_event_keep(gr_events *e, gr_text text); /* a copy in the arena */
/* "400.00", also of what stands there as a fraction; "" for NULL. */
gr_text gr_event_amount(gr_events *e, sqlite3_stmt *row, int column);

typedef struct gr_field {
    gr_text name, value;
} gr_field;

/* All that a version of a record states, fact by fact; those of its second recipient as "recipient 2: name". */
gr_status gr_fields_read(gr_events *e, int64_t record, gr_list *out, gr_error *err);
/* Adds to changes, a list of gr_event_change, what differs. */
bool gr_fields_compare(const gr_list *before, const gr_list *after, gr_list *changes);

/* What a revision of a finding says; nothing where there is none, or it is withdrawn. */
gr_status gr_finding_fields(gr_events *e, int64_t finding, gr_list *out, bool *is_there,
                            gr_error *err);
/* Decisions for which condition holds, with one text bound. */
gr_status gr_events_of_decisions(gr_events *e, const char *condition, const char *text,
                                 gr_error *err);

gr_status gr_events_of_identities(gr_events *e, const char *condition, const char *text,
                                  gr_error *err); /* the same of decisions on who is who */

/* Every version of a record: condition is over record AS r, with one text bound. */
gr_status gr_events_of_records(gr_events *e, const char *condition, const char *text,
                               gr_error *err);

#endif
