/* src/model/diff.h - what a ledger says at one moment and did not at another, and what made the difference. */
#ifndef GR_MODEL_DIFF_H
#define GR_MODEL_DIFF_H

#include "model/history.h"

typedef enum gr_diff_kind {
    GR_DIFF_NEW,
    GR_DIFF_CHANGED,
    GR_DIFF_GONE,
    GR_DIFF_KINDS
} gr_diff_kind;

typedef struct gr_diff_finding {
    gr_diff_kind kind;
    gr_text id, rule, clause, gift, day, giver, recipient;
    const gr_event_change *change; /* of a changed one; of the others what it is, or was */
    size_t change_count;
    const gr_event
        *cause; /* versions of records that it counts, before or after, that came between */
    size_t cause_count;
} gr_diff_finding;

typedef struct gr_diff {
    gr_text ledger;
    int64_t before, after; /* entries; 0: none had been made */
    gr_text before_started, after_started;
    const gr_diff_finding *finding; /* by kind, then by id */
    size_t finding_count;
    uint64_t count[GR_DIFF_KINDS];
    uint64_t came, changed, retracted; /* records, whether findings count them or not */
    const gr_event *decision;
    size_t decision_count;
    const gr_event_change *rule; /* what differs in the rules by which was judged */
    size_t rule_count;
} gr_diff;

#endif
