/* src/people/fold.c - folding by libutf8proc: compatibility forms, case, marks; then everything that is no letter
 * and no digit is a space, and spaces are single. */
#include "people/fold.h"

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

static bool is_apostrophe(utf8proc_int32_t c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC; /* word processors turn it */
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

        if (step > 0 && is_apostrophe(c)) { /* O'Brien is obrien */
            i += len;
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

/* Compatibility forms, no case, no marks. What is not UTF-8 stays as it is. False: no memory. */
static bool decompose(gr_text s, gr_arena *arena, gr_text *out)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s.ptr;
    const utf8proc_option_t how = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                  UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
    utf8proc_ssize_t n = utf8proc_decompose(bytes, (utf8proc_ssize_t)s.len, NULL, 0, how);
    utf8proc_int32_t *letters;

    *out = s;
    if (n < 0)
        return true;
    letters = gr_arena_alloc(arena, sizeof *letters * ((size_t)n + 1));
    if (!letters)
        return false;
    n = utf8proc_decompose(bytes, (utf8proc_ssize_t)s.len, letters, n, how);
    n = n < 0 ? n : utf8proc_reencode(letters, n, how);
    if (n >= 0)
        *out = (gr_text){ (const char *)letters, (size_t)n };
    return true;
}

/* Case, marks, punctuation: everything but what words mean. */
static gr_text fold(gr_text s, gr_arena *arena)
{
    gr_text text;
    char *out;
    size_t n;

    if (is_plain(s))
        return squeeze_plain(s, arena);
    if (!decompose(s, arena, &text))
        return (gr_text){ NULL, 0 };
    out = gr_arena_alloc(arena, text.len * 2 + 1);
    n = out ? squeeze(text, out) : 0;
    if (out)
        out[n] = '\0';
    return (gr_text){ out, n };
}

/* Takes words of a kind off the front, or the end; the last word that is left stays. */
static gr_text strip(const gr_names *names, gr_text s, gr_name_kind kind, bool in_front)
{
    for (;;) {
        size_t at = in_front ? 0 : s.len, next;

        while (in_front ? at < s.len && s.ptr[at] != ' ' : at > 0 && s.ptr[at - 1] != ' ')
            at = in_front ? at + 1 : at - 1;
        if (at == (in_front ? s.len : 0))
            return s;
        next = in_front ? at + 1 : at - 1; /* beyond the space */
        if (!gr_names_has(names, kind,
                          in_front ? gr_text_slice(s, 0, at) : gr_text_slice(s, at, s.len)))
            return s;
        s = in_front ? gr_text_slice(s, next, s.len) : gr_text_slice(s, 0, next);
    }
}

gr_text gr_fold_firm(const gr_names *names, gr_text firm, gr_arena *arena)
{
    gr_text folded = fold(firm, arena);

    return folded.ptr ? strip(names, folded, GR_NAME_LEGAL_FORM, false) : folded;
}

/* Are all words credentials? "CFA" after a comma does not turn a name round. */
static bool is_credentials(const gr_names *names, gr_text s)
{
    gr_text rest = s, word;

    while (gr_text_word(&rest, &word))
        if (!gr_names_has(names, GR_NAME_CREDENTIAL, word))
            return false;
    return true;
}

gr_text gr_fold_name(const gr_names *names, gr_text name, gr_arena *arena)
{
    const char *comma = name.len ? memchr(name.ptr, ',', name.len) : NULL;
    size_t at = comma ? (size_t)(comma - name.ptr) : name.len;
    gr_text before = fold(gr_text_slice(name, 0, at), arena);
    gr_text after = comma ? fold(gr_text_slice(name, at + 1, name.len), arena) : GR_TEXT("");
    gr_text whole = before;

    if (!before.ptr || !after.ptr)
        return (gr_text){ NULL, 0 };
    if (before.len > 0 && !is_credentials(names, after))
        whole = gr_arena_print(arena, "%.*s %.*s",
                               GR_ALL(strip(names, after, GR_NAME_CREDENTIAL, false)),
                               GR_ALL(strip(names, before, GR_NAME_TITLE, true)));
    else if (before.len == 0)
        whole = after;
    if (!whole.ptr)
        return whole;
    whole = strip(names, whole, GR_NAME_TITLE, true);
    return strip(names, whole, GR_NAME_CREDENTIAL, false);
}

/* Written out: not turned by a comma, and not all in capitals. */
static int quality(gr_text s)
{
    bool turned = s.len && memchr(s.ptr, ',', s.len), small = false;

    for (size_t i = 0; i < s.len && !small; i++)
        small = s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
    return (turned ? 0 : 2) + small;
}

bool gr_fold_is_better(gr_text now, gr_text offered)
{
    int order = quality(offered) - quality(now);

    if (now.len == 0 || offered.len == 0)
        return offered.len > 0;
    if (order != 0)
        return order > 0;
    return offered.len > now.len || (offered.len == now.len && gr_text_compare(offered, now) < 0);
}
