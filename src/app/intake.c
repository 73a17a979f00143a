/* src/app/intake.c - the same record counts once, wherever it comes from. A record that says what is in force is
 * passed over; one of the same id with other content replaces the ledger's, or the one with an older version; within
 * a run, without versions, it is an error of the export, and goes to quarantine. A refused source leaves no trace,
 * nor does a file that the ledger holds already: its records may since have been corrected. */
#include "app/intake_inside.h"

#include "app/complete.h"
#include "app/version.h"
#include "base/bounds.h"
#include "base/digest.h"
#include "base/os.h"

#include <string.h>

enum { AHEAD = 4 }; /* records */

gr_status gr_intake_open(const gr_rules *rules, gr_ledger *ledger, gr_arena *arena, gr_intake *out,
                         gr_error *err)
{
    gr_status status;

    *out = (gr_intake){ .rules = rules,
                        .ledger = ledger,
                        .arena = arena,
                        .source = GR_LIST(gr_source),
                        .origin = GR_LIST(gr_origin),
                        .quarantined = GR_LIST(gr_quarantined),
                        .row = GR_LIST(int64_t),
                        .source_row = GR_LIST(int64_t),
                        .party = GR_LIST(uint32_t),
                        .amended = GR_LIST(uint32_t),
                        .recipients = GR_LIST(uint32_t),
                        .retracted = GR_LIST(gr_retracted),
                        .replaced = GR_LIST(gr_replaced),
                        .identity = GR_LIST(gr_known_identity) };
    status = gr_tally_create(rules->set, &out->tally, err);
    if (status == GR_OK)
        status = gr_people_create(&rules->names, &out->people, err);
    if (status == GR_OK)
        status = gr_roster_create(&out->roster, err);
    if (status == GR_OK)
        status = gr_reconciliation_create(rules->set, &rules->names, &out->reconciliation, err);
    if (status == GR_OK)
        status = gr_detector_create(out->tally, &rules->names, &out->detector, err);
    if (status != GR_OK)
        gr_intake_close(out);
    return status;
}

void gr_intake_close(gr_intake *intake)
{
    gr_tally_free(intake->tally);
    gr_people_free(intake->people);
    gr_roster_free(intake->roster);
    gr_reconciliation_free(intake->reconciliation);
    gr_detector_free(intake->detector);
    gr_table_free(&intake->known);
    gr_list_free(&intake->source);
    gr_list_free(&intake->origin);
    gr_list_free(&intake->quarantined);
    gr_list_free(&intake->row);
    gr_list_free(&intake->source_row);
    gr_list_free(&intake->party);
    gr_list_free(&intake->amended);
    gr_list_free(&intake->recipients);
    gr_list_free(&intake->retracted);
    gr_list_free(&intake->replaced);
    gr_list_free(&intake->identity);
    gr_supplement_free(&intake->supplement);
    intake->tally = NULL;
    intake->people = NULL;
    intake->roster = NULL;
    intake->reconciliation = NULL;
    intake->detector = NULL;
}

void gr_intake_fail(gr_intake *intake, gr_status status)
{
    if (intake->status == GR_OK)
        intake->status = status;
}

bool gr_intake_keep(gr_intake *intake, gr_text text, gr_text *out)
{
    *out = gr_arena_copy(intake->arena, text);
    if (!out->ptr)
        gr_intake_fail(intake, gr_fail_memory(&intake->error));
    return out->ptr != NULL;
}

/* ---- sources ---- */

bool gr_intake_add_source(gr_intake *intake, const gr_source *source)
{
    gr_source copy = *source;

    if (!gr_intake_keep(intake, source->file, &copy.file) ||
        !gr_intake_keep(intake, source->format, &copy.format))
        return false;
    if (!gr_list_push(&intake->source, &copy) ||
        !gr_list_push(&intake->origin, &(gr_origin){ copy.file, copy.format })) {
        gr_intake_fail(intake, gr_fail_memory(&intake->error));
        return false;
    }
    return true;
}

static gr_source *last_source(const gr_intake *intake)
{
    return GR_AT(intake->source, gr_source, intake->source.count - 1);
}

