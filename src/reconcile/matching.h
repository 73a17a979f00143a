/* src/reconcile/matching.h - matching at work: what is kept of each record, and who belongs to whom. Inside src/reconcile
 * only. */
#ifndef GR_RECONCILE_MATCHING_H
#define GR_RECONCILE_MATCHING_H

#include "model/fact_prose.h"
#include "reconcile/reconcile.h"

typedef enum gr_system {
    GR_SYSTEM_NONE, /* a roster, a retraction: nothing to match */
    GR_SYSTEM_LOG,
    GR_SYSTEM_EXPENSES,
    GR_SYSTEM_APPROVALS,
    GR_SYSTEMS
} gr_system;

#define GR_CENTS_UNKNOWN UINT32_MAX
enum { GR_VALUE_FACTS = 17, GR_KNOWS_PAYER = 1 }; /* the bit of the payer among them */

/* Of each record of the tally, by its number. Amounts are whole cents of the policy's currency, rounded up: matching has
 * tolerances, and a limit is never compared with them. */
typedef struct gr_seen {
    uint32_t least, most; /* without and with what may come on top: tax, delivery, fee */
    uint32_t detail;      /* its number among the details, from 1; 0: it has none */
    uint32_t system : 2;
    uint32_t is_firm_paid : 1;
    uint32_t known : GR_VALUE_FACTS; /* bit: fact on which its value hangs */
} gr_seen;

/* What only some records have. */
typedef struct gr_detail {
    uint32_t gift;
    uint32_t approval, reference; /* where they stand among the texts; 0: it has none */
    uint32_t texts_before;
    bool is_approval_found, is_reference_found; /* in a free text: others put it there knowingly */
    uint64_t own;                               /* bit: recipient, by place, of the firm itself */
    bool has_end;
    gr_day ends;
    gr_breach
        duty; /* of an expense that is a gift: what it would break if no record had it; or FALSE */
} gr_detail;

/* Why two records are taken for one gift. */
typedef enum gr_means {
    GR_BY_NOTHING,
    GR_BY_REFERENCE,
    GR_BY_APPROVAL,
    GR_BY_CONTENT, /* giver, recipient, day, amount */
    GR_BY_AMOUNT   /* giver, day, amount, and nothing else competes: the expense names nobody */
} gr_means;

typedef struct gr_use { /* a gift that was given by an approval */
    uint32_t approval, gift;
    bool is_later; /* the approval had been used before */
    bool by_content;
} gr_use;

typedef struct gr_days { /* from the first to the last, both covered; first > last: none */
    gr_day first, last;
} gr_days;

struct gr_reconciliation {
    const gr_ruleset *set;
    const gr_names *names;
    gr_list seen;   /* of gr_seen */
    gr_list detail; /* of gr_detail, by gift */
    gr_list text;   /* of char: numbers, each with a final NUL */
    uint32_t taken[GR_SYSTEMS];
    /* made by gr_reconcile(), of what is in force */
    gr_tally *tally;
    gr_who who;
    uint32_t alive[GR_SYSTEMS];
    uint32_t *partner; /* of each record: the other one of its gift, or GR_NONE */
    uint8_t *means;
    uint32_t *giver;  /* of each giver: the least number of those who are called alike */
    uint32_t *person; /* of each recipient, in the same way, by name and employer */
    gr_list use;      /* of gr_use, by approval, the first user first */
    gr_days log, approvals;
    gr_days *expenses; /* by number in giver[] */
    gr_reconciled count;
};

/* ---- records ---- */

static inline const gr_seen *gr_seen_of(const gr_reconciliation *r, uint32_t record)
{
    return GR_AT(r->seen, gr_seen, record);
}

static inline const gr_gift *gr_gift_of(const gr_reconciliation *r, uint32_t record)
{
    return GR_AT(r->tally->gift, gr_gift, record);
}

/* NULL: it has none. */
static inline const gr_detail *gr_detail_of(const gr_reconciliation *r, uint32_t record)
{
    uint32_t number = gr_seen_of(r, record)->detail;

    return number ? GR_AT(r->detail, gr_detail, number - 1) : NULL;
}

static inline uint32_t gr_giver_of(const gr_reconciliation *r, uint32_t record)
{
    return r->giver[gr_gift_of(r, record)->giver];
}

static inline bool gr_is_alive(const gr_reconciliation *r, uint32_t record, gr_system system)
{
    return gr_seen_of(r, record)->system == system && !gr_gift_of(r, record)->is_dead;
}

static inline bool gr_is_matched(const gr_reconciliation *r, uint32_t record)
{
    return r->partner[record] != GR_NONE;
}

