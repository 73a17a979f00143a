/* src/ingest/run.c - one run over all inputs. Every input is first opened and recognised;
 * documents that only add to others are read then. If some of their rows do not say which entry
 * they belong to, the exports that can have that entry are read once more beforehand, only to see
 * who has whom. Then the exports are read in order, and at the end every joining document becomes
 * a source of its own: with the rows that found no record, so that nothing is lost in silence. */
#include "ingest/inputs.h"
#include "ingest/reader.h"

#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef struct item {
    gr_sniffed sniffed;
    const char *path;
    gr_stream *stream; /* kept open where it cannot be opened twice */
    bool refused, joins;
    bool started; /* batches of it have been put */
} item;

typedef struct document { /* one that joins */
    gr_source source;
    gr_list quarantined; /* of gr_quarantined; texts in the join's arena */
    size_t first, end;   /* its rows in the join */
} document;

typedef struct refusal {
    size_t input;
    gr_error error;
} refusal;

typedef struct run {
    gr_ingest *ingest;
    gr_join join;
    gr_reader_buffers buffers;
    gr_list items;     /* of item */
    gr_list documents; /* of document */
    gr_list refusals;  /* of refusal */
    gr_batch *batch;   /* for the private sinks */
    gr_status status;  /* of the private sinks */
    uint32_t sources;
    uint64_t records;
    size_t piece;
    uint32_t line_offset;
    gr_error *err;
} run;

/* ---- the beginning and the end of a run ---- */

static gr_status open_run(run *r, gr_ingest *ingest, size_t piece, gr_error *err)
{
    memset(r, 0, sizeof *r);
    r->ingest = ingest;
    r->piece = piece;
    r->err = err;
    r->items = GR_LIST(item);
    r->documents = GR_LIST(document);
    r->refusals = GR_LIST(refusal);
    r->buffers.text = GR_LIST(char);
    if (ingest->refused.size == 0)
        ingest->refused = GR_LIST(gr_error);
    if (ingest->notes.size == 0)
        ingest->notes = GR_LIST(gr_text);
    if (!gr_join_open(&r->join) || !gr_window_open(&r->buffers.window) ||
        !gr_list_reserve(&r->buffers.text, 4096))
        return gr_fail_memory(err);
    return GR_OK;
}

static void close_run(run *r)
{
    for (size_t i = 0; i < r->items.count; i++)
        gr_stream_free(GR_AT(r->items, item, i)->stream);
    for (size_t i = 0; i < r->documents.count; i++)
        gr_list_free(&GR_AT(r->documents, document, i)->quarantined);
    gr_list_free(&r->items);
    gr_list_free(&r->documents);
    gr_list_free(&r->refusals);
    gr_list_free(&r->buffers.text);
    gr_window_free(&r->buffers.window);
    gr_batch_free(r->batch);
    gr_join_free(&r->join);
}

static gr_status refuse(run *r, size_t input, const gr_error *error)
{
    refusal one = { input, *error };

    if (error->status == GR_ENOMEM) {
        *r->err = *error;
        return GR_ENOMEM;
    }
    return gr_list_push(&r->refusals, &one) ? GR_OK : gr_fail_memory(r->err);
}

static int by_input(const void *a, const void *b)
{
    size_t left = ((const refusal *)a)->input, right = ((const refusal *)b)->input;

    return (left > right) - (left < right);
}

/* In the order of the inputs, whenever it was found out. */
static gr_status tell_refusals(run *r)
{
    if (r->refusals.count > 1)
        qsort(r->refusals.items, r->refusals.count, sizeof(refusal), by_input);
    for (size_t i = 0; i < r->refusals.count; i++)
        if (!gr_list_push(&r->ingest->refused, &GR_AT(r->refusals, refusal, i)->error))
            return gr_fail_memory(r->err);
    return GR_OK;
}

/* ---- private sinks ---- */

static gr_batch *fresh_private(void *context)
{
    run *r = context;

    if (!r->batch)
        r->batch = gr_batch_create();
    else
        gr_batch_reset(r->batch);
    return r->batch;
}

static void put_survey(void *context, gr_batch *batch)
{
    run *r = context;

    for (size_t i = 0; i < batch->count && r->status == GR_OK; i++)
        r->status = gr_join_survey(&r->join, &batch->record[i], r->err);
}

static void put_document(void *context, gr_batch *batch)
{
    run *r = context;
    document *d = GR_AT(r->documents, document, r->documents.count - 1);

    for (size_t i = 0; i < batch->quarantined.count && r->status == GR_OK; i++) {
        gr_quarantined q = *GR_AT(batch->quarantined, gr_quarantined, i);

        q.record = gr_arena_copy(r->join.arena, q.record);
        q.raw = gr_arena_copy(r->join.arena, q.raw);
        if (!q.record.ptr || !q.raw.ptr || !gr_list_push(&d->quarantined, &q))
            r->status = gr_fail_memory(r->err);
    }
}

/* ---- one input ---- */

