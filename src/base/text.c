/* src/base/text.c - the few things we do with views of bytes. Nothing here allocates or fails. */
#include "base/text.h"

#include <string.h>

gr_text gr_text_of(const char *s)
{
    return (gr_text){ s ? s : "", s ? strlen(s) : 0 };
}

bool gr_text_equal(gr_text a, gr_text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool gr_text_is(gr_text a, const char *s)
{
    return gr_text_equal(a, gr_text_of(s));
}

int gr_text_compare(gr_text a, gr_text b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.ptr, b.ptr, least) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

gr_text gr_text_trim(gr_text s)
{
    while (s.len > 0 && is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

gr_text gr_text_slice(gr_text s, size_t from, size_t to)
{
    to = to < s.len ? to : s.len;
    from = from < to ? from : to;
    return (gr_text){ s.ptr + from, to - from };
}

size_t gr_text_cut(gr_text s, size_t bytes)
{
    if (s.len <= bytes)
        return s.len;
    while (bytes > 0 && ((unsigned char)s.ptr[bytes] & 0xC0) == 0x80)
        bytes--; /* do not cut a letter of UTF-8 in two */
    return bytes;
}

bool gr_text_starts(gr_text s, gr_text with)
{
    return s.len >= with.len && gr_text_equal(gr_text_slice(s, 0, with.len), with);
}

bool gr_text_ends(gr_text s, gr_text with)
{
    return s.len >= with.len && gr_text_equal(gr_text_slice(s, s.len - with.len, s.len), with);
}

bool gr_text_word(gr_text *rest, gr_text *word)
{
    gr_text s = gr_text_trim(*rest);
    size_t n = 0;

    if (s.len == 0)
        return false;
    while (n < s.len && !is_space(s.ptr[n]))
        n++;
    *word = gr_text_slice(s, 0, n);
    *rest = gr_text_slice(s, n, s.len);
    return true;
}

bool gr_text_number(gr_text s, uint64_t most, uint64_t *out)
{
    uint64_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned digit = (unsigned)(s.ptr[i] - '0');

        if (digit > 9 || n > (most - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    if (s.len == 0 || n > most)
        return false;
    *out = n;
    return true;
}
