/* src/engine/rulebook.h - one rule file, compiled: scope, limit, valuation, exclusions, duties. Immutable. */
#ifndef GR_ENGINE_RULEBOOK_H
#define GR_ENGINE_RULEBOOK_H

#include "engine/condition.h"

typedef struct gr_limit_row {
    gr_day from, to;
    gr_amount amount;
    gr_text source, sure;
    gr_point point;
} gr_limit_row;

/* Whose gifts a limit adds up. */
typedef enum gr_per { GR_PER_RECIPIENT, GR_PER_GIVER, GR_PER_CLIENT } gr_per;

typedef struct gr_limit {
    gr_text id, kind, clause, text, ask;
    gr_verdict verdict;   /* what it is to be surely over it */
    bool reached_is_over; /* at-least: the limit itself is too much */
    bool is_count;        /* gifts are counted, not their worth added up */
    gr_per per;
    const gr_condition *when; /* NULL: every gift is added up */
    bool period_of_policy;
    gr_basis period; /* when not period_of_policy */
    gr_text period_clause;
    const gr_limit_row *row;
    size_t row_count;
} gr_limit;

enum { GR_MAX_LIMITS = 16 }; /* of one rulebook: rulings keep them as bits of a word */

/* A stretch of time in which an exclusion or a duty is law, and where that stands. */
typedef struct gr_law {
    gr_day from, to;
    gr_text clause, source, sure;
    gr_truth
        frees_record; /* what it covers needs no record either; UNKNOWN: sources do not agree */
    gr_point point;
} gr_law;

/* What exclusions and duties have in common: when they are law, and when they apply. */
typedef struct gr_claim {
    const gr_law *law;
    size_t law_count;
    const gr_condition *claimed, *provided; /* each may be NULL: always */
    gr_gate gate;                           /* of claimed */
    gr_point point;
} gr_claim;

typedef struct gr_scope {
    gr_text title;
    gr_claim claim; /* with one law, of all days */
} gr_scope;

typedef struct gr_exclusion {
    gr_text id, title, refused_kind;
    gr_claim claim;
} gr_exclusion;

/* Which exclusions free a gift of a duty. */
typedef enum gr_freedom { GR_FREED_BY_NONE, GR_FREED_OF_RECORD, GR_FREED_BY_ANY } gr_freedom;

typedef struct gr_duty {
    gr_text id, kind, text, ask;
    gr_verdict verdict;
    bool about_gift; /* told once for all recipients; otherwise of each of them */
    gr_freedom freed;
    gr_claim claim;
} gr_duty;

typedef struct gr_worth_amount {
    gr_fact fact;
    gr_text absent; /* not empty: an amount that is not stated is left out, and this is presumed */
} gr_worth_amount;

/* Whoever stands behind the rule may exempt a gift from it; a ledger keeps that as a decision. */
typedef struct gr_exemption {
    gr_text title, clause;
    gr_day from, to; /* of the gifts */
} gr_exemption;

enum { GR_MAX_WORTH_AMOUNTS = 4 };

typedef struct gr_worth {
    gr_text title;
    const gr_condition *when; /* NULL: always */
    enum { GR_HIGHER_OF, GR_BETWEEN, GR_FIRST_OF } how;
    gr_point point;
    gr_worth_amount amount[GR_MAX_WORTH_AMOUNTS];
    size_t amount_count;
} gr_worth;

typedef struct gr_valuation {
    gr_day from, to;
    gr_text clause, source, sure;
    bool without_tax, without_delivery;
    const gr_worth *worth;
    size_t worth_count;
} gr_valuation;

typedef struct gr_rulebook {
    gr_text id, title, authority, summary;
    char sha256[65];
    gr_text firm_kinds, currency;
    const gr_scope *scope; /* NULL: all gifts */
    const gr_limit *limit;
    size_t limit_count;
    const gr_presumption *presumption;
    size_t presumption_count;
    gr_fact_set presumable; /* bit: fact that may be presumed */
    const gr_valuation *valuation;
    size_t valuation_count;
    const gr_exclusion *exclusion;
    size_t exclusion_count;
    const gr_duty *duty;
    size_t duty_count;
    const gr_exemption *exemption; /* NULL: nobody may */
    gr_conditions conditions;      /* owned */
    const gr_text *unsure; /* one line for each statement of the law whose text was not seen */
    size_t unsure_count;
} gr_rulebook;

/* Reads one rulebook. Errors go to problems. */
gr_status gr_rulebook_load(const char *path, gr_schema *schema, const gr_policy *policy,
                           gr_arena *arena, gr_problems *problems, gr_rulebook *out, gr_error *err);
void gr_rulebook_free(gr_rulebook *book); /* its patterns; the rest is the arena's */

/* The row in force on a day; NULL when there is none. */
const gr_limit_row *gr_limit_on(const gr_limit *limit, gr_day day);
bool gr_rulebook_has_limit(const gr_rulebook *book, gr_day day); /* any of its limits */
const gr_valuation *gr_rulebook_valuation(const gr_rulebook *book, gr_day day);
const gr_law *gr_claim_law(const gr_claim *claim, gr_day day);

/* Does it apply on that day? FALSE with *leaf NULL: it is not law, or not claimed; otherwise leaf is the condition
 * that decided. *law is set whenever leaf is, or the answer is not FALSE. */
gr_truth gr_claim_applies(const gr_claim *claim, gr_facts *facts, gr_day day, const gr_law **law,
                          const gr_condition **leaf);

#endif
