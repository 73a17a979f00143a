/* src/reconcile/reconcile.c - see reconcile.h. */
#include "reconcile/reconcile.h"

#include "base/os.h"

struct gr_reconciliation {
    const gr_ruleset *set;
};

gr_status gr_reconciliation_create(const gr_ruleset *set, gr_reconciliation **out, gr_error *err)
{
    gr_reconciliation *r = gr_os_alloc(sizeof *r);

    if (!r)
        return gr_fail_memory(err);
    *r = (gr_reconciliation){ .set = set };
    *out = r;
    return GR_OK;
}

void gr_reconciliation_free(gr_reconciliation *reconciliation)
{
    gr_os_free(reconciliation);
}

gr_status gr_reconciliation_take(gr_reconciliation *reconciliation, const gr_record *record,
                                 gr_text format, uint32_t gift, gr_error *err)
{
    (void)reconciliation, (void)record, (void)format, (void)gift, (void)err;
    return GR_OK;
}

void gr_reconciliation_cut(gr_reconciliation *reconciliation, uint32_t gift_count)
{
    (void)reconciliation, (void)gift_count;
}

bool gr_reconciliation_is_needed(const gr_reconciliation *reconciliation)
{
    (void)reconciliation;
    return false;
}

gr_status gr_reconcile(gr_reconciliation *reconciliation, gr_tally *tally, const gr_who *who,
                       gr_error *err)
{
    (void)reconciliation, (void)tally, (void)who, (void)err;
    return GR_OK;
}

gr_status gr_reconciliation_find(gr_reconciliation *reconciliation, const gr_subject *subject,
                                 gr_error *err)
{
    (void)reconciliation, (void)subject, (void)err;
    return GR_OK;
}
