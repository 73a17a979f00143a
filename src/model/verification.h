/* src/model/verification.h - what came out when a ledger was checked against its own trail. */
#ifndef GR_MODEL_VERIFICATION_H
#define GR_MODEL_VERIFICATION_H

#include "base/text.h"

typedef struct gr_fault {
    int64_t run;                     /* the entry that does not fit; 0: not that of an entry */
    gr_text started, author, action; /* of the entry; empty: it is not there */
    gr_text table;                   /* in which table; empty: in the entry itself, or in none */
    gr_text text;                    /* what is wrong */
} gr_fault;

typedef enum gr_seal_standing {
    GR_SEAL_NONE, /* none was given */
    GR_SEAL_FITS,
    GR_SEAL_FORGED,  /* the signature is not that of the public key over what the seal says */
    GR_SEAL_OTHER,   /* its public key is not the one that was given */
    GR_SEAL_CHANGED, /* the entry that was sealed has another hash now */
    GR_SEAL_NEWER    /* the ledger does not reach the entry that was sealed */
} gr_seal_standing;

typedef struct gr_seal_said { /* what a seal says */
    int64_t run;
    gr_text ledger, hash, moment, public_key, signature;
} gr_seal_said;

typedef struct gr_verification {
    gr_text ledger;
    uint64_t runs, rows, findings; /* entries, rows of all tables, findings whose sums were taken */
    uint64_t disposed;             /* rows that are stood for by their imprints */
    int64_t last;                  /* the last entry; 0: there is none */
    gr_text last_started, head;    /* its moment and hash */
    bool totals_known;     /* the sums of the last entry could be compared with what is there */
    const gr_fault *fault; /* in the order of their entries; those of none last */
    size_t fault_count;
    uint64_t faults; /* all that were found; more than fault_count where only some are told */
    gr_seal_standing seal;
    gr_seal_said sealed; /* where one was given */
} gr_verification;

#endif
