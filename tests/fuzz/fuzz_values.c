/* tests/fuzz/fuzz_values.c - any bytes may be read as an amount, as a day, as a number: a refusal names
 * the place and a hint; what is accepted prints, and the print reads back as the same. must() aborts in
 * release builds too, unlike assert(). */
#include "base/day.h"
#include "base/money.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void must_refuse_well(const gr_error *err)
{
    must(err->line == 7 && err->message[0] != '\0' && err->hint[0] != '\0');
}

static void try_amount(gr_text s, gr_place at)
{
    gr_error err = { 0 };
    gr_amount amount, again;
    char text[GR_MONEY_TEXT];

    if (gr_money_parse(s, at, &amount, &err) != GR_OK) {
        must_refuse_well(&err);
        return;
    }
    must(amount.num >= 0 && amount.num != GR_UNBOUNDED && amount.den >= 1);
    gr_amount_print(amount, text);
    must(gr_money_parse(gr_text_of(text), at, &again, &err) == GR_OK);
    must(gr_amount_compare(again, amount) >= 0); /* fractions of a cent go up */
    must(amount.den > 1 || gr_amount_compare(again, amount) == 0);
}

static void try_day(gr_text s, gr_place at)
{
    gr_error err = { 0 };
    gr_day day, again;
    char text[GR_DAY_TEXT];

    if (gr_day_parse(s, at, &day, &err) != GR_OK) {
        must_refuse_well(&err);
        return;
    }
    must(day >= GR_DAY_FIRST && day <= GR_DAY_LAST);
    must(gr_day_parse(gr_text_of(gr_day_print(day, text)), at, &again, &err) == GR_OK);
    must(again == day);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    gr_text s = { (const char *)data, size };
    gr_place at = { "export.xml", 7, 12 };
    uint64_t number;

    try_amount(s, at);
    try_day(s, at);
    if (gr_text_number(s, 1000, &number))
        must(number <= 1000);
    return 0;
}
