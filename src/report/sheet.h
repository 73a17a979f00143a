/* src/report/sheet.h - tables: a name, typed columns, and rows that are written one at a time, so that a million of them
 * are never in memory. A table is written once, cell by cell; behind it stands whoever makes a file of it. Those know no
 * table, and tables know no format.
 *
 * What is written keeps the first failure. Texts need to live only for the call. */
#ifndef GR_REPORT_SHEET_H
#define GR_REPORT_SHEET_H

#include "base/arena.h"
#include "base/writer.h"
#include "model/report.h"

typedef enum gr_sheet_type {
    GR_SHEET_TEXT,
    GR_SHEET_DAY,
    GR_SHEET_MONEY, /* rounded up to cents where it is shown */
    GR_SHEET_COUNT,
    GR_SHEET_VERDICT
} gr_sheet_type;

typedef struct gr_sheet_column {
    const char *name;    /* for programs: "giver_id" */
    const char *heading; /* for people */
    gr_sheet_type type;
    uint8_t width;     /* in letters */
    const char *group; /* of columns that belong together: "Recipient"; may be NULL */
    bool is_upper;     /* the upper end of what the column before begins: "worth, at most" */
} gr_sheet_column;

typedef enum gr_sheet_state {
    GR_SHEET_GIVEN,
    GR_SHEET_NOTHING,  /* there is nothing to say */
    GR_SHEET_UNKNOWN,  /* there is, and nobody has said it */
    GR_SHEET_UNBOUNDED /* an amount without known upper end */
} gr_sheet_state;

typedef struct gr_sheet_cell {
    gr_sheet_state state;
    gr_sheet_type type; /* of the column, or COUNT where gifts are counted in place of money */
    gr_text text;
    gr_day day;
    gr_wide num; /* num / den cents */
    int64_t den;
    uint64_t count;
    gr_verdict verdict;
} gr_sheet_cell;

typedef struct gr_sheet_out gr_sheet_out;

typedef struct gr_sheet {
    const char *name;  /* for programs and files: "findings" */
    const char *title; /* for people */
    const gr_sheet_column *column;
    size_t column_count;
    gr_status (*rows)(const gr_report *report, gr_sheet_out *out, gr_error *err);
} gr_sheet;

/* Every table of a report, in the order in which people read them. */
enum { GR_SHEETS = 8 };
extern const gr_sheet *const gr_sheets[GR_SHEETS];

/* Writes a whole table. */
gr_status gr_sheet_write(const gr_sheet *sheet, const gr_report *report, gr_sheet_out *out,
                         gr_error *err);

/* ---- for who writes rows: cells in the order of the columns ---- */

void gr_sheet_text(gr_sheet_out *out, gr_text text); /* empty: nothing */
void gr_sheet_text_or_unknown(gr_sheet_out *out, gr_text text);
void gr_sheet_words(gr_sheet_out *out, const char *text);
void gr_sheet_print(gr_sheet_out *out, const char *format, ...) /* short texts */
    __attribute__((format(printf, 2, 3)));
void gr_sheet_day(gr_sheet_out *out, gr_day day);
void gr_sheet_money(gr_sheet_out *out, gr_wide num, int64_t den);
void gr_sheet_amount(gr_sheet_out *out, gr_amount amount);        /* may be GR_UNBOUNDED */
void gr_sheet_gifts(gr_sheet_out *out, gr_wide num, int64_t den); /* hundredths, of a number */
void gr_sheet_count(gr_sheet_out *out, uint64_t count);
void gr_sheet_count_if_any(gr_sheet_out *out, uint64_t count); /* 0: nothing */
void gr_sheet_verdict(gr_sheet_out *out, gr_verdict verdict);
/* A fact of a record, or of one of its recipients, who may be NULL. */
void gr_sheet_fact(gr_sheet_out *out, const gr_record *record, const gr_recipient *recipient,
                   gr_fact fact);
/* Both ends of a value, of a total: two cells. */
void gr_sheet_span(gr_sheet_out *out, gr_span value);
void gr_sheet_total(gr_sheet_out *out, const gr_total *total);
void gr_sheet_blank(gr_sheet_out *out, gr_sheet_state state, size_t count); /* that many cells */
void gr_sheet_row_end(gr_sheet_out *out);

/* Whether there is any use in more rows. */
bool gr_sheet_goes_on(const gr_sheet_out *out);
/* The same, for a function that is called for each row of many: the failure, which *err then tells. */
gr_status gr_sheet_state_of(const gr_sheet_out *out, gr_error *err);
/* For a text that is put together; forgotten at the end of the row. Without memory out keeps it. */
gr_text gr_sheet_join(gr_sheet_out *out, gr_text front, const char *between, gr_text back);

/* ---- for what stands behind ---- */

typedef struct gr_sheet_kind {
    void (*start)(gr_sheet_out *);                       /* of out->sheet */
    void (*cell)(gr_sheet_out *, const gr_sheet_cell *); /* in column out->column */
    void (*row_end)(gr_sheet_out *);
    void (*end)(gr_sheet_out *); /* of the table */
} gr_sheet_kind;

struct gr_sheet_out { /* the first member of each kind's own */
    const gr_sheet_kind *kind;
    const gr_sheet *sheet;
    size_t column;
    uint64_t rows;     /* of this table, so far */
    gr_arena *scratch; /* its owner's */
    gr_writer *writer; /* NULL: it has none */
    void *sum;         /* what one table leaves for the next; the tables' business */
    gr_status status;  /* the first failure, told in problem */
    gr_error problem;
};

void gr_sheet_fail_memory(gr_sheet_out *out);

/* ---- texts on their way out ---- */

enum { GR_SHEET_NUMBER = 48 };

/* A day, an amount, a number, a verdict as programs read it; a text as it is. room: for what is printed. */
gr_text gr_sheet_cell_plain(const gr_sheet_cell *cell, char room[GR_SHEET_NUMBER]);
/* The same for people who read one fact after the other; "unknown" is a word of it. */
gr_text gr_sheet_cell_words(const gr_sheet_cell *cell, char room[GR_SHEET_NUMBER]);
/* Whether another column brings the upper end; then the heading is cut at its comma. */
bool gr_sheet_is_lower(const gr_sheet *sheet, size_t column);
gr_text gr_sheet_heading(const gr_sheet *sheet, size_t column);
/* Whether two ends are one. */
bool gr_sheet_cells_meet(const gr_sheet_cell *lower, const gr_sheet_cell *upper);
const char *gr_sheet_verdict_words(gr_verdict verdict); /* for people: "needs review" */
/* Cents, rounded up; of a COUNT the whole number. */
gr_wide gr_sheet_cell_rounded(const gr_sheet_cell *cell);

#endif
