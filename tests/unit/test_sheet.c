/* tests/unit/test_sheet.c - the tables of a report, and what comma-separated values make of any text. */
#include "book_sample.h"

#include <time.h>

#include "report/sheet_csv.h"

/* ---- texts ---- */

static const gr_sheet_column note_columns[] = {
    { "note", "Note", GR_SHEET_TEXT, 20, NULL, false },
    { "rest", "Rest", GR_SHEET_TEXT, 20, NULL, false },
};

static gr_status notes(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    (void)err;
    for (size_t i = 0; i < report->note_count; i++) {
        gr_sheet_text(out, report->note[i]);
        gr_sheet_blank(out, GR_SHEET_UNKNOWN, 1);
        gr_sheet_row_end(out);
    }
    return GR_OK;
}

static const gr_sheet note_sheet = { "notes", "Notes", note_columns, 2, notes };

static void write_note(output *out, gr_text text)
{
    gr_report report = { .note = &text, .note_count = 1 };
    gr_writer writer;
    gr_error err = { 0 };

    out->used = 0;
    gr_writer_open(&writer, take, out);
    assert_int_equal(gr_csv_write(&note_sheet, &report, NULL, &writer, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
}

static void test_csv_texts(void **state)
{
    static const struct {
        const char *in;
        const char *cell;
    } cases[] = {
        { "Fruit basket", "Fruit basket" },
        { "a,b", "\"a,b\"" },
        { "a;b", "\"a;b\"" },
        { "say \"hi\"", "\"say \"\"hi\"\"\"" },
        { " ends in a blank ", "\" ends in a blank \"" },
        { "two\r\nlines", "two  lines" },
        { "=1+1", "'=1+1" },
        { "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"" },
        { "+1", "'+1" },
        { "-1", "'-1" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\t=1", "\"' =1\"" },
        { "\r=1", "\"' =1\"" },
        { "  =1", "\"'  =1\"" },
        { "\xC2\xA0=1", "'\xC2\xA0=1" },
        { "\xE3\x80\x80=1", "'\xE3\x80\x80=1" },
        { "\xEF\xBC\x9D"
          "1",
          "'\xEF\xBC\x9D"
          "1" },
        { "\xEF\xBC\x8B"
          "1",
          "'\xEF\xBC\x8B"
          "1" },
        { "\xEF\xBC\x8D"
          "1",
          "'\xEF\xBC\x8D"
          "1" },
        { "\xEF\xBC\xA0"
          "1",
          "'\xEF\xBC\xA0"
          "1" },
        { "\xE2\x80\x8B=1", "'\xE2\x80\x8B=1" },
        { "a=1", "a=1" },
        { "\x1B[31mred", "\"\xEF\xBF\xBD[31mred\"" },
        { "a\xE2\x80\xAE"
          "b",
          "a\xEF\xBF\xBD"
          "b" },
        { "\xFF", "\xEF\xBF\xBD" },
        { "", "" },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char expected[200];

        snprintf(expected, sizeof expected, "note,rest\r\n%s,\r\n", cases[i].cell);
        write_note(*state, gr_text_of(cases[i].in));
        assert_string_equal(((output *)*state)->bytes, expected);
    }
}

/* ---- reading back ---- */

/* The next cell as RFC 4180 has it; *ended: it was the last of its line. */
static size_t read_cell(const char **at, char *cell, size_t size, bool *ended)
{
    bool quoted = **at == '"';
    size_t used = 0;

    *at += quoted;
    for (;; ++*at) {
        if (quoted && **at == '"' && (*at)[1] == '"')
            ++*at;
        else if (quoted ? **at == '"' : **at == ',' || **at == '\r')
            break;
        assert_true(**at != '\0' && used + 1 < size && (quoted || **at != '"'));
        assert_true((unsigned char)**at >= ' '); /* no line ends either */
        cell[used++] = **at;
    }
    *at += quoted;
    cell[used] = '\0';
    *ended = **at == '\r';
    assert_true(*ended ? (*at)[1] == '\n' : **at == ',');
    *at += *ended ? 2 : 1;
    return used;
}

/* Each line has as many cells as the table has columns, and none of them starts a formula. Returns how many lines. */
static size_t reread(const char *bytes, const gr_sheet *sheet)
{
    static char cell[64 * 1024];
    size_t lines = 0, cells = 0;
    bool ended;

    for (const char *at = bytes; *at;) {
        size_t length = read_cell(&at, cell, sizeof cell, &ended);

        if (lines == 0)
            assert_string_equal(cell, sheet->column[cells].name);
        assert_true(length == 0 || !gr_csv_starts_formula((gr_text){ cell, length }) ||
                    sheet->column[cells].type == GR_SHEET_MONEY);
        cells++;
        assert_int_equal(ended, cells == sheet->column_count);
        if (ended) {
            lines++;
            cells = 0;
        }
    }
    return lines;
}

static void write_table(output *out, const gr_report *report, const char *table)
{
    gr_writer writer;
    gr_error err = { 0 };

    out->used = 0;
    gr_writer_open(&writer, take, out);
    assert_int_equal(gr_report_csv(report, table, &writer, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
}

static void test_empty_report(void **state)
{
    const gr_report empty = { .as_of = 20000 };
    output *out = *state;

    for (size_t i = 0; i < GR_SHEETS; i++) {
        write_table(out, &empty, gr_sheets[i]->name);
        assert_int_equal(reread(out->bytes, gr_sheets[i]) == 1,
                         i > 0); /* about: always something */
    }
}

static void test_one_gift(void **state)
{
    static const size_t lines[GR_SHEETS] = { 0, 2, 3, 3, 2, 2, 1, 1 };
    static book_sample s;
    output *out = *state;

    fill_book(&s, 1);
    for (size_t i = 0; i < GR_SHEETS; i++) {
        write_table(out, &s.base.report, gr_sheets[i]->name);
        if (i > 0)
            assert_int_equal(reread(out->bytes, gr_sheets[i]), lines[i]);
    }
    write_table(out, &s.base.report, "gifts");
    assert_non_null(strstr(out->bytes, "\r\n1,2026-01-01,G-0000001,AE-017,Dana Fox,Jane Roe,,"
                                       "\"Fruit basket, large\",,100.00,USD,counts,100.00,100.00,,"
                                       "100.00,100.00,300.00,compliant,,log.xml,7\r\n"));
}

static void test_findings(void **state)
{
    const gr_decision decision = { .kind = GR_DECISION_ACCEPT,
                                   .author = GR_TEXT("Chris Vale"),
                                   .moment = GR_TEXT("2026-11-23T09:00:00Z"),
                                   .reason = GR_TEXT("-known, and told") };
    output *out = *state;
    sample s;

    fill(&s);
    s.finding[0].over = (gr_amount){ 5001, 2 }; /* between two cents: up */
    write_table(out, &s.report, NULL);
    assert_int_equal(reread(out->bytes, gr_sheets[1]), 2);
    assert_non_null(strstr(out->bytes, "\r\nF-0123456789ab,violation,open,,,,limit,finra-3220,,"
                                       "3220(a),2026-05-04,G-0042,AE-017,Dana Fox,,,,R-88,Jane Roe,"
                                       "Acme Pension Fund,calendar,2026-01-01,2026-12-31,300.00,"
                                       "325.00,325.00,25.01,USD,2,2,"));
    s.finding[0].decision = &decision;
    s.finding[0].total.unbounded = true;
    write_table(out, &s.report, "findings");
    assert_non_null(strstr(out->bytes, ",violation,accepted,Chris Vale,2026-11-23T09:00:00Z,"
                                       "\"'-known, and told\",limit,"));
    assert_non_null(strstr(out->bytes, ",300.00,325.00,unbounded,25.01,USD,"));
    s.finding[0].decision = NULL;
    s.finding[0].past = &decision;
    s.finding[0].is_count = true; /* numbers of gifts, in hundredths */
    s.finding[0].limit = (gr_amount){ 300, 1 };
    write_table(out, &s.report, "findings");
    assert_non_null(strstr(out->bytes, ",violation,open again,Chris Vale,"));
    assert_non_null(strstr(out->bytes, ",3,325,unbounded,26,gifts,2,2,"));
}

static void test_hostile_texts(void **state)
{
    static char long_text[4096];
    static const char *const hostile[] = { "=cmd|' /C calc'!A0",    "<b>\"x\"</b>,\r\n;",
                                           "\xE2\x80\xAE+1",        "\x01\x02\x7F",
                                           "\xF0\x9F\x8E\x81 gift", long_text };
    static book_sample s;
    output *out = *state;

    memset(long_text, '@', sizeof long_text - 1);
    for (size_t i = 0; i < GR_COUNT(hostile); i++) {
        fill_book(&s, 3);
        s.description = s.name = s.person[0].name = gr_text_of(hostile[i]);
        s.base.finding[0].reason = s.base.finding[0].recipient_name = gr_text_of(hostile[i]);
        s.base.report.ledger = gr_text_of(hostile[i]);
        for (size_t k = 0; k < GR_SHEETS; k++) {
            write_table(out, &s.base.report, gr_sheets[k]->name);
            assert_true(reread(out->bytes, gr_sheets[k]) >= 1);
        }
    }
}

static void test_no_such_table(void **state)
{
    const gr_report empty = { .as_of = 20000 };
    gr_writer writer;
    gr_error err = { 0 };

    gr_writer_open(&writer, take, *state);
    assert_int_equal(gr_report_csv(&empty, "gift", &writer, &err), GR_EUSAGE);
    assert_string_equal(err.message, "'gift' is not a table");
    assert_string_equal(err.hint, "one of about, findings, counted, executives, recipients, gifts, "
                                  "quarantine, assumptions");
}

/* ---- many ---- */

static bool count_bytes(void *context, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)context += length;
    return true;
}

static void test_many_findings(void **state)
{
    enum { FINDINGS = 100000 };
    const gr_finding **all = malloc(FINDINGS * sizeof *all);
    clock_t start = clock();
    gr_writer writer;
    gr_error err = { 0 };
    size_t bytes = 0;
    sample s;

    (void)state;
    fill(&s);
    assert_non_null(all);
    for (size_t i = 0; i < FINDINGS; i++)
        all[i] = &s.finding[0];
    s.executive[1].finding = all;
    s.executive[1].finding_count = FINDINGS;
    gr_writer_open(&writer, count_bytes, &bytes);
    assert_int_equal(gr_report_csv(&s.report, "findings", &writer, &err), GR_OK);
    assert_int_equal(gr_report_csv(&s.report, "counted", &writer, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
    assert_true(bytes > FINDINGS * 200);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20); /* under a sanitizer */
    free(all);
}

static void test_output_that_fails(void **state)
{
    static book_sample s;
    gr_writer writer;
    gr_error err = { 0 };

    (void)state;
    fill_book(&s, 1000000); /* ends long before all of them */
    gr_writer_open(&writer, take, *state);
    assert_int_equal(gr_report_csv(&s.base.report, "gifts", &writer, &err), GR_EIO);
    assert_string_equal(err.message, "the table 'gifts' cannot be written");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_csv_texts, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_empty_report, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_one_gift, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_findings, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_hostile_texts, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_no_such_table, open_output, free_output),
        cmocka_unit_test(test_many_findings),
        cmocka_unit_test_setup_teardown(test_output_that_fails, open_output, free_output),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
