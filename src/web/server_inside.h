/* src/web/server_inside.h - what the files of the server share: server.c has the connections, desks.c the desks,
 * measure.c counts and logs, listen.c finds the address. */
#ifndef GR_WEB_SERVER_INSIDE_H
#define GR_WEB_SERVER_INSIDE_H

#include "web/bounds.h"
#include "web/server.h"
#include "web/sessions.h"
#include "web/throttle.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

/* ---- measure.c ---- */

enum { GR_MEASURED = 128, GR_BUCKETS = 8 };

typedef struct gr_measured { /* of one route and status */
    const char *route;       /* a text that lives for good */
    unsigned status;
    uint64_t count, micros, bytes;
} gr_measured;

typedef struct gr_measures {
    pthread_mutex_t lock;
    gr_measured row[GR_MEASURED];
    size_t count;
    uint64_t bucket[GR_BUCKETS]; /* of all: calls up to 1, 2, 5, 10, 50, 250, 1000 ms; more */
    FILE *log;
} gr_measures;

int64_t gr_web_micros(void); /* of a clock that only goes forward */
void gr_measure(gr_measures *m, const char *method, const char *route, unsigned status,
                size_t bytes, int64_t micros);
/* As Prometheus reads it, in memory of gr_web_alloc(). NULL: there is none. */
char *gr_measures_print(gr_measures *m, unsigned connections, size_t *length);

/* ---- visitors.c ---- */

typedef struct gr_visitors {
    gr_sessions *sessions;
    gr_throttle *throttle;
    bool is_secure; /* cookies go over TLS only */
} gr_visitors;

bool gr_visitors_open(gr_visitors *visitors, bool is_secure); /* false: no memory */
void gr_visitors_close(gr_visitors *visitors);

/* Who a request comes from, by its cookie. False: nobody is signed in. */
bool gr_visitor_find(gr_visitors *visitors, const char *cookies, gr_session *out);
/* May a form be taken? Its "csrf" must be that of the session, and its origin, where one is told, this site. */
bool gr_visitor_may_post(const gr_session *session, const char *csrf, const char *origin,
                         const char *host);

/* What comes of signing in: where to go, and the cookie to set. */
typedef struct gr_signed {
    unsigned status;     /* 303; 429: wait so many seconds */
    char location[1100]; /* of 303 */
    char cookie[160];    /* "": none is set */
    unsigned wait;
} gr_signed;

/* Verifies a password, which takes a while: not in a thread that answers others. */
gr_status gr_visitor_sign_in(gr_visitors *visitors, gr_desk *desk, const char *name,
                             const char *password, const char *to, const char *address,
                             gr_signed *out, gr_error *err);
void gr_visitor_sign_out(gr_visitors *visitors, const gr_session *session, gr_signed *out);

/* ---- desks.c ---- */

typedef struct gr_desks {
    const gr_rules *rules;
    gr_desk_options options;
    pthread_mutex_t lock;
    gr_desk *idle[GR_WEB_DESKS];
    size_t count;
} gr_desks;

/* A desk belongs to the caller until it is given back. NULL: *err says why. */
gr_desk *gr_desks_take(gr_desks *desks, gr_error *err);
void gr_desks_give(gr_desks *desks, gr_desk *desk, bool is_good); /* not good: it is closed */
void gr_desks_close(gr_desks *desks);

/* ---- listen.c ---- */

typedef struct gr_listening {
    int fd;
    bool is_public;
    char address[128]; /* "127.0.0.1:8220" */
} gr_listening;

gr_status gr_listen(const char *where, gr_listening *out, gr_error *err);

gr_status gr_web_fail(gr_error *err, gr_status status, const char *file, const char *message,
                      const char *hint);
/* A file of at most 1 MB, with a final NUL; to be freed with gr_web_free(). */
gr_status gr_web_read(const char *path, char **out, gr_error *err);

#endif
