/* src/app/simulate.h - the parts of a simulation: findings of two runs laid side by side, and what the rules that found
 * nothing make of the same gift. */
#ifndef GR_APP_SIMULATE_H
#define GR_APP_SIMULATE_H

#include "app/run.h"
#include "model/simulation.h"

/* What both sets of rules find under one provision about one gift to one person; NULL: nothing. */
typedef struct gr_pair {
    const gr_finding *side[GR_SIDES];
} gr_pair;

/* Every finding of both judgements in one pair; pair gets items of gr_pair. False: no memory. */
bool gr_simulate_match(const gr_judgement *in_use, const gr_judgement *simulated, gr_list *pair);

/* GR_DIFFERS_...; 0: they say the same. */
unsigned gr_simulate_compare(const gr_finding *in_use, const gr_finding *simulated);
/* Would a report in brief list the same gifts at the same values for both? */
bool gr_simulate_same_shown(const gr_finding *in_use, const gr_finding *simulated);

/* Fills that side of the changes: how the run adds up a gift that it found nothing about, or why it does not. Where its
 * tally is gone, only which provisions there are can be told. The findings made here are the arena's. */
gr_status gr_simulate_ask(const gr_run *run, const gr_ruleset *set, int side,
                          gr_change *const *change, size_t count, gr_arena *arena, gr_error *err);

/* How much a run was about; while it has its tally. */
void gr_simulate_count(const gr_run *run, gr_simulated_side *out);

/* Fills what is told beside the findings: which rules differ, what could not be judged. rules and run are of both
 * sides. */
gr_status gr_simulate_describe(const gr_rules *const *rules, const gr_run *run, gr_arena *arena,
                               gr_simulation *out, gr_error *err);

#endif
