/* src/engine/condition.h - a condition of a rule file: read once, evaluated for each share. */
#ifndef GR_ENGINE_CONDITION_H
#define GR_ENGINE_CONDITION_H

#include "base/problems.h"
#include "engine/coverage.h"
#include "engine/facts.h"
#include "engine/pattern.h"
#include "engine/policy.h"

typedef enum gr_condition_kind {
    GR_CONDITION_ALL,
    GR_CONDITION_ANY,
    GR_CONDITION_NOT,
    GR_CONDITION_IS, /* the fact is one of some words */
    GR_CONDITION_KNOWN,
    GR_CONDITION_UNKNOWN,
    GR_CONDITION_UNDER,
    GR_CONDITION_AT_MOST,
    GR_CONDITION_AT_LEAST,
    GR_CONDITION_ABOVE,
    GR_CONDITION_BEFORE,  /* a day before a day */
    GR_CONDITION_MATCHES, /* a text has a pattern */
    GR_CONDITION_FIRM,    /* the firm is of one of some kinds; words: 1 if it is */
    GR_CONDITION_JUDGMENT /* only a person can say: always unknown */
} gr_condition_kind;

typedef struct gr_condition {
    gr_condition_kind kind;
    gr_point point;       /* of a leaf */
    uint8_t fact;         /* a gr_fact, or GR_COMPUTED_WORTH ... */
    uint8_t other_fact;   /* GR_CONDITION_BEFORE: the fact compared with, or GR_FACT_NONE */
    uint32_t words;       /* GR_CONDITION_IS: bit for each word */
    gr_amount amount;     /* UNDER ... ABOVE */
    gr_day day;           /* BEFORE */
    gr_pattern *pattern;  /* MATCHES; freed by gr_conditions_free() */
    gr_text because, ask; /* may be empty */
    const struct gr_condition *first, *next; /* children of ALL, ANY, NOT */
} gr_condition;

/* What reading the conditions of a rule file leaves behind. */
typedef struct gr_conditions {
    gr_list all;   /* of const gr_condition *: whose patterns are to be freed */
    gr_list point; /* of gr_point_info; the rulebook adds its own */
} gr_conditions;

#define GR_NO_CONDITIONS ((gr_conditions){ GR_LIST(const gr_condition *), GR_LIST(gr_point_info) })

void gr_conditions_free(gr_conditions *conditions); /* the patterns and lists */

/* What the engine computes beside the facts of a record, by the name that conditions have for it; 0: nothing of this name.
 * Some is computed for detection only. */
uint8_t gr_computed_find(gr_text name, bool for_detection);

/* Reads the one condition that is node. Errors go to problems; the result is then NULL. */
const gr_condition *gr_condition_read(const gr_node *node, const gr_policy *policy, gr_arena *arena,
                                      gr_conditions *conditions, gr_problems *problems);
/* The same of a check or a pattern, which may name what is computed for detection. */
const gr_condition *gr_condition_read_odd(const gr_node *node, const gr_policy *policy,
                                          gr_arena *arena, gr_conditions *conditions,
                                          gr_problems *problems);

/* Free texts come again and again: answers of patterns for short ones, each place the last that fell on it. */
enum { GR_MATCHED_PLACES = 512, GR_MATCHED_TEXT = 40 };

typedef struct gr_matched {
    struct {
        const gr_condition *of; /* NULL: free */
        uint8_t truth, len;
        char text[GR_MATCHED_TEXT];
    } place[GR_MATCHED_PLACES];
} gr_matched;

/* The truth of c; *decider (may be NULL) is the leaf that decided: the first that is as the result. */
gr_truth gr_condition_evaluate(const gr_condition *c, gr_facts *facts,
                               const gr_condition **decider);

/* What must be stated or presumed of one of some facts for a condition to be true: by far most gifts are turned away
 * here, without a look at the condition. */
enum { GR_MAX_GATE = 6 };

typedef struct gr_gate {
    bool open; /* no such demand can be named */
    uint8_t count, fact[GR_MAX_GATE];
    uint32_t words[GR_MAX_GATE]; /* bit: word that will do; all bits: to be stated is enough */
} gr_gate;

gr_gate gr_gate_of(const gr_condition *c);
bool gr_gate_lets(const gr_gate *gate, const gr_facts *facts);

/* The question that would settle a leaf that is unknown. */
gr_text gr_condition_question(const gr_condition *leaf);

#endif
