/* tests/fault/test_resolve.c - a decision with every call for memory failing in turn, sqlite3's and jansson's among them,
 * and while it is told: it is kept wholly, or the ledger stays as it was. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/os.h"
#include "giftrule.h"

#include "fault.h"
#include "memory.h"

/* ---- a ledger with two findings, made anew for each try ---- */

enum { ROOM = 64 * 1024 };

typedef struct firm {
    char dir[40], log[64], ledger[64], copy[64];
    gr_rules *rules;
    char right[2][ROOM], got[ROOM];
    size_t used;
} firm;

static const char gifts[] =
    "<gift-log xmlns='urn:giftrule:gift-log:1'>"
    "<gift id='G-1' date='2026-05-04'><giver id='AE-1'>Dana Fox</giver><kind>meal</kind>"
    "<recipient><name>Al Ito</name></recipient><recipient><name>Jane Roe</name></recipient>"
    "<cost>650.00</cost></gift>"
    "<gift id='G-2' date='2026-06-04'><giver id='AE-2'>Lee Park</giver><kind>goods</kind>"
    "<recipient><name>Jane Roe</name></recipient><cost>310.00</cost></gift></gift-log>";

static const char of_limit[] = "F-e6b2ad05a400"; /* of G-2, by 3220(a) */

static bool take(void *context, const char *bytes, size_t length)
{
    firm *f = context;

    if (length >= ROOM - f->used)
        return false;
    memcpy(f->got + f->used, bytes, length);
    f->used += length;
    f->got[f->used] = '\0';
    return true;
}

static void copy_file(const char *from, const char *to)
{
    static char bytes[1 << 20];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    size_t n;

    assert_true(in && out);
    n = fread(bytes, 1, sizeof bytes, in);
    assert_true(n < sizeof bytes && fwrite(bytes, 1, n, out) == n);
    assert_true(fclose(in) == 0 && fclose(out) == 0);
}

static void remove_ledger(const char *path)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    char name[80];

    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

static int set_up(void **state)
{
    static firm f;
    const char *inputs[] = { f.log };
    gr_audit_options options = { .inputs = inputs, .input_count = 1, .ledger = f.ledger };
    gr_report *report = NULL;
    gr_error err = { 0 };
    FILE *file;

    snprintf(f.dir, sizeof f.dir,
             "%s/giftrule-test-XXXXXX", /* ledgers are synced again and again */
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.log, sizeof f.log, "%s/log.xml", f.dir);
    snprintf(f.ledger, sizeof f.ledger, "%s/ledger", f.dir);
    snprintf(f.copy, sizeof f.copy, "%s/copy", f.dir);
    file = fopen(f.log, "w");
    assert_true(file && fputs(gifts, file) != EOF && fclose(file) == 0);
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &f.rules, &err), GR_OK);
    assert_int_equal(gr_audit(f.rules, &options, &report, &err), GR_OK);
    gr_report_free(report);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    firm *f = *state;

    gr_rules_free(f->rules);
    remove_ledger(f->ledger);
    remove_ledger(f->copy);
    unlink(f->log);
    return rmdir(f->dir);
}

/* ---- what the ledger says after a try ---- */

static int ask(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    int number;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    number = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return number;
}

/* Wholly, or not at all. */
static void check_kept(const char *path, bool must)
{
    int decisions = ask(path, "SELECT count(*) FROM decision");

    assert_int_equal(ask(path, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
    assert_int_equal(ask(path, "SELECT count(*) FROM run"), 1 + decisions);
    assert_int_equal(ask(path, "SELECT count(*) FROM run WHERE hash IS NULL"), 0);
    assert_true(!must || decisions == 1);
}

/* ---- the tries ---- */

static gr_status decide(firm *f, const gr_resolve_options *what, gr_resolution **out, gr_error *err)
{
    gr_resolve_options options = *what;

    options.ledger = f->copy;
    options.finding = of_limit;
    options.reason = "a reason";
    options.author = "officer";
    return gr_resolve(f->rules, &options, out, err);
}

static gr_status write_out(firm *f, const gr_resolution *x, gr_format format, gr_error *err)
{
    const gr_report_style style = { .format = format };

    f->used = 0;
    f->got[0] = '\0';
    return gr_resolution_write(x, &style, take, f, err);
}

static size_t following(size_t n)
{
    return n < 150 ? n + 1 : n + n / 30;
}

static bool fails_well(firm *f, const gr_resolve_options *what, bool once, size_t n)
{
    gr_resolution *x = NULL;
    gr_error err = { 0 };
    gr_status status;
    bool met;

    remove_ledger(f->copy);
    copy_file(f->ledger, f->copy);
    if (once)
        fault_set_once(FAULT_MEMORY, n);
    else
        fault_set(FAULT_MEMORY, n);
    status = decide(f, what, &x, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    assert_true(status == GR_OK || (met && !x && err.status == status && err.message[0]));
    assert_true(status != GR_EBUG && status != GR_EINPUT && status != GR_EUSAGE);
    if (status == GR_OK) {
        assert_int_equal(write_out(f, x, GR_FORMAT_TEXT, &err), GR_OK);
        assert_string_equal(f->got, f->right[GR_FORMAT_TEXT]);
    }
    gr_resolution_free(x);
    check_kept(f->copy, status == GR_OK);
    return met;
}

static void try_all(firm *f, const gr_resolve_options *what)
{
    gr_resolution *x = NULL;
    gr_error err = { 0 };

    remove_ledger(f->copy);
    copy_file(f->ledger, f->copy);
    if (decide(f, what, &x, &err) != GR_OK)
        fail_msg("%s (%s)", err.message, err.hint);
    for (int format = 0; format < 2; format++) {
        assert_int_equal(write_out(f, x, (gr_format)format, &err), GR_OK);
        memcpy(f->right[format], f->got, f->used + 1);
    }
    for (int format = 0; format < 2; format++) {
        size_t before = fault_blocks();
        bool met = true;

        for (size_t n = 1; met; n = following(n)) {
            gr_status status;

            fault_set(FAULT_MEMORY, n);
            status = write_out(f, x, (gr_format)format, &err);
            met = fault_met();
            fault_set(FAULT_NONE, 0);
            assert_int_equal(fault_blocks(), before);
            assert_int_equal(status, met ? GR_ENOMEM : GR_OK);
        }
    }
    gr_resolution_free(x);
    for (int once = 0; once < 2; once++)
        for (size_t n = 1; fails_well(f, what, once, n); n = following(n))
            ;
}

static void test_fact(void **state)
{
    const gr_resolve_options what = { .fact = "host-present=yes", .gift = "G-1" };

    try_all(*state, &what);
}

/* The same person is looked for among the recipients of another gift. */
static void test_person(void **state)
{
    const gr_resolve_options what = { .fact = "employer=Acme Pension Fund", .gift = "G-1" };

    try_all(*state, &what);
}

static void test_accept(void **state)
{
    const gr_resolve_options what = { .accept = true };

    try_all(*state, &what);
}

static void test_exempt(void **state)
{
    const gr_resolve_options what = { .exempt = "EX-1" };

    try_all(*state, &what);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fact),
        cmocka_unit_test(test_person),
        cmocka_unit_test(test_accept),
        cmocka_unit_test(test_exempt),
    };

    memory_of_sqlite_and_jansson();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
