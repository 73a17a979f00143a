/* tests/fault/test_base.c - each operation is run with its first call failing, then its second, until
 * none fails: every time it must say so, and keep no memory. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/table.h"
#include "model/record.h"
#include "rulefile/rulefile.h"

#include "fault.h"

typedef gr_status (*operation)(gr_error *err);

static gr_status fill_arena(gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    bool good = arena != NULL;

    for (size_t i = 0; good && i < 200; i++)
        good = gr_arena_print(arena, "gift %zu%4000s", i, "").ptr != NULL;
    gr_arena_free(arena);
    return good ? GR_OK : gr_fail_memory(err);
}

static gr_status fill_list(gr_error *err)
{
    gr_list list = GR_LIST(uint64_t);
    bool good = true;

    for (uint64_t i = 0; good && i < 5000; i++)
        good = gr_list_push(&list, &i);
    gr_list_free(&list);
    return good ? GR_OK : gr_fail_memory(err);
}

static gr_status fill_table(gr_error *err)
{
    gr_table table = { 0 };
    bool good = true;

    for (uint32_t i = 0; good && i < 5000; i++)
        good = gr_table_put(&table, i * UINT64_C(0x9E3779B97F4A7C15), i);
    gr_table_free(&table);
    return good ? GR_OK : gr_fail_memory(err);
}

static gr_status make_batch(gr_error *err)
{
    gr_batch *batch = gr_batch_create();
    bool good = batch && gr_list_add(&batch->quarantined);

    gr_batch_free(batch);
    return good ? GR_OK : gr_fail_memory(err);
}

static gr_status load_rulefile(gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    gr_problems problems = { 0 };
    gr_rulefile file;
    gr_status status = arena ? gr_rulefile_load("rules/policy.xml", "rules/schema/policy.xsd",
                                                arena, &problems, &file, err)
                             : gr_fail_memory(err);

    gr_arena_free(arena);
    return status;
}

static void must_fail_well(operation run, fault_kind kind, gr_status expected)
{
    size_t before = fault_blocks();

    for (size_t n = 1;; n++) {
        gr_error err = { 0 };
        gr_status status;

        fault_set(kind, n);
        status = run(&err);
        assert_int_equal(fault_blocks(), before);
        if (!fault_met()) {
            fault_set(FAULT_NONE, 0);
            assert_int_equal(status, GR_OK);
            return;
        }
        assert_int_equal(status, expected);
        assert_int_equal(err.status, expected);
        assert_true(err.message[0]);
    }
}

static void test_memory(void **state)
{
    static const operation operations[] = { fill_arena, fill_list, fill_table, make_batch,
                                            load_rulefile };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(operations); i++)
        must_fail_well(operations[i], FAULT_MEMORY, GR_ENOMEM);
}

static void test_reading(void **state)
{
    (void)state;
    must_fail_well(load_rulefile, FAULT_OPEN, GR_EIO);
    must_fail_well(load_rulefile, FAULT_READ, GR_EIO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_reading),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
