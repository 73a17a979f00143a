/* tests/unit/test_table.c - numbers found by hash, also when hashes are equal or close. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/table.h"

static bool holds(const gr_table *table, uint64_t hash, uint32_t number)
{
    size_t cursor = 0;
    uint32_t found;

    do
        found = gr_table_find(table, hash, &cursor);
    while (found != GR_NONE && found != number);
    return found == number;
}

static uint64_t hash_of(uint32_t number)
{
    return gr_hash((gr_text){ (const char *)&number, sizeof number }, 1);
}

static void test_table_finds(void **state)
{
    gr_table table = { 0 };
    size_t cursor = 0;

    (void)state;
    assert_int_equal(gr_table_find(&table, 1, &cursor), GR_NONE);
    for (uint32_t i = 0; i < 20000; i++)
        assert_true(gr_table_put(&table, hash_of(i), i));
    assert_int_equal(table.count, 20000);
    for (uint32_t i = 0; i < 20000; i++)
        assert_true(holds(&table, hash_of(i), i));
    for (uint32_t i = 20000; i < 40000; i++)
        assert_false(holds(&table, hash_of(i), i));
    gr_table_free(&table);
}

/* The worst that can come: one hash for all, at the end of the table, so that probing goes around. */
static void test_table_same_hash(void **state)
{
    gr_table table = { 0 };
    size_t cursor = 0;
    uint32_t count = 0;

    (void)state;
    for (uint32_t i = 0; i < 300; i++)
        assert_true(gr_table_put(&table, UINT64_MAX, i));
    while (gr_table_find(&table, UINT64_MAX, &cursor) != GR_NONE)
        count++;
    assert_int_equal(count, 300);
    assert_false(holds(&table, 0, 1));
    gr_table_free(&table);
}

static void test_table_change(void **state)
{
    gr_table table = { 0 };

    (void)state;
    gr_table_change(&table, 7, 1, 2); /* nothing is there */
    for (uint32_t i = 0; i < 100; i++)
        assert_true(gr_table_put(&table, 7, i));
    gr_table_change(&table, 7, 40, 1000);
    gr_table_change(&table, UINT64_C(7) << 32, 41, 1001); /* another hash */
    gr_table_change(&table, 7, 500, 1002);
    assert_true(holds(&table, 7, 1000) && holds(&table, 7, 41));
    assert_false(holds(&table, 7, 40) || holds(&table, 7, 1001) || holds(&table, 7, 1002));
    gr_table_change(&table, 7, 1000, 40);
    assert_true(holds(&table, 7, 40));
    gr_table_free(&table);
}

static void test_hash(void **state)
{
    (void)state;
    assert_true(gr_hash(GR_TEXT("Jane"), 1) == gr_hash(gr_text_of("Jane"), 1));
    assert_true(gr_hash(GR_TEXT("Jane"), 1) != gr_hash(GR_TEXT("Jane"), 2));
    assert_true(gr_hash(GR_TEXT("Jane"), 1) != gr_hash(GR_TEXT("jane"), 1));
    assert_true(gr_hash(GR_TEXT(""), 1) != gr_hash(GR_TEXT(""), 2));
}

/* The test vector of FIPS 180-4, whole and in pieces. */
static void test_digest(void **state)
{
    static const char message[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    static const char expected[] =
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";

    (void)state;
    for (size_t piece = 1; piece <= sizeof message - 1; piece++) {
        gr_digest digest;
        char hex[GR_DIGEST_HEX];

        gr_digest_start(&digest);
        for (size_t at = 0; at < sizeof message - 1; at += piece) {
            size_t left = sizeof message - 1 - at;

            gr_digest_add(&digest, message + at, left < piece ? left : piece);
        }
        gr_digest_end(&digest, hex);
        assert_string_equal(hex, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_finds),  cmocka_unit_test(test_table_same_hash),
        cmocka_unit_test(test_table_change), cmocka_unit_test(test_hash),
        cmocka_unit_test(test_digest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
