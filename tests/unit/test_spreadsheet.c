/* tests/unit/test_spreadsheet.c - spreadsheets, opened again: every part of the archive is XML, strings are strings, the
 * same report gives the same bytes, and what does not fit on a device is an error. */
#include "book_sample.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <libxml/parser.h>
#include <zlib.h>

#include "report/sheet_xlsx.h"

enum { PART = 8 * 1024 * 1024 };

typedef struct folder {
    char path[64], file[96];
} folder;

static int make_folder(void **state)
{
    folder *f = calloc(1, sizeof *f);

    if (!f)
        return -1;
    snprintf(f->path, sizeof f->path, "/tmp/giftrule-sheets-XXXXXX");
    *state = f;
    if (!mkdtemp(f->path))
        return -1;
    snprintf(f->file, sizeof f->file, "%s/out.xlsx", f->path);
    return 0;
}

/* Nothing else may be left in it. */
static int remove_folder(void **state)
{
    folder *f = *state;
    int left;

    unlink(f->file);
    left = rmdir(f->path);
    free(f);
    return left;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(PART);

    assert_non_null(file);
    assert_non_null(bytes);
    *length = fread(bytes, 1, PART, file);
    assert_true(*length < PART);
    fclose(file);
    return bytes;
}

static size_t number_at(const char *bytes, size_t count)
{
    size_t number = 0;

    for (size_t i = 0; i < count; i++)
        number |= (size_t)(unsigned char)bytes[i] << 8 * i;
    return number;
}

/* The text of one part; NULL: there is none of this name. Every part on the way must be XML and of no day but Excel's first. */
static char *read_part(const char *path, const char *name)
{
    size_t length;
    char *file = read_file(path, &length), *found = NULL;

    for (const char *at = file; memcmp(at, "PK\3\4", 4) == 0;) {
        size_t packed = number_at(at + 18, 4), size = number_at(at + 22, 4);
        size_t name_length = number_at(at + 26, 2), extra = number_at(at + 28, 2);
        const char *data = at + 30 + name_length + extra;
        char *text = malloc(size + 1);
        z_stream z = { .next_in = (Bytef *)(uintptr_t)data,
                       .avail_in = (uInt)packed,
                       .next_out = (Bytef *)text,
                       .avail_out = (uInt)size };
        xmlDocPtr xml;

        assert_non_null(text);
        assert_int_equal(number_at(at + 10, 4), 0x210000); /* 1980-01-01 */
        assert_int_equal(inflateInit2(&z, -MAX_WBITS), Z_OK);
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        inflateEnd(&z);
        text[size] = '\0';
        xml = xmlReadMemory(text, (int)size, "part", NULL, XML_PARSE_NONET | XML_PARSE_HUGE);
        assert_non_null(xml);
        xmlFreeDoc(xml);
        if (strlen(name) == name_length && memcmp(at + 30, name, name_length) == 0)
            found = text;
        else
            free(text);
        at = data + packed;
    }
    free(file);
    return found;
}

static void must_have(const char *path, const char *part, const char *text)
{
    char *xml = read_part(path, part);

    assert_non_null(xml);
    if (!strstr(xml, text))
        print_error("%s has no %s:\n%.3000s\n", part, text, xml);
    assert_non_null(strstr(xml, text));
    free(xml);
}

static void write_report(const gr_report *report, const char *path)
{
    gr_error err = { 0 };

    unlink(path);
    if (gr_report_xlsx(report, path, &err) != GR_OK)
        print_error("%s: %s\n", err.file, err.message);
    assert_int_equal(err.status, GR_OK);
}

