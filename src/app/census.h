/* src/app/census.h - how much was given: gifts and different recipients, of everybody who gave, and in all. */
#ifndef GR_APP_CENSUS_H
#define GR_APP_CENSUS_H

#include "app/intake.h"

typedef struct gr_census {
    gr_standing *giver; /* by number of giver; memory of the arena */
    gr_totals totals;
} gr_census;

/* Counts gifts in force that were given on the days from ... to, and expenses of any day. */
gr_status gr_census_take(const gr_intake *intake, const gr_who *who, gr_day from, gr_day to,
                         gr_arena *arena, gr_census *out, gr_error *err);

#endif
