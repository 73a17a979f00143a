/* src/ledger/dispose.c - rows that go, each stood for by its imprint, so that the trail can still be verified; and that
 * nothing of them is left in the file. */
#include "base/digest.h"
#include "ledger/retention.h"
#include "ledger/store.h"

/* References are checked at the end, all at once: one by one, each recipient that goes would be looked for among all
 * records. */
gr_status gr_ledger_begin_disposing(gr_ledger *ledger, const gr_deed *deed, gr_error *err)
{
    gr_status status = gr_ledger_execute(ledger, "PRAGMA secure_delete = ON", err);

    ledger->is_disposing = true;
    return status == GR_OK ? gr_ledger_begin(ledger, deed, err) : status;
}

#define FREE "(SELECT record FROM due WHERE hold IS NULL AND bond IS NULL)"
#define GONE                                                                                       \
    "(SELECT id FROM finding WHERE gift IN (SELECT id FROM due WHERE id IS NOT NULL AND "          \
    "hold IS NULL AND bond IS NULL))"

/* In this order: each names only rows of those behind it. */
static const struct {
    gr_chained table;
    const char *which;
} going[] = {
    { GR_CHAINED_DECISION, "finding IN " GONE },
    { GR_CHAINED_COUNTED, "finding IN (SELECT finding FROM finding WHERE id IN " GONE ")" },
    { GR_CHAINED_FINDING, "id IN " GONE },
    { GR_CHAINED_RECIPIENT, "recipient IN (SELECT recipient FROM given WHERE record IN " FREE
                            ") AND recipient NOT IN (SELECT recipient FROM given "
                            "WHERE record NOT IN " FREE ")" },
    { GR_CHAINED_FURTHER, "record IN " FREE },
    { GR_CHAINED_RECORD, "record IN " FREE },
    { GR_CHAINED_QUARANTINED, "quarantined IN (SELECT quarantined FROM old)" },
};

static gr_status write_imprint(gr_ledger *ledger, int64_t number, const char *table,
                               sqlite3_stmt *row, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_DISPOSED,
                                       "INSERT INTO disposed (disposed, run, name, key, second, "
                                       "imprint) VALUES (?, ?, ?, ?, ?, ?)");
    uint8_t imprint[GR_IMPRINT];
    char hex[2 * GR_IMPRINT + 1];

    gr_row_imprint(row, 2, imprint);
    gr_hex_print(imprint, sizeof imprint, hex);
    gr_bind_number(&s, number);
    gr_bind_number(&s, ledger->run);
    gr_bind_word(&s, table);
    gr_bind_number(&s, sqlite3_column_int64(row, 0));
    gr_bind_number(&s, sqlite3_column_int64(row, 1));
    gr_bind_word(&s, hex);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

static gr_status note_rows(gr_ledger *ledger, gr_chained table, const char *which, int64_t *number,
                           gr_error *err)
{
    gr_statement s = gr_rows_of(ledger, table, which);
    gr_status status = GR_OK;

    while (status == GR_OK && gr_statement_step(&s))
        status = write_imprint(ledger, (*number)++, gr_shape_get(table)->name, s.handle, err);
    return gr_statement_end(&s, status, err);
}

/* By their keys, as they were noted: what a condition says may change while rows go. */
static gr_status remove_rows(gr_ledger *ledger, gr_chained table, gr_error *err)
{
    const gr_shape *shape = gr_shape_get(table);
    gr_sql sql = gr_sql_open();
    gr_status status;

    gr_sql_add(&sql,
               "DELETE FROM %s WHERE (%s, %s) IN (SELECT key, second FROM disposed WHERE run = "
               "%lld AND name = '%s')",
               shape->name, shape->key, shape->second ? shape->second : "0", (long long)ledger->run,
               shape->name);
    status = gr_ledger_execute(ledger, gr_sql_text(&sql), err);
    gr_sql_free(&sql);
    return status;
}