static void open_source(gr_intake *intake, const gr_source *source)
{
    if (!gr_intake_add_source(intake, source))
        return;
    intake->is_open = true;
    intake->gifts_before = (uint32_t)intake->tally->gift.count;
    intake->quarantined_before = intake->quarantined.count;
    memcpy(intake->news_before, intake->news, sizeof intake->news);
    intake->source_taken = intake->source_duplicates = intake->source_quarantined = 0;
    gr_list_cut(&intake->replaced, 0);
    if (intake->ledger)
        gr_intake_fail(intake, gr_ledger_source_start(intake->ledger, &intake->error));
}

static uint64_t hash_key(gr_text format, gr_text id)
{
    return gr_hash(id, gr_hash(format, 7));
}

/* A record without an id is known by its content. */
static uint64_t hash_record(gr_text format, gr_text id, uint64_t digest)
{
    return id.len > 0 ? hash_key(format, id) : digest;
}

static uint64_t hash_gift(const gr_intake *intake, uint32_t gift)
{
    const gr_gift *g = GR_AT(intake->tally->gift, gr_gift, gift);

    return hash_record(GR_AT(intake->source, gr_source, g->source)->format,
                       gr_tally_id(intake->tally, gift), g->digest);
}

/* Takes back what the source has done so far: what it replaced is in force again. */
static void undo_source(gr_intake *intake)
{
    for (size_t i = intake->replaced.count; i > 0; i--) {
        const gr_replaced *r = GR_AT(intake->replaced, gr_replaced, i - 1);

        GR_AT(intake->tally->gift, gr_gift, r->gift)->is_dead = r->was_dead;
        gr_table_change(&intake->known, hash_gift(intake, r->gift), r->by, r->gift);
    }
    gr_list_cut(&intake->replaced, 0);
    while (intake->retracted.count > 0 &&
           GR_AT(intake->retracted, gr_retracted, intake->retracted.count - 1)->by >=
               intake->gifts_before)
        intake->retracted.count--;
    gr_tally_cut(intake->tally, intake->gifts_before);
    gr_roster_cut(intake->roster, intake->gifts_before);
    gr_reconciliation_cut(intake->reconciliation, intake->gifts_before);
    gr_detector_cut(intake->detector, intake->gifts_before);
    gr_list_cut(&intake->quarantined, intake->quarantined_before);
    memcpy(intake->news, intake->news_before, sizeof intake->news);
    if (intake->ledger)
        gr_list_cut(&intake->row, intake->gifts_before);
    while (intake->amended.count > 0 &&
           *GR_AT(intake->amended, uint32_t, intake->amended.count - 1) >= intake->gifts_before)
        intake->amended.count--;
}

static void end_source(gr_intake *intake, bool is_kept, const gr_source *source)
{
    if (intake->ledger)
        gr_intake_fail(intake,
                       gr_ledger_source_end(intake->ledger, is_kept, source, &intake->error));
    if (!is_kept)
        undo_source(intake);
}

/* Only its end tells the digest of a source. */
static bool is_held(gr_intake *intake, const gr_source *result)
{
    bool is_known = false;

    if (intake->ledger)
        gr_intake_fail(intake, gr_ledger_source_find(intake->ledger, result->sha256, &is_known,
                                                     &intake->error));
    return is_known;
}

static void close_source(gr_intake *intake, const gr_source *result, bool is_accepted)
{
    gr_source *source = last_source(intake);
    gr_source known = *result;
    bool is_known = is_accepted && is_held(intake, result);

    if (intake->status != GR_OK)
        return; /* the run is lost: the ledger takes nothing more */
    intake->is_open = false;
    known.file = source->file;
    known.format = source->format;
    known.duplicates = is_known ? intake->source_taken : intake->source_duplicates;
    if (!is_known)
        known.quarantined += intake->source_quarantined;
    *source = known;
    end_source(intake, is_accepted && !is_known, source);
    if (is_accepted) {
        intake->duplicates += known.duplicates;
        return;
    }
    gr_list_cut(&intake->source, intake->source.count - 1);
    gr_list_cut(&intake->origin, intake->origin.count - 1);
}

/* ---- knowing a record again ---- */

/* The gift, alive or not, of this format and id that came last; GR_NONE when there is none. A number that belonged
 * to a refused source may have been given again: the id is compared, so that it misleads nobody. */
