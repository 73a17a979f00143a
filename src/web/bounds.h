/* src/web/bounds.h - how much of anything one visitor, and all of them, may take. */
#ifndef GR_WEB_BOUNDS_H
#define GR_WEB_BOUNDS_H

enum {
    GR_WEB_BODY = 64 * 1024,         /* bytes of a form, or of other content */
    GR_WEB_SWALLOWED = 1024 * 1024,  /* of a body too large: read on so far, for a clear answer */
    GR_WEB_POOL = 32 * 1024,         /* of a connection, for headers of request and reply */
    GR_WEB_TARGET = 8 * 1024,        /* path and query */
    GR_WEB_PARAMETERS = 200,         /* of a query, of a form */
    GR_WEB_NAME = 129,               /* of an account, with its NUL */
    GR_WEB_ADDRESS = 64,             /* numbers and colons, with its NUL */
    GR_WEB_ONCE = 200,               /* letters of an idempotency key */
    GR_WEB_CONNECTIONS = 2000,       /* in all */
    GR_WEB_CONNECTIONS_OF_ONE = 128, /* of one address */
    GR_WEB_WAITING = 64,             /* calls that wait for one back office */
    GR_WEB_MAX_THREADS = 64,

    GR_WEB_IDLE_SECONDS = 15,      /* a connection on which nothing moves */
    GR_WEB_REQUEST_SECONDS = 20,   /* from the end of one reply to the end of the next request */
    GR_WEB_REPLY_SECONDS = 300,    /* until a reply was taken, the work for it included */
    GR_WEB_STOP_SECONDS = 30,      /* for what is under way when the program is to end */
    GR_WEB_SESSION_IDLE = 30 * 60, /* seconds */
    GR_WEB_SESSION_END = 12 * 60 * 60
};

#endif
