/* src/ledger/schema.c - the tables (tables.c), made or brought up to date. Columns of facts are made from the
 * table of facts, so that a new fact needs nothing here: an older ledger gets its column when it is opened. A
 * ledger with a fact that we do not know is of a newer version, and is left alone. */
#include "ledger/store.h"

static void add_fact_column(gr_sql *sql, const char *before, gr_fact fact)
{
    static const char *const types[] = { [GR_FACT_TEXT] = "TEXT",
                                         [GR_FACT_DAY] = "TEXT",
                                         [GR_FACT_MONEY] = "ANY",
                                         [GR_FACT_NUMBER] = "INTEGER",
                                         [GR_FACT_WORD] = "TEXT" };

    gr_sql_add_column(sql, before, fact);
    gr_sql_add(sql, " %s", types[gr_fact_get(fact)->type]);
}

static gr_status execute(gr_ledger *ledger, gr_sql *sql, gr_error *err)
{
    gr_status status = gr_ledger_execute(ledger, gr_sql_text(sql), err);

    gr_sql_free(sql);
    return status;
}

/* Digest stands before the facts: it is read without going through them. */
static gr_status make_record(gr_ledger *ledger, gr_error *err)
{
    gr_sql sql = gr_sql_open();

    gr_sql_add(&sql, "CREATE TABLE record ( -- a version of a record; facts not stated are empty;\n"
                     " -- amounts: cents, or parts of cents as numerator/denominator\n"
                     " record INTEGER PRIMARY KEY,\n"
                     " source INTEGER NOT NULL REFERENCES source,\n"
                     " line INTEGER NOT NULL,\n"
                     " \"column\" INTEGER NOT NULL,\n"
                     " record_kind TEXT NOT NULL,\n"
                     " shares_computed INTEGER NOT NULL,\n"
                     " format TEXT NOT NULL,\n"
                     " revision INTEGER NOT NULL, -- of the same format and id, from 1\n"
                     " replaces INTEGER REFERENCES record,\n"
                     " digest INTEGER NOT NULL,\n"
                     " recipient INTEGER REFERENCES recipient, -- the first one\n"
                     " amended INTEGER -- 1: edited after it had been approved");
    for (int f = 0; f < GR_GIFT_FACT_COUNT; f++)
        add_fact_column(&sql, f == 0 ? "\n ," : ", ", (gr_fact)f);
    gr_sql_add(&sql, "\n) STRICT");
    return execute(ledger, &sql, err);
}

static gr_status make_recipient(gr_ledger *ledger, gr_error *err)
{
    gr_sql sql = gr_sql_open();

    gr_sql_add(&sql,
               "CREATE TABLE recipient ( -- as the exports state them; records may share a row\n"
               " recipient INTEGER PRIMARY KEY");
    for (int f = GR_FACT_FIRST_OF_RECIPIENT; f < GR_FACT_COUNT; f++)
        add_fact_column(&sql, ", ", (gr_fact)f);
    gr_sql_add(&sql, "\n) STRICT");
    return execute(ledger, &sql, err);
}

gr_status gr_ledger_stamp(gr_ledger *ledger, gr_error *err)
{
    gr_sql sql = gr_sql_open();

    gr_sql_add(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", GR_LEDGER_ID,
               GR_LEDGER_VERSION);
    return execute(ledger, &sql, err);
}

static gr_status make_tables(gr_ledger *ledger, gr_error *err)
{
    gr_status status = make_record(ledger, err);

    if (status == GR_OK)
        status = make_recipient(ledger, err);
    for (size_t i = 0; status == GR_OK && i < gr_ledger_table_count; i++)
        status = gr_ledger_execute(ledger, gr_ledger_tables[i], err);
    return status == GR_OK ? gr_ledger_stamp(ledger, err) : status;
}

/* The word after CREATE TABLE, CREATE INDEX ..., compared with what is there. */
static gr_status is_made(gr_ledger *ledger, const char *sql, bool *out, gr_error *err)
{
    gr_text rest = gr_text_of(sql), word = { "", 0 };
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT, "SELECT 1 FROM sqlite_schema WHERE name = ?");

    do
        gr_text_word(&rest, &word);
    while (word.len > 0 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z');
    gr_bind_text(&s, word);
    *out = gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_make_missing(gr_ledger *ledger, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < gr_ledger_table_count; i++) {
        bool is_there;

        status = is_made(ledger, gr_ledger_tables[i], &is_there, err);
        if (status == GR_OK && !is_there)
            status = gr_ledger_execute(ledger, gr_ledger_tables[i], err);
    }
    return status;
}

/* ---- a ledger that is there already ---- */

static gr_status fail_newer(gr_ledger *ledger, gr_error *err)
{
    return gr_fail(err, GR_EIO, (gr_place){ ledger->path, 0, 0 }, "use the newer giftrule",
                   "this ledger is of a newer version of giftrule");
}

/* The fact of a column; GR_FACT_NONE when it is none. */
static gr_fact fact_of_column(gr_text name)
{
    char fact[64];

    if (name.len >= sizeof fact)
        return GR_FACT_NONE;
    for (size_t i = 0; i < name.len; i++)
        fact[i] = name.ptr[i] == '_' ? '-' : name.ptr[i];
    return gr_fact_find((gr_text){ fact, name.len });
}

