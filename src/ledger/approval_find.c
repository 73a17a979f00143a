/* src/ledger/approval_find.c - see approval_find.h. */
#include "ledger/approval_find.h"

#include "ledger/store.h"

#include <string.h>

gr_status gr_ledger_reading_start(gr_ledger *ledger, gr_error *err)
{
    gr_status status = gr_ledger_reading_end(ledger, err); /* opening began one */

    return status == GR_OK ? gr_ledger_execute(ledger, "BEGIN", err) : status;
}

gr_status gr_ledger_reading_end(gr_ledger *ledger, gr_error *err)
{
    return sqlite3_get_autocommit(ledger->db) ? GR_OK : gr_ledger_execute(ledger, "COMMIT", err);
}

gr_status gr_ledger_run_find(gr_ledger *ledger, int64_t *out, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_LAST_RUN, "SELECT coalesce(max(run), 0) FROM run");

    *out = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : 0;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_approval_is_used(gr_ledger *ledger, gr_text number, bool *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_APPROVAL_USED,
        "SELECT 1 FROM record AS r WHERE r.approval = ? AND r.record_kind IN ('gift', 'expense') "
        "AND NOT EXISTS (SELECT 1 FROM record AS n WHERE n.replaces = r.record)");

    gr_bind_text(&s, number);
    *out = gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

/* A number of more digits is the greater one, whatever its letters. */
gr_status gr_ledger_approval_last(gr_ledger *ledger, gr_text beginning, uint64_t *out,
                                  gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_APPROVAL_LAST,
        "SELECT substr(id, length(?1) + 1) FROM record WHERE id >= ?1 AND id < ?1 || ':' AND "
        "format = 'approvals' ORDER BY length(id) DESC, id DESC LIMIT 1");
    gr_status status = gr_records_flush(ledger, err);

    *out = 0;
    if (status != GR_OK)
        return gr_statement_end(&s, status, err);
    gr_bind_text(&s, beginning);
    if (gr_statement_step(&s))
        gr_text_number(gr_column_text(s.handle, 0), UINT32_MAX, out);
    return gr_statement_close(&s, err);
}
