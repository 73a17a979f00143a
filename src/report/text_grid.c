/* src/report/text_grid.c - tables of a page. The cells are collected first, since a column is as wide as
 * its widest text; a table of counted gifts is short, that of the inputs as long as their list. */
#include "report/text_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "report/letter.h"

enum { GAP = 2, LEAST_FLOW = 24 }; /* columns: between cells; for texts that wrap */

static void add(gr_page *page, int kind, gr_text text)
{
    gr_page_cell *cell = gr_list_add(&page->cells);

    if (!cell) {
        page->failed = true;
        return;
    }
    cell->kind = kind;
    cell->text = text;
}

void gr_grid_start(gr_page *page, unsigned indent, const char *columns)
{
    page->columns = columns;
    page->table_indent = indent;
}

void gr_cell(gr_page *page, gr_text text)
{
    add(page, GR_CELL_TEXT, text);
}

void gr_cell_widen(gr_page *page)
{
    if (page->cells.count > 0)
        GR_AT(page->cells, gr_page_cell, page->cells.count - 1)->kind = GR_CELL_REST;
}

void gr_cell_rule(gr_page *page)
{
    add(page, GR_CELL_RULE, GR_TEXT(""));
}

void gr_cell_print(gr_page *page, const char *format, ...)
{
    va_list args;
    char *text;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    n = n > 0 ? n : 0;
    text = gr_arena_alloc(page->scratch, (size_t)n + 1);
    if (!text) {
        page->failed = true;
        return;
    }
    va_start(args, format);
    vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    add(page, GR_CELL_TEXT, (gr_text){ text, (size_t)n });
}

void gr_cell_day(gr_page *page, gr_day day)
{
    char text[GR_DAY_TEXT];

    gr_cell_print(page, "%s", gr_day_print(day, text));
}

void gr_row_end(gr_page *page)
{
    add(page, GR_CELL_END, GR_TEXT(""));
}

static unsigned longest_word(gr_text text)
{
    gr_letter letter;
    unsigned longest = 0, word = 0;

    while (gr_letter_tame(&text, &letter)) {
        word = letter.code == ' ' ? 0 : word + gr_letter_columns(&letter);
        longest = word > longest ? word : longest;
    }
    return longest;
}

static void measure(gr_page *page)
{
    size_t column = 0;

    memset(page->size, 0, sizeof page->size);
    memset(page->longest, 0, sizeof page->longest);
    for (size_t i = 0; i < page->cells.count; i++) {
        const gr_page_cell *cell = GR_AT(page->cells, gr_page_cell, i);

        if (cell->kind == GR_CELL_TEXT && column < GR_PAGE_COLUMNS) {
            unsigned size = gr_text_columns(cell->text), word = longest_word(cell->text);

            page->size[column] = size > page->size[column] ? size : page->size[column];
            page->longest[column] = word > page->longest[column] ? word : page->longest[column];
        }
        column = cell->kind == GR_CELL_END ? 0 : column + 1;
    }
}

/* The room that the columns from this one on want when they flow: no word is to be broken. The comma
 * after a word needs a place too. */
static unsigned flow_room(const gr_page *page, unsigned column)
{
    unsigned room = LEAST_FLOW;

    for (; column < page->count; column++)
        room = page->longest[column] >= room ? page->longest[column] + 1 : room;
    return room;
}

/* The least that a column takes when it stands in line. */
static unsigned least_size(const gr_page *page, unsigned column)
{
    unsigned size = page->size[column], word = page->longest[column];

    if (page->columns[column] != 'w' || size <= LEAST_FLOW)
        return size;
    return word > LEAST_FLOW ? word : LEAST_FLOW;
}

/* Where each column starts, and how many stand in line: all, if there is room; else those before the
 * last one from which on the rest can flow; else as many as fit, and the rest flows below. Amounts never
 * flow beside: they are compared with those above them. */
