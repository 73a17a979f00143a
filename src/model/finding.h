/* src/model/finding.h - one thing that a person must look at: a verdict, the clause, the arithmetic, the
 * sources. The engine fills it, the ledger keeps it, the report shows it. */
#ifndef GR_MODEL_FINDING_H
#define GR_MODEL_FINDING_H

#include "base/day.h"
#include "base/money.h"
#include "base/text.h"
#include "model/decision.h"

typedef enum gr_verdict {
    GR_COMPLIANT, /* no finding; here for scenarios and for what an answer would mean */
    GR_WARNING,
    GR_NEEDS_REVIEW,
    GR_VIOLATION
} gr_verdict;

const char *gr_verdict_text(gr_verdict verdict); /* "needs_review", as in the JSON report */
bool gr_verdict_find(gr_text text, gr_verdict *out);

/* Over which time a limit adds up. The policy chooses among the first five, in the order of its words. */
typedef enum gr_basis {
    GR_CALENDAR,
    GR_FISCAL,
    GR_ANNIVERSARY,
    GR_TRAILING,
    GR_YEARS, /* how many kinds of year there are */
    GR_UNSTATED = GR_YEARS,
    GR_QUARTER,
    GR_ONE_DAY,
    GR_ONE_GIFT, /* each gift by itself */
    GR_BASIS_COUNT
} gr_basis;

const char *gr_basis_text(gr_basis basis);
bool gr_basis_find(gr_text text, gr_basis *out); /* not "unstated" */

typedef struct gr_period {
    gr_basis basis;
    gr_day from, to; /* both included */
} gr_period;

/* A sum of exact values: from low / den to high / den cents. */
typedef struct gr_total {
    gr_wide low, high;
    int64_t den;
    bool unbounded; /* high is not known at all; then do not read it */
} gr_total;

/* A gift that entered a total. */
typedef struct gr_counted {
    gr_text gift;
    gr_day day;
    gr_text giver_id, giver_name;
    gr_span value; /* what it counts for this recipient */
    gr_place source;
    gr_text note; /* why it counts as it does, where that is not plain; may be empty */
    bool
        through_other; /* given to somebody who is possibly the same person, or took it for that one */
    uint32_t
        recipient; /* number of whoever got it, in the run that judged; GR_NONE: nobody, or several */
} gr_counted;

/* Another way in which gifts that were counted call the recipient. */
typedef struct gr_joined {
    gr_text id, name, employer;
    gr_text why; /* it is the same person */
} gr_joined;

typedef struct gr_finding {
    gr_text id; /* "F-" and 12 hexadecimal digits; the same inputs give the same one */
    gr_verdict verdict;
    gr_text kind; /* limit, near-limit, record, ... as the rule files name them */
    gr_text rule, clause;
    gr_text provision; /* id of the limit or the duty in its rulebook; empty: no rulebook has one */
    gr_day day;
    gr_text gift;
    gr_place source;
    uint32_t position; /* of the recipient among those of the gift, from 0 */
    gr_text giver_id, giver_name;
    gr_text recipient_id, recipient_name, recipient_employer;
    const gr_joined *joined; /* by name; none where all are called alike */
    size_t joined_count;
    bool has_limit; /* when false there is no period, limit, total or over */
    bool is_count;  /* gifts are counted: limit, total, over and the counted values are numbers of
                       gifts, 3.00 for three */
    gr_period period;
    gr_amount limit;
    gr_text limit_clause; /* where the limit stands; clause may be that of what is asked */
    gr_total total;
    gr_amount over; /* how far the certain total is above the limit; num 0: not at all */
    gr_text currency;
    const gr_counted *counted; /* in order of day and record id, this gift last; zeros left out */
    size_t counted_count;
    gr_text reason;             /* one plain sentence */
    gr_text question;           /* only when it needs review; may be empty */
    gr_text answers;            /* what either answer would mean; may be empty */
    const gr_text *presumption; /* what was presumed for want of a fact */
    size_t presumption_count;
    const gr_decision
        *decision;           /* an officer's, of a finding that is in a ledger; NULL: it is open */
    const gr_decision *past; /* it was decided so, and has changed since; NULL: it was not */
} gr_finding;

#endif
