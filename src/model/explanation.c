/* src/model/explanation.c - the words of answers, and amounts to the fraction of a cent: a sum that is made again by
 * hand must not be made from rounded parts. */
#include "model/explanation.h"

#include <stdio.h>

static const char *const answers[] = { "false", "unknown", "true" };

const char *gr_answer_text(gr_answer answer)
{
    return answers[answer];
}

static gr_wide common_divisor(gr_wide a, gr_wide b)
{
    while (b) {
        gr_wide rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* Of any length: sums are wider than what printf knows. */
static const char *print_wide(gr_wide number, char out[GR_MONEY_TEXT])
{
    char *at = &out[GR_MONEY_TEXT - 1];

    *at = '\0';
    do {
        *--at = (char)('0' + (int)(number % 10));
        number /= 10;
    } while (number > 0);
    return at;
}

const char *gr_fraction_print(gr_wide num, int64_t den, char out[GR_FRACTION_TEXT])
{
    char above[GR_MONEY_TEXT], below[GR_MONEY_TEXT];
    gr_wide divisor;

    out[0] = '\0';
    if (num % den == 0)
        return out;
    divisor = common_divisor(num, den);
    snprintf(out, GR_FRACTION_TEXT, "%s/%s", print_wide(num / divisor, above),
             print_wide(den / divisor, below));
    return out;
}

const char *gr_exact_print(gr_wide num, int64_t den, char out[GR_EXACT_TEXT])
{
    char money[GR_MONEY_TEXT], fraction[GR_FRACTION_TEXT];

    gr_money_print(num, den, money);
    if (*gr_fraction_print(num, den, fraction))
        snprintf(out, GR_EXACT_TEXT, "%s (%s cents)", money, fraction);
    else
        snprintf(out, GR_EXACT_TEXT, "%s", money);
    return out;
}
