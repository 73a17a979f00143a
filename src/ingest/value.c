/* src/ingest/value.c - one function for each type of fact. What is not fully understood is wrong:
 * a guessed amount or date is worse than none. Places are added by the caller, who need not find
 * them for the values that are right. */
#include "ingest/value.h"

#include <stdio.h>
#include <string.h>

static gr_reading wrong(gr_status status)
{
    return status == GR_OK ? GR_READ_VALUE : GR_READ_WRONG;
}

bool gr_value_is_null(const gr_format_file *format, gr_text text)
{
    if (text.len == 0)
        return true;
    for (size_t i = 0; i < format->null_count; i++)
        if (gr_text_equal(text, format->null[i]))
            return true;
    return false;
}

/* ---- words ---- */

/* "one of a, b, c" as far as there is room; a word with a comma in it stands in quotes. */
static void list_words(const gr_set *set, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "one of");

    for (size_t i = 0; i < set->word_count; i++) {
        gr_text word = set->word[i].from;
        const char *quote = memchr(word.ptr, ',', word.len) ? "'" : "";

        if (used + word.len + sizeof ", '' ..." > size) {
            snprintf(out + used, size - used, " ...");
            return;
        }
        used += (size_t)snprintf(out + used, size - used, "%s %s%.*s%s", i ? "," : "", quote,
                                 (int)word.len, word.ptr, quote);
    }
}

/* Apart from read_word, which is called for every word: this one needs room on the stack. */
static __attribute__((cold, noinline)) gr_reading unknown_word(const gr_set *set, gr_text text,
                                                               gr_value *out, gr_error *err)
{
    char hint[240];

    if (set->other == GR_OTHER_IGNORE)
        return GR_READ_NULL;
    if (set->other == GR_OTHER_ERROR) {
        list_words(set, hint, sizeof hint);
        return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE, hint, "'%.*s' is not a word for %s",
                             GR_SHOW(text), gr_fact_get(set->fact)->name));
    }
    if (set->other == GR_OTHER_WORD)
        *out = set->other_word;
    else
        out->text = text;
    return GR_READ_VALUE;
}

static gr_reading read_word(const gr_set *set, gr_text text, gr_value *out, gr_error *err)
{
    for (size_t i = 0; i < set->word_count; i++)
        if (set->word[i].from.len == text.len &&
            memcmp(set->word[i].from.ptr, text.ptr, text.len) == 0) {
            *out = set->word[i].to;
            return GR_READ_VALUE;
        }
    return unknown_word(set, text, out, err);
}

/* ---- texts ---- */

/* Line breaks and tabs inside a text come from how the export was laid out: any white space is one
 * blank. */
static gr_text collapse(char *at, size_t length)
{
    size_t n = 0;

    for (size_t i = 0; i < length; i++) {
        bool blank = at[i] == ' ' || (at[i] >= '\t' && at[i] <= '\r');

        if (!blank || (n > 0 && at[n - 1] != ' '))
            at[n++] = blank ? ' ' : at[i];
    }
    at[n] = '\0';
    return (gr_text){ at, n };
}

/* Nearly always true. Blanks at the ends have been cut off. */
static bool is_collapsed(gr_text text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] <= ' ' &&
            (text.ptr[i] != ' ' || (i + 1 < text.len && text.ptr[i + 1] == ' ')))
            return false;
    return true;
}

static gr_reading copy_text(gr_text text, gr_arena *arena, gr_value *out)
{
    char *to = gr_arena_alloc(arena, text.len + 1);

    if (!to)
        return GR_READ_MEMORY;
    memcpy(to, text.ptr, text.len);
    to[text.len] = '\0';
    out->text = is_collapsed(text) ? (gr_text){ to, text.len } : collapse(to, text.len);
    return GR_READ_VALUE;
}

/* Ids of two kinds of records may be alike: each gets its own word in front. */
static gr_reading put_prefix(gr_text prefix, gr_text text, gr_arena *arena, gr_value *out)
{
    gr_text whole = gr_arena_print(arena, "%.*s%.*s", GR_ALL(prefix), GR_ALL(text));

    if (!whole.ptr)
        return GR_READ_MEMORY;
    out->text = collapse((char *)(uintptr_t)whole.ptr, whole.len);
    return GR_READ_VALUE;
}

