/* tests/unit/test_rates.c - rates of a day: the first and last day of each, gaps, pairs, and what is refused. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine_desk.h"

#define RATES(rows) "<rates xmlns='urn:giftrule:rates:1'>" rows "</rates>"
#define RATE(currency, into, from, to, value)                                                      \
    "<rate currency='" currency "' into='" into "' from='" from "' to='" to "' value='" value      \
    "'/>\n"

static gr_status load(desk *d, const char *text, gr_rates *out)
{
    gr_error err = { 0 };

    desk_write(d, text);
    return gr_rates_load(d->file, "rules/schema/rates.xsd", d->arena, &d->problems, out, &err);
}

static void test_find(void **state)
{
    static const struct {
        const char *currency, *into, *day;
        int64_t num, den; /* den 0: there is none */
    } cases[] = {
        { "EUR", "USD", "2026-04-30", 0, 0 },   { "EUR", "USD", "2026-05-01", 27, 25 },
        { "EUR", "USD", "2026-05-31", 27, 25 }, { "EUR", "USD", "2026-06-01", 11, 10 },
        { "EUR", "USD", "2026-06-30", 11, 10 }, { "EUR", "USD", "2026-07-01", 0, 0 },
        { "EUR", "GBP", "2026-05-15", 4, 5 },   { "EUR", "CHF", "2026-05-15", 0, 0 },
        { "GBP", "USD", "2026-05-15", 0, 0 },   { "GBP", "USD", "2026-08-01", 5, 4 },
        { "USD", "EUR", "2026-05-15", 0, 0 },   { "JPY", "USD", "2026-05-15", 1, 160 },
        { "ZAR", "USD", "2026-05-15", 0, 0 },
    };
    gr_rates rates;

    assert_int_equal(load(*state,
                          RATES(RATE("GBP", "USD", "2026-08-01", "2026-08-01", "1.25")    //
                                RATE("EUR", "USD", "2026-06-01", "2026-06-30", "1.1")     //
                                RATE("JPY", "USD", "2026-01-01", "2026-12-31", "0.00625") //
                                RATE("EUR", "GBP", "2026-05-01", "2026-05-31", "0.80")    //
                                RATE("EUR", "USD", "2026-05-01", "2026-05-31", "1.080")), //
                          &rates),
                     GR_OK);
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_error err = { 0 };
        gr_day day;
        const gr_rate *rate;

        assert_int_equal(gr_day_parse(gr_text_of(cases[i].day), GR_NOWHERE, &day, &err), GR_OK);
        rate = gr_rates_find(&rates, gr_text_of(cases[i].currency), gr_text_of(cases[i].into), day);
        assert_int_equal(rate != NULL, cases[i].den > 0);
        if (rate) /* kept in hundredths */
            assert_int_equal(
                gr_amount_compare((gr_amount){ rate->value.num, rate->value.den * 100 },
                                  (gr_amount){ cases[i].num, cases[i].den }),
                0);
    }
}

static void test_none(void **state)
{
    gr_rates rates;

    assert_int_equal(load(*state, RATES(""), &rates), GR_OK);
    assert_null(gr_rates_find(&rates, GR_TEXT("EUR"), GR_TEXT("USD"), 20000));
}

static void test_refused(void **state)
{
    static const struct {
        const char *text, *message;
        size_t count;
    } cases[] = {
        { RATES(RATE("EUR", "USD", "2026-05-31", "2026-05-01", "1.1")), "ends before it begins",
          1 },
        { RATES(RATE("EUR", "USD", "2026-05-01", "2026-05-31", "0.00")), "0.00", 1 },
        { RATES(RATE("EUR", "USD", "2026-05-01", "2026-05-31", "-1")), "-1", 1 },
        { RATES(RATE("EUR", "USD", "2026-02-29", "2026-05-31", "1.1")), "2026-02-29", 1 },
        { RATES(RATE("eur", "USD", "2026-05-01", "2026-05-31", "1.1")), "eur", 1 },
        { RATES(RATE("EUR", "USD", "2026-05-01", "2026-05-31", "1.1")
                    RATE("EUR", "USD", "2026-05-31", "2026-06-30", "1.2")),
          "two rates of EUR for 2026-05-31", 1 },
        { RATES(RATE("EUR", "USD", "2026-01-01", "2026-12-31", "1.1")
                    RATE("EUR", "USD", "2026-05-01", "2026-05-02", "1.2")
                        RATE("EUR", "USD", "2026-06-01", "2026-06-02", "x")),
          "x", 1 },
        { "<rates/>", "rates", 1 },
    };
    desk *d = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_rates rates;

        assert_int_equal(load(d, cases[i].text, &rates), GR_EINPUT);
        assert_true(d->problems.count >= cases[i].count);
        assert_non_null(strstr(d->seen[0].message, cases[i].message));
        assert_true(d->seen[0].line > 0 && d->seen[0].hint[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
