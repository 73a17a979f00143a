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

/* Word processors turn apostrophes; signs without width get in by copying. Neither parts a word. */
static bool is_left_out(utf8proc_int32_t c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC ||
           utf8proc_category(c) == UTF8PROC_CATEGORY_CF;
}

typedef struct words { /* as they are written, with single spaces */
    char *out;
    size_t n;
    bool gap;
} words;

static void add_bytes(words *w, const char *bytes, size_t len)
{
    if (w->gap && w->n > 0)
        w->out[w->n++] = ' ';
    memcpy(w->out + w->n, bytes, len);
    w->n += len;
    w->gap = false;
}

static void add_and(words *w)
{
    w->gap = true;
    add_bytes(w, "and", 3);
    w->gap = true;
}

/* Spaces stand in place of what was left out, so only "&", which becomes " and ", needs more room. */
static char *make_room(gr_text s, gr_arena *arena)
{
    size_t room = s.len + 1;

    for (size_t i = 0; i < s.len; i++)
        room += s.ptr[i] == '&' ? 4 : 0;
    return gr_arena_alloc(arena, room);
}

/* Copies letters and digits, one space for each run of anything else. */
static void squeeze(gr_text s, words *w)
{
    size_t len;

    for (size_t i = 0; i < s.len; i += len) {
        utf8proc_int32_t c;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + i,
                                                 (utf8proc_ssize_t)(s.len - i), &c);

        len = step > 0 ? (size_t)step : 1;
        if (step <= 0 || (is_letter_or_digit(c) && c != 0))
            add_bytes(w, s.ptr + i, len);
        else if (c == '&')
            add_and(w);
        else if (!is_left_out(c))
            w->gap = true;
    }
}

static void squeeze_plain(gr_text s, words *w)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        c = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (w->gap && w->n > 0)
                w->out[w->n++] = ' ';
            w->out[w->n++] = c; /* most letters come by here: not through add_bytes() */
            w->gap = false;
        } else if (c == '&') {
            add_and(w);
        } else if (c != '\'') {
            w->gap = true;
        }
    }
}

/* Letters that Unicode takes for whole, and typists for ones with a mark: they have no decomposition. */
static const struct {
    utf8proc_int32_t from;
    char to[3];
} whole_letters[] = { { 0xE6, "ae" },  { 0xF0, "d" },  { 0xF8, "o" },  { 0xFE, "th" },
                      { 0x111, "d" },  { 0x127, "h" }, { 0x131, "i" }, { 0x142, "l" },
                      { 0x153, "oe" }, { 0x167, "t" } };

/* In place: letters has room for twice as many. The number of them now. */
static utf8proc_ssize_t take_apart(utf8proc_int32_t *letters, utf8proc_ssize_t n)
{
    utf8proc_int32_t *from = letters + n;
    utf8proc_ssize_t count = 0;

    memmove(from, letters, sizeof *letters * (size_t)n);
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        size_t k = 0;

        while (k < GR_COUNT(whole_letters) && whole_letters[k].from != from[i])
            k++;
        if (k == GR_COUNT(whole_letters)) {
            letters[count++] = from[i];
            continue;
        }
        for (const char *to = whole_letters[k].to; *to; to++)
            letters[count++] = *to;
    }
    return count;
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
    letters = gr_arena_alloc(arena, sizeof *letters * (2 * (size_t)n + 1));
    if (!letters)
        return false;
    n = utf8proc_decompose(bytes, (utf8proc_ssize_t)s.len, letters, n, how);
    n = n < 0 ? n : utf8proc_reencode(letters, take_apart(letters, n), how);
    if (n >= 0)
        *out = (gr_text){ (const char *)letters, (size_t)n };
    return true;
}

/* Case, marks, punctuation: everything but what words mean. */
static gr_text fold(gr_text s, gr_arena *arena)
{
    bool plain = is_plain(s);
    words w = { NULL, 0, false };

    if (!plain && !decompose(s, arena, &s))
        return (gr_text){ NULL, 0 };
    w.out = make_room(s, arena);
    if (!w.out)
        return (gr_text){ NULL, 0 };
    if (plain)
        squeeze_plain(s, &w);
    else
        squeeze(s, &w);
    w.out[w.n] = '\0';
    return (gr_text){ w.out, w.n };
}

/* ---- words ---- */

static size_t count_words(gr_text s)
{
    size_t count = s.len > 0;

    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == ' ';
    return count;
}

static gr_text last_word(gr_text s)
{
    size_t at = s.len;

    while (at > 0 && s.ptr[at - 1] != ' ')
        at--;
    return gr_text_slice(s, at, s.len);
}

static gr_text without_last(gr_text s, gr_text tail) /* nor the space in front of it */
{
    size_t n = s.len - tail.len;

    return gr_text_slice(s, 0, n ? n - 1 : 0);
}

gr_text gr_fold_initial(gr_text word)
{
    size_t n = word.len > 0;

    while (n < word.len && ((unsigned char)word.ptr[n] & 0xC0) == 0x80)
        n++;
    return gr_text_slice(word, 0, n);
}

static bool is_one_letter(gr_text word)
{
    return word.len > 0 && gr_fold_initial(word).len == word.len;
}

/* The last words of s that make one word of a kind, the most of them: "llc", "l l c", "ph d". Points have become
 * spaces, so only the first may be more than a letter. Empty: they make none. */
static gr_text find_tail(const gr_names *names, gr_text s, gr_name_kind kind)
{
    char joined[16];
    size_t at = sizeof joined;
    gr_text rest = s, found = { "", 0 }, word = last_word(s);

    if (gr_names_has(names, kind, word))
        found = word;
    while (word.len > 0 && word.len <= at) {
        at -= word.len;
        memcpy(joined + at, word.ptr, word.len);
        if (gr_names_has(names, kind, (gr_text){ joined + at, sizeof joined - at }))
            found = gr_text_slice(s, rest.len - word.len, s.len);
        if (!is_one_letter(word))
            break;
        rest = without_last(rest, word);
        word = last_word(rest);
    }
    return found;
}

