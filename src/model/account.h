/* src/model/account.h - who may use the desk: people with a password, systems with a token. */
#ifndef GR_MODEL_ACCOUNT_H
#define GR_MODEL_ACCOUNT_H

#include "base/text.h"

typedef enum gr_role {
    GR_ROLE_EXECUTIVE,  /* own requests only */
    GR_ROLE_SUPERVISOR, /* those of own people, by the roster */
    GR_ROLE_OFFICER,
    GR_ROLE_AUDITOR,       /* reads everything, changes nothing */
    GR_ROLE_ADMINISTRATOR, /* accounts and tokens; no gifts */
    GR_ROLE_SYSTEM,        /* a token: what its scopes say */
    GR_ROLE_COUNT
} gr_role;

const char *gr_role_text(gr_role role); /* "executive" */
bool gr_role_find(gr_text text, gr_role *out);

/* What a token may be used for; bits. */
enum {
    GR_SCOPE_CHECK = 1,    /* check: nothing is kept */
    GR_SCOPE_RESERVE = 2,  /* reserve, cancel, given */
    GR_SCOPE_FINDINGS = 4, /* findings and people, reading */
    GR_SCOPE_DECIDE = 8,   /* decisions */
    GR_SCOPE_REPORTS = 16
};

const char *gr_scope_text(uint32_t scope); /* of one bit: "check"; NULL: there is none */
uint32_t gr_scope_find(gr_text text);      /* 0: there is none */

typedef struct gr_account {
    gr_text name;  /* "dana"; of a token: what it is called */
    gr_text shown; /* "Dana Fox" */
    gr_role role;
    gr_text
        giver; /* id of the account executive that it is; of a supervisor also the one by whom the roster
                         names supervisors; may be empty */
    uint32_t scopes; /* of a token */
    gr_text
        password; /* argon2id, as libsodium writes it; of a token: SHA-256 of it in hexadecimal */
    bool is_closed;
} gr_account;

#endif
