/* src/engine/oddity.h - what looks odd, as rules/detection.xml has it: checks of one record, and patterns over several
 * that have something in common. Compiled and immutable; src/detect looks for them. */
#ifndef GR_ENGINE_ODDITY_H
#define GR_ENGINE_ODDITY_H

#include "engine/rulebook.h"

/* What gifts of a pattern have in common, or differ in. */
typedef enum gr_key {
    GR_KEY_RECIPIENT,
    GR_KEY_EMPLOYER,
    GR_KEY_GIVER,
    GR_KEY_MERCHANT,
    GR_KEY_DESCRIPTION,
    GR_KEY_REPORT,
    GR_KEY_DAY,
    GR_KEY_AMOUNT,
    GR_KEY_COUNT
} gr_key;

#define GR_KEY_WORDS    "recipient employer giver merchant description report day amount"
#define GR_KEY_BIT(key) (1u << (key))

/* What a worth is compared with: an amount, or a limit of a rulebook on the day of the gift. */
typedef struct gr_bound {
    gr_text rule, limit; /* rule empty: the amount */
    gr_amount amount;
    gr_place at;
    const gr_limit *found; /* NULL: of a rulebook that is not for this firm */
} gr_bound;

typedef enum gr_worth_of {
    GR_WORTH_OF_SHARE,
    GR_WORTH_OF_GIFT,
    GR_WORTH_OF_HEAD,
    GR_WORTH_OF_NAMED_HEAD
} gr_worth_of;

typedef struct gr_worth_test {
    gr_worth_of of;
    gr_condition_kind kind; /* UNDER, AT_MOST, AT_LEAST, ABOVE */
    bool is_just_under;     /* AT_MOST, and under it by no more than the share by */
    gr_amount by;
    gr_bound bound;
} gr_worth_test;

typedef enum gr_window { GR_WINDOW_DAYS, GR_WINDOW_QUARTER, GR_WINDOW_YEAR } gr_window;

enum { GR_NO_KIND = 31 };
enum { GR_MAX_WORTH_TESTS = 4, GR_MAX_SHOWN = 4, GR_MAX_HURDLES = 4, GR_MAX_ODDITIES = 200 };

typedef struct gr_oddity {
    gr_text id, title, kind, clause, reason, question; /* clause and question may be empty */
    gr_place at;
    gr_verdict verdict;
    bool is_on;
    bool is_pattern;
    bool with_expenses, with_gifts;
    const gr_condition *when;
    gr_gate gate;
    const gr_condition *hurdle
        [GR_MAX_HURDLES]; /* parts of it that are comparisons of numbers, and dear to nobody */
    size_t hurdle_count;
    uint32_t kinds; /* bit: word of the fact kind with which it may hold; GR_NO_KIND: without any */
    bool of_recipient; /* it looks at each recipient of a record; otherwise at the record */
    bool of_name; /* at nothing but how the recipient is called: the answer is that of the person */
    gr_worth_test worth[GR_MAX_WORTH_TESTS];
    size_t worth_count;
    uint8_t shown[GR_MAX_SHOWN]; /* facts, also computed ones */
    size_t shown_count;
    /* of a check */
    uint32_t event; /* bit: word of the fact event; 0: it is not about events */
    int before, after;
    /* of a pattern */
    uint32_t same, differ; /* bits of gr_key */
    gr_window window;
    int days; /* of GR_WINDOW_DAYS: the first and the last included */
    uint64_t gifts;
    bool has_total, has_share;
    gr_bound total;
    gr_amount share;
} gr_oddity;

/* Whether gifts to one person are all that it takes. */
static inline bool gr_oddity_is_across(const gr_oddity *odd)
{
    return odd->is_pattern && (odd->has_share || !(odd->same & GR_KEY_BIT(GR_KEY_RECIPIENT)));
}

/* Reads the checks and patterns below root; with the policy's choice of verdicts. *out is NULL without memory. */
void gr_oddities_read(const gr_node *root, const gr_policy *policy, gr_arena *arena,
                      gr_conditions *conditions, gr_problems *problems, gr_oddity **out,
                      size_t *count);
/* A limit that a bound names is looked for in book; told is every rulebook there is, for whatever firm. */
void gr_oddities_bind(gr_oddity *odd, size_t count, const gr_rulebook *book, size_t book_count,
                      const gr_rulebook *told, size_t told_count, gr_problems *problems);

#endif
