/* src/ingest/reader.c - opens the parser on one export and feeds it from the stream through the
 * window. Measured: what is done with the events costs about half of what libxml2 takes to find
 * them. */
#include "ingest/reader.h"

#include "base/os.h"
#include "ingest/events.h"

#include <string.h>

enum { GR_PROGRESS_MS = 200, GR_MAX_TAG = 64 * 1024 };

/* ---- feeding ---- */

static void tell_progress(gr_reader *r)
{
    const gr_ingest *ingest = r->job->ingest;
    int64_t now;

    if (!ingest->on_progress || (now = gr_os_ticks()) - r->progress < GR_PROGRESS_MS)
        return;
    r->progress = now;
    ingest->on_progress(ingest->progress_context, r->job->source->file.ptr,
                        gr_stream_done(r->job->stream), gr_stream_total(r->job->stream),
                        r->job->source->records);
}

static char *space(gr_reader *r)
{
    bool must_keep = r->in_record || r->in_stray;
    char *at = gr_window_space(r->window, must_keep ? r->begin : gr_reader_here(r));

    if (at || !must_keep)
        return at;
    if (!gr_reader_keep(r)) {
        r->status = gr_fail_memory(r->err);
        return NULL;
    }
    return gr_window_space(r->window, gr_reader_here(r));
}

static void feed(gr_reader *r, const char *bytes, size_t n)
{
    size_t piece = r->job->piece;

    for (size_t at = 0; at < n && r->status == GR_OK; at += piece) {
        size_t some = n - at < piece ? n - at : piece;

        r->window->used += some;
        xmlParseChunk(r->parser, bytes + at, (int)some, 0);
        /* where there is no room for the piece libxml2 stops, and takes what came for the whole */
        if (r->status == GR_OK && r->parser->errNo == XML_PARSER_EOF)
            r->status = gr_fail_memory(r->err);
        /* a tag is parsed when it is whole; an endless one would be searched again and again */
        if (r->status == GR_OK && r->parser->input->end - r->parser->input->cur > GR_MAX_TAG)
            gr_refuse_tag(r, GR_ELIMIT, "shorten it at the source", "a tag or comment is too long");
    }
}

static void feed_all(gr_reader *r)
{
    size_t got = 1;

    while (r->status == GR_OK && got > 0) {
        char *at = space(r);
        gr_status status;

        if (!at) {
            if (r->status == GR_OK)
                r->status = gr_fail(r->err, GR_EBUG, GR_NOWHERE, "", "the window is full");
            return;
        }
        status = gr_stream_read(r->job->stream, at, GR_PIECE, &got, r->err);
        if (status != GR_OK) {
            r->status = status;
            return;
        }
        feed(r, at, got);
        tell_progress(r);
    }
    if (r->status == GR_OK) {
        r->at_end = true;
        xmlParseChunk(r->parser, "", 0, 1);
        if (r->status == GR_OK && !r->parser->wellFormed)
            gr_refuse_here(r, "export the file again", "the document is not well-formed");
    }
}

/* ---- opening ---- */

/* A name without its place among the parser's would be an element that is never met. */
static const char *intern(gr_reader *r, const char *name, bool *fits)
{
    const xmlChar *found = xmlDictLookup(r->parser->dict, (const xmlChar *)name, -1);

    *fits = *fits && (found || !name);
    return (const char *)found;
}

/* The tree once more, with the parser's names. */
static bool copy_tree(gr_reader *r)
{
    const gr_format_file *format = r->format;
    size_t features = 0, n = 0;
    bool fits = true;

    for (size_t i = 0; i < format->shape_count; i++)
        features += format->shape[i].attributes;
    r->shape = gr_arena_alloc(r->builder.arena, format->shape_count * sizeof *r->shape);
    r->feature = gr_arena_alloc(r->builder.arena, (features + 1) * sizeof *r->feature);
    if (!r->shape || !r->feature)
        return false;
    for (size_t i = 0; i < format->shape_count; i++) {
        r->shape[i] = format->shape[i];
        r->shape[i].name = intern(r, format->shape[i].name, &fits);
        r->shape[i].attribute = r->feature + n;
        for (size_t j = 0; j < format->shape[i].attributes; j++, n++) {
            r->feature[n] = format->shape[i].attribute[j];
            r->feature[n].name = intern(r, r->feature[n].name, &fits);
        }
    }
    r->nil = intern(r, "nil", &fits);
    r->index = format->index ? intern(r, format->index, &fits) : NULL;
    r->frames[0].shape = r->shape;
    return fits;
}

static gr_status open_parser(gr_reader *r)
{
    xmlSAXHandler sax;

    gr_events_install(&sax);
    r->parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
    if (!r->parser)
        return gr_fail_memory(r->err);
    xmlCtxtUseOptions(r->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    return copy_tree(r) ? GR_OK : gr_fail_memory(r->err);
}

static gr_status open_reader(gr_reader *r, const gr_reading_job *job, gr_error *err)
{
    memset(r, 0, sizeof *r);
    r->job = job;
    r->err = err;
    r->format = job->sniffed->format;
    r->window = &job->buffers->window;
    r->text = &job->buffers->text;
    gr_window_reset(r->window);
    gr_list_cut(r->text, 0);
    r->progress = gr_os_ticks();
    r->kept = GR_LIST(char);
    r->builder.ingest = job->ingest;
    r->builder.format = r->format;
    r->builder.join = job->join;
    r->builder.raw = gr_reader_raw;
    r->builder.reader = r;
    r->builder.source = job->source;
    r->builder.number = job->number;
    r->builder.run_records = job->run_records;
    r->builder.err = err;
    r->status = gr_builder_open(&r->builder);
    return r->status == GR_OK ? open_parser(r) : r->status;
}

static void close_reader(gr_reader *r)
{
    if (r->parser)
        xmlFreeParserCtxt(r->parser);
    gr_list_free(&r->kept);
    gr_builder_free(&r->builder);
}

gr_status gr_read_export(const gr_reading_job *job, gr_error *err)
{
    const char *encoding = job->sniffed->encoding;
    gr_reader *r = gr_os_alloc(sizeof *r);
    gr_status status;

    if (!r)
        return gr_fail_memory(err);
    status = open_reader(r, job, err);
    if (status == GR_OK)
        status = r->status = gr_stream_encoding(job->stream, encoding[0] ? encoding : NULL, err);
    if (status == GR_OK) {
        feed_all(r);
        status = r->status;
    }
    job->source->bytes = gr_stream_done(job->stream);
    if (status == GR_OK)
        gr_stream_digest(job->stream, job->source->sha256);
    gr_builder_end(&r->builder, status != GR_OK);
    if (status == GR_OK)
        status = r->builder.status;
    close_reader(r);
    gr_os_free(r);
    return status;
}
