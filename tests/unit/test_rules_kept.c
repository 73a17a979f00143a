/* tests/unit/test_rules_kept.c - the rules that judged a ledger, from the folder at hand or from the ledger itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/rules_kept.h"
#include "base/os.h"
#include "ledger/recall.h"
#include "ledger/rules_store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 64

typedef struct sandbox {
    char dir[32], path[PATH_SIZE];
} sandbox;

static int enter(void **state)
{
    sandbox *box = calloc(1, sizeof *box);

    assert_non_null(box);
    snprintf(box->dir, sizeof box->dir, "/tmp/giftrule-XXXXXX");
    assert_non_null(mkdtemp(box->dir));
    snprintf(box->path, sizeof box->path, "%s/ledger", box->dir);
    *state = box;
    return 0;
}

static int leave(void **state)
{
    sandbox *box = *state;

    unlink(box->path);
    rmdir(box->dir);
    free(box);
    return 0;
}

static void audit_with(const sandbox *box, const char *cost, const gr_setting *settings,
                       size_t count)
{
    char path[PATH_SIZE + 16];
    const char *inputs[] = { path };
    gr_audit_options options = { .inputs = inputs, .input_count = 1, .ledger = box->path };
    gr_report *report = NULL;
    gr_rules *rules = NULL;
    gr_error err = { 0 };
    FILE *file;

    snprintf(path, sizeof path, "%s.xml", box->path);
    file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file,
            "<gift-log xmlns=\"urn:giftrule:gift-log:1\"><gift id=\"G1\" date=\"2026-05-01\">"
            "<giver id=\"A1\"/><recipient id=\"R1\"><name>Jane Roe</name></recipient>"
            "<cost>%s</cost></gift></gift-log>",
            cost);
    fclose(file);
    if (gr_rules_load("rules", settings, count, NULL, NULL, &rules, &err) != GR_OK ||
        gr_audit(rules, &options, &report, &err) != GR_OK)
        fail_msg("%s", err.message);
    gr_report_free(report);
    gr_rules_free(rules);
    unlink(path);
}

/* Rates from elsewhere: the same bytes under another name. */
static void copy_rates(const sandbox *box, char *path, size_t size)
{
    char bytes[65536];
    FILE *from = fopen("rules/rates.xml", "r"), *to;
    size_t n;

    snprintf(path, size, "%s/rates.xml", box->dir);
    to = fopen(path, "w");
    assert_non_null(from);
    assert_non_null(to);
    n = fread(bytes, 1, sizeof bytes, from);
    assert_true(n < sizeof bytes && fwrite(bytes, 1, n, to) == n);
    fclose(from);
    fclose(to);
}

typedef struct asked {
    gr_status status;
    bool is_same; /* by digest */
    char message[240];
} asked;

static asked ask_rules(const sandbox *box, int64_t run, const char *folder)
{
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = NULL;
    gr_recalled recalled = { 0 };
    gr_rules *rules = NULL;
    gr_error err = { 0 };
    asked a = { GR_OK, false, "" };

    assert_int_equal(gr_ledger_open_reading(box->path, &ledger, &err), GR_OK);
    assert_int_equal(gr_ledger_recall(ledger, run, 0, arena, &recalled, &err), GR_OK);
    a.status = gr_rules_of_ledger(ledger, box->path, run, &recalled.rules, folder, &rules, &err);
    if (a.status == GR_OK)
        a.is_same = gr_text_equal(gr_text_of(rules->sha256), recalled.rules.sha256);
    snprintf(a.message, sizeof a.message, "%s", err.message);
    gr_rules_free(a.status == GR_OK ? rules : NULL);
    gr_recalled_free(&recalled);
    gr_ledger_close(ledger);
    gr_arena_free(arena);
    return a;
}

static bool count_rules(void *context, const char *name, gr_os_kind kind)
{
    (void)kind;
    *(int *)context += strncmp(name, "giftrule-rules-", 15) == 0;
    return true;
}

