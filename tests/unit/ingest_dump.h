/* tests/unit/ingest_dump.h - a sink that writes down what comes out of ingest, one line for each
 * thing, so that a test is an export and the text expected of it. */
#ifndef GR_TESTS_INGEST_DUMP_H
#define GR_TESTS_INGEST_DUMP_H

#include "ingest/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct dump {
    char *text;
    size_t used, room;
    gr_batch *batch;
    bool with_raw;
} dump;

__attribute__((format(printf, 2, 3))) static void dump_print(dump *d, const char *format, ...)
{
    va_list args;
    int n;

    for (;;) {
        va_start(args, format);
        n = vsnprintf(d->text + d->used, d->room - d->used, format, args);
        va_end(args);
        if (n < 0 || (size_t)n < d->room - d->used)
            break;
        d->room = 2 * d->room + (size_t)n;
        d->text = realloc(d->text, d->room);
        if (!d->text)
            abort();
    }
    d->used += (size_t)(n > 0 ? n : 0);
}

static void dump_value(dump *d, gr_fact fact, const gr_value *value)
{
    const gr_fact_info *info = gr_fact_get(fact);
    char text[GR_MONEY_TEXT];

    dump_print(d, " %s=", info->name);
    switch (info->type) {
    case GR_FACT_TEXT:
        dump_print(d, "%.*s", (int)value->text.len, value->text.ptr);
        break;
    case GR_FACT_DAY:
        dump_print(d, "%s", gr_day_print((gr_day)value->number, text));
        break;
    case GR_FACT_MONEY:
        dump_print(d, "%s", gr_amount_print(value->amount, text));
        break;
    case GR_FACT_NUMBER:
        dump_print(d, "%lld", (long long)value->number);
        break;
    case GR_FACT_WORD:
        dump_print(d, "%.*s", (int)gr_fact_word_get(fact, value->number).len,
                   gr_fact_word_get(fact, value->number).ptr);
        break;
    }
}

static void dump_record(dump *d, const gr_record *record)
{
    dump_print(d, "%s %u:%u", gr_record_kind_text(record->kind), record->line, record->column);
    for (int f = 0; f < GR_GIFT_FACT_COUNT; f++)
        if (gr_record_knows(record, (gr_fact)f))
            dump_value(d, (gr_fact)f, &record->value[f]);
    for (size_t i = 0; i < record->recipient_count; i++) {
        dump_print(d, " ->");
        for (int f = GR_FACT_FIRST_OF_RECIPIENT; f < GR_FACT_COUNT; f++)
            if (gr_recipient_knows(&record->recipient[i], (gr_fact)f))
                dump_value(d, (gr_fact)f,
                           gr_record_find(record, &record->recipient[i], (gr_fact)f));
    }
    dump_print(d, "%s\n", record->shares_computed ? " computed" : "");
}

static gr_batch *dump_fresh(void *context)
{
    dump *d = context;

    if (!d->batch)
        d->batch = gr_batch_create();
    else
        gr_batch_reset(d->batch);
    return d->batch;
}

static void dump_put(void *context, gr_batch *batch)
{
    dump *d = context;

    for (size_t i = 0; i < batch->count; i++)
        dump_record(d, &batch->record[i]);
    for (size_t i = 0; i < batch->quarantined.count; i++) {
        const gr_quarantined *q = GR_AT(batch->quarantined, gr_quarantined, i);

        dump_print(d, "quarantined %u:%u %.*s: %s (%s)\n", q->error.line, q->error.column,
                   (int)q->record.len, q->record.ptr, q->error.message, q->error.hint);
        if (d->with_raw)
            dump_print(d, "%.*s\n", (int)q->raw.len, q->raw.ptr);
    }
    if (batch->end == GR_BATCH_ACCEPTED && d->with_raw)
        dump_print(d, "%u accepted %s: %llu records, %llu quarantined\n", batch->source,
                   batch->result.file.ptr, (unsigned long long)batch->result.records,
                   (unsigned long long)batch->result.quarantined);
}

static void dump_refusals(dump *d, const gr_ingest *ingest)
{
    for (size_t i = 0; i < ingest->refused.count; i++) {
        const gr_error *e = GR_AT(ingest->refused, gr_error, i);

        dump_print(d, "refused %u:%u %s (%s)\n", e->line, e->column, e->message, e->hint);
    }
    for (size_t i = 0; i < ingest->notes.count; i++)
        dump_print(d, "note %s\n", GR_AT(ingest->notes, gr_text, i)->ptr);
}

static void dump_start(dump *d, gr_ingest *ingest, const gr_formats *formats)
{
    *d = (dump){ .room = 4096, .text = malloc(4096) };
    if (!d->text)
        abort();
    d->text[0] = '\0';
    *ingest = (gr_ingest){ .formats = formats, .sink = { dump_fresh, dump_put, d } };
    ingest->arena = gr_arena_create();
    ingest->refused = GR_LIST(gr_error);
    ingest->notes = GR_LIST(gr_text);
}

/* The text is the caller's. */
static char *dump_end(dump *d, gr_ingest *ingest)
{
    dump_refusals(d, ingest);
    gr_list_free(&ingest->refused);
    gr_list_free(&ingest->notes);
    gr_arena_free(ingest->arena);
    gr_batch_free(d->batch);
    return d->text;
}

static inline char *dump_bytes(const gr_formats *formats, gr_text bytes, size_t piece,
                               bool with_raw)
{
    gr_ingest ingest;
    gr_error err = { 0 };
    dump d;

    dump_start(&d, &ingest, formats);
    d.with_raw = with_raw;
    if (gr_ingest_pieces(&ingest, GR_TEXT("export.xml"), bytes, 0, piece, &err) != GR_OK)
        dump_print(&d, "failed: %s\n", err.message);
    return dump_end(&d, &ingest);
}

static inline char *dump_files(const gr_formats *formats, const char *const *inputs, size_t count)
{
    gr_ingest ingest;
    gr_error err = { 0 };
    dump d;

    dump_start(&d, &ingest, formats);
    if (gr_ingest_run(&ingest, inputs, count, &err) != GR_OK)
        dump_print(&d, "failed: %s\n", err.message);
    return dump_end(&d, &ingest);
}

#endif
