/* src/engine/coverage.h - which places of a rulebook were exercised. Every row, branch and leaf has a point; whoever
 * listens keeps a byte for each, and judging marks it. Nobody listens outside of the scenarios. */
#ifndef GR_ENGINE_COVERAGE_H
#define GR_ENGINE_COVERAGE_H

#include "engine/facts.h"

enum {
    GR_SEEN_TRUE = 1, /* it held, was used, was over */
    GR_SEEN_OTHER = 2 /* it did not, was not, or it was unknown */
};

typedef struct gr_point_info {
    gr_place at;
    gr_text what;   /* "limit annual, row from 2026-03-30" */
    uint8_t wanted; /* bits of what the scenarios should show */
} gr_point_info;

static inline void gr_cover(uint8_t *seen, gr_point point, gr_truth truth)
{
    if (seen)
        seen[point] |= truth == GR_TRUE ? GR_SEEN_TRUE : GR_SEEN_OTHER;
}

#endif
