/* src/app/rules.h - what gr_rules of giftrule.h holds: formats for ingest, rules for the engine, names for people. */
#ifndef GR_APP_RULES_H
#define GR_APP_RULES_H

#include "engine/ruleset.h"
#include "ingest/ingest.h"
#include "ledger/ledger.h"
#include "model/standing.h"
#include "people/names.h"

struct gr_rules {
    gr_arena *arena;
    const gr_formats *formats;
    gr_ruleset *set;
    gr_names names;
    const gr_rule_file *file; /* as they were read, by name: what it takes to load them again */
    size_t file_count;
    char sha256
        [65]; /* of all that decides verdicts: the program, policy as set, rulebooks, rates, detection, names */
};

/* gr_rules_load(), with rates from that file, whichever the policy names; NULL: as it says. */
gr_status gr_rules_load_with(const char *dir, const char *rates, const gr_setting *settings,
                             size_t setting_count, gr_problems *problems, gr_rules **out,
                             gr_error *err);

/* The same; files by which the ledger was judged last are not checked once more, as long as the schemas are those of then. */
gr_status gr_rules_load_known(const char *dir, gr_ledger *ledger, const gr_setting *settings,
                              size_t setting_count, gr_problems *problems, gr_rules **out,
                              gr_error *err);

/* What a report tells of the rules, in memory of the arena and of the rules. */
gr_status gr_rules_describe(const gr_rules *rules, gr_arena *arena, gr_rules_used *out,
                            gr_error *err);

#endif
