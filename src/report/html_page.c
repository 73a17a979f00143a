/* src/report/html_page.c - see html_page.h. libxml2 writes XML: an element that may be empty is ended in full, since
 * HTML knows no <td/>. */
#include "report/html_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <libxml/xmlwriter.h>

#include "report/letter.h"

enum {
    PIECE = 1024,   /* bytes of text that are handed over at once */
    LONGEST_ID = 24 /* that stays in one line */
};

static const xmlChar *x(const char *text)
{
    return (const xmlChar *)text;
}

static void keep(gr_html *page, int result)
{
    page->failed = page->failed || result < 0;
}

static void start(gr_html *page, const char *element)
{
    keep(page, xmlTextWriterStartElement(page->out, x(element)));
}

static void attribute(gr_html *page, const char *name, const char *value)
{
    if (value)
        keep(page, xmlTextWriterWriteAttribute(page->out, x(name), x(value)));
}

static void end(gr_html *page)
{
    keep(page, xmlTextWriterFullEndElement(page->out));
}

static void literal(gr_html *page, const char *text)
{
    keep(page, xmlTextWriterWriteString(page->out, x(text)));
}

/* After a block, so that the source can be read and compared line by line. */
static void line(gr_html *page)
{
    literal(page, "\n");
}

static void text_of(gr_html *page, gr_text text)
{
    char piece[PIECE];
    size_t used = 0;
    gr_letter letter;

    for (;;) { /* most texts are plain, and copied in long runs */
        size_t plain = gr_text_plain(text, ' ');

        plain = plain < sizeof piece - 1 - used ? plain : sizeof piece - 1 - used;
        if (plain > 0)
            memcpy(piece + used, text.ptr, plain);
        used += plain;
        text = gr_text_slice(text, plain, text.len);
        if (!gr_letter_tame(&text, &letter))
            break;
        if (used + letter.bytes.len >= sizeof piece) {
            piece[used] = '\0';
            literal(page, piece);
            used = 0;
        }
        memcpy(piece + used, letter.bytes.ptr, letter.bytes.len);
        used += letter.bytes.len;
    }
    piece[used] = '\0';
    if (used > 0)
        literal(page, piece);
}

/* ---- the page ---- */

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

static void meta(gr_html *page, const char *name, const char *content)
{
    start(page, "meta");
    attribute(page, "name", name);
    attribute(page, "content", content);
    keep(page, xmlTextWriterEndElement(page->out));
    line(page);
}

static void head(gr_html *page, gr_text title, const char *const *more)
{
    start(page, "head");
    line(page);
    start(page, "meta");
    attribute(page, "charset", "utf-8");
    keep(page, xmlTextWriterEndElement(page->out));
    line(page);
    meta(page, "viewport", "width=device-width, initial-scale=1");
    meta(page, "color-scheme", "light dark");
    meta(page, "generator", "giftrule");
    start(page, "title");
    text_of(page, title);
    end(page);
    line(page);
    start(page, "style");
    for (size_t i = 0; gr_html_style[i]; i++) /* in HTML the text of this element is not escaped */
        keep(page, xmlTextWriterWriteRaw(page->out, x(gr_html_style[i])));
    for (size_t i = 0; more && more[i]; i++)
        keep(page, xmlTextWriterWriteRaw(page->out, x(more[i])));
    end(page);
    line(page);
    end(page);
    line(page);
}

bool gr_html_open_body(gr_html *page, gr_writer *writer, gr_text title, const char *const *more)
{
    xmlOutputBuffer *buffer = xmlOutputBufferCreateIO(on_bytes, on_end, writer, NULL);

    *page = (gr_html){ .out = buffer ? xmlNewTextWriter(buffer) : NULL };
    if (!page->out) {
        xmlOutputBufferClose(buffer);
        return false;
    }
    keep(page, xmlTextWriterWriteDTD(page->out, x("html"), NULL, NULL, NULL));
    line(page);
    start(page, "html");
    attribute(page, "lang", "en");
    line(page);
    head(page, title, more);
    start(page, "body");
    return true;
}

