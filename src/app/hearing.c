/* src/app/hearing.c - the sink of the reading is the intake itself, batch by batch. */
#include "app/hearing.h"

#include "app/verdicts.h"

gr_status gr_hearing_open(const gr_rules *rules, gr_hearing *out, gr_error *err)
{
    *out = (gr_hearing){ .rules = rules, .arena = gr_arena_create(), .batch = gr_batch_create() };
    if (!out->arena || !out->batch)
        return gr_fail_memory(err);
    return gr_intake_open(rules, NULL, out->arena, &out->intake, err);
}

void gr_hearing_close(gr_hearing *hearing)
{
    gr_judgement_free(&hearing->judgement);
    gr_intake_close(&hearing->intake);
    gr_batch_free(hearing->batch);
    gr_arena_free(hearing->arena);
}

static gr_batch *fresh(void *context)
{
    gr_hearing *hearing = context;

    gr_batch_reset(hearing->batch);
    return hearing->batch;
}

static void put(void *context, gr_batch *batch)
{
    gr_intake_take(&((gr_hearing *)context)->intake, batch);
}

gr_status gr_hearing_read(gr_hearing *hearing, gr_text name, gr_text bytes, uint32_t line_offset,
                          gr_error *err)
{
    gr_ingest ingest = { .formats = hearing->rules->formats,
                         .sink = { fresh, put, hearing },
                         .arena = hearing->arena,
                         .refused = GR_LIST(gr_error),
                         .notes = GR_LIST(gr_text) };
    gr_status status = gr_ingest_bytes(&ingest, name, bytes, line_offset, err);

    if (status == GR_OK && ingest.refused.count > 0) {
        *err = *GR_AT(ingest.refused, gr_error, 0);
        status = err->status;
    } else if (status == GR_OK && hearing->intake.quarantined.count > 0) {
        *err = GR_AT(hearing->intake.quarantined, gr_quarantined, 0)->error;
        status = GR_EINPUT;
    }
    gr_list_free(&ingest.refused);
    gr_list_free(&ingest.notes);
    return status;
}

gr_status gr_hearing_judge(gr_hearing *hearing, gr_error *err)
{
    gr_status status = gr_intake_end(&hearing->intake, err);

    if (status == GR_OK)
        status = gr_intake_settle(&hearing->intake, &hearing->who, err);
    hearing->judgement = (gr_judgement){ .arena = hearing->arena,
                                         .source = hearing->intake.origin.items,
                                         .keep_compliant = true,
                                         .from = GR_DAY_FIRST,
                                         .to = GR_DAY_LAST,
                                         .as_of = hearing->as_of };
    if (status == GR_OK)
        status = gr_verdicts_find(&hearing->intake, &hearing->who, &hearing->judgement, err);
    return status;
}
