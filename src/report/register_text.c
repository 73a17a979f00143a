/* src/report/register_text.c - the register for paper: pages of numbered lines with a head, and no gift across two of them.
 * Under the number, the day and the record's name stands what is known, group by group, and which facts nobody has told. */
#include "report/register.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "report/letter.h"
#include "report/report.h"
#include "report/text_page.h"
#include "report/words.h"

/* Lines of a page, of its head; cells that stand in the line above a gift's facts; columns. */
enum { LINES = 60, HEAD = 3, FIRST = 3, MOST = 100 };

typedef struct paper {
    gr_sheet_out out;
    const gr_report *report;
    gr_writer *printer;                   /* who gets the pages */
    gr_page page;                         /* lays words out, into: */
    gr_writer draft;                      /* and that into: */
    gr_list block;                        /* bytes of what must stay together */
    unsigned number, line;                /* of the page; lines that it has */
    bool failed;                          /* no memory */
    const char *group;                    /* that is open */
    gr_sheet_cell lower;                  /* the last that was said; only numbers are read again */
    const gr_sheet_column *unknown[MOST]; /* what nobody told of this gift */
    size_t unknown_count;
} paper;

static bool keep(void *context, const char *bytes, size_t length)
{
    paper *p = context;

    if (!gr_list_reserve(&p->block, length)) {
        p->failed = true;
        return false;
    }
    memcpy((char *)p->block.items + p->block.count, bytes, length);
    p->block.count += length;
    return true;
}

/* ---- pages ---- */

static void page_head(paper *p)
{
    gr_text rule = gr_text_slice(p->report->book->rule, 0, 40);
    char moment[GR_MOMENT_TEXT];
    gr_letter letter;

    if (p->number > 0)
        gr_write(p->printer, "\f", 1);
    p->number++;
    gr_write_print(p->printer, "%s, ", GR_REGISTER_TITLE);
    while (gr_letter_tame(&rule, &letter))
        gr_write_text(p->printer, letter.bytes);
    gr_write_print(p->printer, "  -  page %u\n", p->number);
    gr_write_print(p->printer, "giftrule %s, generated %s\n", GR_VERSION,
                   gr_moment_print(p->report->generated, moment));
    p->line = HEAD;
}

/* What was written since the last time goes to the page, or to the next one if it has no room. */
static void block_end(paper *p)
{
    const char *bytes;
    unsigned lines = 0;

    if (!gr_writer_close(&p->draft) || p->failed || p->page.failed)
        gr_sheet_fail_memory(&p->out);
    bytes = p->block.items;
    for (size_t i = 0; i < p->block.count; i++)
        lines += bytes[i] == '\n';
    if (p->number == 0 || (p->line > HEAD && p->line + lines > LINES)) {
        page_head(p);
        if (lines > 0 && bytes[0] != '\n')
            gr_write(p->printer, "\n", 1);
    }
    gr_write(p->printer, bytes, p->block.count);
    p->line += lines;
    gr_list_cut(&p->block, 0);
}

/* ---- a gift ---- */

static void say(paper *p, gr_text text)
{
    gr_say(&p->page, GR_PLAIN, text);
}

static void group_start(paper *p, const char *group)
{
    p->group = group;
    gr_paragraph_start(&p->page, 4, 8);
    gr_say_print(&p->page, GR_PLAIN, "%s: ", group);
}

static void group_end(paper *p)
{
    if (p->group)
        gr_paragraph_end(&p->page);
    p->group = NULL;
}

static void fact(paper *p, const gr_sheet_cell *cell)
{
    const gr_sheet *sheet = p->out.sheet;
    const char *group = sheet->column[p->out.column].group;
    char room[GR_SHEET_NUMBER];

    if (p->group && strcmp(p->group, group) == 0) {
        say(p, GR_TEXT("; "));
    } else {
        group_end(p);
        group_start(p, group);
    }
    say(p, gr_sheet_heading(sheet, p->out.column));
    say(p, GR_TEXT(" "));
    say(p, gr_sheet_cell_words(cell, room));
    p->lower = *cell;
}

/* "25.00", "0.00 to 25.00" */
static void upper_end(paper *p, const gr_sheet_cell *cell)
{
    char room[GR_SHEET_NUMBER];

    if (gr_sheet_cells_meet(&p->lower, cell))
        return;
    if (cell->state == GR_SHEET_UNBOUNDED) {
        say(p, GR_TEXT(" or more"));
        return;
    }
    say(p, GR_TEXT(" to "));
    say(p, gr_sheet_cell_words(cell, room));
}

static void headline(paper *p, const gr_sheet_cell *cell)
{
    char room[GR_SHEET_NUMBER];

    if (p->out.column == 0) {
        gr_blank(&p->page);
        gr_paragraph_start(&p->page, 0, 4);
    } else {
        say(p, GR_TEXT(", "));
    }
    say(p, gr_text_of(p->out.sheet->column[p->out.column].heading));
    say(p, GR_TEXT(" "));
    say(p, gr_sheet_cell_words(cell, room));
    if (p->out.column == FIRST - 1)
        gr_paragraph_end(&p->page);
}

