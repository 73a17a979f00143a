/* src/web/office.h - a back office: one thread that does one thing after another, so that what takes long keeps nobody else
 * waiting. */
#ifndef GR_WEB_OFFICE_H
#define GR_WEB_OFFICE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct gr_office gr_office;
typedef void (*gr_deed)(void *context);

gr_office *gr_office_open(void); /* NULL: no memory, or no thread */
/* Does all that waits, then ends. May be NULL. */
void gr_office_close(gr_office *office);
/* False: too many wait already. */
bool gr_office_ask(gr_office *office, gr_deed deed, void *context);
size_t gr_office_waiting(gr_office *office); /* with what it does now */

#endif
