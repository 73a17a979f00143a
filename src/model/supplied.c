/* src/model/supplied.c - values of facts as people write them on a command line, and facts by names that are nearly
 * right. */
#include "model/supplied.h"

#include <stdio.h>
#include <string.h>

bool gr_fact_is_fixed(gr_fact fact)
{
    return fact == GR_F_ID || fact == GR_F_VERSION || fact == GR_F_JOIN_KEY;
}

/* ---- names ---- */

enum { MOST_LETTERS = 32, MOST_NEAR = 5, FAR = 3, MOST_NUMBER = 1000000000 };

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned low = a < b ? a : b;

    return low < c ? low : c;
}

/* How many letters must be put in, taken out or exchanged. */
static unsigned distance(gr_text a, gr_text b)
{
    unsigned row[MOST_LETTERS + 1], before, above;

    if (a.len > MOST_LETTERS || b.len > MOST_LETTERS)
        return MOST_LETTERS;
    for (unsigned k = 0; k <= b.len; k++)
        row[k] = k;
    for (unsigned i = 1; i <= a.len; i++) {
        before = row[0];
        row[0] = i;
        for (unsigned k = 1; k <= b.len; k++) {
            above = row[k];
            row[k] = least(above + 1, row[k - 1] + 1, before + (a.ptr[i - 1] != b.ptr[k - 1]));
            before = above;
        }
    }
    return row[b.len];
}

static bool is_near(gr_text name, gr_text fact)
{
    return distance(name, fact) < FAR || gr_text_starts(fact, name) || gr_text_ends(fact, name);
}

const char *gr_fact_near(gr_text name, char out[GR_FACT_HINT])
{
    size_t n = 0;
    int found = 0;

    out[0] = '\0';
    for (int f = 0; name.len > 0 && found < MOST_NEAR && f < GR_FACT_COUNT; f++) {
        gr_text fact = gr_text_of(gr_fact_get((gr_fact)f)->name);

        if (gr_fact_is_fixed((gr_fact)f) || !is_near(name, fact))
            continue;
        n += (size_t)snprintf(out + n, GR_FACT_HINT - n, "%s %.*s", found++ ? "," : "perhaps",
                              GR_ALL(fact));
    }
    return out;
}

/* ---- values ---- */

static gr_status parse_word(gr_fact fact, gr_text text, gr_place at, gr_value *out, gr_error *err)
{
    char hint[GR_FACT_HINT];

    out->number = gr_fact_word_find(fact, text);
    return out->number >= 0
               ? GR_OK
               : gr_fail(err, GR_EUSAGE, at, gr_fact_hint(fact, hint),
                         "'%.*s' is not a word for %s", GR_SHOW(text), gr_fact_get(fact)->name);
}

static gr_status parse_text(gr_fact fact, gr_text text, gr_place at, gr_value *out, gr_error *err)
{
    bool is_code = text.len == 3;

    for (size_t i = 0; i < text.len; i++)
        is_code = is_code && text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
    if (fact == GR_F_CURRENCY && !is_code)
        return gr_fail(err, GR_EUSAGE, at, "three letters, such as USD", "'%.*s' is not a currency",
                       GR_SHOW(text));
    out->text = text;
    return GR_OK;
}

gr_status gr_value_parse(gr_fact fact, gr_text text, gr_place at, gr_value *out, gr_error *err)
{
    gr_value value = { .number = 0 };
    gr_status status = GR_OK;
    uint64_t number = 0;
    gr_day day = 0;

    switch (gr_fact_get(fact)->type) {
    case GR_FACT_TEXT:
        status = parse_text(fact, text, at, &value, err);
        break;
    case GR_FACT_DAY:
        status = gr_day_parse(text, at, &day, err);
        value.number = day;
        break;
    case GR_FACT_MONEY:
        status = gr_money_parse(text, at, &value.amount, err);
        break;
    case GR_FACT_WORD:
        status = parse_word(fact, text, at, &value, err);
        break;
    case GR_FACT_NUMBER:
        if (!gr_text_number(text, MOST_NUMBER, &number))
            status = gr_fail(err, GR_EUSAGE, at, "digits only", "'%.*s' is not a number for %s",
                             GR_SHOW(text), gr_fact_get(fact)->name);
        value.number = (int64_t)number;
        break;
    }
    if (status != GR_OK)
        return err->status = GR_EUSAGE; /* what is written on a command line, whatever is wrong */
    *out = value;
    return GR_OK;
}

gr_text gr_value_print(gr_fact fact, const gr_value *value, char room[GR_VALUE_TEXT])
{
    char day[GR_DAY_TEXT], money[GR_MONEY_TEXT];

    switch (gr_fact_get(fact)->type) {
    case GR_FACT_TEXT:
        return value->text;
    case GR_FACT_WORD:
        return gr_fact_word_get(fact, value->number);
    case GR_FACT_DAY:
        snprintf(room, GR_VALUE_TEXT, "%s", gr_day_print((gr_day)value->number, day));
        break;
    case GR_FACT_MONEY:
        snprintf(room, GR_VALUE_TEXT, "%s", gr_amount_print(value->amount, money));
        break;
    case GR_FACT_NUMBER:
        snprintf(room, GR_VALUE_TEXT, "%lld", (long long)value->number);
        break;
    }
    return gr_text_of(room);
}
