/* src/app/rules.h - what gr_rules of giftrule.h holds: formats for ingest, rules for the engine, names for people. */
#ifndef GR_APP_RULES_H
#define GR_APP_RULES_H

#include "engine/ruleset.h"
#include "ingest/ingest.h"
#include "people/names.h"

struct gr_rules {
    gr_arena *arena;
    const gr_formats *formats;
    gr_ruleset *set;
    gr_names names;
};

#endif
