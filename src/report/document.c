/* src/report/document.c - passes each call on to the page behind the document. */
#include "report/document.h"

#include <stdarg.h>
#include <stdio.h>

gr_status gr_document_close(gr_document *document, gr_error *err)
{
    return document ? document->kind->close(document, err) : GR_OK;
}

void gr_document_heading_start(gr_document *document, unsigned level, const char *anchor)
{
    document->kind->heading_start(document, level, anchor);
}

void gr_document_heading_end(gr_document *document)
{
    document->kind->heading_end(document);
}

void gr_document_contents(gr_document *document, const gr_content *entry, size_t count)
{
    document->kind->contents(document, entry, count);
}

void gr_document_paragraph_start(gr_document *document, gr_paragraph_kind kind)
{
    document->kind->paragraph_start(document, kind);
}

void gr_document_paragraph_end(gr_document *document)
{
    document->kind->paragraph_end(document);
}

void gr_document_say(gr_document *document, gr_tone tone, gr_text text)
{
    document->kind->say(document, tone, text);
}

void gr_document_print(gr_document *document, gr_tone tone, const char *format, ...)
{
    char text[512];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0)
        document->kind->say(document, tone, gr_text_of(text));
}

void gr_document_quote(gr_document *document, gr_text text)
{
    document->kind->quote(document, text);
}

void gr_document_link(gr_document *document, gr_tone tone, const char *anchor, gr_text text)
{
    document->kind->link(document, tone, anchor, text);
}

void gr_document_list_start(gr_document *document, gr_list_kind kind)
{
    document->kind->list_start(document, kind);
}

void gr_document_item_start(gr_document *document, const char *anchor)
{
    document->kind->item_start(document, anchor);
}

void gr_document_item_end(gr_document *document)
{
    document->kind->item_end(document);
}

void gr_document_list_end(gr_document *document)
{
    document->kind->list_end(document);
}

void gr_document_table_start(gr_document *document, const char *caption, const gr_column *column,
                             size_t count)
{
    document->kind->table_start(document, caption, column, count);
}

void gr_document_row_start(gr_document *document, const char *anchor)
{
    document->kind->row_start(document, anchor);
}

void gr_document_cell_start(gr_document *document)
{
    document->kind->cell_start(document);
}

void gr_document_cell_end(gr_document *document)
{
    document->kind->cell_end(document);
}

void gr_document_row_end(gr_document *document)
{
    document->kind->row_end(document);
}

void gr_document_table_end(gr_document *document)
{
    document->kind->table_end(document);
}

void gr_document_blank(gr_document *document, const char *label)
{
    document->kind->blank(document, label);
}
