/* src/ledger/known.c - see known.h. All but the list of passing recipients go by row numbers: they cost nothing. */
#include "ledger/known.h"

#include "ledger/store.h"

#include <stdio.h>
#include <string.h>

#define LAST_ROWS                                                                                  \
    "(SELECT coalesce(max(record), 0) FROM record), "                                              \
    "(SELECT coalesce(max(recipient), 0) FROM recipient), "                                        \
    "(SELECT coalesce(max(identity), 0) FROM identity), "                                          \
    "(SELECT coalesce(max(disposed), 0) FROM disposed)"

static void read_rows(sqlite3_stmt *row, gr_known_until *out)
{
    gr_text hash = gr_column_text(row, 5);

    *out = (gr_known_until){ .run = sqlite3_column_int64(row, 4),
                             .record = sqlite3_column_int64(row, 0),
                             .recipient = sqlite3_column_int64(row, 1),
                             .identity = sqlite3_column_int64(row, 2),
                             .disposed = sqlite3_column_int64(row, 3) };
    snprintf(out->hash, sizeof out->hash, "%.*s", GR_ALL(hash));
}

gr_status gr_ledger_known_until(gr_ledger *ledger, gr_known_until *out, gr_error *err)
{
    gr_status status = gr_records_flush(ledger, err);
    gr_statement s;

    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT " LAST_ROWS ", run, hash FROM run WHERE hash IS NOT NULL UNION "
                          "ALL SELECT " LAST_ROWS ", 0, '' ORDER BY run DESC LIMIT 1");
    *out = (gr_known_until){ .run = 0 };
    if (gr_statement_step(&s))
        read_rows(s.handle, out);
    return gr_statement_close(&s, err);
}

/* Something else than an approval, or what takes one back, behind a row? */
static gr_status has_news(gr_ledger *ledger, int64_t record, bool *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_KNOWN_AFTER,
        "SELECT 1 FROM record WHERE record > ? AND (format <> 'approvals' OR record_kind NOT IN "
        "('approval', 'retraction')) LIMIT 1");

    gr_bind_number(&s, record);
    *out = gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_is_known(gr_ledger *ledger, const gr_known_until *until, int64_t *record,
                             bool *out, gr_error *err)
{
    gr_known_until now = { .run = 0 };
    bool is_news = false;
    gr_statement s;
    gr_status status = gr_records_flush(ledger, err);

    *out = false;
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_KNOWN,
                          "SELECT " LAST_ROWS
                          ", ?1, coalesce((SELECT hash FROM run WHERE run = ?1), '')");
    gr_bind_number(&s, until->run);
    if (gr_statement_step(&s))
        read_rows(s.handle, &now);
    status = gr_statement_close(&s, err);
    if (status != GR_OK || strcmp(now.hash, until->hash) != 0 || now.identity != until->identity ||
        now.disposed != until->disposed || now.record < until->record ||
        now.recipient < until->recipient)
        return status;
    if (now.record > *record)
        status = has_news(ledger, *record, &is_news, err);
    *out = status == GR_OK && !is_news;
    if (*out)
        *record = now.record;
    return status;
}

gr_status gr_ledger_parties_after(gr_ledger *ledger, int64_t row, gr_on_party take, void *context,
                                  gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_PARTIES_AFTER,
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

static gr_status approved_parties(gr_ledger *ledger, gr_list *rows, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "WITH approved AS (SELECT record, recipient FROM record WHERE record_kind = 'approval') "
        "SELECT recipient FROM approved WHERE recipient IS NOT NULL UNION ALL "
        "SELECT f.recipient FROM approved AS a JOIN further_recipient AS f ON f.record = a.record");
    bool fits = true;

    while (fits && gr_statement_step(&s)) {
        int64_t row = sqlite3_column_int64(s.handle, 0);

        fits = gr_list_push(rows, &row);
    }
    return gr_statement_end(&s, fits ? GR_OK : gr_fail_memory(err), err);
}

gr_status gr_ledger_passing_parties(gr_ledger *ledger, gr_list *rows, gr_error *err)
{
    gr_status status = gr_ledger_doubtful_parties(ledger, rows, err);

    return status == GR_OK ? approved_parties(ledger, rows, err) : status;
}
