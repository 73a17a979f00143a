/* src/people/likeness.c - the ways of settle.c, looked at for one pair. It joins and links nobody: where settle.c has
 * done that, this finds the reason (tests/unit/test_explain_people.c holds the two together). */
#include "people/likeness.h"

#include "people/fold.h"

typedef struct folded {
    gr_text id, name, employer, first, last;
} folded;

static bool fold(const gr_names *names, const gr_person *person, gr_arena *arena, folded *out)
{
    out->id = person->id;
    out->name = gr_fold_name(names, person->name, arena);
    out->employer = gr_fold_firm(names, person->employer, arena);
    if (!out->name.ptr || !out->employer.ptr)
        return false;
    gr_fold_split(names, out->name, &out->first, &out->last);
    return true;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_id_in_other_case(gr_text a, gr_text b)
{
    bool same = a.len == b.len;

    for (size_t i = 0; same && i < a.len; i++)
        same = small(a.ptr[i]) == small(b.ptr[i]);
    return same;
}

static bool is_initial(gr_text first)
{
    return first.len > 0 && gr_fold_initial(first).len == first.len;
}

static gr_likeness of_first_names(const gr_names *names, gr_text a, gr_text b)
{
    if (a.len == 0 || b.len == 0)
        return GR_LIKE_SURNAME;
    if (gr_text_equal(a, b))
        return GR_LIKE_FIRST;
    if (is_initial(a) || is_initial(b))
        return gr_text_equal(gr_fold_initial(a), gr_fold_initial(b)) ? GR_LIKE_INITIAL
                                                                     : GR_LIKE_NOT;
    return gr_names_same(names, a, b) ? GR_LIKE_NAMES_LINE : GR_LIKE_NOT;
}

static gr_likeness compare(const gr_names *names, const folded *a, const folded *b)
{
    bool ids = a->id.len > 0 && b->id.len > 0;

    if (ids && gr_text_equal(a->id, b->id))
        return GR_LIKE_ID;
    if (a->name.len == 0 || b->name.len == 0)
        return GR_LIKE_NOT; /* nobody is like somebody without a name */
    if (gr_text_equal(a->name, b->name) && gr_text_equal(a->employer, b->employer))
        return !ids                                ? GR_LIKE_NAME
               : is_id_in_other_case(a->id, b->id) ? GR_LIKE_ID_CASE
                                                   : GR_LIKE_NOT;
    if (ids)
        return GR_LIKE_NOT;
    if (!gr_text_equal(a->employer, b->employer))
        return (a->employer.len == 0 || b->employer.len == 0) && gr_text_equal(a->name, b->name)
                   ? GR_LIKE_NO_EMPLOYER
                   : GR_LIKE_NOT;
    if (gr_text_equal(a->last, b->last))
        return of_first_names(names, a->first, b->first);
    return gr_text_equal(a->first, b->last) && gr_text_equal(a->last, b->first) ? GR_LIKE_TURNED
                                                                                : GR_LIKE_NOT;
}

/* Their line of names.xml; both stand on it. */
static uint32_t common_line(const gr_names *names, gr_text a, gr_text b)
{
    size_t at = 0;
    uint32_t line, other;

    while (gr_names_line(names, a, &at, &line)) {
        size_t cursor = 0;

        while (gr_names_line(names, b, &cursor, &other))
            if (other == line)
                return line;
    }
    return 0;
}

static gr_text words_of(const gr_names *names, const folded *a, const folded *b, gr_arena *arena)
{
    static const char *const words[] = {
        [GR_LIKE_NOT] = "no likeness",
        [GR_LIKE_ID] = "the same number",
        [GR_LIKE_NAME] = "the same name and employer when compared",
        [GR_LIKE_ID_CASE] = "the same name and employer, and numbers that differ in capitals only",
        [GR_LIKE_NO_EMPLOYER] = "the same name, and one employer is not stated",
        [GR_LIKE_SURNAME] = "the same last name and employer, and one first name is not stated",
        [GR_LIKE_FIRST] = "the same first and last name and employer; what else is said differs",
        [GR_LIKE_INITIAL] = "the same last name and employer, and an initial that fits",
        [GR_LIKE_NAMES_LINE] = "the same last name and employer, and first names that may stand "
                               "for each other",
        [GR_LIKE_TURNED] = "the same employer, and first and last name exchanged",
    };
    gr_likeness like = compare(names, a, b);

    if (like == GR_LIKE_NOT)
        return gr_arena_print(arena, "%s", words[like]);
    if (like == GR_LIKE_ID || like == GR_LIKE_ID_CASE)
        return gr_arena_print(arena, "%s: %.*s", words[like], GR_ALL(a->id));
    if (like == GR_LIKE_NAME)
        return gr_arena_print(arena, "%s: %.*s%s%.*s", words[like], GR_ALL(a->name),
                              a->employer.len > 0 ? ", " : "", GR_ALL(a->employer));
    if (like == GR_LIKE_NAMES_LINE)
        return gr_arena_print(arena, "%s by line %u of names.xml: %.*s, %.*s", words[like],
                              common_line(names, a->first, b->first), GR_ALL(a->name),
                              GR_ALL(b->name));
    return gr_arena_print(arena, "%s: %.*s, %.*s", words[like], GR_ALL(a->name), GR_ALL(b->name));
}

static gr_status fold_both(const gr_names *names, const gr_person *a, const gr_person *b,
                           gr_arena **scratch, folded out[2], gr_error *err)
{
    gr_arena *arena = gr_arena_create();

    if (!arena || !fold(names, a, arena, &out[0]) || !fold(names, b, arena, &out[1])) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    *scratch = arena;
    return GR_OK;
}

gr_status gr_likeness_find(const gr_names *names, const gr_person *a, const gr_person *b,
                           gr_likeness *out, gr_error *err)
{
    gr_arena *scratch;
    folded both[2];
    gr_status status = fold_both(names, a, b, &scratch, both, err);

    if (status != GR_OK)
        return status;
    *out = compare(names, &both[0], &both[1]);
    gr_arena_free(scratch);
    return GR_OK;
}

gr_status gr_likeness_print(const gr_names *names, const gr_person *a, const gr_person *b,
                            gr_arena *arena, gr_text *out, gr_error *err)
{
    gr_arena *scratch;
    folded both[2];
    gr_status status = fold_both(names, a, b, &scratch, both, err);

    if (status != GR_OK)
        return status;
    *out = words_of(names, &both[0], &both[1], arena);
    gr_arena_free(scratch);
    return out->ptr ? GR_OK : gr_fail_memory(err);
}
