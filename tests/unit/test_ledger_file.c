/* tests/unit/test_ledger_file.c - what is no ledger of ours is left alone; another process, a full device
 * and a crash leave a ledger whole. */
#include "ledger_box.h"

/* ---- files that are not as they should be ---- */

static void write_file(const char *path, const char *bytes, size_t n, size_t padding)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    for (size_t i = 0; i < padding; i++)
        fputc(0, file);
    fclose(file);
}

static void assert_refused(const char *path, const char *message)
{
    gr_ledger *ledger = NULL;
    gr_error err = { 0 };

    assert_int_equal(gr_ledger_open(path, &ledger, &err), GR_EIO);
    assert_null(ledger);
    if (!strstr(err.message, message))
        fail_msg("'%s' instead of '%s'", err.message, message);
    assert_string_equal(err.file, path);
    assert_true(err.hint[0] != '\0');
}

static void test_foreign(void **state)
{
    sandbox *box = *state;
    sqlite3 *db;
    char bytes[] = "<gift-log/>", back[16] = "";
    FILE *file;

    write_file(box->path, bytes, sizeof bytes, 0);
    assert_refused(box->path, "no ledger");
    write_file(box->path, bytes, sizeof bytes, 5000);
    assert_refused(box->path, "no ledger");
    file = fopen(box->path, "rb");
    assert_int_equal(fread(back, 1, sizeof bytes, file), sizeof bytes);
    fclose(file);
    assert_string_equal(back, bytes);
    unlink(box->path);
    assert_int_equal(sqlite3_open(box->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE x (y)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_refused(box->path, "no ledger");
    assert_refused("/tmp/giftrule-no-such-folder/ledger", "cannot be opened");
}

static void make_ledger(const char *path, int gifts)
{
    gr_ledger *ledger = open_ledger(path);

    begin(ledger);
    for (int i = 0; i < gifts; i++) {
        char id[16];

        snprintf(id, sizeof id, "G-%d", i);
        add_gift(ledger, id, i);
    }
    end(ledger, true, "aa");
    gr_ledger_close(ledger);
}

static void change_ledger(const char *path, const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void test_newer_and_older(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger;

    make_ledger(box->path, 10);
    change_ledger(box->path, "DROP VIEW gift; ALTER TABLE record DROP COLUMN parent");
    ledger = open_ledger(box->path); /* of the days before that fact: it gets its column */
    assert_int_equal(ask(ledger, "SELECT count(*) FROM record WHERE parent IS NULL"), 10);
    assert_int_equal(read_all(ledger).count, 10);
    gr_ledger_close(ledger);
    change_ledger(box->path, "ALTER TABLE record ADD COLUMN colour TEXT");
    assert_refused(box->path, "newer version");
    change_ledger(box->path, "ALTER TABLE record DROP COLUMN colour; PRAGMA user_version = 6");
    assert_refused(box->path, "newer version");
}

/* A second handle of the same process looks at the header first: the locks of the first one must outlive that, or another
 * process takes away the log. */
static void test_locks_stay(void **state)
{
    sandbox *box = *state;
    char log[PATH_SIZE + 8];
    gr_ledger *first = NULL;
    gr_error err = { 0 };
    int status = -1, go[2];
    pid_t child;

    snprintf(log, sizeof log, "%s-wal", box->path);
    make_ledger(box->path, 10);
    assert_int_equal(pipe(go), 0);
    child = fork(); /* before: it shall know nothing of the handles */
    if (child == 0) {
        sqlite3 *db;
        char byte;

        _exit(read(go[0], &byte, 1) == 1 && sqlite3_open(box->path, &db) == SQLITE_OK &&
                      sqlite3_exec(db, "CREATE TABLE x (x)", NULL, NULL, NULL) == SQLITE_OK &&
                      access(log, F_OK) == 0 && sqlite3_close(db) == SQLITE_OK
                  ? 0
                  : 1);
    }
    assert_int_equal(gr_ledger_open_reading(box->path, &first, &err), GR_OK);
    gr_ledger_close(open_ledger(box->path));
    assert_int_equal(write(go[1], "x", 1), 1);
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    assert_int_equal(access(log, F_OK), 0);
    close(go[0]);
    close(go[1]);
    gr_ledger_close(first);
}

static void test_truncated_and_corrupt(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger = NULL;
    gr_error err = { 0 };
    seen s = { 0 };
    FILE *file;

    make_ledger(box->path, 5000);
    file = fopen(box->path, "r+b");
    assert_int_equal(fseek(file, 8192 * 60, SEEK_SET), 0);
    for (int i = 0; i < 8192 * 10; i++)
        fputc(0xa5, file);
    fclose(file);
    assert_int_equal(gr_ledger_open(box->path, &ledger, &err), GR_OK);
    assert_int_equal(gr_ledger_each_record(ledger, take, &s, &err), GR_EIO);
    assert_non_null(strstr(err.message, "damaged"));
    gr_ledger_close(ledger);
    assert_int_equal(truncate(box->path, 8192 * 20 + 100), 0);
    assert_refused(box->path, "damaged");
}

static void test_damaged_values(void **state)
{
    static const char *const cases[] = {
        "UPDATE record SET date = '2026-02-30'", "UPDATE record SET kind = 'x', date = NULL",
        "UPDATE record SET cost = '1/0'",        "UPDATE record SET cost = 'much'",
        "UPDATE record SET record_kind = 'x'",   "DELETE FROM recipient"
    };
    sandbox *box = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_ledger *ledger = NULL;
        gr_error err = { 0 };
        seen s = { 0 };

        make_ledger(box->path, 1);
        change_ledger(box->path, "INSERT OR IGNORE INTO fact (name) VALUES ('kind')");
        change_ledger(box->path, cases[i]);
        ledger = open_ledger(box->path);
        assert_int_equal(gr_ledger_each_record(ledger, take, &s, &err), GR_EIO);
        assert_non_null(strstr(err.message, "damaged"));
        gr_ledger_close(ledger);
        leave(state);
        enter(state);
        box = *state;
    }
}

/* ---- others at the same time ---- */

static void test_two_connections(void **state)
{
    sandbox *box = *state;
    gr_ledger *one, *two;
    gr_error err = { 0 };

    make_ledger(box->path, 10);
    one = open_ledger(box->path);
    two = open_ledger(box->path);
    sqlite3_busy_timeout(two->db, 20);
    begin(one);
    add_gift(one, "G-new", 5);
    assert_int_equal(gr_ledger_begin(two, &a_deed, &err), GR_EBUSY);
    assert_true(err.hint[0] != '\0');
    assert_int_equal(read_all(two).count, 10); /* readers go on, and see what was committed */
    end(one, true, "bb");
    assert_int_equal(read_all(two).count, 11);
    begin(two);
    assert_int_equal(add_gift(two, "G-new", 5), GR_LEDGER_SAME);
    end(two, true, "bb");
    gr_ledger_close(one);
    gr_ledger_close(two);
}

/* ---- no room ---- */

static void test_full(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger;
    gr_status status = GR_OK;
    gr_error err = { 0 };
    int64_t before;

    make_ledger(box->path, 10);
    ledger = open_ledger(box->path);
    before = rows_of(ledger);
    change_ledger(box->path, "PRAGMA wal_checkpoint");
    assert_int_equal(sqlite3_exec(ledger->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL), 0);
    begin(ledger);
    for (int i = 0; i < 10000 && status == GR_OK; i++) {
        gr_recipient jane;
        gr_ledger_kept kept;
        char id[16];
        gr_record record;

        snprintf(id, sizeof id, "N-%d", i);
        record = gift(id, i, &jane);
        status =
            gr_ledger_record_add(ledger, GR_TEXT("gift-log"), &record, (uint64_t)i, &kept, &err);
    }
    assert_int_equal(status, GR_EFULL);
    assert_string_equal(err.hint, "make room on the device");
    assert_int_not_equal(gr_ledger_commit(ledger, GR_TEXT(""), &err), GR_OK);
    gr_ledger_close(ledger);
    ledger = open_ledger(box->path);
    assert_int_equal(rows_of(ledger), before);
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

/* SQLite undoes a run by itself after some failures: what still comes then must not be kept on its own. */
static void test_undone(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger;
    gr_source source = { .file = GR_TEXT("x.xml"), .format = GR_TEXT("gift-log"), .sha256 = "x" };
    gr_error err = { 0 };
    int64_t before;

    make_ledger(box->path, 10);
    ledger = open_ledger(box->path);
    before = rows_of(ledger);
    begin(ledger);
    add_gift(ledger, "G-undone", 1);
    assert_int_equal(sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    gr_ledger_note(ledger, GR_EFULL);
    assert_int_not_equal(gr_ledger_source_end(ledger, true, &source, &err), GR_OK);
    assert_int_not_equal(gr_ledger_commit(ledger, GR_TEXT(""), &err), GR_OK);
    gr_ledger_close(ledger);
    ledger = open_ledger(box->path);
    assert_int_equal(rows_of(ledger), before);
    assert_sound(ledger);
    gr_ledger_close(ledger);
}

/* ---- a crash ---- */

/* Adds gifts beyond what the page cache holds, says so, and waits to be killed. */
static void import_and_wait(const char *path, int ready)
{
    gr_ledger *ledger = open_ledger(path);
    static char description[2000];

    memset(description, 'x', sizeof description);
    begin(ledger);
    for (int i = 0; i < 20000; i++) {
        gr_recipient jane;
        char id[16];
        gr_record record;

        snprintf(id, sizeof id, "K-%d", i);
        record = gift(id, i, &jane);
        gr_record_set(&record, NULL, GR_F_DESCRIPTION,
                      (gr_value){ .text = { description, sizeof description } });
        add(ledger, &record);
    }
    if (write(ready, "!", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

static void kill_import(const char *path)
{
    int ready[2], status;
    char byte;
    pid_t child;

    assert_int_equal(pipe(ready), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        import_and_wait(path, ready[1]);
    close(ready[1]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void test_kill(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger;
    int64_t before;

    kill_import(box->path); /* of a new ledger: through the rollback journal */
    ledger = open_ledger(box->path);
    assert_sound(ledger);
    assert_int_equal(rows_of(ledger), 0);
    gr_ledger_close(ledger);
    make_ledger(box->path, 100);
    ledger = open_ledger(box->path);
    before = rows_of(ledger);
    gr_ledger_close(ledger);
    kill_import(box->path); /* of one that is there: through the log */
    ledger = open_ledger(box->path);
    assert_sound(ledger);
    assert_int_equal(rows_of(ledger), before);
    begin(ledger);
    assert_int_equal(add_gift(ledger, "K-1", 1), GR_LEDGER_NEW);
    end(ledger, true, "cc");
    gr_ledger_close(ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_foreign, enter, leave),
        cmocka_unit_test_setup_teardown(test_newer_and_older, enter, leave),
        cmocka_unit_test_setup_teardown(test_locks_stay, enter, leave),
        cmocka_unit_test_setup_teardown(test_truncated_and_corrupt, enter, leave),
        cmocka_unit_test_setup_teardown(test_damaged_values, enter, leave),
        cmocka_unit_test_setup_teardown(test_two_connections, enter, leave),
        cmocka_unit_test_setup_teardown(test_full, enter, leave),
        cmocka_unit_test_setup_teardown(test_undone, enter, leave),
        cmocka_unit_test_setup_teardown(test_kill, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
