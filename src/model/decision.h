/* src/model/decision.h - what an officer decided on a finding, with name, moment and reason. A decision is on the finding
 * as it stood: when the finding changes it is open again. */
#ifndef GR_MODEL_DECISION_H
#define GR_MODEL_DECISION_H

#include "base/text.h"

typedef enum gr_decision_kind {
    GR_DECISION_FACT,   /* a fact on which the record is silent (supplied.h) */
    GR_DECISION_ACCEPT, /* it stays as it is */
    GR_DECISION_EXEMPT, /* its regulator's staff granted an exemption */
    GR_DECISION_REOPEN  /* ends the two before */
} gr_decision_kind;

const char *gr_decision_kind_text(gr_decision_kind kind); /* as in the ledger and in JSON */
bool gr_decision_kind_find(gr_text text, gr_decision_kind *out);

typedef struct gr_decision {
    gr_decision_kind kind;
    gr_text finding;           /* its id */
    int64_t revision;          /* of the finding, as it stood then */
    gr_text exemption, clause; /* its number, and the clause that allows it; else empty */
    gr_text author, moment;    /* author may be empty; moment: UTC, 2026-11-23T09:00:00Z */
    gr_text reason;
    bool is_past; /* the finding has changed since */
} gr_decision;

#endif
