/* src/ledger/restore.h - what a ledger has that its backup lacks, and how it makes room for it. */
#ifndef GR_LEDGER_RESTORE_H
#define GR_LEDGER_RESTORE_H

#include "ledger/ledger.h"

typedef struct gr_lacking {
    int64_t last;         /* of the ledger that is there; 0: it has no entry */
    int64_t first, until; /* entries that the backup lacks; 0: none */
    int64_t differs;      /* the first entry that both have, with different hashes; 0: none */
} gr_lacking;

gr_status gr_ledger_lacking(gr_ledger *there, gr_ledger *backup, gr_lacking *out, gr_error *err);

/* Takes the log of a ledger into its file, so that the file may be moved. GR_EBUSY: others use it. */
gr_status gr_ledger_retire(const char *path, gr_error *err);

/* Within a run: an entry of the trail that brings nothing but its note. */
gr_status gr_ledger_entry_add(gr_ledger *ledger, gr_error *err);

#endif
