/* tests/fault/test_audit.c - an audit, its ledger and its report with every call for memory failing in turn, those of
 * libxml2, sqlite3 and jansson among them; and a report that cannot be written, which leaves the old one whole. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glob.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <libxml/parser.h>
#include <sqlite3.h>

#include "base/os.h"
#include "base/text.h"
#include "model/report.h"

#include "fault.h"

/* ---- memory of the libraries ---- */

static char *duplicate(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = gr_os_alloc(size);

    return copy ? memcpy(copy, text, size) : NULL;
}

static void *sql_alloc(int size)
{
    return gr_os_alloc((size_t)size);
}

static void *sql_resize(void *block, int size)
{
    return gr_os_resize(block, (size_t)size);
}

static int sql_size(void *block)
{
    return block ? (int)malloc_usable_size(block) : 0;
}

static int sql_round(int size)
{
    return (size + 7) & ~7;
}

static int sql_init(void *context)
{
    (void)context;
    return SQLITE_OK;
}

static void sql_shutdown(void *context)
{
    (void)context;
}

static void use_our_memory(void)
{
    static const sqlite3_mem_methods methods = { sql_alloc, gr_os_free, sql_resize,   sql_size,
                                                 sql_round, sql_init,   sql_shutdown, NULL };

    xmlMemSetup(gr_os_free, gr_os_alloc, gr_os_resize, duplicate);
    xmlInitParser();
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
    assert_int_equal(sqlite3_initialize(), SQLITE_OK);
    json_set_alloc_funcs(gr_os_alloc, gr_os_free);
}

/* ---- a small firm ---- */

typedef struct firm {
    char dir[40], log[64], expenses[64], ledger[64], saved[64];
    gr_rules *rules;
    gr_summary right; /* what an audit without faults finds */
} firm;

static const char gifts[] =
    "<gift-log xmlns='urn:giftrule:gift-log:1'>"
    "<gift id='G-1' date='2026-05-04'><giver id='AE-1'>Dana Fox</giver><kind>goods</kind>"
    "<recipient id='R-1'><name>Jane Roe</name><employer>Acme</employer></recipient>"
    "<cost>250.00</cost></gift>"
    "<gift id='G-2' date='2026-06-04'><giver id='AE-2'>Lee Park</giver><kind>meal</kind>"
    "<description>a lucite plaque</description><cost>90.00</cost>"
    "<recipient><name>J. Roe</name><employer>Acme, Inc.</employer></recipient>"
    "<recipient><name>ROE, Jane</name><employer>Acme</employer></recipient></gift>"
    "<gift id='G-3' date='2026-07-04'><giver id='AE-1'/><recorded>no</recorded>"
    "<recipient id='R-1'/><cost>80.00</cost></gift>"
    "<gift id='G-4' date='2026-02-30'><giver id='AE-1'/><recipient id='R-1'/></gift>"
    "</gift-log>";

/* What it was is found by patterns in its words. */
static const char expenses[] =
    "<ReportDetails><ExpenseEntriesList><ExpenseEntry><ReportEntryID>E-1</ReportEntryID>"
    "<ExpenseTypeName>Office "
    "supplies</ExpenseTypeName><TransactionDate>2026-08-10</TransactionDate>"
    "<ApprovedAmount>5.0</ApprovedAmount><BusinessPurpose>Client gift for J. Roe</BusinessPurpose>"
    "<AttendeesList><Attendee><FirstName>Jane</FirstName><LastName>Roe</LastName>"
    "<AttendeeID>A</AttendeeID><Company>Acme</Company></Attendee></AttendeesList></ExpenseEntry>"
    "</ExpenseEntriesList><UserLoginID>u</UserLoginID></ReportDetails>";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_not_equal(fputs(text, file), EOF);
    assert_int_equal(fclose(file), 0);
}

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

static gr_status audit(const firm *f, const char *ledger, gr_report **out, gr_error *err)
{
    const char *inputs[] = { f->log, f->expenses };
    gr_audit_options options = {
        .inputs = inputs, .input_count = 2, .ledger = ledger, .as_of = "2026-11-23"
    };

    return gr_audit(f->rules, &options, out, err);
}

static int set_up(void **state)
{
    static firm f;
    gr_error err = { 0 };
    gr_report *report = NULL;

    snprintf(f.dir, sizeof f.dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.log, sizeof f.log, "%s/log.xml", f.dir);
    snprintf(f.ledger, sizeof f.ledger, "%s/firm.ledger", f.dir);
    snprintf(f.saved, sizeof f.saved, "%s/report", f.dir);
    snprintf(f.expenses, sizeof f.expenses, "%s/expenses.xml", f.dir);
    write_file(f.log, gifts);
    write_file(f.expenses, expenses);
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &f.rules, &err), GR_OK);
    assert_int_equal(audit(&f, NULL, &report, &err), GR_OK);
    f.right = gr_report_summary(report);
    gr_report_free(report);
    assert_true(f.right.gifts == 4 && f.right.violations > 0 && f.right.needs_review > 0 &&
                f.right.quarantined == 1);
    *state = &f;
    return 0;
}

static void remove_ledger(const firm *f)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    char path[80];

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", f->ledger, ends[i]);
        unlink(path);
    }
}

static int tear_down(void **state)
{
    firm *f = *state;

    gr_rules_free(f->rules);
    remove_ledger(f);
    unlink(f->log);
    unlink(f->expenses);
    unlink(f->saved);
    return rmdir(f->dir);
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
static bool audit_fails_well(const firm *f, const char *ledger, bool once, size_t n)
{
    gr_report *report = NULL;
    gr_error err = { 0 };
    gr_status status;
    bool met;

    arm(once, n);
    status = audit(f, ledger, &report, &err);
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

        for (size_t n = 1; audit_fails_well(*state, NULL, once, n); n = following(n)) {
            xmlResetLastError();
            assert_int_equal(fault_blocks(), before);
        }
    }
}

/* After a failure the ledger is as before: an audit then finds every record new, and all of them. */
static void test_ledger(void **state)
{
    const firm *f = *state;

    for (int once = 0; once < 2; once++) {
        for (size_t n = 1, met = 1; met; n = n < 60 ? n + 1 : n + n / 12) {
            gr_report *report = NULL;
            gr_error err = { 0 };

            remove_ledger(f);
            met = audit_fails_well(f, f->ledger, once, n);
            assert_int_equal(audit(f, f->ledger, &report, &err), GR_OK);
            assert_right(f, report);
            gr_report_free(report);
        }
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

    assert_int_equal(audit(f, NULL, &report, &err), GR_OK);
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

    assert_int_equal(audit(f, NULL, &report, &err), GR_OK);
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

    use_our_memory();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
