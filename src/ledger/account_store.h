/* src/ledger/account_store.h - accounts and tokens of the desk, and answers that are given once. */
#ifndef GR_LEDGER_ACCOUNT_STORE_H
#define GR_LEDGER_ACCOUNT_STORE_H

#include "base/arena.h"
#include "base/list.h"
#include "ledger/ledger.h"
#include "model/account.h"

/* Keeps it within the run that is open, in place of the one of that name. */
gr_status gr_ledger_account_add(gr_ledger *ledger, const gr_account *account, gr_error *err);

/* What is in force. *is_there: there is one of this name, an account or a token, closed or not. */
gr_status gr_ledger_account_find(gr_ledger *ledger, gr_text name, gr_arena *arena, gr_account *out,
                                 bool *is_there, gr_error *err);
/* The token of this digest. */
gr_status gr_ledger_token_find(gr_ledger *ledger, gr_text digest, gr_arena *arena, gr_account *out,
                               bool *is_there, gr_error *err);
/* Adds all that are in force to a list of gr_account, by name. */
gr_status gr_ledger_accounts(gr_ledger *ledger, gr_arena *arena, gr_list *out, gr_error *err);

typedef struct gr_kept_answer { /* to a write that came with a key */
    gr_text account, key, digest;
    int status;
    gr_text type, reply;
} gr_kept_answer;

gr_status gr_ledger_answer_add(gr_ledger *ledger, const gr_kept_answer *answer, gr_error *err);
gr_status gr_ledger_answer_find(gr_ledger *ledger, gr_text account, gr_text key, gr_arena *arena,
                                gr_kept_answer *out, bool *is_there, gr_error *err);

#endif
