/* src/report/document_lines.c - a document as lines that can be compared. A row of a table reads as a sentence: the
 * heading of each column, then its cell. What is made for the eye alone is left out. */
#include "report/document.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"

enum { DEEPEST = 24 };

typedef struct lines_document {
    gr_document document;
    gr_arena *arena;
    gr_list *lines;
    gr_list words;                          /* of char: the line that is being said */
    size_t heading[GR_DOCUMENT_LEVELS + 1]; /* the last of each level; [0]: none */
    unsigned level;
    size_t item[DEEPEST]; /* the line of the item around each list */
    unsigned depth;
    bool no_memory;
    const gr_column *column;
    size_t columns, cell;        /* of the table; of the row, from 0 */
    size_t before_cell, in_cell; /* words: before the cell, and with its heading */
    size_t lead;                 /* the paragraph that a list may follow; GR_LINE_TOP: none */
    const char *anchor;          /* of the heading that is being said */
} lines_document;

static lines_document *of(gr_document *document)
{
    return (lines_document *)document;
}

static void say(gr_document *document, gr_tone tone, gr_text text)
{
    lines_document *l = of(document);

    (void)tone;
    if (!gr_list_reserve(&l->words, text.len)) {
        l->no_memory = true;
        return;
    }
    if (text.len > 0)
        memcpy((char *)l->words.items + l->words.count, text.ptr, text.len);
    l->words.count += text.len;
}

/* Makes a line of what was said. Its number, or GR_LINE_TOP where nothing was. */
static size_t end_line(lines_document *l, int kind, size_t under, const char *anchor)
{
    gr_text said = gr_text_trim((gr_text){ l->words.items, l->words.count });
    gr_line *line = said.len > 0 ? gr_list_add(l->lines) : NULL;

    if (said.len == 0)
        return under;
    gr_list_cut(&l->words, 0);
    if (!line) {
        l->no_memory = true;
        return under;
    }
    line->kind = kind;
    line->level = l->level;
    line->under = under;
    line->text = gr_arena_copy(l->arena, said);
    line->id = anchor ? gr_arena_copy(l->arena, gr_text_of(anchor)) : line->text;
    l->no_memory = l->no_memory || !line->text.ptr || !line->id.ptr;
    return l->lines->count - 1;
}

static size_t above(const lines_document *l)
{
    return l->depth > 0 ? l->item[l->depth < DEEPEST ? l->depth - 1 : DEEPEST - 1]
                        : l->heading[l->level];
}

/* A list stands under the paragraph before it if that ends with a colon. */
static size_t lead_of(const lines_document *l, size_t paragraph)
{
    const gr_line *line = paragraph < l->lines->count ? GR_AT(*l->lines, gr_line, paragraph) : NULL;

    return line && gr_text_ends(line->text, GR_TEXT(":")) ? paragraph : GR_LINE_TOP;
}

/* ---- headings and paragraphs ---- */

static void heading_start(gr_document *document, unsigned level, const char *anchor)
{
    lines_document *l = of(document);
    gr_text kept = anchor ? gr_arena_copy(l->arena, gr_text_of(anchor)) : GR_TEXT("");

    l->level = level;
    l->anchor = anchor ? kept.ptr : NULL;
}

static void heading_end(gr_document *document)
{
    lines_document *l = of(document);

    l->heading[l->level] = end_line(l, GR_LINE_HEADING, l->heading[l->level - 1], l->anchor);
}

static void contents(gr_document *document, const gr_content *entry, size_t count)
{
    (void)document;
    (void)entry;
    (void)count;
}

static void paragraph_start(gr_document *document, gr_paragraph_kind kind)
{
    (void)document;
    (void)kind;
}

static void paragraph_end(gr_document *document)
{
    lines_document *l = of(document);

    l->lead = lead_of(l, end_line(l, GR_LINE_TEXT, above(l), NULL));
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

static void list_start(gr_document *document, gr_list_kind kind)
{
    lines_document *l = of(document);
    size_t around = end_line(l, GR_LINE_TEXT, above(l), NULL); /* the words of the item so far */

    (void)kind;
    if (l->depth == 0 && l->lead != GR_LINE_TOP && l->lead + 1 == l->lines->count)
        around = l->lead;
    if (l->depth < DEEPEST)
        l->item[l->depth] = around;
    l->depth++;
}

static void item_start(gr_document *document, const char *anchor)
{
    (void)document;
    (void)anchor;
}

static void item_end(gr_document *document)
{
    lines_document *l = of(document);

    end_line(l, GR_LINE_TEXT, above(l), NULL);
}

static void list_end(gr_document *document)
{
    of(document)->depth--;
}

/* ---- tables ---- */

static void table_start(gr_document *document, const char *caption, const gr_column *column,
                        size_t count)
{
    lines_document *l = of(document);

    (void)caption;
    l->column = column;
    l->columns = count;
}

static void row_start(gr_document *document, const char *anchor)
{
    (void)anchor;
    of(document)->cell = 0;
}

/* "from 1969-09-01, to 1984-06-19, limit 25.00 USD": a heading and its cell; what wraps needs no heading. */
static void cell_start(gr_document *document)
{
    lines_document *l = of(document);
    const gr_column *column = l->cell < l->columns ? &l->column[l->cell] : NULL;
    bool wraps = column && column->align == 'w';

    l->before_cell = l->words.count;
    if (l->words.count > 0)
        say(document, GR_TONE_PLAIN, wraps ? GR_TEXT(": ") : GR_TEXT(", "));
    if (column && !wraps) {
        say(document, GR_TONE_PLAIN, gr_text_of(column->heading));
        say(document, GR_TONE_PLAIN, GR_TEXT(" "));
    }
    l->cell++;
    l->in_cell = l->words.count;
}

static void cell_end(gr_document *document)
{
    lines_document *l = of(document);

    if (l->words.count == l->in_cell) /* an empty cell says nothing */
        gr_list_cut(&l->words, l->before_cell);
}

static void row_end(gr_document *document)
{
    lines_document *l = of(document);

    end_line(l, GR_LINE_TEXT, above(l), NULL);
}

static void table_end(gr_document *document)
{
    of(document)->columns = 0;
}

static void blank(gr_document *document, const char *label)
{
    (void)document;
    (void)label;
}

/* ---- the whole ---- */

static gr_status close(gr_document *document, gr_error *err)
{
    lines_document *l = of(document);
    bool no_memory = l->no_memory;

    gr_list_free(&l->words);
    return no_memory ? gr_fail_memory(err) : GR_OK; /* l is the arena's */
}

static const gr_document_kind lines_kind = {
    heading_start, heading_end, contents,   paragraph_start, paragraph_end, say,         quote,
    link,          list_start,  item_start, item_end,        list_end,      table_start, row_start,
    cell_start,    cell_end,    row_end,    table_end,       blank,         close,
};

gr_status gr_document_open_lines(gr_list *lines, gr_arena *arena, gr_document **out, gr_error *err)
{
    lines_document *l = gr_arena_zero(arena, sizeof *l);

    if (!l)
        return gr_fail_memory(err);
    l->document.kind = &lines_kind;
    l->arena = arena;
    l->lines = lines;
    l->words = GR_LIST(char);
    l->lead = GR_LINE_TOP;
    for (size_t i = 0; i <= GR_DOCUMENT_LEVELS; i++)
        l->heading[i] = GR_LINE_TOP;
    *out = &l->document;
    return GR_OK;
}
