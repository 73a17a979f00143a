/* src/model/retention.h - which records have been kept long enough, and what holds the others back. */
#ifndef GR_MODEL_RETENTION_H
#define GR_MODEL_RETENTION_H

#include "base/day.h"

typedef enum gr_bond { /* why a record stays though its time has passed */
                       GR_BOND_NONE,
                       GR_BOND_FINDING, /* a finding that stays counts it */
                       GR_BOND_RECIPIENT, /* years are counted from the recipient's first gift, and later ones stay */
                       GR_BOND_PAIR, /* another system's record of the same gift, or its approval, stays */
                       GR_BOND_HOLD
} gr_bond;

typedef struct gr_due { /* a record with all its versions */
    gr_text format, id, day;
    int64_t versions;
    gr_bond bond;
    int64_t hold; /* its number */
} gr_due;

typedef struct gr_hold_told {
    int64_t hold;
    gr_text started, author, kind, value, reason;
} gr_hold_told;

typedef struct gr_retention {
    gr_text ledger;
    int years;
    gr_day as_of, cutoff; /* what was given up to the cutoff is due */
    bool is_rolling;      /* years that begin on any day */
    gr_text before;       /* asked for: only what was given before this day; or empty */
    const gr_due *due;    /* by day; the first ones only */
    size_t due_count;
    uint64_t records, versions, held, bound; /* due and free; their versions; held back by either */
    uint64_t findings, quarantined;          /* that go with them */
    const gr_hold_told *hold;                /* in force */
    size_t hold_count;
    bool is_done; /* they are gone */
} gr_retention;

#endif
