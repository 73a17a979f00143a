/* tests/unit/test_day.c - days read, printed, and moved by years. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/day.h"

static void test_day_parse(void **state)
{
    static const struct {
        const char *in;
        gr_status status;
        const char *out;
    } cases[] = {
        { "1970-01-01", GR_OK, "1970-01-01" },
        { "2026-03-30", GR_OK, "2026-03-30" },
        { "0001-01-01", GR_OK, "0001-01-01" },
        { "9999-12-31", GR_OK, "9999-12-31" },
        { "2024-02-29", GR_OK, "2024-02-29" },
        { "2000-02-29", GR_OK, "2000-02-29" },
        { "2026-03-30T23:30:00", GR_OK, "2026-03-30" },
        { "2026-03-30T23:30:00-05:00", GR_OK, "2026-03-30" }, /* as written, not as in UTC */
        { "2026-03-30T00:10:00.123Z", GR_OK, "2026-03-30" },
        { "2026-03-30 23:30:00", GR_OK, "2026-03-30" },
        { "2026-03-30Z", GR_OK, "2026-03-30" },
        { "2026-03-30+14:00", GR_OK, "2026-03-30" },
        { "", GR_EINPUT, "" },
        { "2026-3-30", GR_EINPUT, "" },
        { "03/30/2026", GR_EINPUT, "" },
        { "2026-03-30x", GR_EINPUT, "" },
        { "2026-03-30T", GR_EINPUT, "" },
        { "2026-03-30T25:00:00", GR_EINPUT, "" },
        { "2026-03-30T23:30", GR_EINPUT, "" },
        { "2026-03-30+15:00", GR_EINPUT, "" },
        { "2026-02-29", GR_EINPUT, "" },
        { "1900-02-29", GR_EINPUT, "" },
        { "2026-13-01", GR_EINPUT, "" },
        { "2026-00-10", GR_EINPUT, "" },
        { "2026-04-31", GR_EINPUT, "" },
        { "0000-01-01", GR_EINPUT, "" },
        { "-026-01-01", GR_EINPUT, "" },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_place here = { "export.xml", 7, 12 };
        gr_error err = { 0 };
        gr_day day = 4711;
        char text[GR_DAY_TEXT];

        assert_int_equal(gr_day_parse(gr_text_of(cases[i].in), here, &day, &err), cases[i].status);
        if (cases[i].status == GR_OK) {
            assert_string_equal(gr_day_print(day, text), cases[i].out);
        } else {
            assert_int_equal(day, 4711); /* an output is written on success only */
            assert_int_equal(err.line, 7);
            assert_non_null(strstr(err.message, cases[i].in));
            assert_true(err.hint[0]);
        }
    }
}

static void test_day_bounds(void **state)
{
    char text[GR_DAY_TEXT];

    (void)state;
    assert_int_equal(gr_day_of((gr_date){ 1970, 1, 1 }), 0);
    assert_int_equal(gr_day_of((gr_date){ 1, 1, 1 }), GR_DAY_FIRST);
    assert_int_equal(gr_day_of((gr_date){ 9999, 12, 31 }), GR_DAY_LAST);
    assert_string_equal(gr_day_print(INT32_MAX, text), "9999-12-31");
    assert_string_equal(gr_day_print(INT32_MIN, text), "0001-01-01");
}

static void test_day_add_years(void **state)
{
    static const struct {
        gr_date from;
        int years;
        const char *to;
    } cases[] = {
        { { 2026, 7, 1 }, 1, "2027-07-01" },  { { 2024, 2, 29 }, 1, "2025-02-28" },
        { { 2024, 2, 29 }, 4, "2028-02-29" }, { { 2024, 2, 29 }, -1, "2023-02-28" },
        { { 2023, 2, 28 }, 1, "2024-02-28" }, { { 2096, 2, 29 }, 4, "2100-02-28" },
        { { 9999, 6, 1 }, 1, "9999-12-31" },  { { 1, 6, 1 }, -1, "0001-01-01" },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char text[GR_DAY_TEXT];
        gr_day day = gr_day_add_years(gr_day_of(cases[i].from), cases[i].years);

        assert_string_equal(gr_day_print(day, text), cases[i].to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_day_parse),
        cmocka_unit_test(test_day_bounds),
        cmocka_unit_test(test_day_add_years),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
