/* src/model/whois.h - who is who, as plain data: what every format is written from. */
#ifndef GR_MODEL_WHOIS_H
#define GR_MODEL_WHOIS_H

#include "base/arena.h"
#include "base/day.h"
#include "model/identity.h"
#include "model/resolution.h"

/* A recipient as it is written; or the one that stands for a person. */
typedef struct gr_whois_name {
    gr_text mark; /* "P-" and 12 hexadecimal digits, over what is written */
    gr_person person;
} gr_whois_name;

/* In what two of them agree. */
typedef struct gr_whois_part {
    const char *part, *accord;
} gr_whois_part;

typedef struct gr_whois_pair {
    gr_whois_name a, b;
    int score;
    bool is_linked; /* possibly one person; else only to be looked at */
    gr_text why;
    const gr_whois_part *part;
    size_t part_count;
} gr_whois_pair;

typedef struct gr_candidates {
    gr_text ledger;            /* may be empty */
    const gr_whois_pair *pair; /* best first */
    size_t pair_count;
} gr_candidates;

/* Gifts and expenses in force. */
typedef struct gr_whois_days {
    uint64_t gifts;
    gr_day first, last; /* of gifts; without gifts not set */
} gr_whois_days;

typedef struct gr_whois_spelling {
    gr_whois_name name;
    gr_text why; /* it is the same person */
    gr_whois_days days;
} gr_whois_spelling;

typedef struct gr_whois_employer {
    gr_text employer; /* as it was written first */
    gr_whois_days days;
} gr_whois_employer;

typedef struct gr_whois_link {
    gr_whois_name name;
    const char *through; /* "spouse"; NULL: possibly the same person */
    gr_text why;
} gr_whois_link;

typedef struct gr_whois {
    gr_whois_name name;
    gr_whois_days days;
    const gr_whois_spelling *spelling;
    size_t spelling_count;
    const gr_whois_employer *employer; /* by their first day */
    size_t employer_count;
    const gr_whois_link *link;
    size_t link_count;
    const gr_identity *decision; /* in the order in which they were made */
    size_t decision_count;
} gr_whois;

/* What came of a decision. */
typedef struct gr_identity_told {
    gr_identity said;
    gr_whois_name a, b;
    const gr_finding_change *change;
    size_t change_count;
    bool has_new_rules;
} gr_identity_told;

#endif
