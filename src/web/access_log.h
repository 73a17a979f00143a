/* src/web/access_log.h - one line of JSON for each request: what was asked for by its pattern, never who asked, from where,
 * or about whom. Safe from any thread. */
#ifndef GR_WEB_ACCESS_LOG_H
#define GR_WEB_ACCESS_LOG_H

#include <stdbool.h>
#include <stdint.h>

typedef struct gr_access_log gr_access_log;

typedef struct gr_access {
    const char *method, *route, *id;
    unsigned status;
    uint64_t bytes; /* of the reply's body */
    int64_t microseconds;
} gr_access;

gr_access_log *gr_access_log_open(const char *path); /* NULL and errno */
void gr_access_log_close(gr_access_log *log);        /* may be NULL, as below */
bool gr_access_log_reopen(gr_access_log *log); /* by its name: the old file was renamed. False: it goes on in the old one */
void gr_access_log_add(gr_access_log *log, const gr_access *access);

#endif
