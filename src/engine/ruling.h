/* src/engine/ruling.h - what a share counts under a rulebook, and why. Few rulings differ, so a tally keeps each
 * once and a million shares point to them. */
#ifndef GR_ENGINE_RULING_H
#define GR_ENGINE_RULING_H

#include "engine/worth.h"

typedef enum gr_treatment {
    GR_COUNTED, /* all of its worth */
    GR_POSSIBLE, /* the scope, or an exclusion that is claimed, hangs on something unknown: nothing, or its worth */
    GR_EXCLUDED
} gr_treatment;

typedef struct gr_ruling {
    const gr_worth *worth;
    const gr_valuation *valuation;
    const gr_exclusion *exclusion; /* EXCLUDED: by this one; POSSIBLE: the first that may apply, or
                                      NULL: it may be out of scope */
    const gr_law *law;             /* of the exclusion on that day, or of the scope */
    const gr_condition *open;      /* POSSIBLE: what is unknown */
    const gr_condition *when_open; /* what is unknown of the first limit in limits_open */
    const gr_exclusion *refused;   /* the first that was claimed and does not apply, or NULL */
    const gr_law *refused_law;
    const gr_condition *refused_because; /* what decided that */
    gr_fact_set missing;                 /* facts that would make the worth exact */
    uint32_t leaned;                     /* presumptions that conditions have leaned on */
    uint16_t limits_in, limits_open;     /* bit: limit that surely, or possibly, adds it up */
    uint8_t treatment, left_out;
    bool converted, no_rate, split, shares_computed;
    bool differs_by_day; /* what it counts hangs on which of its days is meant */
    bool may_lapse;      /* on one of its days it counts nothing, or perhaps nothing */
    bool is_gross;       /* an expense amount: tax and delivery, if there are any, are in it */
} gr_ruling;

/* Does it surely count, on whichever of its days? */
static inline bool gr_ruling_is_certain(const gr_ruling *ruling)
{
    return ruling->treatment == GR_COUNTED && !ruling->may_lapse;
}

/* Decides one share. *span is what it counts; the padding of *out is zero, so that rulings compare by bytes.
 * Returns whether the rulebook is about the share at all; FALSE leaves *out alone. *counts tells whether there is
 * anything to add up on that day; if not, *span is nothing. */
gr_truth gr_ruling_make(const gr_ruleset *set, const gr_rulebook *book, gr_facts *facts,
                        const gr_parts *parts, gr_day day, bool *counts, gr_span *span,
                        gr_ruling *out);

/* Does the share break the duty on that day? UNKNOWN: *open is what is unknown, or NULL. facts and ruling are as
 * gr_ruling_make() left them. */
gr_truth gr_ruling_breaks(const gr_rulebook *book, const gr_duty *duty, const gr_ruling *ruling,
                          gr_facts *facts, gr_day day, const gr_condition **open);

#endif
