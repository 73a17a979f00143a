/* src/web/clock.h - clocks of the HTTP program. */
#ifndef GR_WEB_CLOCK_H
#define GR_WEB_CLOCK_H

#include <stdint.h>

int64_t gr_web_ticks(void); /* microseconds of a clock that only goes forward */

enum { GR_WEB_MOMENT = 32 };
void gr_web_moment(char text[GR_WEB_MOMENT]); /* "2026-05-04T09:00:00.123Z" */

#endif
