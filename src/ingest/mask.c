/* src/ingest/mask.c - works on the text of a record, which may be cut at its end and need not be
 * well-formed any more. Where it is in doubt it blanks more, never less. */
#include "ingest/mask.h"

#include <string.h>

static bool is_name_end(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '>' || c == '/' || c == '=';
}

static bool names(const gr_format_file *format, gr_text name)
{
    for (size_t i = 0; i < format->mask_count; i++)
        if (gr_text_equal(format->mask[i], name))
            return true;
    return false;
}

/* The local name that begins at at, without a prefix. */
static gr_text name_at(gr_text raw, size_t at)
{
    size_t from = at, to = at;

    for (; to < raw.len && !is_name_end(raw.ptr[to]); to++)
        if (raw.ptr[to] == ':')
            from = to + 1;
    return gr_text_slice(raw, from, to);
}

static void blank(char *from, char *to)
{
    for (; from < to; from++)
        if (*from != '\n') /* lines stay where they are */
            *from = '*';
}

/* Blanks the values of masked attributes of the tag at at; returns the end of the tag. */
static size_t mask_tag(const gr_format_file *format, char *raw, size_t length, size_t at)
{
    gr_text text = { raw, length };

    while (at < length && raw[at] != '>') {
        char *value = raw + at + 1, *end;

        if (is_name_end(raw[at]) && raw[at] != '=' && at + 1 < length &&
            !is_name_end(raw[at + 1]) && names(format, name_at(text, at + 1))) {
            while (value < raw + length && *value != '"' && *value != '\'' && *value != '>')
                value++;
            if (value == raw + length || *value == '>')
                break;
            end = memchr(value + 1, *value, (size_t)(raw + length - value - 1));
            end = end ? end : raw + length;
            blank(value + 1, end);
            at = (size_t)(end - raw);
        }
        at += at < length;
    }
    return at;
}

/* Where the end tag of the element name begins, or the end of the text. */
static size_t end_of(gr_text raw, size_t at, gr_text name)
{
    for (; at + 1 < raw.len; at++)
        if (raw.ptr[at] == '<' && raw.ptr[at + 1] == '/' &&
            gr_text_equal(name_at(raw, at + 2), name))
            return at;
    return raw.len;
}

void gr_mask(const gr_format_file *format, char *raw, size_t length)
{
    gr_text text = { raw, length };

    for (size_t at = 0; at < length && format->mask_count > 0; at++) {
        gr_text name;
        size_t content;

        if (raw[at] != '<' || at + 1 >= length || raw[at + 1] == '/')
            continue;
        name = name_at(text, at + 1);
        content = mask_tag(format, raw, length, at + 1);
        if (content < length && raw[content - 1] != '/' && names(format, name)) {
            size_t end = end_of(text, content, name);

            blank(raw + content + 1, raw + end);
            content = end > content ? end - 1 : content;
        }
        at = content;
    }
}
