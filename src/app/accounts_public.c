/* src/app/accounts_public.c - accounts as giftrule.h has them: texts of a command line become an account. */
#include "app/accounts.h"
#include "base/os.h"
#include "report/accounts.h"

#include <string.h>

static gr_status read_role(const char *word, gr_role *out, gr_error *err)
{
    if (word && gr_role_find(gr_text_of(word), out) && *out != GR_ROLE_SYSTEM)
        return GR_OK;
    return gr_fail(err, GR_EUSAGE, (gr_place){ "role", 0, 0 },
                   "one of executive, supervisor, officer, auditor, administrator",
                   word ? "'%.60s' is no role" : "say the role of a new account", word ? word : "");
}

static gr_status read_scopes(const char *words, uint32_t *out, gr_error *err)
{
    gr_text rest = gr_text_of(words), word;

    while (gr_text_word(&rest, &word)) {
        uint32_t scope = gr_scope_find(word);

        if (scope == 0)
            return gr_fail(err, GR_EUSAGE, (gr_place){ "scopes", 0, 0 },
                           "some of check, reserve, findings, decide, reports",
                           "'%.*s' is no scope", GR_SHOW(word));
        *out |= scope;
    }
    if (*out == 0)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "scopes", 0, 0 },
                       "some of check, reserve, findings, decide, reports",
                       "a token needs a scope");
    return GR_OK;
}

/* What is there and was not given anew stays; closed accounts too may be changed, and are opened again by that. */
static gr_status find_before(gr_ledger *ledger, gr_text name, gr_arena *arena, gr_account *out,
                             bool *is_there, gr_error *err)
{
    gr_list all = GR_LIST(gr_account);
    gr_status status = gr_accounts_list(ledger, arena, &all, err);

    *is_there = false;
    for (size_t i = 0; status == GR_OK && i < all.count; i++) {
        if (gr_text_equal(GR_AT(all, gr_account, i)->name, name)) {
            *out = *GR_AT(all, gr_account, i);
            *is_there = true;
        }
    }
    gr_list_free(&all);
    return status;
}

static gr_status close_token(gr_ledger *ledger, gr_account token, const gr_account_options *o,
                             gr_error *err)
{
    token.is_closed = true;
    return gr_account_put(ledger, &token, NULL, gr_text_of(o->author), err);
}

static gr_status put(gr_ledger *ledger, const gr_account_options *o, gr_arena *arena, gr_error *err)
{
    gr_account a = { .name = gr_text_of(o->name), .shown = gr_text_of(o->name) };
    bool is_there;
    gr_status status = find_before(ledger, a.name, arena, &a, &is_there, err);

    if (status == GR_OK && is_there && a.role == GR_ROLE_SYSTEM && o->closes)
        return close_token(ledger, a, o, err);
    if (status == GR_OK && (o->role || !is_there))
        status = read_role(o->role, &a.role, err);
    if (o->shown)
        a.shown = gr_text_of(o->shown);
    if (o->giver)
        a.giver = gr_text_of(o->giver);
    a.is_closed = o->closes;
    return status == GR_OK ? gr_account_put(ledger, &a, o->password, gr_text_of(o->author), err)
                           : status;
}

static gr_status check_named(const gr_account_options *o, gr_error *err)
{
    return o->name && *o->name ? GR_OK
                               : gr_fail(err, GR_EUSAGE, (gr_place){ "name", 0, 0 },
                                         "say its name, like dana", "an account has a name");
}

gr_status gr_account_keep(const gr_account_options *o, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = NULL;
    gr_status status = arena ? check_named(o, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_ledger_open_present(o->ledger, &ledger, err);
    if (status == GR_OK)
        status = put(ledger, o, arena, err);
    gr_ledger_close(ledger);
    gr_arena_free(arena);
    return status;
}

gr_status gr_token_keep(const gr_account_options *o, char *token, gr_error *err)
{
    gr_account a = { .name = gr_text_of(o->name),
                     .shown = gr_text_of(o->shown ? o->shown : o->name),
                     .giver = gr_text_of(o->giver),
                     .role = GR_ROLE_SYSTEM };
    gr_ledger *ledger = NULL;
    gr_status status = check_named(o, err);

    if (status == GR_OK)
        status = read_scopes(o->scopes, &a.scopes, err);
    if (status == GR_OK)
        status = gr_ledger_open_present(o->ledger, &ledger, err);
    if (status == GR_OK)
        status = gr_token_make(ledger, &a, gr_text_of(o->author), token, err);
    gr_ledger_close(ledger);
    return status;
}

gr_status gr_accounts_tell(const char *path, const gr_report_style *style, gr_on_output output,
                           void *context, gr_error *err)
{
    gr_list all = GR_LIST(gr_account);
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = NULL;
    gr_writer writer;
    gr_status status = arena ? gr_ledger_open_reading(path, &ledger, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_accounts_list(ledger, arena, &all, err);
    if (status == GR_OK) {
        gr_writer_open(&writer, output, context);
        status = gr_accounts_print(all.items, all.count, style, &writer, err);
        if (!gr_writer_close(&writer) && status == GR_OK)
            status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                             "the list cannot be written");
    }
    gr_ledger_close(ledger);
    gr_list_free(&all);
    gr_arena_free(arena);
    return status;
}
