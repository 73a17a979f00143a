/* src/ledger/verify_trail.c - every entry's hash and the one before it, every part, and that parts leave out no row:
 * they follow each other without a gap, and no row stands beyond the last. */
#include "ledger/verifying.h"

#include <string.h>

typedef struct walk {
    gr_verifying *v;
    int64_t run;                    /* the entry before */
    char hash[GR_DIGEST_HEX];       /* its own, as it stands there */
    char started[32];               /* its moment */
    int64_t last[GR_CHAINED_COUNT]; /* key of each table that a part has reached */
} walk;

static const char *name_of(gr_chained table)
{
    return gr_shape_get(table)->name;
}

static gr_chained find_table(gr_text name)
{
    int t = 0;

    while (t < GR_CHAINED_COUNT && !gr_text_is(name, name_of((gr_chained)t)))
        t++;
    return (gr_chained)t;
}

/* ---- parts ---- */

static void compare_part(walk *w, gr_chained table, int64_t rows, gr_text sha256, gr_part *part)
{
    char hex[GR_DIGEST_HEX];

    w->v->out->rows += (uint64_t)part->rows;
    gr_digest_end(&part->digest, hex);
    if (part->rows != rows)
        gr_fault_add(w->v, w->run, name_of(table),
                     "it wrote %lld rows there, and %lld of them are there", (long long)rows,
                     (long long)part->rows);
    else if (!gr_text_is(sha256, hex))
        gr_fault_add(w->v, w->run, name_of(table), "a row is not as it was written");
}

static gr_status check_part(walk *w, sqlite3_stmt *row, gr_error *err)
{
    gr_text name = gr_column_text(row, 0);
    gr_chained table = find_table(name);
    int64_t first = sqlite3_column_int64(row, 1), last = sqlite3_column_int64(row, 2);
    gr_part part;
    gr_status status;

    if (table == GR_CHAINED_COUNT) {
        gr_fault_add(w->v, w->run, "part", "'%.*s' is no table of a ledger", GR_SHOW(name));
        return GR_OK;
    }
    if (first != w->last[table] + 1 || last < first)
        gr_fault_add(w->v, w->run, name_of(table),
                     "its rows are said to be %lld to %lld, after those up to %lld",
                     (long long)first, (long long)last, (long long)w->last[table]);
    if (last > w->last[table])
        w->last[table] = last;
    status = gr_part_read(w->v->ledger, table, first, last, &part, err);
    if (status == GR_OK)
        compare_part(w, table, sqlite3_column_int64(row, 3), gr_column_text(row, 4), &part);
    return gr_fault_soften(w->v, w->run, name_of(table), status, err);
}

static gr_status check_parts(walk *w, gr_error *err)
{
    gr_statement s = gr_statement_open(w->v->ledger, GR_KEPT_NOT,
                                       "SELECT name, first, last, rows, sha256 FROM part "
                                       "WHERE run = ? ORDER BY name");
    gr_status status = GR_OK, closed;
    gr_error later;

    gr_bind_number(&s, w->run);
    while (status == GR_OK && gr_statement_step(&s))
        status = check_part(w, s.handle, err);
    closed = gr_statement_close(&s, &later);
    if (status != GR_OK || closed == GR_OK)
        return status;
    *err = later;
    return gr_fault_soften(w->v, w->run, "part", closed, err);
}

/* ---- entries ---- */

static void copy(char *to, size_t size, gr_text text)
{
    size_t n = text.len < size ? text.len : size - 1;

    memcpy(to, text.ptr, n);
    to[n] = '\0';
}

static void check_order(walk *w, sqlite3_stmt *row)
{
    int64_t run = sqlite3_column_int64(row, 0);
    gr_text started = gr_column_text(row, 1);

    for (int64_t gone = w->run + 1; gone < run && gone < w->run + 10; gone++)
        gr_fault_add(w->v, gone, NULL, "the entry is missing");
    if (run < 1)
        gr_fault_add(w->v, 0, "run", "an entry has the number %lld", (long long)run);
    if (gr_text_compare(started, gr_text_of(w->started)) < 0)
        gr_fault_add(w->v, run, NULL, "its moment is before that of the entry before it");
    if (!gr_text_is(gr_column_text(row, 2), w->hash))
        gr_fault_add(w->v, run, NULL, "it names another hash of the entry before it");
}

static gr_status check_entry(walk *w, sqlite3_stmt *row, gr_error *err)
{
    gr_text stated = gr_column_text(row, 3);
    char hex[GR_DIGEST_HEX];
    gr_status status;

    check_order(w, row);
    w->run = sqlite3_column_int64(row, 0);
    copy(w->started, sizeof w->started, gr_column_text(row, 1));
    copy(w->hash, sizeof w->hash, stated);
    w->v->out->runs++;
    w->v->out->last = w->run;
    status = gr_run_hash(w->v->ledger, w->run, hex, err);
    if (status == GR_OK && !gr_text_is(stated, hex))
        gr_fault_add(w->v, w->run, NULL,
                     "the entry, or its list of parts, is not as it was written");
    status = gr_fault_soften(w->v, w->run, NULL, status, err);
    return status == GR_OK ? check_parts(w, err) : status;
}

