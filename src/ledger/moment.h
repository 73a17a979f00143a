/* src/ledger/moment.h - looking back: what the ledger knew at a moment is what its runs up to then have brought. */
#ifndef GR_LEDGER_MOMENT_H
#define GR_LEDGER_MOMENT_H

#include "ledger/ledger.h"

typedef struct gr_moment {
    int64_t run;     /* the last run that began then or before; 0: none had */
    int64_t seconds; /* the moment itself, since 1970 */
} gr_moment;

/* Reads "2026-05-04" (its end), "2026-05-04T09:00:00Z", or "run:7"; NULL means now, all that there is. GR_EUSAGE: it
 * is none of them, or there is no such run. option: where it stands, for the message: "--as-known-on". */
gr_status gr_ledger_moment_find(gr_ledger *ledger, const char *option, const char *text,
                                gr_moment *out, gr_error *err);

/* The run before this one; its number is 0 where there is none. */
gr_status gr_ledger_moment_before(gr_ledger *ledger, int64_t run, gr_moment *out, gr_error *err);

#endif