static void test_both_ways(void **state)
{
    sandbox *box = *state;
    char rates[PATH_SIZE + 16];
    const gr_setting settings[] = { { "period", "fiscal" }, { "rates", rates } };
    int left = 0;

    copy_rates(box, rates, sizeof rates);
    audit_with(box, "400.00", NULL, 0);
    audit_with(box, "500.00", settings, 2);
    unlink(rates); /* the ledger has them */
    assert_int_equal(setenv("TMPDIR", box->dir, 1), 0);
    for (int64_t run = 1; run <= 2; run++) {
        static const char *const folders[] = { "rules", NULL, "/nowhere", "samples" };

        for (size_t i = 0; i < GR_COUNT(folders); i++) {
            asked a = ask_rules(box, run, folders[i]);

            if (a.status != GR_OK || !a.is_same)
                fail_msg("run %d, %s: %s", (int)run, folders[i] ? folders[i] : "-", a.message);
        }
    }
    assert_int_equal(gr_os_list(box->dir, count_rules, &left), 0);
    assert_int_equal(left, 0);
    unsetenv("TMPDIR");
}

static void change_ledger(const char *path, const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* What a foreign hand may have written, and what an older version left. */
static void test_not_there(void **state)
{
    static const struct {
        const char *sql, *says;
    } cases[] = {
        { "DELETE FROM rules_file", "and it kept none" },
        { "UPDATE kept_file SET bytes = CAST(replace(CAST(bytes AS TEXT), 'value=\"50.00\"', "
          "'value=\"51.00\"') AS BLOB)",
          "were read by another giftrule" },
        { "UPDATE rules_file SET name = '../policy.xml' WHERE name = 'policy.xml'",
          "is kept under the name '../policy.xml'" },
        { "UPDATE rules_file SET name = 'rulebooks/a/b.xml' WHERE name = 'policy.xml'",
          "is kept under the name" },
        { "UPDATE rules_file SET name = '/etc/x' WHERE name = 'policy.xml'",
          "is kept under the name" },
    };
    sandbox *box = *state;
    int left = 0;

    assert_int_equal(setenv("TMPDIR", box->dir, 1), 0);
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        asked a;

        audit_with(box, "400.00", NULL, 0);
        change_ledger(box->path, cases[i].sql);
        a = ask_rules(box, 1, NULL);
        if (a.status != GR_EINPUT || !strstr(a.message, cases[i].says))
            fail_msg("%s: %s", cases[i].sql, a.message);
        unlink(box->path);
    }
    assert_int_equal(gr_os_list(box->dir, count_rules, &left), 0);
    assert_int_equal(left, 0);
    unsetenv("TMPDIR");
}

static uint64_t count_kept(const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    uint64_t count;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM kept_file", -1, &s, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    count = (uint64_t)sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return count;
}

/* The same files are kept once, and rules that come back are a set of their own. */
static void test_kept_once(void **state)
{
    static const gr_setting fiscal = { "period", "fiscal" };
    sandbox *box = *state;
    gr_arena *arena = gr_arena_create();
    gr_list sets = GR_LIST(gr_rules_kept);
    gr_ledger *ledger;
    gr_error err;

    audit_with(box, "400.00", NULL, 0);
    audit_with(box, "500.00", &fiscal, 1);
    audit_with(box, "600.00", NULL, 0);
    assert_int_equal(gr_ledger_open_reading(box->path, &ledger, &err), GR_OK);
    assert_int_equal(gr_ledger_rules_between(ledger, 1, GR_RUN_LAST, arena, &sets, &err), GR_OK);
    assert_int_equal(sets.count, 3);
    for (size_t i = 0; i < sets.count; i++) {
        const gr_rules_kept *set = GR_AT(sets, gr_rules_kept, i);

        assert_int_equal(set->run, (int64_t)i + 1);
        assert_int_equal(set->last_run, (int64_t)i + 1);
        assert_int_equal(set->file_count, count_kept(box->path));
    }
    gr_ledger_close(ledger);
    gr_list_free(&sets);
    gr_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_both_ways, enter, leave),
        cmocka_unit_test_setup_teardown(test_not_there, enter, leave),
        cmocka_unit_test_setup_teardown(test_kept_once, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
