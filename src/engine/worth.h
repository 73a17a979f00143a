/* src/engine/worth.h - what a gift is worth by the rule of its day, and which part of it one recipient got. */
#ifndef GR_ENGINE_WORTH_H
#define GR_ENGINE_WORTH_H

#include "engine/ruleset.h"

/* How the parts of one gift are told apart; computed once for a gift. */
typedef struct gr_parts {
    int64_t people;   /* behind all recipients for whom no share is stated */
    gr_amount stated; /* sum of the stated shares */
    bool any_stated;
} gr_parts;

typedef struct gr_worth_found {
    gr_span span; /* of the recipient's part; low 0 and high unbounded when nothing is known */
    gr_span unit; /* of one piece */
    const gr_valuation *valuation;
    const gr_worth *worth;   /* by which it was found */
    gr_fact_set missing;     /* bit: fact that would make the interval smaller */
    uint8_t left_out;        /* bit: amount of worth that is not stated and was left out */
    bool converted, no_rate; /* from another currency; or it could not be */
    bool split;              /* computed as an equal part */
} gr_worth_found;

gr_parts gr_parts_of(const gr_record *record);

/* The worth of the recipient's part in facts, on a day. False when the rulebook has no valuation then. */
bool gr_worth_find(const gr_ruleset *set, const gr_rulebook *book, gr_facts *facts,
                   const gr_parts *parts, gr_day day, gr_worth_found *out);

#endif
