/* tests/unit/test_period.c - four kinds of year, on their first and last days and around 29 February. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/period.h"

static gr_day day_of(const char *text)
{
    gr_error err = { 0 };
    gr_day day = 0;

    assert_int_equal(gr_day_parse(gr_text_of(text), GR_NOWHERE, &day, &err), GR_OK);
    return day;
}

static void test_period_of(void **state)
{
    static const struct {
        gr_basis basis;
        int month, day; /* of the fiscal year's start */
        const char *anchor, *on, *from, *to;
    } cases[] = {
        { GR_CALENDAR, 1, 1, "2026-05-04", "2026-01-01", "2026-01-01", "2026-12-31" },
        { GR_CALENDAR, 1, 1, "2026-05-04", "2026-12-31", "2026-01-01", "2026-12-31" },
        { GR_CALENDAR, 7, 1, "2026-05-04", "2024-02-29", "2024-01-01", "2024-12-31" },
        { GR_FISCAL, 1, 1, "2026-05-04", "2026-12-31", "2026-01-01", "2026-12-31" },
        { GR_FISCAL, 7, 1, "2026-05-04", "2026-06-30", "2025-07-01", "2026-06-30" },
        { GR_FISCAL, 7, 1, "2026-05-04", "2026-07-01", "2026-07-01", "2027-06-30" },
        { GR_FISCAL, 3, 1, "2026-05-04", "2028-02-29", "2027-03-01", "2028-02-29" },
        { GR_FISCAL, 3, 1, "2026-05-04", "2027-02-28", "2026-03-01", "2027-02-28" },
        { GR_FISCAL, 2, 28, "2026-05-04", "2028-02-29", "2028-02-28", "2029-02-27" },
        { GR_FISCAL, 12, 31, "2026-05-04", "2026-12-31", "2026-12-31", "2027-12-30" },
        { GR_ANNIVERSARY, 1, 1, "2026-05-04", "2026-05-04", "2026-05-04", "2027-05-03" },
        { GR_ANNIVERSARY, 1, 1, "2026-05-04", "2027-05-03", "2026-05-04", "2027-05-03" },
        { GR_ANNIVERSARY, 1, 1, "2026-05-04", "2027-05-04", "2027-05-04", "2028-05-03" },
        { GR_ANNIVERSARY, 1, 1, "2025-12-31", "2026-12-30", "2025-12-31", "2026-12-30" },
        { GR_ANNIVERSARY, 1, 1, "2024-02-29", "2025-02-28", "2024-02-29", "2025-02-28" },
        { GR_ANNIVERSARY, 1, 1, "2024-02-29", "2025-03-01", "2025-03-01", "2026-02-28" },
        { GR_ANNIVERSARY, 1, 1, "2024-02-29", "2028-02-28", "2027-03-01", "2028-02-28" },
        { GR_ANNIVERSARY, 1, 1, "2024-02-29", "2028-02-29", "2028-02-29", "2029-02-28" },
        { GR_TRAILING, 1, 1, "2026-05-04", "2026-07-01", "2025-07-02", "2026-07-01" },
        { GR_TRAILING, 1, 1, "2026-05-04", "2028-02-29", "2027-03-01", "2028-02-29" },
        { GR_TRAILING, 1, 1, "2026-05-04", "2029-02-28", "2028-02-29", "2029-02-28" },
        { GR_TRAILING, 1, 1, "2026-05-04", "2029-03-01", "2028-03-02", "2029-03-01" },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_policy policy = { .fiscal_month = cases[i].month, .fiscal_day = cases[i].day };
        gr_period got =
            gr_period_of(cases[i].basis, &policy, day_of(cases[i].anchor), day_of(cases[i].on));
        char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

        assert_string_equal(gr_day_print(got.from, from), cases[i].from);
        assert_string_equal(gr_day_print(got.to, to), cases[i].to);
        assert_int_equal(got.basis, cases[i].basis);
    }
}

/* Years of one kind follow each other without a gap, whatever day they begin on. */
static void test_years_follow(void **state)
{
    gr_day first = day_of("2023-01-01"), last = day_of("2029-12-31");

    (void)state;
    for (gr_day anchor = first; anchor < first + 800; anchor += 17) {
        gr_date start = gr_day_date(anchor);
        gr_policy policy = { .fiscal_month = start.month,
                             .fiscal_day = start.month == 2 && start.day == 29 ? 28 : start.day };

        for (int basis = GR_CALENDAR; basis <= GR_ANNIVERSARY; basis++) {
            gr_period p = gr_period_of((gr_basis)basis, &policy, anchor, anchor);

            while (p.to < last) {
                gr_period next = gr_period_of((gr_basis)basis, &policy, anchor, p.to + 1);

                assert_int_equal(next.from, p.to + 1);
                assert_int_equal(gr_period_of((gr_basis)basis, &policy, anchor, p.to).from, p.from);
                assert_true(next.to - next.from >= 364 && next.to - next.from <= 365);
                p = next;
            }
        }
    }
}

static void test_period_words(void **state)
{
    static const struct {
        gr_basis basis;
        const char *words;
    } cases[] = {
        { GR_CALENDAR, "the calendar year 2026" },
        { GR_FISCAL, "the fiscal year from 2026-01-01 to 2026-12-31" },
        { GR_ANNIVERSARY, "the recipient's year from 2026-01-01 to 2026-12-31" },
        { GR_TRAILING, "the 12 months up to 2026-12-31" },
    };
    gr_arena *arena = gr_arena_create();

    (void)state;
    assert_non_null(arena);
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_period p = { cases[i].basis, day_of("2026-01-01"), day_of("2026-12-31") };

        assert_string_equal(gr_period_words(p, arena).ptr, cases[i].words);
    }
    gr_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_period_of),
        cmocka_unit_test(test_years_follow),
        cmocka_unit_test(test_period_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
