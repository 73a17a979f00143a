/* src/model/record.c - reading and setting facts, and the digest that tells a repeated record. */
#include "model/record.h"

#include "base/digest.h"
#include "base/os.h"

#include <string.h>

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

/* ---- the digest: one hash over a buffer is several times cheaper than one for each fact ---- */

typedef struct digest_buffer {
    uint64_t digest; /* of what has left the buffer */
    size_t used;
    char bytes[1024];
} digest_buffer;

static void flush(digest_buffer *b)
{
    b->digest = gr_hash((gr_text){ b->bytes, b->used }, b->digest + 1);
    b->used = 0;
}

static void add_bytes(digest_buffer *b, const void *bytes, size_t len)
{
    const char *from = bytes;

    while (len > 0) {
        size_t room = sizeof b->bytes - b->used, n = len < room ? len : room;

        memcpy(b->bytes + b->used, from, n);
        b->used += n;
        from += n;
        len -= n;
        if (b->used == sizeof b->bytes)
            flush(b);
    }
}

static void add_fact(digest_buffer *b, gr_fact fact, const gr_value *value)
{
    uint32_t head[2] = { (uint32_t)fact, 0 };

    switch (gr_fact_get(fact)->type) {
    case GR_FACT_TEXT:
        head[1] = (uint32_t)value->text.len; /* so that no two sequences of facts look alike */
        add_bytes(b, head, sizeof head);
        add_bytes(b, value->text.ptr, value->text.len);
        break;
    case GR_FACT_MONEY:
        add_bytes(b, head, sizeof head);
        add_bytes(b, &value->amount, sizeof value->amount);
        break;
    default:
        add_bytes(b, head, sizeof head);
        add_bytes(b, &value->number, sizeof value->number);
        break;
    }
}

static void add_facts(digest_buffer *b, uint64_t known, const gr_value *value, gr_fact first)
{
    for (; known; known &= known - 1) {
        unsigned i = (unsigned)__builtin_ctzll(known);

        add_fact(b, (gr_fact)(first + i), &value[i]);
    }
}

uint64_t gr_record_digest(const gr_record *record)
{
    digest_buffer b; /* its bytes need no zeros */

    b.digest = (uint64_t)record->kind;
    b.used = 0;

    add_facts(&b, record->known, record->value, (gr_fact)0);
    for (size_t i = 0; i < record->recipient_count; i++) {
        add_bytes(&b, &i, sizeof i);
        add_facts(&b, record->recipient[i].known, record->recipient[i].value,
                  GR_FACT_FIRST_OF_RECIPIENT);
    }
    flush(&b);
    return b.digest;
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
