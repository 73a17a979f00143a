/* src/app/ledger_history.c - the trail of a ledger as it is told. */
#include "ledger/history.h"
#include "report/ledger.h"

static gr_status write(const gr_history *history, const gr_report_style *style, gr_on_output output,
                       void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_history_json(history, &writer, err);
    else
        status = gr_history_text(history, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the history cannot be written");
    return status;
}

gr_status gr_history_tell(const gr_history_options *o, const gr_report_style *style,
                          gr_on_output output, void *context, gr_error *err)
{
    gr_history_wish wish = { o->gift, o->finding, o->recipient };
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = NULL;
    gr_history history;
    gr_status status = arena ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK)
        status = gr_ledger_open_reading(o->ledger, &ledger, err);
    if (status == GR_OK)
        status = gr_ledger_history(ledger, &wish, arena, &history, err);
    if (status == GR_OK) {
        history.ledger = gr_text_of(o->ledger);
        status = write(&history, style, output, context, err);
    }
    gr_ledger_close(ledger);
    gr_arena_free(arena);
    return status;
}
