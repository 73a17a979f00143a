/* src/app/accounts.c - see accounts.h. An account and a token never share a name: it is what the trail names as author.
 * Whoever is refused is not told why, and not sooner for a name that is not there. */
#include "app/accounts.h"

#include "base/bounds.h"
#include "base/chance.h"
#include "base/digest.h"
#include "base/os.h"
#include "base/password.h"
#include "ledger/account_store.h"

#include <string.h>

enum { GR_MOST_ACCOUNT_NAME = 64, GR_MOST_ONCE_KEY = 200 };

/* ---- what may be kept ---- */

static gr_status check_name(gr_text name, gr_error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._@-";
    bool fits = name.len > 0 && name.len <= GR_MOST_ACCOUNT_NAME;

    for (size_t i = 0; fits && i < name.len; i++)
        fits = name.ptr[i] != '\0' && strchr(letters, name.ptr[i]) != NULL;
    return fits ? GR_OK
                : gr_fail(err, GR_EINPUT, (gr_place){ "name", 0, 0 },
                          "use a to z, 0 to 9 and . _ @ -, at most 64 of them",
                          "'%.*s' is no name of an account", GR_SHOW(name));
}

static gr_status check_texts(const gr_account *account, gr_error *err)
{
    if (account->shown.len <= GR_MAX_ENTRY && account->giver.len <= GR_MAX_ENTRY)
        return GR_OK;
    return gr_fail(err, GR_ELIMIT, (gr_place){ "name", 0, 0 }, "shorten it",
                   "a text of the account is longer than %d bytes", GR_MAX_ENTRY);
}

static gr_status check_password(const char *password, gr_error *err)
{
    size_t length = strlen(password);

    if (length < GR_PASSWORD_LEAST)
        return gr_fail(err, GR_EINPUT, (gr_place){ "password", 0, 0 },
                       "several words in a row are good ones", "a password has at least %d letters",
                       GR_PASSWORD_LEAST);
    if (length > GR_PASSWORD_MOST)
        return gr_fail(err, GR_ELIMIT, (gr_place){ "password", 0, 0 }, "shorten it",
                       "a password has at most %d bytes", GR_PASSWORD_MOST);
    return GR_OK;
}

/* ---- keeping ---- */

/* Within a run: a name stays what it is, and an account without a password lets nobody in. */
static gr_status complete(gr_ledger *ledger, gr_account *account, gr_arena *arena, gr_error *err)
{
    gr_account before;
    bool is_there;
    gr_status status =
        gr_ledger_account_find(ledger, account->name, arena, &before, &is_there, err);

    if (status != GR_OK || !is_there)
        return status;
    if ((before.role == GR_ROLE_SYSTEM) != (account->role == GR_ROLE_SYSTEM))
        return gr_fail(err, GR_EINPUT, (gr_place){ "name", 0, 0 }, "take another name",
                       "'%.*s' is the name of %s already", GR_SHOW(account->name),
                       before.role == GR_ROLE_SYSTEM ? "a token" : "an account");
    if (account->password.len == 0)
        account->password = before.password;
    return GR_OK;
}

static gr_text note_of(const gr_account *a, bool is_new_secret, gr_arena *arena)
{
    return gr_arena_print(arena, "%s %.*s: %s%s%.*s%s%s",
                          a->role == GR_ROLE_SYSTEM ? "token" : "account", GR_ALL(a->name),
                          gr_role_text(a->role), a->giver.len > 0 ? " of " : "", GR_SHOW(a->giver),
                          is_new_secret && a->role != GR_ROLE_SYSTEM ? ", new password" : "",
                          a->is_closed ? ", closed" : "");
}

static gr_status keep(gr_ledger *ledger, gr_account account, const char *action, gr_text author,
                      gr_error *err)
{
    gr_deed deed = { gr_os_now(), author, action };
    gr_arena *arena = gr_arena_create();
    gr_text note = arena ? note_of(&account, account.password.len > 0, arena) : GR_TEXT("");
    gr_status status = arena && note.ptr ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_ledger_begin(ledger, &deed, err);
    if (status == GR_OK)
        status = complete(ledger, &account, arena, err);
    if (status == GR_OK)
        status = gr_ledger_account_add(ledger, &account, err);
    if (status == GR_OK)
        status = gr_ledger_commit(ledger, note, err);
    gr_arena_free(arena);
    return status;
}

gr_status gr_account_put(gr_ledger *ledger, const gr_account *account, const char *password,
                         gr_text author, gr_error *err)
{
    char kept[GR_PASSWORD_TEXT] = "";
    gr_account a = *account;
    gr_status status = check_name(a.name, err);

    if (status == GR_OK)
        status = check_texts(&a, err);
    if (status == GR_OK && password)
        status = check_password(password, err);
    if (status == GR_OK && password && !gr_password_make(password, kept))
        status = gr_fail_memory(err);
    a.password = gr_text_of(kept);
    return status == GR_OK ? keep(ledger, a, "account", author, err) : status;
}

