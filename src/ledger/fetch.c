/* src/ledger/fetch.c - see fetch.h. Each statement is used thousands of times in a run, and goes by an index. */
#include "ledger/fetch.h"

#include "ledger/store.h"

static gr_status add_numbers(gr_statement *s, gr_list *rows, gr_error *err)
{
    bool fits = true;

    while (fits && gr_statement_step(s)) {
        int64_t row = sqlite3_column_int64(s->handle, 0);

        fits = gr_list_push(rows, &row);
    }
    return gr_statement_end(s, fits ? GR_OK : gr_fail_memory(err), err);
}

/* ---- recipients ---- */

gr_status gr_ledger_each_party(gr_ledger *ledger, gr_on_party take, void *context, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT recipient, recipient_id, name, employer, email FROM recipient");
    gr_status status = GR_OK;

    while (status == GR_OK && gr_statement_step(&s)) {
        gr_person person = { gr_column_text(s.handle, 1), gr_column_text(s.handle, 2),
                             gr_column_text(s.handle, 3), gr_column_text(s.handle, 4) };

        status = take(context, sqlite3_column_int64(s.handle, 0), &person, err);
    }
    return gr_statement_end(&s, status, err);
}

gr_status gr_ledger_party_read(gr_ledger *ledger, int64_t row, gr_on_party take, void *context,
                               gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_PARTY,
                                       "SELECT recipient_id, name, employer, email FROM recipient "
                                       "WHERE recipient = ?");
    gr_status status = GR_OK;

    gr_bind_number(&s, row);
    if (gr_statement_step(&s)) {
        gr_person person = { gr_column_text(s.handle, 0), gr_column_text(s.handle, 1),
                             gr_column_text(s.handle, 2), gr_column_text(s.handle, 3) };

        status = take(context, row, &person, err);
    }
    return gr_statement_end(&s, status, err);
}

gr_status gr_ledger_doubtful_parties(gr_ledger *ledger, gr_list *rows, gr_error *err)
{
    gr_status status = gr_records_flush(ledger, err);
    gr_statement s;

    if (status != GR_OK)
        return status;
    s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "WITH gone AS (SELECT replaces AS record FROM record WHERE replaces IS NOT NULL) "
        "SELECT recipient FROM gone JOIN record USING (record) WHERE recipient IS NOT NULL "
        "UNION SELECT recipient FROM gone JOIN further_recipient USING (record)");
    return add_numbers(&s, rows, err);
}

#define IN_FORCE(record, last)                                                                     \
    record ".record <= " last " AND " record ".record_kind <> 'retraction' AND NOT EXISTS "        \
           "(SELECT 1 FROM record AS n WHERE n.replaces = " record ".record AND n.record <= " last \
           ")"

#define LIVES(last)                                                                                \
    "EXISTS (SELECT 1 FROM record AS r WHERE r.recipient = ?1 AND " IN_FORCE(                      \
        "r",                                                                                       \
        last) ") OR EXISTS (SELECT 1 FROM further_recipient AS f JOIN record AS r USING (record) " \
              "WHERE f.recipient = ?1 AND " IN_FORCE("r", last) ")"

gr_status gr_ledger_party_life(gr_ledger *ledger, int64_t row, bool *before, bool *now,
                               gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_LIFE,
                                       "SELECT " LIVES("?2") ", " LIVES("9223372036854775807"));

    gr_bind_number(&s, row);
    gr_bind_number(&s, ledger->base);
    if (gr_statement_step(&s)) {
        *before = sqlite3_column_int(s.handle, 0) != 0;
        *now = sqlite3_column_int(s.handle, 1) != 0;
    }
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_records_of(gr_ledger *ledger, int64_t row, gr_list *records, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_RECORDS_OF,
        "SELECT r.record FROM record AS r WHERE r.recipient = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM record AS n WHERE n.replaces = r.record) UNION ALL "
        "SELECT f.record FROM further_recipient AS f WHERE f.recipient = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM record AS n WHERE n.replaces = f.record)");

    gr_bind_number(&s, row);
    return add_numbers(&s, records, err);
}

gr_status gr_ledger_records_in_force(gr_ledger *ledger, gr_list *records, gr_error *err)
{
    gr_status status = gr_records_flush(ledger, err);
    gr_statement s;

    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT r.record FROM record AS r WHERE "
                          "NOT EXISTS (SELECT 1 FROM record AS n WHERE n.replaces = r.record)");
    return add_numbers(&s, records, err);
}

gr_status gr_ledger_record_find(gr_ledger *ledger, gr_text format, gr_text id, int64_t *row,
                                gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_FIND_LATEST,
                                       "SELECT record FROM record WHERE id = ? AND format = ? AND "
                                       "record <= ? ORDER BY revision DESC LIMIT 1");

    *row = 0;
    gr_bind_text(&s, id);
    gr_bind_text(&s, format);
    gr_bind_number(&s, ledger->is_reading ? INT64_MAX : ledger->base);
    if (gr_statement_step(&s))
        *row = sqlite3_column_int64(s.handle, 0);
    return gr_statement_close(&s, err);
}

/* ---- what stands ---- */

gr_status gr_ledger_each_standing(gr_ledger *ledger, gr_on_standing take, void *context,
                                  gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT giver_id, giver_name, gifts, recipients FROM standing AS s WHERE run <= ?1 AND "
        "NOT EXISTS (SELECT 1 FROM standing AS n WHERE n.replaces = s.standing AND n.run <= ?1) "
        "ORDER BY standing");
    gr_status status = GR_OK;

    gr_bind_number(&s, gr_ledger_horizon(ledger));
    while (status == GR_OK && gr_statement_step(&s)) {
        gr_standing one = { gr_column_text(s.handle, 0), gr_column_text(s.handle, 1),
                            (uint64_t)sqlite3_column_int64(s.handle, 2),
                            (uint64_t)sqlite3_column_int64(s.handle, 3) };

        status = take(context, &one, err);
    }
    return gr_statement_end(&s, status, err);
}

gr_status gr_ledger_totals_find(gr_ledger *ledger, gr_totals *out, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT gifts, recipients, expenses FROM run WHERE hash IS NOT NULL "
                          "ORDER BY run DESC LIMIT 1");

    *out = (gr_totals){ 0, 0, 0 };
    if (gr_statement_step(&s))
        *out = (gr_totals){ (uint64_t)sqlite3_column_int64(s.handle, 0),
                            (uint64_t)sqlite3_column_int64(s.handle, 1),
                            (uint64_t)sqlite3_column_int64(s.handle, 2) };
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_is_judged_by(gr_ledger *ledger, gr_text sha256, bool *out, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "SELECT 1 FROM rules WHERE sha256 = ? AND rules = "
                                       "(SELECT rules FROM run ORDER BY run DESC LIMIT 1)");

    gr_bind_text(&s, sha256);
    *out = gr_statement_step(&s) && ledger->indexed;
    return gr_statement_close(&s, err);
}
