/* src/report/register_html.c - the register for a browser and its printer: a row for each share, a cell for each group of
 * facts. The page comes as it is written. */
#include "report/register.h"

#include <string.h>

#include "base/error.h"
#include "report/document.h"
#include "report/report.h"

enum { MOST = 100 }; /* columns */

typedef struct web_page {
    gr_sheet_out out;
    gr_document *document;
    const char *group;         /* whose cell is open */
    bool started;              /* it has a word */
    const char *unknown[MOST]; /* headings of what nobody told */
    size_t unknown_count;
    gr_sheet_cell lower; /* the last that was said; only numbers are read again */
} web_page;

static void say(web_page *w, gr_tone tone, gr_text text)
{
    gr_document_say(w->document, tone, text);
}

static gr_tone tone_of(const gr_sheet_cell *cell)
{
    if (cell->state != GR_SHEET_GIVEN)
        return GR_TONE_QUIET;
    if (cell->type != GR_SHEET_VERDICT)
        return cell->type == GR_SHEET_TEXT ? GR_TONE_NAME : GR_TONE_PLAIN;
    return cell->verdict == GR_VIOLATION      ? GR_TONE_RED
           : cell->verdict == GR_NEEDS_REVIEW ? GR_TONE_YELLOW
           : cell->verdict == GR_WARNING      ? GR_TONE_CYAN
                                              : GR_TONE_PLAIN;
}

static void say_value(web_page *w, const gr_sheet_cell *cell)
{
    char room[GR_SHEET_NUMBER];

    say(w, tone_of(cell), gr_sheet_cell_words(cell, room));
}

/* ---- rows of groups ---- */

static size_t groups_of(const gr_sheet *sheet, gr_column *column)
{
    size_t count = 0;

    for (size_t i = 0; i < sheet->column_count && count < GR_DOCUMENT_COLUMNS; i++)
        if (i == 0 || strcmp(sheet->column[i].group, sheet->column[i - 1].group) != 0) {
            column[count] = (gr_column){ sheet->column[i].group, 'l', count == 0 };
            count++;
        }
    return count;
}

/* What nobody told of the group, in one place. */
static void say_unknown(web_page *w)
{
    for (size_t i = 0; i < w->unknown_count; i++) {
        say(w, GR_TONE_QUIET,
            i > 0        ? GR_TEXT(", ")
            : w->started ? GR_TEXT("; unknown: ")
                         : GR_TEXT("unknown: "));
        say(w, GR_TONE_QUIET, gr_text_of(w->unknown[i]));
    }
    w->unknown_count = 0;
}

static void group_end(web_page *w)
{
    if (!w->group)
        return;
    say_unknown(w);
    gr_document_cell_end(w->document);
    w->group = NULL;
}

static void fact(web_page *w, const gr_sheet_cell *cell)
{
    const gr_sheet *sheet = w->out.sheet;

    if (w->started)
        say(w, GR_TONE_PLAIN, GR_TEXT("; "));
    say(w, GR_TONE_QUIET, gr_sheet_heading(sheet, w->out.column));
    say(w, GR_TONE_QUIET, GR_TEXT(" "));
    say_value(w, cell);
    w->started = true;
    w->lower = *cell;
}

static void upper_end(web_page *w, const gr_sheet_cell *cell)
{
    if (gr_sheet_cells_meet(&w->lower, cell))
        return;
    if (cell->state == GR_SHEET_UNBOUNDED) {
        say(w, GR_TONE_PLAIN, GR_TEXT(" or more"));
        return;
    }
    say(w, GR_TONE_PLAIN, GR_TEXT(" to "));
    say_value(w, cell);
}

static void lines_cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    web_page *w = (web_page *)out;
    const gr_sheet_column *column = &out->sheet->column[out->column];

    if (out->column == 0)
        gr_document_row_start(w->document, NULL);
    if (!w->group || strcmp(w->group, column->group) != 0) {
        group_end(w);
        gr_document_cell_start(w->document);
        w->group = column->group;
        w->started = false;
    }
    if (cell->state == GR_SHEET_UNKNOWN && w->unknown_count < MOST)
        w->unknown[w->unknown_count++] = column->heading;
    else if (column->is_upper && cell->state != GR_SHEET_NOTHING)
        upper_end(w, cell);
    else if (cell->state != GR_SHEET_NOTHING)
        fact(w, cell);
}

