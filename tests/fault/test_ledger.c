/* tests/fault/test_ledger.c - what is done with a ledger while every call for memory fails in turn, those of sqlite3 and
 * jansson among them, and every write, sync and rename of ours: it is told, and the ledger is whole afterwards. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/os.h"
#include "base/text.h"
#include "giftrule.h"

#include "fault.h"
#include "memory.h"

/* ---- a small firm ---- */

typedef struct firm {
    char dir[40];
    char log[64], ledger[64], seal[64], key[64], copy[64];
    gr_rules *rules;
} firm;

static const char gifts[] =
    "<gift-log xmlns='urn:giftrule:gift-log:1'>"
    "<gift id='G-1' date='2026-05-04'><giver id='AE-1'/><recipient id='R-1'><name>Jane Roe</name>"
    "</recipient><cost>350.00</cost></gift>"
    "<gift id='G-2' date='2018-05-04'><giver id='AE-1'/><recipient "
    "id='R-1'/><cost>90.00</cost></gift>"
    "</gift-log>";

static bool take_output(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return true;
}

static const gr_report_style as_text = { .format = GR_FORMAT_TEXT, .width = 80 };
static const gr_report_style as_json = { .format = GR_FORMAT_JSON, .width = 80 };

static int set_up(void **state)
{
    static firm f;
    const char *inputs[] = { f.log };
    gr_audit_options options = { .inputs = inputs, .input_count = 1, .ledger = f.ledger };
    gr_seal_options sealing = { f.ledger, "clerk", f.key, f.seal };
    char public_key[65];
    gr_report *report = NULL;
    gr_error err = { 0 };
    FILE *file;

    snprintf(f.dir, sizeof f.dir, "/tmp/giftrule-test-XXXXXX");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.log, sizeof f.log, "%s/log.xml", f.dir);
    snprintf(f.ledger, sizeof f.ledger, "%s/firm.db", f.dir);
    snprintf(f.seal, sizeof f.seal, "%s/seal", f.dir);
    snprintf(f.key, sizeof f.key, "%s/key", f.dir);
    snprintf(f.copy, sizeof f.copy, "%s/copy", f.dir);
    file = fopen(f.log, "w");
    fputs(gifts, file);
    fclose(file);
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &f.rules, &err), GR_OK);
    assert_int_equal(gr_audit(f.rules, &options, &report, &err), GR_OK);
    gr_report_free(report);
    assert_int_equal(gr_key_create(f.key, public_key, &err), GR_OK);
    assert_int_equal(gr_seal(&sealing, take_output, NULL, &err), GR_OK);
    assert_int_equal(gr_backup(f.ledger, f.copy, &err), GR_OK);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    firm *f = *state;
    char command[80];

    gr_rules_free(f->rules);
    snprintf(command, sizeof command, "%s", f->dir);
    for (size_t i = 0; i < 6; i++) {
        static const char *const names[] = { "log.xml", "firm.db", "seal",
                                             "key",     "copy",    "firm.db-wal" };
        char path[128];

        snprintf(path, sizeof path, "%s/%s", f->dir, names[i]);
        unlink(path);
    }
    snprintf(command, sizeof command, "%s/firm.db-shm", f->dir);
    unlink(command);
    snprintf(command, sizeof command, "%s/copy-wal", f->dir);
    unlink(command);
    snprintf(command, sizeof command, "%s/copy-shm", f->dir);
    unlink(command);
    rmdir(f->dir);
    return 0;
}

/* ---- operations ---- */

static gr_status do_verify(const firm *f, gr_error *err)
{
    bool is_whole = false;
    gr_status status =
        gr_verify(f->ledger, f->seal, NULL, &as_json, take_output, NULL, &is_whole, err);

    assert_true(status != GR_OK || is_whole);
    return status;
}

static gr_status do_history(const firm *f, gr_error *err)
{
    gr_history_options o = { .ledger = f->ledger, .gift = "G-1" };

    return gr_history_tell(&o, &as_text, take_output, NULL, err);
}

static gr_status do_diff(const firm *f, gr_error *err)
{
    bool differs;

    return gr_compare(f->ledger, "2000-01-01", "run:1", &as_json, take_output, NULL, &differs, err);
}

static gr_status do_retention(const firm *f, gr_error *err)
{
    gr_retention_options o = { .ledger = f->ledger, .as_of = "2026-11-23" };

    return gr_retain(f->rules, &o, &as_text, take_output, NULL, err);
}

static gr_status do_hold(const firm *f, gr_error *err)
{
    gr_hold_options o = { f->ledger, "lex", "giver", "AE-9", "a suit", 0 };
    int64_t number;

    return gr_hold(&o, &number, err);
}

static gr_status do_seal(const firm *f, gr_error *err)
{
    gr_seal_options o = { f->ledger, "clerk", f->key, f->seal };

    return gr_seal(&o, take_output, NULL, err);
}

static gr_status do_backup(const firm *f, gr_error *err)
{
    return gr_backup(f->ledger, f->copy, err);
}

static gr_status do_restore(const firm *f, gr_error *err)
{
    gr_restore_options o = { f->copy, f->ledger, "clerk", NULL, false };
    char kept[128];

    return gr_restore(&o, kept, sizeof kept, err);
}

typedef gr_status (*operation)(const firm *f, gr_error *err);

static void assert_whole(const firm *f)
{
    bool is_whole = false;
    gr_error err = { 0 };

    if (gr_verify(f->ledger, NULL, NULL, &as_text, take_output, NULL, &is_whole, &err) != GR_OK)
        fail_msg("%s", err.message);
    assert_true(is_whole);
}

/* Fails the n-th call, then the next, until the operation needs no more of them. */
static void try_all(const firm *f, operation run, fault_kind kind, size_t which)
{
    for (size_t n = 1, met = 1; met; n = n < 200 ? n + 1 : n + n / 20) {
        size_t before = fault_blocks();
        gr_error err = { 0 };
        gr_status status;

        fault_set(kind, n);
        status = run(f, &err);
        met = fault_met();
        fault_set(FAULT_NONE, 0);
        if (status != GR_OK && !(met && err.status == status && err.message[0]))
            fail_msg("operation %zu, call %zu: %s", which, n, err.message);
        if (fault_blocks() > before)
            fail_msg("operation %zu, call %zu: memory is lost", which, n);
        if (n % 8 == 1)
            assert_whole(f);
    }
    assert_whole(f);
}

static void test_all(void **state)
{
    static const operation all[] = { do_verify, do_history, do_diff,   do_retention,
                                     do_hold,   do_seal,    do_backup, do_restore };
    static const fault_kind kinds[] = { FAULT_MEMORY, FAULT_OPEN, FAULT_READ,
                                        FAULT_WRITE,  FAULT_SYNC, FAULT_RENAME };

    for (size_t k = 0; k < GR_COUNT(kinds); k++)
        for (size_t i = 0; i < GR_COUNT(all); i++) {
            if (all[i] == do_restore) { /* what has come since is not to be lost */
                gr_error err;

                assert_int_equal(do_backup(*state, &err), GR_OK);
            }
            try_all(*state, all[i], kinds[k], i);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(test_all, set_up,
                                                                        tear_down) };

    memory_of_sqlite_and_jansson();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
