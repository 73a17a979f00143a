/* tests/fault/test_sheets.c - tables, spreadsheets and the register with every call for memory failing in turn, once and
 * for good, and spreadsheets with files that cannot be opened, read or written. libxlsxwriter takes its own memory and
 * writes its own files: how it fails on a full device is in tests/unit/test_spreadsheet.c. */
#include "../unit/book_sample.h"

#include <unistd.h>

#include "fault.h"
#include "memory.h"

typedef gr_status (*write_format)(const gr_report *report, gr_writer *writer, gr_error *err);

static char path[64];

static gr_status findings(const gr_report *report, gr_writer *writer, gr_error *err)
{
    return gr_report_csv(report, "findings", writer, err);
}

static gr_status gifts(const gr_report *report, gr_writer *writer, gr_error *err)
{
    return gr_report_csv(report, "gifts", writer, err);
}

static gr_status register_text(const gr_report *report, gr_writer *writer, gr_error *err)
{
    return gr_register_text(report, 80, writer, err);
}

static gr_status spreadsheet(const gr_report *report, gr_writer *writer, gr_error *err)
{
    gr_status status = gr_report_xlsx(report, path, err);

    (void)writer;
    if (status == GR_OK)
        unlink(path);
    return status;
}

static gr_status register_spreadsheet(const gr_report *report, gr_writer *writer, gr_error *err)
{
    gr_status status = gr_register_xlsx(report, path, err);

    (void)writer;
    if (status == GR_OK)
        unlink(path);
    return status;
}

static bool swallow(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length;
    return true;
}

static void must_fail_well(write_format format, fault_kind kind, bool once, gr_status expected)
{
    static book_sample s;
    size_t before = fault_blocks(), failures = 0;

    fill_book(&s, 5);
    for (size_t n = 1, met = 1; met; n++) {
        gr_error err = { 0 };
        gr_writer writer;
        gr_status status;

        if (once)
            fault_set_once(kind, n);
        else
            fault_set(kind, n);
        gr_writer_open(&writer, swallow, NULL);
        status = format(&s.base.report, &writer, &err);
        met = fault_met();
        fault_set(FAULT_NONE, 0);
        assert_int_equal(fault_blocks(), before);
        assert_int_equal(access(path, F_OK), -1);
        assert_int_equal(status, met ? expected : GR_OK);
        assert_true(status == GR_OK || (err.status == expected && err.message[0]));
        failures += met;
    }
    assert_true(failures > 0);
}

static void test_memory(void **state)
{
    static const write_format formats[] = {
        findings,        gifts,       register_text,       gr_register_json,
        gr_register_csv, spreadsheet, register_spreadsheet
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(formats); i++) {
        must_fail_well(formats[i], FAULT_MEMORY, false, GR_ENOMEM);
        must_fail_well(formats[i], FAULT_MEMORY, true, GR_ENOMEM);
    }
}

static void test_files(void **state)
{
    (void)state;
    must_fail_well(spreadsheet, FAULT_OPEN, true, GR_EIO);
    must_fail_well(spreadsheet, FAULT_READ, true, GR_EIO);
    must_fail_well(register_spreadsheet, FAULT_OPEN, false, GR_EIO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory),
        cmocka_unit_test(test_files),
    };

    memory_of_sqlite_and_jansson();
    snprintf(path, sizeof path, "/tmp/giftrule-sheets-%ld.xlsx", (long)getpid());
    return cmocka_run_group_tests(tests, NULL, NULL);
}
