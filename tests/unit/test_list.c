/* tests/unit/test_list.c - an array that grows. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/list.h"

static void test_list_grows(void **state)
{
    gr_list list = GR_LIST(uint64_t);

    (void)state;
    for (uint64_t i = 0; i < 10000; i++)
        assert_true(gr_list_push(&list, &i));
    assert_int_equal(list.count, 10000);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(*GR_AT(list, uint64_t, i), i);
    gr_list_free(&list);
    assert_int_equal(list.count, 0);
    gr_list_free(&list); /* a second time does no harm */
}

static void test_list_add_is_zero(void **state)
{
    gr_list list = GR_LIST(uint64_t);
    uint64_t mark = UINT64_MAX;

    (void)state;
    for (size_t i = 0; i < 20; i++)
        gr_list_push(&list, &mark);
    gr_list_cut(&list, 3);
    assert_int_equal(list.count, 3);
    assert_int_equal(*(uint64_t *)gr_list_add(&list), 0);
    gr_list_cut(&list, 99);
    assert_int_equal(list.count, 4);
    gr_list_free(&list);
}

static void test_list_reserve(void **state)
{
    gr_list list = GR_LIST(uint64_t);
    void *items;

    (void)state;
    assert_true(gr_list_reserve(&list, 1000));
    items = list.items;
    for (uint64_t i = 0; i < 1000; i++)
        gr_list_push(&list, &i);
    assert_ptr_equal(list.items, items);
    assert_false(gr_list_reserve(&list, SIZE_MAX / 2));
    assert_int_equal(list.count, 1000);
    gr_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list_grows),
        cmocka_unit_test(test_list_add_is_zero),
        cmocka_unit_test(test_list_reserve),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
