/* src/model/explanation.h - how one finding was reached, as plain data: all that a person needs to reach it again by
 * hand. What judged fills it, and every format is written from it. Texts live as long as the explanation. */
#ifndef GR_MODEL_EXPLANATION_H
#define GR_MODEL_EXPLANATION_H

#include "model/fact.h"
#include "model/report.h"
#include "model/supplied.h"

typedef enum gr_answer { GR_ANSWER_FALSE, GR_ANSWER_UNKNOWN, GR_ANSWER_TRUE } gr_answer;

const char *gr_answer_text(gr_answer answer); /* "true", "false", "unknown" */

/* Cents as a fraction in lowest terms, "90001/3"; empty where they are whole. */
enum {
    GR_FRACTION_TEXT = 2 * GR_MONEY_TEXT,
    GR_EXACT_TEXT = GR_MONEY_TEXT + GR_FRACTION_TEXT + 16
};
const char *gr_fraction_print(gr_wide num, int64_t den, char out[GR_FRACTION_TEXT]);
/* The amount and, where it is no whole number of cents, the fraction: "300.01 (90001/3 cents)". */
const char *gr_exact_print(gr_wide num, int64_t den, char out[GR_EXACT_TEXT]);

/* ---- what the rule files say ---- */

/* Where a statement of a rule file comes from. Each text may be empty. */
typedef struct gr_backing {
    gr_text clause, clause_title;
    gr_text source;  /* ids: the explanation says what they stand for */
    gr_text sure;    /* text, summary or derived */
    gr_day from, to; /* GR_DAY_FIRST, GR_DAY_LAST: no such end */
} gr_backing;

typedef enum gr_asked_kind {
    GR_ASKED_ALL,
    GR_ASKED_ANY,
    GR_ASKED_NOT,
    GR_ASKED_FIELD,
    GR_ASKED_JUDGMENT
} gr_asked_kind;

/* One condition, and its answer for one share. */
typedef struct gr_asked {
    gr_asked_kind kind;
    unsigned depth; /* what stands inside another follows it, one deeper */
    gr_answer answer;
    uint32_t line;    /* of the rule file */
    gr_text words;    /* of a field: "kind is ticket or meal"; of a judgment: the question */
    gr_text value;    /* of a field: what it was compared with; empty: not stated */
    bool is_presumed; /* the value is presumed */
    bool is_computed; /* the value is no fact of the record, but computed */
    bool is_spared;   /* the answer of the whole was clear before: judging did not come to it */
} gr_asked;

typedef struct gr_inquiry { /* a condition with all inside it; count 0: there is none */
    const gr_asked *asked;
    size_t count;
} gr_inquiry;

/* ---- one share of one gift ---- */

typedef struct gr_explained_fact {
    gr_text name, value;
    bool of_recipient;
    bool is_detected;            /* not stated: what was found out about an expense */
    const gr_supplied *supplied; /* not stated: what an officer has told; else NULL */
} gr_explained_fact;

typedef struct gr_explained_presumption {
    gr_text fact, word, text;
    gr_backing backing;
    gr_inquiry when;
} gr_explained_presumption;

/* A scope, an exclusion or a duty that was claimed. */
typedef struct gr_explained_claim {
    gr_text id, title;
    gr_backing law;
    gr_inquiry claimed, provided;
    gr_answer answer; /* does it apply */
    gr_text because;  /* why it does not, where the rule file has words for it */
    gr_text question; /* what would settle it; only when unknown */
    bool decides;     /* of exclusions: what the share counts is by this one */
    gr_text freed;    /* of duties: which exclusions free the gift of it: no, record or any */
    gr_answer broken; /* of duties: whether the share breaks it, exclusions looked at too */
} gr_explained_claim;

