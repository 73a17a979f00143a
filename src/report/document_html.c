/* src/report/document_html.c - a document on a page for a browser. */
#include "report/document.h"

#include "base/arena.h"
#include "base/error.h"
#include "report/html_page.h"

typedef struct html_document {
    gr_document document;
    gr_arena *arena; /* it lives in it */
    gr_writer *writer;
    gr_html own;
    gr_html *page; /* its own, or one that is lent */
} html_document;

static gr_html *page_of(gr_document *document)
{
    return ((html_document *)document)->page;
}

static void heading_start(gr_document *document, unsigned level, const char *anchor)
{
    gr_html_heading_start(page_of(document), level, anchor);
}

static void heading_end(gr_document *document)
{
    gr_html_heading_end(page_of(document));
}

static void contents(gr_document *document, const gr_content *entry, size_t count)
{
    gr_html_contents(page_of(document), entry, count);
}

static void paragraph_start(gr_document *document, gr_paragraph_kind kind)
{
    gr_html_paragraph_start(page_of(document), kind);
}

static void paragraph_end(gr_document *document)
{
    gr_html_paragraph_end(page_of(document));
}

static void say(gr_document *document, gr_tone tone, gr_text text)
{
    gr_html_say(page_of(document), tone, text);
}

static void quote(gr_document *document, gr_text text)
{
    gr_html_quote(page_of(document), text);
}

static void link(gr_document *document, gr_tone tone, const char *anchor, gr_text text)
{
    gr_html_link(page_of(document), tone, anchor, text);
}

static void list_start(gr_document *document, gr_list_kind kind)
{
    gr_html_list_start(page_of(document), kind);
}

static void item_start(gr_document *document, const char *anchor)
{
    gr_html_item_start(page_of(document), anchor);
}

static void item_end(gr_document *document)
{
    gr_html_item_end(page_of(document));
}

static void list_end(gr_document *document)
{
    gr_html_list_end(page_of(document));
}

static void table_start(gr_document *document, const char *caption, const gr_column *column,
                        size_t count)
{
    gr_html_table_start(page_of(document), caption, column, count);
}

static void row_start(gr_document *document, const char *anchor)
{
    gr_html_row_start(page_of(document), anchor);
}

static void cell_start(gr_document *document)
{
    gr_html_cell_start(page_of(document));
}

static void cell_end(gr_document *document)
{
    gr_html_cell_end(page_of(document));
}

static void row_end(gr_document *document)
{
    gr_html_row_end(page_of(document));
}

static void table_end(gr_document *document)
{
    gr_html_table_end(page_of(document));
}

static void blank(gr_document *document, const char *label)
{
    gr_html_blank(page_of(document), label);
}

static gr_status close(gr_document *document, gr_error *err)
{
    html_document *h = (html_document *)document;
    bool is_own = h->page == &h->own, written, failed;

    if (is_own) {
        written = gr_html_close(h->page);
        failed = h->writer->failed;
    } else { /* its owner sees what failed */
        gr_html_section_end(h->page);
        written = true;
        failed = false;
    }
    gr_arena_free(h->arena); /* h lives in it */
    if (!written)
        return gr_fail_memory(err); /* all else that libxml2 could refuse is our own mistake */
    if (failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the page cannot be written");
    return GR_OK;
}

static const gr_document_kind html_kind = {
    heading_start, heading_end, contents,   paragraph_start, paragraph_end, say,         quote,
    link,          list_start,  item_start, item_end,        list_end,      table_start, row_start,
    cell_start,    cell_end,    row_end,    table_end,       blank,         close,
};

gr_status gr_document_open_html(gr_writer *writer, gr_text title, gr_document **out, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    html_document *h = arena ? gr_arena_zero(arena, sizeof *h) : NULL;

    if (!h || !gr_html_open(&h->own, writer, title)) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    h->document.kind = &html_kind;
    h->page = &h->own;
    h->arena = arena;
    h->writer = writer;
    *out = &h->document;
    return GR_OK;
}

gr_status gr_document_open_within(gr_html *page, gr_document **out, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    html_document *h = arena ? gr_arena_zero(arena, sizeof *h) : NULL;

    if (!h) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    *h = (html_document){ .document = { .kind = &html_kind }, .arena = arena, .page = page };
    *out = &h->document;
    return GR_OK;
}
