/* src/web/desks.h - a desk for each thread that may need one at the same time. Safe from any thread. */
#ifndef GR_WEB_DESKS_H
#define GR_WEB_DESKS_H

#include "giftrule.h"

typedef struct gr_desks gr_desks;

gr_status gr_desks_open(const gr_rules *rules, const gr_desk_options *options, size_t count,
                        gr_desks **out, gr_error *err);
void gr_desks_close(gr_desks *desks);
gr_desk *gr_desk_take(gr_desks *desks); /* waits where all are taken; the caller gives it back */
void gr_desk_give_back(gr_desks *desks, gr_desk *desk);

#endif