static gr_reading swap_names(gr_text text, gr_arena *arena, gr_value *out)
{
    const char *comma = memchr(text.ptr, ',', text.len);
    gr_text last, first;

    if (!comma)
        return copy_text(text, arena, out);
    last = gr_text_trim((gr_text){ text.ptr, (size_t)(comma - text.ptr) });
    first =
        gr_text_trim(gr_text_slice(text, last.len ? (size_t)(comma - text.ptr) + 1 : 1, text.len));
    out->text = gr_arena_print(arena, "%.*s%s%.*s", (int)first.len, first.ptr,
                               first.len && last.len ? " " : "", (int)last.len, last.ptr);
    if (!out->text.ptr)
        return GR_READ_MEMORY;
    out->text = collapse((char *)(uintptr_t)out->text.ptr, out->text.len);
    return out->text.len > 0 ? GR_READ_VALUE : GR_READ_NULL;
}

/* SharePoint writes a reference as "12;#Jane Roe". */
static gr_text split_hash(gr_text text, bool after)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.ptr[i] == ';' && text.ptr[i + 1] == '#')
            return gr_text_trim(after ? gr_text_slice(text, i + 2, text.len)
                                      : gr_text_slice(text, 0, i));
    return text;
}

static gr_reading read_text(const gr_set *set, gr_text text, gr_arena *arena, gr_value *out,
                            gr_error *err)
{
    if (set->word_count > 0) {
        gr_reading reading = read_word(set, text, out, err);

        if (reading != GR_READ_VALUE)
            return reading;
        text = out->text;
    } else if (set->as == GR_AS_LAST_FIRST) {
        return swap_names(text, arena, out);
    } else if (set->as != GR_AS_PLAIN) {
        text = split_hash(text, set->as == GR_AS_AFTER_HASH);
    }
    if (set->prefix.len > 0 && text.len > 0)
        return put_prefix(set->prefix, text, arena, out);
    return text.len == 0 ? GR_READ_NULL : copy_text(text, arena, out);
}

/* ---- amounts ---- */

/* Puts the point into "41250": 412.50. */
static __attribute__((noinline)) gr_reading read_minor(gr_text text, unsigned exponent,
                                                       gr_value *out, gr_error *err)
{
    char digits[64];
    size_t pad = text.len > exponent ? 0 : exponent + 1 - text.len, whole;

    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            pad = sizeof digits;
    if (text.len + pad + 2 > sizeof digits)
        return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE, "digits only, in the smallest unit",
                             "'%.*s' is not an amount in minor units", GR_SHOW(text)));
    memset(digits, '0', pad);
    memcpy(digits + pad, text.ptr, text.len);
    whole = text.len + pad - exponent;
    if (exponent > 0) {
        memmove(digits + whole + 1, digits + whole, exponent);
        digits[whole] = '.';
    }
    return wrong(gr_money_parse((gr_text){ digits, whole + (exponent ? exponent + 1 : 0) },
                                GR_NOWHERE, &out->amount, err));
}

/* A point between thousands: three digits follow, then another point, the comma or the end. */
static bool is_group(gr_text text, size_t point)
{
    size_t i = point + 1;

    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    return i == point + 4 && (i == text.len || text.ptr[i] == '.' || text.ptr[i] == ',');
}

/* "1.412,50" with points between thousands and a comma before the cents. */
static __attribute__((noinline)) gr_reading read_comma(gr_text text, gr_value *out, gr_error *err)
{
    char plain[64];
    size_t n = 0;
    bool fits = text.len < sizeof plain, after_comma = false;

    for (size_t i = 0; i < text.len && fits; i++) {
        char c = text.ptr[i];

        if (c == '.')
            fits = i > 0 && !after_comma && is_group(text, i);
        else
            plain[n++] = c == ',' ? '.' : c;
        after_comma |= c == ',';
    }
    if (!fits)
        return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE, "write it like 1.412,50",
                             "'%.*s' is not an amount", GR_SHOW(text)));
    return wrong(gr_money_parse((gr_text){ plain, n }, GR_NOWHERE, &out->amount, err));
}

static gr_reading read_money(const gr_set *set, gr_text text, unsigned exponent, gr_value *out,
                             gr_error *err)
{
    if (text.ptr[0] == '-')
        return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE,
                             "a refund is no gift of its own: take the first record back instead",
                             "the amount '%.*s' is below zero", GR_SHOW(text)));
    if (text.ptr[0] == '+' && text.len > 1)
        text = gr_text_slice(text, 1, text.len);
    switch (set->as) {
    case GR_AS_CENTS:
        return read_minor(text, 2, out, err);
    case GR_AS_MINOR:
        return read_minor(text, exponent, out, err);
    case GR_AS_COMMA:
        return read_comma(text, out, err);
    default:
        return wrong(gr_money_parse(text, GR_NOWHERE, &out->amount, err));
    }
}

/* ---- days and numbers ---- */

/* One letter of the pattern for one digit of the date; other letters stand for themselves, and
 * what comes after the pattern is a time of day that we do not need. */