/* Which facts have a column in the table. */
static gr_status find_columns(gr_ledger *ledger, const char *table, bool has[GR_FACT_COUNT],
                              gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('record', 'source', 'line', "
        "'column', 'record_kind', 'shares_computed', 'format', 'revision', 'replaces', 'digest', "
        "'recipient', 'amended')");
    gr_status status;
    bool is_newer = false;

    gr_bind_word(&s, table);
    while (gr_statement_step(&s)) {
        gr_fact fact = fact_of_column(gr_column_text(s.handle, 0));

        if (fact == GR_FACT_NONE)
            is_newer = true;
        else
            has[fact] = true;
    }
    status = gr_statement_close(&s, err);
    return status == GR_OK && is_newer ? fail_newer(ledger, err) : status;
}

static gr_status add_new_facts(gr_ledger *ledger, gr_error *err)
{
    bool has[GR_FACT_COUNT] = { false };
    gr_status status = find_columns(ledger, "record", has, err);

    if (status == GR_OK)
        status = find_columns(ledger, "recipient", has, err);
    for (int f = 0; status == GR_OK && f < GR_FACT_COUNT; f++) {
        gr_sql sql = gr_sql_open();

        if (has[f])
            continue;
        add_fact_column(&sql,
                        f < GR_GIFT_FACT_COUNT ? "ALTER TABLE record ADD COLUMN "
                                               : "ALTER TABLE recipient ADD COLUMN ",
                        (gr_fact)f);
        status = execute(ledger, &sql, err);
    }
    return status;
}

static gr_status check_ours(gr_ledger *ledger, int64_t *version, gr_error *err)
{
    int64_t id = 0;
    gr_status status = gr_ledger_number(ledger, "PRAGMA application_id", &id, err);

    if (status == GR_OK)
        status = gr_ledger_number(ledger, "PRAGMA user_version", version, err);
    if (status != GR_OK || (id == GR_LEDGER_ID && *version <= GR_LEDGER_VERSION))
        return status;
    if (id == GR_LEDGER_ID)
        return fail_newer(ledger, err);
    return gr_fail(err, GR_EIO, (gr_place){ ledger->path, 0, 0 }, "name another file",
                   "this file is no ledger of giftrule");
}

static gr_status prepare_tables(gr_ledger *ledger, gr_error *err)
{
    int64_t tables_there = 0, version = 0;
    gr_status status =
        gr_ledger_number(ledger, "SELECT count(*) FROM sqlite_schema", &tables_there, err);

    if (status != GR_OK)
        return status;
    if (tables_there == 0)
        return make_tables(ledger, err);
    status = check_ours(ledger, &version, err);
    if (status == GR_OK)
        status = add_new_facts(ledger, err);
    if (status == GR_OK && version < GR_LEDGER_VERSION)
        status = gr_ledger_migrate(ledger, version, err);
    return status;
}

/* What was found without a lock: an audit that runs meanwhile is not disturbed. */
typedef struct found {
    int64_t version; /* 0: there are no tables */
    bool is_complete;
} found;

static gr_status look(gr_ledger *ledger, found *out, gr_error *err)
{
    bool has[GR_FACT_COUNT] = { false };
    int64_t tables_there = 0;
    gr_status status =
        gr_ledger_number(ledger, "SELECT count(*) FROM sqlite_schema", &tables_there, err);

    *out = (found){ 0, false };
    if (status != GR_OK || tables_there == 0)
        return status;
    status = check_ours(ledger, &out->version, err);
    if (status == GR_OK)
        status = find_columns(ledger, "record", has, err);
    if (status == GR_OK)
        status = find_columns(ledger, "recipient", has, err);
    out->is_complete = out->version == GR_LEDGER_VERSION;
    for (int f = 0; f < GR_FACT_COUNT; f++)
        out->is_complete = out->is_complete && has[f];
    return status;
}

/* Before an older ledger becomes one of today, a copy of it is kept beside it. */
static gr_status keep_copy(gr_ledger *ledger, int64_t version, gr_error *err)
{
    gr_text path =
        gr_arena_print(ledger->arena, "%s.version-%lld", ledger->path, (long long)version);

    return path.ptr ? gr_ledger_backup(ledger, path.ptr, err) : gr_fail_memory(err);
}

gr_status gr_ledger_schema_check(gr_ledger *ledger, gr_error *err)
{
    gr_place at = { ledger->path, 0, 0 };
    found there;
    gr_status status = look(ledger, &there, err);

    if (status != GR_OK || there.is_complete)
        return status;
    if (there.version == 0)
        return gr_fail(err, GR_EINPUT, at, "make it with: giftrule audit --ledger",
                       "there is nothing in this ledger yet");
    return gr_fail(err, GR_EINPUT, at, "run giftrule audit --ledger with it: a copy is kept",
                   "this ledger is of an older version of giftrule");
}

gr_status gr_ledger_schema(gr_ledger *ledger, gr_error *err)
{
    found there;
    gr_status status = look(ledger, &there, err);

    if (status != GR_OK || there.is_complete)
        return status;
    if (there.version > 0 && there.version < GR_LEDGER_VERSION)
        status = keep_copy(ledger, there.version, err);
    if (status != GR_OK)
        return status;
    status = gr_ledger_execute(ledger, "BEGIN IMMEDIATE", err);
    if (status == GR_OK)
        status = prepare_tables(ledger, err);
    if (status == GR_OK)
        status = gr_ledger_execute(ledger, "COMMIT", err);
    if (status != GR_OK && !sqlite3_get_autocommit(ledger->db))
        sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
