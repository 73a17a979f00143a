/* src/engine/ruling.h - what a share counts under a rulebook, and why. Few rulings differ, so a tally keeps each
 * once and a million shares point to them. */
#ifndef GR_ENGINE_RULING_H
#define GR_ENGINE_RULING_H

#include "engine/worth.h"

typedef enum gr_treatment {
    GR_COUNTED,  /* all of its worth */
    GR_POSSIBLE, /* an exclusion is claimed and hangs on something unknown: nothing, or its worth */
    GR_EXCLUDED
} gr_treatment;

typedef struct gr_ruling {
    const gr_worth *worth;
    const gr_valuation *valuation;
    const gr_exclusion *exclusion; /* EXCLUDED: by this one; POSSIBLE: the first that may apply */
    const gr_law *law;             /* of the exclusion, on that day */
    const gr_condition *open;      /* POSSIBLE: what is unknown */
    const gr_exclusion *refused;   /* the first that was claimed and does not apply, or NULL */
    const gr_law *refused_law;
    const gr_condition *refused_because; /* what decided that */
    uint64_t missing;                    /* facts that would make the worth exact */
    uint32_t leaned;                     /* presumptions that conditions have leaned on */
    uint8_t treatment, left_out;
    bool converted, no_rate, split, shares_computed;
    bool is_gross; /* an expense amount: tax and delivery, if there are any, are in it */
} gr_ruling;

/* Decides one share. *span is what it counts; the padding of *out is zero, so that rulings compare by bytes.
 * False when the rulebook has nothing to say on that day. */
bool gr_ruling_make(const gr_ruleset *set, const gr_rulebook *book, gr_facts *facts,
                    const gr_parts *parts, gr_day day, gr_span *span, gr_ruling *out);

/* Does an exclusion free the gift of the record duty? facts are as gr_ruling_make() left them. */
gr_truth gr_ruling_frees_record(const gr_rulebook *book, gr_facts *facts, gr_day day);

#endif
