/* tests/unit/test_verify.c - whatever is changed in a ledger by another hand, verification tells, and names the entry of
 * the trail that it belongs to. */
#include "ledger_year.h"

#include "ledger/verify.h"

#include <sys/resource.h>
#include <sys/stat.h>

/* ---- a file and its changes ---- */

typedef struct image { /* the ledger as it was, in one file */
    char *bytes;
    size_t size;
} image;

static void change(const char *path, const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL) !=
            SQLITE_OK ||
        sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static image load(const char *path)
{
    FILE *file;
    image all;

    change(path, "PRAGMA journal_mode = DELETE");
    file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    all.size = (size_t)ftell(file);
    all.bytes = malloc(all.size);
    rewind(file);
    assert_int_equal(fread(all.bytes, 1, all.size, file), all.size);
    fclose(file);
    return all;
}

static void store(const char *path, const image *all)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(all->bytes, 1, all->size, file), all->size);
    fclose(file);
}

typedef struct told {
    gr_status status;
    uint64_t faults;
    int64_t first;   /* entry of the first fault */
    bool is_named;   /* the entry asked for is among them */
    char text[2048]; /* all of them */
} told;

static told verify(const char *path, int64_t run)
{
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = NULL;
    gr_verification v = { 0 };
    gr_error err = { 0 };
    told t = { .status = gr_ledger_open_verifying(path, &ledger, &err) };
    size_t n = 0;

    if (t.status == GR_OK)
        t.status = gr_ledger_verify(ledger, arena, &v, &err);
    t.faults = v.faults;
    t.first = v.fault_count > 0 ? v.fault[0].run : 0;
    if (t.status != GR_OK)
        snprintf(t.text, sizeof t.text, "%s", err.message);
    for (size_t i = 0; i < v.fault_count; i++) {
        t.is_named = t.is_named || v.fault[i].run == run;
        if (n < sizeof t.text)
            n += (size_t)snprintf(t.text + n, sizeof t.text - n, "%lld %.*s: %.*s\n",
                                  (long long)v.fault[i].run, GR_ALL(v.fault[i].table),
                                  GR_ALL(v.fault[i].text));
    }
    gr_ledger_close(ledger);
    gr_arena_free(arena);
    return t;
}

static void assert_whole(const char *path)
{
    told t = verify(path, 0);

    if (t.status != GR_OK || t.faults > 0)
        fail_msg("%s", t.text);
}

/* ---- entries of all kinds, as other actions make them ---- */

static void add_rows(const char *path, const char *action, const char *rows)
{
    const gr_deed deed = { 1795500000, GR_TEXT("officer"), action };
    gr_ledger *ledger = open_ledger(path);
    gr_error err = { 0 };

    assert_int_equal(gr_ledger_begin(ledger, &deed, &err), GR_OK);
    assert_int_equal(gr_run_row(ledger, &err), GR_OK);
    if (gr_ledger_execute(ledger, rows, &err) != GR_OK)
        fail_msg("%s", err.message);
    ledger->written++;
    assert_int_equal(gr_ledger_commit(ledger, GR_TEXT("by a test"), &err), GR_OK);
    gr_ledger_close(ledger);
}

static int64_t number(const char *path, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    int64_t result = -1;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    if (sqlite3_step(s) == SQLITE_ROW)
        result = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return result;
}

