/* src/report/document.h - what a page says, whatever it is a page of: headings, paragraphs, lists, tables, links. The
 * sections write to a document; behind it stands a page for a terminal, a page for a browser, or a list of lines to
 * be compared with another one. So no format can say what another one does not.
 *
 * The document keeps the first failure and tells it when it is closed. Texts are tamed on their way out (letter.h) and
 * need to live only for the call. */
#ifndef GR_REPORT_DOCUMENT_H
#define GR_REPORT_DOCUMENT_H

#include "base/arena.h"
#include "base/list.h"
#include "base/writer.h"

/* The first five are those of a terminal (text_page.h), in its order. */
typedef enum gr_tone {
    GR_TONE_PLAIN,
    GR_TONE_BOLD,
    GR_TONE_RED,
    GR_TONE_YELLOW,
    GR_TONE_CYAN,
    GR_TONE_QUIET, /* what is said for completeness */
    GR_TONE_CODE,  /* to be read letter by letter: ids, patterns, digests */
    GR_TONE_GONE,
    GR_TONE_NEW,
    GR_TONE_ID,   /* a number of the firm's own, not to be broken */
    GR_TONE_NAME, /* somebody's own words: may run from right to left */
    GR_TONE_COUNT
} gr_tone;

typedef enum gr_paragraph_kind {
    GR_PARAGRAPH_PLAIN,
    GR_PARAGRAPH_LEAD, /* the one to read if only one is read */
    GR_PARAGRAPH_NOTE  /* belongs to what stands above it */
} gr_paragraph_kind;

typedef enum gr_list_kind { GR_LIST_PLAIN, GR_LIST_NUMBERED } gr_list_kind;

enum { GR_DOCUMENT_COLUMNS = 8, GR_DOCUMENT_LEVELS = 3 };

typedef struct gr_column {
    const char *heading;
    char align; /* l, r, or w: wraps, the last one only */
    bool names; /* its cells say what their rows are about */
} gr_column;

typedef struct gr_content { /* of the table of contents */
    const char *title, *anchor;
} gr_content;

typedef struct gr_document gr_document;

/* A page for a terminal, of width columns (0: 80). */
gr_status gr_document_open_text(gr_writer *writer, unsigned width, bool colour, gr_document **out,
                                gr_error *err);
/* A page for a browser; title is that of its window. */
gr_status gr_document_open_html(gr_writer *writer, gr_text title, gr_document **out, gr_error *err);

/* A part of a page that the caller has open, lends until the document is closed, and closes. */
struct gr_html;
gr_status gr_document_open_within(struct gr_html *page, gr_document **out, gr_error *err);

/* What the page says line by line, with what each line stands under. */
typedef struct gr_line {
    enum { GR_LINE_HEADING, GR_LINE_TEXT } kind;
    unsigned level;   /* of a heading, from 1 */
    size_t under;     /* the line above it in rank; GR_LINE_TOP: none */
    gr_text text, id; /* id: by which a heading is known again; its anchor or its text */
} gr_line;

#define GR_LINE_TOP SIZE_MAX

/* Adds to lines, a list of gr_line; their texts are the arena's. */
gr_status gr_document_open_lines(gr_list *lines, gr_arena *arena, gr_document **out, gr_error *err);

/* Ends the page and frees the document, which may be NULL. */
gr_status gr_document_close(gr_document *document, gr_error *err);

/* Level 1 is the title of the page. anchor: for links to it, without spaces; may be NULL. */
void gr_document_heading_start(gr_document *document, unsigned level, const char *anchor);
void gr_document_heading_end(gr_document *document);
void gr_document_contents(gr_document *document, const gr_content *entry, size_t count);

/* Words are said within a heading, a paragraph, an item or a cell. */
void gr_document_paragraph_start(gr_document *document, gr_paragraph_kind kind);
void gr_document_paragraph_end(gr_document *document);
void gr_document_say(gr_document *document, gr_tone tone, gr_text text);
void gr_document_print(gr_document *document, gr_tone tone, const char *format, ...)
    __attribute__((format(printf, 3, 4))); /* short texts and numbers */
void gr_document_quote(gr_document *document, gr_text text);
void gr_document_link(gr_document *document, gr_tone tone, const char *anchor, gr_text text);

/* A list inside an item stands behind the words of the item. */
void gr_document_list_start(gr_document *document, gr_list_kind kind);
void gr_document_item_start(gr_document *document, const char *anchor); /* anchor may be NULL */
void gr_document_item_end(gr_document *document);
void gr_document_list_end(gr_document *document);

void gr_document_table_start(gr_document *document, const char *caption, const gr_column *column,
                             size_t count); /* column lives until the end of the table */
void gr_document_row_start(gr_document *document, const char *anchor); /* anchor may be NULL */
void gr_document_cell_start(gr_document *document);
void gr_document_cell_end(gr_document *document);
void gr_document_row_end(gr_document *document);
void gr_document_table_end(gr_document *document);

/* A line to be filled in by hand. */
void gr_document_blank(gr_document *document, const char *label);

/* ---- for what stands behind a document ---- */

typedef struct gr_document_kind {
    void (*heading_start)(gr_document *, unsigned level, const char *anchor);
    void (*heading_end)(gr_document *);
    void (*contents)(gr_document *, const gr_content *, size_t count);
    void (*paragraph_start)(gr_document *, gr_paragraph_kind);
    void (*paragraph_end)(gr_document *);
    void (*say)(gr_document *, gr_tone, gr_text);
    void (*quote)(gr_document *, gr_text);
    void (*link)(gr_document *, gr_tone, const char *anchor, gr_text);
    void (*list_start)(gr_document *, gr_list_kind);
    void (*item_start)(gr_document *, const char *anchor);
    void (*item_end)(gr_document *);
    void (*list_end)(gr_document *);
    void (*table_start)(gr_document *, const char *caption, const gr_column *, size_t count);
    void (*row_start)(gr_document *, const char *anchor);
    void (*cell_start)(gr_document *);
    void (*cell_end)(gr_document *);
    void (*row_end)(gr_document *);
    void (*table_end)(gr_document *);
    void (*blank)(gr_document *, const char *label);
    gr_status (*close)(gr_document *, gr_error *); /* frees it too */
} gr_document_kind;

struct gr_document { /* the first member of each kind's own */
    const gr_document_kind *kind;
};

#endif
