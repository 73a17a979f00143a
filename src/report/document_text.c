/* src/report/document_text.c - a document on a page for a terminal. Headings part by size: the title is underlined,
 * a section stands at the margin, what is inside stands two columns to the right of it. */
#include "report/document.h"

#include <string.h>

#include "base/error.h"
#include "report/text_page.h"

enum { DEEPEST = 24, STEP = 2, LABEL = 11 };

typedef struct text_document {
    gr_document document;
    gr_arena *arena; /* it lives in it */
    gr_writer *writer;
    gr_page page;
    unsigned level;       /* of the heading above */
    bool started, closed; /* something stands on the page; ... under the heading */
    bool is_open;         /* a paragraph is */
    unsigned depth;
    struct {
        gr_list_kind kind;
        unsigned number, at; /* at: the column of its items */
    } lists[DEEPEST + 1];    /* by depth, from 1 */
    char columns[GR_DOCUMENT_COLUMNS + 1];
    bool in_cell, no_memory;
    gr_list cell; /* of char: the words of the cell */
} text_document;

static text_document *of(gr_document *document)
{
    return (text_document *)document;
}

static unsigned body(const text_document *t)
{
    return t->level < 2 ? 0 : (t->level - 1) * STEP;
}

static void end_paragraph(text_document *t)
{
    if (t->is_open)
        gr_paragraph_end(&t->page);
    t->is_open = false;
}

/* A blank line parts what stands in a section; what stands under a heading of its own is short. */
static void part(text_document *t)
{
    if (t->closed && t->level < GR_DOCUMENT_LEVELS)
        gr_blank(&t->page);
    t->closed = true;
}

/* ---- headings and paragraphs ---- */

static void heading_start(gr_document *document, unsigned level, const char *anchor)
{
    text_document *t = of(document);

    (void)anchor;
    if (t->started)
        gr_blank(&t->page);
    t->started = true;
    t->closed = false;
    t->level = level;
    if (level == 1)
        gr_heading_start(&t->page);
    else
        gr_paragraph_start(&t->page, body(t) - STEP, body(t));
}

static void heading_end(gr_document *document)
{
    text_document *t = of(document);

    if (t->level == 1)
        gr_heading_end(&t->page);
    else
        gr_paragraph_end(&t->page);
}

static void contents(gr_document *document, const gr_content *entry, size_t count)
{
    (void)document; /* a terminal has nothing to jump with */
    (void)entry;
    (void)count;
}

static void paragraph_start(gr_document *document, gr_paragraph_kind kind)
{
    text_document *t = of(document);

    if (kind != GR_PARAGRAPH_NOTE)
        part(t);
    t->started = t->closed = t->is_open = true;
    gr_paragraph_start(&t->page, body(t), body(t));
}

static void paragraph_end(gr_document *document)
{
    end_paragraph(of(document));
}

static gr_ink ink_of(gr_tone tone)
{
    switch (tone) {
    case GR_TONE_BOLD:
        return GR_BOLD;
    case GR_TONE_RED:
    case GR_TONE_GONE:
        return GR_RED;
    case GR_TONE_YELLOW:
        return GR_YELLOW;
    case GR_TONE_CYAN:
    case GR_TONE_NEW:
        return GR_CYAN;
    default:
        return GR_PLAIN;
    }
}

static void say_in_cell(text_document *t, gr_text text)
{
    if (!gr_list_reserve(&t->cell, text.len)) {
        t->no_memory = true;
        return;
    }
    if (text.len > 0)
        memcpy((char *)t->cell.items + t->cell.count, text.ptr, text.len);
    t->cell.count += text.len;
}

static void say(gr_document *document, gr_tone tone, gr_text text)
{
    text_document *t = of(document);

    if (t->in_cell)
        say_in_cell(t, text);
    else
        gr_say(&t->page, ink_of(tone), text);
}

static void quote(gr_document *document, gr_text text)
{
    say(document, GR_TONE_PLAIN, GR_TEXT("\""));
    say(document, GR_TONE_PLAIN, text);
    say(document, GR_TONE_PLAIN, GR_TEXT("\""));
}

static void link(gr_document *document, gr_tone tone, const char *anchor, gr_text text)
{
    (void)anchor;
    say(document, tone, text);
}

/* ---- lists ---- */

/* The place of the innermost list; what is deeper than anybody can read stands in one line with it. */
static unsigned innermost(const text_document *t)
{
    return t->depth < DEEPEST ? t->depth : DEEPEST;
}

