/* src/people/parts.c - see parts.h. Letters are code points: marks are folded away, so that one is one. */
#include "people/parts.h"

#include "people/fold.h"

#include <string.h>

/* ---- parts ---- */

gr_text gr_fold_email(gr_text email, gr_arena *arena)
{
    gr_text folded = gr_arena_copy(arena, gr_text_trim(email));
    char *c = (char *)(uintptr_t)folded.ptr;

    if (!folded.ptr || !memchr(folded.ptr, '@', folded.len))
        return folded.ptr ? GR_TEXT("") : folded;
    for (size_t i = 0; i < folded.len; i++)
        if (c[i] >= 'A' && c[i] <= 'Z')
            c[i] = (char)(c[i] + ('a' - 'A'));
    return folded;
}

bool gr_parts_fold(const gr_names *names, const gr_person *person, gr_arena *arena,
                   gr_person_parts *out)
{
    *out = (gr_person_parts){ .id = person->id, .email = GR_TEXT("") };
    out->name = gr_fold_name(names, person->name, arena);
    out->employer = gr_fold_firm(names, person->employer, arena);
    if (person->email.len > 0)
        out->email = gr_fold_email(person->email, arena);
    if (!out->name.ptr || !out->employer.ptr || !out->email.ptr)
        return false;
    gr_fold_split(names, out->name, &out->first, &out->last);
    return true;
}

gr_text gr_parts_core(const gr_person_parts *parts)
{
    size_t end = (size_t)(parts->last.ptr - parts->name.ptr) + parts->last.len;

    return gr_text_slice(parts->name, 0, parts->name.len ? end : 0);
}

gr_text gr_parts_suffix(const gr_person_parts *parts)
{
    return gr_text_trim(gr_text_slice(parts->name, gr_parts_core(parts).len, parts->name.len));
}

gr_text gr_parts_between(const gr_person_parts *parts)
{
    gr_text core = gr_parts_core(parts);

    if (parts->first.len == 0)
        return GR_TEXT("");
    return gr_text_trim(gr_text_slice(core, parts->first.len, core.len - parts->last.len));
}

bool gr_parts_middle(const gr_names *names, gr_text *rest, gr_text *word)
{
    while (gr_text_word(rest, word))
        if (!gr_names_has(names, GR_NAME_PARTICLE, *word))
            return true;
    return false;
}

bool gr_word_is_initial(gr_text word)
{
    return word.len > 0 && gr_fold_initial(word).len == word.len;
}

/* ---- letters ---- */

enum { MOST_LETTERS = 32, FEWEST_LETTERS = 5 }; /* with fewer, both ends may be wrong at once */

typedef struct letters {
    uint32_t at[MOST_LETTERS];
    size_t count; /* 0: too many of them, or digits among them */
} letters;

static letters read_letters(gr_text word)
{
    letters l = { .count = 0 };

    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.ptr[i];

        if (l.count == MOST_LETTERS || (c >= '0' && c <= '9'))
            return (letters){ .count = 0 };
        if ((c & 0xC0) == 0x80 && l.count > 0)
            l.at[l.count - 1] =
                l.at[l.count - 1] << 8 | c; /* the same bytes make the same letter */
        else
            l.at[l.count++] = c;
    }
    return l;
}

bool gr_word_is_mistyped(gr_text a, gr_text b, size_t shortest, bool keep_last)
{
    letters x = read_letters(a), y = read_letters(b);
    size_t from = 0, to = 0, least = x.count < y.count ? x.count : y.count, left, right;

    if (least < shortest || least < FEWEST_LETTERS)
        return false;
    while (from < least && x.at[from] == y.at[from])
        from++;
    while (to < least - from && x.at[x.count - 1 - to] == y.at[y.count - 1 - to])
        to++;
    left = x.count - from - to;
    right = y.count - from - to;
    if (from == 0 || (keep_last && to == 0))
        return false;
    if (left == 2 && right == 2)
        return x.at[from] == y.at[from + 1] && x.at[from + 1] == y.at[from];
    return left <= 1 && right <= 1 && left + right > 0;
}

/* The place behind the first n letters. */
static size_t behind(gr_text word, size_t n)
{
    size_t at = 0;

    while (n-- > 0 && at < word.len)
        at += gr_fold_initial(gr_text_slice(word, at, word.len)).len;
    return at;
}

bool gr_word_ends(gr_text word, size_t shortest, gr_text *front, gr_text *back)
{
    letters l = read_letters(word);

    if (l.count < shortest || l.count < FEWEST_LETTERS)
        return false;
    *front = gr_text_slice(word, 0, behind(word, 2));
    *back = gr_text_slice(word, behind(word, l.count - 2), word.len);
    return true;
}
