/* src/app/coverage.h - what the scenarios exercise of each rulebook, over all of them. */
#ifndef GR_APP_COVERAGE_H
#define GR_APP_COVERAGE_H

#include "app/rules.h"

typedef struct gr_coverage {
    gr_arena *arena; /* borrowed */
    gr_list book;    /* of covered_book */
    uint8_t **heard; /* for the tally of the scenario at work: by number of its rulebook */
} gr_coverage;

/* Loads all rulebooks of the folder, for whatever kinds of firm, to know what there is to cover. */
gr_status gr_coverage_open(gr_coverage *out, const char *dir, gr_arena *arena, gr_on_error on_error,
                           void *context, gr_error *err);
void gr_coverage_close(gr_coverage *coverage);

/* For gr_tally.seen: listens to the rulebook of this id only, since the scenario says nothing of the others. NULL
 * when there is no memory. */
uint8_t *const *gr_coverage_listen(gr_coverage *coverage, const gr_ruleset *set, gr_text rule);

/* Counts what was seen, and tells what was not. */
void gr_coverage_tell(const gr_coverage *coverage, gr_on_uncovered on_uncovered, void *context,
                      gr_scenario_counts *counts);

#endif
