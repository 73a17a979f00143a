/* src/ledger/gift_find.h - one record in force: that of a finding, or of a gift that a finding counts. */
#ifndef GR_LEDGER_GIFT_FIND_H
#define GR_LEDGER_GIFT_FIND_H

#include "ledger/finding_find.h"

typedef struct gr_gift_known {
    int64_t row;
    gr_text format, id;
    size_t recipients;
    bool is_retracted, is_amended;
} gr_gift_known;

/* The record that is judged by the finding. Texts are the arena's. GR_EINPUT: the ledger does not know it. */
gr_status gr_ledger_gift_of(gr_ledger *ledger, const gr_finding_known *finding, gr_arena *arena,
                            gr_gift_known *out, gr_error *err);
/* A gift of this id that the finding counts, or has counted. GR_EINPUT: there is none. */
gr_status gr_ledger_gift_counted(gr_ledger *ledger, const gr_finding_known *finding, gr_text id,
                                 gr_arena *arena, gr_gift_known *out, gr_error *err);
/* What the record states of a fact; position: of the recipient, from 0. *is_known is false where it is silent. */
gr_status gr_ledger_gift_fact(gr_ledger *ledger, const gr_gift_known *gift, uint32_t position,
                              gr_fact fact, gr_arena *arena, gr_value *out, bool *is_known,
                              gr_error *err);

#endif
