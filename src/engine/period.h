/* src/engine/period.h - the year in which a gift is added up. */
#ifndef GR_ENGINE_PERIOD_H
#define GR_ENGINE_PERIOD_H

#include "engine/policy.h"

/* The period of a basis that holds the day. anchor is the day of the recipient's first gift that may count; only
 * the anniversary year looks at it. */
gr_period gr_period_of(gr_basis basis, const gr_policy *policy, gr_day anchor, gr_day day);

/* "the calendar year 2026", "the 12 months up to 2026-07-01"; in the arena. */
gr_text gr_period_words(gr_period period, gr_arena *arena);

#endif
