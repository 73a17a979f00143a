/* tests/fault/firm.c - the small firm of firm.h. */
#include "firm.h"

#include "disk.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <libxml/parser.h>
#include <sqlite3.h>

#include "base/digest.h"
#include "base/os.h"

/* ---- bytes: not of our memory, which fails ---- */

void bytes_add(bytes *b, const void *from, size_t count)
{
    if (b->used + count + 1 > b->room) {
        b->room = (b->used + count + 1) * 2;
        b->at = realloc(b->at, b->room);
        assert_non_null(b->at);
    }
    memcpy(b->at + b->used, from, count);
    b->used += count;
    b->at[b->used] = '\0';
}

bool bytes_equal(const bytes *a, const bytes *b)
{
    return a->used == b->used && (a->used == 0 || memcmp(a->at, b->at, a->used) == 0);
}

void bytes_free(bytes *b)
{
    free(b->at);
    *b = (bytes){ 0 };
}

static bytes load(const char *path)
{
    bytes b = { 0 };
    char piece[8192];
    size_t got;
    FILE *file = fopen(path, "rb");

    if (!file)
        return b;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        bytes_add(&b, piece, got);
    fclose(file);
    b.is_there = true;
    return b;
}

static void store(const char *path, const bytes *b)
{
    FILE *file;

    unlink(path);
    if (!b->is_there)
        return;
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(b->at ? b->at : "", 1, b->used, file), b->used);
    assert_int_equal(fclose(file), 0);
}

void write_file(const char *path, const char *text)
{
    bytes b = { (char *)(uintptr_t)text, strlen(text), 0, true };

    store(path, &b);
}

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

void firm_use_our_memory(void)
{
    static const sqlite3_mem_methods methods = { sql_alloc, gr_os_free, sql_resize,   sql_size,
                                                 sql_round, sql_init,   sql_shutdown, NULL };

    xmlMemSetup(gr_os_free, gr_os_alloc, gr_os_resize, duplicate);
    xmlInitParser();
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
    assert_int_equal(sqlite3_initialize(), SQLITE_OK);
    json_set_alloc_funcs(gr_os_alloc, gr_os_free);
}

/* ---- the firm ---- */

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

static const char later_gifts[] =
    "<gift-log xmlns='urn:giftrule:gift-log:1'>"
    "<gift id='G-1' date='2026-05-04'><giver id='AE-1'>Dana Fox</giver><kind>goods</kind>"
    "<recipient id='R-1'><name>Jane Roe</name><employer>Acme</employer></recipient>"
    "<cost>320.00</cost></gift>"
    "<gift id='G-5' date='2026-05-01'><giver id='AE-2'>Lee Park</giver><kind>goods</kind>"
    "<recipient id='R-1'/><cost>45.00</cost></gift>"
    "<gift id='G-3' retracted='yes'/>"
    "<gift id='G-4' date='2026-02-28'><giver id='AE-1'/><recipient id='R-1'/>"
    "<cost>10.00</cost></gift>"
    "<gift id='G-6' date='2026-02-31'><giver id='AE-1'/><recipient id='R-1'/></gift>"
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

static gr_status audit(const firm *f, const char *const *inputs, size_t count, const char *ledger,
                       gr_report **out, gr_error *err)
{
    gr_audit_options options = {
        .inputs = inputs, .input_count = count, .ledger = ledger, .as_of = "2026-11-23"
    };

    return gr_audit(f->rules, &options, out, err);
}

gr_status firm_audit(const firm *f, const char *ledger, gr_report **out, gr_error *err)
{
    const char *inputs[] = { f->log, f->expenses };

    return audit(f, inputs, GR_COUNT(inputs), ledger, out, err);
}

int firm_open(void **state)
{
    static firm f;
    gr_error err = { 0 };
    gr_report *report = NULL;

    setenv("SOURCE_DATE_EPOCH", "1795392000", 1);
    /* in memory, where there is room: syncs cost nothing there, and the power is not lost in earnest */
    snprintf(f.dir, sizeof f.dir, "%s/giftrule-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(f.dir));
    snprintf(f.ledger, sizeof f.ledger, "%s/firm.ledger", f.dir);
    snprintf(f.log, sizeof f.log, "%s/log.xml", f.dir);
    snprintf(f.expenses, sizeof f.expenses, "%s/expenses.xml", f.dir);
    snprintf(f.later, sizeof f.later, "%s/later.xml", f.dir);
    snprintf(f.saved, sizeof f.saved, "%s/report", f.dir);
    write_file(f.log, gifts);
    write_file(f.expenses, expenses);
    write_file(f.later, later_gifts);
    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &f.rules, &err), GR_OK);
    assert_int_equal(firm_audit(&f, NULL, &report, &err), GR_OK);
    f.right = gr_report_summary(report);
    gr_report_free(report);
    assert_true(f.right.gifts == 4 && f.right.violations > 0 && f.right.needs_review > 0 &&
                f.right.quarantined == 1);
    *state = &f;
    return 0;
}

