/* tests/unit/test_chart.c - where days and amounts lie in a drawing of a running total. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "report/chart.h"

static gr_day day_of(int year, int month, int day)
{
    return gr_day_of((gr_date){ year, month, day });
}

static gr_chart_point point(gr_day day, int64_t low, int64_t high)
{
    int year = gr_day_date(day).year;

    return (gr_chart_point){ .day = day,
                             .period = { GR_CALENDAR, day_of(year, 1, 1), day_of(year, 12, 31) },
                             .total = { low, high, 1, false } };
}

static const gr_limit_step *steps(void)
{
    static gr_limit_step step[2];

    step[0] = (gr_limit_step){ GR_DAY_FIRST, day_of(2026, 3, 29), { 10000, 1 } };
    step[1] = (gr_limit_step){ day_of(2026, 3, 30), GR_DAY_LAST, { 30000, 1 } };
    return step;
}

static void test_round(void **state)
{
    static const struct {
        int64_t least, rounded;
    } cases[] = { { 0, 100 },      { 100, 100 },     { 101, 200 },      { 240, 250 },
                  { 251, 500 },    { 501, 1000 },    { 1000, 1000 },    { 7600, 10000 },
                  { 9999, 10000 }, { 10001, 20000 }, { 250000, 250000 } };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++)
        assert_int_equal((int64_t)gr_scale_round(cases[i].least), cases[i].rounded);
}

static void test_fit(void **state)
{
    gr_chart_point one = point(day_of(2026, 5, 4), 12500, 12500);
    gr_scale scale;

    (void)state;
    gr_scale_fit(&scale, &one, 1, steps(), 2, day_of(2026, 11, 23));
    assert_int_equal(scale.from, day_of(2026, 1, 1)); /* so that the step of the limit is seen */
    assert_int_equal(scale.to, day_of(2026, 12, 31));
    assert_true(scale.top > 30000 && scale.top % scale.step == 0);
    assert_int_equal(gr_scale_x(&scale, day_of(2026, 1, 1)), scale.left);
    assert_int_equal(gr_scale_x(&scale, day_of(2027, 1, 1)), scale.left + scale.width);
    assert_int_equal(gr_scale_x(&scale, day_of(1990, 1, 1)), scale.left);
    assert_int_equal(gr_scale_y(&scale, 0, 1), scale.upper + scale.height);
    assert_int_equal(gr_scale_y(&scale, scale.top, 1), scale.upper);
    assert_int_equal(gr_scale_y(&scale, (gr_wide)1 << 120, 1), scale.upper);
}

static void test_no_gift(void **state)
{
    gr_list corner = GR_LIST(gr_vertex);
    gr_scale scale;

    (void)state;
    gr_scale_fit(&scale, NULL, 0, NULL, 0, day_of(2026, 11, 23));
    assert_true(scale.top > 0);
    assert_true(gr_scale_outline(&scale, NULL, 0, false, &corner));
    assert_int_equal(corner.count, 2); /* a line along the ground */
    assert_int_equal(GR_AT(corner, gr_vertex, 1)->y, scale.upper + scale.height);
    gr_list_free(&corner);
}

static void test_limit(void **state)
{
    gr_chart_point one = point(day_of(2026, 5, 4), 12500, 12500);
    gr_list corner = GR_LIST(gr_vertex);
    gr_scale scale;
    const gr_vertex *v;

    (void)state;
    gr_scale_fit(&scale, &one, 1, steps(), 2, day_of(2026, 11, 23));
    assert_true(gr_scale_limit(&scale, steps(), 2, &corner));
    assert_int_equal(corner.count, 4);
    v = corner.items;
    assert_int_equal(v[0].x, scale.left);
    assert_int_equal(v[1].x, gr_scale_x(&scale, day_of(2026, 3, 30))); /* the step */
    assert_int_equal(v[2].x, v[1].x);
    assert_int_equal(v[1].y, gr_scale_y(&scale, 10000, 1));
    assert_int_equal(v[2].y, gr_scale_y(&scale, 30000, 1));
    assert_int_equal(v[3].x, scale.left + scale.width);
    gr_list_free(&corner);
}

/* How high the outline ends, and how many corners it has. */
static void test_outline(void **state)
{
    const gr_day may = day_of(2026, 5, 4), june = day_of(2026, 6, 4), old = day_of(2025, 6, 4);
    struct {
        gr_chart_point point[2];
        size_t count;
        bool possible, unbounded;
        size_t corners;
        int64_t last; /* cents; -1: the upper edge */
    } cases[] = {
        { { point(may, 12500, 12500) }, 1, false, false, 4, 12500 },
        { { point(may, 12500, 20000) }, 1, false, false, 4, 12500 },
        { { point(may, 12500, 20000) }, 1, true, false, 4, 20000 },
        { { point(may, 12500, 0) }, 1, true, true, 4, -1 },
        { { point(may, 12500, 0) }, 1, false, true, 4, 12500 },
        { { point(may, 100, 100), point(june, 300, 300) }, 2, false, false, 6, 300 },
        { { point(may, 100, 100), point(may, 300, 300) }, 2, false, false, 4, 300 },
        { { point(old, 900, 900), point(may, 300, 300) },
          2,
          false,
          false,
          8,
          300 },                                             /* a new year */
        { { point(old, 900, 900) }, 1, false, false, 6, 0 }, /* its year is over */
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_list corner = GR_LIST(gr_vertex);
        gr_scale scale;
        int y;

        cases[i].point[0].total.unbounded = cases[i].unbounded;
        gr_scale_fit(&scale, cases[i].point, cases[i].count, steps(), 2, day_of(2026, 11, 23));
        assert_true(
            gr_scale_outline(&scale, cases[i].point, cases[i].count, cases[i].possible, &corner));
        assert_int_equal(corner.count, cases[i].corners);
        y = cases[i].last < 0 ? scale.upper : gr_scale_y(&scale, cases[i].last, 1);
        assert_int_equal(GR_AT(corner, gr_vertex, corner.count - 1)->y, y);
        gr_list_free(&corner);
    }
}

/* A thousand gifts on one day are one line up. */
static void test_many(void **state)
{
    static gr_chart_point many[1000];
    gr_list corner = GR_LIST(gr_vertex);
    gr_scale scale;

    (void)state;
    for (size_t i = 0; i < GR_COUNT(many); i++)
        many[i] = point(day_of(2026, 5, 4), (int64_t)i * 100, (int64_t)i * 100);
    gr_scale_fit(&scale, many, GR_COUNT(many), steps(), 2, day_of(2026, 11, 23));
    assert_true(gr_scale_outline(&scale, many, GR_COUNT(many), false, &corner));
    assert_int_equal(corner.count, 4);
    gr_list_free(&corner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round),   cmocka_unit_test(test_fit),
        cmocka_unit_test(test_no_gift), cmocka_unit_test(test_limit),
        cmocka_unit_test(test_outline), cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
