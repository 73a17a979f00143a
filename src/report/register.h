/* src/report/register.h - the register of gifts: one list of columns and one list of sums, for the files that write it in
 * their formats. */
#ifndef GR_REPORT_REGISTER_H
#define GR_REPORT_REGISTER_H

#include "base/list.h"
#include "base/table.h"
#include "report/sheet.h"

/* What the gifts of one currency cost together, before anything was left out. */
typedef struct gr_register_cost {
    gr_text currency; /* empty: not told */
    uint64_t gifts;
    gr_total sum;
} gr_register_cost;

/* Added up while rows are written, from the rows alone. */
typedef struct gr_register_sum {
    uint64_t gifts, shares;
    uint64_t without_cost; /* gifts of which nobody told the cost */
    gr_total counted;
    gr_list cost; /* of gr_register_cost; by currency once all rows are written */
    gr_table by_currency;
    gr_arena *arena;
    char last_id[256]; /* of the gift before */
    size_t last_id_length;
    gr_place last;
} gr_register_sum;

bool gr_register_sum_open(gr_register_sum *sum); /* false: no memory; then close it too */
void gr_register_sum_close(gr_register_sum *sum);
bool gr_register_sum_add(gr_register_sum *sum, const gr_gift_line *line); /* false: no memory */
/* All rows are written: what was added up must be what the book says. */
gr_status gr_register_sum_check(gr_register_sum *sum, const gr_gift_book *book, gr_error *err);

/* What it is a register of; its rows, for which out->sum must be a gr_register_sum; the sums after them. */
extern const gr_sheet gr_register_head, gr_register_lines, gr_register_totals;

/* "R. Smith register ...": the title of every format. */
#define GR_REGISTER_TITLE "Register of gifts"

#endif
