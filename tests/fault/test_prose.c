/* tests/fault/test_prose.c - telling and comparing rule files with every call for memory failing in turn, once and for
 * good, and with files that cannot be opened or read. libxml2 keeps its own memory, see test_rules.c. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fault.h"
#include "giftrule.h"

typedef struct saying {
    gr_format format;
    bool compares; /* rules diff, not rules show */
} saying;

static const saying sayings[] = {
    { GR_FORMAT_TEXT, false },
    { GR_FORMAT_HTML, false },
    { GR_FORMAT_TEXT, true },
};

/* Further on, not every call is tried: there are thousands, and one load takes milliseconds. */
static size_t following(size_t n)
{
    return n < 30 ? n + 1 : n + n / 8;
}

static bool swallow(void *context, const char *bytes, size_t length)
{
    size_t *said = context;

    (void)bytes;
    *said += length;
    return true;
}

static gr_status say(const saying *s, size_t *said, gr_error *err)
{
    const gr_prose_options options = { .dir = "rules" };
    const gr_report_style style = { .format = s->format };
    bool differs = false;

    *said = 0;
    if (!s->compares)
        return gr_rules_show(&options, "finra-3220", &style, swallow, said, err);
    return gr_rules_diff(&options, "rules", "rules", &style, swallow, said, &differs, err);
}

static void must_fail_well(const saying *s, fault_kind kind, bool once, gr_status expected)
{
    size_t before = fault_blocks(), said;

    for (size_t n = 1, met = 1; met; n = following(n)) {
        gr_error err = { 0 };
        gr_status status;

        if (once)
            fault_set_once(kind, n);
        else
            fault_set(kind, n);
        status = say(s, &said, &err);
        met = fault_met();
        fault_set(FAULT_NONE, 0);
        assert_int_equal(fault_blocks(), before);
        if (!met) {
            assert_int_equal(status, GR_OK);
            assert_true(said > 0);
        } else {
            assert_int_equal(status, expected);
            assert_true(err.status == expected && err.message[0]);
        }
    }
}

static void test_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sayings / sizeof sayings[0]; i++) {
        must_fail_well(&sayings[i], FAULT_MEMORY, false, GR_ENOMEM);
        must_fail_well(&sayings[i], FAULT_MEMORY, true, GR_ENOMEM);
    }
}

static void test_files(void **state)
{
    (void)state;
    must_fail_well(&sayings[0], FAULT_OPEN, true, GR_EINPUT);
    must_fail_well(&sayings[0], FAULT_READ, true, GR_EINPUT);
    must_fail_well(&sayings[2], FAULT_OPEN, true, GR_EINPUT);
    must_fail_well(&sayings[2], FAULT_READ, false, GR_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
