/* src/app/explain_records.c - the second reading: of the ledger for gifts that it held, of the exports for those that
 * they brought. A record is known again by file, line, id and content, so that a file that was changed between the two
 * readings is found out. */
#include "app/explain_records.h"

#include "app/complete.h"
#include "base/digest.h"

#include <stdlib.h>
#include <string.h>

typedef struct fetching {
    const gr_rules *rules;
    gr_run *run;
    gr_list *wanted;
    gr_table known; /* places in wanted, by record id */
    gr_batch *batch;
    gr_status status; /* the first failure */
    gr_error error;
} fetching;

static gr_fetched *wanted_at(const gr_list *wanted, size_t i)
{
    return GR_AT(*wanted, gr_fetched, i);
}

static int by_gift(const void *a, const void *b)
{
    uint32_t x = ((const gr_fetched *)a)->gift, y = ((const gr_fetched *)b)->gift;

    return (x > y) - (x < y);
}

const gr_fetched *gr_fetched_find(const gr_list *wanted, uint32_t gift)
{
    gr_fetched key = { .gift = gift };

    return wanted->count == 0 ? NULL
                              : bsearch(&key, wanted->items, wanted->count, sizeof key, by_gift);
}

/* ---- a copy that lives as long as the run ---- */

static bool copy_texts(gr_arena *arena, gr_fact first, uint64_t known, gr_value *value)
{
    for (; known; known &= known - 1) {
        unsigned i = (unsigned)__builtin_ctzll(known);

        if (gr_fact_get((gr_fact)(first + i))->type != GR_FACT_TEXT)
            continue;
        value[i].text = gr_arena_copy(arena, value[i].text);
        if (!value[i].text.ptr)
            return false;
    }
    return true;
}

static gr_record *copy_record(gr_arena *arena, const gr_record *record)
{
    gr_record *copy = gr_arena_zero(arena, sizeof *copy);
    size_t count = record->recipient_count;

    if (!copy)
        return NULL;
    *copy = *record;
    copy->recipient = gr_arena_zero(arena, sizeof *copy->recipient * (count + 1));
    if (!copy->recipient || !copy_texts(arena, (gr_fact)0, copy->known, copy->value))
        return NULL;
    if (count > 0)
        memcpy(copy->recipient, record->recipient, sizeof *copy->recipient * count);
    for (size_t i = 0; i < count; i++)
        if (!copy_texts(arena, GR_FACT_FIRST_OF_RECIPIENT, copy->recipient[i].known,
                        copy->recipient[i].value))
            return NULL;
    return copy;
}

/* As the intake takes it. */
static bool complete(const fetching *f, gr_text format, gr_record *copy, gr_fetched *out)
{
    gr_list laid = GR_LIST(gr_supplied *);
    const gr_completing by = { .rules = f->rules,
                               .supplement = &f->run->intake.supplement,
                               .format = format,
                               .is_amended = gr_intake_is_amended(&f->run->intake, out->gift),
                               .nobody = copy->recipient, /* the copy has room for one more */
                               .laid = &laid };
    const gr_supplied **kept = NULL;
    bool fits = gr_record_complete(&by, copy);

    if (fits && laid.count > 0) {
        kept = gr_arena_alloc(f->run->arena, laid.count * laid.size);
        fits = kept != NULL;
    }
    if (kept)
        memcpy((void *)kept, laid.items, laid.count * laid.size);
    out->supplied = kept;
    out->supplied_count = laid.count;
    gr_list_free(&laid);
    return fits;
}

static void keep(fetching *f, gr_text format, const gr_record *record, gr_fetched *out)
{
    gr_record *copy = copy_record(f->run->arena, record);

    if (copy)
        out->stated = copy->known;
    if (!copy || !complete(f, format, copy, out)) {
        f->status = gr_fail_memory(&f->error);
        return;
    }
    out->record = copy;
}

/* ---- knowing it again ---- */

static bool is_it(const fetching *f, const gr_fetched *wanted, const gr_source *source,
                  const gr_record *record, uint64_t digest)
{
    const gr_gift *gift = GR_AT(f->run->intake.tally->gift, gr_gift, wanted->gift);
    const gr_source *from = GR_AT(f->run->intake.source, gr_source, gift->source);

    return !wanted->record && gift->digest == digest && gift->line == record->line &&
           gr_text_equal(from->file, source->file) && gr_text_equal(from->format, source->format) &&
           gr_text_equal(gr_tally_id(f->run->intake.tally, wanted->gift),
                         gr_record_text(record, GR_F_ID));
}

static void look_at(fetching *f, const gr_source *source, const gr_record *record)
{
    uint64_t hash = gr_hash(gr_record_text(record, GR_F_ID), 0), digest = 0;
    size_t cursor = 0;
    uint32_t i;

    while (f->status == GR_OK && (i = gr_table_find(&f->known, hash, &cursor)) != GR_NONE) {
        gr_fetched *wanted = wanted_at(f->wanted, i);

        digest = digest ? digest : gr_record_digest(record);
        if (is_it(f, wanted, source, record, digest)) {
            keep(f, source->format, record, wanted);
            return;
        }
    }
}

