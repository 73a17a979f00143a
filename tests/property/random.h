/* tests/property/random.h - numbers that look random and can be had again: GR_SEED=N repeats a run, and
 * GR_ROUNDS=N makes it longer. */
#ifndef GR_TESTS_RANDOM_H
#define GR_TESTS_RANDOM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct dice {
    uint64_t state;
} dice;

static uint64_t dice_next(dice *d) /* splitmix64 */
{
    uint64_t z = d->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t dice_below(dice *d, size_t bound)
{
    return (size_t)(dice_next(d) % bound);
}

static inline bool dice_percent(dice *d, unsigned percent)
{
    return dice_below(d, 100) < percent;
}

static uint64_t number_from(const char *variable, uint64_t otherwise)
{
    const char *given = getenv(variable);

    return given ? strtoull(given, NULL, 10) : otherwise;
}

#endif
