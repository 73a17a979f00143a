/* src/web/clock.c - clocks of the HTTP program. Access logs tell the time of day as it is: SOURCE_DATE_EPOCH is for reports. */
#include "web/clock.h"

#include <stdio.h>
#include <time.h>

int64_t gr_web_ticks(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void gr_web_moment(char text[GR_WEB_MOMENT])
{
    struct timespec t;
    struct tm utc;
    char seconds[24];

    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &utc);
    strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(text, GR_WEB_MOMENT, "%s.%03ldZ", seconds, t.tv_nsec / 1000000);
}