static void make_all(const sandbox *box)
{
    make_year(box);
    dispose(box, "2026-01-01", NULL, 0);
    assert_true(number(box->path, "SELECT count(*) FROM disposed") > 2);
    add_rows(box->path, "hold",
             "INSERT INTO hold SELECT 1, max(run), 'gift', 'G1', 'a suit', NULL FROM run");
    add_rows(box->path, "resolve",
             "INSERT INTO decision SELECT 1, max(run), 'F-1', 1, 'fact', 'gift-log', 'G3', NULL, "
             "'payer', 'firm', NULL, 'asked', NULL FROM run UNION ALL SELECT 2, max(run), 'F-1', "
             "1, 'accept', NULL, NULL, "
             "NULL, NULL, NULL, 'X', 'seen', 1 FROM run");
    add_rows(box->path, "account",
             "INSERT INTO account SELECT 1, max(run), NULL, 'dana', 'Dana Fox', 'executive', 'A1', "
             "0, 'secret', 0 FROM run UNION ALL SELECT 2, max(run), 1, 'dana', 'Dana Fox', "
             "'officer', '', 0, 'secret', 1 FROM run");
    add_rows(box->path, "request",
             "INSERT INTO request SELECT 1, max(run), NULL, 'RQ-2026-0001', 1, 'open', 'dana', "
             "'A1', '', 'cost=1.00', '{}', '', NULL FROM run UNION ALL SELECT 2, max(run), 1, "
             "'RQ-2026-0001', 2, 'approved', 'dana', 'A1', '', 'cost=1.00', '{}', 'well', "
             "'PA-2026-0001' FROM run");
    add_rows(box->path, "reserve",
             "INSERT INTO once SELECT 1, max(run), 'crm', 'k1', 'abcd', 200, 'application/json', "
             "'{}' FROM run");
    add_rows(box->path, "seal", "INSERT INTO seal SELECT 1, max(run), 'abcd' FROM run");
}

