/* tests/fault/test_audit.c - an audit, its ledger and its report with every call for memory failing in turn, those of
 * libxml2, sqlite3 and jansson among them; and a report that cannot be written, which leaves the old one whole. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <libxml/parser.h>

#include "base/text.h"
#include "model/report.h"

#include "disk.h"
#include "fault.h"
#include "firm.h"

static void read_file(const char *path, char *out, size_t size)
{
    FILE *file = fopen(path, "r");
    size_t n;

    assert_non_null(file);
    n = fread(out, 1, size - 1, file);
    assert_true(n > 0 && n < size - 1);
    out[n] = '\0';
    assert_int_equal(fclose(file), 0);
}

/* ---- audits ---- */

static void assert_right(const firm *f, const gr_report *report)
{
    gr_summary got = gr_report_summary(report);

    assert_memory_equal(&got, &f->right, sizeof got);
}

static void arm(bool once, size_t n)
{
    if (once)
        fault_set_once(FAULT_MEMORY, n);
    else
        fault_set(FAULT_MEMORY, n);
}

/* An audit fails whole, or a library could do without: then nothing is missing. An input that was refused is
 * told of: so where libxml2 takes the end of memory for a mistake of the export. */
static bool audit_fails_well(const firm *f, bool once, size_t n)
{
    gr_report *report = NULL;
    gr_error err = { 0 };
    gr_status status;
    bool met;

    arm(once, n);
    status = firm_audit(f, NULL, &report, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    if (status == GR_OK && gr_report_summary(report).refused == 0)
        assert_right(f, report);
    if (status != GR_OK)
        assert_true(met && err.status == status && err.message[0]);
    gr_report_free(report);
    return met;
}

static size_t following(size_t n)
{
    return n < 400 ? n + 1 : n + n / 40;
}

static void test_audit(void **state)
{
    for (int once = 0; once < 2; once++) {
        size_t before = fault_blocks();

        for (size_t n = 1; audit_fails_well(*state, once, n); n = following(n)) {
            xmlResetLastError();
            assert_int_equal(fault_blocks(), before);
        }
    }
}

/* libxml2 may take the end of memory for a mistake of the export: then that is not in the ledger, and the others are. */
static const char refused[] = "an input was refused";

/* After a failure the ledger is as before or as after; the operation then does, or has done, all of it. */
static bool ledger_stands(const firm *f, const golden *g, bool once, size_t n)
{
    size_t before = fault_blocks();
    bytes said = { 0 };
    gr_error err = { 0 };
    gr_status status;
    bool met, is_after = false, is_refused;
    const char *wrong = NULL;

    golden_place(f, g);
    arm(once, n);
    status = golden_run(f, g, &said, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    xmlResetLastError();
    assert_int_equal(fault_blocks(), before);
    assert_true(status == GR_OK || (met && err.status == status && err.message[0]));
    is_refused = status == GR_OK && said.used > 0 && strcmp(said.at, refused) == 0;
    if (status == GR_OK && !is_refused)
        assert_true(bytes_equal(&said, &g->first));
    bytes_free(&said);
    if (!is_refused)
        wrong = golden_check(f, g, &is_after);
    if (wrong)
        fail_msg("%s, memory ends%s at call %zu: %s", g->op->name, once ? " once" : "", n, wrong);
    assert_true(is_refused || status != GR_OK || is_after);
    return met;
}

static void test_ledger(void **state)
{
    for (size_t i = 0; i < operation_count; i++) {
        size_t points = 0;
        golden g;

        if (operations[i].heap > 0)
            continue; /* the same calls, but for the disk */
        golden_make(*state, &operations[i], &g);
        for (int once = 0; once < 2; once++)
            for (size_t n = 1; ledger_stands(*state, &g, once, n); points++)
                n = following_point(n, n < 10 ? 1 : n / 2);
        golden_free(&g);
        print_message("# %s, with memory that ends: %zu points\n", operations[i].name, points);
    }
}

/* ---- reports ---- */

static void assert_nothing_beside(const firm *f)
{
    char pattern[80];
    glob_t found;

    snprintf(pattern, sizeof pattern, "%s/*.part", f->dir);
    assert_int_equal(glob(pattern, 0, NULL, &found), GLOB_NOMATCH);
}

/* Saves with the n-th call failing; the old file stays, or the whole new one is there. */
static bool save_fails_well(const firm *f, const gr_report *report, gr_format format,
                            fault_kind kind, size_t n, const char *whole)
{
    gr_report_style style = { .format = format };
    char text[64 * 1024];
    gr_error err = { 0 };
    gr_status status;
    bool met;

    write_file(f->saved, "the old report");
    fault_set(kind, n);
    status = gr_report_save(report, &style, f->saved, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    read_file(f->saved, text, sizeof text);
    assert_string_equal(text, status == GR_OK ? whole : "the old report");
    assert_true(status == GR_OK || (met && err.status == status && err.message[0]));
    assert_nothing_beside(f);
    return met;
}

static void test_save(void **state)
{
    static const fault_kind kinds[] = { FAULT_MEMORY, FAULT_OPEN, FAULT_WRITE, FAULT_SYNC };
    const firm *f = *state;
    gr_report *report = NULL;
    gr_error err = { 0 };
    char whole[64 * 1024];

    assert_int_equal(firm_audit(f, NULL, &report, &err), GR_OK);
    for (int format = GR_FORMAT_TEXT; format <= GR_FORMAT_JSON; format++) {
        gr_report_style style = { .format = (gr_format)format };

        unlink(f->saved);
        assert_int_equal(gr_report_save(report, &style, f->saved, &err), GR_OK);
        read_file(f->saved, whole, sizeof whole);
        for (size_t k = 0; k < GR_COUNT(kinds); k++)
            for (size_t n = 1; save_fails_well(f, report, (gr_format)format, kinds[k], n, whole);)
                n++;
    }
    gr_report_free(report);
}

/* A rename that fails leaves the old file; one that cannot be made to last is told as a failure. */
static void test_rename(void **state)
{
    const firm *f = *state;
    gr_report *report = NULL;
    gr_error err = { 0 };

    assert_int_equal(firm_audit(f, NULL, &report, &err), GR_OK);
    assert_true(save_fails_well(f, report, GR_FORMAT_TEXT, FAULT_RENAME, 1, ""));
    gr_report_free(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_audit),
        cmocka_unit_test(test_ledger),
        cmocka_unit_test(test_save),
        cmocka_unit_test(test_rename),
    };

    firm_use_our_memory();
    disk_register();
    return cmocka_run_group_tests(tests, firm_open, firm_close);
}
