/* src/web/request.h - one request on its way through the server: what came, who it is, and the reply. reply.c answers it,
 * door.c finds out who a person is, server.c has the connections. */
#ifndef GR_WEB_REQUEST_H
#define GR_WEB_REQUEST_H

#include "web/links.h"
#include "web/server_inside.h"
#include "web/sessions.h"

#include <microhttpd.h>

typedef struct gr_door gr_door;

struct gr_server {
    gr_measures measures;
    gr_desks desks;
    gr_links *links;
    gr_door *door;
    struct MHD_Daemon *daemon;
    gr_listening at;
    char address[160];
    char *cert, *key;
    bool is_secure, is_behind_proxy;
    atomic_uint slow, writes, sign_ins, under_way;
};

enum { GR_WEB_COOKIE = 256 };

typedef struct gr_web_request {
    gr_server *server;
    struct MHD_Connection *connection;
    gr_link *link;
    char *target; /* as it came; then cut and decoded */
    char *body;
    size_t length;
    bool is_begun, is_too_long, is_answered, is_queued;
    bool is_sign_in;    /* name and password are to be compared */
    atomic_uint *among; /* of a call that has a thread of its own: how many there are of its kind */
    int64_t began;
    char method[16];
    gr_parameter query[GR_WEB_PARAMETERS];
    gr_parameter *form;
    gr_session session; /* its account is "" for who is not signed in */
    char form_secret
        [GR_SECRET_TEXT]; /* what the form for signing in carries, before there is a session */
    gr_call call;
    /* the reply, copied: the desk goes on */
    unsigned status, retry_after; /* seconds; 0: not said */
    const char *type, *route;
    char *bytes, *location, *disposition, *allow;
    char cookie[2][GR_WEB_COOKIE]; /* to be set */
    size_t bytes_length;
    bool is_static;
} gr_web_request;

/* ---- reply.c ---- */

const char *gr_web_header(const gr_web_request *r, const char *name); /* NULL: there is none */
unsigned gr_web_header_count(const gr_web_request *r, const char *name);
bool gr_web_is_api(const gr_web_request *r);
const char *gr_web_form(const gr_web_request *r, const char *name); /* "" */

/* The answer; bytes is in memory of gr_web_alloc(), and given away. */
void gr_web_set(gr_web_request *r, unsigned status, const char *type, const char *route,
                char *bytes, size_t length);
/* An error of ours, as JSON or as a page. The texts are our own: nothing in them needs escaping. */
void gr_web_refuse(gr_web_request *r, unsigned status, const char *message, const char *hint);
/* 303, as what a form is answered with. */
void gr_web_redirect(gr_web_request *r, const char *where, const char *route);
/* Answers by the desk. */
void gr_web_ask(gr_web_request *r);
enum MHD_Result gr_web_queue(gr_web_request *r);

#endif
