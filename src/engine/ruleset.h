/* src/engine/ruleset.h - everything that judges: rulebooks, policy, rates, detection. Immutable after loading, and
 * shared freely. */
#ifndef GR_ENGINE_RULESET_H
#define GR_ENGINE_RULESET_H

#include "engine/detection.h"
#include "engine/rates.h"
#include "engine/reconciling.h"
#include "engine/rulebook.h"

typedef struct gr_ruleset {
    gr_arena *arena;
    gr_policy policy;
    gr_rates rates;
    gr_detection detection;
    gr_reconciling reconciling;
    gr_rulebook *book; /* those for the firm's kinds, by id */
    size_t book_count;
} gr_ruleset;

/* Reads policy.xml, the rates it names, detection.xml, reconciliation.xml and rulebooks below dir. All errors go to problems.
 * rates: the file to read instead of the one that the policy names; NULL: that one. */
gr_status gr_ruleset_load(const char *dir, const char *rates, const gr_setting *settings,
                          size_t setting_count, gr_problems *problems, gr_ruleset **out,
                          gr_error *err);
bool gr_ruleset_adds_per_client(const gr_ruleset *set);
void gr_ruleset_free(gr_ruleset *set);

#endif
