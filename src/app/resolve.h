/* src/app/resolve.h - what the files of resolving share: what is asked, in order, and what it is about. */
#ifndef GR_APP_RESOLVE_H
#define GR_APP_RESOLVE_H

#include "app/run.h"
#include "ledger/decision_store.h"
#include "ledger/gift_find.h"
#include "model/resolution.h"

typedef struct gr_resolving {
    const gr_rules *rules;
    const gr_resolve_options *options;
    gr_arena *arena; /* of the resolution */
    gr_resolution *out;
    gr_text finding, reason, author, gift, exemption; /* as entered, cleaned */
    gr_text value;                                    /* of the fact; empty: taken back */
    gr_supplied fact;
    gr_finding_known known;
    gr_gift_known about; /* the record of the fact */
    gr_list other;       /* of gr_finding_change */
    gr_error *err;
} gr_resolving;

/* Checks the options, whatever the ledger holds. GR_EUSAGE. */
gr_status gr_resolve_check(gr_resolving *r);
/* Finds the record of the fact, and whom in it. GR_EINPUT: the record is not silent, or not of this person. */
gr_status gr_resolve_place(gr_resolving *r, gr_ledger *ledger);
/* What was supplied so far; NULL: nothing. */
gr_status gr_resolve_before(gr_resolving *r, gr_ledger *ledger, const gr_supplied **out);

#endif
