/* src/ledger/record_read.c - reading records back: all that are in force, or some by their rows. Only columns of facts that
 * some record states are asked for: a million records of 54 columns take 2.0 s to go through, of the 20 in use 1.2 s. */
#include "base/os.h"
#include "ledger/fetch.h"
#include "ledger/store.h"

#include <stdlib.h>
#include <string.h>

typedef struct kept_source {
    int64_t row;
    gr_source source;
} kept_source;

/* One reading of many records: its statements and what they share. */
typedef struct reader {
    gr_ledger *ledger;
    uint64_t mask[2]; /* facts asked for, of gifts and of recipients */
    gr_statement record, further, party;
    bool has_further; /* further stands on a row */
    gr_parties parties;
    gr_list recipients; /* of gr_recipient: those of the present record */
    gr_arena *arena;    /* of the sources */
    gr_list origin;     /* of origin: all sources, by row */
} reader;

enum {
    GR_AT_RECORD,
    GR_AT_SOURCE,
    GR_AT_LINE,
    GR_AT_COLUMN,
    GR_AT_KIND,
    GR_AT_COMPUTED,
    GR_AT_RECIPIENT,
    GR_AT_DIGEST,
    GR_AT_AMENDED,
    GR_AT_FACTS
};

static void add_columns(gr_sql *sql, gr_fact first, uint64_t mask)
{
    for (; mask; mask &= mask - 1)
        gr_sql_add_column(sql, ", ", (gr_fact)((int)first + __builtin_ctzll(mask)));
}