static void test_sheets(void **state)
{
    folder *f = *state;
    book_sample s;

    fill_book(&s, 4);
    write_report(&s.base.report, f->file);
    must_have(f->file, "xl/workbook.xml",
              "<sheet name=\"About\" sheetId=\"1\" r:id=\"rId1\"/>"
              "<sheet name=\"Findings\" sheetId=\"2\" r:id=\"rId2\"/>"
              "<sheet name=\"Counted gifts\" sheetId=\"3\" r:id=\"rId3\"/>"
              "<sheet name=\"Account executives\" sheetId=\"4\" r:id=\"rId4\"/>"
              "<sheet name=\"Recipients\" sheetId=\"5\" r:id=\"rId5\"/>"
              "<sheet name=\"Gifts\" sheetId=\"6\" r:id=\"rId6\"/>"
              "<sheet name=\"Quarantine\" sheetId=\"7\" r:id=\"rId7\"/>"
              "<sheet name=\"Assumptions\" sheetId=\"8\" r:id=\"rId8\"/>");
    /* a day and an amount are numbers; 46146 is 2026-05-04 */
    must_have(f->file, "xl/worksheets/sheet2.xml", "<c r=\"K2\" s=\"3\"><v>46146</v></c>");
    must_have(f->file, "xl/worksheets/sheet2.xml", "<c r=\"AA2\" s=\"4\"><v>25</v></c>");
    must_have(f->file, "xl/worksheets/sheet2.xml", "<autoFilter ref=\"A1:AJ2\"/>");
    must_have(f->file, "xl/worksheets/sheet2.xml", "<formula>\"violation\"</formula>");
    must_have(f->file, "xl/worksheets/sheet2.xml", "state=\"frozen\"");
    must_have(f->file, "xl/worksheets/sheet2.xml", "orientation=\"landscape\"");
    must_have(f->file, "xl/worksheets/sheet2.xml",
              "&amp;R&amp;8&amp;A, page &amp;P of &amp;N</oddFooter>");
    must_have(f->file, "docProps/core.xml", ">2026-11-23T09:00:00Z</dcterms:created>");
}

static void test_money(void **state)
{
    folder *f = *state;
    sample s;

    fill(&s);
    s.finding[0].over = (gr_amount){ 5001, 2 };           /* 25.005: up */
    s.finding[0].limit = (gr_amount){ INT64_MAX - 1, 1 }; /* no double holds it */
    s.finding[0].total.unbounded = true;
    write_report(&s.report, f->file);
    must_have(f->file, "xl/worksheets/sheet2.xml", "<c r=\"AA2\" s=\"4\"><v>25.01</v></c>");
    must_have(f->file, "xl/worksheets/sheet2.xml", "<is><t>92233720368547758.06</t></is>");
    must_have(f->file, "xl/worksheets/sheet2.xml", "<is><t>unbounded</t></is>");
}

static void test_same_bytes(void **state)
{
    folder *f = *state;
    size_t one, two;
    char *first, *second;
    book_sample s;

    fill_book(&s, 500);
    write_report(&s.base.report, f->file);
    first = read_file(f->file, &one);
    setenv("TZ", "Asia/Tokyo", 1);
    sleep(2); /* the clock of an archive counts in twos */
    write_report(&s.base.report, f->file);
    unsetenv("TZ");
    second = read_file(f->file, &two);
    assert_int_equal(one, two);
    assert_memory_equal(first, second, one);
    free(first);
    free(second);
}

static void test_hostile_texts(void **state)
{
    static char long_text[70000];
    static const struct {
        const char *text, *cell;
    } cases[] = {
        { "=1+1", "<is><t>=1+1</t></is>" },
        { "http://example.com/", "<is><t>http://example.com/</t></is>" },
        { "<b>&amp;\"", "<is><t>&lt;b&gt;&amp;amp;" },
        { "a\x01\xEF\xBF\xBE", "<is><t>a\xEF\xBF\xBD\xEF\xBF\xBD</t></is>" },
        { "\xE2\x80\xAEgnp", "<is><t>\xEF\xBF\xBDgnp</t></is>" },
        { "_x0041_", "<is><t>_x005F_x0041_</t></is>" },
        { "_x41_", "<is><t>_x41_</t></is>" },
        { "\xFF\xF0\x9F\x8E\x81", "<is><t>\xEF\xBF\xBD\xF0\x9F\x8E\x81</t></is>" },
        { " a ", "<is><t xml:space=\"preserve\"> a </t></is>" },
        { long_text, "aaa [cut]</t></is>" },
    };
    folder *f = *state;
    book_sample s;

    memset(long_text, 'a', sizeof long_text - 1);
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char *xml;

        fill_book(&s, 3);
        s.description = gr_text_of(cases[i].text);
        s.base.report.ledger = s.description;
        write_report(&s.base.report, f->file);
        xml = read_part(f->file, "xl/worksheets/sheet6.xml");
        assert_non_null(strstr(xml, cases[i].cell));
        assert_null(strstr(xml, "<f>"));
        assert_null(strstr(xml, "hyperlink"));
        assert_true(!strstr(xml, "[cut]") ==
                    !strstr(xml, "cells with more than 32767 letters cut"));
        free(xml);
    }
}