static void text(const char *path, const char *sql, char *out, size_t size)
{
    sqlite3 *db;
    sqlite3_stmt *s;

    out[0] = '\0';
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0))
        snprintf(out, size, "%s", (const char *)sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* The table whose keys a row belongs to, and the entry that wrote the row. */
static int64_t entry_of(const char *path, const char *table, const char *key, int row)
{
    char sql[512];

    if (strcmp(table, "run") == 0 || strcmp(table, "part") == 0)
        snprintf(sql, sizeof sql, "SELECT run FROM %s ORDER BY %s LIMIT 1 OFFSET %d", table, key,
                 row);
    else
        snprintf(sql, sizeof sql,
                 "SELECT run FROM part WHERE name = '%s' AND (SELECT %.*s FROM %s ORDER BY %s "
                 "LIMIT 1 OFFSET %d) BETWEEN first AND last",
                 table, (int)strcspn(key, ","), key, table, key, row);
    return number(path, sql);
}

static void assert_told(const char *path, const char *what, int64_t run, bool is_first)
{
    told t = verify(path, run);

    if (t.status != GR_OK)
        fail_msg("%s: %s", what, t.text);
    if (t.faults == 0 || !t.is_named || (is_first && t.first != run))
        fail_msg("%s: entry %lld is not %s\n%s", what, (long long)run, is_first ? "first" : "told",
                 t.text);
}

#define TABLES                                                                                     \
    "FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE "           \
    "'sqlite%%' "                                                                                  \
    "ORDER BY name"

typedef struct table {
    char name[64], key[128];
    int rows;
} table;

static bool find_table(const char *path, int number_of, table *out)
{
    char sql[512];

    snprintf(sql, sizeof sql, "SELECT name " TABLES " LIMIT 1 OFFSET %d", number_of);
    text(path, sql, out->name, sizeof out->name);
    snprintf(
        sql, sizeof sql,
        "SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_table_info('%s') WHERE pk "
        "ORDER BY pk)",
        out->name);
    text(path, sql, out->key, sizeof out->key);
    if (out->name[0] == '\0')
        return false;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", out->name);
    out->rows = (int)number(path, sql);
    return true;
}

/* Another value of the column's own type, in one cell. */
static void change_cell(const char *path, const table *t, int row, int column)
{
    char name[64], type[16], value[256], sql[2048];

    snprintf(sql, sizeof sql, "SELECT name FROM pragma_table_info('%s') WHERE cid = %d", t->name,
             column);
    text(path, sql, name, sizeof name);
    snprintf(sql, sizeof sql, "SELECT type FROM pragma_table_info('%s') WHERE cid = %d", t->name,
             column);
    text(path, sql, type, sizeof type);
    if (strcmp(type, "TEXT") == 0)
        snprintf(value, sizeof value, "coalesce(\"%s\" || 'x', '')", name);
    else if (strcmp(type, "BLOB") == 0)
        snprintf(value, sizeof value, "CAST(\"%s\" || 'x' AS BLOB)", name);
    else if (strcmp(type, "ANY") == 0 && row % 2)
        snprintf(value, sizeof value, "CAST(\"%s\" || '' AS BLOB)", name);
    else
        snprintf(value, sizeof value, "coalesce(\"%s\" + 1000001, 0)", name);
    snprintf(sql, sizeof sql,
             "UPDATE %s SET \"%s\" = CASE WHEN %s IS NULL THEN 1 ELSE %s END WHERE (%s) = "
             "(SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %d)",
             t->name, name, value, value, t->key, t->key, t->name, t->key, row);
    change(path, sql);
}

/* The plain build tries all; a sanitizer, five times slower, sees the same code in a part of them. */
#ifdef __SANITIZE_ADDRESS__
enum { EACH = 5 };
#else
enum { EACH = 1 };
#endif

static void test_every_cell(void **state)
{
    sandbox *box = *state;
    char what[160], sql[512];
    size_t cells = 0;
    table t;
    image all;

    make_all(box);
    assert_whole(box->path);
    all = load(box->path);
    for (int n = 0; find_table(box->path, n, &t); n++) {
        int columns;

        snprintf(sql, sizeof sql, "SELECT count(*) FROM pragma_table_info('%s')", t.name);
        columns = (int)number(box->path, sql);
        for (int row = 0; row < t.rows; row++) {
            int64_t run = entry_of(box->path, t.name, t.key, row);

            if ((strcmp(t.name, "rules_line") == 0 || strcmp(t.name, "rules_file") == 0 ||
                 strcmp(t.name, "kept_file") == 0) &&
                row > 3) /* one is like the other */
                break;
            for (int column = 0; column < columns; column++, cells++) {
                if (cells % EACH != 0)
                    continue;
                snprintf(what, sizeof what, "%s row %d column %d", t.name, row, column);
                change_cell(box->path, &t, row, column);
                assert_told(box->path, what, run, strcmp(t.name, "disposed") != 0);
                store(box->path, &all);
            }
        }
    }
    assert_true(cells > 500);
    assert_whole(box->path);
    free(all.bytes);
}

static void test_every_row(void **state)
{
    sandbox *box = *state;
    char what[160], sql[1024], columns[2048];
    table t;
    image all;

    make_all(box);
    all = load(box->path);
    for (int n = 0; find_table(box->path, n, &t); n++) {
        for (int row = 0; row < t.rows; row++) {
            int64_t run = entry_of(box->path, t.name, t.key, row);

            if ((strcmp(t.name, "rules_file") == 0 || strcmp(t.name, "kept_file") == 0) &&
                row > 3) /* one is like the other */
                break;
            snprintf(what, sizeof what, "%s row %d deleted", t.name, row);
            snprintf(
                sql, sizeof sql,
                "DELETE FROM %s WHERE (%s) = (SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %d)",
                t.name, t.key, t.key, t.name, t.key, row);
            change(box->path, sql);
            assert_told(box->path, what, run, strcmp(t.name, "disposed") != 0);
            store(box->path, &all);
        }
        if (t.rows == 0)
            continue;
        snprintf(sql, sizeof sql,
                 "SELECT group_concat(iif(pk = 1, 'NULL', iif(name = 'run', '99', '\"' || name || "
                 "'\"'))) "
                 "FROM pragma_table_info('%s')",
                 t.name);
        text(box->path, sql, columns, sizeof columns);
        snprintf(what, sizeof what, "%s row inserted", t.name);
        if (strchr(t.key, ',')) /* of a key of two columns: at the end of what belongs together */
            snprintf(sql, sizeof sql,
                     "CREATE TEMP TABLE one AS SELECT * FROM %s LIMIT 1; UPDATE one SET "
                     "%s = %s; INSERT INTO %s SELECT * FROM one",
                     t.name, strchr(t.key, ',') + 2, strcmp(t.name, "part") == 0 ? "'seal'" : "777",
                     t.name);
        else
            snprintf(
                sql, sizeof sql,
                "CREATE TEMP TABLE one AS SELECT * FROM %s ORDER BY 1 DESC LIMIT 1; "
                "UPDATE one SET %s = %s + 1; %s INSERT INTO %s SELECT * FROM one",
                t.name, t.key, t.key,
                strcmp(t.name, "fact") == 0        ? "UPDATE one SET name = 'colour';"
                : strcmp(t.name, "kept_file") == 0 ? "UPDATE one SET sha256 = 'x';"
                : strcmp(t.name, "once") == 0      ? "UPDATE one SET key = 'x';"
                : strcmp(t.name, "account") == 0   ? "UPDATE one SET replaces = NULL;"
                : strcmp(t.name, "request") == 0 ? "UPDATE one SET revision = 50, replaces = NULL;"
                : strcmp(t.name, "rules_file") == 0 ? "UPDATE one SET name = 'x';"
                : strcmp(t.name, "finding") == 0  ? "UPDATE one SET revision = 50, replaces = NULL;"
                : strcmp(t.name, "record") == 0   ? "UPDATE one SET revision = 50, replaces = NULL;"
                : strcmp(t.name, "disposed") == 0 ? "UPDATE one SET key = key + 1000000;"
                : strcmp(t.name, "standing") == 0 ? "UPDATE one SET replaces = NULL;"
                : strcmp(t.name, "decision") == 0 ? "UPDATE one SET replaces = NULL;"
                : strcmp(t.name, "disposed") == 0 ? "UPDATE one SET second = 77;"
                : strcmp(t.name, "quarantined") == 0 ? "UPDATE one SET line = 99;"
                                                     : "",
                t.name);
        change(box->path, sql);
        if (verify(box->path, 0).faults == 0)
            fail_msg("%s", what);
        store(box->path, &all);
    }
    assert_whole(box->path);
    free(all.bytes);
}

/* ---- the tables themselves ---- */

static void test_shape(void **state)
{
    static const struct {
        const char *sql, *says;
    } cases[] = {
        { "DROP INDEX record_key", "the index record_key is missing" },
        { "CREATE INDEX mine ON record (line)", "the index mine is none of a ledger" },
        { "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END",
          "the trigger t is none of a ledger" },
        { "CREATE TABLE notes (x)", "the table notes is none of a ledger" },
        { "DROP VIEW gift", "the view gift is missing" },
        { "DROP VIEW gift; CREATE VIEW gift AS SELECT 1",
          "the view gift is not as a ledger has it" },
        { "ALTER TABLE hold ADD COLUMN more TEXT", "the table hold is not as a ledger has it" },
        { "DROP TABLE seal", "the table seal is missing" },
        { "DROP TABLE run", "the table run is missing" },
    };
    sandbox *box = *state;
    image all;

    make_all(box);
    all = load(box->path);
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        told t;

        change(box->path, cases[i].sql);
        t = verify(box->path, 0);
        if (t.status != GR_OK || !strstr(t.text, cases[i].says))
            fail_msg("%s: %s", cases[i].sql, t.text);
        store(box->path, &all);
    }
    free(all.bytes);
}