static gr_status describe(run *r, const item *it, gr_source *source)
{
    const char *name = strcmp(it->path, "-") == 0 ? "standard input" : it->path;

    *source = (gr_source){ .format = it->sniffed.format->id };
    source->file = gr_arena_copy(r->ingest->arena, gr_text_of(name));
    return source->file.ptr ? GR_OK : gr_fail_memory(r->err);
}

static gr_status read_item(run *r, item *it, gr_ingest *ingest, gr_source *source, gr_join *join,
                           uint32_t number, gr_error *err)
{
    gr_reading_job job = { ingest,      &it->sniffed, it->stream,     source,   join,
                           &r->buffers, number,       r->line_offset, r->piece, &r->records };
    gr_status status = GR_OK;

    if (!job.stream)
        status = gr_stream_open(it->path, &job.stream, err);
    if (status != GR_OK)
        return status;
    it->started = true;
    status = gr_read_export(&job, err);
    gr_stream_free(job.stream);
    it->stream = NULL;
    return status;
}

static bool has_target(const gr_format_file *format, bool joined)
{
    for (size_t i = 0; i < format->rule_count; i++)
        if (joined ? format->rule[i].join.len > 0 : format->rule[i].is_addition)
            return true;
    return false;
}

static gr_status read_document(run *r, item *it, size_t input)
{
    gr_ingest private = *r->ingest;
    uint32_t number = (uint32_t)r->documents.count;
    size_t rows = r->join.additions.count;
    document *d = gr_list_add(&r->documents);
    gr_source source;
    gr_status status = d ? describe(r, it, &source) : gr_fail_memory(r->err);
    gr_error error;

    if (status != GR_OK)
        return status;
    d->quarantined = GR_LIST(gr_quarantined);
    private.sink = (gr_sink){ fresh_private, put_document, r };
    status = read_item(r, it, &private, &source, &r->join, number, &error);
    if (status != GR_OK) {
        gr_list_free(&d->quarantined);
        gr_list_cut(&r->documents, number);
        gr_list_cut(&r->join.additions, rows);
        return refuse(r, input, &error);
    }
    d = GR_AT(r->documents, document, number);
    d->source = source;
    d->first = rows;
    d->end = r->join.additions.count;
    return r->status;
}

/* Opens the input to recognise it. One that cannot be opened again stays open. */
static gr_status recognise(run *r, item *it, size_t input)
{
    gr_error error;
    const char *name = strcmp(it->path, "-") == 0 ? "standard input" : it->path;
    gr_status status = it->stream ? GR_OK : gr_stream_open(it->path, &it->stream, &error);

    if (status == GR_OK)
        status = gr_sniff(r->ingest->formats, name, r->line_offset, gr_stream_head(it->stream),
                          &it->sniffed, &error);
    it->refused = status != GR_OK;
    if (it->refused)
        return refuse(r, input, &error);
    it->joins = has_target(it->sniffed.format, false);
    if (it->joins)
        return read_document(r, it, input);
    if (r->items.count > 1 && strcmp(it->path, "-") != 0) {
        gr_stream_free(it->stream);
        it->stream = NULL;
    }
    return GR_OK;
}

/* ---- the passes ---- */

static gr_status recognise_all(run *r)
{
    gr_status status = GR_OK;

    for (size_t i = 0; i < r->items.count && status == GR_OK; i++)
        if (!GR_AT(r->items, item, i)->refused)
            status = recognise(r, GR_AT(r->items, item, i), i);
    return status;
}

/* Standard input cannot be read twice; rows for it must name their entry. */
static gr_status survey(run *r)
{
    gr_ingest private = *r->ingest;
    uint64_t before = r->records;

    private.sink = (gr_sink){ fresh_private, put_survey, r };
    private.on_progress = NULL;
    for (size_t i = 0; i < r->items.count && r->join.unnamed; i++) {
        item *it = GR_AT(r->items, item, i);
        gr_source source;
        gr_error ignored;
        gr_status status;

        if (it->refused || it->joins || it->stream || !has_target(it->sniffed.format, true))
            continue;
        status = describe(r, it, &source);
        if (status == GR_OK)
            status = read_item(r, it, &private, &source, NULL, 0, &ignored);
        if (status == GR_ENOMEM || r->status != GR_OK)
            return gr_fail_memory(r->err);
    }
    r->records = before;
    return GR_OK;
}

static gr_status read_exports(run *r)
{
    for (size_t i = 0; i < r->items.count; i++) {
        item *it = GR_AT(r->items, item, i);
        gr_source source;
        gr_error error;
        gr_status status;

        if (it->refused || it->joins)
            continue;
        status = describe(r, it, &source);
        if (status != GR_OK)
            return status;
        it->started = false;
        status = read_item(r, it, r->ingest, &source, &r->join, r->sources, &error);
        r->sources += it->started;
        if (status != GR_OK && refuse(r, i, &error) != GR_OK)
            return GR_ENOMEM;
    }
    return GR_OK;
}

/* ---- rows that found no record ---- */

