/* src/rulefile/complaint.c - one row of a table for each message of libxml2 that people meet. Should
 * a later libxml2 say it in other words, its own text is shown: less plain, not wrong. */
#include "rulefile/complaint.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ROOM = 1024 };

/* "Element 'row', attribute 'from': The value ...": parts of one text, cut at their ends. */
typedef struct parts {
    const char *element, *attribute; /* "" where there is none */
    char *rest;
} parts;

/* ---- texts ---- */

/* In one line, without final stop, and without the namespaces in braces that stand before names. */
static void tidy(const char *text, char *out, size_t size)
{
    size_t n = 0;

    for (const char *p = text; *p && n + 1 < size; p++) {
        bool before_name = p > text && (p[-1] == '\'' || p[-1] == ' ') && p[1] != '\'';

        if (*p == '{' && before_name && strchr(p, '}'))
            p = strchr(p, '}');
        else
            out[n++] = (unsigned char)*p < ' ' ? ' ' : *p;
    }
    while (n > 0 && (out[n - 1] == ' ' || out[n - 1] == '.' || out[n - 1] == '!'))
        n--;
    out[n] = '\0';
}

/* What stands between the marks, cut out of the text; NULL when there is no such thing. */
static char *cut_between(char *text, const char *from, const char *to)
{
    char *start = strstr(text, from), *end;

    if (!start)
        return NULL;
    start += strlen(from);
    end = strstr(start, to);
    if (!end)
        return NULL;
    *end = '\0';
    return start;
}

static parts take_apart(char *text)
{
    parts p = { "", "", text };
    char *colon = strstr(text, "': ");
    char *element, *attribute;

    if (!colon || strncmp(text, "Element '", 9) != 0)
        return p;
    colon[1] = '\0';
    p.rest = colon + 3;
    attribute = strstr(text, "', attribute '");
    if (attribute) {
        char *name = attribute + strlen("', attribute '");

        name[strcspn(name, "'")] = '\0';
        p.attribute = name;
        *attribute = '\0';
    }
    element = text + 9;
    element[strcspn(element, "'")] = '\0';
    p.element = element;
    return p;
}

