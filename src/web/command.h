/* src/web/command.h - what the command line of giftrule-serve says. */
#ifndef GR_WEB_COMMAND_H
#define GR_WEB_COMMAND_H

#include "giftrule.h"

enum { GR_EXIT_CLEAN, GR_EXIT_USAGE = 2, GR_EXIT_INPUT = 3, GR_EXIT_SYSTEM = 4, GR_EXIT_BUG = 5 };
enum { GR_WEB_SETTINGS = 32 };

typedef struct gr_serve_arguments {
    const char *ledger, *rules, *listen, *cert, *key, *log, *author, *scopes, *format;
    const char *role, *giver, *shown, *proxy_user, *proxy_from;
    bool behind_proxy;
    gr_setting setting[GR_WEB_SETTINGS];
    size_t setting_count;
    char **rest;
    int rest_count;
} gr_serve_arguments;

/* Exit statuses, after a message. */
int gr_serve_give_up(gr_status status, const gr_error *err);
int gr_serve_wrong(const char *what, const char *hint);

/* Who makes it, for the trail. */
const char *gr_serve_author(const gr_serve_arguments *arguments);

/* giftrule serve user ..., giftrule serve token ... (accounts.c): exit statuses. */
int gr_serve_user(const gr_serve_arguments *arguments);
int gr_serve_token(const gr_serve_arguments *arguments);

/* From the terminal, typed twice and not shown; or a line of standard input. False after a message. */
bool gr_serve_password(char *password, size_t size);

#endif
