/* tests/fault/test_power.c - every operation with the power lost before the n-th call that changes something on the disk,
 * and behind its end. What was not synced by then is dropped, reordered, torn or garbled; see power.h. */
#include "crash.h"

static const crash dropped = {
    .name = "unsynced writes dropped before",
    .fault = { .calls = DISK_CHANGES, .end = DISK_LOSES_POWER, .loss = POWER_DROPS },
    .is_steady = true,
    .step = 23,
};

static const crash by_chance[] = {
    { .name = "unsynced writes reordered before",
      .fault = { .calls = DISK_CHANGES, .end = DISK_LOSES_POWER, .loss = POWER_REORDERS },
      .rounds = 4,
      .step = 23 },
    { .name = "unsynced writes torn before",
      .fault = { .calls = DISK_CHANGES, .end = DISK_LOSES_POWER, .loss = POWER_TEARS },
      .rounds = 4,
      .step = 23 },
};

/* Another disk, which SQLite writes to in another way: there what is sure by one call is not by another. */
static const crash garbled = {
    .name = "unsynced sectors garbled before",
    .fault = { .calls = DISK_CHANGES, .end = DISK_LOSES_POWER, .loss = POWER_GARBLES },
    .rounds = 4,
    .step = 23,
};

static const crash killed = {
    .name = "killed before",
    .fault = { .calls = DISK_CHANGES, .end = DISK_KILLS },
    .is_steady = true,
    .step = 10,
};

static void test_power(void **state)
{
    for (size_t i = 0; i < operation_count; i++) {
        size_t surely;
        golden g;

        golden_make(*state, &operations[i], &g);
        surely = must_stand(*state, &g, &dropped, SIZE_MAX);
        for (size_t k = 0; k < GR_COUNT(by_chance); k++)
            must_stand(*state, &g, &by_chance[k], surely);
        must_stand(*state, &g, &garbled, SIZE_MAX);
        crash_before(*state, &g, &killed, must_stand(*state, &g, &killed, SIZE_MAX));
        print_message("# after a crash, taking it back first:\n");
        surely = must_stand(*state, &g, &dropped, SIZE_MAX);
        must_stand(*state, &g, &by_chance[1], surely);
        golden_free(&g);
    }
}

/* Would we see it? With a disk that says it has synced and has not, no ledger can stand. */
static void test_lies(void **state)
{
    crash c = by_chance[0];

    c.fault.lies = true;
    for (size_t i = 0; i < operation_count; i++) {
        size_t points = 0, wrong = 0;
        crash_result r = { .met = true };
        golden g;

        golden_make(*state, &operations[i], &g);
        for (size_t n = 1; r.met; n = following_point(n, 11)) {
            r = crash_at(*state, &g, &c, n, chosen_seed());
            points += r.met;
            wrong += r.met && r.wrong;
        }
        golden_free(&g);
        print_message("# %s, on a disk that lies: %zu points, %zu of them wrong\n",
                      operations[i].name, points, wrong);
        assert_true(wrong > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power),
        cmocka_unit_test(test_lies),
    };

    disk_register();
    return cmocka_run_group_tests(tests, firm_open, firm_close);
}