typedef struct gr_explained_claims {
    const gr_explained_claim *claimed;
    size_t claimed_count;
    const gr_text *unclaimed; /* ids: no fact of the gift claims them */
    size_t unclaimed_count;
    const gr_text *no_law; /* ids: not law on that day */
    size_t no_law_count;
    const gr_text *passed_over; /* ids: the gift was excluded before them */
    size_t passed_over_count;
} gr_explained_claims;

typedef enum gr_step_kind {
    GR_STEP_TAKEN_OFF, /* it was in the cost */
    GR_STEP_PUT_ON,
    GR_STEP_PERHAPS, /* nobody says whether it belongs to the cost */
    GR_STEP_OPEN     /* it is in the cost, and nobody says how much it is */
} gr_step_kind;

typedef struct gr_explained_step {
    gr_step_kind kind;
    gr_text fact;   /* tax, delivery, fee; empty: of GR_STEP_OPEN */
    gr_amount part; /* as stated */
    gr_span after;
} gr_explained_step;

enum { GR_MAX_STEPS = 4 };

typedef struct gr_explained_amount {
    gr_text fact;
    bool is_stated, is_left_out;
    gr_amount stated; /* in the currency of the record */
    gr_text absent;   /* left out: what is presumed instead */
    gr_span base;     /* in the currency of the rule, before the steps */
    gr_explained_step step[GR_MAX_STEPS];
    size_t step_count;
    gr_span worth; /* what goes into the worth */
} gr_explained_amount;

typedef struct gr_explained_worth { /* one row of the valuation that was tried */
    gr_text title, how;             /* how: higher-of, between or first-of */
    gr_inquiry when;
    gr_answer answer;
    const gr_explained_amount *amount; /* none when the row does not apply */
    size_t amount_count;
    gr_span worth;
    bool decides; /* it surely applies: later rows were not looked at */
} gr_explained_worth;

typedef struct gr_explained_rate {
    bool is_asked, is_found; /* asked: the amounts are in another currency */
    gr_text currency, into, value;
    gr_day from, to;
    gr_place at;
} gr_explained_rate;

typedef struct gr_explained_valuation {
    bool is_there; /* else the rulebook has none on that day */
    gr_backing law;
    bool without_tax, without_delivery;
    gr_explained_rate rate;
    const gr_explained_worth *worth;
    size_t worth_count;
    gr_span whole; /* of the whole gift */
} gr_explained_valuation;

typedef struct gr_explained_division {
    int64_t people; /* behind all recipients for whom no share is stated */
    int64_t behind; /* behind the name of this one */
    bool is_named, any_stated, has_share, has_cost;
    gr_amount share, stated, cost; /* stated: the sum of the stated shares */
    int64_t quantity;              /* 0: not stated */
    gr_span part, unit;            /* unit: one piece */
} gr_explained_division;

typedef enum gr_counting { GR_COUNTING_ALL, GR_COUNTING_PERHAPS, GR_COUNTING_NOTHING } gr_counting;

typedef struct gr_explained_day { /* a gift may count on one of several days */
    gr_day day;
    gr_counting counting;
    gr_span worth;
} gr_explained_day;

typedef struct gr_explained_gift {
    gr_text id, format;
    gr_day day;
    gr_place source;
    gr_text giver_id, giver_name;
    gr_text recipient_id, recipient_name, recipient_employer; /* as the record has them */
    uint32_t recipient;   /* number in the run: tells apart people who are called alike */
    bool is_judged;       /* the one that the finding is about */
    gr_text other_record; /* of the same gift, in another system, and why; empty: there is none */
    const gr_explained_fact *fact;
    size_t fact_count;
    const gr_explained_presumption *presumption;
    size_t presumption_count;
    bool has_scope;
    gr_explained_claim scope;
    bool is_in_scope; /* when false nothing below was asked */
    gr_explained_valuation valuation;
    gr_explained_division division;
    gr_explained_claims exclusions, duties;
    gr_counting counting;   /* by its exclusions */
    gr_span counts;         /* of what the share is worth; 100 of a gift where gifts are counted */
    const gr_text *missing; /* questions: facts that would make its worth exact */
    const gr_text *missed;  /* names of these facts */
    size_t missing_count;
    const gr_explained_day *other_day; /* what it counts is the widest over all its days */
    size_t other_day_count;
    /* its place in the sum */
    bool has_when; /* the limit adds up some gifts only */
    gr_inquiry when;
    bool is_own;    /* given to the one whose sum it is; else to somebody possibly the same */
    bool is_partly; /* some of its days are outside of the period */
    gr_wide low, high, sum_low, sum_high; /* over the den of the sum; sum: with all before it */
    bool is_unbounded, sum_unbounded;
    gr_text note;
} gr_explained_gift;

