/* src/web/links.h - the connections that are open, each with what it waits for and since when; so that one that takes too long
 * for a request is cut, however little by little it sends. Safe from any thread. */
#ifndef GR_WEB_LINKS_H
#define GR_WEB_LINKS_H

#include "web/bounds.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gr_link {
    struct gr_link *next, *previous;
    int socket;
    char address[GR_WEB_ADDRESS]; /* of the other end */
    _Atomic int64_t since;        /* microseconds: the end of the last reply, or of the request */
    atomic_bool is_answering;     /* the request is here in full */
    bool was_cut;
} gr_link;

typedef struct gr_links gr_links;

gr_links *gr_links_create(void);
void gr_links_free(gr_links *links);
gr_link *gr_link_open(gr_links *links, int socket, const char *address);
void gr_link_close(gr_links *links, gr_link *link); /* may be NULL */
void gr_link_answering(gr_link *link);              /* it is here in full */
void gr_link_waiting(gr_link *link);                /* its reply was taken */
size_t gr_links_count(gr_links *links);
/* Ends both directions of those that take too long; libmicrohttpd then closes them. How many. */
size_t gr_links_cut(gr_links *links, int64_t now);
uint64_t gr_links_cut_count(gr_links *links); /* ever */

#endif
