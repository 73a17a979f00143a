/* tests/fault/firm.h - a small firm, what it does with its ledger, and how to tell whether the ledger has stood a fault:
 * it holds all that was done or nothing of it, and doing it again gives what a run without faults gives. */
#ifndef GR_TESTS_FIRM_H
#define GR_TESTS_FIRM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "giftrule.h"

typedef struct bytes {
    char *at;
    size_t used, room;
    bool is_there; /* of a file */
} bytes;

void bytes_add(bytes *b, const void *from, size_t count);
bool bytes_equal(const bytes *a, const bytes *b);
void bytes_free(bytes *b);
bytes bytes_load(const char *path);
void bytes_store(const char *path, const bytes *b);

typedef struct firm {
    char dir[40], ledger[64];
    char log[64], expenses[64], roster[64]; /* what it knows first */
    char later[64]; /* an amendment, a late gift, a retraction, one out of quarantine */
    char saved[64]; /* a report */
    gr_rules *rules;
    gr_summary right; /* what an audit of the first two without faults finds */
} firm;

int firm_open(void **state); /* for cmocka; *state is a firm */
int firm_close(void **state);

/* All memory of libxml2, sqlite3 and jansson comes through base/os.h from now on. */
void firm_use_our_memory(void);

void write_file(const char *path, const char *text);
void remove_ledger(const firm *f);
void name_file(const firm *f, size_t i, char path[80]); /* the i-th of a ledger's files */
gr_status firm_audit(const firm *f, const char *ledger, gr_report **out, gr_error *err);

/* What a firm does: one transaction, and what is said of it. Another one is a row of operations. */
typedef struct operation {
    const char *name;
    const struct operation *after; /* whose ledger it needs; NULL: there is none yet */
    int heap; /* SQLite writes early when it holds so many bytes; 0: it holds what it likes */
    gr_status (*run)(const firm *f, bytes *said, gr_error *err);
    bool looks_first; /* and then acts: two at once may both do it */
} operation;

extern const operation operations[];
extern const size_t operation_count;

/* What the ledger holds, and its tables; of a ledger without rows the first is 0. */
typedef struct holding {
    uint64_t rows, tables;
} holding;

enum { FIRM_FILES = 3 }; /* of a ledger: itself, its log, its journal */

/* One operation without faults. */
typedef struct golden {
    const operation *op;
    bytes base[FIRM_FILES]; /* the ledger before */
    holding before, after;
    bytes first, again; /* what it says, then and when done once more */
} golden;

void golden_make(const firm *f, const operation *op, golden *out);
void golden_free(golden *g);
void golden_place(const firm *f, const golden *g); /* the ledger is as before */
void golden_take(const firm *f,
                 golden *g); /* as it is now, the ledger was before: of the same content */
gr_status golden_run(const firm *f, const golden *g, bytes *said, gr_error *err);

/* Looks at what a fault has left, with the system's own VFS, then does the operation again. NULL: it stands, and
 * *is_after says whether it holds what was done; or what is wrong. */
const char *golden_check(const firm *f, const golden *g, bool *is_after);

/* With GR_FAULT=all, as make fault sets it, every point is tried, else a sample: one of step. */
bool every_point(void);
size_t following_point(size_t n, size_t step);
uint64_t chosen_seed(void); /* GR_SEED, or always the same */

#endif