static uint32_t find_known(const gr_intake *intake, gr_text format, gr_text id, uint64_t digest)
{
    uint64_t hash = hash_record(format, id, digest);
    size_t cursor = 0;
    uint32_t number, found = GR_NONE;

    while ((number = gr_table_find(&intake->known, hash, &cursor)) != GR_NONE) {
        const gr_gift *gift;

        if (number >= intake->tally->gift.count || (found != GR_NONE && number < found))
            continue;
        gift = GR_AT(intake->tally->gift, gr_gift, number);
        if (gr_text_equal(gr_tally_id(intake->tally, number), id) &&
            (id.len > 0 || gift->digest == digest) &&
            gr_text_equal(GR_AT(intake->source, gr_source, gift->source)->format, format))
            found = number;
    }
    return found;
}

/* ---- quarantine ---- */

static void add_quarantined(gr_intake *intake, const gr_quarantined *quarantined)
{
    gr_quarantined copy = *quarantined;

    if (intake->ledger)
        gr_intake_fail(intake,
                       gr_ledger_quarantine_add(intake->ledger, quarantined, &intake->error));
    copy.raw = GR_TEXT(""); /* the ledger keeps it; the report shows the place */
    if (!gr_intake_keep(intake, quarantined->record, &copy.record))
        return;
    if (!gr_list_push(&intake->quarantined, &copy))
        gr_intake_fail(intake, gr_fail_memory(&intake->error));
}

static void quarantine_twin(gr_intake *intake, const gr_record *record, const gr_gift *first)
{
    const gr_source *source = last_source(intake);
    gr_text id = gr_record_text(record, GR_F_ID);
    gr_quarantined q = { .record = id, .raw = GR_TEXT("") };
    gr_place at = { source->file.ptr, record->line, record->column };

    gr_fail(&q.error, GR_EINPUT, at,
            "give it an id of its own; to correct a record, import the correction into a ledger",
            "the id '%.*s' stands already at %.*s:%u with other content", GR_SHOW(id),
            GR_SHOW(GR_AT(intake->source, gr_source, first->source)->file), first->line);
    intake->source_quarantined++;
    add_quarantined(intake, &q);
}

/* ---- records ---- */

static gr_person person_of(const gr_recipient *r)
{
    return (gr_person){ gr_recipient_text(r, GR_F_RECIPIENT_ID), gr_recipient_text(r, GR_F_NAME),
                        gr_recipient_text(r, GR_F_EMPLOYER), gr_recipient_text(r, GR_F_EMAIL) };
}

static bool number_people(gr_intake *intake, const gr_record *record, uint32_t *giver)
{
    *giver = gr_people_giver(intake->people, gr_record_text(record, GR_F_GIVER_ID),
                             gr_record_text(record, GR_F_GIVER_NAME));
    gr_list_cut(&intake->recipients, 0);
    for (size_t i = 0; i < record->recipient_count; i++) {
        const gr_person person = person_of(&record->recipient[i]);
        uint32_t number = gr_people_recipient(intake->people, &person);

        if (number == GR_NONE || !gr_list_push(&intake->recipients, &number))
            return false;
    }
    return *giver != GR_NONE;
}

/* What the gift says, or said before it was retracted; false: a retraction that met nothing in this run. */
static bool find_content(const gr_intake *intake, uint32_t gift, uint64_t *digest)
{
    const gr_gift *g = GR_AT(intake->tally->gift, gr_gift, gift);
    size_t low = 0, high = intake->retracted.count; /* sorted: numbers rise */

    if (!g->is_dead) { /* the latest of its id: dead, it is a retraction */
        *digest = g->digest;
        return true;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (GR_AT(intake->retracted, gr_retracted, middle)->by < gift)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == intake->retracted.count || GR_AT(intake->retracted, gr_retracted, low)->by != gift)
        return false;
    *digest = GR_AT(intake->retracted, gr_retracted, low)->digest;
    return true;
}

static bool note_retracted(gr_intake *intake, uint32_t before, uint32_t by)
{
    gr_retracted r = { .by = by };

    return !find_content(intake, before, &r.digest) || gr_list_push(&intake->retracted, &r);
}

