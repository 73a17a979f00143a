/* src/ledger/verifying.h - what the files of the verification share: the faults found so far. */
#ifndef GR_LEDGER_VERIFYING_H
#define GR_LEDGER_VERIFYING_H

#include "ledger/store.h"
#include "model/verification.h"

#include <pthread.h>

enum { GR_MAX_FAULTS = 50 }; /* told of one verification; all are counted */

typedef struct gr_verifying {
    gr_ledger *ledger;
    gr_arena *arena;
    gr_verification *out;
    gr_list fault; /* of gr_fault */
    bool no_memory;
} gr_verifying;

/* run and table as in gr_fault; table may be NULL. */
void gr_fault_add(gr_verifying *v, int64_t run, const char *table, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A table that cannot be read is a fault, and the rest is looked at; want of memory and the like is passed on. */
gr_status gr_fault_soften(gr_verifying *v, int64_t run, const char *table, gr_status status,
                          gr_error *err);

gr_status gr_verify_trail(gr_verifying *v, gr_error *err); /* entries, parts, rows */
gr_status gr_verify_shape(gr_verifying *v, gr_error *err); /* tables, indexes, views */
gr_status gr_verify_sums(gr_verifying *v,
                         gr_error *err); /* of findings, sources and the last entry */

/* SQLite's own checks, in a thread of their own from start to end. v NULL: what they find is not asked for. */
typedef struct gr_file_check {
    const char *path;
    gr_verifying v;
    gr_verification found;
    pthread_t thread;
    bool has_thread;
    gr_status status;
    gr_error err;
} gr_file_check;

void gr_file_check_start(gr_file_check *c, const char *path);
gr_status gr_file_check_end(gr_file_check *c, gr_verifying *v, gr_error *err);

#endif
