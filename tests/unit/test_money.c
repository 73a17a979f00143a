/* tests/unit/test_money.c - amounts read, printed and calculated with, to the last fraction of a cent. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/money.h"

static const gr_amount unbounded = { GR_UNBOUNDED, 1 };

static void assert_amount(gr_amount got, int64_t num, int64_t den)
{
    assert_int_equal(got.num, num);
    assert_int_equal(got.den, den);
}

static void test_money_parse(void **state)
{
    static const struct {
        const char *in;
        gr_status status;
        int64_t num, den;
    } cases[] = {
        { "0", GR_OK, 0, 1 },
        { "412", GR_OK, 41200, 1 },
        { "412.5", GR_OK, 41250, 1 },
        { "412.50", GR_OK, 41250, 1 },
        { "50.00000000", GR_OK, 5000, 1 },
        { "007.10", GR_OK, 710, 1 },
        { "412.505", GR_OK, 82501, 2 },
        { "0.001", GR_OK, 1, 10 },
        { "0.0000000001", GR_OK, 1, 100000000 },
        { "33.3333333333", GR_OK, 333333333333, 100000000 },
        { "92233720368547758.06", GR_OK, INT64_MAX - 1, 1 },
        { "92233720368547758.07", GR_ELIMIT, 0, 0 }, /* this one means unbounded */
        { "92233720368547758.08", GR_ELIMIT, 0, 0 },
        { "99999999999999999999", GR_ELIMIT, 0, 0 },
        { "", GR_EINPUT, 0, 0 },
        { ".", GR_EINPUT, 0, 0 },
        { ".50", GR_EINPUT, 0, 0 },
        { "412.", GR_EINPUT, 0, 0 },
        { "1.2.3", GR_EINPUT, 0, 0 },
        { "1,000", GR_EINPUT, 0, 0 },
        { "4e2", GR_EINPUT, 0, 0 },
        { "-5", GR_EINPUT, 0, 0 },
        { "+5", GR_EINPUT, 0, 0 },
        { " 5", GR_EINPUT, 0, 0 },
        { "$5", GR_EINPUT, 0, 0 },
        { "0.12345678901", GR_EINPUT, 0, 0 },
        { "NaN", GR_EINPUT, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_place here = { "export.xml", 7, 12 };
        gr_error err = { 0 };
        gr_amount amount = { 0, 0 };

        assert_int_equal(gr_money_parse(gr_text_of(cases[i].in), here, &amount, &err),
                         cases[i].status);
        assert_amount(amount, cases[i].num, cases[i].den);
        assert_true(cases[i].status == GR_OK || (err.line == 7 && err.hint[0]));
    }
}

/* What is between two cents goes up: one cent over 300.00 shared by three is not 300.00. */
static void test_money_print(void **state)
{
    static const struct {
        int64_t num, den;
        const char *out;
    } cases[] = {
        { 0, 1, "0.00" },
        { 1, 1, "0.01" },
        { 99, 1, "0.99" },
        { 100, 1, "1.00" },
        { 30000, 1, "300.00" },
        { 90001, 3, "300.01" },
        { 1, 3, "0.01" },
        { -1, 3, "0.00" },
        { -3, 2, "-0.01" },
        { -12345, 1, "-123.45" },
        { INT64_MAX - 1, 1, "92233720368547758.06" },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char text[GR_MONEY_TEXT];

        assert_string_equal(gr_money_print(cases[i].num, cases[i].den, text), cases[i].out);
    }
}

/* The largest total that the type can hold still fits into the text. */
static void test_money_print_widest(void **state)
{
    gr_wide most = ((gr_wide)1 << 126) - 1 + ((gr_wide)1 << 126);
    char text[GR_MONEY_TEXT];

    (void)state;
    gr_money_print(most, 1, text);
    assert_string_equal(text, "1701411834604692317316873037158841057.27");
    gr_money_print(-most, 1, text);
    assert_string_equal(text, "-1701411834604692317316873037158841057.27");
    assert_string_equal(gr_amount_print(unbounded, text), "unknown");
}

