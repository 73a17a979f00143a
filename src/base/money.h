/* src/base/money.h - amounts, exactly. An amount is a fraction of cents, num / den; most have den 1. What
 * has no known upper end is GR_UNBOUNDED. No floating point, no rounding before a comparison. */
#ifndef GR_BASE_MONEY_H
#define GR_BASE_MONEY_H

#include "base/error.h"

__extension__ typedef __int128 gr_wide;

#define GR_UNBOUNDED INT64_MAX

typedef struct gr_amount { /* num / den cents, num >= 0 or GR_UNBOUNDED, den >= 1 */
    int64_t num, den;
} gr_amount;

typedef struct gr_span { /* from low / den to high / den cents, both ends included */
    int64_t low, high;   /* high may be GR_UNBOUNDED */
    int64_t den;
} gr_span;

enum { GR_MONEY_TEXT = 48, GR_MONEY_DECIMALS = 10 };

/* Reads "412.5" and "50.00000000". Decimals beyond cents are kept as a fraction. What we do not fully
 * understand is an error: signs, separators, exponents. The caller has taken off sign and currency. */
gr_status gr_money_parse(gr_text s, gr_place at, gr_amount *out, gr_error *err);

/* Prints with two decimals. What is between two cents goes up, so that a share over the limit never
 * looks like the limit. */
const char *gr_money_print(gr_wide num, int64_t den, char out[GR_MONEY_TEXT]);
/* A number of gifts, kept as hundredths: whole, rounded up. */
const char *gr_count_print(gr_wide num, int64_t den, char out[GR_MONEY_TEXT]);
const char *gr_amount_print(gr_amount amount, char out[GR_MONEY_TEXT]);

/* All of these fail (false) on overflow and then leave *out alone. */
bool gr_amount_multiply(gr_amount a, int64_t num, int64_t den, gr_amount *out);
bool gr_amount_add(gr_amount a, gr_amount b, gr_amount *out);
bool gr_amount_subtract(gr_amount a, gr_amount b, gr_amount *out); /* may be below zero */
int gr_amount_compare(gr_amount a, gr_amount b); /* -1, 0, 1; GR_UNBOUNDED is above all */

gr_amount gr_span_low(gr_span span);
gr_amount gr_span_high(gr_span span);
bool gr_span_of(gr_amount low, gr_amount high, gr_span *out); /* over a common denominator */
int64_t gr_common_divisor(int64_t a, int64_t b);              /* of two positive numbers */

#endif
