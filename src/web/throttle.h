/* src/web/throttle.h - who guesses passwords waits, longer each time: by name, whoever guesses, and by address, whatever
 * name is tried. Safe from any thread. Moments are milliseconds of a clock that only goes forward. */
#ifndef GR_WEB_THROTTLE_H
#define GR_WEB_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct gr_throttle gr_throttle;

enum { /* failures without a wait, and the longest wait in seconds */
       GR_THROTTLE_NAME_FREE = 3,
       GR_THROTTLE_NAME_LONGEST = 60, /* or anybody could lock anybody out */
       GR_THROTTLE_ADDRESS_FREE = 10, /* an office may have one address */
       GR_THROTTLE_ADDRESS_LONGEST = 15 * 60
};

gr_throttle *gr_throttle_create(void); /* NULL when there is no memory */
void gr_throttle_free(gr_throttle *throttle);
/* Seconds until the next try; 0: now. */
unsigned gr_throttle_wait(gr_throttle *throttle, const char *name, const char *address,
                          int64_t now);
void gr_throttle_failed(gr_throttle *throttle, const char *name, const char *address, int64_t now);
/* Of the name only: one's own account is no way to guess others' from the same address. */
void gr_throttle_succeeded(gr_throttle *throttle, const char *name);

#endif
