/* src/web/door.h - who a visitor of a page is: sessions by cookies, signing in and out, by a trusted proxy too; and whether
 * what a form sends comes from a form of ours. Systems with tokens do not come through here. */
#ifndef GR_WEB_DOOR_H
#define GR_WEB_DOOR_H

#include "web/request.h"

/* The options are borrowed. NULL when there is no memory. */
gr_door *gr_door_open(const gr_server_options *options);
void gr_door_close(gr_door *door);
/* Fills the call of a request for a page: account, csrf, form. False: it is answered already, or is_sign_in is set and
 * gr_door_sign_in() answers it. */
bool gr_door_enter(gr_web_request *r);
/* Compares name and password, which takes its time on purpose: not in a thread that others wait for. */
void gr_door_sign_in(gr_web_request *r);
size_t gr_door_sessions(gr_door *door);
uint64_t gr_door_throttled(gr_door *door);

#endif
