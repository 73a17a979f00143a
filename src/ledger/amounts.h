/* src/ledger/amounts.h - amounts as they stand in columns: cents, or a fraction of cents as "numerator/denominator". */
#ifndef GR_LEDGER_AMOUNTS_H
#define GR_LEDGER_AMOUNTS_H

#include "base/money.h"

#include <sqlite3.h>

typedef struct gr_fraction {
    gr_wide num;
    int64_t den;
    bool is_unknown; /* NULL: nobody knows how much */
} gr_fraction;

/* False: it is none. */
bool gr_fraction_read(sqlite3_stmt *row, int column, gr_fraction *out);

#endif
