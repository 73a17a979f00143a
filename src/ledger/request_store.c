/* src/ledger/request_store.c - see request_store.h. */
#include "ledger/request_store.h"

#include "ledger/store.h"

/* ---- keeping ---- */

/* The row that a new revision replaces; 0: it is the first. */
static gr_status find_before(gr_ledger *ledger, gr_text number, int64_t *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT request FROM request WHERE number = ? ORDER BY revision DESC LIMIT 1");

    gr_bind_text(&s, number);
    *out = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : 0;
    return gr_statement_close(&s, err);
}

static gr_status insert(gr_ledger *ledger, int64_t key, int64_t before, const gr_request *r,
                        gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "INSERT INTO request (request, run, replaces, number, revision, state, account, giver_id, "
        "giver_name, stated, answer, note, approval) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?)");
    const gr_text texts[] = {
        r->account, r->giver_id, r->giver_name, r->stated, r->answer, r->note
    };

    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    if (before > 0)
        gr_bind_number(&s, before);
    else
        gr_bind_null(&s);
    gr_bind_text(&s, r->number);
    gr_bind_number(&s, r->revision);
    gr_bind_word(&s, gr_request_state_text(r->state));
    for (size_t i = 0; i < GR_COUNT(texts); i++)
        gr_bind_text(&s, texts[i]);
    gr_bind_optional(&s, r->approval);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

static gr_status add(gr_ledger *ledger, const gr_request *request, gr_error *err)
{
    int64_t key = 0, before = 0;
    gr_status status = gr_run_row(ledger, err);

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_REQUEST, &key, err);
    if (status == GR_OK)
        status = find_before(ledger, request->number, &before, err);
    return status == GR_OK ? insert(ledger, key, before, request, err) : status;
}

gr_status gr_ledger_request_add(gr_ledger *ledger, const gr_request *request, gr_error *err)
{
    return gr_ledger_note(ledger, add(ledger, request, err));
}

/* ---- reading ---- */

#define COLUMNS                                                                                    \
    "SELECT q.number, q.revision, q.state, q.account, q.giver_id, q.giver_name, q.stated, "        \
    "q.answer, q.note, q.approval, r.author, r.started, a.started FROM request AS q "              \
    "JOIN run AS r ON r.run = q.run JOIN request AS f ON f.number = q.number AND f.revision = 1 "  \
    "JOIN run AS a ON a.run = f.run "
#define IS_LAST "NOT EXISTS (SELECT 1 FROM request AS n WHERE n.replaces = q.request)"

static gr_status read_row(gr_ledger *ledger, sqlite3_stmt *row, gr_arena *arena, gr_request *out,
                          gr_error *err)
{
    gr_request r = { .revision = (int)sqlite3_column_int64(row, 1) };
    const struct {
        int column;
        gr_text *to;
    } texts[] = { { 0, &r.number },  { 3, &r.account }, { 4, &r.giver_id }, { 5, &r.giver_name },
                  { 6, &r.stated },  { 7, &r.answer },  { 8, &r.note },     { 9, &r.approval },
                  { 10, &r.author }, { 11, &r.moment }, { 12, &r.asked } };

    if (!gr_request_state_find(gr_column_text(row, 2), &r.state))
        return gr_ledger_damaged(ledger, "the state of a request", gr_column_text(row, 2), err);
    for (size_t i = 0; i < GR_COUNT(texts); i++) {
        *texts[i].to = gr_arena_copy(arena, gr_column_text(row, texts[i].column));
        if (!texts[i].to->ptr)
            return gr_fail_memory(err);
    }
    *out = r;
    return GR_OK;
}

static gr_status read_all(gr_statement *s, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_status status = GR_OK;

    while (status == GR_OK && gr_statement_step(s)) {
        gr_request r;

        status = read_row(s->ledger, s->handle, arena, &r, err);
        if (status == GR_OK && !gr_list_push(out, &r))
            status = gr_fail_memory(err);
    }
    return gr_statement_end(s, status, err);
}

gr_status gr_ledger_request_find(gr_ledger *ledger, gr_text number, gr_arena *arena,
                                 gr_request *out, bool *is_there, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_REQUEST, COLUMNS "WHERE q.number = ? ORDER BY q.revision DESC LIMIT 1");
    gr_status status = GR_OK;

    gr_bind_text(&s, number);
    *is_there = gr_statement_step(&s);
    if (*is_there)
        status = read_row(ledger, s.handle, arena, out, err);
    return gr_statement_end(&s, status, err);
}

gr_status gr_ledger_request_past(gr_ledger *ledger, gr_text number, gr_arena *arena, gr_list *out,
                                 gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT, COLUMNS "WHERE q.number = ? ORDER BY q.revision");

    gr_bind_text(&s, number);
    return read_all(&s, arena, out, err);
}

/* Only the conditions that are asked for, so that each finds its index. */
gr_status gr_ledger_requests(gr_ledger *ledger, const gr_request_sought *sought, gr_arena *arena,
                             gr_list *out, gr_error *err)
{
    gr_sql sql = gr_sql_open();
    gr_statement s;

    gr_sql_add(&sql, "%s", COLUMNS "WHERE " IS_LAST);
    if (sought->account.len > 0)
        gr_sql_add(&sql, " AND q.account = ?");
    if (sought->giver_id.len > 0)
        gr_sql_add(&sql, " AND q.giver_id = ?");
    if (sought->only_waiting)
        gr_sql_add(&sql, " AND q.state IN ('open', 'asked')");
    gr_sql_add(&sql, " ORDER BY f.request DESC");
    if (sought->most > 0)
        gr_sql_add(&sql, " LIMIT ?");
    s = gr_statement_open(ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    if (sought->account.len > 0)
        gr_bind_text(&s, sought->account);
    if (sought->giver_id.len > 0)
        gr_bind_text(&s, sought->giver_id);
    if (sought->most > 0)
        gr_bind_number(&s, (int64_t)sought->most);
    return read_all(&s, arena, out, err);
}

/* A number of more digits is the greater one, whatever its letters. */
gr_status gr_ledger_request_last(gr_ledger *ledger, gr_text beginning, uint64_t *out, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT substr(number, length(?1) + 1) FROM request WHERE number >= ?1 AND number < ?1 || "
        "':' ORDER BY length(number) DESC, number DESC LIMIT 1");

    *out = 0;
    gr_bind_text(&s, beginning);
    if (gr_statement_step(&s))
        gr_text_number(gr_column_text(s.handle, 0), UINT32_MAX, out);
    return gr_statement_close(&s, err);
}
