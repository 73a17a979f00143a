/* src/base/money.c - reading, printing and calculating with fractions of cents. Products of two 64-bit numbers
 * are made in 128 bits, reduced, and refused when they do not fit again. */
#include "base/money.h"

#include <string.h>

int64_t gr_common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static gr_wide wide_divisor(gr_wide a, gr_wide b)
{
    a = a < 0 ? -a : a;
    while (b) {
        gr_wide rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* num / den in lowest terms, if it fits. The largest number is kept free: it means unbounded. */
static bool settle(gr_wide num, gr_wide den, gr_amount *out)
{
    if (den != 1) {
        gr_wide divisor = wide_divisor(num, den);

        if (divisor > 1) {
            num /= divisor;
            den /= divisor;
        }
    }
    if (num >= GR_UNBOUNDED || num <= -(gr_wide)GR_UNBOUNDED || den > INT64_MAX)
        return false;
    *out = (gr_amount){ (int64_t)num, (int64_t)den };
    return true;
}

static bool push_digit(int64_t *n, char c)
{
    return !__builtin_mul_overflow(*n, 10, n) && !__builtin_add_overflow(*n, c - '0', n);
}

gr_status gr_money_parse(gr_text s, gr_place at, gr_amount *out, gr_error *err)
{
    int64_t cents = 0, den = 1;
    int places = -1; /* decimals so far; -1 means no point yet */
    bool fits = true;
    size_t end = s.len;

    if (memchr(s.len ? s.ptr : "", '.', s.len)) /* 50.00000000 is 50.00 */
        while (end > 2 && s.ptr[end - 1] == '0' && s.ptr[end - 2] >= '0' && s.ptr[end - 2] <= '9')
            end--;
    for (size_t i = 0; i < end; i++) {
        char c = s.ptr[i];

        if (c == '.' && places < 0 && i > 0 && i + 1 < s.len) {
            places = 0;
        } else if (c >= '0' && c <= '9' && places < GR_MONEY_DECIMALS) {
            fits = fits && push_digit(&cents, c);
            places += places >= 0;
            den *= places > 2 ? 10 : 1;
        } else {
            return gr_fail(err, GR_EINPUT, at, "write it like 412.50, without sign or separators",
                           "'%.*s' is not an amount", GR_SHOW(s));
        }
    }
    for (places = places < 0 ? 0 : places; places < 2; places++)
        fits = fits && push_digit(&cents, '0');
    if (s.len == 0)
        return gr_fail(err, GR_EINPUT, at, "write it like 412.50", "the amount is empty");
    if (!fits || !settle(cents, den, out))
        return gr_fail(err, GR_ELIMIT, at, "check the export", "the amount '%.*s' is too large",
                       GR_SHOW(s));
    return GR_OK;
}

const char *gr_money_print(gr_wide num, int64_t den, char out[GR_MONEY_TEXT])
{
    bool negative = num < 0;
    gr_wide cents = negative ? -num / den : num / den + (num % den > 0); /* up, also below zero */
    char *at = out + GR_MONEY_TEXT;
    int place = 0;

    negative = negative && cents > 0;
    *--at = '\0';
    do {
        *--at = (char)('0' + (int)(cents % 10));
        cents /= 10;
        if (++place == 2)
            *--at = '.';
    } while (cents > 0 || place < 3);
    if (negative)
        *--at = '-';
    return memmove(out, at, (size_t)(out + GR_MONEY_TEXT - at));
}

const char *gr_amount_print(gr_amount amount, char out[GR_MONEY_TEXT])
{
    if (amount.num == GR_UNBOUNDED)
        return memcpy(out, "unknown", sizeof "unknown");
    return gr_money_print(amount.num, amount.den, out);
}

bool gr_amount_multiply(gr_amount a, int64_t num, int64_t den, gr_amount *out)
{
    gr_wide product, divisor;

    if (a.num == GR_UNBOUNDED) {
        *out = a;
        return true;
    }
    if (__builtin_mul_overflow((gr_wide)a.den, (gr_wide)den, &divisor) ||
        __builtin_mul_overflow((gr_wide)a.num, (gr_wide)num, &product))
        return false;
    return settle(product, divisor, out);
}

static bool combine(gr_amount a, gr_amount b, int sign, gr_amount *out)
{
    int64_t common;

    if (a.num == GR_UNBOUNDED || b.num == GR_UNBOUNDED) {
        *out = (gr_amount){ GR_UNBOUNDED, 1 };
        return true;
    }
    common = gr_common_divisor(a.den, b.den);
    return settle((gr_wide)a.num * (b.den / common) + sign * (gr_wide)b.num * (a.den / common),
                  (gr_wide)a.den * (b.den / common), out);
}

bool gr_amount_add(gr_amount a, gr_amount b, gr_amount *out)
{
    return combine(a, b, 1, out);
}

bool gr_amount_subtract(gr_amount a, gr_amount b, gr_amount *out)
{
    return combine(a, b, -1, out);
}

int gr_amount_compare(gr_amount a, gr_amount b)
{
    gr_wide left, right;

    if (a.num == GR_UNBOUNDED || b.num == GR_UNBOUNDED)
        return (a.num == GR_UNBOUNDED) - (b.num == GR_UNBOUNDED);
    left = (gr_wide)a.num * b.den;
    right = (gr_wide)b.num * a.den;
    return (left > right) - (left < right);
}

gr_amount gr_span_low(gr_span span)
{
    return (gr_amount){ span.low, span.den };
}

gr_amount gr_span_high(gr_span span)
{
    return span.high == GR_UNBOUNDED ? (gr_amount){ GR_UNBOUNDED, 1 }
                                     : (gr_amount){ span.high, span.den };
}

bool gr_span_of(gr_amount low, gr_amount high, gr_span *out)
{
    int64_t common, den, left = low.num, right = high.num;

    if (high.num == GR_UNBOUNDED) {
        *out = (gr_span){ low.num, GR_UNBOUNDED, low.den };
        return true;
    }
    common = gr_common_divisor(low.den, high.den);
    if (__builtin_mul_overflow(low.den, high.den / common, &den) ||
        __builtin_mul_overflow(left, high.den / common, &left) ||
        __builtin_mul_overflow(right, low.den / common, &right) || right == GR_UNBOUNDED)
        return false;
    *out = (gr_span){ left, right, den };
    return true;
}

const char *gr_count_print(gr_wide num, int64_t den, char out[GR_MONEY_TEXT])
{
    gr_wide whole = 100 * (gr_wide)den;

    gr_money_print((num + whole - 1) / whole * 100, 1, out);
    *strrchr(out, '.') = '\0';
    return out;
}