/* A gift to the same people in the same time that counts nothing. */
typedef struct gr_left_out {
    gr_text id;
    gr_day day;
    gr_place source;
    gr_text giver_id, giver_name, why;
} gr_left_out;

/* ---- the finding ---- */

typedef struct gr_explained_source { /* one that the explanation names */
    gr_text id, title;
} gr_explained_source;

typedef struct gr_explained_rule {
    gr_text id, title, authority, file, sha256, firm_kinds;
} gr_explained_rule;

typedef enum gr_added { GR_ADDED_RECIPIENT, GR_ADDED_GIVER, GR_ADDED_CLIENT } gr_added;

typedef struct gr_explained_limit {
    gr_text id, text;
    gr_backing backing; /* of the row in force */
    gr_amount amount;
    uint32_t line; /* of the row */
    bool reached_is_over, is_count, is_conditional;
    gr_added added; /* whose gifts */
    gr_verdict verdict;
    bool period_of_policy;
    gr_basis basis; /* by the rulebook or by the policy; GR_UNSTATED: all were tried */
    gr_backing period;
    gr_day anchor; /* the day of the first gift that may count */
} gr_explained_limit;

typedef struct gr_explained_view { /* one period and day, as the gift was judged by them */
    gr_day day;
    gr_period period;
    gr_amount limit;
    gr_total total;
    gr_verdict verdict;
    bool is_chosen;
} gr_explained_view;

typedef enum gr_kinship {
    GR_KIN_JUDGED,
    GR_KIN_SAME,
    GR_KIN_POSSIBLE,
    GR_KIN_COLLEAGUE
} gr_kinship;

typedef struct gr_explained_person { /* one way in which counted gifts call a recipient */
    gr_text id, name, employer;
    gr_kinship kinship;
    gr_text why;
    const gr_text *gift; /* ids of those gifts */
    size_t gift_count;
} gr_explained_person;

struct gr_explanation {
    const gr_finding *finding;
    gr_explained_rule rule;
    const gr_explained_source *source;
    size_t source_count;
    const gr_choice *policy; /* the choices that mattered */
    size_t policy_count;
    bool has_limit, has_duty; /* neither: no rulebook has a limit on that day, or is_oddity */
    bool is_oddity; /* rule is a check or a pattern of detection, on rule_line of its file */
    uint32_t rule_line;
    gr_explained_limit limit;
    const gr_explained_view *view;
    size_t view_count;
    bool bases_differ, days_differ; /* why the views disagree */
    bool
        is_compared; /* records of several systems were compared: the duty is what the firm's file calls it */
    gr_text duty, duty_text;
    gr_verdict duty_verdict;
    const gr_explained_gift *gift; /* as finding->counted; of a duty the one gift */
    size_t gift_count;
    const gr_left_out *left_out;
    size_t left_out_count;
    const gr_explained_person *person;
    size_t person_count;
    gr_answer over; /* is the sum above the limit: surely, perhaps */
    bool is_sure;   /* the judged gift surely counts */
    uint64_t quarantined;
    const gr_error *refused; /* inputs of which nothing was read */
    size_t refused_count;
    void *owned; /* the maker's business */
    void (*release)(void *owned);
};

#endif
