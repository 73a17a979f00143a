/* src/model/standing.h - what a report tells beside its findings: who gave how much, and by which rules it was judged. */
#ifndef GR_MODEL_STANDING_H
#define GR_MODEL_STANDING_H

#include "model/report.h"

typedef struct gr_standing {    /* of one account executive */
    gr_text id, name;           /* either may be empty */
    uint64_t gifts, recipients; /* in force; recipients: different people who got them */
} gr_standing;

typedef struct gr_totals { /* of everything in force */
    uint64_t gifts, recipients, expenses;
} gr_totals;

/* A rule file as it stood when it was loaded; name is within the rule folder. */
typedef struct gr_rule_file {
    gr_text name, bytes, sha256;
} gr_rule_file;

/* The rates, where a run had them from a file outside of the rule folder. */
#define GR_RATES_OF_RUN "rates-of-run.xml"

typedef struct gr_rules_used {
    gr_text sha256; /* of all that decides verdicts */
    const gr_rulebook_used *rulebook;
    size_t rulebook_count;
    const gr_choice *choice;
    size_t choice_count;
    const gr_text *assumption;
    size_t assumption_count;
    const gr_rule_file
        *file; /* what is needed to load them again; of rules that are recalled: none */
    size_t file_count;
} gr_rules_used;

#endif
