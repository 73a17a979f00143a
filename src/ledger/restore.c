/* src/ledger/restore.c - see restore.h. */
#include "ledger/restore.h"

#include "ledger/store.h"

static gr_status read_last(gr_ledger *ledger, int64_t *out, gr_error *err)
{
    return gr_ledger_number(ledger, "SELECT max(run) FROM run", out, err);
}

/* Whether the backup has the entry, with the same hash. */
static gr_status find_same(gr_ledger *backup, int64_t run, gr_text hash, bool *out, gr_error *err)
{
    gr_statement s =
        gr_statement_open(backup, GR_KEPT_NOT, "SELECT 1 FROM run WHERE run = ? AND hash = ?");

    gr_bind_number(&s, run);
    gr_bind_text(&s, hash);
    *out = gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_lacking(gr_ledger *there, gr_ledger *backup, gr_lacking *out, gr_error *err)
{
    int64_t last = 0;
    gr_status status = read_last(backup, &last, err);
    gr_statement s;

    *out = (gr_lacking){ 0 };
    if (status == GR_OK)
        status = read_last(there, &out->last, err);
    if (status != GR_OK)
        return status;
    if (out->last > last)
        out->first = last + 1, out->until = out->last;
    s = gr_statement_open(there, GR_KEPT_NOT, "SELECT run, hash FROM run ORDER BY run");
    while (status == GR_OK && out->differs == 0 && gr_statement_step(&s)) {
        int64_t run = sqlite3_column_int64(s.handle, 0);
        bool is_same = true;

        if (run <= last)
            status = find_same(backup, run, gr_column_text(s.handle, 1), &is_same, err);
        if (status == GR_OK && !is_same)
            out->differs = run;
    }
    if (status != GR_OK) {
        gr_error ignored;

        gr_statement_close(&s, &ignored);
        return status;
    }
    return gr_statement_close(&s, err);
}

/* A log is given up only when nobody else has the ledger open. */
gr_status gr_ledger_retire(const char *path, gr_error *err)
{
    gr_ledger *ledger = NULL;
    gr_statement s;
    bool is_done;
    gr_status status = gr_ledger_open_present(path, &ledger, err);

    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT, "PRAGMA journal_mode = DELETE");
    is_done = gr_statement_step(&s) && gr_text_is(gr_column_text(s.handle, 0), "delete");
    status = gr_statement_close(&s, err);
    if (status == GR_OK && !is_done)
        status = gr_fail(err, GR_EBUSY, (gr_place){ path, 0, 0 },
                         "wait until it is done, then run again",
                         "the ledger is in use by another process");
    gr_ledger_close(ledger);
    return status;
}

gr_status gr_ledger_entry_add(gr_ledger *ledger, gr_error *err)
{
    ledger->written++;
    return gr_ledger_note(ledger, gr_run_row(ledger, err));
}
