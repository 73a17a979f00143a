/* src/report/register_text.c - the register for paper: pages of numbered lines with a head, and no gift across two of them.
 * Under the number, the day and the record's name stands what is known, group by group, and which facts nobody has told. */
#include "report/register.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "report/report.h"
#include "report/text_page.h"
#include "report/words.h"

enum { LINES = 60, FIRST = 3 }; /* of a page; cells that stand in the line above a gift's facts */

typedef struct paper {
    gr_sheet_out out;
    const gr_report *report;
    gr_writer *printer;    /* who gets the pages */
    gr_page page;          /* lays words out, into: */
    gr_writer draft;       /* and that into: */
    gr_list block;         /* bytes of what must stay together */
    unsigned number, line; /* of the page; lines that it has */
    bool failed;           /* no memory */
    const char *group;     /* that is open */
    bool started;          /* it has a word */
    gr_text *unknown;      /* headings of the group's facts that nobody told: in scratch */
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
    const gr_gift_book *book = p->report->book;
    char moment[GR_MOMENT_TEXT];

    if (p->number > 0)
        gr_write(p->printer, "\f", 1);
    p->number++;
    gr_write_print(p->printer, "%s, %.*s  -  page %u\n", GR_REGISTER_TITLE, GR_SHOW(book->rule),
                   p->number);
    gr_write_print(p->printer, "giftrule %s, generated %s\n\n", GR_VERSION,
                   gr_moment_print(p->report->generated, moment));
    p->line = 3;
}

/* What was written since the last time goes to the page, or to the next one if it has no room. */
static void block_end(paper *p)
{
    const char *bytes = p->block.items;
    unsigned lines = 0;

    if (!gr_writer_close(&p->draft) || p->failed || p->page.failed)
        gr_sheet_fail_memory(&p->out);
    for (size_t i = 0; i < p->block.count; i++)
        lines += bytes[i] == '\n';
    if (p->number == 0 || (p->line > 3 && p->line + lines > LINES))
        page_head(p);
    gr_write(p->printer, bytes, p->block.count);
    p->line += lines;
    gr_list_cut(&p->block, 0);
}

/* ---- a gift ---- */

static gr_text plain(const gr_sheet_cell *cell, char room[GR_SHEET_NUMBER])
{
    if (cell->state == GR_SHEET_UNKNOWN)
        return GR_TEXT("unknown");
    if (cell->state == GR_SHEET_UNBOUNDED)
        return GR_TEXT("without bound");
    if (cell->type == GR_SHEET_VERDICT)
        return gr_text_of(gr_sheet_verdict_words(cell->verdict));
    return gr_sheet_cell_plain(cell, room);
}

static void say(paper *p, gr_text text)
{
    gr_say(&p->page, GR_PLAIN, text);
}

static void group_end(paper *p)
{
    if (!p->group)
        return;
    for (size_t i = 0; i < p->unknown_count; i++) {
        say(p, i > 0 ? GR_TEXT(", ") : p->started ? GR_TEXT("; unknown: ") : GR_TEXT("unknown: "));
        say(p, p->unknown[i]);
    }
    gr_paragraph_end(&p->page);
    p->group = NULL;
}

static void group_start(paper *p, const char *group)
{
    p->group = group;
    p->started = false;
    p->unknown_count = 0;
    gr_paragraph_start(&p->page, 4, 8);
    gr_say_print(&p->page, GR_PLAIN, "%s: ", group);
}

static void add_unknown(paper *p, const char *heading)
{
    if (!p->unknown)
        p->unknown = gr_arena_zero(p->out.scratch, sizeof *p->unknown * p->out.sheet->column_count);
    if (p->unknown)
        p->unknown[p->unknown_count++] = gr_text_of(heading);
    else
        gr_sheet_fail_memory(&p->out);
}

static void fact(paper *p, const gr_sheet_column *column, const gr_sheet_cell *cell)
{
    char room[GR_SHEET_NUMBER];

    if (!p->group || strcmp(p->group, column->group) != 0) {
        group_end(p);
        group_start(p, column->group);
    }
    if (cell->state == GR_SHEET_UNKNOWN) {
        add_unknown(p, column->heading);
        return;
    }
    if (p->started)
        say(p, GR_TEXT("; "));
    gr_say_print(&p->page, GR_PLAIN, "%s ", column->heading);
    say(p, plain(cell, room));
    p->started = true;
}

static void lines_cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    paper *p = (paper *)out;
    const gr_sheet_column *column = &out->sheet->column[out->column];
    char room[GR_SHEET_NUMBER];

    if (out->column == 0) {
        gr_blank(&p->page);
        gr_paragraph_start(&p->page, 0, 4);
    }
    if (out->column < FIRST) {
        gr_say_print(&p->page, GR_PLAIN, "%s%s ", out->column > 0 ? ", " : "", column->heading);
        say(p, plain(cell, room));
        if (out->column == FIRST - 1)
            gr_paragraph_end(&p->page);
    } else if (cell->state != GR_SHEET_NOTHING) {
        fact(p, column, cell);
    }
}

static void lines_row_end(gr_sheet_out *out)
{
    paper *p = (paper *)out;

    group_end(p);
    block_end(p);
    p->unknown = NULL; /* its memory is given back now */
}

static void nothing(gr_sheet_out *out)
{
    (void)out;
}

/* ---- what stands before and after ---- */

static void list_cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    paper *p = (paper *)out;
    char room[GR_SHEET_NUMBER];

    if (out->column == 0)
        gr_paragraph_start(&p->page, 0, 4);
    if (cell->state == GR_SHEET_NOTHING)
        return;
    if (out->column > 0)
        say(p, out->column == 1 ? GR_TEXT(": ") : GR_TEXT(", "));
    if (out->sheet == &gr_register_totals && out->column > 1)
        gr_say_print(&p->page, GR_PLAIN, "%s ", out->sheet->column[out->column].name);
    say(p, plain(cell, room));
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
