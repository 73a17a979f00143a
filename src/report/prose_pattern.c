/* src/report/prose_pattern.c - what a pattern finds, in words. A pattern that stands for a handful of texts is told as
 * these texts; any other is shown as it is. The pattern itself always stands there too: it is what decides. */
#include "report/prose.h"

#include <string.h>

enum {
    MOST = 32,
    LONGEST = 40,
    DEEPEST = 4
}; /* texts; bytes of each; brackets inside each other */

typedef struct texts {
    char text[MOST][LONGEST];
    size_t count;
    bool good; /* false: there are too many, or the pattern is of another sort */
} texts;

typedef struct reader {
    gr_text rest;
    unsigned depth;
} reader;

static texts alternatives(reader *r);

static void add(texts *set, const char *text)
{
    size_t length = strlen(text);

    if (set->count >= MOST || length >= LONGEST) {
        set->good = false;
        return;
    }
    memcpy(set->text[set->count++], text, length + 1);
}

static texts one_text(const char *text)
{
    texts set = { .good = true };

    add(&set, text);
    return set;
}

/* Each text of one followed by each text of the other. */
static void follow(texts *set, const texts *by)
{
    texts out = { .good = set->good && by->good };

    for (size_t i = 0; out.good && i < set->count; i++) {
        for (size_t k = 0; out.good && k < by->count; k++) {
            char text[2 * LONGEST];
            size_t length = strlen(set->text[i]);

            memcpy(text, set->text[i], length);
            memcpy(text + length, by->text[k], strlen(by->text[k]) + 1);
            add(&out, text);
        }
    }
    *set = out;
}

static bool take(reader *r, const char *sign)
{
    if (!gr_text_starts(r->rest, gr_text_of(sign)))
        return false;
    r->rest = gr_text_slice(r->rest, strlen(sign), r->rest.len);
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
           c == '-' || c == '&' || c == ',' || c == '\'' || c == '.';
}

/* A letter, or alternatives in brackets. */
static texts atom(reader *r)
{
    texts set = { .good = false };
    char letter[2] = "";

    if (take(r, "(?:") || take(r, "(")) {
        if (++r->depth <= DEEPEST)
            set = alternatives(r);
        r->depth--;
        set.good = set.good && take(r, ")");
    } else if (r->rest.len > 0 && is_letter(r->rest.ptr[0])) {
        letter[0] = r->rest.ptr[0];
        r->rest = gr_text_slice(r->rest, 1, r->rest.len);
        set = one_text(letter);
    }
    return set;
}

static texts sequence(reader *r)
{
    texts set = one_text("");

    while (set.good && r->rest.len > 0 && r->rest.ptr[0] != '|' && r->rest.ptr[0] != ')' &&
           !gr_text_is(r->rest, "\\b")) {
        texts next = atom(r), maybe = one_text("");

        if (next.good && take(r, "?")) {
            for (size_t i = 0; i < next.count; i++)
                add(&maybe, next.text[i]);
            maybe.good = maybe.good && next.good;
            next = maybe;
        }
        follow(&set, &next);
    }
    return set;
}

static texts alternatives(reader *r)
{
    texts set = sequence(r);

    while (set.good && take(r, "|")) {
        texts more = sequence(r);

        set.good = more.good;
        for (size_t i = 0; set.good && i < more.count; i++)
            add(&set, more.text[i]);
    }
    return set;
}

static void tell_texts(const gr_prose *prose, const texts *set)
{
    for (size_t i = 0; i < set->count; i++) {
        gr_tell_between(prose, i, set->count, "or");
        gr_tell_quote(prose, gr_text_of(set->text[i]));
    }
}

static bool has_point(const texts *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (strchr(set->text[i], '.'))
            return true;
    return false;
}

/* "the description has", "the description does not begin with". */
static void tell_verb(const gr_prose *prose, gr_text fact, const char *verb, const char *infinitive,
                      bool negated)
{
    gr_tell_noun(prose, fact);
    gr_tell(prose, negated ? " does not " : " ");
    gr_tell(prose, negated ? infinitive : verb);
    gr_tell(prose, " ");
}

static void tell_pattern_itself(const gr_prose *prose, gr_text fact, gr_text pattern, bool negated)
{
    tell_verb(prose, fact, "matches", "match", negated);
    gr_tell(prose, "the pattern ");
    gr_tell_code(prose, pattern);
}

void gr_tell_pattern(const gr_prose *prose, gr_text fact, gr_text pattern, bool negated)
{
    reader r = { pattern, 0 };
    bool any_case = take(&r, "(?i)"), at_start = take(&r, "^"), starts_word = take(&r, "\\b");
    /* beside "^" and "\\b" alternatives need brackets: these signs belong to one of them only */
    texts set = at_start || starts_word ? sequence(&r) : alternatives(&r);
    bool ends_word = take(&r, "\\b");

    if (!set.good || r.rest.len > 0 || starts_word != ends_word || (at_start && starts_word)) {
        tell_pattern_itself(prose, fact, pattern, negated);
        return;
    }
    if (at_start)
        tell_verb(prose, fact, "begins with", "begin with", negated);
    else if (starts_word)
        tell_verb(prose, fact, set.count > 1 ? "has one of the words" : "has the word",
                  set.count > 1 ? "have one of the words" : "have the word", negated);
    else
        tell_verb(prose, fact, "contains", "contain", negated);
    tell_texts(prose, &set);
    gr_tell(prose, any_case ? " (in capital or small letters" : " (in just these letters");
    if (has_point(&set))
        gr_tell(prose, ", a point for any sign");
    gr_tell(prose, "; as a pattern ");
    gr_tell_code(prose, pattern);
    gr_tell(prose, ")");
}
