/* tests/fault/golden.c - whether a ledger has stood a fault: what it holds against what a run without faults leaves. */
#include "firm.h"

#include "disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/digest.h"

/* ---- the ledger's files ---- */

static void load_files(const firm *f, bytes files[FIRM_FILES])
{
    char path[80];

    for (size_t i = 0; i < FIRM_FILES; i++) {
        name_file(f, i, path);
        files[i] = bytes_load(path);
    }
}

static void store_files(const firm *f, const bytes files[FIRM_FILES])
{
    char path[80];

    remove_ledger(f);
    for (size_t i = 0; i < FIRM_FILES; i++) {
        name_file(f, i, path);
        bytes_store(path, &files[i]);
    }
}

static void free_files(bytes files[FIRM_FILES])
{
    for (size_t i = 0; i < FIRM_FILES; i++)
        bytes_free(&files[i]);
}

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
        wrong = "it cannot be read at all";
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
