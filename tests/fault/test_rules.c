/* tests/fault/test_rules.c - loading a rule folder with every call for memory failing in turn, once and for good, and
 * with files that cannot be opened or read. pcre2 takes its memory from us; libxml2 keeps its own, since 2.9
 * itself falls when a schema meets the end of memory. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/rules.h"

#include "fault.h"

/* Further on, not every call is tried: there are thousands, and one load takes milliseconds. */
static size_t following(size_t n)
{
    return n < 100 ? n + 1 : n + n / 25;
}

static gr_status load(gr_error *err)
{
    const gr_setting settings[] = { { "period", "fiscal" } };
    gr_rules *rules = NULL;
    gr_status status = gr_rules_load("rules", settings, 1, NULL, NULL, &rules, err);

    assert_int_equal(status == GR_OK, rules != NULL);
    gr_rules_free(rules);
    return status;
}

static void must_fail_well(fault_kind kind, bool once, gr_status expected)
{
    size_t before = fault_blocks();

    for (size_t n = 1, met = 1; met; n = following(n)) {
        gr_error err = { 0 };
        gr_status status;

        if (once)
            fault_set_once(kind, n);
        else
            fault_set(kind, n);
        status = load(&err);
        met = fault_met();
        fault_set(FAULT_NONE, 0);
        assert_int_equal(fault_blocks(), before);
        if (!met || (once && kind == FAULT_MEMORY && status == GR_OK)) {
            assert_int_equal(status, GR_OK); /* a pattern that could not be made fast is no error */
        } else {
            assert_int_equal(status, expected);
            assert_true(err.status == expected && err.message[0]);
        }
    }
}

static void test_memory(void **state)
{
    (void)state;
    must_fail_well(FAULT_MEMORY, false, GR_ENOMEM);
}

/* One call fails and the next ones do not: nobody may overlook it. */
static void test_memory_once(void **state)
{
    (void)state;
    must_fail_well(FAULT_MEMORY, true, GR_ENOMEM);
}

/* A rule file that cannot be read is told like one that is wrong: the others are checked all the same. */
static void test_open(void **state)
{
    (void)state;
    must_fail_well(FAULT_OPEN, false, GR_EINPUT);
    must_fail_well(FAULT_OPEN, true, GR_EINPUT);
}

static void test_read(void **state)
{
    (void)state;
    must_fail_well(FAULT_READ, false, GR_EINPUT);
    must_fail_well(FAULT_READ, true, GR_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_memory_once),
        cmocka_unit_test(test_open),
        cmocka_unit_test(test_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
