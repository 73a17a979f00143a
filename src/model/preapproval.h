/* src/model/preapproval.h - the answer to who asks before a gift: approved, denied, or referred to a person, and why. Texts
 * and lists live in the arena that the asker gave. */
#ifndef GR_MODEL_PREAPPROVAL_H
#define GR_MODEL_PREAPPROVAL_H

#include "model/finding.h"
#include "model/record.h"

typedef enum gr_clearance {
    GR_APPROVED,
    GR_REFERRED, /* a person must decide: a fact is missing, or a rule asks for one */
    GR_DENIED
} gr_clearance;

const char *gr_clearance_text(gr_clearance clearance); /* "approved", as in the JSON */

/* What a recipient may still be given under the limit that lists of gifts are about (engine/follow.h): the limit less
 * what surely counts, and less what possibly counts. Below nothing it is nothing. */
typedef struct gr_allowance {
    gr_amount certain, possible; /* possible is the smaller one */
    bool unbounded;              /* nobody knows how much possibly counts: possible is nothing */
} gr_allowance;

/* One verdict of one rule: on the gift that is asked for, or on a later one that it would push over a limit. What a rule
 * with a limit finds in order is told too. */
typedef struct gr_rule_answer {
    gr_verdict verdict;
    gr_text kind, rule, clause, provision;
    uint32_t recipient; /* place among those of the gift */
    gr_text gift;       /* of a later gift: its id; else empty */
    bool has_limit, is_count;
    gr_period period;
    gr_amount limit;
    gr_total total; /* with the gift */
    gr_text currency;
    gr_text reason, question, answers; /* as of a finding; the last two may be empty */
} gr_rule_answer;

/* What would be answered if a missing fact were known. */
typedef struct gr_if_known {
    gr_text value; /* one of the words of the fact */
    gr_clearance clearance;
} gr_if_known;

typedef struct gr_missing_fact {
    gr_fact fact;
    uint32_t recipient; /* of a fact of a recipient: its place */
    gr_text question;
    const gr_if_known *would; /* none where the fact has no list of words */
    size_t would_count;
} gr_missing_fact;

/* Somebody whom the ledger knows under another spelling, and who may be the one that was asked for. */
typedef struct gr_lookalike {
    uint32_t recipient; /* place among those of the gift */
    gr_text id, name, employer;
    bool
        is_linked; /* possibly the same: what that one got counts as possible; else only much alike */
} gr_lookalike;

typedef struct gr_recipient_answer {
    gr_text id, name, employer; /* as the ledger knows that one, where it does */
    bool is_known;
    bool has_allowance; /* there is a limit on that day */
    gr_allowance before, after;
    gr_amount limit;
    gr_period period;
} gr_recipient_answer;

typedef struct gr_preapproval {
    gr_clearance clearance;
    gr_text approval; /* number; empty: nothing was booked */
    gr_day valid_to;  /* of the approval */
    gr_text giver_id, giver_name;
    gr_day day; /* of the gift */
    gr_text currency;
    gr_amount cost;
    const gr_recipient_answer
        *recipient; /* in the order of the gift; the smallest allowance decides */
    size_t recipient_count;
    const gr_rule_answer *rule; /* the worst first, then as the rulebooks stand */
    size_t rule_count;
    const gr_missing_fact *missing;
    size_t missing_count;
    const gr_lookalike *lookalike;
    size_t lookalike_count;
    bool has_largest;
    gr_amount
        largest;    /* the largest cost that would be approved, all else being the same; 0: none */
    gr_text record; /* id of the gift in a log of planned gifts; else empty */
} gr_preapproval;

#endif
