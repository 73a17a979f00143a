/* tests/unit/test_text.c - views of bytes. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"

static void assert_text(gr_text got, const char *expected)
{
    assert_int_equal(got.len, strlen(expected));
    assert_memory_equal(got.ptr, expected, got.len);
}

static void test_text_of(void **state)
{
    (void)state;
    assert_text(gr_text_of("Jane Roe"), "Jane Roe");
    assert_text(gr_text_of(NULL), "");
    assert_non_null(gr_text_of(NULL).ptr);
    assert_text(GR_TEXT("Fruit basket"), "Fruit basket");
}

static void test_text_compare(void **state)
{
    static const struct {
        const char *a, *b;
        int order;
    } cases
        [] = {
            { "", "", 0 },           { "", "a", -1 },      { "G-1", "G-10", -1 },
            { "G-9", "G-10", 1 },    { "Roe", "roe", -1 }, { "same", "same", 0 },
            { "a", "\xC3\xA9", -1 }, /* bytes are unsigned */
        };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_text a = gr_text_of(cases[i].a), b = gr_text_of(cases[i].b);
        int there = gr_text_compare(a, b), back = gr_text_compare(b, a);

        assert_int_equal((there > 0) - (there < 0), cases[i].order);
        assert_int_equal((back > 0) - (back < 0), -cases[i].order);
        assert_int_equal((int)gr_text_equal(a, b), cases[i].order == 0);
        assert_int_equal(gr_text_is(a, cases[i].b), cases[i].order == 0);
    }
}

static void test_text_trim(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        { "", "" },
        { "  ", "" },
        { " a b ", "a b" },
        { "\t\r\na\n", "a" },
        { "a", "a" },
        { "\xC2\xA0"
          "a",
          "\xC2\xA0"
          "a" }, /* a no-break space is none of XML's */
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++)
        assert_text(gr_text_trim(gr_text_of(cases[i].in)), cases[i].out);
}

static void test_text_slice(void **state)
{
    gr_text s = GR_TEXT("2026-03-30");

    (void)state;
    assert_text(gr_text_slice(s, 0, 4), "2026");
    assert_text(gr_text_slice(s, 8, 99), "30");
    assert_text(gr_text_slice(s, 50, 99), "");
    assert_text(gr_text_slice(s, 5, 2), "");
}

/* A cut never leaves half a letter behind. */
static void test_text_cut(void **state)
{
    gr_text s = GR_TEXT("Zo\xC3\xAB \xE2\x82\xAC");

    (void)state;
    assert_int_equal(gr_text_cut(s, 100), s.len);
    assert_int_equal(gr_text_cut(s, 4), 4);
    assert_int_equal(gr_text_cut(s, 3), 2);
    assert_int_equal(gr_text_cut(s, 7), 5);
    assert_int_equal(gr_text_cut(s, 6), 5);
    assert_int_equal(gr_text_cut(s, 0), 0);
}

static void test_text_starts_and_ends(void **state)
{
    gr_text s = GR_TEXT("export.xml.gz");

    (void)state;
    assert_true(gr_text_starts(s, GR_TEXT("export")));
    assert_true(gr_text_starts(s, GR_TEXT("")));
    assert_false(gr_text_starts(GR_TEXT("ex"), GR_TEXT("export")));
    assert_true(gr_text_ends(s, GR_TEXT(".gz")));
    assert_false(gr_text_ends(s, GR_TEXT(".xml")));
    assert_false(gr_text_ends(GR_TEXT("gz"), GR_TEXT(".gz")));
}

static void test_text_word(void **state)
{
    gr_text rest = GR_TEXT("  yes\tpartly \n no "), word;

    (void)state;
    assert_true(gr_text_word(&rest, &word));
    assert_text(word, "yes");
    assert_true(gr_text_word(&rest, &word));
    assert_text(word, "partly");
    assert_true(gr_text_word(&rest, &word));
    assert_text(word, "no");
    assert_false(gr_text_word(&rest, &word));
}

static void test_text_number(void **state)
{
    static const struct {
        const char *in;
        uint64_t most;
        bool good;
        uint64_t out;
    } cases[] = {
        { "0", 9, true, 0 },
        { "007", 9, true, 7 },
        { "10", 10, true, 10 },
        { "11", 10, false, 0 },
        { "", 9, false, 0 },
        { "-1", 9, false, 0 },
        { "+1", 9, false, 0 },
        { " 1", 9, false, 0 },
        { "1x", 99, false, 0 },
        { "1e2", 999, false, 0 },
        { "9", 5, false, 0 },
        { "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
        { "18446744073709551616", UINT64_MAX, false, 0 },
        { "99999999999999999999", UINT64_MAX, false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        uint64_t n = 0;

        assert_int_equal(gr_text_number(gr_text_of(cases[i].in), cases[i].most, &n), cases[i].good);
        assert_int_equal(n, cases[i].out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_of),   cmocka_unit_test(test_text_compare),
        cmocka_unit_test(test_text_trim), cmocka_unit_test(test_text_slice),
        cmocka_unit_test(test_text_cut),  cmocka_unit_test(test_text_starts_and_ends),
        cmocka_unit_test(test_text_word), cmocka_unit_test(test_text_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