static gr_status check_references(gr_ledger *ledger, gr_error *err)
{
    int64_t loose = 0;
    gr_status status =
        gr_ledger_number(ledger, "SELECT count(*) FROM pragma_foreign_key_check", &loose, err);

    if (status != GR_OK || loose == 0)
        return status;
    return gr_fail(
        err, GR_EBUG, (gr_place){ ledger->path, 0, 0 },
        "nothing was disposed of; report it with the output of giftrule ledger retention",
        "%lld rows that stay name rows that would go", (long long)loose);
}

static gr_status dispose(gr_ledger *ledger, gr_error *err)
{
    int64_t number = 0;
    gr_status status = gr_run_row(ledger, err);

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_DISPOSED, &number, err);
    for (size_t i = 0; status == GR_OK && i < GR_COUNT(going); i++)
        status = note_rows(ledger, going[i].table, going[i].which, &number, err);
    for (size_t i = 0; status == GR_OK && i < GR_COUNT(going); i++)
        status = remove_rows(ledger, going[i].table, err);
    return status == GR_OK ? check_references(ledger, err) : status;
}

gr_status gr_ledger_dispose(gr_ledger *ledger, gr_error *err)
{
    return gr_ledger_note(ledger, dispose(ledger, err));
}

/* Pages that were once shared out anew may hold remains of rows: the file is written afresh, and the log ended. */
gr_status gr_ledger_scrub(gr_ledger *ledger, gr_error *err)
{
    gr_statement s;
    bool is_busy;
    gr_status status =
        gr_ledger_execute(ledger,
                          "DROP TABLE IF EXISTS temp.due; DROP TABLE IF EXISTS temp.person; DROP "
                          "TABLE IF EXISTS temp.touch; "
                          "DROP TABLE IF EXISTS temp.old; PRAGMA secure_delete = ON; VACUUM",
                          err);

    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT, "PRAGMA wal_checkpoint(TRUNCATE)");
    is_busy = gr_statement_step(&s) && sqlite3_column_int(s.handle, 0) != 0;
    status = gr_statement_close(&s, err);
    if (status == GR_OK && is_busy)
        return gr_fail(err, GR_EBUSY, (gr_place){ ledger->path, 0, 0 },
                       "run it again when nobody reads the ledger: then its log is emptied too",
                       "the records are gone, but the ledger's log still holds them");
    return status;
}

/* ---- holds ---- */

static gr_status write_hold(gr_ledger *ledger, const char *kind, gr_text value, gr_text reason,
                            int64_t replaces, int64_t *number, gr_error *err)
{
    gr_status status = gr_run_row(ledger, err);
    gr_statement s;

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_HOLD, number, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "INSERT INTO hold (hold, run, kind, value, reason, replaces) "
                          "VALUES (?, ?, ?, ?, ?, ?)");
    gr_bind_number(&s, *number);
    gr_bind_number(&s, ledger->run);
    gr_bind_word(&s, kind);
    gr_bind_text(&s, value);
    gr_bind_text(&s, reason);
    if (replaces > 0)
        gr_bind_number(&s, replaces);
    else
        gr_bind_null(&s);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_hold_add(gr_ledger *ledger, const char *kind, gr_text value, gr_text reason,
                             int64_t *number, gr_error *err)
{
    return gr_ledger_note(ledger, write_hold(ledger, kind, value, reason, 0, number, err));
}

gr_status gr_ledger_hold_release(gr_ledger *ledger, int64_t hold, gr_text reason, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT 1 FROM hold AS h WHERE hold = ? AND kind <> 'release' AND NOT EXISTS "
        "(SELECT 1 FROM hold AS n WHERE n.replaces = h.hold)");
    bool is_there;
    int64_t number;
    gr_status status;

    gr_bind_number(&s, hold);
    is_there = gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status == GR_OK && !is_there)
        return gr_fail(err, GR_EINPUT, (gr_place){ ledger->path, 0, 0 },
                       "see giftrule ledger retention", "there is no hold %lld in force",
                       (long long)hold);
    if (status == GR_OK)
        status = write_hold(ledger, "release", GR_TEXT(""), reason, hold, &number, err);
    return gr_ledger_note(ledger, status);
}
