/* src/report/html_page.h - a page for a browser, whole in one file: no script, nothing fetched, one style sheet inside.
 * It is written as it comes, by libxml2, which does all the escaping; the page keeps the first failure.
 *
 * Any text may be given: it is tamed on its way out (letter.h). Words are written within a heading, a paragraph, an
 * item or a cell. anchor: a name without spaces that links lead to; may be NULL. */
#ifndef GR_REPORT_HTML_PAGE_H
#define GR_REPORT_HTML_PAGE_H

#include "base/writer.h"
#include "report/document.h"
#include "report/phrase.h"

typedef struct gr_html {
    struct _xmlTextWriter *out;
    bool failed;
    unsigned level;           /* of the section that is open: 0 none, else that of its heading */
    const gr_column *columns; /* of the table that is open */
    size_t column_count, column;
    bool in_heading; /* which is bold by itself */
} gr_html;

/* The page up to its body. False: no memory. title is that of the window. */
bool gr_html_open(gr_html *page, gr_writer *writer, gr_text title);
/* The same up to the start of the body, which is the caller's; more: pieces that follow the style sheet, NULL at the end. */
bool gr_html_open_body(gr_html *page, gr_writer *writer, gr_text title, const char *const *more);
/* Ends the page. False: something could not be written. */
bool gr_html_close(gr_html *page);

/* Level 1 is the title of the page; a heading of level 2 begins a section. */
void gr_html_heading_start(gr_html *page, unsigned level, const char *anchor);
void gr_html_heading_end(gr_html *page);
void gr_html_section_end(gr_html *page); /* of the section that is open, if there is one */
void gr_html_contents(gr_html *page, const gr_content *entry, size_t count);

void gr_html_paragraph_start(gr_html *page, gr_paragraph_kind kind);
void gr_html_paragraph_end(gr_html *page);
void gr_html_say(gr_html *page, gr_tone tone, gr_text text);
void gr_html_quote(gr_html *page, gr_text text);
void gr_html_link(gr_html *page, gr_tone tone, const char *anchor, gr_text text);

void gr_html_list_start(gr_html *page, gr_list_kind kind);
void gr_html_item_start(gr_html *page, const char *anchor);
void gr_html_item_end(gr_html *page);
void gr_html_list_end(gr_html *page);

void gr_html_table_start(gr_html *page, const char *caption, const gr_column *column, size_t count);
void gr_html_row_start(gr_html *page, const char *anchor);
void gr_html_cell_start(gr_html *page);
void gr_html_cell_end(gr_html *page);
void gr_html_row_end(gr_html *page);
void gr_html_table_end(gr_html *page);

void gr_html_blank(gr_html *page, const char *label); /* a line to be filled in by hand */

/* ---- for what is no document: element by element ---- */

void gr_html_start(gr_html *page, const char *element, const char *style);  /* style may be NULL */
void gr_html_attribute(gr_html *page, const char *name, const char *value); /* NULL: without it */
void gr_html_attribute_print(gr_html *page, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A value in pieces, of any length. */
void gr_html_attribute_start(gr_html *page, const char *name);
void gr_html_attribute_end(gr_html *page);
void gr_html_end(gr_html *page);      /* the innermost element */
void gr_html_end_line(gr_html *page); /* and the line of the source */
void gr_html_text(gr_html *page, gr_text text);
void gr_html_print(gr_html *page, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* short texts and numbers */
/* An element with a text and nothing else, and the end of the line. */
void gr_html_element(gr_html *page, const char *element, const char *style, const char *text);
/* A table of a style of its own. */
void gr_html_table_start_as(gr_html *page, const char *style, const char *caption,
                            const gr_column *column, size_t count);
gr_voice gr_html_voice(gr_html *page);

/* ---- pages of a site that has style and script beside them (html_linked.c) ---- */

/* A page without a style sheet inside, up to the start of the body, which is the caller's: style and script are fetched
 * from these addresses; script may be NULL. False: no memory. */
bool gr_html_open_linked(gr_html *page, gr_writer *writer, gr_text title, const char *style,
                         const char *script);
/* No page, but something to stand on one: elements until gr_html_close(). */
bool gr_html_open_piece(gr_html *page, gr_writer *writer);
void gr_html_attribute_text(gr_html *page, const char *name, gr_text value); /* tamed, any length */
void gr_html_end_void(gr_html *page); /* of an element that has no end: input, link */

/* The style sheet of every page, in pieces, NULL at the end (html_style.c). */
extern const char *const gr_html_style[];
/* What the pages of a report have beside it (html_style_report.c). */
extern const char *const gr_html_style_report[];

/* And pages of the desk beside both (html_style_desk.c). */
extern const char *const gr_html_style_desk[];

#endif
