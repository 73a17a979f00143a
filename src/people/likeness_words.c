/* src/people/likeness_words.c - in what two recipients are like each other, and in what not: "the same last name and
 * employer, and an initial that fits: jane roe, j roe". */
#include "people/likeness.h"

#include <stdio.h>
#include <string.h>

enum { MOST_PHRASES = GR_PARTS };

typedef struct saying {
    const gr_names *names;
    const gr_person_parts *a, *b;
    gr_likeness like;
    gr_arena *arena;
} saying;

static const char *name_of(gr_part part)
{
    static const char *const names[] = {
        [GR_PART_FIRST] = "first name",  [GR_PART_MIDDLE] = "middle name",
        [GR_PART_LAST] = "last name",    [GR_PART_SUFFIX] = "suffix",
        [GR_PART_EMPLOYER] = "employer", [GR_PART_EMAIL] = "e-mail address",
        [GR_PART_ID] = "number"
    };

    return names[part];
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

/* What is said of a part that is neither the same nor silent; ptr NULL: no memory. */
static gr_text phrase_of(const saying *s, gr_part part)
{
    const char *name = name_of(part);

    switch (s->like.part[part]) {
    case GR_ACCORD_NICKNAME:
        if (part != GR_PART_FIRST)
            return gr_arena_print(s->arena, "%ss that may stand for each other", name);
        return gr_arena_print(s->arena,
                              "first names that may stand for each other by line %u of names.xml",
                              common_line(s->names, s->a->first, s->b->first));
    case GR_ACCORD_INITIAL:
        return part == GR_PART_FIRST ? GR_TEXT("an initial that fits")
                                     : GR_TEXT("a middle initial that fits");
    case GR_ACCORD_MIDDLE:
        return GR_TEXT("a first name that is the other's middle name");
    case GR_ACCORD_TURNED:
        return part == GR_PART_FIRST ? GR_TEXT("first and last name exchanged") : GR_TEXT("");
    case GR_ACCORD_TOGETHER:
        return part == GR_PART_FIRST ? GR_TEXT("names written together or apart") : GR_TEXT("");
    case GR_ACCORD_MISTYPED:
        return gr_arena_print(s->arena, "%ss that differ by a letter", name);
    case GR_ACCORD_DOUBLE:
        return GR_TEXT("one of several last names");
    case GR_ACCORD_CASE:
        return GR_TEXT("numbers that differ in capitals only");
    case GR_ACCORD_MISSING:
        return gr_arena_print(s->arena, "one %s is not stated", name);
    case GR_ACCORD_UNSTATED:
        return gr_arena_print(s->arena, "neither %s is stated", name);
    case GR_ACCORD_DIFFERENT:
        return gr_arena_print(s->arena, "another %s", name);
    default:
        return GR_TEXT("");
    }
}

/* "the same last name and employer" */
static gr_text same_parts(const saying *s)
{
    static const gr_part order[] = { GR_PART_FIRST,  GR_PART_MIDDLE,   GR_PART_LAST,
                                     GR_PART_SUFFIX, GR_PART_EMPLOYER, GR_PART_EMAIL };
    gr_text text = GR_TEXT("");
    size_t left = 0;

    for (size_t i = 0; i < GR_COUNT(order); i++)
        left += s->like.part[order[i]] == GR_ACCORD_SAME;
    for (size_t i = 0; i < GR_COUNT(order) && text.ptr; i++) {
        if (s->like.part[order[i]] != GR_ACCORD_SAME)
            continue;
        left--;
        text = gr_arena_print(s->arena, "%s%s%s", text.len > 0 ? text.ptr : "the same ",
                              name_of(order[i]),
                              left > 1   ? ", "
                              : left > 0 ? " and "
                                         : "");
    }
    return text;
}

static gr_text all_parts(const saying *s)
{
    gr_text text = same_parts(s);

    for (int p = 0; p < GR_PARTS && text.ptr; p++) {
        gr_text phrase = phrase_of(s, (gr_part)p);

        if (!phrase.ptr)
            return phrase;
        if (phrase.len > 0)
            text = gr_arena_print(s->arena, "%s%s%s", text.ptr, text.len > 0 ? ", and " : "",
                                  phrase.ptr);
    }
    return text;
}

static gr_text sure_words(const saying *s)
{
    if (s->like.part[GR_PART_ID] == GR_ACCORD_SAME)
        return gr_arena_print(s->arena, "the same number: %.*s", GR_ALL(s->a->id));
    if (gr_text_equal(s->a->name, s->b->name) && gr_text_equal(s->a->employer, s->b->employer) &&
        s->a->name.len > 0)
        return gr_arena_print(s->arena, "the same name and employer when compared: %.*s%s%.*s",
                              GR_ALL(s->a->name), s->a->employer.len > 0 ? ", " : "",
                              GR_ALL(s->a->employer));
    return gr_arena_print(s->arena,
                          "the same e-mail address, and names that do not contradict each other: "
                          "%.*s",
                          GR_ALL(s->a->email));
}

gr_text gr_likeness_words(const gr_names *names, const gr_person_parts *a, const gr_person_parts *b,
                          gr_arena *arena)
{
    saying s = { names, a, b, gr_likeness_of(names, a, b), arena };
    gr_text parts;

    if (s.like.bond == GR_BOND_SURE)
        return sure_words(&s);
    parts = all_parts(&s);
    if (!parts.ptr || a->name.len == 0 || b->name.len == 0)
        return parts;
    return gr_arena_print(arena, "%s: %.*s, %.*s", parts.ptr, GR_ALL(a->name), GR_ALL(b->name));
}
