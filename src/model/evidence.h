/* src/model/evidence.h - what packages and an examiner's bundle tell beside a report. */
#ifndef GR_MODEL_EVIDENCE_H
#define GR_MODEL_EVIDENCE_H

#include "model/report.h"

/* What one account executive is sent. */
typedef struct gr_package {
    gr_text id, name; /* either may be empty */
    gr_text folder;
    gr_summary summary;
} gr_package;

/* An entry of the audit trail, with the hash that chains it to the one before. */
typedef struct gr_trail_link {
    int64_t run;
    gr_text started, program, author, action, note;
    gr_text rules; /* digest of those by which all was judged at its end; may be empty */
    gr_text previous, hash;
} gr_trail_link;

/* What somebody has decided, on a finding or on who is who. */
typedef struct gr_evidence_decision {
    int64_t run;
    gr_text moment, author;
    gr_text kind;    /* fact, accept, exempt, reopen; merge, split */
    gr_text finding; /* id; empty: on who is who */
    gr_text about;   /* the gift, or the two who are one or not */
    gr_text what;    /* "payer=firm", the number of an exemption, "same" */
    gr_text reason;
    int64_t replaced_by; /* run of the decision that took its place; 0: it stands */
} gr_evidence_decision;

/* A rule set. */
typedef struct gr_evidence_rules {
    gr_text sha256, folder; /* folder empty: the ledger kept no files of it */
    gr_text program, started;
    int64_t run, last_run;
    const gr_choice *choice;
    size_t choice_count;
    uint64_t file_count;
} gr_evidence_rules;

typedef struct gr_bundle {
    gr_text ledger;
    int64_t generated; /* seconds since 1970, UTC */
    gr_text program, role;
    bool has_from, has_to;
    gr_day from, to;
    bool is_signed;
    gr_text public_key; /* digits; empty: it is not signed */
    gr_summary summary;
    uint64_t decisions, gifts;
    uint64_t files;            /* in the list of digests */
    bool leaves_out;           /* words of people, for the role */
    const gr_trail_link *link; /* oldest first; the last is the head */
    size_t link_count;
    const gr_evidence_rules *rules;
    size_t rules_count;
} gr_bundle;

#endif
