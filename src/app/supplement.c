/* src/app/supplement.c - few records have any: the others cost one look at a count, or one into a small table. */
#include "app/supplement.h"

#include "base/digest.h"
#include "ledger/decision_store.h"

static uint64_t hash_record(gr_text format, gr_text id)
{
    return gr_hash(id, gr_hash(format, 11));
}

/* ---- loading ---- */

typedef struct loading {
    gr_supplement *supplement;
    gr_arena *arena;
} loading;

static gr_status take(void *context, const gr_supplied *supplied, gr_error *err)
{
    loading *l = context;
    gr_supplement *to = l->supplement;
    gr_supplied *copy = gr_arena_zero(l->arena, sizeof *copy);
    gr_text *texts[] = { &copy->format,  &copy->gift,   &copy->author,    &copy->moment,
                         &copy->finding, &copy->reason, &copy->value.text };
    size_t count = GR_COUNT(texts) - (gr_fact_get(supplied->fact)->type != GR_FACT_TEXT);

    if (!copy)
        return gr_fail_memory(err);
    *copy = *supplied;
    for (size_t i = 0; i < count; i++) {
        *texts[i] = gr_arena_copy(l->arena, *texts[i]);
        if (!texts[i]->ptr)
            return gr_fail_memory(err);
    }
    if (!gr_list_push(&to->supplied, &copy) ||
        !gr_table_put(&to->known, hash_record(copy->format, copy->gift),
                      (uint32_t)to->supplied.count - 1))
        return gr_fail_memory(err);
    return GR_OK;
}

gr_status gr_supplement_load(gr_supplement *supplement, gr_ledger *ledger, gr_arena *arena,
                             gr_error *err)
{
    loading l = { supplement, arena };

    if (supplement->supplied.size == 0)
        supplement->supplied = GR_LIST(gr_supplied *);
    return gr_ledger_each_supplied(ledger, gr_ledger_horizon(ledger), take, &l, err);
}

void gr_supplement_free(gr_supplement *supplement)
{
    gr_table_free(&supplement->known);
    gr_list_free(&supplement->supplied);
}

/* ---- laying over ---- */

static bool is_of(const gr_supplied *s, gr_text format, const gr_record *record)
{
    return gr_text_equal(s->gift, gr_record_text(record, GR_F_ID)) &&
           gr_text_equal(s->format, format);
}

/* False: the record states it, or has no such recipient. */
static bool lay(const gr_supplied *s, gr_record *record)
{
    bool of_recipient = s->fact >= GR_FACT_FIRST_OF_RECIPIENT;
    gr_recipient *recipient = NULL;

    if (of_recipient && s->position < record->recipient_count)
        recipient = &record->recipient[s->position];
    if ((of_recipient && !recipient) || gr_record_find(record, recipient, s->fact))
        return false;
    gr_record_set(record, recipient, s->fact, s->value);
    return true;
}

bool gr_supplement_lay(const gr_supplement *supplement, gr_text format, gr_record *record,
                       gr_list *laid)
{
    size_t cursor = 0;
    bool fits = true;
    uint64_t hash;
    uint32_t i;

    if (supplement->supplied.count == 0)
        return true;
    hash = hash_record(format, gr_record_text(record, GR_F_ID));
    while (fits && (i = gr_table_find(&supplement->known, hash, &cursor)) != GR_NONE) {
        const gr_supplied *s = *GR_AT(supplement->supplied, gr_supplied *, i);

        if (is_of(s, format, record) && lay(s, record) && laid)
            fits = gr_list_push(laid, &s);
    }
    return fits;
}