/* ---- who is it ---- */

static gr_status fail_account(gr_text name, gr_error *err)
{
    return gr_fail(err, GR_EINPUT, GR_NOWHERE, "an administrator can make it",
                   "there is no account '%.*s', or it is closed", GR_SHOW(name));
}

gr_status gr_account_find(gr_ledger *ledger, gr_text name, gr_arena *arena, gr_account *out,
                          gr_error *err)
{
    gr_account a;
    bool is_there;
    gr_status status = gr_ledger_account_find(ledger, name, arena, &a, &is_there, err);

    if (status != GR_OK)
        return status;
    if (!is_there || a.is_closed || a.role == GR_ROLE_SYSTEM)
        return fail_account(name, err);
    *out = a;
    return GR_OK;
}

gr_status gr_account_verify(gr_ledger *ledger, gr_text name, const char *password, gr_arena *arena,
                            gr_account *out, gr_error *err)
{
    gr_account a = { .name = name };
    bool is_there = false, fits;
    gr_status status = gr_ledger_account_find(ledger, name, arena, &a, &is_there, err);

    if (status != GR_OK)
        return status;
    fits = is_there && !a.is_closed && a.role != GR_ROLE_SYSTEM;
    if (strlen(password) > GR_PASSWORD_MOST)
        fits = false;
    else
        fits = gr_password_fits(fits ? a.password : GR_TEXT(""), password) && fits;
    if (!fits)
        return gr_fail(err, GR_EINPUT, GR_NOWHERE, "try again, or ask an administrator",
                       "this is no name and password of an account");
    *out = a;
    return GR_OK;
}

/* ---- tokens ---- */

static void digest_of(gr_text token, char hex[GR_DIGEST_HEX])
{
    gr_digest digest;

    gr_digest_start(&digest);
    gr_digest_add(&digest, token.ptr, token.len);
    gr_digest_end(&digest, hex);
}

gr_status gr_token_make(gr_ledger *ledger, const gr_account *account, gr_text author,
                        char token[64], gr_error *err)
{
    char hex[GR_DIGEST_HEX];
    char made[GR_CHANCE_TOKEN];
    gr_account a = *account;
    gr_status status = check_name(a.name, err);

    if (status == GR_OK)
        status = check_texts(&a, err);
    if (status == GR_OK && !gr_chance_token(made))
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "try again", "the system has no randomness");
    if (status != GR_OK)
        return status;
    digest_of(gr_text_of(made), hex);
    a.role = GR_ROLE_SYSTEM;
    a.password = gr_text_of(hex);
    status = keep(ledger, a, "token", author, err);
    if (status == GR_OK)
        memcpy(token, made, sizeof made);
    return status;
}

/* By its digest: how long it takes to look for tells nothing of a token. */
gr_status gr_token_find(gr_ledger *ledger, gr_text token, gr_arena *arena, gr_account *out,
                        gr_error *err)
{
    char hex[GR_DIGEST_HEX];
    gr_account a;
    bool is_there;
    gr_status status;

    digest_of(token, hex);
    status = gr_ledger_token_find(ledger, gr_text_of(hex), arena, &a, &is_there, err);
    if (status != GR_OK)
        return status;
    if (!is_there || a.is_closed)
        return gr_fail(err, GR_EINPUT, GR_NOWHERE, "an administrator can make a new one",
                       "this is no token, or it is closed");
    *out = a;
    return GR_OK;
}

gr_status gr_accounts_list(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err)
{
    size_t before = out->count;
    gr_status status = gr_ledger_accounts(ledger, arena, out, err);

    for (size_t i = before; i < out->count; i++)
        GR_AT(*out, gr_account, i)->password = GR_TEXT("");
    return status;
}

/* ---- once ---- */

gr_status gr_once_find(gr_ledger *ledger, gr_text account, gr_text key, gr_arena *arena,
                       gr_once *out, bool *is_known, gr_error *err)
{
    gr_kept_answer a;
    gr_status status = gr_ledger_answer_find(ledger, account, key, arena, &a, is_known, err);

    if (status == GR_OK && *is_known)
        *out = (gr_once){ a.account, a.key, a.digest, a.status, a.type, a.reply };
    return status;
}

gr_status gr_once_keep(gr_ledger *ledger, const gr_once *once, gr_error *err)
{
    gr_kept_answer a = { once->account, once->key,  once->digest,
                         once->status,  once->type, once->reply };

    if (a.key.len == 0 || a.key.len > GR_MOST_ONCE_KEY)
        return gr_fail(err, GR_EINPUT, (gr_place){ "idempotency-key", 0, 0 },
                       "a UUID is a good one", "a key has 1 to %d letters", GR_MOST_ONCE_KEY);
    return gr_ledger_answer_add(ledger, &a, err);
}