static void test_amount_arithmetic(void **state)
{
    gr_amount third = { 90001, 3 }, half = { 1, 2 }, out = { 7, 7 };

    (void)state;
    assert_true(gr_amount_add(third, half, &out));
    assert_amount(out, 180005, 6);
    assert_true(gr_amount_subtract(third, third, &out));
    assert_amount(out, 0, 1);
    assert_true(gr_amount_subtract(half, third, &out));
    assert_amount(out, -179999, 6);
    assert_true(gr_amount_multiply((gr_amount){ 90001, 1 }, 1, 3, &out));
    assert_amount(out, 90001, 3);
    assert_true(gr_amount_multiply(third, 3, 1, &out));
    assert_amount(out, 90001, 1);
}

static void test_amount_overflow(void **state)
{
    gr_amount most = { INT64_MAX - 1, 1 }, one = { 1, 1 }, out = { 7, 7 };

    (void)state;
    assert_false(gr_amount_add(most, one, &out));
    assert_false(gr_amount_multiply(most, 2, 1, &out));
    assert_false(gr_amount_add((gr_amount){ 1, INT64_MAX }, (gr_amount){ 1, INT64_MAX - 1 }, &out));
    assert_amount(out, 7, 7); /* left alone */
    assert_true(gr_amount_add(most, unbounded, &out));
    assert_amount(out, GR_UNBOUNDED, 1);
    assert_true(gr_amount_multiply(unbounded, 1, 3, &out));
    assert_amount(out, GR_UNBOUNDED, 1);
}

static void test_amount_compare(void **state)
{
    static const struct {
        gr_amount a, b;
        int order;
    } cases[] = {
        { { 30000, 1 }, { 30000, 1 }, 0 },
        { { 90001, 3 }, { 30000, 1 }, 1 },
        { { 1, 3 }, { 1, 2 }, -1 },
        { { 2, 4 }, { 1, 2 }, 0 },
        { { INT64_MAX - 1, 1 }, { GR_UNBOUNDED, 1 }, -1 },
        { { GR_UNBOUNDED, 1 }, { GR_UNBOUNDED, 1 }, 0 },
        { { INT64_MAX - 1, INT64_MAX }, { INT64_MAX - 2, INT64_MAX - 1 }, 1 },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        assert_int_equal(gr_amount_compare(cases[i].a, cases[i].b), cases[i].order);
        assert_int_equal(gr_amount_compare(cases[i].b, cases[i].a), -cases[i].order);
    }
}

static void test_span(void **state)
{
    gr_span span = { 1, 2, 3 };

    (void)state;
    assert_true(gr_span_of((gr_amount){ 1, 2 }, (gr_amount){ 2, 3 }, &span));
    assert_int_equal(span.low, 3);
    assert_int_equal(span.high, 4);
    assert_int_equal(span.den, 6);
    assert_int_equal(gr_amount_compare(gr_span_low(span), (gr_amount){ 1, 2 }), 0);
    assert_int_equal(gr_amount_compare(gr_span_high(span), (gr_amount){ 2, 3 }), 0);
    assert_true(gr_span_of((gr_amount){ 1, 2 }, unbounded, &span));
    assert_amount(gr_span_high(span), GR_UNBOUNDED, 1);
    assert_amount(gr_span_low(span), 1, 2);
    assert_false(gr_span_of((gr_amount){ INT64_MAX - 1, 1 }, (gr_amount){ 1, 2 }, &span));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_money_parse),
        cmocka_unit_test(test_money_print),
        cmocka_unit_test(test_money_print_widest),
        cmocka_unit_test(test_amount_arithmetic),
        cmocka_unit_test(test_amount_overflow),
        cmocka_unit_test(test_amount_compare),
        cmocka_unit_test(test_span),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
