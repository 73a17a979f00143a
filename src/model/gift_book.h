/* src/model/gift_book.h - every gift in force, with what it counts under one rule: what the register, spreadsheets and
 * pages list gifts from. Records are read when they are asked for, so that a million of them are never in memory.
 *
 * The book tells of all rules what was found, and of one, its own, what each share counts and adds up to. */
#ifndef GR_MODEL_GIFT_BOOK_H
#define GR_MODEL_GIFT_BOOK_H

#include "model/finding.h"
#include "model/record.h"

typedef enum gr_line_standing {
    GR_LINE_COUNTS,    /* all of its value */
    GR_LINE_MAY_COUNT, /* nothing, or its value: something is unknown */
    GR_LINE_EXCLUDED,  /* by an exclusion, or worth nothing */
    GR_LINE_OUTSIDE    /* the rule is not about it */
} gr_line_standing;

/* Where a sum stands in a period of the book's limit. */
typedef struct gr_line_sum {
    gr_period period;
    gr_total total;
    gr_amount limit;
    gr_verdict verdict; /* of the limit alone, on the day of the gift */
} gr_line_sum;

/* One recipient's part in one gift. What it points to lives during the call. */
typedef struct gr_gift_line {
    uint64_t
        number; /* from 1, in the order of day, record id and recipient: the same whatever is listed */
    const gr_record *record; /* with facts that officers supplied */
    const gr_recipient
        *recipient;         /* as the record has it; no fact is known of one that is not named */
    uint32_t place, places; /* among the recipients of the gift, from 0; how many there are */
    gr_day day;             /* on which it counts */
    gr_text id;             /* of the record; may be empty */
    gr_text format;
    gr_place source;
    gr_text giver_id, giver_name; /* the fullest name; either may be empty */
    uint32_t executive;           /* place in the report's list; UINT32_MAX: not in it */
    uint32_t person;              /* place in the book's list */
    gr_line_standing standing;
    gr_span
        worth; /* of this part, before exclusions: 0 to unbounded where nobody knows, or the rule does not say */
    gr_span value; /* what it counts: from 0 on where it MAY_COUNT, nothing where it does not */
    gr_text
        why; /* it does not plainly count, or how its value was found; may be empty. A phrase, no sentence */
    gr_text clause;  /* of what excludes it, or of the limit */
    bool has_sum;    /* it counts, or may */
    gr_line_sum sum; /* with it and all before it in its period */
    const gr_finding *const
        *finding; /* about this part of it, or about the whole gift; of any rule */
    size_t finding_count;
} gr_gift_line;

typedef gr_status (*gr_on_gift_line)(void *context, const gr_gift_line *line, gr_error *err);

/* Somebody who got something, however records spell the name. */
typedef struct gr_book_person {
    gr_text id, name, employer; /* of the latest gift; each may be empty */
    uint32_t client;            /* place in the book's list */
    uint64_t gifts;
    gr_day first, last;  /* days of gifts */
    gr_summary findings; /* about gifts to this person: violations to warnings, decided */
    bool has_sum;        /* there is a limit on the report's day */
    /* Of what was given up to that day, in the period in which it lies; its verdict is not set. Nothing that counts was
     * ever given: nothing, on that day. */
    gr_line_sum sum;
    /* Of the limit: if all that is possible counts, and if only what is certain does; 0: nothing, or it is passed. */
    gr_amount left_low, left_high;
} gr_book_person;

/* The employer of recipients, spelt alike once. */
typedef struct gr_book_client {
    gr_text name;           /* empty: employers that are not told */
    const uint32_t *person; /* places in the book's list, in its order */
    size_t person_count;
    uint64_t gifts; /* to any of them */
    gr_summary findings;
} gr_book_client;

typedef struct gr_book_month {
    gr_day first; /* its first day */
    uint64_t gifts, violations, needs_review,
        warnings; /* by the day of the gift; open findings only */
} gr_book_month;

typedef struct gr_limit_step {
    gr_day from, to; /* GR_DAY_FIRST, GR_DAY_LAST: open */
    gr_amount amount;
} gr_limit_step;

typedef enum gr_book_order {
    GR_BOOK_BY_DAY,       /* all, in the order of their numbers */
    GR_BOOK_OF_EXECUTIVE, /* those of one account executive, by place in the report's list */
    GR_BOOK_OF_PERSON     /* those to one person, by place in the book's list */
} gr_book_order;

typedef struct gr_gift_book {
    gr_text rule, title, clause, currency; /* of the limit that it is about */
    const gr_limit_step *step;             /* by day */
    size_t step_count;
    gr_day from, to;              /* of gifts in it; what is before still counts in sums */
    const gr_book_person *person; /* by name, employer and id */
    size_t person_count;
    const gr_book_client *client; /* by name; the one without a name last */
    size_t client_count;
    const gr_book_month *month; /* by day; months without gifts between them too */
    size_t month_count;
    uint64_t gifts, lines;
    gr_total counted; /* what all lines count together */
    void *owned;      /* the maker's business */
    /* Passes lines to take, in the order of their numbers; of: which executive or person. */
    gr_status (*each)(const struct gr_gift_book *book, gr_book_order order, uint32_t of,
                      gr_on_gift_line take, void *context, gr_error *err);
    /* The same without reading a record, many times as fast: of a line only number, person, executive, day, sum and
     * findings are told. */
    gr_status (*each_sum)(const struct gr_gift_book *book, gr_book_order order, uint32_t of,
                          gr_on_gift_line take, void *context, gr_error *err);
} gr_gift_book;

#endif
