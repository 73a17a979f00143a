/* src/engine/rates.h - exchange rates by day, exact. A currency without a rate for the day is unknown. */
#ifndef GR_ENGINE_RATES_H
#define GR_ENGINE_RATES_H

#include "base/day.h"
#include "base/money.h"
#include "base/problems.h"
#include "rulefile/rulefile.h"

typedef struct gr_rate {
    gr_text currency, into;
    gr_day from, to;
    gr_place at;
    gr_amount value; /* of one unit, in hundredths of a unit of "into" */
} gr_rate;

typedef struct gr_rates {
    const gr_rate *rate; /* by currency, into, from */
    size_t count;
    char sha256[65]; /* of the file */
} gr_rates;

gr_status gr_rates_load(const char *path, const char *schema, gr_arena *arena,
                        gr_problems *problems, gr_rates *out, gr_error *err);
const gr_rate *gr_rates_find(const gr_rates *rates, gr_text currency, gr_text into, gr_day day);

#endif
