/* tests/property/test_money.c - the arithmetic of fractions against 128 bits and cross multiplication.
 * SEED=N repeats a run. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/money.h"

enum { ROUNDS = 200000 };

typedef struct random {
    uint64_t state;
} random_state;

/* splitmix64 */
static uint64_t next(random_state *r)
{
    uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static random_state start(const char *what)
{
    const char *given = getenv("SEED");
    random_state r = { given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL) };

    print_message("# %s: SEED=%llu\n", what, (unsigned long long)r.state);
    return r;
}

/* Amounts of every size, small ones most often, as gifts are. */
static gr_amount some_amount(random_state *r, int most_bits)
{
    unsigned bits = 1 + (unsigned)(next(r) % (unsigned)most_bits);
    gr_amount amount = { (int64_t)(next(r) >> (64 - bits)), 1 + (int64_t)(next(r) % 1000) };

    return amount;
}

/* num / den and a.num / a.den are the same number, and the latter is in lowest terms. */
static void assert_same(gr_amount a, gr_wide num, gr_wide den)
{
    assert_true((gr_wide)a.num * den == num * a.den);
    assert_true(a.den >= 1);
    assert_int_equal(gr_common_divisor(a.num < 0 ? -a.num : a.num, a.den), 1);
}

static void test_add_and_subtract(void **state)
{
    random_state r = start("add and subtract");

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        gr_amount a = some_amount(&r, 40), b = some_amount(&r, 40), out;
        gr_wide den = (gr_wide)a.den * b.den;

        assert_true(gr_amount_add(a, b, &out));
        assert_same(out, (gr_wide)a.num * b.den + (gr_wide)b.num * a.den, den);
        assert_true(gr_amount_subtract(a, b, &out));
        assert_same(out, (gr_wide)a.num * b.den - (gr_wide)b.num * a.den, den);
        assert_int_equal(gr_amount_compare(a, b), (out.num > 0) - (out.num < 0));
    }
}

static void test_multiply(void **state)
{
    random_state r = start("multiply");

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        gr_amount a = some_amount(&r, 40), out;
        int64_t num = (int64_t)(next(&r) % 10000), den = 1 + (int64_t)(next(&r) % 10000);

        assert_true(gr_amount_multiply(a, num, den, &out));
        assert_same(out, (gr_wide)a.num * num, (gr_wide)a.den * den);
    }
}

/* Shares divide exactly: put together again they are the whole. */
static void test_shares_add_up(void **state)
{
    random_state r = start("shares");

    (void)state;
    for (int i = 0; i < ROUNDS / 20; i++) {
        gr_amount whole = some_amount(&r, 40), share, sum = { 0, 1 };
        int64_t people = 1 + (int64_t)(next(&r) % 40);

        assert_true(gr_amount_multiply(whole, 1, people, &share));
        for (int64_t k = 0; k < people; k++)
            assert_true(gr_amount_add(sum, share, &sum));
        assert_int_equal(gr_amount_compare(sum, whole), 0);
    }
}

/* Near the end of 64 bits: a result is exact, or refused and left alone. */
static void test_overflow_is_refused(void **state)
{
    random_state r = start("overflow");

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        gr_amount a = some_amount(&r, 63), b = some_amount(&r, 63), out = { -1, 1 };
        gr_wide num = (gr_wide)a.num * b.den + (gr_wide)b.num * a.den;

        if (gr_amount_add(a, b, &out))
            assert_same(out, num, (gr_wide)a.den * b.den);
        else
            assert_int_equal(out.num, -1);
    }
}

/* What was printed reads back as itself; with fractions of a cent, as the next cent above. */
static void test_print_and_parse(void **state)
{
    random_state r = start("print and parse");

    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        gr_amount a = some_amount(&r, 60), back;
        gr_error err = { 0 };
        char text[GR_MONEY_TEXT];

        gr_amount_print(a, text);
        assert_int_equal(gr_money_parse(gr_text_of(text), GR_NOWHERE, &back, &err), GR_OK);
        assert_int_equal(back.den, 1);
        assert_true((gr_wide)back.num * a.den >= a.num);
        assert_true((gr_wide)(back.num - 1) * a.den < a.num);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add_and_subtract), cmocka_unit_test(test_multiply),
        cmocka_unit_test(test_shares_add_up),    cmocka_unit_test(test_overflow_is_refused),
        cmocka_unit_test(test_print_and_parse),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