static gr_status take_kept(void *context, const gr_source *source, const gr_record *record,
                           const gr_kept_record *kept, gr_error *err)
{
    fetching *f = context;

    (void)kept;
    look_at(f, source, record);
    if (f->status != GR_OK)
        *err = f->error;
    return f->status;
}

/* ---- the two places ---- */

static bool is_kept(const fetching *f, const gr_fetched *wanted)
{
    return GR_AT(f->run->intake.tally->gift, gr_gift, wanted->gift)->source <
           f->run->intake.first_new;
}

static gr_status fetch_from_ledger(fetching *f, const char *path, gr_error *err)
{
    gr_ledger *ledger;
    gr_status status = gr_ledger_open(path, &ledger, err);

    if (status != GR_OK)
        return status;
    status = gr_ledger_each_record(ledger, take_kept, f, err);
    gr_ledger_close(ledger);
    return status;
}

static gr_batch *fresh(void *context)
{
    fetching *f = context;

    if (f->status != GR_OK)
        return NULL;
    gr_batch_reset(f->batch);
    return f->batch;
}

static void put(void *context, gr_batch *batch)
{
    fetching *f = context;

    for (size_t i = 0; f->status == GR_OK && i < batch->count; i++)
        look_at(f, &batch->result, &batch->record[i]);
}

/* The reading of the run has told what was refused or passed over. */
static gr_status fetch_from_exports(fetching *f, const gr_audit_options *options, gr_error *err)
{
    gr_ingest ingest = { .formats = f->rules->formats,
                         .sink = { fresh, put, f },
                         .on_progress = options->on_progress,
                         .progress_context = options->context,
                         .arena = f->run->arena,
                         .refused = GR_LIST(gr_error),
                         .notes = GR_LIST(gr_text) };
    gr_status status;

    f->batch = gr_batch_create();
    if (!f->batch)
        return gr_fail_memory(err);
    status = gr_ingest_run(&ingest, options->inputs, options->input_count, err);
    gr_batch_free(f->batch);
    gr_list_free(&ingest.refused);
    gr_list_free(&ingest.notes);
    if (f->status != GR_OK) {
        *err = f->error;
        status = f->status;
    }
    return status;
}

/* ---- all ---- */

/* In order, each once. */
static void sort_wanted(gr_list *wanted)
{
    size_t n = 0;

    if (wanted->count > 1)
        qsort(wanted->items, wanted->count, sizeof(gr_fetched), by_gift);
    for (size_t i = 0; i < wanted->count; i++)
        if (n == 0 || wanted_at(wanted, i)->gift != wanted_at(wanted, n - 1)->gift)
            *wanted_at(wanted, n++) = *wanted_at(wanted, i);
    gr_list_cut(wanted, n);
}

static bool note_wanted(fetching *f, bool *any_kept, bool *any_new)
{
    bool fits = true;

    sort_wanted(f->wanted);
    for (size_t i = 0; fits && i < f->wanted->count; i++) {
        const gr_fetched *wanted = wanted_at(f->wanted, i);
        gr_text id = gr_tally_id(f->run->intake.tally, wanted->gift);

        fits = gr_table_put(&f->known, gr_hash(id, 0), (uint32_t)i);
        *any_kept = *any_kept || is_kept(f, wanted);
        *any_new = *any_new || !is_kept(f, wanted);
    }
    return fits;
}

static gr_status check_all(const fetching *f, gr_error *err)
{
    for (size_t i = 0; i < f->wanted->count; i++) {
        const gr_fetched *wanted = wanted_at(f->wanted, i);
        const gr_gift *gift = GR_AT(f->run->intake.tally->gift, gr_gift, wanted->gift);
        gr_text id = gr_tally_id(f->run->intake.tally, wanted->gift);

        if (!wanted->record)
            return gr_fail(
                err, GR_EINPUT,
                (gr_place){ f->run->judgement.source[gift->source].file.ptr, gift->line, 0 },
                "what is explained is read twice: give files that nobody changes meanwhile",
                "the gift '%.*s' is not where it was", GR_SHOW(id));
    }
    return GR_OK;
}

gr_status gr_fetch_records(const gr_rules *rules, const gr_audit_options *options, gr_run *run,
                           gr_list *wanted, gr_error *err)
{
    fetching f = { .rules = rules, .run = run, .wanted = wanted };
    bool any_kept = false, any_new = false;
    gr_status status = note_wanted(&f, &any_kept, &any_new) ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK && any_kept)
        status = fetch_from_ledger(&f, options->ledger, err);
    if (status == GR_OK && any_new)
        status = fetch_from_exports(&f, options, err);
    gr_table_free(&f.known);
    return status == GR_OK ? check_all(&f, err) : status;
}
