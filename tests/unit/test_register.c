/* tests/unit/test_register.c - the register of gifts in every format: its rows, what is unknown, its sums, its pages. */
#include "book_sample.h"

#include <jansson.h>

typedef gr_status (*write_format)(const gr_report *report, gr_writer *writer, gr_error *err);

static gr_status in_text(const gr_report *report, gr_writer *writer, gr_error *err)
{
    return gr_register_text(report, 80, writer, err);
}

static const write_format formats[] = { in_text, gr_register_json, gr_register_html,
                                        gr_register_csv };

static const char *written(output *out, const gr_report *report, write_format format)
{
    gr_writer writer;
    gr_error err = { 0 };

    out->used = 0;
    gr_writer_open(&writer, take, out);
    if (format(report, &writer, &err) != GR_OK)
        print_error("%s\n", err.message);
    assert_int_equal(err.status, GR_OK);
    assert_true(gr_writer_close(&writer));
    return out->bytes;
}

static void test_text(void **state)
{
    static book_sample s;
    const char *text;

    fill_book(&s, 4);
    text = written(*state, &s.base.report, in_text);
    assert_non_null(strstr(text, "Register of gifts, finra-3220  -  page 1\n"
                                 "giftrule 0.1.0, generated 2026-11-23T09:00:00Z\n"));
    assert_non_null(strstr(text, "\nGifts given: 2026-01-01 to 2026-12-31\nGifts: 4\n"));
    assert_non_null(strstr(text, "\nNo. 1, day 2026-01-01, record G-0000001\n"
                                 "    Gift: given 2026-01-01\n"
                                 "    Giver: number AE-017; name Dana Fox\n"
                                 "    Recipient: name Jane Roe; part 1 of 1\n"));
    assert_non_null(strstr(text, "; worth 100.00; counts 100.00; currency"));
    assert_non_null(strstr(text, "standing may count; worth 100.00; counts 0.00 to 100.00;"));
    assert_non_null(
        strstr(text, "    Unknown: Gift: ordered, delivered, approval, in the gift log;"));
    assert_non_null(strstr(text, "F-0123456789ab"));
    assert_non_null(strstr(text, "\ncost of gifts: USD, number 4, 400.00\n"
                                 "counted for the limit: USD, number 4, 200.00 to 300.00\n"
                                 "\nEnd of the register, 2 pages.\n"));
}

/* No line is written past the end of a page, and each page has a head with its number. */
static void test_pages(void **state)
{
    static book_sample s;
    const char *text;
    unsigned lines = 0, pages = 1;
    char head[64];

    fill_book(&s, 200);
    for (text = written(*state, &s.base.report, in_text); *text; text++) {
        lines += *text == '\n';
        assert_true(lines <= 60);
        if (*text == '\f') {
            pages++;
            snprintf(head, sizeof head, "\fRegister of gifts, finra-3220  -  page %u\n", pages);
            assert_int_equal(strncmp(text, head, strlen(head)), 0);
            lines = 0;
        }
    }
    assert_true(pages > 20);
}

static void test_json(void **state)
{
    static book_sample s;
    json_t *root, *gifts, *gift, *totals;

    fill_book(&s, 4);
    root =
        json_loads(written(*state, &s.base.report, gr_register_json), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(root, "register"), "rule")),
        "finra-3220");
    gifts = json_object_get(root, "gifts");
    assert_int_equal(json_array_size(gifts), 4);
    gift = json_array_get(gifts, 1);
    assert_int_equal(json_integer_value(json_object_get(gift, "number")), 2);
    assert_string_equal(json_string_value(json_object_get(gift, "value_certain")), "0.00");
    assert_string_equal(json_string_value(json_object_get(gift, "value_possible")), "100.00");
    assert_true(json_is_null(json_object_get(gift, "title"))); /* unknown */
    assert_null(json_object_get(gift, "recipients"));          /* there is only one */
    totals = json_object_get(root, "totals");
    assert_int_equal(json_integer_value(json_object_get(totals, "shares")), 4);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(totals, "counted"), "possible")),
        "300.00");
    json_decref(root);
}

static void test_html(void **state)
{
    static book_sample s;
    const char *page;

    fill_book(&s, 4);
    s.name = GR_TEXT("<script>x</script>");
    page = written(*state, &s.base.report, gr_register_html);
    assert_null(strstr(page, "<script"));
    assert_non_null(strstr(page, "&lt;script&gt;x&lt;/script&gt;"));
    assert_non_null(strstr(page, "<th scope=\"col\">Judgement</th>"));
    assert_non_null(strstr(page, "</html>"));
}

static void test_empty(void **state)
{
    static book_sample s;

    fill_book(&s, 0);
    for (size_t i = 0; i < GR_COUNT(formats); i++)
        assert_true(strlen(written(*state, &s.base.report, formats[i])) > 100);
    assert_non_null(strstr(written(*state, &s.base.report, in_text), "No gifts."));
}

/* A register that does not tie to the ledger is not written to its end, in any format. */
static void test_sums_that_do_not_tie(void **state)
{
    static book_sample s;

    for (size_t wrong = 0; wrong < 4; wrong++) {
        for (size_t i = 0; i < GR_COUNT(formats); i++) {
            gr_writer writer;
            gr_error err = { 0 };
            output *out = *state;

            fill_book(&s, 4);
            s.book.gifts += wrong == 0;
            s.book.counted.low += wrong == 1;
            s.book.counted.high -= wrong == 2;
            s.book.counted.unbounded = wrong == 3;
            out->used = 0;
            gr_writer_open(&writer, take, out);
            assert_int_equal(formats[i](&s.base.report, &writer, &err), GR_EBUG);
            assert_non_null(strstr(err.message, "of the register are not those of the ledger"));
        }
    }
}

static void test_hostile_texts(void **state)
{
    static char long_text[4096];
    static const char *const hostile[] = { "a\nb\fc", "\x1B[31m", "\xE2\x80\xAE+1", long_text };
    static book_sample s;

    memset(long_text, 'w', sizeof long_text - 1);
    for (size_t i = 0; i < GR_COUNT(hostile); i++) {
        fill_book(&s, 1);
        s.name = s.description = gr_text_of(hostile[i]);
        s.book.rule = s.description;
        for (size_t k = 0; k < GR_COUNT(formats); k++) {
            const char *text = written(*state, &s.base.report, formats[k]);

            assert_null(strchr(text, '\x1B'));
            if (formats[k] != gr_register_json) /* which is for programs, and says what there is */
                assert_null(strstr(text, "\xE2\x80\xAE"));
            if (i == 0 && k == 0)
                assert_non_null(strstr(text, "name a b c;"));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_text, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_pages, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_html, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_empty, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_sums_that_do_not_tie, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_hostile_texts, open_output, free_output),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
