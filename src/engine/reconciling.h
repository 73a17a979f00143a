/* src/engine/reconciling.h - rules/reconciliation.xml: what is found where gift log, expenses and approvals do not agree,
 * how grave that is, and how the numbers of other systems look in free text. */
#ifndef GR_ENGINE_RECONCILING_H
#define GR_ENGINE_RECONCILING_H

#include "base/problems.h"
#include "engine/pattern.h"
#include "model/fact.h"
#include "model/finding.h"
#include "rulefile/rulefile.h"

typedef enum gr_mismatch {
    GR_MISMATCH_NOT_LOGGED,
    GR_MISMATCH_NOT_EXPENSED,
    GR_MISMATCH_AMOUNT_DIFFERS,
    GR_MISMATCH_RECIPIENT_DIFFERS,
    GR_MISMATCH_FACTS_ELSEWHERE,
    GR_MISMATCH_ABOVE_APPROVAL,
    GR_MISMATCH_OTHER_APPROVAL,
    GR_MISMATCH_APPROVAL_DAYS,
    GR_MISMATCH_UNKNOWN_APPROVAL,
    GR_MISMATCH_APPROVAL_REUSED,
    GR_MISMATCH_APPROVAL_UNUSED,
    GR_MISMATCH_COUNT
} gr_mismatch;

typedef struct gr_mismatch_rule {
    gr_text id, kind, clause, ask; /* clause and ask may be empty */
    gr_text text;                  /* what it is, for explanations */
    gr_verdict verdict;            /* GR_COMPLIANT: it is not told */
} gr_mismatch_rule;

typedef struct gr_number_pattern {
    gr_fact number; /* approval or reference */
    gr_fact in;     /* the text where it may stand */
    gr_pattern *pattern;
} gr_number_pattern;

typedef struct gr_reconciling {
    gr_mismatch_rule outcome[GR_MISMATCH_COUNT];
    gr_number_pattern *number;
    size_t number_count;
    int nearest_days; /* so far away is the nearest record of another system still named */
    gr_text file;
    char sha256[65]; /* of the file */
} gr_reconciling;

gr_status gr_reconciling_load(const char *path, const char *schema, gr_arena *arena,
                              gr_problems *problems, gr_reconciling *out, gr_error *err);
void gr_reconciling_free(gr_reconciling *reconciling); /* its patterns; the rest is the arena's */

#endif
