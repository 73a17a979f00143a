/* src/ledger/people_find.c - see people_find.h. */
#include "ledger/people_find.h"

#include "ledger/store.h"

#include <stdio.h>

gr_status gr_ledger_extent_find(gr_ledger *ledger, gr_ledger_extent *out, gr_error *err)
{
    gr_status status = gr_records_flush(ledger, err);
    gr_statement s;

    if (status != GR_OK)
        return status;
    s = gr_statement_open(
        ledger, GR_KEPT_EXTENT,
        "SELECT coalesce((SELECT max(recipient) FROM recipient), 0), "
        "coalesce((SELECT max(record) FROM record WHERE " GR_ROSTER_KINDS("") "), 0)");
    *out = (gr_ledger_extent){ 0, 0 };
    if (gr_statement_step(&s)) {
        out->recipient = sqlite3_column_int64(s.handle, 0);
        out->roster = sqlite3_column_int64(s.handle, 1);
    }
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_run_hash(gr_ledger *ledger, int64_t run, char hash[72], gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_RUN_HASH, "SELECT hash FROM run WHERE run = ?");

    hash[0] = '\0';
    gr_bind_number(&s, run);
    if (gr_statement_step(&s))
        snprintf(hash, 72, "%.*s", GR_SHOW(gr_column_text(s.handle, 0)));
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_each_party_since(gr_ledger *ledger, int64_t row, gr_on_party take,
                                     void *context, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_PARTY_SINCE,
                                       "SELECT recipient, recipient_id, name, employer, email FROM "
                                       "recipient WHERE recipient > ? ORDER BY recipient");
    gr_status status = GR_OK;

    gr_bind_number(&s, row);
    while (status == GR_OK && gr_statement_step(&s)) {
        gr_person person = { gr_column_text(s.handle, 1), gr_column_text(s.handle, 2),
                             gr_column_text(s.handle, 3), gr_column_text(s.handle, 4) };

        status = take(context, sqlite3_column_int64(s.handle, 0), &person, err);
    }
    return gr_statement_end(&s, status, err);
}
