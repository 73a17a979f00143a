/* src/model/total.h - adding up in exact fractions, the same way wherever the same values are added up. */
#ifndef GR_MODEL_TOTAL_H
#define GR_MODEL_TOTAL_H

#include "model/finding.h"

/* Adds a value. What is finer than a common denominator can be is replaced by the cent below, or above: the same values
 * in the same order give the same sum. sum->den is 1 at the start. */
void gr_total_add(gr_total *sum, gr_span value);
bool gr_total_equal(const gr_total *a, const gr_total *b);

#endif