int firm_close(void **state)
{
    firm *f = *state;

    gr_rules_free(f->rules);
    remove_ledger(f);
    unlink(f->log);
    unlink(f->expenses);
    unlink(f->later);
    unlink(f->saved);
    return rmdir(f->dir);
}

/* ---- the ledger's files ---- */

/* The last is no file but memory that has a name. */
static const char *const ends[] = { "", "-wal", "-journal", "-shm" };

static void name_file(const firm *f, size_t i, char path[80])
{
    snprintf(path, 80, "%s%s", f->ledger, ends[i]);
}

void remove_ledger(const firm *f)
{
    char path[80];

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        name_file(f, i, path);
        unlink(path);
    }
}

static void load_files(const firm *f, bytes files[FIRM_FILES])
{
    char path[80];

    for (size_t i = 0; i < FIRM_FILES; i++) {
        name_file(f, i, path);
        files[i] = load(path);
    }
}

static void store_files(const firm *f, const bytes files[FIRM_FILES])
{
    char path[80];

    remove_ledger(f);
    for (size_t i = 0; i < FIRM_FILES; i++) {
        name_file(f, i, path);
        store(path, &files[i]);
    }
}

static void free_files(bytes files[FIRM_FILES])
{
    for (size_t i = 0; i < FIRM_FILES; i++)
        bytes_free(&files[i]);
}

/* ---- what it does ---- */

static bool say(void *context, const char *text, size_t count)
{
    bytes_add(context, text, count);
    return true;
}

/* The report is told by the run and is no part of the transaction. */
static gr_status import(const firm *f, const char *const *inputs, size_t count, bytes *said,
                        gr_error *err)
{
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    gr_report *report = NULL;
    gr_status status = audit(f, inputs, count, f->ledger, &report, err);

    said->used = 0;
    if (status == GR_OK && gr_report_summary(report).refused > 0)
        bytes_add(said, "an input was refused", 20);
    else if (status == GR_OK)
        status = gr_report_write(report, &style, say, said, err);
    gr_report_free(report);
    return status;
}

static gr_status import_first(const firm *f, bytes *said, gr_error *err)
{
    const char *inputs[] = { f->log, f->expenses };

    return import(f, inputs, GR_COUNT(inputs), said, err);
}

static gr_status import_later(const firm *f, bytes *said, gr_error *err)
{
    const char *inputs[] = { f->later };

    return import(f, inputs, GR_COUNT(inputs), said, err);
}

/* With little memory pages go to the file, or to the log, before the transaction ends. */
enum { LITTLE = 200 * 1024 };

const operation operations[] = {
    { "a first import", NULL, 0, import_first },
    { "an amendment", &operations[0], 0, import_later },
    { "a first import that needs much room", NULL, LITTLE, import_first },
    { "an amendment that needs much room", &operations[0], LITTLE, import_later },
};
const size_t operation_count = GR_COUNT(operations);

/* ---- what the ledger holds ---- */

static void mix_row(sqlite3_stmt *row, uint64_t *digest)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        int type = sqlite3_column_type(row, i);
        const char *text = (const char *)sqlite3_column_text(row, i);
        gr_text value = { text ? text : "", (size_t)sqlite3_column_bytes(row, i) };

        *digest = gr_hash(value, *digest + (uint64_t)type + 1);
    }
}

/* Every row of a query in one number; 0: there is none. */
static bool mix_query(sqlite3 *db, const char *sql, uint64_t *digest)
{
    sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &row, NULL);

    *digest = 0;
    while (code == SQLITE_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
        mix_row(row, digest);
        code = SQLITE_OK;
    }
    sqlite3_finalize(row);
    return code == SQLITE_DONE;
}

static bool mix_tables(sqlite3 *db, uint64_t *digest)
{
    sqlite3_stmt *table = NULL;
    int code = sqlite3_prepare_v2(
        db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1, &table, NULL);

    *digest = 0;
    while (code == SQLITE_OK && (code = sqlite3_step(table)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(table, 0);
        char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
        uint64_t rows = 0;

        code = sql && mix_query(db, sql, &rows) ? SQLITE_OK : SQLITE_ERROR;
        if (rows > 0)
            *digest = gr_hash(gr_text_of(name), *digest + rows);
        sqlite3_free(sql);
    }
    sqlite3_finalize(table);
    return code == SQLITE_DONE;
}

static bool is_ok(sqlite3 *db, const char *check, const char *expected)
{
    sqlite3_stmt *row = NULL;
    int code = sqlite3_prepare_v2(db, check, -1, &row, NULL);
    const char *text = NULL;
    bool ok;

    if (code == SQLITE_OK && (code = sqlite3_step(row)) == SQLITE_ROW)
        text = (const char *)sqlite3_column_text(row, 0);
    ok = expected ? text && strcmp(text, expected) == 0 : code == SQLITE_DONE;
    sqlite3_finalize(row);
    return ok;
}

static const char *examine(const char *path, holding *out)
{
    sqlite3 *db = NULL;
    const char *wrong = NULL;

    *out = (holding){ 0, 0 };
    if (access(path, F_OK) != 0)
        return NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, disk_plain()) != SQLITE_OK)
        wrong = "it cannot be opened";
    else if (!is_ok(db, "PRAGMA synchronous = OFF", NULL))
        wrong = "it cannot be told not to sync";
    else if (!is_ok(db, "PRAGMA integrity_check", "ok"))
        wrong = "the integrity check is not ok";
    else if (!is_ok(db, "PRAGMA foreign_key_check", NULL))
        wrong = "a row names one that is not there";
    else if (!mix_tables(db, &out->rows) ||
             !mix_query(db, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
                        &out->tables))
        wrong = "it cannot be read";
    sqlite3_close(db);
    return wrong;
}

