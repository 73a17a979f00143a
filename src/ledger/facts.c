/* src/ledger/facts.c - facts as columns, both ways, exactly: words as their words, days as 2026-05-04,
 * amounts in cents or as a fraction of cents. */
#include "ledger/store.h"

#include <stdio.h>
#include <string.h>

/* ---- writing ---- */

static void write_amount(gr_rows *rows, int column, gr_amount amount)
{
    char text[48];
    int n;

    if (amount.den == 1) {
        gr_rows_number(rows, column, amount.num);
        return;
    }
    n = snprintf(text, sizeof text, "%lld/%lld", (long long)amount.num, (long long)amount.den);
    gr_rows_text(rows, column, (gr_text){ text, (size_t)n });
}

static void write_day(gr_rows *rows, int column, gr_day day)
{
    gr_date date = gr_day_date(day);
    char text[10];
    int left = date.year;

    for (int i = 3; i >= 0; i--, left /= 10)
        text[i] = (char)('0' + left % 10);
    text[4] = text[7] = '-';
    text[5] = (char)('0' + date.month / 10);
    text[6] = (char)('0' + date.month % 10);
    text[8] = (char)('0' + date.day / 10);
    text[9] = (char)('0' + date.day % 10);
    gr_rows_text(rows, column, (gr_text){ text, sizeof text });
}

static void write_fact(gr_ledger *ledger, gr_rows *rows, int column, gr_fact fact,
                       const gr_value *value)
{
    const gr_words *words = &ledger->words[fact];

    switch (gr_fact_get(fact)->type) {
    case GR_FACT_TEXT:
        gr_rows_text(rows, column, value->text);
        break;
    case GR_FACT_DAY:
        write_day(rows, column, (gr_day)value->number);
        break;
    case GR_FACT_MONEY:
        write_amount(rows, column, value->amount);
        break;
    case GR_FACT_WORD:
        if (value->number >= 0 && value->number < words->count)
            gr_rows_word(rows, column, words->word[value->number]);
        break;
    case GR_FACT_NUMBER:
        gr_rows_number(rows, column, value->number);
        break;
    }
}

void gr_rows_facts(gr_ledger *ledger, gr_rows *rows, int column, gr_fact first, uint64_t known,
                   const gr_value *value)
{
    for (; known; known &= known - 1) {
        int i = __builtin_ctzll(known);

        write_fact(ledger, rows, column + i, (gr_fact)((int)first + i), &value[i]);
    }
}

/* ---- reading ---- */

/* The word that stood there last is tried first: most columns repeat. */
static bool find_word(gr_words *words, gr_text text, int64_t *out)
{
    for (int i = 0; i < words->count; i++) {
        int place = (words->last + i) % words->count;

        if (gr_text_equal(words->word[place], text)) {
            *out = words->last = place;
            return true;
        }
    }
    return false;
}

static bool parse_part(gr_text text, int64_t *out)
{
    bool is_negative = text.len > 0 && text.ptr[0] == '-';
    uint64_t number;

    if (!gr_text_number(gr_text_slice(text, is_negative, text.len), INT64_MAX, &number))
        return false;
    *out = is_negative ? -(int64_t)number : (int64_t)number;
    return true;
}

static bool parse_fraction(gr_text text, gr_amount *out)
{
    const char *slash = text.len ? memchr(text.ptr, '/', text.len) : NULL;
    size_t at = slash ? (size_t)(slash - text.ptr) : 0;

    return slash && parse_part(gr_text_slice(text, 0, at), &out->num) &&
           parse_part(gr_text_slice(text, at + 1, text.len), &out->den) && out->den > 0;
}

static bool read_day(gr_text text, gr_value *out)
{
    gr_error ignored;
    gr_day day;

    if (gr_day_parse(text, GR_NOWHERE, &day, &ignored) != GR_OK)
        return false;
    out->number = day;
    return true;
}

static gr_status read_text(gr_text text, gr_arena *arena, gr_value *out, gr_error *err)
{
    out->text = arena ? gr_arena_copy(arena, text) : text;
    return out->text.ptr ? GR_OK : gr_fail_memory(err);
}

static gr_status read_fact(gr_ledger *ledger, sqlite3_stmt *handle, int column, gr_fact fact,
                           gr_arena *arena, gr_value *out, gr_error *err)
{
    const gr_fact_info *info = gr_fact_get(fact);
    bool is_good = true;

    switch (info->type) {
    case GR_FACT_TEXT:
        return read_text(gr_column_text(handle, column), arena, out, err);
    case GR_FACT_DAY:
        is_good = read_day(gr_column_text(handle, column), out);
        break;
    case GR_FACT_MONEY:
        out->amount = (gr_amount){ sqlite3_column_int64(handle, column), 1 };
        if (sqlite3_column_type(handle, column) != SQLITE_INTEGER)
            is_good = parse_fraction(gr_column_text(handle, column), &out->amount);
        break;
    case GR_FACT_WORD:
        is_good = find_word(&ledger->words[fact], gr_column_text(handle, column), &out->number);
        break;
    case GR_FACT_NUMBER:
        out->number = sqlite3_column_int64(handle, column);
        break;
    }
    return is_good ? GR_OK
                   : gr_ledger_damaged(ledger, info->name, gr_column_text(handle, column), err);
}

gr_status gr_facts_read(gr_ledger *ledger, sqlite3_stmt *handle, int column, gr_fact first,
                        uint64_t mask, gr_arena *arena, uint64_t *known, gr_value *value,
                        gr_error *err)
{
    gr_status status = GR_OK;

    *known = 0;
    for (; mask && status == GR_OK; mask &= mask - 1, column++) {
        int i = __builtin_ctzll(mask);

        if (sqlite3_column_type(handle, column) == SQLITE_NULL)
            continue;
        *known |= UINT64_C(1) << i;
        status =
            read_fact(ledger, handle, column, (gr_fact)((int)first + i), arena, &value[i], err);
    }
    return status;
}
