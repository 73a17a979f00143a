/* src/app/accounts.h - accounts and tokens of the desk: kept in the ledger, with who made them. */
#ifndef GR_APP_ACCOUNTS_H
#define GR_APP_ACCOUNTS_H

#include "app/checker.h"
#include "model/account.h"

/* Adds an account, or replaces the one of that name. password is what the person types, or NULL to leave it as it is. */
gr_status gr_account_put(gr_ledger *ledger, const gr_account *account, const char *password,
                         gr_text author, gr_error *err);
/* GR_EINPUT: there is none, or it is closed. */
gr_status gr_account_find(gr_ledger *ledger, gr_text name, gr_arena *arena, gr_account *out,
                          gr_error *err);
/* Takes as long for a name that is not there. GR_EINPUT, always with the same words: not these. */
gr_status gr_account_verify(gr_ledger *ledger, gr_text name, const char *password, gr_arena *arena,
                            gr_account *out, gr_error *err);
/* Makes a token, 43 letters and a final NUL; only its digest is kept. */
gr_status gr_token_make(gr_ledger *ledger, const gr_account *account, gr_text author,
                        char token[64], gr_error *err);
gr_status gr_token_find(gr_ledger *ledger, gr_text token, gr_arena *arena, gr_account *out,
                        gr_error *err);
/* Adds all to a list of gr_account, by name; without passwords. */
gr_status gr_accounts_list(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err);

/* What was answered to a write that came with a key: the same key again gets the same answer, and does nothing. */
typedef struct gr_once {
    gr_text account, key;
    gr_text digest; /* of what was asked: another request by the same key is refused */
    int status;
    gr_text type, reply;
} gr_once;

/* *is_known: it was answered before, and out is filled. */
gr_status gr_once_find(gr_ledger *ledger, gr_text account, gr_text key, gr_arena *arena,
                       gr_once *out, bool *is_known, gr_error *err);
/* Within a run that is open. */
gr_status gr_once_keep(gr_ledger *ledger, const gr_once *once, gr_error *err);

#endif
