/* src/app/total.h - values of gifts added up, exactly as far as anybody can tell. */
#ifndef GR_APP_TOTAL_H
#define GR_APP_TOTAL_H

#include "model/finding.h"

void gr_total_add(gr_total *sum, gr_span value); /* sum begins with den 1 */

#endif
