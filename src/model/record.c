/* src/model/record.c - reading and setting facts, and the digest that tells a repeated record. */
#include "model/record.h"

#include "base/digest.h"
#include "base/os.h"

#include <string.h>

static const char *const kinds[GR_RECORD_KINDS] = { "gift",     "expense",   "retraction",
                                                    "approval", "executive", "responsibility",
                                                    "contact",  "event" };

const char *gr_record_kind_text(gr_record_kind kind)
{
    return kinds[kind];
}

bool gr_record_kind_find(gr_text text, gr_record_kind *out)
{
    for (int kind = 0; kind < GR_RECORD_KINDS; kind++) {
        if (gr_text_is(text, kinds[kind])) {
            *out = (gr_record_kind)kind;
            return true;
        }
    }
    return false;
}

const gr_value *gr_record_find(const gr_record *record, const gr_recipient *recipient, gr_fact fact)
{
    if (fact < GR_FACT_FIRST_OF_RECIPIENT)
        return gr_record_knows(record, fact) ? &record->value[fact] : NULL;
    if (!recipient || !gr_recipient_knows(recipient, fact))
        return NULL;
    return &recipient->value[fact - GR_FACT_FIRST_OF_RECIPIENT];
}

gr_text gr_record_text(const gr_record *record, gr_fact fact)
{
    return gr_record_knows(record, fact) ? record->value[fact].text : GR_TEXT("");
}

gr_text gr_recipient_text(const gr_recipient *recipient, gr_fact fact)
{
    const gr_value *value = gr_record_find(NULL, recipient, fact);

    return value ? value->text : GR_TEXT("");
}

void gr_record_set(gr_record *record, gr_recipient *recipient, gr_fact fact, gr_value value)
{
    if (fact < GR_FACT_FIRST_OF_RECIPIENT) {
        record->value[fact] = value;
        record->known |= UINT64_C(1) << fact;
    } else {
        recipient->value[fact - GR_FACT_FIRST_OF_RECIPIENT] = value;
        recipient->known |= UINT64_C(1) << (fact - GR_FACT_FIRST_OF_RECIPIENT);
    }
}

static uint64_t digest_fact(uint64_t digest, gr_fact fact, unsigned place, const gr_value *value)
{
    gr_text bytes = { (const char *)value, sizeof value->number };

    if (gr_fact_get(fact)->type == GR_FACT_TEXT)
        bytes = value->text;
    else if (gr_fact_get(fact)->type == GR_FACT_MONEY)
        bytes.len = sizeof value->amount;
    return gr_hash(bytes, digest + place + 1);
}

static uint64_t digest_facts(uint64_t digest, uint64_t known, const gr_value *value, gr_fact first)
{
    for (; known; known &= known - 1) {
        unsigned i = (unsigned)__builtin_ctzll(known);

        digest = digest_fact(digest, (gr_fact)(first + i), i, &value[i]);
    }
    return digest;
}

/* Of places within each list, so that a fact that is added to one of them changes no digest. */
uint64_t gr_record_digest(const gr_record *record)
{
    uint64_t digest = digest_facts(record->kind, record->known, record->value, (gr_fact)0);

    for (size_t i = 0; i < record->recipient_count; i++)
        digest = digest_facts(digest + 1000 + i, record->recipient[i].known,
                              record->recipient[i].value, GR_FACT_FIRST_OF_RECIPIENT);
    return digest;
}

gr_batch *gr_batch_create(void)
{
    gr_batch *batch = gr_os_alloc(sizeof *batch);

    if (!batch)
        return NULL;
    batch->arena = gr_arena_create();
    if (!batch->arena) {
        gr_os_free(batch);
        return NULL;
    }
    batch->quarantined = GR_LIST(gr_quarantined);
    gr_batch_reset(batch);
    return batch;
}

void gr_batch_reset(gr_batch *batch)
{
    gr_arena_reset(batch->arena);
    gr_list_cut(&batch->quarantined, 0);
    batch->source = 0;
    batch->count = 0;
    batch->end = GR_BATCH_MORE;
    memset(&batch->result, 0, sizeof batch->result);
}

void gr_batch_free(gr_batch *batch)
{
    if (!batch)
        return;
    gr_arena_free(batch->arena);
    gr_list_free(&batch->quarantined);
    gr_os_free(batch);
}
