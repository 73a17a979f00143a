/* tests/fault/test_crash.c - every operation killed before, and in the middle of, the n-th call that changes something on
 * the disk. What the system has been given stays: here nothing is lost but the process. */
#include "crash.h"

static const crash crashes[] = {
    { .name = "killed before",
      .fault = { .calls = DISK_CHANGES, .end = DISK_KILLS },
      .is_steady = true,
      .step = 11 },
    { .name = "killed in the middle of",
      .fault = { .calls = 1U << DISK_WRITE, .end = DISK_KILLS, .in_the_middle = true },
      .is_steady = true,
      .step = 17 },
};

static void test_crash(void **state)
{
    for (size_t i = 0; i < operation_count; i++) {
        size_t first = SIZE_MAX;
        golden g;

        golden_make(*state, &operations[i], &g);
        for (size_t k = GR_COUNT(crashes); k-- > 0;)
            first = must_stand(*state, &g, &crashes[k], SIZE_MAX);
        crash_before(*state, &g, &crashes[0], first);
        print_message("# after a crash, taking it back first:\n");
        must_stand(*state, &g, &crashes[0], SIZE_MAX);
        golden_free(&g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_crash) };

    disk_register();
    return cmocka_run_group_tests(tests, firm_open, firm_close);
}
