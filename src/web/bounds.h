/* src/web/bounds.h - how much of anything one visitor, and all of them, may take. */
#ifndef GR_WEB_BOUNDS_H
#define GR_WEB_BOUNDS_H

enum {
    GR_WEB_BODY = 64 * 1024,          /* bytes of content */
    GR_WEB_POOL = 32 * 1024,          /* of a connection, for headers of request and reply */
    GR_WEB_PARAMETERS = 200,          /* of a query */
    GR_WEB_CONNECTIONS = 2000,        /* in all */
    GR_WEB_CONNECTIONS_OF_ONE = 1500, /* of one address: systems may stand behind one */
    GR_WEB_SLOW = 4,                  /* reports and decisions at once */
    GR_WEB_WRITES = 64, /* that wait for the ledger at once: an audit may be writing for a while */
    GR_WEB_DESKS = 16,  /* kept open between calls */
    GR_WEB_THREADS = 4,
    GR_WEB_IDLE_SECONDS = 15, /* a connection on which nothing moves */
    GR_WEB_STOP_SECONDS = 30  /* for what is under way when the program is to end */
};

#endif
