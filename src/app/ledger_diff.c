/* src/app/ledger_diff.c - the ledger at two moments. */
#include "ledger/diff.h"
#include "report/ledger.h"

static bool differs_at_all(const gr_diff *d)
{
    return d->finding_count + d->decision_count + d->rule_count > 0 ||
           d->came + d->changed + d->retracted > 0;
}

static gr_status write(const gr_diff *diff, const gr_report_style *style, gr_on_output output,
                       void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_diff_json(diff, &writer, err);
    else
        status = gr_diff_text(diff, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the comparison cannot be written");
    return status;
}

gr_status gr_compare(const char *ledger, const char *before, const char *after,
                     const gr_report_style *style, gr_on_output output, void *context,
                     bool *differs, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    gr_ledger *handle = NULL;
    gr_diff diff;
    gr_status status = arena ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_ledger_open_reading(ledger, &handle, err);
    if (status == GR_OK)
        status = gr_ledger_diff(handle, before, after, arena, &diff, err);
    if (status == GR_OK) {
        diff.ledger = gr_text_of(ledger);
        status = write(&diff, style, output, context, err);
        *differs = differs_at_all(&diff);
    }
    gr_ledger_close(handle);
    gr_arena_free(arena);
    return status;
}
