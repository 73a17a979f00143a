/* src/app/decided.c - see decided.h. */
#include "app/decided.h"

#include "base/digest.h"
#include "ledger/decision_store.h"

typedef struct loading {
    gr_decided *decided;
    gr_arena *arena;
} loading;

static gr_status take(void *context, const gr_decision *decision, gr_error *err)
{
    loading *l = context;
    gr_decision *copy = gr_arena_zero(l->arena, sizeof *copy);
    gr_text *texts[] = { &copy->finding, &copy->exemption, &copy->clause,
                         &copy->author,  &copy->moment,    &copy->reason };

    if (!copy)
        return gr_fail_memory(err);
    *copy = *decision;
    for (size_t i = 0; i < GR_COUNT(texts); i++) {
        *texts[i] = gr_arena_copy(l->arena, *texts[i]);
        if (!texts[i]->ptr)
            return gr_fail_memory(err);
    }
    if (!gr_list_push(&l->decided->decision, &copy) ||
        !gr_table_put(&l->decided->known, gr_hash(copy->finding, 0),
                      (uint32_t)l->decided->decision.count - 1))
        return gr_fail_memory(err);
    return GR_OK;
}

gr_status gr_decided_load(gr_decided *decided, gr_ledger *ledger, int64_t run, gr_arena *arena,
                          gr_error *err)
{
    loading l = { decided, arena };

    if (decided->decision.size == 0)
        decided->decision = GR_LIST(gr_decision *);
    return gr_ledger_each_decision(ledger, run, take, &l, err);
}

void gr_decided_free(gr_decided *decided)
{
    gr_table_free(&decided->known);
    gr_list_free(&decided->decision);
}

const gr_decision *gr_decided_find(const gr_decided *decided, gr_text finding)
{
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&decided->known, gr_hash(finding, 0), &cursor)) != GR_NONE) {
        const gr_decision *d = *GR_AT(decided->decision, gr_decision *, i);

        if (gr_text_equal(d->finding, finding))
            return d;
    }
    return NULL;
}

void gr_decided_tell(const gr_decided *decided, gr_finding *finding)
{
    const gr_decision *d = gr_decided_find(decided, finding->id);

    finding->decision = d && !d->is_past ? d : NULL;
    finding->past = d && d->is_past ? d : NULL;
}

void gr_decided_lay(const gr_decided *decided, gr_judgement *judgement)
{
    for (size_t i = 0; i < judgement->judged.count && decided->decision.count > 0; i++)
        gr_decided_tell(decided, &GR_AT(judgement->judged, gr_judged, i)->finding);
}