/* ---- bytes ---- */

/* All rows of all tables, as text. */
static char *dump(const char *path)
{
    sqlite3 *db;
    size_t size = 0;
    char *all = NULL;
    FILE *out = open_memstream(&all, &size);
    table t;

    if (sqlite3_open(path, &db) != SQLITE_OK)
        return NULL;
    for (int n = 0; n < 30; n++) {
        char sql[512];
        sqlite3_stmt *s = NULL, *list = NULL;

        snprintf(sql, sizeof sql, "SELECT name " TABLES " LIMIT 1 OFFSET %d", n);
        if (sqlite3_prepare_v2(db, sql, -1, &list, NULL) == SQLITE_OK &&
            sqlite3_step(list) == SQLITE_ROW) {
            snprintf(t.name, sizeof t.name, "%s", (const char *)sqlite3_column_text(list, 0));
            snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", t.name);
            if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK)
                while (sqlite3_step(s) == SQLITE_ROW)
                    for (int c = 0; c < sqlite3_column_count(s); c++)
                        fprintf(out, "%d %s|", sqlite3_column_type(s, c),
                                sqlite3_column_text(s, c) ? (const char *)sqlite3_column_text(s, c)
                                                          : "");
        }
        sqlite3_finalize(s);
        sqlite3_finalize(list);
    }
    sqlite3_close(db);
    fclose(out);
    return all;
}