static void place(gr_page *page)
{
    unsigned at = page->table_indent, fit = 0, amounts = 0;

    page->count = (unsigned)strlen(page->columns);
    for (unsigned i = 0; i < page->count; i++) {
        page->start[i] = at;
        fit +=
            fit == i && (i == 0 || page->size[i] == 0 || at + least_size(page, i) <= page->width);
        at += page->size[i] > 0 ? page->size[i] + GAP : 0;
        amounts = page->columns[i] == 'r' ? i : amounts;
    }
    page->beside = fit;
    page->flows = page->count;
    for (unsigned i = fit < page->count ? fit : 0; i > amounts && page->flows == page->count; i--)
        if (page->start[i] + flow_room(page, i) <= page->width)
            page->flows = page->beside = i;
}

static void flow(gr_page *page, const gr_page_cell *cell, unsigned column)
{
    bool first = true;

    gr_page_skip_to(page, column);
    for (; cell->kind != GR_CELL_END; cell++) {
        if (cell->text.len == 0)
            continue;
        if (!first)
            gr_say(page, GR_PLAIN, GR_TEXT(", "));
        gr_say(page, GR_PLAIN, cell->text);
        first = false;
    }
}

/* What has no room in line flows below, under the second column if that leaves enough. */
static void flow_below(gr_page *page, const gr_page_cell *cell)
{
    unsigned under = page->start[1];

    if (page->beside < 2 || under + flow_room(page, page->beside) > page->width)
        under = page->table_indent + 2;
    if (page->owed < page->column || page->word_bytes > 0) /* something stands on the line */
        gr_paragraph_end(page);
    gr_paragraph_start(page, 0, 0);
    flow(page, cell, under);
}

static void write_rule(gr_page *page, unsigned column)
{
    unsigned size = page->size[column];

    gr_page_skip_to(page, page->start[column]);
    for (unsigned i = 0; i < size; i++)
        gr_page_put(page, GR_TEXT("-"));
}

static void write_cell(gr_page *page, unsigned column, const gr_page_cell *cell)
{
    unsigned start = page->start[column];

    if (cell->kind == GR_CELL_RULE) {
        write_rule(page, column);
    } else if (cell->kind == GR_CELL_REST || page->columns[column] == 'w') {
        gr_page_skip_to(page, start);
        gr_say(page, GR_PLAIN, cell->text);
    } else if (cell->text.len > 0) {
        if (page->columns[column] == 'r')
            start += page->size[column] - gr_text_columns(cell->text);
        gr_page_skip_to(page, start);
        gr_page_put(page, cell->text);
    }
}

static bool has_text(const gr_page_cell *cell)
{
    while (cell->kind != GR_CELL_END && cell->text.len == 0)
        cell++;
    return cell->kind != GR_CELL_END;
}

/* A text over all columns that are left stands in line where it has room to wrap. */
static bool is_too_wide(const gr_page *page, const gr_page_cell *cell, unsigned column)
{
    unsigned size = cell->kind == GR_CELL_REST ? gr_text_columns(cell->text) : 0;

    return page->start[column] + (size < LEAST_FLOW ? size : LEAST_FLOW) > page->width;
}

/* The cell after the row. */
static const gr_page_cell *write_row(gr_page *page, const gr_page_cell *cell)
{
    unsigned column = 0;

    gr_paragraph_start(page, 0, 0);
    for (; cell->kind != GR_CELL_END && column < page->beside; cell++, column++) {
        if (is_too_wide(page, cell, column))
            break;
        write_cell(page, column, cell);
    }
    if (column < page->count && cell->kind == GR_CELL_REST && !is_too_wide(page, cell, column))
        write_cell(page, column, cell++);
    if (has_text(cell) && column == page->flows)
        flow(page, cell, page->start[column]);
    else if (has_text(cell))
        flow_below(page, cell);
    gr_paragraph_end(page);
    while (cell->kind != GR_CELL_END)
        cell++;
    return cell + 1;
}

void gr_grid_end(gr_page *page)
{
    if (!page->failed && page->cells.count > 0) {
        const gr_page_cell *cell = GR_AT(page->cells, gr_page_cell, 0);
        const gr_page_cell *end = cell + page->cells.count;

        measure(page);
        place(page);
        while (cell < end)
            cell = write_row(page, cell);
    }
    gr_list_cut(&page->cells, 0);
    gr_arena_reset(page->scratch);
}