/* One entry for each id, or a record of many versions would be looked for among all of them. */
static bool note_known(gr_intake *intake, uint64_t hash, uint32_t before, uint32_t gift)
{
    gr_replaced r = { .gift = before, .by = gift };

    if (before == GR_NONE)
        return gr_table_put(&intake->known, hash, gift);
    r.was_dead = GR_AT(intake->tally->gift, gr_gift, before)->is_dead;
    if (!gr_list_push(&intake->replaced, &r))
        return false;
    gr_table_change(&intake->known, hash, before, gift);
    gr_tally_kill(intake->tally, before);
    return true;
}

/* What is known of the record beyond its gift, and found out when all are in. exported: an expense that was found to be a
 * gift was none in its export. */
static gr_status note_record(gr_intake *intake, const gr_record *record, gr_record_kind exported,
                             uint32_t gift)
{
    gr_error *err = &intake->error;
    const uint32_t *recipient = intake->recipients.items;
    const gr_gift *seen = GR_AT(intake->tally->gift, gr_gift, gift);
    gr_text file = GR_AT(intake->source, gr_source, seen->source)->file;
    gr_status status = gr_roster_take(intake->roster, record, file, gift, recipient, err);

    if (status == GR_OK)
        status =
            gr_reconciliation_take(intake->reconciliation, record, exported, gift, recipient, err);
    if (status == GR_OK && !intake->only_lists)
        status = gr_detector_take(intake->detector, record, gift, recipient, err);
    return status;
}

void gr_intake_add_record(gr_intake *intake, uint32_t source, gr_text format, gr_record *record,
                          const gr_kept_record *kept, uint32_t before)
{
    const gr_completing by = { intake->rules,    &intake->supplement, format,
                               kept->is_amended, &intake->nobody,     NULL };
    uint64_t hash = hash_record(format, gr_record_text(record, GR_F_ID), kept->digest);
    gr_record_kind exported = record->kind;
    bool is_retraction = exported == GR_RECORD_RETRACTION;
    uint32_t giver, gift;

    gr_record_complete(&by, record);
    if (!number_people(intake, record, &giver)) {
        gr_intake_fail(intake, gr_fail_memory(&intake->error));
        return;
    }
    gr_intake_fail(intake, gr_tally_add(intake->tally, record, source, kept->digest, giver,
                                        intake->recipients.items, &gift, &intake->error));
    if (intake->status == GR_OK)
        gr_intake_fail(intake, note_record(intake, record, exported, gift));
    if (intake->status != GR_OK)
        return;
    if ((intake->ledger && !gr_list_push(&intake->row, &kept->row)) ||
        (kept->is_amended && !gr_list_push(&intake->amended, &gift)) ||
        (is_retraction && before != GR_NONE && !note_retracted(intake, before, gift)) ||
        (!intake->only_lists && !note_known(intake, hash, before, gift)))
        gr_intake_fail(intake, gr_fail_memory(&intake->error));
    if (is_retraction)
        gr_tally_kill(intake->tally, gift);
}

typedef enum news { NEWS_NEW, NEWS_SAME, NEWS_REPLACES, NEWS_TWIN } news;

/* After a retraction, only what was not retracted is news; what an earlier run's took back, the ledger knows. One
 * of this run that met nothing takes back what follows: the order of the exports means nothing. */
static news compare_with_retraction(const gr_intake *intake, uint64_t digest, uint32_t retraction)
{
    uint64_t retracted;

    if (find_content(intake, retraction, &retracted))
        return digest == retracted ? NEWS_SAME : NEWS_REPLACES;
    return GR_AT(intake->tally->gift, gr_gift, retraction)->source < intake->first_new
               ? NEWS_REPLACES
               : NEWS_SAME;
}

