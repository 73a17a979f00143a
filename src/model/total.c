/* src/model/total.c - see total.h. */
#include "model/total.h"

enum {
    FINEST = 1000000000
}; /* the largest common denominator that is added up with, as in the engine */

/* What is finer than that is replaced by the cent below, or above. */
static gr_span whole_cents(gr_span value)
{
    int64_t up = value.high == GR_UNBOUNDED ? 0 : value.high % value.den != 0;

    value.low /= value.den;
    if (value.high != GR_UNBOUNDED)
        value.high = value.high / value.den + up;
    value.den = 1;
    return value;
}

void gr_total_add(gr_total *sum, gr_span value)
{
    int64_t divisor = gr_common_divisor(sum->den, value.den);

    if (value.den / divisor > FINEST / sum->den) {
        value = whole_cents(value);
        divisor = 1;
    }
    sum->low *= value.den / divisor;
    sum->high *= value.den / divisor;
    sum->den *= value.den / divisor;
    sum->low += (gr_wide)value.low * (sum->den / value.den);
    if (value.high == GR_UNBOUNDED)
        sum->unbounded = true;
    else
        sum->high += (gr_wide)value.high * (sum->den / value.den);
}

bool gr_total_equal(const gr_total *a, const gr_total *b)
{
    return a->low * b->den == b->low * a->den && a->unbounded == b->unbounded &&
           (a->unbounded || a->high * b->den == b->high * a->den);
}