/* Where the words of an item begin. */
static unsigned words_at(const text_document *t, unsigned list)
{
    return t->lists[list].at + (t->lists[list].kind == GR_LIST_NUMBERED ? STEP + 1 : STEP);
}

static void list_start(gr_document *document, gr_list_kind kind)
{
    text_document *t = of(document);
    unsigned outer = innermost(t), inner;
    unsigned at = t->depth == 0 ? body(t) : words_at(t, outer);

    end_paragraph(t);
    t->started = t->closed = true;
    t->depth++;
    inner = innermost(t);
    t->lists[inner].kind = kind;
    t->lists[inner].number = 0;
    t->lists[inner].at = inner == outer ? t->lists[outer].at : at;
}

static void item_start(gr_document *document, const char *anchor)
{
    text_document *t = of(document);
    unsigned list = innermost(t);

    (void)anchor;
    t->is_open = true;
    gr_paragraph_start(&t->page, t->lists[list].at, words_at(t, list));
    if (t->lists[list].kind == GR_LIST_NUMBERED)
        gr_say_print(&t->page, GR_PLAIN, "%u. ", ++t->lists[list].number);
    else
        gr_say(&t->page, GR_PLAIN, GR_TEXT("- "));
}

static void item_end(gr_document *document)
{
    end_paragraph(of(document));
}

static void list_end(gr_document *document)
{
    of(document)->depth--;
}

/* ---- tables ---- */

static void table_start(gr_document *document, const char *caption, const gr_column *column,
                        size_t count)
{
    text_document *t = of(document);

    (void)caption; /* the heading above says it to who sees the whole page */
    part(t);
    t->started = true;
    for (size_t i = 0; i < count && i < GR_DOCUMENT_COLUMNS; i++)
        t->columns[i] = column[i].align;
    t->columns[count < GR_DOCUMENT_COLUMNS ? count : GR_DOCUMENT_COLUMNS] = '\0';
    gr_grid_start(&t->page, body(t), t->columns);
    for (size_t i = 0; i < count && i < GR_DOCUMENT_COLUMNS; i++)
        gr_cell(&t->page, gr_text_of(column[i].heading));
    gr_row_end(&t->page);
}

static void row_start(gr_document *document, const char *anchor)
{
    (void)document;
    (void)anchor;
}

static void cell_start(gr_document *document)
{
    text_document *t = of(document);

    t->in_cell = true;
    gr_list_cut(&t->cell, 0);
}

static void cell_end(gr_document *document)
{
    text_document *t = of(document);
    const char *words = t->cell.count > 0 ? t->cell.items : "";

    t->in_cell = false;
    gr_cell_print(&t->page, "%.*s", (int)t->cell.count, words);
}

static void row_end(gr_document *document)
{
    gr_row_end(&of(document)->page);
}

static void table_end(gr_document *document)
{
    gr_grid_end(&of(document)->page);
}

static void blank(gr_document *document, const char *label)
{
    text_document *t = of(document);

    gr_blank(&t->page);
    gr_paragraph_start(&t->page, body(t), body(t));
    gr_say_print(&t->page, GR_PLAIN, "%s ", label);
    gr_page_skip_to(&t->page, body(t) + LABEL);
    gr_page_put(&t->page, GR_TEXT("________________________________"));
    gr_paragraph_end(&t->page);
}

/* ---- the page ---- */

static gr_status close(gr_document *document, gr_error *err)
{
    text_document *t = of(document);
    bool no_memory = t->no_memory || t->page.failed, failed = t->writer->failed;

    gr_list_free(&t->cell);
    gr_page_close(&t->page);
    gr_arena_free(t->arena); /* t lives in it */
    if (no_memory)
        return gr_fail_memory(err);
    if (failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the page cannot be written");
    return GR_OK;
}

static const gr_document_kind text_kind = {
    heading_start, heading_end, contents,   paragraph_start, paragraph_end, say,         quote,
    link,          list_start,  item_start, item_end,        list_end,      table_start, row_start,
    cell_start,    cell_end,    row_end,    table_end,       blank,         close,
};

gr_status gr_document_open_text(gr_writer *writer, unsigned width, bool colour, gr_document **out,
                                gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    text_document *t = arena ? gr_arena_zero(arena, sizeof *t) : NULL;

    if (!t || !gr_page_open(&t->page, writer, width, colour)) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    t->document.kind = &text_kind;
    t->arena = arena;
    t->writer = writer;
    t->cell = GR_LIST(char);
    *out = &t->document;
    return GR_OK;
}
