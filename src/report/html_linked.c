/* src/report/html_linked.c - pages of a site, whose style sheet and script are files of their own, so that a browser may be
 * told to run nothing else; and pieces of pages. See html_page.h. */
#include "report/html_page.h"

#include <libxml/xmlwriter.h>

static int on_bytes(void *context, const char *bytes, int count)
{
    gr_write(context, bytes, (size_t)count);
    return count;
}

static int on_end(void *context)
{
    (void)context; /* its owner closes the writer */
    return 0;
}

bool gr_html_open_piece(gr_html *page, gr_writer *writer)
{
    xmlOutputBuffer *buffer = xmlOutputBufferCreateIO(on_bytes, on_end, writer, NULL);

    *page = (gr_html){ .out = buffer ? xmlNewTextWriter(buffer) : NULL };
    if (!page->out)
        xmlOutputBufferClose(buffer);
    return page->out != NULL;
}

void gr_html_end_void(gr_html *page)
{
    page->failed = xmlTextWriterEndElement(page->out) < 0 || page->failed;
}

void gr_html_attribute_text(gr_html *page, const char *name, gr_text value)
{
    gr_html_attribute_start(page, name);
    gr_html_text(page, value);
    gr_html_attribute_end(page);
}

static void meta(gr_html *page, const char *name, const char *content)
{
    gr_html_start(page, "meta", NULL);
    gr_html_attribute(page, "name", name);
    gr_html_attribute(page, "content", content);
    gr_html_end_void(page);
    gr_html_text(page, GR_TEXT("\n"));
}

static void head(gr_html *page, gr_text title, const char *style, const char *script)
{
    gr_html_start(page, "head", NULL);
    gr_html_start(page, "meta", NULL);
    gr_html_attribute(page, "charset", "utf-8");
    gr_html_end_void(page);
    meta(page, "viewport", "width=device-width, initial-scale=1");
    meta(page, "color-scheme", "light dark");
    gr_html_start(page, "title", NULL);
    gr_html_text(page, title);
    gr_html_end_line(page);
    gr_html_start(page, "link", NULL);
    gr_html_attribute(page, "rel", "stylesheet");
    gr_html_attribute(page, "href", style);
    gr_html_end_void(page);
    if (script) {
        gr_html_start(page, "script", NULL);
        gr_html_attribute(page, "src", script);
        gr_html_attribute(page, "defer", "defer");
        gr_html_end_line(page);
    }
    gr_html_end_line(page);
}

bool gr_html_open_linked(gr_html *page, gr_writer *writer, gr_text title, const char *style,
                         const char *script)
{
    if (!gr_html_open_piece(page, writer))
        return false;
    page->failed = xmlTextWriterWriteDTD(page->out, (const xmlChar *)"html", NULL, NULL, NULL) < 0;
    gr_html_text(page, GR_TEXT("\n"));
    gr_html_start(page, "html", NULL);
    gr_html_attribute(page, "lang", "en");
    head(page, title, style, script);
    gr_html_start(page, "body", NULL);
    return true;
}
