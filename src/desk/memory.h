/* src/desk/memory.h - what the desk remembers between calls, as long as the ledger stays as it is: who an account is, whom
 * a supervisor supervises. */
#ifndef GR_DESK_MEMORY_H
#define GR_DESK_MEMORY_H

#include "app/directory.h"
#include "desk/desk.h"

gr_status gr_desk_memory_create(gr_desk_memory **out, gr_error *err);
void gr_desk_memory_free(gr_desk_memory *memory); /* accepts NULL */

/* Forgets what may be different in the ledger as it stands now. */
gr_status gr_desk_memory_freshen(gr_desk *desk, gr_error *err);
/* Who calls. *is_known is false when nobody does, or an account that is not there, or is closed. */
gr_status gr_desk_identify(gr_desk *desk, const gr_call *call, gr_account *out, bool *is_known,
                           gr_error *err);
/* The directory as the ledger stands now; within a transaction of reading. */
gr_status gr_desk_directory(gr_desk *desk, gr_directory **out, gr_error *err);

#endif