static void lines_row_end(gr_sheet_out *out)
{
    web_page *w = (web_page *)out;

    group_end(w);
    gr_document_row_end(w->document);
}

/* ---- plain tables ---- */

static void table_cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    web_page *w = (web_page *)out;

    if (out->column == 0)
        gr_document_row_start(w->document, NULL);
    gr_document_cell_start(w->document);
    if (cell->state != GR_SHEET_NOTHING)
        say_value(w, cell);
    gr_document_cell_end(w->document);
}

static void table_row_end(gr_sheet_out *out)
{
    gr_document_row_end(((web_page *)out)->document);
}

static void nothing(gr_sheet_out *out)
{
    (void)out;
}

static gr_status table(web_page *w, const gr_sheet *sheet, const gr_report *report, gr_error *err)
{
    static const gr_sheet_kind kind = { nothing, table_cell, table_row_end, nothing };
    gr_column column[GR_DOCUMENT_COLUMNS];
    gr_status status;

    for (size_t i = 0; i < sheet->column_count; i++)
        column[i] = (gr_column){ sheet->column[i].heading,
                                 sheet->column[i].type == GR_SHEET_TEXT ? 'l' : 'r', i == 0 };
    gr_document_table_start(w->document, sheet->title, column, sheet->column_count);
    w->out.kind = &kind;
    status = gr_sheet_write(sheet, report, &w->out, err);
    gr_document_table_end(w->document);
    return status;
}

static gr_status lines(web_page *w, const gr_report *report, gr_error *err)
{
    static const gr_sheet_kind kind = { nothing, lines_cell, lines_row_end, nothing };
    gr_column column[GR_DOCUMENT_COLUMNS];
    size_t count = groups_of(&gr_register_lines, column);
    gr_status status;

    gr_document_table_start(w->document, "Gifts by day, one row for each recipient", column, count);
    w->out.kind = &kind;
    status = gr_sheet_write(&gr_register_lines, report, &w->out, err);
    gr_document_table_end(w->document);
    return status;
}

static void heading(web_page *w, unsigned level, const char *anchor, const char *text)
{
    gr_document_heading_start(w->document, level, anchor);
    gr_document_say(w->document, GR_TONE_BOLD, gr_text_of(text));
    gr_document_heading_end(w->document);
}

static gr_status write(web_page *w, const gr_report *report, gr_error *err)
{
    gr_status status;

    heading(w, 1, NULL, GR_REGISTER_TITLE);
    status = table(w, &gr_register_head, report, err);
    heading(w, 2, "gifts", "Gifts");
    if (status == GR_OK)
        status = lines(w, report, err);
    heading(w, 2, "totals", "Totals");
    if (status == GR_OK)
        status = table(w, &gr_register_totals, report, err);
    return status;
}

static gr_status put_page(const gr_report *report, gr_register_sum *sum, gr_writer *writer,
                          gr_error *err)
{
    web_page w = { .out = { .writer = writer, .sum = sum, .scratch = gr_arena_create() } };
    gr_status status =
        w.out.scratch ? gr_document_open_html(writer, GR_TEXT(GR_REGISTER_TITLE), &w.document, err)
                      : gr_fail_memory(err);
    gr_error later;

    if (status == GR_OK) {
        status = write(&w, report, err);
        if (gr_document_close(w.document, &later) != GR_OK && status == GR_OK) {
            *err = later;
            status = later.status;
        }
    }
    gr_arena_free(w.out.scratch);
    return status;
}

gr_status gr_register_html(const gr_report *report, gr_writer *writer, gr_error *err)
{
    gr_register_sum sum;
    gr_status status =
        gr_register_sum_open(&sum) ? put_page(report, &sum, writer, err) : gr_fail_memory(err);

    gr_register_sum_close(&sum);
    return status;
}
