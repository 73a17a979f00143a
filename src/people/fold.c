/* src/people/fold.c - folding by libutf8proc: compatibility forms, case, marks; then everything that is no letter
 * and no digit is a space, and spaces are single. */
#include "people/fold.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

static bool is_plain(gr_text s) /* ASCII needs no tables */
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

static bool is_letter_or_digit(utf8proc_int32_t c)
{
    utf8proc_category_t kind = utf8proc_category(c);

    return kind <= UTF8PROC_CATEGORY_LO || kind == UTF8PROC_CATEGORY_ND;
}

/* Copies letters and digits, one space for each run of anything else. out has room for s.len bytes. */
static size_t squeeze(gr_text s, char *out)
{
    size_t n = 0;
    bool gap = false;

    for (size_t i = 0; i < s.len;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + i,
                                                 (utf8proc_ssize_t)(s.len - i), &c);
        size_t len = step > 0 ? (size_t)step : 1;

        if (step > 0 && c == '\'') { /* O'Brien is obrien */
            i++;
            continue;
        }
        if (step <= 0 || (is_letter_or_digit(c) && c != 0)) {
            if (gap && n > 0)
                out[n++] = ' ';
            memcpy(out + n, s.ptr + i, len);
            n += len;
            gap = false;
        } else {
            gap = true;
        }
        i += len;
    }
    return n;
}

static gr_text squeeze_plain(gr_text s, gr_arena *arena)
{
    char *out = gr_arena_alloc(arena, s.len + 1);
    size_t n = 0;
    bool gap = false;

    for (size_t i = 0; out && i < s.len; i++) {
        char c = s.ptr[i];

        c = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        if (c == '\'')
            continue;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (gap && n > 0)
                out[n++] = ' ';
            out[n++] = c;
            gap = false;
        } else {
            gap = true;
        }
    }
    if (out)
        out[n] = '\0';
    return (gr_text){ out, out ? n : 0 };
}

gr_text gr_fold_firm(gr_text firm, gr_arena *arena)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len;
    gr_text text = firm;
    char *out;
    size_t n;

    if (is_plain(firm))
        return squeeze_plain(firm, arena);
    len = utf8proc_map((const utf8proc_uint8_t *)firm.ptr, (utf8proc_ssize_t)firm.len, &folded,
                       UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                           UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    if (len == UTF8PROC_ERROR_NOMEM)
        return (gr_text){ NULL, 0 };
    if (len >= 0)
        text = (gr_text){ (const char *)folded, (size_t)len };
    out = gr_arena_alloc(arena, text.len * 2 + 1);
    n = out ? squeeze(text, out) : 0;
    if (out)
        out[n] = '\0';
    free(folded); /* utf8proc takes it from malloc */
    return (gr_text){ out, n };
}

gr_text gr_fold_name(gr_text name, gr_arena *arena)
{
    const char *comma = name.len ? memchr(name.ptr, ',', name.len) : NULL;
    size_t at = comma ? (size_t)(comma - name.ptr) : 0;
    gr_text turned;

    if (!comma || gr_text_trim(gr_text_slice(name, at + 1, name.len)).len == 0)
        return gr_fold_firm(name, arena);
    turned = gr_arena_print(arena, "%.*s %.*s", (int)(name.len - at - 1), name.ptr + at + 1,
                            (int)at, name.ptr);
    return turned.ptr ? gr_fold_firm(turned, arena) : turned;
}
