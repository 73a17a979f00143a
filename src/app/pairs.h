/* src/app/pairs.h - which records were taken for one gift, as a report lists them. */
#ifndef GR_APP_PAIRS_H
#define GR_APP_PAIRS_H

#include "app/run.h"

/* Sets the pairs of the report; their texts are the run's. False: no memory. */
bool gr_pairs_list(const gr_run *run, gr_report *report);

#endif