static void test_cut_exactly(void **state)
{
    static char text[32768 * 4];
    folder *f = *state;
    book_sample s;
    char *xml;

    fill_book(&s, 1);
    memset(text, 'a', 32767);
    s.description = gr_text_of(text);
    write_report(&s.base.report, f->file);
    xml = read_part(f->file, "xl/worksheets/sheet6.xml");
    assert_null(strstr(xml, "[cut]"));
    free(xml);
    for (size_t i = 0; i < 16384; i++) /* two units each: one too many */
        memcpy(text + 4 * i, "\xF0\x9F\x8E\x81", 4);
    s.description = (gr_text){ text, 16384 * (size_t)4 };
    write_report(&s.base.report, f->file);
    must_have(f->file, "xl/worksheets/sheet6.xml", "\xF0\x9F\x8E\x81 [cut]</t></is>");
}

static void test_more_rows_than_a_sheet(void **state)
{
    folder *f = *state;
    const gr_xlsx_options options = { gr_sheets, GR_SHEETS, "Gift report", NULL, 12 };
    gr_error err = { 0 };
    book_sample s;
    char *xml;

    fill_book(&s, 25); /* nine to a sheet, with headings and room for a remark */
    assert_int_equal(gr_xlsx_write(&s.base.report, &options, f->file, &err), GR_OK);
    must_have(f->file, "xl/workbook.xml", "<sheet name=\"Gifts\"");
    must_have(f->file, "xl/workbook.xml", "<sheet name=\"Gifts 2\"");
    must_have(f->file, "xl/workbook.xml", "<sheet name=\"Gifts 3\"");
    xml = read_part(f->file, "xl/workbook.xml");
    assert_null(strstr(xml, "Gifts 4"));
    free(xml);
}

static void test_files_that_cannot_be(void **state)
{
    folder *f = *state;
    gr_error err = { 0 };
    char name[128];
    size_t length;
    char *bytes;
    book_sample s;
    int fd = open(f->file, O_WRONLY | O_CREAT | O_EXCL, 0666);

    fill_book(&s, 1);
    assert_int_equal(write(fd, "older", 5), 5);
    close(fd);
    assert_int_equal(gr_report_xlsx(&s.base.report, f->file, &err), GR_EIO);
    assert_string_equal(err.file, f->file);
    bytes = read_file(f->file, &length);
    assert_int_equal(length, 5); /* it is another's */
    free(bytes);
    snprintf(name, sizeof name, "%s/none/out.xlsx", f->path);
    assert_int_equal(gr_report_xlsx(&s.base.report, name, &err), GR_EIO);
    assert_string_equal(err.file, name);
}

/* A file cannot grow over a limit, as on a full device. True: a whole spreadsheet came of it; else an error that names
 * the file, of which nothing is left. */
static bool fits(const gr_report *report, const char *path, rlim_t most, size_t *read_back)
{
    struct rlimit before, small;
    gr_error err = { 0 };
    gr_status status;

    unlink(path);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = most;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    status = gr_report_xlsx(report, path, &err);
    setrlimit(RLIMIT_FSIZE, &before);
    if (status == GR_OK) {
        free(read_part(path, "xl/workbook.xml")); /* all parts are XML */
        return true;
    }
    assert_true(status == GR_EIO || status == GR_EFULL);
    assert_string_equal(err.file, path);
    assert_int_equal(access(path, F_OK), -1);
    *read_back += strcmp(err.message, "the spreadsheet was not written whole") == 0;
    return false;
}

static void test_full_device(void **state)
{
    folder *f = *state;
    rlim_t most = 100, enough = PART;
    size_t read_back = 0;
    book_sample s;

    fill_book(&s, 300);
    signal(SIGXFSZ, SIG_IGN);
    for (rlim_t few = 100; few < 20000; few += 1009)
        assert_false(fits(&s.base.report, f->file, few, &read_back));
    while (enough - most > 1) {
        rlim_t middle = most + (enough - most) / 2;

        if (fits(&s.base.report, f->file, middle, &read_back))
            enough = middle;
        else
            most = middle;
    }
    read_back =
        0; /* the rows of the largest sheet fit, and what stands before and after them does not */
    for (rlim_t less = 1; less < 3000; less += 211)
        assert_false(fits(&s.base.report, f->file, enough - less, &read_back));
    signal(SIGXFSZ, SIG_DFL);
    assert_true(read_back > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sheets, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_money, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_same_bytes, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_hostile_texts, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_cut_exactly, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_more_rows_than_a_sheet, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_files_that_cannot_be, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_full_device, make_folder, remove_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
