/* src/report/text_page.c - words flow into lines as they come: only the word being built is kept, so a
 * paragraph of any length needs no memory. Spaces are written before a word, never after it, so that no
 * line ends in one. */
#include "report/text_page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "report/letter.h"

enum { LONGEST_LETTER = 16 }; /* bytes: one letter of UTF-8 and a change of colour */

static const char *const inks[] = { "\033[0m", "\033[1m", "\033[1;31m", "\033[33m", "\033[36m" };

bool gr_page_open(gr_page *page, gr_writer *writer, unsigned width, bool colour)
{
    memset(page, 0, sizeof *page);
    page->writer = writer;
    page->colour = colour;
    page->width = width == 0                  ? 80
                  : width < GR_PAGE_NARROWEST ? GR_PAGE_NARROWEST
                  : width > GR_PAGE_WIDEST    ? GR_PAGE_WIDEST
                                              : width;
    page->cells = GR_LIST(gr_page_cell);
    page->scratch = gr_arena_create();
    return page->scratch != NULL;
}

void gr_page_close(gr_page *page)
{
    gr_list_free(&page->cells);
    gr_arena_free(page->scratch);
}

static void spaces(gr_page *page, unsigned count)
{
    static const char some[] = "                                ";

    for (; count >= sizeof some; count -= (unsigned)sizeof some - 1)
        gr_write(page->writer, some, sizeof some - 1);
    gr_write(page->writer, some, count);
}

static void line_end(gr_page *page)
{
    gr_write(page->writer, "\n", 1);
    page->column = page->owed = page->indent;
    page->fresh = true;
}

/* Writes the word that was collected, on the next line when this one has no room for it. */
static void word_end(gr_page *page)
{
    unsigned gap = page->fresh || page->glued ? 0 : 1;

    if (page->word_bytes == 0)
        return;
    if (page->column + gap + page->word_columns > page->width && page->column > page->indent) {
        line_end(page);
        gap = 0;
    }
    spaces(page, page->owed + gap);
    gr_write(page->writer, page->word, page->word_bytes);
    page->column += gap + page->word_columns;
    page->widest = page->column > page->widest ? page->column : page->widest;
    page->owed = 0;
    page->fresh = page->glued = false;
    page->word_bytes = 0;
    page->word_columns = 0;
}

static void word_add(gr_page *page, const char *bytes, size_t count)
{
    memcpy(page->word + page->word_bytes, bytes, count);
    page->word_bytes += count;
}

static void set_ink(gr_page *page, gr_ink ink)
{
    if (!page->colour || page->ink == ink)
        return;
    if (page->ink != GR_PLAIN && ink != GR_PLAIN)
        word_add(page, inks[GR_PLAIN], strlen(inks[GR_PLAIN]));
    word_add(page, inks[ink], strlen(inks[ink]));
    page->ink = ink;
}

static void say_letter(gr_page *page, gr_ink ink, const gr_letter *letter)
{
    unsigned columns = gr_letter_columns(letter);

    if (page->word_columns + columns > page->width - page->indent ||
        page->word_bytes + LONGEST_LETTER > sizeof page->word) {
        word_end(page); /* longer than a line: break it */
        page->glued = true;
    }
    set_ink(page, ink);
    word_add(page, letter->bytes.ptr, letter->bytes.len);
    page->word_columns += columns;
}

/* Takes a word or the front of one that needs no taming; 0 when it must go letter by letter. */
static size_t say_plain(gr_page *page, gr_ink ink, gr_text text)
{
    size_t n = gr_text_plain(gr_text_slice(text, 0, page->width), '!');

    if (n == 0 || page->word_columns + n > page->width - page->indent ||
        page->word_bytes + n + LONGEST_LETTER > sizeof page->word)
        return 0;
    set_ink(page, ink);
    word_add(page, text.ptr, n);
    page->word_columns += (unsigned)n;
    return n;
}

void gr_say(gr_page *page, gr_ink ink, gr_text text)
{
    gr_letter letter;

    for (;;) {
        text = gr_text_slice(text, say_plain(page, ink, text), text.len);
        if (!gr_letter_tame(&text, &letter))
            return;
        if (letter.code == ' ') {
            word_end(page);
            page->glued = false;
        } else {
            say_letter(page, ink, &letter);
        }
    }
}

void gr_say_print(gr_page *page, gr_ink ink, const char *format, ...)
{
    char text[512];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0)
        gr_say(page, ink, gr_text_of(text));
}

void gr_say_count(gr_page *page, gr_ink ink, uint64_t count, const char *one, const char *many)
{
    gr_say_print(page, ink, "%llu %s", (unsigned long long)count, count == 1 ? one : many);
}

void gr_paragraph_start(gr_page *page, unsigned first, unsigned indent)
{
    page->indent = indent;
    page->column = page->owed = page->widest = first;
    page->fresh = true;
    page->glued = false;
}

void gr_paragraph_end(gr_page *page)
{
    word_end(page);
    set_ink(page, GR_PLAIN);
    gr_write(page->writer, page->word, page->word_bytes);
    page->word_bytes = 0;
    page->word_columns = 0;
    gr_write(page->writer, "\n", 1);
}

void gr_paragraph(gr_page *page, unsigned indent, const char *label, gr_text text)
{
    gr_paragraph_start(page, indent, label ? indent + 2 : indent);
    if (label) {
        gr_say(page, GR_BOLD, gr_text_of(label));
        gr_say(page, GR_PLAIN, GR_TEXT(" "));
    }
    gr_say(page, GR_PLAIN, text);
    gr_paragraph_end(page);
}

void gr_blank(gr_page *page)
{
    gr_write(page->writer, "\n", 1);
}

void gr_heading_start(gr_page *page)
{
    gr_paragraph_start(page, 0, 0);
}

void gr_heading_end(gr_page *page)
{
    gr_paragraph_end(page);
    for (unsigned i = 0; i < page->widest; i++)
        gr_write(page->writer, "-", 1);
    gr_blank(page);
}

void gr_page_skip_to(gr_page *page, unsigned column)
{
    page->owed += column > page->column ? column - page->column : 0;
    page->column = column > page->column ? column : page->column;
    page->indent = column;
    page->fresh = true;
}

void gr_page_put(gr_page *page, gr_text text)
{
    gr_letter letter;
    size_t plain = gr_text_plain(text, ' ');

    spaces(page, page->owed);
    page->owed = 0;
    gr_write(page->writer, text.ptr, plain);
    page->column += (unsigned)plain;
    text = gr_text_slice(text, plain, text.len);
    while (gr_letter_tame(&text, &letter)) {
        gr_write_text(page->writer, letter.bytes);
        page->column += gr_letter_columns(&letter);
    }
}
