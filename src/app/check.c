/* src/app/check.c - giftrule check: a gift stated fact by fact, or logs of planned gifts, asked about one by one; or the
 * end of an approval. */
#include "app/checker.h"
#include "app/planned.h"
#include "app/run.h"
#include "base/writer.h"
#include "report/preapproval.h"

typedef struct checking {
    gr_rules *rules;
    const gr_check_options *options;
    const gr_report_style *style;
    gr_day as_of;
    gr_arena *arena;
    gr_checker *checker;
    gr_list answer; /* of gr_preapproval */
    gr_list batch;  /* of gr_batch *: with the records of logs */
} checking;

static gr_status read_as_of(checking *c, gr_error *err)
{
    int64_t now;

    if (gr_run_now(&now, err) != GR_OK)
        return err->status;
    c->as_of = (gr_day)(now / 86400);
    if (!c->options->as_of)
        return GR_OK;
    if (gr_day_parse(gr_text_of(c->options->as_of),
                     (gr_place){ c->options->given ? "--on" : "--as-of", 0, 0 }, &c->as_of,
                     err) != GR_OK)
        err->status = GR_EUSAGE;
    else
        return GR_OK;
    return err->status;
}

/* ---- asking ---- */

static gr_status ask(checking *c, const gr_record *planned, gr_error *err)
{
    const gr_reserving by = { .author = gr_text_of(c->options->author), .as_of = c->as_of };
    gr_preapproval answer;
    gr_status status =
        c->options->reserve
            ? gr_checker_reserve(c->checker, planned, &by, c->arena, &answer, err)
            : gr_checker_ask(c->checker, planned, c->as_of, gr_record_text(planned, GR_F_APPROVAL),
                             c->arena, &answer, err);

    if (status == GR_OK && !gr_list_push(&c->answer, &answer))
        return gr_fail_memory(err);
    return status;
}

static gr_status ask_stated(checking *c, gr_error *err)
{
    gr_record planned;
    gr_status status =
        gr_planned_read(c->options->stated, c->options->stated_count, c->arena, &planned, err);

    return status == GR_OK ? ask(c, &planned, err) : status;
}

/* ---- logs ---- */

static gr_batch *fresh(void *context)
{
    checking *c = context;
    gr_batch *batch = gr_batch_create();

    if (batch && !gr_list_push(&c->batch, &batch)) {
        gr_batch_free(batch);
        batch = NULL;
    }
    return batch;
}

static void put(void *context, gr_batch *batch)
{
    (void)context, (void)batch; /* kept until the end */
}

static gr_status read_logs(checking *c, gr_error *err)
{
    gr_ingest ingest = { .formats = c->rules->formats,
                         .sink = { fresh, put, c },
                         .arena = c->arena,
                         .refused = GR_LIST(gr_error),
                         .notes = GR_LIST(gr_text) };
    gr_status status = gr_ingest_run(&ingest, c->options->inputs, c->options->input_count, err);

    if (status == GR_OK && ingest.refused.count > 0) {
        *err = *GR_AT(ingest.refused, gr_error, 0);
        status = err->status;
    }
    gr_list_free(&ingest.refused);
    gr_list_free(&ingest.notes);
    return status;
}

static gr_status check_record(const gr_batch *batch, const gr_record *r, gr_error *err)
{
    gr_place at = { batch->result.file.ptr, r->line, r->column };

    if (r->kind != GR_RECORD_GIFT)
        return gr_fail(err, GR_EINPUT, at, "name logs of gifts that are planned",
                       "this is no gift, and nothing to be approved");
    if (r->recipient_count == 0)
        return gr_fail(err, GR_EINPUT, at, "name the recipient", "nobody gets this gift");
    return GR_OK;
}

/* What cannot be read is told before anything is asked, or half of a log would be booked. */
static gr_status check_batches(const checking *c, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t b = 0; status == GR_OK && b < c->batch.count; b++) {
        const gr_batch *batch = *GR_AT(c->batch, gr_batch *, b);

        if (batch->quarantined.count > 0) {
            *err = GR_AT(batch->quarantined, gr_quarantined, 0)->error;
            return err->status = GR_EINPUT;
        }
        for (size_t i = 0; status == GR_OK && i < batch->count; i++)
            status = check_record(batch, &batch->record[i], err);
    }
    return status;
}