static gr_reading read_pattern(const gr_set *set, gr_text text, gr_value *out, gr_error *err)
{
    gr_date date = { 0, 0, 0 };
    gr_text pattern = set->pattern;
    bool fits = text.len >= pattern.len;

    for (size_t i = 0; i < pattern.len && fits; i++) {
        char p = pattern.ptr[i], c = text.ptr[i];
        int *part = p == 'y' ? &date.year : p == 'm' ? &date.month : p == 'd' ? &date.day : NULL;

        fits = part ? c >= '0' && c <= '9' : c == p;
        if (part && fits)
            *part = *part * 10 + (c - '0');
    }
    if (!fits)
        return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE, "see the pattern in the format file",
                             "'%.*s' is not a date like %.*s", GR_SHOW(text), GR_SHOW(pattern)));
    if (!gr_date_exists(date))
        return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE, "check the day and the month",
                             "'%.*s' is not a day of the calendar", GR_SHOW(text)));
    out->number = gr_day_of(date);
    return GR_READ_VALUE;
}

static gr_reading read_day(const gr_set *set, gr_text text, gr_value *out, gr_error *err)
{
    gr_day day;

    if (set->pattern.len > 0)
        return read_pattern(set, text, out, err);
    if (gr_day_parse(text, GR_NOWHERE, &day, err) != GR_OK)
        return GR_READ_WRONG;
    out->number = day;
    return GR_READ_VALUE;
}

/* "3" and, as some systems write it, "3.0000". */
static gr_reading read_number(const gr_set *set, gr_text text, gr_value *out, gr_error *err)
{
    const char *point = memchr(text.ptr, '.', text.len);
    gr_text whole = point ? (gr_text){ text.ptr, (size_t)(point - text.ptr) } : text;
    size_t zeros = whole.len + 1;
    uint64_t n;

    while (zeros < text.len && text.ptr[zeros] == '0')
        zeros++;
    if ((point && zeros != text.len) || !gr_text_number(whole, 1000000000, &n))
        return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE, "digits only",
                             "'%.*s' is not a number for %s", GR_SHOW(text),
                             gr_fact_get(set->fact)->name));
    out->number = (int64_t)n;
    return GR_READ_VALUE;
}

gr_reading gr_value_read(const gr_format_file *format, const gr_set *set, gr_text text,
                         unsigned exponent, gr_arena *arena, gr_value *out, gr_error *err)
{
    if (gr_value_is_null(format, text))
        return GR_READ_NULL;
    switch (set->type) {
    case GR_FACT_TEXT:
        return read_text(set, text, arena, out, err);
    case GR_FACT_DAY:
        return read_day(set, text, out, err);
    case GR_FACT_MONEY:
        return read_money(set, text, exponent, out, err);
    case GR_FACT_NUMBER:
        return read_number(set, text, out, err);
    case GR_FACT_WORD:
        return read_word(set, text, out, err);
    }
    return GR_READ_NULL;
}

/* Year, month and day from three elements. */
static gr_reading join_day(const gr_text *part, gr_value *out, gr_error *err)
{
    uint64_t n[3] = { 0, 0, 0 };
    gr_date date;

    for (int i = 0; i < 3; i++)
        if (!gr_text_number(part[i], 9999, &n[i]))
            return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE, "check year, month and day",
                                 "'%.*s' is no part of a date", GR_SHOW(part[i])));
    date = (gr_date){ (int)n[0], (int)n[1], (int)n[2] };
    if (!gr_date_exists(date))
        return wrong(gr_fail(err, GR_EINPUT, GR_NOWHERE, "check the day and the month",
                             "%d-%02d-%02d is not a day of the calendar", date.year, date.month,
                             date.day));
    out->number = gr_day_of(date);
    return GR_READ_VALUE;
}

gr_reading gr_value_join(const gr_set *set, const gr_text *part, gr_arena *arena, gr_value *out,
                         gr_error *err)
{
    size_t length = 0, n = 0;
    char *to;

    for (size_t i = 0; i < set->parts; i++)
        length += part[i].len + 1;
    if (length == set->parts)
        return GR_READ_NULL;
    if (set->type == GR_FACT_DAY)
        return join_day(part, out, err);
    to = gr_arena_alloc(arena, length);
    if (!to)
        return GR_READ_MEMORY;
    for (size_t i = 0; i < set->parts; i++) {
        if (part[i].len > 0 && n > 0)
            to[n++] = ' ';
        memcpy(to + n, part[i].len ? part[i].ptr : "", part[i].len);
        n += part[i].len;
    }
    to[n] = '\0';
    out->text = (gr_text){ to, n };
    return GR_READ_VALUE;
}
