/* src/ledger/trail.h - the audit trail (17a-4(f)): who did what, when, and a chain of digests over every row that
 * was kept by it. A row has an imprint, SHA-256 over its columns; what a run added to a table is a part, SHA-256 over
 * the imprints in the order of their keys; a run's hash is SHA-256 over the hash of the run before, its own row and
 * its parts. So one byte changed anywhere shows, and a row that was disposed of is stood for by its imprint. */
#ifndef GR_LEDGER_TRAIL_H
#define GR_LEDGER_TRAIL_H

#include "base/digest.h"
#include "base/error.h"

#include <sqlite3.h>

typedef struct gr_ledger gr_ledger;

enum { GR_IMPRINT = 32 }; /* bytes */

/* Of one row. Columns come in rising order, those that are empty not at all: a column added later changes nothing. */
typedef struct gr_imprint {
    gr_digest digest;
    size_t used;
    uint8_t buffer[256];
} gr_imprint;

void gr_imprint_start(gr_imprint *imprint);
void gr_imprint_number(gr_imprint *imprint, int column, int64_t number);
void gr_imprint_text(gr_imprint *imprint, int column, gr_text text);
void gr_imprint_bytes(gr_imprint *imprint, int column, gr_text bytes);
void gr_imprint_end(gr_imprint *imprint, uint8_t out[GR_IMPRINT]);

/* What one run added to one table. */
typedef struct gr_part {
    int64_t rows;
    gr_digest digest;
} gr_part;

void gr_part_start(gr_part *part);
void gr_part_add(gr_part *part, const uint8_t imprint[GR_IMPRINT]);

/* Tables whose rows are chained, in the order of their names. */
typedef enum gr_chained {
    GR_CHAINED_ACCOUNT,
    GR_CHAINED_COUNTED,
    GR_CHAINED_DECISION,
    GR_CHAINED_DISPOSED,
    GR_CHAINED_FACT,
    GR_CHAINED_FINDING,
    GR_CHAINED_FURTHER,
    GR_CHAINED_HOLD,
    GR_CHAINED_IDENTITY,
    GR_CHAINED_KEPT_FILE,
    GR_CHAINED_ONCE,
    GR_CHAINED_QUARANTINED,
    GR_CHAINED_RECIPIENT,
    GR_CHAINED_RECORD,
    GR_CHAINED_REQUEST,
    GR_CHAINED_RULES,
    GR_CHAINED_RULES_FILE,
    GR_CHAINED_RULES_LINE,
    GR_CHAINED_SEAL,
    GR_CHAINED_SOURCE,
    GR_CHAINED_STANDING,
    GR_CHAINED_COUNT
} gr_chained;

typedef struct gr_shape {
    const char *name, *key, *second; /* second: of a key of two columns; else NULL */
    const char *columns; /* in the order of their numbers; NULL: those of facts are added */
    gr_chained keys;     /* the table that gives the keys: itself, or the one it belongs to */
} gr_shape;

const gr_shape *gr_shape_get(gr_chained table);

/* The imprint of the row on which the statement stands; its columns begin at first. */
void gr_row_imprint(sqlite3_stmt *row, int first, uint8_t out[GR_IMPRINT]);

/* Digests the rows of a table with keys from ... to, as they stand there, and those that were disposed of. */
gr_status gr_part_read(gr_ledger *ledger, gr_chained table, int64_t from, int64_t to, gr_part *out,
                       gr_error *err);

/* The hash of a run, from its row and its parts. */
gr_status gr_run_hash(gr_ledger *ledger, int64_t run, char hex[GR_DIGEST_HEX], gr_error *err);

/* Before a run: what is there. At its end: the parts, and the run's row completed. */
gr_status gr_trail_start(gr_ledger *ledger, gr_error *err);
gr_status gr_trail_end(gr_ledger *ledger, gr_text note, gr_error *err);

#endif
