/* src/report/text_page.h - a page of a terminal: how headings, paragraphs and tables look there. The
 * sections say what; they know no column and no colour code. The page keeps the first failure.
 *
 * Any text may be given: it is tamed on its way out (letter.h). Runs of spaces become one. */
#ifndef GR_REPORT_TEXT_PAGE_H
#define GR_REPORT_TEXT_PAGE_H

#include "base/arena.h"
#include "base/day.h"
#include "base/list.h"
#include "base/writer.h"

typedef enum gr_ink { GR_PLAIN, GR_BOLD, GR_RED, GR_YELLOW, GR_CYAN } gr_ink;

enum { GR_PAGE_NARROWEST = 40, GR_PAGE_WIDEST = 200, GR_PAGE_COLUMNS = 8, GR_PAGE_WORD = 1024 };

typedef struct gr_page_cell {
    enum { GR_CELL_TEXT, GR_CELL_REST, GR_CELL_RULE, GR_CELL_END } kind;
    gr_text text;
} gr_page_cell;

typedef struct gr_page {
    gr_writer *writer;
    gr_arena *scratch; /* texts of the table being built */
    unsigned width;
    bool colour, failed;             /* failed: no memory */
    gr_ink ink;                      /* as the terminal has it */
    unsigned column, indent, widest; /* of the line; of the lines after it; of the paragraph */
    unsigned owed;                   /* spaces due before the next word */
    bool fresh, glued;               /* no word on the line yet; the word goes on */
    char word[GR_PAGE_WORD];
    size_t word_bytes;
    unsigned word_columns;
    const char *columns; /* of the table */
    unsigned table_indent, count, start[GR_PAGE_COLUMNS], size[GR_PAGE_COLUMNS];
    unsigned longest[GR_PAGE_COLUMNS]; /* word of each column */
    unsigned beside, flows; /* columns that stand in line; the one from which on the rest flows */
    gr_list cells;          /* of gr_page_cell, row after row */
} gr_page;

bool gr_page_open(gr_page *page, gr_writer *writer, unsigned width, bool colour);
void gr_page_close(gr_page *page);

void gr_blank(gr_page *page);
void gr_heading_start(gr_page *page);
void gr_heading_end(gr_page *page);
/* Words between these two flow together; the first line starts at first, the others at indent. */
void gr_paragraph_start(gr_page *page, unsigned first, unsigned indent);
void gr_paragraph_end(gr_page *page);
void gr_say(gr_page *page, gr_ink ink, gr_text text);
void gr_say_print(gr_page *page, gr_ink ink, const char *format, ...) /* short texts and numbers */
    __attribute__((format(printf, 3, 4)));
void gr_say_count(gr_page *page, gr_ink ink, uint64_t count, const char *one, const char *many);
void gr_paragraph(gr_page *page, unsigned indent, const char *label, gr_text text);

/* A table: a letter for each column, l to the left, r to the right, w wrapped (the last one only). What
 * does not fit flows at the right of its row, or below it. A column without any text takes no room. */
void gr_grid_start(gr_page *page, unsigned indent, const char *columns);
void gr_cell(gr_page *page, gr_text text); /* lives until the end of the table */
void gr_cell_widen(gr_page *page);         /* the last cell takes all columns to the right */
void gr_cell_rule(gr_page *page);          /* a line across the column */
void gr_cell_print(gr_page *page, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));
void gr_cell_day(gr_page *page, gr_day day);
void gr_row_end(gr_page *page);
void gr_grid_end(gr_page *page);

/* For the table, within a paragraph: at which column the next word starts; a text in one piece. */
void gr_page_skip_to(gr_page *page, unsigned column);
void gr_page_put(gr_page *page, gr_text text);

#endif
