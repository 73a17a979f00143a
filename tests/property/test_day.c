/* tests/property/test_day.c - days to text and back, all of three centuries. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/day.h"

/* Each day follows the one before by the calendar, and its text reads back as itself. */
static void test_every_day(void **state)
{
    gr_day last = gr_day_of((gr_date){ 2200, 12, 31 });
    gr_date before = { 1899, 12, 31 };

    (void)state;
    for (gr_day day = gr_day_of((gr_date){ 1900, 1, 1 }); day <= last; day++) {
        gr_date date = gr_day_date(day), next = { before.year, before.month, before.day + 1 };
        char text[GR_DAY_TEXT];
        gr_error err = { 0 };
        gr_day back = 0;

        if (!gr_date_exists(next))
            next = (gr_date){ before.year, before.month + 1, 1 };
        if (!gr_date_exists(next))
            next = (gr_date){ before.year + 1, 1, 1 };
        assert_memory_equal(&date, &next, sizeof date);
        assert_int_equal(gr_day_of(date), day);
        gr_day_print(day, text);
        assert_int_equal(gr_day_parse(gr_text_of(text), GR_NOWHERE, &back, &err), GR_OK);
        assert_int_equal(back, day);
        before = date;
    }
}

/* A year later is the same month and day, or the last of February. */
static void test_years(void **state)
{
    gr_day last = gr_day_of((gr_date){ 2199, 12, 31 });

    (void)state;
    for (gr_day day = gr_day_of((gr_date){ 1900, 1, 1 }); day <= last; day++) {
        gr_date date = gr_day_date(day), later = gr_day_date(gr_day_add_years(day, 1));

        assert_int_equal(later.year, date.year + 1);
        assert_int_equal(later.month, date.month);
        assert_true(later.day == date.day || (date.day == 29 && later.day == 28));
        assert_int_equal(gr_day_add_years(day, 0), day);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_years),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
