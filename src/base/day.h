/* src/base/day.h - a day is a count since 1970-01-01: no clock, no zone. */
#ifndef GR_BASE_DAY_H
#define GR_BASE_DAY_H

#include "base/error.h"

typedef int32_t gr_day;

enum { GR_DAY_TEXT = 11 };             /* "2026-03-30" and a final NUL */
#define GR_DAY_FIRST ((gr_day)-719162) /* 0001-01-01 */
#define GR_DAY_LAST  ((gr_day)2932896) /* 9999-12-31 */

typedef struct gr_date {
    int year, month, day;
} gr_date;

gr_day gr_day_of(gr_date date); /* the date must exist */
gr_date gr_day_date(gr_day day);
bool gr_date_exists(gr_date date);
/* The same date years later; 29 February becomes 28 February where there is none. */
gr_day gr_day_add_years(gr_day day, int years);

/* Reads "2026-03-30", and a moment such as "2026-03-30T23:30:00-05:00" or "2026-03-30 23:30:00", of which
 * it takes the date as written: the local calendar date of the place where it was written. */
gr_status gr_day_parse(gr_text s, gr_place at, gr_day *out, gr_error *err);
const char *gr_day_print(gr_day day, char out[GR_DAY_TEXT]);

#endif
