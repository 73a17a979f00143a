/* src/web/server.h - HTTP by libmicrohttpd: connections in, calls to the desk, replies out. */
#ifndef GR_WEB_SERVER_H
#define GR_WEB_SERVER_H

#include "giftrule.h"

#include <stdio.h>

typedef struct gr_server gr_server;

typedef struct gr_server_options {
    const char *ledger, *rules_dir;
    const char *listen;     /* "127.0.0.1:8220", "[::1]:0"; port 0: the system picks one */
    const char *cert, *key; /* files, both or none */
    bool behind_proxy;      /* a proxy before it speaks TLS */
    const char *proxy_user; /* a header in which a proxy says whom it has signed in; NULL: none */
    const char *proxy_from; /* the address of that proxy, by which alone it is believed */
    FILE *access_log;       /* NULL: none; the server closes it, whether it starts or not */
} gr_server_options;

/* Starts listening; the options are borrowed as long as it runs. GR_EUSAGE: the address is none, or is public, and nobody speaks TLS. */
gr_status gr_server_start(const gr_rules *rules, const gr_server_options *options, gr_server **out,
                          gr_error *err);
/* "http://127.0.0.1:8220" */
const char *gr_server_address(const gr_server *server);
/* To be called each second: cuts connections that take too long. */
void gr_server_tend(gr_server *server);
/* After the access log was renamed: goes on in a new file of that name. False: in the old one. */
bool gr_server_reopen_log(gr_server *server, const char *path);
/* Takes no more connections, finishes what is under way, and frees it. */
void gr_server_stop(gr_server *server);

#endif