static void say(gr_complaint *out, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(gr_complaint *out, const char *hint, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(out->message, sizeof out->message, format, args);
    va_end(args);
    snprintf(out->hint, sizeof out->hint, "%s", hint);
}

/* "'from' of 'row'", or "'row'". */
static const char *where(const parts *p, char out[ROOM])
{
    if (p->attribute[0])
        snprintf(out, ROOM, "'%s' of '%s'", p->attribute, p->element);
    else
        snprintf(out, ROOM, "'%s'", p->element);
    return out;
}

/* ---- one function for each kind of message ---- */

/* "Expected is one of ( all, any )." */
static void hint_expected(const parts *p, gr_complaint *out)
{
    const char *names = cut_between(p->rest, "( ", " )");
    bool many = strstr(p->rest, "one of") != NULL;

    if (names)
        snprintf(out->hint, sizeof out->hint, "%s%s", many ? "one of " : "expected is ", names);
}

static void not_expected(const parts *p, gr_complaint *out)
{
    say(out, "remove it, or move it to where it belongs", "'%s' cannot stand here", p->element);
    hint_expected(p, out);
}

static void not_complete(const parts *p, gr_complaint *out)
{
    say(out, "see the schema", "'%s' is not complete", p->element);
    hint_expected(p, out);
}

static void attribute_missing(const parts *p, gr_complaint *out)
{
    const char *name = cut_between(p->rest, "attribute '", "'");

    say(out, "add it", "the attribute '%s' of '%s' is missing", name ? name : "", p->element);
}

static void attribute_unknown(const parts *p, gr_complaint *out)
{
    say(out, "remove it, or correct its name", "'%s' has no attribute '%s'", p->element,
        p->attribute);
}

static void not_in_set(const parts *p, gr_complaint *out)
{
    char place[ROOM], *set = cut_between(p->rest, "of the set {", "}");
    const char *value = cut_between(p->rest, "The value '", "' is not");
    size_t n = 0;

    say(out, "one of ", "'%s' is not a word for %s", value ? value : "", where(p, place));
    n = strlen(out->hint);
    for (; set && *set && n + 1 < sizeof out->hint; set++)
        if (*set != '\'')
            out->hint[n++] = *set;
    out->hint[n] = '\0';
}

static void not_of_pattern(const parts *p, gr_complaint *out)
{
    static const struct {
        const char *pattern, *hint;
    } known[] = {
        { "[0-9]{4}-[0-9]{2}-[0-9]{2}", "write it like 2026-03-30" },
        { "[A-Z]{3}", "three capital letters, like USD" },
        { "[0-9]+\\.[0-9]{2}", "write it like 412.50" },
        { "[a-z0-9][a-z0-9\\-]*", "small letters, digits and hyphens" },
        { "[a-z][a-z0-9\\-]*", "small letters, digits and hyphens; a letter first" },
    };
    char place[ROOM];
    const char *pattern = cut_between(p->rest, "by the pattern '", "'");
    const char *value = cut_between(p->rest, "The value '", "' is not");

    say(out, "", "'%s' is not a value for %s", value ? value : "", where(p, place));
    if (pattern)
        snprintf(out->hint, sizeof out->hint, "it must match %s", pattern);
    for (size_t i = 0; pattern && i < GR_COUNT(known); i++)
        if (strcmp(pattern, known[i].pattern) == 0)
            snprintf(out->hint, sizeof out->hint, "%s", known[i].hint);
}

static void too_short(const parts *p, gr_complaint *out)
{
    char place[ROOM];

    say(out, "fill it in", "%s is empty", where(p, place));
}

static void too_long(const parts *p, gr_complaint *out)
{
    char place[ROOM];

    say(out, "shorten it", "%s is too long", where(p, place));
}

static void wrong_root(const parts *p, gr_complaint *out)
{
    say(out, "check its name, and the namespace that xmlns names",
        "'%s' is not the root element of such a file", p->element);
}

static void text_inside(const parts *p, gr_complaint *out)
{
    say(out, "remove the text", "a text stands in '%s', where only elements may stand", p->element);
}

static void twice(const parts *p, gr_complaint *out)
{
    const char *value = cut_between(p->rest, "['", "']");

    say(out, "give each one its own", "'%s' is there twice", value ? value : "");
}

static void no_schema(const parts *p, gr_complaint *out)
{
    (void)p;
    say(out, "the folder schema belongs to the rule files", "this schema file is missing");
}

static const struct {
    const char *sign;
    void (*say)(const parts *, gr_complaint *);
} kinds[] = {
    { "This element is not expected", not_expected },
    { "Missing child element(s)", not_complete },
    { "' is required but missing", attribute_missing },
    { "' is not allowed", attribute_unknown },
    { "[facet 'enumeration']", not_in_set },
    { "[facet 'pattern']", not_of_pattern },
    { "[facet 'minLength']", too_short },
    { "[facet 'maxLength']", too_long },
    { "No matching global", wrong_root },
    { "Character content", text_inside },
    { "Duplicate key-sequence", twice },
    { "Failed to locate the main schema", no_schema },
};

static void begin_small(char *text)
{
    if (text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z')
        text[0] = (char)(text[0] - 'A' + 'a');
}

void gr_complaint_of_schema(const char *text, gr_complaint *out)
{
    char plain[ROOM];
    parts p;

    tidy(text ? text : "", plain, sizeof plain);
    for (size_t i = 0; i < GR_COUNT(kinds); i++)
        if (strstr(plain, kinds[i].sign)) {
            p = take_apart(plain);
            kinds[i].say(&p, out);
            return;
        }
    if (plain[0] == '\0') { /* most likely there was no memory even for the message */
        say(out, "try again", "this file cannot be checked, and libxml2 does not say why");
        return;
    }
    begin_small(plain);
    say(out, "see the schema of this file", "%.*s", (int)sizeof out->message - 1, plain);
}

/* ---- the parser ---- */

/* "Input is not proper UTF-8, indicate encoding ! Bytes: 0xE9 0x20 0x62 0x61": the first of them. */
static bool wrong_byte(const char *text, char *out, size_t size)
{
    const char *byte = strstr(text, "Bytes: ");

    if (!byte || !strstr(text, "not proper UTF-8"))
        return false;
    snprintf(out, size, "the byte %.4s is not UTF-8", byte + strlen("Bytes: "));
    return true;
}

void gr_complaint_of_parser(const char *text, char *out, size_t size)
{
    static const struct {
        const char *sign, *message;
    } known[] = {
        { "EntityRef: no name", "an '&' stands alone; as a letter it is written &amp;" },
        { "invalid Char value", "a control character stands here, which no XML may hold" },
        { "mandates value for attribute", "an attribute has no value" },
        { "AttValue: \" or ' expected", "the value of an attribute has no quotes" },
        { "Start tag expected", "it does not begin with a tag" },
        { "Document is empty", "it does not begin with a tag" },
        { "Extra content at the end", "something stands after the end of the root element" },
        { "Unescaped '<' not allowed", "a '<' stands in an attribute; there it is written &lt;" },
        { "StartTag: invalid element name", "a '<' stands alone; as a letter it is written &lt;" },
    };

    tidy(text ? text : "", out, size);
    if (wrong_byte(text ? text : "", out, size))
        return;
    for (size_t i = 0; i < GR_COUNT(known); i++)
        if (strstr(out, known[i].sign)) {
            snprintf(out, size, "%s", known[i].message);
            return;
        }
    begin_small(out);
}