static void test_every_byte(void **state)
{
    const char *given = getenv("SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 20261128;
    sandbox *box = *state;
    size_t told_of = 0;
    char *before;
    image all;

    make_all(box);
    all = load(box->path);
    before = dump(box->path);
    print_message("# SEED=%llu\n", (unsigned long long)seed);
    for (int i = 0; i < 200; i++) {
        size_t at;
        told t;

        seed = seed * 6364136223846793005u + 1442695040888963407u;
        at = (size_t)(seed >> 20) % all.size;
        all.bytes[at] ^= (char)(1 << (seed >> 61));
        store(box->path, &all);
        t = verify(box->path, 0);
        if (t.status == GR_OK && t.faults == 0) {
            char *after = dump(box->path);

            if (strcmp(before, after) != 0)
                fail_msg("byte %zu", at);
            free(after);
        } else {
            told_of++;
        }
        all.bytes[at] ^= (char)(1 << (seed >> 61));
    }
    assert_true(told_of > 10);
    free(before);
    free(all.bytes);
}

/* ---- circumstances ---- */

static void test_read_only(void **state)
{
    sandbox *box = *state;
    int status = -1;
    pid_t child;

    make_year(box); /* with a log, but none is left behind */
    assert_int_equal(chmod(box->path, 0444), 0);
    assert_int_equal(chmod(box->dir, 0555), 0);
    child = fork();
    if (child == 0) {
        told t;

        if (getuid() == 0 && setuid(65534) != 0)
            _exit(3);
        t = verify(box->path, 0);
        if (t.status != GR_OK || t.faults > 0)
            fprintf(stderr, "%s\n", t.text);
        _exit(t.status == GR_OK && t.faults == 0 ? 0 : 1);
    }
    waitpid(child, &status, 0);
    chmod(box->dir, 0755);
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_while_another_writes(void **state)
{
    sandbox *box = *state;
    gr_ledger *ledger;

    make_year(box);
    ledger = open_ledger(box->path);
    begin(ledger);
    add_gift(ledger, "X", 1);
    assert_whole(box->path);
    end(ledger, true, "xx");
    gr_ledger_close(ledger);
}

static void test_unreadable(void **state)
{
    sandbox *box = *state;
    FILE *file;

    assert_int_equal(verify(box->path, 0).status, GR_EINPUT);
    file = fopen(box->path, "w");
    fputs("no ledger at all", file);
    fclose(file);
    assert_int_equal(verify(box->path, 0).status, GR_EIO);
}

/* ---- older ledgers ---- */

static void load_old(const char *path, int version)
{
    char name[40];
    FILE *file;
    char *sql = calloc(1, 1 << 20);

    snprintf(name, sizeof name, "tests/unit/ledger-%d.sql", version);
    file = fopen(name, "r");

    assert_non_null(file);
    assert_true(fread(sql, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    change(path, sql);
    free(sql);
}

static void migrate(sandbox *box, int version)
{
    char copy[PATH_SIZE + 16];
    char *before, *after;

    snprintf(copy, sizeof copy, "%s.version-%d", box->path, version);
    load_old(box->path, version);
    before = dump(box->path);
    assert_int_equal(verify(box->path, 0).status, GR_EINPUT); /* and says what to do */
    gr_ledger_close(open_ledger(box->path));
    after = dump(copy);
    assert_string_equal(before, after);
    assert_int_equal(number(copy, "PRAGMA user_version"), version);
    assert_whole(box->path);
    audit_export(box, year_exports[1], "clerk");
    assert_whole(box->path);
    assert_true(number(box->path, "SELECT count(*) FROM run WHERE action = 'migrate'") == 1);
    unlink(copy);
    free(before);
    free(after);
}

static void test_migration(void **state)
{
    migrate(*state, 1);
}

/* Its trail is whole, and stays so: what a row has not is in no imprint. */
static void test_migration_of_2(void **state)
{
    sandbox *box = *state;

    migrate(box, 2);
    assert_true(number(box->path, "SELECT count(*) FROM decision") == 1);
    assert_true(number(box->path, "SELECT count(*) FROM identity") == 0);
}

/* Rules that were kept without their files: the next audit keeps them, with the files. */
static void test_migration_of_3(void **state)
{
    sandbox *box = *state;

    migrate(box, 3);
    assert_true(number(box->path, "SELECT count(*) FROM rules_file WHERE rules = 1") == 0);
    assert_true(number(box->path, "SELECT count(*) FROM rules_file WHERE rules = 2") > 20);
    assert_true(number(box->path, "SELECT count(*) FROM kept_file") > 20);
}

/* It knew no requests, and had no index on approvals. */
static void test_migration_of_4(void **state)
{
    sandbox *box = *state;

    migrate(box, 4);
    assert_true(number(box->path, "SELECT count(*) FROM hold") == 1);
    assert_true(number(box->path, "SELECT count(*) FROM request, account, once") == 0);
    assert_true(number(box->path, "SELECT count(*) FROM record INDEXED BY record_approval WHERE "
                                  "approval = 'PA-7'") == 1);
}

/* The device is full, for every size of it. */
static void test_migration_cut_off(void **state)
{
    sandbox *box = *state;
    char copy[PATH_SIZE + 16];
    char *before;
    image all;
    int cut = 0;

    snprintf(copy, sizeof copy, "%s.version-1", box->path);
    load_old(box->path, 1);
    all = load(box->path);
    before = dump(box->path);
    for (unsigned kib = 8; kib < 600; kib += 16) {
        int status = -1;
        pid_t child = fork();

        if (child == 0) {
            struct rlimit most = { kib * 1024, kib * 1024 };
            gr_ledger *ledger = NULL;
            gr_error err;

            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &most);
            _exit(gr_ledger_open(box->path, &ledger, &err) == GR_OK ? 0 : 1);
        }
        waitpid(child, &status, 0);
        if (number(box->path, "PRAGMA user_version") == 1) {
            char *after = dump(box->path);

            assert_string_equal(before, after);
            free(after);
            cut++;
        } else {
            assert_whole(box->path);
        }
        unlink(copy);
        store(box->path, &all);
    }
    assert_true(cut > 3);
    free(before);
    free(all.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_cell, enter, leave),
        cmocka_unit_test_setup_teardown(test_every_row, enter, leave),
        cmocka_unit_test_setup_teardown(test_shape, enter, leave),
        cmocka_unit_test_setup_teardown(test_every_byte, enter, leave),
        cmocka_unit_test_setup_teardown(test_read_only, enter, leave),
        cmocka_unit_test_setup_teardown(test_while_another_writes, enter, leave),
        cmocka_unit_test_setup_teardown(test_unreadable, enter, leave),
        cmocka_unit_test_setup_teardown(test_migration, enter, leave),
        cmocka_unit_test_setup_teardown(test_migration_of_2, enter, leave),
        cmocka_unit_test_setup_teardown(test_migration_of_3, enter, leave),
        cmocka_unit_test_setup_teardown(test_migration_of_4, enter, leave),
        cmocka_unit_test_setup_teardown(test_migration_cut_off, enter, leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