static gr_statement open_columns(reader *r, const char *start, gr_fact first, uint64_t mask,
                                 const char *end)
{
    gr_sql sql = gr_sql_open();
    gr_statement s;

    gr_sql_add(&sql, "%s", start);
    add_columns(&sql, first, mask);
    gr_sql_add(&sql, "%s", end);
    s = gr_statement_open(r->ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    return s;
}

static gr_status add_origin(void *context, int64_t row, const gr_source *source, gr_error *err)
{
    reader *r = context;
    kept_source one = { row, *source };

    one.source.file = gr_arena_copy(r->arena, source->file);
    one.source.format = gr_arena_copy(r->arena, source->format);
    if (!one.source.file.ptr || !one.source.format.ptr || !gr_list_push(&r->origin, &one))
        return gr_fail_memory(err);
    return GR_OK;
}

static int by_row(const void *a, const void *b)
{
    int64_t x = ((const kept_source *)a)->row, y = ((const kept_source *)b)->row;

    return (x > y) - (x < y);
}

static const gr_source *find_source(const reader *r, int64_t row)
{
    kept_source key = { .row = row };
    const kept_source *found =
        r->origin.count == 0 ? NULL
                             : bsearch(&key, r->origin.items, r->origin.count, sizeof key, by_row);

    return found ? &found->source : NULL;
}

static gr_status reader_open(gr_ledger *ledger, const char *which, const char *further, reader *r,
                             gr_error *err)
{
    gr_status status = gr_seen_load(ledger, err);

    *r = (reader){ .ledger = ledger,
                   .recipients = GR_LIST(gr_recipient),
                   .origin = GR_LIST(kept_source),
                   .arena = gr_arena_create() };
    if (status != GR_OK)
        return status;
    if (!r->arena || !gr_parties_open(&r->parties))
        return gr_fail_memory(err);
    r->mask[0] = ledger->stored[0] | ledger->seen[0];
    r->mask[1] = ledger->stored[1] | ledger->seen[1];
    r->record =
        open_columns(r,
                     "SELECT record, source, line, \"column\", record_kind, shares_computed, "
                     "recipient, digest, amended",
                     (gr_fact)0, r->mask[0], which);
    r->further = gr_statement_open(ledger, GR_KEPT_NOT, further);
    r->party = open_columns(r, "SELECT recipient", GR_FACT_FIRST_OF_RECIPIENT, r->mask[1],
                            " FROM recipient WHERE recipient = ?");
    return gr_ledger_each_source(ledger, add_origin, r, err);
}

static gr_status reader_close(reader *r, gr_status status, gr_error *err)
{
    gr_error later;
    gr_statement *all[] = { &r->record, &r->further, &r->party };

    for (size_t i = 0; i < GR_COUNT(all); i++) {
        gr_status closed = all[i]->ledger ? gr_statement_close(all[i], &later) : GR_OK;

        if (status == GR_OK && closed != GR_OK) {
            *err = later;
            status = closed;
        }
    }
    gr_list_free(&r->recipients);
    gr_list_free(&r->origin);
    gr_arena_free(r->arena);
    if (r->parties.arena)
        gr_parties_free(&r->parties);
    return status;
}

/* ---- recipients ---- */

static gr_status load_party(reader *r, int64_t row, gr_party *party, gr_error *err)
{
    gr_arena *arena = r->parties.arena;
    gr_recipient *recipient = gr_arena_zero(arena, sizeof *recipient);
    gr_status status = GR_OK;

    if (!recipient)
        return gr_fail_memory(err);
    r->party.bound = 0;
    gr_bind_number(&r->party, row);
    if (gr_statement_step(&r->party))
        status = gr_facts_read(r->ledger, r->party.handle, 1, GR_FACT_FIRST_OF_RECIPIENT,
                               r->mask[1], arena, &recipient->known, recipient->value, err);
    else if (r->party.code == SQLITE_OK)
        status = gr_ledger_damaged(r->ledger, "a recipient", GR_TEXT("nothing"), err);
    if (r->party.handle)
        sqlite3_reset(r->party.handle);
    party->recipient = recipient;
    return r->party.code == SQLITE_OK ? status : gr_ledger_fail(r->ledger, err);
}

static gr_status add_recipient(reader *r, int64_t row, gr_error *err)
{
    uint64_t hash = (uint64_t)row * UINT64_C(0x9e3779b97f4a7c15);
    gr_party *party = gr_parties_find(&r->parties, hash, GR_TEXT(""), row);
    gr_status status = GR_OK;

    if (!party) {
        party = gr_parties_add(&r->parties, hash, GR_TEXT(""), row);
        status = party ? load_party(r, row, party, err) : gr_fail_memory(err);
    }
    if (status == GR_OK && !gr_list_push(&r->recipients, party->recipient))
        return gr_fail_memory(err);
    return status;
}

/* The rows of further_recipient come in the order of the records: both are gone through side by side,
 * and those of records no longer in force are passed over. */
static gr_status add_further(reader *r, int64_t record, gr_error *err)
{
    gr_status status = GR_OK;

    while (status == GR_OK && r->has_further) {
        int64_t of = sqlite3_column_int64(r->further.handle, 0);

        if (of > record)
            break;
        if (of == record)
            status = add_recipient(r, sqlite3_column_int64(r->further.handle, 1), err);
        if (status == GR_OK)
            r->has_further = gr_statement_step(&r->further);
    }
    return status;
}

/* ---- records ---- */

static gr_status read_record(reader *r, gr_record *out, gr_error *err)
{
    sqlite3_stmt *row = r->record.handle;
    gr_status status = GR_OK;

    gr_parties_trim(&r->parties); /* not while a record holds some of them */
    gr_list_cut(&r->recipients, 0);
    if (!gr_record_kind_find(gr_column_text(row, GR_AT_KIND), &out->kind))
        return gr_ledger_damaged(r->ledger, "record_kind", gr_column_text(row, GR_AT_KIND), err);
    out->line = (uint32_t)sqlite3_column_int64(row, GR_AT_LINE);
    out->column = (uint32_t)sqlite3_column_int64(row, GR_AT_COLUMN);
    out->shares_computed = sqlite3_column_int(row, GR_AT_COMPUTED) != 0;
    status = gr_facts_read(r->ledger, row, GR_AT_FACTS, (gr_fact)0, r->mask[0], NULL, &out->known,
                           out->value, err);
    if (status == GR_OK && sqlite3_column_type(row, GR_AT_RECIPIENT) != SQLITE_NULL)
        status = add_recipient(r, sqlite3_column_int64(row, GR_AT_RECIPIENT), err);
    return status;
}

static gr_status pass_record(reader *r, gr_record *record, gr_on_record take, void *context,
                             gr_error *err)
{
    sqlite3_stmt *row = r->record.handle;
    gr_kept_record kept = { sqlite3_column_int64(row, GR_AT_RECORD),
                            sqlite3_column_int64(row, GR_AT_SOURCE),
                            (uint64_t)sqlite3_column_int64(row, GR_AT_DIGEST),
                            sqlite3_column_type(row, GR_AT_AMENDED) != SQLITE_NULL };
    const gr_source *source = find_source(r, kept.source);

    record->recipient = r->recipients.items;
    record->recipient_count = r->recipients.count;
    if (!source)
        return gr_ledger_damaged(r->ledger, "a source", GR_TEXT("nothing"), err);
    return take(context, source, record, &kept, err);
}

/* ---- sources ---- */

static void read_sha256(gr_source *source, gr_text text)
{
    size_t n = gr_text_cut(text, sizeof source->sha256 - 1);

    for (size_t i = 0; i < n; i++)
        source->sha256[i] = text.ptr[i];
    source->sha256[n] = '\0';
}

gr_status gr_ledger_each_source(gr_ledger *ledger, gr_on_source take, void *context, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "SELECT source, file, format, sha256, bytes, records, "
                                       "quarantined, duplicates FROM source WHERE run <= ? "
                                       "ORDER BY source");
    gr_status status = GR_OK;

    gr_bind_number(&s, gr_ledger_horizon(ledger));
    while (status == GR_OK && gr_statement_step(&s)) {
        gr_source source = { .file = gr_column_text(s.handle, 1),
                             .format = gr_column_text(s.handle, 2),
                             .bytes = (uint64_t)sqlite3_column_int64(s.handle, 4),
                             .records = (uint64_t)sqlite3_column_int64(s.handle, 5),
                             .quarantined = (uint64_t)sqlite3_column_int64(s.handle, 6),
                             .duplicates = (uint64_t)sqlite3_column_int64(s.handle, 7) };

        read_sha256(&source, gr_column_text(s.handle, 3));
        status = take(context, sqlite3_column_int64(s.handle, 0), &source, err);
    }
    return gr_statement_end(&s, status, err);
}