static void lines_cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    paper *p = (paper *)out;
    const gr_sheet_column *column = &out->sheet->column[out->column];

    if (out->column < FIRST)
        headline(p, cell);
    else if (cell->state == GR_SHEET_UNKNOWN && p->unknown_count < MOST)
        p->unknown[p->unknown_count++] = column;
    else if (column->is_upper && cell->state != GR_SHEET_NOTHING)
        upper_end(p, cell);
    else if (cell->state != GR_SHEET_NOTHING)
        fact(p, cell);
}

/* "Unknown: recipient title, capacity; item logo" */
static void say_unknown(paper *p)
{
    if (p->unknown_count == 0)
        return;
    gr_paragraph_start(&p->page, 4, 8);
    say(p, GR_TEXT("Unknown: "));
    for (size_t i = 0; i < p->unknown_count; i++) {
        const gr_sheet_column *column = p->unknown[i];

        if (i == 0 || strcmp(column->group, p->unknown[i - 1]->group) != 0)
            gr_say_print(&p->page, GR_PLAIN, "%s%s: ", i > 0 ? "; " : "", column->group);
        else
            say(p, GR_TEXT(", "));
        say(p, gr_text_of(column->heading));
    }
    gr_paragraph_end(&p->page);
    p->unknown_count = 0;
}

static void lines_row_end(gr_sheet_out *out)
{
    paper *p = (paper *)out;

    group_end(p);
    say_unknown(p);
    block_end(p);
}

static void nothing(gr_sheet_out *out)
{
    (void)out;
}

/* ---- what stands before and after ---- */

static void list_cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    paper *p = (paper *)out;
    const gr_sheet_column *column = &out->sheet->column[out->column];
    char room[GR_SHEET_NUMBER];

    if (out->column == 0)
        gr_paragraph_start(&p->page, 0, 4);
    if (cell->state == GR_SHEET_NOTHING)
        return;
    if (column->is_upper) {
        upper_end(p, cell);
        return;
    }
    if (out->column > 0)
        say(p, out->column == 1 ? GR_TEXT(": ") : GR_TEXT(", "));
    if (column->type == GR_SHEET_COUNT)
        gr_say_print(&p->page, GR_PLAIN, "%s ", column->name);
    say(p, gr_sheet_cell_words(cell, room));
    p->lower = *cell;
}

static void list_row_end(gr_sheet_out *out)
{
    paper *p = (paper *)out;

    gr_paragraph_end(&p->page);
    block_end(p);
}

static void heading(paper *p, const char *text)
{
    gr_blank(&p->page);
    gr_heading_start(&p->page);
    gr_say(&p->page, GR_BOLD, gr_text_of(text));
    gr_heading_end(&p->page);
}

static gr_status write(paper *p, gr_register_sum *sum, gr_error *err)
{
    static const gr_sheet_kind list = { nothing, list_cell, list_row_end, nothing };
    static const gr_sheet_kind lines = { nothing, lines_cell, lines_row_end, nothing };
    gr_status status;

    p->out.kind = &list;
    status = gr_sheet_write(&gr_register_head, p->report, &p->out, err);
    p->out.kind = &lines;
    if (status == GR_OK)
        status = gr_sheet_write(&gr_register_lines, p->report, &p->out, err);
    if (status == GR_OK && sum->shares == 0)
        gr_paragraph(&p->page, 0, NULL, GR_TEXT("No gifts."));
    p->out.kind = &list;
    heading(p, "Totals");
    if (status == GR_OK)
        status = gr_sheet_write(&gr_register_totals, p->report, &p->out, err);
    if (status == GR_OK)
        gr_write_print(p->printer, "\nEnd of the register, %u %s.\n", p->number,
                       p->number == 1 ? "page" : "pages");
    return status;
}

gr_status gr_register_text(const gr_report *report, unsigned width, gr_writer *writer,
                           gr_error *err)
{
    gr_register_sum sum;
    paper p = { .report = report, .printer = writer, .block = GR_LIST(char) };
    bool opened = gr_register_sum_open(&sum);
    gr_status status;

    gr_writer_open(&p.draft, keep, &p);
    opened = gr_page_open(&p.page, &p.draft, width, false) && opened;
    p.out.sum = &sum;
    p.out.writer = writer;
    p.out.scratch = gr_arena_create();
    status = opened && p.out.scratch ? write(&p, &sum, err) : gr_fail_memory(err);
    gr_page_close(&p.page);
    gr_list_free(&p.block);
    gr_arena_free(p.out.scratch);
    gr_register_sum_close(&sum);
    return status;
}