/* ---- the golden run ---- */

gr_status golden_run(const firm *f, const golden *g, bytes *said, gr_error *err)
{
    gr_status status;

    sqlite3_soft_heap_limit64(g->op->heap);
    status = g->op->run(f, said, err);
    sqlite3_soft_heap_limit64(0);
    return status;
}

static void must_run(const firm *f, const golden *g, bytes *said)
{
    gr_error err = { 0 };

    if (golden_run(f, g, said, &err) != GR_OK)
        fail_msg("%s: %s", g->op->name, err.message);
    said->is_there = true;
}

static void must_examine(const firm *f, holding *out)
{
    const char *wrong = examine(f->ledger, out);

    if (wrong)
        fail_msg("%s", wrong);
}

static void make_base(const firm *f, const operation *op)
{
    golden before = { .op = op };

    if (!op) {
        remove_ledger(f);
        return;
    }
    make_base(f, op->after);
    must_run(f, &before, &before.first);
    bytes_free(&before.first);
}

void golden_make(const firm *f, const operation *op, golden *out)
{
    holding twice;

    *out = (golden){ .op = op };
    make_base(f, op->after);
    load_files(f, out->base);
    must_examine(f, &out->before);
    must_run(f, out, &out->first);
    must_examine(f, &out->after);
    must_run(f, out, &out->again);
    must_examine(f, &twice);
    assert_memory_equal(&twice, &out->after, sizeof twice);
    assert_int_not_equal(out->before.rows, out->after.rows);
}

void golden_free(golden *g)
{
    free_files(g->base);
    bytes_free(&g->first);
    bytes_free(&g->again);
}

void golden_place(const firm *f, const golden *g)
{
    store_files(f, g->base);
}

void golden_take(const firm *f, golden *g)
{
    free_files(g->base);
    load_files(f, g->base);
}

/* ---- after a fault ---- */

static bool is_same(holding a, holding b)
{
    return a.rows == b.rows && a.tables == b.tables;
}

/* The tables of a new ledger are made before its first run. */
static bool is_before(const golden *g, holding h)
{
    return h.rows == g->before.rows && (!g->op->after || h.tables == g->before.tables);
}

static const char *check_again(const firm *f, const golden *g, bool is_after)
{
    static char wrong[300];
    bytes said = { 0 };
    gr_error err = { 0 };
    gr_status status = golden_run(f, g, &said, &err);
    bool is_right = bytes_equal(&said, is_after ? &g->again : &g->first);
    holding now;

    bytes_free(&said);
    if (status != GR_OK) {
        snprintf(wrong, sizeof wrong, "it cannot be done again: %s", err.message);
        return wrong;
    }
    if (!is_right)
        return "done again, it says something else";
    if (examine(f->ledger, &now))
        return "done again, it leaves a ledger that is not sound";
    return is_same(now, g->after) ? NULL : "done again, it leaves another ledger";
}

/* Our own opening must do with what is there: whoever looks first, takes back what a crash has left. */
const char *golden_check(const firm *f, const golden *g, bool *is_after)
{
    bytes files[FIRM_FILES];
    holding now;
    const char *wrong;

    load_files(f, files);
    wrong = examine(f->ledger, &now);
    store_files(f, files);
    free_files(files);
    if (wrong)
        return wrong;
    *is_after = is_same(now, g->after);
    if (!*is_after && !is_before(g, now))
        return "it holds neither all nor nothing";
    return check_again(f, g, *is_after);
}

/* ---- which points ---- */

bool every_point(void)
{
    const char *wanted = getenv("GR_FAULT");

    return wanted && strcmp(wanted, "all") == 0;
}

size_t following_point(size_t n, size_t step)
{
    return n + (every_point() ? 1 : step);
}

uint64_t chosen_seed(void)
{
    const char *wanted = getenv("GR_SEED");

    return wanted ? strtoull(wanted, NULL, 10) : 20261123;
}
