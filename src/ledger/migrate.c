/* src/ledger/migrate.c - an older ledger becomes one of today, within one transaction. Version 1 had no audit trail: its
 * runs get their hashes as they stand, and what they brought is covered by the run that migrates; its findings lack what
 * reports are made from, so that the next audit judges everything again. Version 2 knew no decisions on who is who, and
 * findings did not tell who was joined. Version 3 kept no rule files: of rules that judged before there are none, and the
 * next audit keeps those of its own. Version 4 knew no requests, no accounts. */
#include "base/os.h"
#include "ledger/store.h"

static gr_status add_columns(gr_ledger *ledger, gr_error *err)
{
    return gr_ledger_execute(ledger,
                             "ALTER TABLE run ADD COLUMN author TEXT NOT NULL DEFAULT '';"
                             "ALTER TABLE run ADD COLUMN action TEXT NOT NULL DEFAULT 'audit';"
                             "ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT '';"
                             "ALTER TABLE run ADD COLUMN rules INTEGER REFERENCES rules;"
                             "ALTER TABLE run ADD COLUMN gifts INTEGER;"
                             "ALTER TABLE run ADD COLUMN recipients INTEGER;"
                             "ALTER TABLE run ADD COLUMN expenses INTEGER;"
                             "ALTER TABLE run ADD COLUMN previous TEXT;"
                             "ALTER TABLE run ADD COLUMN hash TEXT;"
                             "ALTER TABLE record ADD COLUMN amended INTEGER;"
                             "ALTER TABLE finding ADD COLUMN record INTEGER REFERENCES record;"
                             "ALTER TABLE finding ADD COLUMN position INTEGER NOT NULL DEFAULT 0;"
                             "ALTER TABLE finding ADD COLUMN provision TEXT NOT NULL DEFAULT '';"
                             "ALTER TABLE finding ADD COLUMN limit_clause TEXT NOT NULL DEFAULT '';"
                             "ALTER TABLE finding ADD COLUMN is_count INTEGER NOT NULL DEFAULT 0;"
                             "ALTER TABLE fact RENAME TO fact_1;",
                             err);
}

static gr_status fill_tables(gr_ledger *ledger, gr_error *err)
{
    return gr_ledger_execute(ledger,
                             "INSERT INTO fact (name) SELECT name FROM fact_1 ORDER BY name;"
                             "DROP TABLE fact_1;",
                             err);
}

static gr_status set_hash(gr_ledger *ledger, int64_t run, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "UPDATE run SET previous = coalesce((SELECT hash FROM run WHERE run < ?1 "
                          "ORDER BY run DESC LIMIT 1), '') WHERE run = ?1");
    char hex[GR_DIGEST_HEX];
    gr_status status;

    gr_bind_number(&s, run);
    gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status == GR_OK)
        status = gr_run_hash(ledger, run, hex, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT, "UPDATE run SET hash = ? WHERE run = ?");
    gr_bind_word(&s, hex);
    gr_bind_number(&s, run);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

static gr_status chain_runs(gr_ledger *ledger, gr_error *err)
{
    gr_status status = GR_OK;
    int64_t last = 0, runs = 0;

    status = gr_ledger_number(ledger, "SELECT max(run) FROM run", &runs, err);
    while (status == GR_OK && last < runs) {
        gr_statement s =
            gr_statement_open(ledger, GR_KEPT_NOT, "SELECT min(run) FROM run WHERE run > ?");

        gr_bind_number(&s, last);
        last = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : runs;
        status = gr_statement_close(&s, err);
        if (status == GR_OK)
            status = set_hash(ledger, last, err);
    }
    return status;
}

static gr_status write_run(gr_ledger *ledger, int64_t version, gr_error *err)
{
    gr_deed deed = { gr_os_now(), GR_TEXT(""), "migrate" };
    gr_text note = gr_arena_print(ledger->arena, "from version %lld to version %d",
                                  (long long)version, GR_LEDGER_VERSION);
    gr_status status = note.ptr ? gr_run_start(ledger, &deed, err) : gr_fail_memory(err);

    ledger->is_migrating = true;
    if (status == GR_OK)
        status = gr_run_row(ledger, err);
    if (status == GR_OK)
        status = gr_trail_end(ledger, note, err);
    ledger->is_migrating = false;
    return status;
}

/* A column that is added later changes no imprint of a row in which it is empty. */
static gr_status migrate_2(gr_ledger *ledger, gr_error *err)
{
    gr_status status = gr_ledger_execute(ledger, "ALTER TABLE finding ADD COLUMN joined TEXT", err);

    return status == GR_OK ? gr_ledger_make_missing(ledger, err) : status;
}

static gr_status migrate_1(gr_ledger *ledger, gr_error *err)
{
    gr_status status = add_columns(ledger, err);

    if (status == GR_OK)
        status = migrate_2(ledger, err);
    if (status == GR_OK)
        status = fill_tables(ledger, err);
    if (status == GR_OK)
        status = gr_records_make_index(ledger, err);
    return status == GR_OK ? chain_runs(ledger, err) : status;
}

static gr_status migrate_from(gr_ledger *ledger, int64_t version, gr_error *err)
{
    if (version < 2)
        return migrate_1(ledger, err);
    return version < 3 ? migrate_2(ledger, err) : gr_ledger_make_missing(ledger, err);
}

gr_status gr_ledger_migrate(gr_ledger *ledger, int64_t version, gr_error *err)
{
    gr_status status = migrate_from(ledger, version, err);

    if (status == GR_OK)
        status = write_run(ledger, version, err);
    return status == GR_OK ? gr_ledger_stamp(ledger, err) : status;
}
