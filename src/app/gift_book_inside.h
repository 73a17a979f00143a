/* src/app/gift_book_inside.h - what the files that make a book of gifts share. */
#ifndef GR_APP_GIFT_BOOK_INSIDE_H
#define GR_APP_GIFT_BOOK_INSIDE_H

#include "app/gift_book.h"
#include "engine/follow.h"

/* Where the sum stands after a share. */
typedef struct gr_book_stand {
    const gr_limit_row *row; /* NULL: no limit on its day, or this limit does not add it up */
    gr_period period;
    int64_t low, high, den; /* high may be GR_UNBOUNDED */
    gr_verdict verdict;
} gr_book_stand;

typedef struct gr_book_line {
    uint32_t gift, place; /* number of the tally; among its recipients */
} gr_book_line;

/* Lines in groups: those of group g are line[first[g]] ... line[first[g + 1] - 1]. */
typedef struct gr_book_groups {
    uint32_t *first, *line;
} gr_book_groups;

struct gr_bookkeeper {
    gr_gift_book book; /* given to the report */
    gr_arena *arena;   /* of what lives as long as the report; borrowed */
    const gr_rules *rules;
    gr_ledger *ledger;
    gr_intake *intake; /* its own, or that of the run that has just judged everything */
    gr_intake own;
    gr_who who;
    uint16_t followed_book;
    size_t followed_limit;
    gr_filtering *filtering; /* NULL: every gift is listed */
    const gr_report *report;
    gr_book_stand *stand; /* by entry of the rulebook */
    gr_book_stand
        *stand_of_person; /* on the report's day; by the number that stands for the person */
    gr_book_line *line;   /* by day, id and place */
    size_t line_count;
    uint32_t *person;    /* by number of a recipient who stands for the person: place in the book */
    uint32_t *executive; /* by number of a giver: place in the report */
    gr_book_groups of_person, of_executive;
    gr_list finding; /* of const gr_finding *: those of the report */
    gr_table found;  /* places in finding, by id of the gift and line */
    gr_fetcher *fetcher;
    gr_arena *scratch; /* of one line */
    gr_list told;      /* of const gr_finding *: those of one line */
};

static inline const gr_gift *gr_book_gift(const gr_bookkeeper *k, uint32_t gift)
{
    return GR_AT(k->intake->tally->gift, gr_gift, gift);
}

/* Keeps those lines that the filter takes. */
gr_status gr_book_filter(gr_bookkeeper *keeper, gr_filtering *filtering, gr_error *err);

/* The recipient of a line, by number. */
uint32_t gr_book_recipient(const gr_bookkeeper *keeper, const gr_book_line *line);
const gr_limit *gr_book_limit(const gr_bookkeeper *keeper);
gr_line_sum gr_book_sum(const gr_book_stand *stand); /* nothing where there is no limit */
/* The entry that holds what a part counts; GR_NONE: it surely counts nothing. */
uint32_t gr_book_entry(const gr_bookkeeper *keeper, const gr_book_line *line);
/* What an entry counts by the book's limit; OUTSIDE: that does not add it up. */
gr_line_standing gr_book_value(const gr_bookkeeper *keeper, uint32_t entry, gr_span *value);
/* The next finding about a line; *cursor starts at 0. NULL: there are no more. */
const gr_finding *gr_book_finding(const gr_bookkeeper *keeper, const gr_book_line *line,
                                  size_t *cursor);

/* All of them, in the line; they live until the next call. */
gr_status gr_book_tell_findings(gr_bookkeeper *keeper, const gr_book_line *at, gr_gift_line *line,
                                gr_error *err);

/* People, clients and months, once the lines are there. */
gr_status gr_book_add_people(gr_bookkeeper *keeper, gr_error *err);

/* The book's own each(). */
gr_status gr_book_each(const gr_gift_book *book, gr_book_order order, uint32_t of,
                       gr_on_gift_line take, void *context, gr_error *err);

gr_status gr_book_each_sum(const gr_gift_book *book, gr_book_order order, uint32_t of,
                           gr_on_gift_line take, void *context, gr_error *err);

#endif
