/* src/desk/once.h - a write that comes with a key is done once: the same call again gets the same reply. */
#ifndef GR_DESK_ONCE_H
#define GR_DESK_ONCE_H

#include "desk/desk.h"

/* Does the key of this call count? */
bool gr_once_is_asked(const gr_visit *visit);
/* *is_done: it was answered before, and the reply is written again. Fails where the key is none, or stood for another call. */
gr_status gr_once_repeat(gr_visit *visit, bool *is_done, gr_error *err);
/* Keeps the reply as it is written so far: as also of gr_reserving, with the visit for context. */
gr_status gr_once_note(gr_visit *visit, gr_ledger *ledger, gr_error *err);
/* The same in a transaction of its own, where the write had none to share. */
void gr_once_note_after(gr_visit *visit);

#endif