/* An expense that was found to be a gift; every record of the log is one. */
static inline bool gr_is_gift(const gr_reconciliation *r, uint32_t record)
{
    return gr_gift_of(r, record)->kind == GR_RECORD_GIFT;
}

/* The record by which a gift counts. */
static inline bool gr_is_first(const gr_reconciliation *r, uint32_t record)
{
    return !gr_gift_of(r, record)->is_double;
}

gr_text gr_number_text(const gr_reconciliation *r, uint32_t at); /* "" where at is 0 */
/* Numbers are the same whatever the case of their letters. */
bool gr_number_equal(gr_text a, gr_text b);
uint64_t gr_number_hash(gr_text number);
/* Does the condition ask for the fact "recorded"? Then the duty that claims it is about records of gifts. */
bool gr_asks_whether_recorded(const gr_condition *c);
/* The name of a fact on which the value hangs, by its bit in known: "who paid". */
const char *gr_value_fact_name(unsigned bit, gr_fact_prose *prose);

/* ---- how like two records are ---- */

typedef enum gr_common {
    GR_COMMON_SAME,     /* the same people */
    GR_COMMON_SOME,     /* some of them */
    GR_COMMON_POSSIBLE, /* somebody is possibly the same */
    GR_COMMON_UNNAMED,  /* one of the records names nobody */
    GR_COMMON_NONE
} gr_common;

/* Who received it, without those of the firm itself and those of whom nothing is known: persons in rising order, each
 * once. False: no memory. */
bool gr_persons_of(const gr_reconciliation *r, uint32_t record, gr_list *persons);
bool gr_common_find(const gr_reconciliation *r, uint32_t a, uint32_t b, gr_common *out);

/* How far their amounts are apart; GR_CENTS_UNKNOWN: one is not known. */
uint32_t gr_gap(const gr_reconciliation *r, uint32_t a, uint32_t b);
bool gr_amounts_fit(const gr_reconciliation *r, uint32_t a, uint32_t b);
int gr_days_between(const gr_reconciliation *r, uint32_t a, uint32_t b); /* never below 0 */
/* Does the log say that somebody else paid what the firm has paid by the expense? */
bool gr_payers_differ(const gr_reconciliation *r, uint32_t log, uint32_t expense);

/* By id, then by what the records say: the same whatever came first. */
int gr_record_order(const gr_reconciliation *r, uint32_t a, uint32_t b);

/* ---- candidates ---- */

typedef struct gr_possible_pair { /* two records that may be one gift */
    uint64_t distance;            /* the least is the best */
    uint32_t left, right;         /* of a log and an expense; of a gift and an approval */
    gr_means means;
} gr_possible_pair;

/* False: no memory. */
bool gr_candidate_add(const gr_reconciliation *r, uint32_t left, uint32_t right, gr_means means,
                      gr_list *candidates);
/* Keeps the best of them, one to one: the nearest first, then by the order of records. */
gr_status gr_candidates_choose(const gr_reconciliation *r, gr_list *candidates, gr_error *err);
/* Chooses, and makes the chosen ones partners. */
gr_status gr_candidates_match(gr_reconciliation *r, gr_list *candidates, gr_error *err);

/* ---- people and days, to look up ---- */

typedef struct gr_keyed {   /* a record under one of its keys */
    uint32_t giver, person; /* GR_NONE: whoever */
    gr_day day;
    uint32_t record;
    uint64_t digest; /* of the record: of two on one day the order means nothing */
} gr_keyed;

/* By giver, person, day. */
void gr_keys_sort(gr_list *keys);
/* The first item that is not before the key. */
size_t gr_keys_find(const gr_list *keys, uint32_t giver, uint32_t person, gr_day day);
bool gr_key_push(const gr_reconciliation *r, gr_list *keys, uint32_t giver, uint32_t person,
                 uint32_t record);

/* ---- approvals ---- */

bool gr_approvals_index(const gr_reconciliation *r, gr_table *known); /* false: no memory */
uint32_t gr_approval_find(const gr_reconciliation *r, const gr_table *known, gr_text number);

/* ---- the steps ---- */

gr_status gr_match_by_number(gr_reconciliation *r, gr_error *err);
gr_status gr_match_by_content(gr_reconciliation *r, gr_error *err);
gr_status gr_match_approvals(gr_reconciliation *r, gr_error *err);
gr_status gr_find_misfits(gr_reconciliation *r, const gr_subject *subject, gr_error *err);
gr_status gr_find_approval_misfits(gr_reconciliation *r, const gr_subject *subject, gr_error *err);

#endif