bool gr_html_open(gr_html *page, gr_writer *writer, gr_text title)
{
    if (!gr_html_open_body(page, writer, title, NULL))
        return false;
    line(page);
    start(page, "main");
    line(page);
    return true;
}

void gr_html_section_end(gr_html *page)
{
    if (page->level < 2)
        return;
    end(page);
    line(page);
    page->level = 0;
}

bool gr_html_close(gr_html *page)
{
    gr_html_section_end(page);
    keep(page, xmlTextWriterEndDocument(page->out)); /* main, body, html */
    xmlFreeTextWriter(page->out);
    return !page->failed;
}

/* ---- headings and paragraphs ---- */

void gr_html_heading_start(gr_html *page, unsigned level, const char *anchor)
{
    const char *const names[] = { "h1", "h2", "h3" };

    if (level <= 2) {
        gr_html_section_end(page);
        page->level = level;
    }
    if (level == 2) {
        start(page, "section");
        attribute(page, "aria-labelledby", anchor);
        line(page);
    }
    start(page, names[level < 1 ? 0 : level > GR_COUNT(names) ? GR_COUNT(names) - 1 : level - 1]);
    attribute(page, "id", anchor);
    page->in_heading = true;
}

void gr_html_heading_end(gr_html *page)
{
    page->in_heading = false;
    end(page);
    line(page);
}

void gr_html_contents(gr_html *page, const gr_content *entry, size_t count)
{
    start(page, "nav");
    attribute(page, "aria-label", "Contents");
    gr_html_list_start(page, GR_LIST_PLAIN);
    for (size_t i = 0; i < count; i++) {
        gr_html_item_start(page, NULL);
        gr_html_link(page, GR_TONE_PLAIN, entry[i].anchor, gr_text_of(entry[i].title));
        gr_html_item_end(page);
    }
    gr_html_list_end(page);
    end(page);
    line(page);
}

void gr_html_paragraph_start(gr_html *page, gr_paragraph_kind kind)
{
    start(page, "p");
    attribute(page, "class",
              kind == GR_PARAGRAPH_LEAD   ? "lead"
              : kind == GR_PARAGRAPH_NOTE ? "note"
                                          : NULL);
}

void gr_html_paragraph_end(gr_html *page)
{
    end(page);
    line(page);
}

/* What a tone means is said by the element; its class gives it colour. */
void gr_html_say(gr_html *page, gr_tone tone, gr_text text)
{
    static const struct {
        const char *element, *style;
    } tones[GR_TONE_COUNT] = {
        [GR_TONE_PLAIN] = { NULL, NULL },      [GR_TONE_BOLD] = { "strong", NULL },
        [GR_TONE_RED] = { "strong", "red" },   [GR_TONE_YELLOW] = { "strong", "yellow" },
        [GR_TONE_CYAN] = { "strong", "cyan" }, [GR_TONE_QUIET] = { "span", "quiet" },
        [GR_TONE_CODE] = { "code", NULL },     [GR_TONE_GONE] = { "del", NULL },
        [GR_TONE_NEW] = { "ins", NULL },       [GR_TONE_NAME] = { "bdi", NULL },
        [GR_TONE_ID] = { "bdi", "id" },
    };
    const char *element = tones[tone].element;

    if (page->in_heading && tone == GR_TONE_BOLD)
        element = NULL;
    if (tone == GR_TONE_NAME && gr_text_plain(text, ' ') == text.len)
        element = NULL; /* nothing in it runs from right to left */
    if (tone == GR_TONE_ID && text.len > LONGEST_ID)
        tone = GR_TONE_NAME;
    if (element) {
        start(page, element);
        attribute(page, "class", tones[tone].style);
    }
    text_of(page, text);
    if (element)
        end(page);
}

void gr_html_quote(gr_html *page, gr_text text)
{
    start(page, "q");
    text_of(page, text);
    end(page);
}

void gr_html_link(gr_html *page, gr_tone tone, const char *anchor, gr_text text)
{
    char target[128];

    snprintf(target, sizeof target, "#%s", anchor);
    start(page, "a");
    attribute(page, "href", target);
    gr_html_say(page, tone, text);
    end(page);
}

/* ---- lists ---- */

