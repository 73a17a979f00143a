/* src/engine/facts.h - what conditions look at: one recipient of one record, with what was presumed for
 * want of a fact, and what the engine has computed. */
#ifndef GR_ENGINE_FACTS_H
#define GR_ENGINE_FACTS_H

#include "base/money.h"
#include "model/record.h"

typedef enum gr_truth {
    GR_FALSE,
    GR_UNKNOWN,
    GR_TRUE
} gr_truth; /* Kleene: AND the lesser, OR the greater */

/* Beside the facts of a record, conditions may name these. */
enum {
    GR_COMPUTED_WORTH = GR_FACT_COUNT + 1, /* what the share counts, before exclusions */
    GR_COMPUTED_UNIT_WORTH,                /* the same for one piece, where a quantity is stated */
    GR_COMPUTED_FIRM_KIND,                 /* the kinds of the firm, by the policy */
    /* numbers, of detection only */
    GR_COMPUTED_HEADS,         /* people behind all recipients */
    GR_COMPUTED_NAMED_HEADS,   /* those who are named, or have a number */
    GR_COMPUTED_UNNAMED_HEADS, /* the others */
    GR_COMPUTED_OUTSIDE_HEADS, /* those of whom it is not stated that they are the firm's own */
    GR_COMPUTED_OWN_HEADS,     /* the others of these: the firm's own people */
    GR_COMPUTED_DAYS_LATE,     /* from the gift to its entry */
    GR_COMPUTED_END,
    GR_RECKONED_COUNT = GR_COMPUTED_END - GR_COMPUTED_HEADS
};

/* Numbers that are reckoned from a whole record. */
typedef struct gr_reckoned {
    uint32_t known; /* bit: place in value */
    int64_t value[GR_RECKONED_COUNT];
} gr_reckoned;

typedef uint16_t gr_point; /* of a rulebook, for coverage.h */

struct gr_condition;

/* What a rulebook presumes when a fact is not stated. Only words can be presumed. */
typedef struct gr_presumption {
    gr_fact fact;
    int word;
    const struct gr_condition *when; /* NULL: always */
    gr_text text, source, sure;
    gr_point point;
} gr_presumption;

enum { GR_MAX_PRESUMPTIONS = 32 }; /* of one rulebook: rulings keep them as bits of a word */

typedef struct gr_facts {
    const gr_record *record;
    const gr_recipient *recipient;
    const gr_presumption *presumption;
    size_t presumption_count;
    gr_fact_set presumable;         /* bit: fact that may be presumed */
    gr_fact_set tried;              /* bit: fact; its presumption has been looked for */
    int8_t presumed[GR_FACT_COUNT]; /* once tried: 1 + number of the presumption that holds, or 0 */
    uint32_t leaned;                /* bit: presumption; one that a condition has leaned on */
    gr_span worth, unit_worth;      /* meaningful once has_worth is set */
    bool has_worth;
    uint8_t *seen;               /* by point; NULL: nobody wants to know */
    const gr_reckoned *reckoned; /* of detection; rulebooks cannot ask for it */
    struct gr_matched *matched;  /* what texts matched before; NULL: each is matched again */
} gr_facts;

#endif
