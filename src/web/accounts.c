/* src/web/accounts.c - giftrule serve user and giftrule serve token: who may use the server. */
#include "web/command.h"

#include <stdio.h>
#include <string.h>

enum { PASSWORD = 1026 }; /* more than is allowed: the desk tells what is too long */

static bool to_stdout(void *context, const char *bytes, size_t length)
{
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length;
}

static const char *word(const gr_serve_arguments *a, int i)
{
    return a->rest_count > i ? a->rest[i] : "";
}

static gr_account_options options_of(const gr_serve_arguments *a)
{
    return (gr_account_options){ .ledger = a->ledger,
                                 .author = gr_serve_author(a),
                                 .name = word(a, 2),
                                 .shown = a->shown,
                                 .role = a->role,
                                 .giver = a->giver,
                                 .scopes = a->scopes };
}

static int list(const gr_serve_arguments *a)
{
    const gr_report_style style = { .format = a->format && strcmp(a->format, "json") == 0
                                                  ? GR_FORMAT_JSON
                                                  : GR_FORMAT_TEXT };
    gr_error err = { .status = GR_OK };

    return gr_accounts_tell(a->ledger, &style, to_stdout, NULL, &err) == GR_OK
               ? GR_EXIT_CLEAN
               : gr_serve_give_up(err.status, &err);
}

static int keep(const gr_account_options *options)
{
    gr_error err = { .status = GR_OK };
    gr_status status = gr_account_keep(options, &err);

    return status == GR_OK ? GR_EXIT_CLEAN : gr_serve_give_up(status, &err);
}

static int close_account(const gr_serve_arguments *a)
{
    gr_account_options options = options_of(a);

    options.closes = true;
    return keep(&options);
}

/* ---- people ---- */

/* A change of role or name leaves the password. */
static int keep_user(const gr_serve_arguments *a, bool is_new, bool has_password)
{
    gr_account_options options = options_of(a);
    char password[PASSWORD] = "";
    int result;

    if (is_new && !a->role)
        return gr_serve_wrong("it is not said what the person may do",
                              "give --role: executive, supervisor, officer, auditor or "
                              "administrator");
    if (has_password) {
        if (!gr_serve_password(password, sizeof password))
            return GR_EXIT_INPUT;
        options.password = password;
    }
    result = keep(&options);
    memset(password, 0, sizeof password);
    return result;
}

int gr_serve_user(const gr_serve_arguments *a)
{
    const char *deed = word(a, 1);

    if (strcmp(deed, "list") == 0 && a->rest_count == 2)
        return list(a);
    if (a->rest_count == 3 && strcmp(deed, "add") == 0)
        return keep_user(a, true, true);
    if (a->rest_count == 3 && strcmp(deed, "change") == 0)
        return keep_user(a, false, false);
    if (a->rest_count == 3 && strcmp(deed, "password") == 0)
        return keep_user(a, false, true);
    if (a->rest_count == 3 && strcmp(deed, "close") == 0)
        return close_account(a);
    return gr_serve_wrong("it is not said what to do",
                          "user add NAME, user change NAME, user password NAME, user close "
                          "NAME, or user list");
}

/* ---- systems ---- */

static int add_token(const gr_serve_arguments *a)
{
    gr_account_options options = options_of(a);
    gr_error err = { .status = GR_OK };
    char token[64];

    if (!a->scopes)
        return gr_serve_wrong("it is not said what the token is for",
                              "give --scopes 'check reserve'");
    if (gr_token_keep(&options, token, &err) != GR_OK)
        return gr_serve_give_up(err.status, &err);
    printf("%s\n", token);
    fputs("It is told this once: only its digest is kept.\n", stderr);
    return GR_EXIT_CLEAN;
}

int gr_serve_token(const gr_serve_arguments *a)
{
    const char *deed = word(a, 1);

    if (strcmp(deed, "list") == 0 && a->rest_count == 2)
        return list(a);
    if (a->rest_count == 3 && strcmp(deed, "add") == 0)
        return add_token(a);
    if (a->rest_count == 3 && strcmp(deed, "close") == 0)
        return close_account(a);
    return gr_serve_wrong("it is not said what to do",
                          "token add NAME, token close NAME, or token list");
}