/* ---- all ---- */

/* At the end of the last run, or of the one to which somebody looks back: sources rise with runs. */
#define IN_FORCE                                                                                   \
    " FROM record AS r WHERE NOT EXISTS (SELECT 1 FROM record AS n WHERE n.replaces = r.record) "  \
    "ORDER BY record"
#define IN_FORCE_THEN                                                                              \
    " FROM record AS r WHERE source <= ?1 AND NOT EXISTS (SELECT 1 FROM record AS n WHERE "        \
    "n.replaces = r.record AND n.source <= ?1) ORDER BY record"

static gr_status find_last_source(gr_ledger *ledger, int64_t *out, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT, "SELECT max(source) FROM source WHERE run <= ?");

    gr_bind_number(&s, gr_ledger_horizon(ledger));
    *out = gr_statement_step(&s) ? sqlite3_column_int64(s.handle, 0) : 0;
    return gr_statement_close(&s, err);
}

static gr_status pass_all(reader *r, gr_on_record take, void *context, gr_error *err)
{
    gr_status status = GR_OK;
    gr_record record = { 0 };

    r->has_further = gr_statement_step(&r->further);
    while (status == GR_OK && gr_statement_step(&r->record)) {
        status = read_record(r, &record, err);
        if (status == GR_OK)
            status = add_further(r, sqlite3_column_int64(r->record.handle, GR_AT_RECORD), err);
        if (status == GR_OK)
            status = pass_record(r, &record, take, context, err);
    }
    return status;
}

gr_status gr_ledger_each_record(gr_ledger *ledger, gr_on_record take, void *context, gr_error *err)
{
    bool looks_back = gr_ledger_horizon(ledger) != GR_RUN_LAST;
    reader r = { 0 };
    int64_t last_source = 0;
    gr_status status = gr_records_flush(ledger, err);

    if (status == GR_OK && looks_back)
        status = find_last_source(ledger, &last_source, err);
    if (status == GR_OK)
        status = reader_open(ledger, looks_back ? IN_FORCE_THEN : IN_FORCE,
                             "SELECT record, recipient FROM further_recipient "
                             "ORDER BY record, position",
                             &r, err);
    if (status == GR_OK && looks_back)
        gr_bind_number(&r.record, last_source);
    if (status == GR_OK)
        status = pass_all(&r, take, context, err);
    return reader_close(&r, status, err);
}

/* ---- some ---- */

struct gr_fetcher {
    reader r;
};

gr_status gr_fetcher_open(gr_ledger *ledger, gr_fetcher **out, gr_error *err)
{
    gr_fetcher *fetcher = gr_os_alloc(sizeof *fetcher);
    gr_status status;

    if (!fetcher)
        return gr_fail_memory(err);
    fetcher->r = (reader){ 0 };
    status = reader_open(ledger, " FROM record WHERE record = ?",
                         "SELECT record, recipient FROM further_recipient WHERE record = ? "
                         "ORDER BY position",
                         &fetcher->r, err);
    if (status == GR_OK)
        *out = fetcher;
    else
        gr_fetcher_close(fetcher);
    return status;
}

void gr_fetcher_close(gr_fetcher *fetcher)
{
    gr_error ignored;

    if (!fetcher)
        return;
    reader_close(&fetcher->r, GR_OK, &ignored);
    gr_os_free(fetcher);
}

static void rewind_statement(gr_statement *s)
{
    if (s->handle)
        sqlite3_reset(s->handle);
    s->bound = 0;
}

static gr_status read_further(reader *r, int64_t row, gr_error *err)
{
    gr_status status = GR_OK;

    gr_bind_number(&r->further, row);
    while (status == GR_OK && gr_statement_step(&r->further))
        status = add_recipient(r, sqlite3_column_int64(r->further.handle, 1), err);
    if (r->further.code != SQLITE_OK && status == GR_OK)
        status = gr_ledger_fail(r->ledger, err);
    rewind_statement(&r->further);
    return status;
}

gr_status gr_fetcher_fetch(gr_fetcher *fetcher, int64_t row, gr_on_record take, void *context,
                           gr_error *err)
{
    reader *r = &fetcher->r;
    gr_record record = { 0 };
    gr_status status;

    gr_bind_number(&r->record, row);
    if (!gr_statement_step(&r->record))
        status = r->record.code == SQLITE_OK
                     ? gr_ledger_damaged(r->ledger, "a record", GR_TEXT("nothing"), err)
                     : gr_ledger_fail(r->ledger, err);
    else
        status = read_record(r, &record, err);
    if (status == GR_OK)
        status = read_further(r, row, err);
    if (status == GR_OK)
        status = pass_record(r, &record, take, context, err);
    rewind_statement(&r->record);
    return status;
}
