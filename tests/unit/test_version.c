/* tests/unit/test_version.c - moments, counts and other texts, each in its order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/version.h"
#include "model/record.h"

static void test_older(void **state)
{
    static const struct {
        const char *older, *newer;
        bool is_even; /* neither is older */
    } cases[] = {
        { "9", "10", false },
        { "009", "10", false },
        { "0", "1", false },
        { "99999999999999999999", "100000000000000000000", false },
        { "1", "001", true },
        { "2026-05-01", "2026-05-02", false },
        { "2026-05-01", "2026-05-01T00:00:01", false },
        { "2026-05-01T10:00:00.123+00:00", "2026-05-01T11:00:00Z", false },
        { "2026-05-01T10:00:00Z", "2026-05-01T10:00:00.5", true },
        { "v10", "v9", false },
        { "10", "9a", false },
        { "2026-05-0", "2026-05-01", false },
        { "", "1", false },
        { "", "", true },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_text older = gr_text_of(cases[i].older), newer = gr_text_of(cases[i].newer);

        assert_int_equal(gr_version_is_older(older, newer), !cases[i].is_even);
        assert_false(gr_version_is_older(newer, older));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_older),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
