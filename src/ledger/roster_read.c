/* src/ledger/roster_read.c - see roster_read.h. Lines of a roster are few among many gifts: they have an index of their own. */
#include "ledger/roster_read.h"

#include "ledger/store.h"

static gr_status find_rows(gr_ledger *ledger, int64_t run, gr_list *rows, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT r.record FROM record AS r JOIN source AS s ON s.source = r.source "
        "WHERE " GR_ROSTER_KINDS(
            "r.") " AND s.run <= ?1 AND NOT EXISTS (SELECT 1 FROM record AS n JOIN "
                  "source AS t ON t.source = n.source WHERE n.replaces = r.record AND t.run <= ?1) "
                  "ORDER BY r.record");
    bool fits = true;

    gr_bind_number(&s, run);
    while (fits && gr_statement_step(&s)) {
        int64_t row = sqlite3_column_int64(s.handle, 0);

        fits = gr_list_push(rows, &row);
    }
    return gr_statement_end(&s, fits ? GR_OK : gr_fail_memory(err), err);
}

gr_status gr_ledger_each_roster_line(gr_ledger *ledger, int64_t run, gr_on_record take,
                                     void *context, gr_error *err)
{
    gr_list rows = GR_LIST(int64_t);
    gr_fetcher *fetcher = NULL;
    gr_status status = find_rows(ledger, run, &rows, err);

    if (status == GR_OK && rows.count > 0)
        status = gr_fetcher_open(ledger, &fetcher, err);
    for (size_t i = 0; status == GR_OK && i < rows.count; i++)
        status = gr_fetcher_fetch(fetcher, *GR_AT(rows, int64_t, i), take, context, err);
    gr_fetcher_close(fetcher);
    gr_list_free(&rows);
    return status;
}

gr_status gr_ledger_has_found(gr_ledger *ledger, const char *rule, const char *but_kind, bool *out,
                              gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT 1 FROM finding AS f WHERE rule = ? AND kind <> ? AND verdict <> "
                          "'withdrawn' AND NOT EXISTS "
                          "(SELECT 1 FROM finding AS n WHERE n.replaces = f.finding) LIMIT 1");

    gr_bind_word(&s, rule);
    gr_bind_word(&s, but_kind);
    *out = gr_statement_step(&s);
    return gr_statement_close(&s, err);
}