/* ---- firms ---- */

/* "Acme & Co." is Acme: with the form goes the "and" in front of it. One word stays. */
static gr_text strip_legal_forms(const gr_names *names, gr_text s)
{
    gr_text form = find_tail(names, s, GR_NAME_LEGAL_FORM);

    while (form.len > 0 && form.len < s.len) {
        s = without_last(s, form);
        if (gr_text_ends(s, GR_TEXT(" and")))
            s = gr_text_slice(s, 0, s.len - 4);
        form = find_tail(names, s, GR_NAME_LEGAL_FORM);
    }
    return s;
}

static bool has_letters(gr_text s) /* two words of one ASCII byte, or beyond ASCII: who knows? */
{
    size_t letters = 0;

    for (size_t i = 0; i < s.len; i++)
        letters += (i == 0 || s.ptr[i - 1] == ' ') && (i + 1 == s.len || s.ptr[i + 1] == ' ');
    return letters > 1 || !is_plain(s);
}

/* "j p morgan" is "jp morgan". */
static gr_text join_letters(gr_text s, gr_arena *arena)
{
    gr_text rest = s, word;
    bool after_letter = false;
    words w = { NULL, 0, false };

    if (!has_letters(s))
        return s;
    w.out = gr_arena_alloc(arena, s.len + 1);
    while (w.out && gr_text_word(&rest, &word)) {
        w.gap = !(after_letter && is_one_letter(word));
        after_letter = is_one_letter(word);
        add_bytes(&w, word.ptr, word.len);
    }
    return (gr_text){ w.out, w.n };
}

gr_text gr_fold_firm(const gr_names *names, gr_text firm, gr_arena *arena)
{
    gr_text folded = fold(firm, arena);

    if (!folded.ptr)
        return folded;
    if (gr_text_starts(folded, GR_TEXT("the ")))
        folded = gr_text_slice(folded, 4, folded.len);
    return join_letters(strip_legal_forms(names, folded), arena);
}

/* ---- people ---- */

typedef struct parts {
    gr_text family, given, suffix; /* without a comma, all but the suffix is family */
    size_t count;                  /* of words of family and given */
} parts;

/* count words stand in front of s; the last of all words stays. */
static gr_text strip_titles(const gr_names *names, gr_text s, size_t count)
{
    gr_text rest = s, word;

    while (gr_text_word(&rest, &word) && gr_names_has(names, GR_NAME_TITLE, word) &&
           count + count_words(s) > 1)
        s = gr_text_trim(rest);
    return s;
}

/* "Jane Roe, J.D." has a degree, "Roe, J.D." has initials: what is letters only needs a whole name in front. */
static gr_text strip_credentials(const gr_names *names, gr_text s, size_t count)
{
    for (;;) {
        gr_text tail = find_tail(names, s, GR_NAME_CREDENTIAL);
        bool initials = tail.len > 1 && tail.ptr[1] == ' ';
        size_t left = count + count_words(without_last(s, tail));

        if (tail.len == 0 || left < (initials ? 2 : 1))
            return s;
        s = without_last(s, tail);
    }
}

static gr_text strip_suffix(const gr_names *names, gr_text s, parts *p)
{
    gr_text word = last_word(s);

    if (p->count + count_words(s) < 2 || !gr_names_has(names, GR_NAME_SUFFIX, word))
        return s;
    p->suffix = word;
    return without_last(s, word);
}

/* What stands between two commas. False: no memory. */
static bool add_part(const gr_names *names, gr_text text, gr_arena *arena, parts *p)
{
    gr_text s = fold(text, arena);

    if (!s.ptr)
        return false;
    s = strip_titles(names, s, p->count);
    s = strip_credentials(names, s, p->count);
    s = strip_suffix(names, s, p);
    s = strip_credentials(names, s, p->count);
    p->count += count_words(s);
    if (p->family.len == 0)
        p->family = s;
    else if (p->given.len == 0)
        p->given = s;
    else if (s.len > 0)
        p->given = gr_arena_print(arena, "%.*s %.*s", GR_ALL(p->given), GR_ALL(s));
    return p->given.ptr != NULL;
}

gr_text gr_fold_name(const gr_names *names, gr_text name, gr_arena *arena)
{
    parts p = { { "", 0 }, { "", 0 }, { "", 0 }, 0 };

    for (size_t i = 0, end; i <= name.len; i = end + 1) {
        const char *comma = i < name.len ? memchr(name.ptr + i, ',', name.len - i) : NULL;

        end = comma ? (size_t)(comma - name.ptr) : name.len;
        if (!add_part(names, gr_text_slice(name, i, end), arena, &p))
            return (gr_text){ NULL, 0 };
    }
    if (p.given.len == 0 && p.suffix.len == 0)
        return p.family;
    return gr_arena_print(arena, "%.*s%s%.*s%s%.*s", GR_ALL(p.given), p.given.len ? " " : "",
                          GR_ALL(p.family), p.suffix.len ? " " : "", GR_ALL(p.suffix));
}

void gr_fold_split(const gr_names *names, gr_text name, gr_text *first, gr_text *last)
{
    gr_text rest = name;

    *last = last_word(name);
    if (last->len < name.len && gr_names_has(names, GR_NAME_SUFFIX, *last)) {
        name = without_last(name, *last);
        *last = last_word(name);
    }
    *first = (gr_text){ "", 0 };
    if (last->len < name.len)
        gr_text_word(&rest, first);
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
