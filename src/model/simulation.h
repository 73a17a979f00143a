/* src/model/simulation.h - the same gifts under two sets of rules, compared and complete: what both formats of a
 * simulation are written from. Texts live in the simulation's arena, its runs' or the rules'. */
#ifndef GR_MODEL_SIMULATION_H
#define GR_MODEL_SIMULATION_H

#include "model/finding.h"
#include "model/record.h"

enum { GR_IN_USE, GR_SIMULATED, GR_SIDES };

/* Why a set of rules finds nothing where the other one does. */
typedef enum gr_silence {
    GR_SILENCE_NONE,         /* it found something, or it added the gift up and it was compliant */
    GR_SILENCE_NO_RULEBOOK,  /* the rulebook is not in use */
    GR_SILENCE_NO_PROVISION, /* the rulebook has no such limit or duty */
    GR_SILENCE_NO_ROW,       /* the limit has no amount for the day of the gift */
    GR_SILENCE_NO_GIFT,      /* no gift to this person stands under this id */
    GR_SILENCE_NOT_COUNTED, /* the limit does not add it up: excluded, out of scope, or worth nothing */
    GR_SILENCE_DUTY_KEPT, /* the duty is not broken, or not owed */
    GR_SILENCE_OTHER_DAY, /* it is not among the days that were asked for */
    GR_SILENCE_NOT_KEPT,  /* so many gifts that their sums were not kept */
    GR_SILENCE_NOT_FOUND, /* nothing was found: not by a rulebook, but by comparing records or looking for patterns */
    GR_SILENCE_COUNT
} gr_silence;

const char *gr_silence_text(gr_silence silence); /* "not-counted", as in the JSON report */

/* What one set of rules says about a gift. */
typedef struct gr_outcome {
    const gr_finding
        *finding; /* compliant, with empty id, where it was added up and nothing is found;
                                  NULL: silence tells why */
    gr_silence silence;
} gr_outcome;

typedef enum gr_change_kind {
    GR_CHANGE_NEW,     /* found by the simulated rules only */
    GR_CHANGE_CHANGED, /* found by both, and not alike */
    GR_CHANGE_GONE     /* found by the rules in use only */
} gr_change_kind;

enum { GR_COUNTED_SHOWN = 8 }; /* gifts that a report in brief lists: the latest of those counted */

/* In what the two sides of a change differ. */
enum { GR_DIFFERS_VERDICT = 1, GR_DIFFERS_CLAUSE = 2, GR_DIFFERS_LIMIT = 4, GR_DIFFERS_TOTAL = 8 };

typedef struct gr_change {
    gr_change_kind kind;
    unsigned differs;
    gr_outcome side[GR_SIDES];
    bool
        same_shown; /* both count as many gifts, and the ones listed in brief are the same at the same values */
} gr_change;

typedef struct gr_change_counts {
    uint64_t added, gone, changed, same;
} gr_change_counts;

typedef struct gr_simulated_executive {
    gr_text id, name; /* either may be empty */
    gr_change_counts counts;
    const gr_change *const *change; /* new, then changed, then gone; worst first, by day and gift */
    size_t change_count;
} gr_simulated_executive;

/* What the gifts came to under one set of rules. */
typedef struct gr_simulated_side {
    uint64_t gifts, violations, needs_review, warnings, quarantined, refused;
} gr_simulated_side;

/* A choice, or a rulebook with its digest, that is not the same in both; empty: not there. */
typedef struct gr_rule_difference {
    gr_text name, side[GR_SIDES];
} gr_rule_difference;

/* A record or a whole input that was not judged under one set of rules, or under both. */
typedef struct gr_unjudged {
    const gr_error *error;
    gr_text record; /* empty for an input */
    bool under[GR_SIDES];
} gr_unjudged;

struct gr_simulation {
    gr_arena *arena;
    gr_day as_of;
    int64_t generated; /* seconds since 1970, UTC */
    bool has_from, has_to;
    gr_day from, to;
    gr_text ledger;         /* file name; empty: none */
    const gr_source *input; /* as the rules in use read them */
    size_t input_count;
    gr_change_counts counts;
    gr_simulated_side side[GR_SIDES];
    const gr_rule_difference *choice, *rulebook;
    size_t choice_count, rulebook_count;
    const gr_simulated_executive *executive; /* who has a finding under either, by id in bytes */
    size_t executive_count;
    const gr_unjudged *quarantined, *refused; /* by file and line */
    size_t quarantined_count, refused_count;
    bool differs;        /* in a finding, or in what was judged at all */
    const gr_text *note; /* one line each: what was passed over, and is no error */
    size_t note_count;
    void *owned; /* what else the simulation keeps alive; the maker's business */
    void (*release)(void *owned);
};

#endif
