/* tests/unit/test_arena.c - pieces are aligned, apart, and stay where they are. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/arena.h"

static void test_arena_pieces(void **state)
{
    enum { PIECES = 2000 };
    gr_arena *arena = gr_arena_create();
    unsigned char *piece[PIECES];

    (void)state;
    assert_non_null(arena);
    for (size_t i = 0; i < PIECES; i++) {
        piece[i] = gr_arena_alloc(arena, i % 97 + 1);
        assert_int_equal((uintptr_t)piece[i] % 16, 0);
        memset(piece[i], (int)(i % 251), i % 97 + 1);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t k = 0; k < i % 97 + 1; k++)
            assert_int_equal(piece[i][k], i % 251);
    gr_arena_free(arena);
}

static void test_arena_large(void **state)
{
    gr_arena *arena = gr_arena_create();
    char *small = gr_arena_alloc(arena, 1);
    char *large = gr_arena_zero(arena, 5 << 20);
    char *after = gr_arena_alloc(arena, 1);

    (void)state;
    *small = *after = 'x';
    assert_int_equal(large[0] | large[(5 << 20) - 1], 0);
    assert_null(gr_arena_alloc(arena, SIZE_MAX));
    assert_null(gr_arena_alloc(arena, SIZE_MAX - 7));
    assert_int_equal(*small, 'x');
    gr_arena_free(arena);
    gr_arena_free(NULL);
}

/* A batch is filled again and again: after a reset the memory of before is enough. */
static void test_arena_reset(void **state)
{
    gr_arena *arena = gr_arena_create();
    void *first = gr_arena_alloc(arena, 64);

    (void)state;
    for (size_t i = 0; i < 100; i++)
        assert_non_null(gr_arena_alloc(arena, 5000));
    assert_true(gr_arena_used(arena) >= 500000);
    gr_arena_reset(arena);
    assert_int_equal(gr_arena_used(arena), 0);
    assert_ptr_equal(gr_arena_alloc(arena, 64), first);
    for (size_t i = 0; i < 100; i++)
        memset(gr_arena_zero(arena, 5000), 1, 5000);
    gr_arena_free(arena);
}

static void test_arena_texts(void **state)
{
    gr_arena *arena = gr_arena_create();
    gr_text copy = gr_arena_copy(arena, gr_text_slice(GR_TEXT("Jane Roe"), 0, 4));
    gr_text none = gr_arena_copy(arena, (gr_text){ NULL, 0 });
    gr_text printed = gr_arena_print(arena, "%s-%04d", "G", 42);

    (void)state;
    assert_string_equal(copy.ptr, "Jane");
    assert_string_equal(none.ptr, "");
    assert_string_equal(printed.ptr, "G-0042");
    assert_int_equal(printed.len, 6);
    gr_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_pieces),
        cmocka_unit_test(test_arena_large),
        cmocka_unit_test(test_arena_reset),
        cmocka_unit_test(test_arena_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
