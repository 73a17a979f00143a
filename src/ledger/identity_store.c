/* src/ledger/identity_store.c - see identity_store.h. A decision is never changed: a later one names it. */
#include "ledger/identity_store.h"

#include "ledger/store.h"

static void bind_person(gr_statement *s, const gr_person *person)
{
    gr_bind_text(s, person->id);
    gr_bind_text(s, person->name);
    gr_bind_text(s, person->employer);
    gr_bind_text(s, person->email);
}

static gr_status add(gr_ledger *ledger, const gr_identity *identity, int64_t replaces,
                     gr_error *err)
{
    int64_t key = 0;
    gr_status status = gr_run_row(ledger, err);
    gr_statement s;

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_IDENTITY, &key, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "INSERT INTO identity (identity, run, kind, says, a_id, a_name, "
                          "a_employer, a_email, b_id, b_name, b_employer, b_email, reason, "
                          "replaces) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    gr_bind_word(&s, gr_identity_kind_text(identity->kind));
    gr_bind_word(&s, gr_identity_says_text(identity->says));
    bind_person(&s, &identity->a);
    bind_person(&s, &identity->b);
    gr_bind_text(&s, identity->reason);
    if (replaces > 0)
        gr_bind_number(&s, replaces);
    else
        gr_bind_null(&s);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_identity_add(gr_ledger *ledger, const gr_identity *identity, int64_t replaces,
                                 gr_error *err)
{
    return gr_ledger_note(ledger, add(ledger, identity, replaces, err));
}

static gr_person person_at(sqlite3_stmt *row, int column)
{
    return (gr_person){ gr_column_text(row, column), gr_column_text(row, column + 1),
                        gr_column_text(row, column + 2), gr_column_text(row, column + 3) };
}

static gr_status pass(gr_ledger *ledger, sqlite3_stmt *row, gr_on_identity take, void *context,
                      gr_error *err)
{
    gr_identity one = { .number = sqlite3_column_int64(row, 0),
                        .a = person_at(row, 3),
                        .b = person_at(row, 7),
                        .reason = gr_column_text(row, 11),
                        .author = gr_column_text(row, 12),
                        .moment = gr_column_text(row, 13),
                        .is_past = sqlite3_column_int(row, 14) != 0 };

    if (!gr_identity_kind_find(gr_column_text(row, 1), &one.kind))
        return gr_ledger_damaged(ledger, "the kind of a decision", gr_column_text(row, 1), err);
    if (!gr_identity_says_find(gr_column_text(row, 2), &one.says))
        return gr_ledger_damaged(ledger, "the sense of a decision", gr_column_text(row, 2), err);
    return take(context, &one, err);
}

gr_status gr_ledger_each_identity(gr_ledger *ledger, gr_on_identity take, void *context,
                                  gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_IDENTITY,
        "SELECT i.identity, i.kind, i.says, i.a_id, i.a_name, i.a_employer, i.a_email, i.b_id, "
        "i.b_name, i.b_employer, i.b_email, i.reason, r.author, r.started, "
        "EXISTS (SELECT 1 FROM identity AS n WHERE n.replaces = i.identity AND n.run <= ?1) "
        "FROM identity AS i JOIN run AS r ON r.run = i.run WHERE i.run <= ?1 ORDER BY i.identity");
    gr_status status = GR_OK;

    gr_bind_number(&s, gr_ledger_horizon(ledger));
    while (status == GR_OK && gr_statement_step(&s))
        status = pass(ledger, s.handle, take, context, err);
    return gr_statement_end(&s, status, err);
}