static void explain_unused(const gr_addition *row, const document *d, gr_error *out)
{
    gr_place at = { d->source.file.ptr, row->line, row->column };

    if (row->ambiguous)
        gr_fail(out, GR_EINPUT, at, "name the entry: add its EntryID, or name the file after it",
                "several entries have the attendee '%.*s'", GR_SHOW(row->key));
    else if (row->entry.len > 0)
        gr_fail(out, GR_EINPUT, at, "give the report that it belongs to in the same run",
                "no entry '%.*s' with the attendee '%.*s' is among the inputs", GR_SHOW(row->entry),
                GR_SHOW(row->key));
    else
        gr_fail(out, GR_EINPUT, at, "give the report that it belongs to in the same run",
                "no entry with the attendee '%.*s' is among the inputs", GR_SHOW(row->key));
}

static bool quarantine_unused(const gr_addition *row, document *d, gr_batch *batch)
{
    gr_quarantined *q = gr_list_add(&batch->quarantined);

    if (!q)
        return false;
    explain_unused(row, d, &q->error);
    q->record = gr_arena_copy(batch->arena, row->key);
    q->raw = gr_arena_copy(batch->arena, row->raw);
    d->source.quarantined++;
    d->source.records--;
    return q->record.ptr && q->raw.ptr;
}

static gr_status put_one_document(run *r, document *d)
{
    gr_batch *batch = r->ingest->sink.fresh(r->ingest->sink.context);
    bool filled = batch != NULL;

    if (!batch)
        return gr_fail_memory(r->err);
    for (size_t i = 0; i < d->quarantined.count && filled; i++) {
        gr_quarantined q = *GR_AT(d->quarantined, gr_quarantined, i);

        q.record = gr_arena_copy(batch->arena, q.record);
        q.raw = gr_arena_copy(batch->arena, q.raw);
        filled = q.record.ptr && q.raw.ptr && gr_list_push(&batch->quarantined, &q);
    }
    for (size_t i = d->first; i < d->end && filled; i++)
        if (!GR_AT(r->join.additions, gr_addition, i)->used)
            filled = quarantine_unused(GR_AT(r->join.additions, gr_addition, i), d, batch);
    batch->source = r->sources++;
    batch->end = filled ? GR_BATCH_ACCEPTED : GR_BATCH_REFUSED;
    batch->result = d->source;
    r->ingest->sink.put(r->ingest->sink.context, batch);
    return filled ? GR_OK : gr_fail_memory(r->err);
}

static gr_status put_documents(run *r)
{
    gr_status status = GR_OK;

    for (size_t i = 0; i < r->documents.count && status == GR_OK; i++)
        status = put_one_document(r, GR_AT(r->documents, document, i));
    return status;
}

static gr_status run_all(run *r)
{
    gr_status status = recognise_all(r);

    if (status == GR_OK && r->join.unnamed)
        status = survey(r);
    if (status == GR_OK)
        status = read_exports(r);
    if (status == GR_OK)
        status = put_documents(r);
    return status == GR_OK ? tell_refusals(r) : status;
}

static gr_status add_items(run *r, const gr_list *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        const gr_input *input = GR_AT(*inputs, gr_input, i);
        item *it = gr_list_add(&r->items);

        if (!it)
            return gr_fail_memory(r->err);
        it->path = input->path;
        it->refused = input->error != NULL;
        if (input->error && refuse(r, i, input->error) != GR_OK)
            return GR_ENOMEM;
    }
    return GR_OK;
}

gr_status gr_ingest_run(gr_ingest *ingest, const char *const *inputs, size_t count, gr_error *err)
{
    gr_list found = GR_LIST(gr_input);
    run r;
    gr_status status = open_run(&r, ingest, GR_PIECE, err);

    if (status == GR_OK)
        status = gr_inputs_find(ingest, inputs, count, &found, err);
    if (status == GR_OK)
        status = add_items(&r, &found);
    if (status == GR_OK)
        status = run_all(&r);
    gr_list_free(&found);
    close_run(&r);
    return status;
}

gr_status gr_ingest_pieces(gr_ingest *ingest, gr_text name, gr_text bytes, uint32_t line_offset,
                           size_t piece, gr_error *err)
{
    run r;
    gr_status status = open_run(&r, ingest, piece, err);
    gr_text path = gr_arena_copy(ingest->arena, name);
    item *it = status == GR_OK ? gr_list_add(&r.items) : NULL;

    if (!it || !path.ptr)
        status = gr_fail_memory(err);
    r.line_offset = line_offset;
    if (status == GR_OK) {
        it->path = path.ptr;
        status = gr_stream_memory(path.ptr, bytes, &it->stream, err);
    }
    if (status == GR_OK)
        status = run_all(&r);
    else if (status != GR_ENOMEM && it && refuse(&r, 0, err) == GR_OK)
        status = tell_refusals(&r);
    close_run(&r);
    return status;
}

gr_status gr_ingest_bytes(gr_ingest *ingest, gr_text name, gr_text bytes, uint32_t line_offset,
                          gr_error *err)
{
    return gr_ingest_pieces(ingest, name, bytes, line_offset, GR_PIECE, err);
}