static gr_status check_entries(walk *w, gr_error *err)
{
    gr_statement s = gr_statement_open(w->v->ledger, GR_KEPT_NOT,
                                       "SELECT run, started, previous, hash FROM run ORDER BY run");
    gr_status status = GR_OK, closed;
    gr_error later;

    while (status == GR_OK && gr_statement_step(&s))
        status = check_entry(w, s.handle, err);
    closed = gr_statement_close(&s, &later);
    if (status != GR_OK || closed == GR_OK)
        return status;
    *err = later;
    return gr_fault_soften(w->v, 0, "run", closed, err);
}

/* ---- what no entry has brought ---- */

static gr_status check_orphans(walk *w, gr_error *err)
{
    gr_statement s = gr_statement_open(
        w->v->ledger, GR_KEPT_NOT,
        "SELECT DISTINCT run FROM part WHERE run NOT IN (SELECT run FROM run) ORDER BY run");
    int64_t last = w->run;

    while (gr_statement_step(&s)) {
        int64_t run = sqlite3_column_int64(s.handle, 0);

        if (run > last || run < 1) /* one between others is told already */
            gr_fault_add(w->v, run, NULL, "the entry is missing");
    }
    return gr_fault_soften(w->v, 0, "part", gr_statement_close(&s, err), err);
}

static gr_status check_beyond(walk *w, gr_chained table, gr_error *err)
{
    const gr_shape *shape = gr_shape_get(table);
    gr_sql sql = gr_sql_open();
    gr_statement s;
    int64_t beyond = 0;

    if (w->last[table] != w->last[shape->keys])
        gr_fault_add(w->v, w->run, shape->name, "its rows are covered up to %lld of %lld",
                     (long long)w->last[table], (long long)w->last[shape->keys]);
    gr_sql_add(&sql,
               "SELECT (SELECT count(*) FROM %s WHERE %s > ?1) + "
               "(SELECT count(*) FROM %s WHERE %s < 1)",
               shape->name, shape->key, shape->name, shape->key);
    s = gr_statement_open(w->v->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_number(&s, w->last[table]);
    if (gr_statement_step(&s))
        beyond = sqlite3_column_int64(s.handle, 0);
    if (beyond > 0)
        gr_fault_add(w->v, 0, shape->name, "%lld rows are there that no entry has written",
                     (long long)beyond);
    return gr_fault_soften(w->v, 0, shape->name, gr_statement_close(&s, err), err);
}

/* What was disposed of and is there all the same would be taken twice, and so be told by its part too. */
static gr_status check_disposed(walk *w, gr_chained table, gr_error *err)
{
    const gr_shape *shape = gr_shape_get(table);
    gr_sql sql = gr_sql_open();
    gr_statement s;
    int64_t back = 0;

    gr_sql_add(&sql, "SELECT count(*) FROM disposed AS d JOIN %s AS t ON t.%s = d.key", shape->name,
               shape->key);
    if (shape->second)
        gr_sql_add(&sql, " AND t.%s = d.second", shape->second);
    gr_sql_add(&sql, " WHERE d.name = ?");
    s = gr_statement_open(w->v->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    gr_bind_word(&s, shape->name);
    if (gr_statement_step(&s))
        back = sqlite3_column_int64(s.handle, 0);
    if (back > 0)
        gr_fault_add(w->v, 0, shape->name, "%lld rows that were disposed of are there again",
                     (long long)back);
    return gr_fault_soften(w->v, 0, "disposed", gr_statement_close(&s, err), err);
}

static gr_status note_head(walk *w, gr_error *err)
{
    gr_verification *out = w->v->out;
    int64_t disposed = 0;
    gr_status status =
        gr_ledger_number(w->v->ledger, "SELECT count(*) FROM disposed", &disposed, err);

    out->disposed = (uint64_t)disposed;
    out->head = gr_arena_copy(w->v->arena, gr_text_of(w->hash));
    out->last_started = gr_arena_copy(w->v->arena, gr_text_of(w->started));
    if (!out->head.ptr || !out->last_started.ptr)
        return gr_fail_memory(err);
    return gr_fault_soften(w->v, 0, "disposed", status, err);
}

gr_status gr_verify_trail(gr_verifying *v, gr_error *err)
{
    walk w = { .v = v };
    gr_status status = check_entries(&w, err);

    if (status == GR_OK)
        status = check_orphans(&w, err);
    for (int t = 0; status == GR_OK && t < GR_CHAINED_COUNT; t++) {
        status = check_beyond(&w, (gr_chained)t, err);
        if (status == GR_OK)
            status = check_disposed(&w, (gr_chained)t, err);
    }
    return status == GR_OK ? note_head(&w, err) : status;
}
