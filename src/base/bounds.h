/* src/base/bounds.h - every bound on input. Reaching one is an error with its place, not a truncation. */
#ifndef GR_BASE_BOUNDS_H
#define GR_BASE_BOUNDS_H

enum {
    GR_MAX_DEPTH = 64,                  /* elements inside each other in an export */
    GR_MAX_TEXT = 64 * 1024,            /* bytes of one value in an export */
    GR_MAX_NAME = 256,                  /* bytes of an element's or attribute's name */
    GR_MAX_RECIPIENTS = 1000,           /* of one gift */
    GR_MAX_RECORD_BYTES = 1024 * 1024,  /* raw text of one record kept in quarantine */
    GR_MAX_WAITING = 200000,            /* records of one file that wait for an ancestor's value */
    GR_MAX_RECORDS = 100 * 1000 * 1000, /* of one run */
    GR_MAX_RULE_FILE = 4 * 1024 * 1024, /* bytes of one rule file */
    GR_MAX_RULE_ERRORS = 200,           /* shown of one load */
    GR_MAX_CONDITIONS = 4000,           /* conditions of one rulebook */
    GR_MAX_CONDITION_DEPTH = 16,
    GR_MAX_MATCH = 100000, /* pcre2: steps of one match */
    GR_MAX_MATCH_DEPTH = 1000,
    GR_MAX_MATCH_HEAP = 1024, /* pcre2: KiB of one match */
    GR_MAX_ENTRY = 4096,      /* bytes of what an officer enters: a reason, a name, a value */
    GR_MAX_INPUTS = 100000    /* files of one run, folders opened */
};

#endif