/* What a record is to the latest one of the same format and id. An older version says nothing new. */
static news compare_with(const gr_intake *intake, const gr_record *record, uint64_t digest,
                         uint32_t known)
{
    const gr_gift *gift = known == GR_NONE ? NULL : GR_AT(intake->tally->gift, gr_gift, known);
    gr_text version = gr_record_text(record, GR_F_VERSION);
    gr_text before;

    if (!gift)
        return NEWS_NEW;
    if (gift->digest == digest)
        return NEWS_SAME;
    if (record->kind == GR_RECORD_RETRACTION)
        return NEWS_REPLACES;
    before = gr_tally_version(intake->tally, known);
    if (version.len > 0 && before.len > 0 && !gr_text_equal(version, before))
        return gr_version_is_older(version, before) ? NEWS_SAME : NEWS_REPLACES;
    if (gift->is_dead)
        return compare_with_retraction(intake, digest, known);
    return gift->source < intake->first_new ? NEWS_REPLACES : NEWS_TWIN;
}

/* Keeps a record in the ledger; false when it is there already, in force or retracted. */
static bool keep_record(gr_intake *intake, gr_text format, const gr_record *record,
                        gr_kept_record *out)
{
    gr_ledger_kept kept = { GR_LEDGER_NEW, 0 };

    if (intake->ledger)
        gr_intake_fail(intake, gr_ledger_record_add(intake->ledger, format, record, out->digest,
                                                    &kept, &intake->error));
    out->row = kept.row;
    out->is_amended = kept.news == GR_LEDGER_AMENDED;
    intake->news[kept.news]++;
    return kept.news != GR_LEDGER_SAME;
}

/* Where not all of the ledger is here, the latest version of a record is fetched when it is asked for. */
static uint32_t fetch_known(gr_intake *intake, gr_text format, gr_text id, uint64_t digest)
{
    uint32_t known = find_known(intake, format, id, digest);
    int64_t row = 0;

    if (known != GR_NONE || !intake->fetcher || id.len == 0)
        return known;
    gr_intake_fail(intake, gr_ledger_record_find(intake->ledger, format, id, &row, &intake->error));
    if (intake->status != GR_OK || row == 0)
        return GR_NONE;
    gr_intake_fail(intake, gr_fetcher_fetch(intake->fetcher, row, gr_intake_take_kept, intake,
                                            &intake->error));
    return intake->status == GR_OK ? (uint32_t)intake->tally->gift.count - 1 : GR_NONE;
}

static void take_record(gr_intake *intake, gr_record *record)
{
    const gr_source *source = last_source(intake);
    uint64_t digest = gr_record_digest(record);
    uint32_t known = fetch_known(intake, source->format, gr_record_text(record, GR_F_ID), digest);
    gr_kept_record kept = { .digest = digest };
    news is = compare_with(intake, record, kept.digest, known);

    intake->source_taken++;
    if (is == NEWS_TWIN) {
        quarantine_twin(intake, record, GR_AT(intake->tally->gift, gr_gift, known));
    } else if (is == NEWS_SAME || !keep_record(intake, source->format, record, &kept)) {
        intake->source_duplicates++;
    } else if (intake->status == GR_OK) {
        gr_intake_add_record(intake, (uint32_t)(intake->source.count - 1), source->format, record,
                             &kept, is == NEWS_REPLACES ? known : GR_NONE);
    }
}

/* The tables are larger than the processor's caches: what a later record will look at is asked for now. */
static void expect(const gr_intake *intake, gr_text format, const gr_record *record)
{
    gr_table_expect(&intake->known, hash_key(format, gr_record_text(record, GR_F_ID)));
    for (size_t i = 0; i < record->recipient_count && i < 4; i++) {
        const gr_person person = person_of(&record->recipient[i]);

        gr_people_expect(intake->people, &person);
    }
}

void gr_intake_take(gr_intake *intake, gr_batch *batch)
{
    if (!intake->is_open && intake->status == GR_OK)
        open_source(intake, &batch->result);
    for (size_t i = 0; i < batch->quarantined.count && intake->status == GR_OK; i++)
        add_quarantined(intake, GR_AT(batch->quarantined, gr_quarantined, i));
    for (size_t i = 0; i < batch->count && intake->status == GR_OK; i++) {
        if (i + AHEAD < batch->count)
            expect(intake, batch->result.format, &batch->record[i + AHEAD]);
        take_record(intake, &batch->record[i]);
    }
    if (batch->end != GR_BATCH_MORE && intake->status == GR_OK)
        close_source(intake, &batch->result, batch->end == GR_BATCH_ACCEPTED);
}
