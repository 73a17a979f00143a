/* src/ledger/quarantine_store.c - records that could not be read, each place of each file once. */
#include "ledger/store.h"

#include <string.h>

static gr_status keep_quarantine(gr_ledger *ledger, const gr_quarantined *q, gr_error *err)
{
    gr_status status = gr_source_row(ledger, err);
    gr_statement s;
    int64_t key;

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_QUARANTINED, &key, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(
        ledger, GR_KEPT_QUARANTINE,
        "INSERT OR IGNORE INTO quarantined (quarantined, source, line, \"column\", "
        "file, id, message, hint, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->source);
    gr_bind_number(&s, q->error.line);
    gr_bind_number(&s, q->error.column);
    gr_bind_word(&s, q->error.file);
    gr_bind_optional(&s, q->record);
    gr_bind_word(&s, q->error.message);
    gr_bind_word(&s, q->error.hint);
    gr_bind_text(&s, q->raw);
    gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status == GR_OK && sqlite3_changes(ledger->db) > 0) {
        ledger->written++;
        ledger->source_quarantined++;
    }
    return status;
}

gr_status gr_ledger_quarantine_add(gr_ledger *ledger, const gr_quarantined *quarantined,
                                   gr_error *err)
{
    return gr_ledger_note(ledger, keep_quarantine(ledger, quarantined, err));
}

/* The digest of the file is known now. What the same file has brought before goes again; nobody has
 * seen it, the transaction is still open. */
gr_status gr_quarantine_end(gr_ledger *ledger, const gr_source *source, gr_error *err)
{
    gr_statement s;
    gr_status status;
    uint64_t gone;

    if (ledger->source_quarantined == 0)
        return GR_OK;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "DELETE FROM quarantined AS q WHERE q.source = ?1 AND EXISTS ("
                          "SELECT 1 FROM source AS s JOIN quarantined AS o ON o.source = s.source "
                          "WHERE s.sha256 = ?2 AND s.source <> ?1 AND o.line = q.line "
                          "AND o.\"column\" = q.\"column\")");
    gr_bind_number(&s, ledger->source);
    gr_bind_word(&s, source->sha256);
    gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status != GR_OK)
        return status;
    gone = (uint64_t)sqlite3_changes(ledger->db);
    ledger->written -= gone;
    ledger->source_quarantined -= gone;
    return GR_OK;
}

static void copy_text(char *to, size_t size, gr_text text)
{
    size_t n = gr_text_cut(text, size - 1);

    memcpy(to, text.ptr, n);
    to[n] = '\0';
}

/* In the first run records have no index yet: they are gone through once, and looked up in the quarantine. */
#define OPEN_QUARANTINE(tables)                                                                    \
    "SELECT line, \"column\", file, message, hint, id, raw FROM quarantined "                      \
    "WHERE source <= ?1 AND source > ?2 AND quarantined NOT IN (SELECT q.quarantined FROM " tables \
    " JOIN source AS s ON s.source = q.source WHERE r.id = q.id AND r.format = s.format "          \
    "AND r.source > q.source AND r.source <= ?1) ORDER BY quarantined"

/* Sources are numbered as they come, so that the last one of a run tells those of its time. */
static gr_status find_last_source(gr_ledger *ledger, int64_t run, int64_t *out, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT, "SELECT max(source) FROM source WHERE run <= ?");

    gr_bind_number(&s, run);
    *out = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : 0;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_each_quarantined(gr_ledger *ledger, int64_t run, int64_t since,
                                     gr_on_quarantined take, void *context, gr_error *err)
{
    gr_status status = gr_records_flush(ledger, err);
    gr_statement s;
    int64_t last = 0, before = 0;

    if (status == GR_OK)
        status = gr_records_find_index(ledger, err);
    if (status == GR_OK)
        status = find_last_source(ledger, run, &last, err);
    if (status == GR_OK)
        status = find_last_source(ledger, since, &before, err);
    if (status != GR_OK)
        return gr_ledger_note(ledger, status);
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          ledger->indexed
                              ? OPEN_QUARANTINE("quarantined AS q CROSS JOIN record AS r")
                              : OPEN_QUARANTINE("record AS r CROSS JOIN quarantined AS q"));
    gr_bind_number(&s, last);
    gr_bind_number(&s, before);
    while (status == GR_OK && gr_statement_step(&s)) {
        gr_quarantined q = { 0 };

        q.error.status = GR_EINPUT;
        q.error.line = (uint32_t)sqlite3_column_int64(s.handle, 0);
        q.error.column = (uint32_t)sqlite3_column_int64(s.handle, 1);
        copy_text(q.error.file, sizeof q.error.file, gr_column_text(s.handle, 2));
        copy_text(q.error.message, sizeof q.error.message, gr_column_text(s.handle, 3));
        copy_text(q.error.hint, sizeof q.error.hint, gr_column_text(s.handle, 4));
        q.record = gr_column_text(s.handle, 5);
        q.raw = gr_column_text(s.handle, 6);
        status = take(context, &q, err);
    }
    return gr_statement_end(&s, status, err);
}
