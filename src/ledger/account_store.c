/* src/ledger/account_store.c - see account_store.h. Accounts and tokens share one table, and their names: an author in the
 * trail is one of both. */
#include "ledger/account_store.h"

#include "ledger/store.h"

/* ---- accounts ---- */

static gr_status find_before(gr_ledger *ledger, gr_text name, int64_t *out, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT, "SELECT max(account) FROM account WHERE name = ?");

    gr_bind_text(&s, name);
    *out = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : 0;
    return gr_statement_close(&s, err);
}

static gr_status insert(gr_ledger *ledger, int64_t key, int64_t before, const gr_account *a,
                        gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "INSERT INTO account (account, run, replaces, name, shown, role, giver, scopes, password, "
        "is_closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    if (before > 0)
        gr_bind_number(&s, before);
    else
        gr_bind_null(&s);
    gr_bind_text(&s, a->name);
    gr_bind_text(&s, a->shown);
    gr_bind_word(&s, gr_role_text(a->role));
    gr_bind_text(&s, a->giver);
    gr_bind_number(&s, a->scopes);
    gr_bind_text(&s, a->password);
    gr_bind_number(&s, a->is_closed);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

static gr_status add(gr_ledger *ledger, const gr_account *account, gr_error *err)
{
    int64_t key = 0, before = 0;
    gr_status status = gr_run_row(ledger, err);

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_ACCOUNT, &key, err);
    if (status == GR_OK)
        status = find_before(ledger, account->name, &before, err);
    return status == GR_OK ? insert(ledger, key, before, account, err) : status;
}

gr_status gr_ledger_account_add(gr_ledger *ledger, const gr_account *account, gr_error *err)
{
    return gr_ledger_note(ledger, add(ledger, account, err));
}

#define COLUMNS                                                                                    \
    "SELECT a.name, a.shown, a.role, a.giver, a.scopes, a.password, a.is_closed FROM account AS "  \
    "a WHERE NOT EXISTS (SELECT 1 FROM account AS n WHERE n.replaces = a.account) "

static gr_status read_account(gr_ledger *ledger, sqlite3_stmt *row, gr_arena *arena,
                              gr_account *out, gr_error *err)
{
    gr_account a = { .name = gr_arena_copy(arena, gr_column_text(row, 0)),
                     .shown = gr_arena_copy(arena, gr_column_text(row, 1)),
                     .giver = gr_arena_copy(arena, gr_column_text(row, 3)),
                     .scopes = (uint32_t)sqlite3_column_int64(row, 4),
                     .password = gr_arena_copy(arena, gr_column_text(row, 5)),
                     .is_closed = sqlite3_column_int64(row, 6) != 0 };

    if (!gr_role_find(gr_column_text(row, 2), &a.role))
        return gr_ledger_damaged(ledger, "the role of an account", gr_column_text(row, 2), err);
    if (!a.name.ptr || !a.shown.ptr || !a.giver.ptr || !a.password.ptr)
        return gr_fail_memory(err);
    *out = a;
    return GR_OK;
}

static gr_status find_one(gr_statement *s, gr_text by, gr_arena *arena, gr_account *out,
                          bool *is_there, gr_error *err)
{
    gr_status status = GR_OK;

    gr_bind_text(s, by);
    *is_there = gr_statement_step(s);
    if (*is_there)
        status = read_account(s->ledger, s->handle, arena, out, err);
    return gr_statement_end(s, status, err);
}

gr_status gr_ledger_account_find(gr_ledger *ledger, gr_text name, gr_arena *arena, gr_account *out,
                                 bool *is_there, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_ACCOUNT, COLUMNS "AND a.name = ?");

    return find_one(&s, name, arena, out, is_there, err);
}

gr_status gr_ledger_token_find(gr_ledger *ledger, gr_text digest, gr_arena *arena, gr_account *out,
                               bool *is_there, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_TOKEN,
                                       COLUMNS "AND a.password = ? AND a.role = 'system'");

    return find_one(&s, digest, arena, out, is_there, err);
}

gr_status gr_ledger_accounts(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT, COLUMNS "ORDER BY a.name");
    gr_status status = GR_OK;

    while (status == GR_OK && gr_statement_step(&s)) {
        gr_account a;

        status = read_account(ledger, s.handle, arena, &a, err);
        if (status == GR_OK && !gr_list_push(out, &a))
            status = gr_fail_memory(err);
    }
    return gr_statement_end(&s, status, err);
}

/* ---- answers ---- */

static gr_status add_answer(gr_ledger *ledger, const gr_kept_answer *a, gr_error *err)
{
    int64_t key = 0;
    gr_status status = gr_run_row(ledger, err);
    gr_statement s;

    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_ONCE, &key, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "INSERT INTO once (once, run, account, key, digest, status, type, reply) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    gr_bind_text(&s, a->account);
    gr_bind_text(&s, a->key);
    gr_bind_text(&s, a->digest);
    gr_bind_number(&s, a->status);
    gr_bind_text(&s, a->type);
    gr_bind_text(&s, a->reply);
    gr_statement_step(&s);
    ledger->written++;
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_answer_add(gr_ledger *ledger, const gr_kept_answer *answer, gr_error *err)
{
    return gr_ledger_note(ledger, add_answer(ledger, answer, err));
}

gr_status gr_ledger_answer_find(gr_ledger *ledger, gr_text account, gr_text key, gr_arena *arena,
                                gr_kept_answer *out, bool *is_there, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_ONCE,
        "SELECT digest, status, type, reply FROM once WHERE account = ? AND key = ?");
    gr_kept_answer a = { .account = account, .key = key };

    gr_bind_text(&s, account);
    gr_bind_text(&s, key);
    *is_there = gr_statement_step(&s);
    if (!*is_there)
        return gr_statement_close(&s, err);
    a.digest = gr_arena_copy(arena, gr_column_text(s.handle, 0));
    a.status = (int)sqlite3_column_int64(s.handle, 1);
    a.type = gr_arena_copy(arena, gr_column_text(s.handle, 2));
    a.reply = gr_arena_copy(arena, gr_column_text(s.handle, 3));
    if (!a.digest.ptr || !a.type.ptr || !a.reply.ptr)
        return gr_statement_end(&s, gr_fail_memory(err), err);
    *out = a;
    return gr_statement_close(&s, err);
}
