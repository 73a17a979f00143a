/* tests/unit/test_restore.c - a restore that is stopped at any instant leaves the old ledger or the new one, whole; a
 * damaged backup changes nothing. */
#include "ledger_year.h"

#include "ledger/verify.h"

#include <time.h>

static void name(const sandbox *box, const char *end, char out[PATH_SIZE + 16])
{
    snprintf(out, PATH_SIZE + 16, "%s%s", box->path, end);
}

/* Entries of a ledger that is whole; -1: it is not. */
static int64_t runs_of(const char *path)
{
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = NULL;
    gr_verification v = { 0 };
    gr_error err;
    bool is_whole = gr_ledger_open_verifying(path, &ledger, &err) == GR_OK &&
                    gr_ledger_verify(ledger, arena, &v, &err) == GR_OK && v.faults == 0;

    gr_ledger_close(ledger);
    gr_arena_free(arena);
    return is_whole ? v.last : -1;
}

static gr_status restore(const sandbox *box, const char *from, bool force)
{
    gr_restore_options options = { from, box->path, "officer", "a test", force };
    char kept[256];
    gr_error err;

    return gr_restore(&options, kept, sizeof kept, &err);
}

static void remove_all(const sandbox *box)
{
    static const char *const ends[] = { ".replaced-1", ".restored", ".restored-wal",
                                        ".restored-shm", ".restored.part" };
    char path[PATH_SIZE + 16];

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        name(box, ends[i], path);
        unlink(path);
    }
}

static void test_killed(void **state)
{
    sandbox *box = *state;
    char backup[PATH_SIZE + 16];
    int before = 0, after = 0;
    gr_error err;

    name(box, ".backup", backup);
    audit_export(box, year_exports[0], "clerk");
    assert_int_equal(gr_backup(box->path, backup, &err), GR_OK);
    audit_export(box, year_exports[1], "clerk");
    audit_export(box, year_exports[2], "clerk");
    for (unsigned wait = 0; wait < 60000 && after < 3; wait += 1500) {
        int64_t runs;
        pid_t child = fork();

        if (child == 0)
            _exit(restore(box, backup, true) == GR_OK ? 0 : 1);
        nanosleep(&(struct timespec){ 0, (long)wait * 1000 }, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        runs = runs_of(box->path);
        if (runs != 3 && runs != 2) /* the old one; the backup and the note of the restore */
            fail_msg("%lld after %u us", (long long)runs, wait);
        before += runs == 3;
        if (runs == 2) { /* once more, from the beginning */
            char kept[PATH_SIZE + 16];

            after++;
            name(box, ".replaced-1", kept);
            assert_int_equal(runs_of(kept), 3);
            assert_int_equal(rename(kept, box->path), 0);
        }
        remove_all(box);
    }
    assert_true(before > 0);
    assert_int_equal(restore(box, backup, true), GR_OK);
    assert_int_equal(runs_of(box->path), 2);
    remove_all(box);
    unlink(backup);
}

static void test_damaged_backup(void **state)
{
    sandbox *box = *state;
    char backup[PATH_SIZE + 16];
    gr_error err;
    int refused = 0;
    FILE *file;
    long size;

    name(box, ".backup", backup);
    make_year(box);
    for (int i = 1; i < 36; i++) {
        unlink(backup); /* what is damaged is not replaced */
        assert_int_equal(gr_backup(box->path, backup, &err), GR_OK);
        file = fopen(backup, "r+b");
        fseek(file, 0, SEEK_END);
        size = ftell(file);
        fseek(file, size * i / 36, SEEK_SET);
        for (int k = 0; k < 3000; k++)
            fputc(0x5a, file);
        fclose(file);
        refused += restore(box, backup, true) != GR_OK;
        assert_int_equal(runs_of(box->path), 3); /* also where only room was hit that nobody uses */
    }
    assert_true(refused > 12); /* of 35: most pages of a small ledger are half empty */
    unlink(backup);
}

/* A log without its ledger is no log of what is restored. */
static void test_stray_log(void **state)
{
    sandbox *box = *state;
    char backup[PATH_SIZE + 16], log[PATH_SIZE + 16], stray[PATH_SIZE + 16];
    gr_ledger *ledger;
    gr_error err;

    name(box, ".backup", backup);
    name(box, "-wal", log);
    name(box, ".stray-wal", stray);
    make_year(box);
    assert_int_equal(gr_backup(box->path, backup, &err), GR_OK);
    ledger = open_ledger(box->path);
    begin(ledger);
    add_gift(ledger, "X", 1);
    end(ledger, true, "xx");
    unlink(box->path); /* while its log is there */
    assert_int_equal(restore(box, backup, false), GR_OK);
    assert_int_equal(access(log, F_OK), -1);
    assert_int_equal(access(stray, F_OK), 0);
    assert_int_equal(runs_of(box->path), 3);
    gr_ledger_close(ledger);
    unlink(stray);
    name(box, ".stray-shm", stray);
    unlink(stray);
    unlink(backup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_killed, enter, leave),
        cmocka_unit_test_setup_teardown(test_damaged_backup, enter, leave),
        cmocka_unit_test_setup_teardown(test_stray_log, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