void gr_html_list_start(gr_html *page, gr_list_kind kind)
{
    start(page, kind == GR_LIST_NUMBERED ? "ol" : "ul");
    line(page);
}

void gr_html_item_start(gr_html *page, const char *anchor)
{
    start(page, "li");
    attribute(page, "id", anchor);
}

void gr_html_item_end(gr_html *page)
{
    end(page);
    line(page);
}

void gr_html_list_end(gr_html *page)
{
    end(page);
    line(page);
}

/* ---- tables ---- */

static void heading_row(gr_html *page, const gr_column *column, size_t count)
{
    start(page, "thead");
    start(page, "tr");
    for (size_t i = 0; i < count; i++) {
        start(page, "th");
        attribute(page, "scope", "col");
        attribute(page, "class", column[i].align == 'r' ? "right" : NULL);
        literal(page, column[i].heading);
        end(page);
    }
    end(page);
    end(page);
    line(page);
}

void gr_html_table_start(gr_html *page, const char *caption, const gr_column *column, size_t count)
{
    gr_html_table_start_as(page, NULL, caption, column, count);
}

void gr_html_table_start_as(gr_html *page, const char *style, const char *caption,
                            const gr_column *column, size_t count)
{
    page->columns = column;
    page->column_count = count;
    start(page, "div"); /* a table wider than the page scrolls by itself */
    attribute(page, "class", "table");
    start(page, "table");
    attribute(page, "class", style);
    line(page);
    start(page, "caption");
    literal(page, caption);
    end(page);
    line(page);
    heading_row(page, column, count);
    start(page, "tbody");
    line(page);
}

void gr_html_row_start(gr_html *page, const char *anchor)
{
    page->column = 0;
    start(page, "tr");
    attribute(page, "id", anchor);
}

void gr_html_cell_start(gr_html *page)
{
    const gr_column *column =
        page->column < page->column_count ? &page->columns[page->column] : NULL;

    page->column++;
    start(page, column && column->names ? "th" : "td");
    attribute(page, "scope", column && column->names ? "row" : NULL);
    attribute(page, "class", column && column->align == 'r' ? "right" : NULL);
}

void gr_html_cell_end(gr_html *page)
{
    end(page);
}

void gr_html_row_end(gr_html *page)
{
    end(page);
    line(page);
}

void gr_html_table_end(gr_html *page)
{
    end(page); /* tbody */
    end(page);
    end(page);
    line(page);
}

void gr_html_blank(gr_html *page, const char *label)
{
    start(page, "p");
    attribute(page, "class", "blank");
    literal(page, label);
    end(page);
    line(page);
}

/* ---- element by element ---- */

void gr_html_start(gr_html *page, const char *element, const char *style)
{
    start(page, element);
    attribute(page, "class", style);
}

void gr_html_attribute(gr_html *page, const char *name, const char *value)
{
    attribute(page, name, value);
}

void gr_html_attribute_print(gr_html *page, const char *name, const char *format, ...)
{
    char value[512];
    va_list args;

    va_start(args, format);
    vsnprintf(value, sizeof value, format, args);
    va_end(args);
    attribute(page, name, value);
}

void gr_html_attribute_start(gr_html *page, const char *name)
{
    keep(page, xmlTextWriterStartAttribute(page->out, x(name)));
}

void gr_html_attribute_end(gr_html *page)
{
    keep(page, xmlTextWriterEndAttribute(page->out));
}

void gr_html_end(gr_html *page)
{
    end(page);
}

void gr_html_end_line(gr_html *page)
{
    end(page);
    line(page);
}

void gr_html_text(gr_html *page, gr_text text)
{
    text_of(page, text);
}

void gr_html_print(gr_html *page, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    text_of(page, gr_text_of(text));
}

void gr_html_element(gr_html *page, const char *element, const char *style, const char *text)
{
    gr_html_start(page, element, style);
    literal(page, text);
    gr_html_end_line(page);
}

static void say(void *to, gr_tone tone, gr_text text)
{
    gr_html_say(to, tone, text);
}

gr_voice gr_html_voice(gr_html *page)
{
    return (gr_voice){ say, NULL, page };
}