static gr_status ask_logs(checking *c, gr_error *err)
{
    gr_status status = read_logs(c, err);

    if (status == GR_OK)
        status = check_batches(c, err);
    for (size_t b = 0; status == GR_OK && b < c->batch.count; b++) {
        const gr_batch *batch = *GR_AT(c->batch, gr_batch *, b);

        for (size_t i = 0; status == GR_OK && i < batch->count; i++)
            status = ask(c, &batch->record[i], err);
    }
    return status;
}

/* ---- the end of an approval ---- */

static gr_status end_approval(checking *c, gr_error *err)
{
    const gr_check_options *o = c->options;
    const gr_reserving by = { .author = gr_text_of(o->author), .as_of = c->as_of };

    return o->cancel ? gr_checker_cancel(c->checker, gr_text_of(o->cancel), &by, err)
                     : gr_checker_given(c->checker, gr_text_of(o->given), c->as_of, &by, err);
}

/* ---- all ---- */

/* The ledger knows rule files that need not be checked once more. */
static gr_status open(checking *c, gr_error *err)
{
    const gr_check_options *o = c->options;
    gr_problems problems = { .on_error = o->on_error, .context = o->context };
    gr_ledger *ledger = NULL;
    gr_status status = gr_ledger_open_reading(o->ledger, &ledger, err);

    if (status == GR_OK)
        status = gr_rules_load_known(o->rules, ledger, o->settings, o->setting_count, &problems,
                                     &c->rules, err);
    if (status == GR_OK)
        return gr_checker_open_with(c->rules, o->ledger, ledger, &c->checker, err);
    gr_ledger_close(ledger);
    return status;
}

static gr_status work(checking *c, gr_writer *out, gr_error *err)
{
    const gr_check_options *o = c->options;
    gr_status status = open(c, err);

    if (status != GR_OK)
        return status;
    if (o->cancel || o->given) {
        status = end_approval(c, err);
        return status == GR_OK
                   ? gr_approval_ended_print(gr_text_of(o->cancel ? o->cancel : o->given),
                                             o->given != NULL, c->as_of, c->style, out, err)
                   : status;
    }
    status = o->input_count > 0 ? ask_logs(c, err) : ask_stated(c, err);
    return status == GR_OK ? gr_preapprovals_print(c->answer.items, c->answer.count,
                                                   o->input_count > 0, c->style, out, err)
                           : status;
}

static gr_decision_word worst(const checking *c)
{
    gr_clearance worst = GR_APPROVED;

    for (size_t i = 0; i < c->answer.count; i++) {
        const gr_preapproval *a = GR_AT(c->answer, gr_preapproval, i);

        worst = a->clearance > worst ? a->clearance : worst;
    }
    return (gr_decision_word)worst; /* in the same order */
}

gr_status gr_check(const gr_check_options *options, const gr_report_style *style,
                   gr_on_output output, void *context, gr_decision_word *word, gr_error *err)
{
    checking c = { .options = options,
                   .style = style,
                   .arena = gr_arena_create(),
                   .answer = GR_LIST(gr_preapproval),
                   .batch = GR_LIST(gr_batch *) };
    gr_writer writer;
    gr_status status = c.arena ? read_as_of(&c, err) : gr_fail_memory(err);

    gr_writer_open(&writer, output, context);
    if (status == GR_OK)
        status = work(&c, &writer, err);
    if (status == GR_OK && !gr_writer_close(&writer))
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "", "the answer cannot be written");
    if (status == GR_OK)
        *word = worst(&c);
    gr_checker_close(c.checker);
    gr_rules_free(c.rules);
    for (size_t i = 0; i < c.batch.count; i++)
        gr_batch_free(*GR_AT(c.batch, gr_batch *, i));
    gr_list_free(&c.batch);
    gr_list_free(&c.answer);
    gr_arena_free(c.arena);
    return status;
}
