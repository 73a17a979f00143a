/* src/ledger/record_read.c - reading records back. Only columns of facts that some record states are asked
 * for: a million records of 54 columns take 2.0 s to go through, of the 20 in use 1.2 s. */
#include "ledger/store.h"

/* One reading of many records: its statements and what they share. */
typedef struct reader {
    gr_ledger *ledger;
    uint64_t mask[2]; /* facts asked for, of gifts and of recipients */
    gr_statement record, further, party;
    bool has_further; /* further stands on a row */
    gr_parties parties;
    gr_list recipients; /* of gr_recipient: those of the present record */
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

static gr_status reader_open(gr_ledger *ledger, reader *r, gr_error *err)
{
    gr_status status = gr_seen_load(ledger, err);

    *r = (reader){ .ledger = ledger, .recipients = GR_LIST(gr_recipient) };
    if (status != GR_OK)
        return status;
    if (!gr_parties_open(&r->parties))
        return gr_fail_memory(err);
    r->mask[0] = ledger->stored[0] | ledger->seen[0];
    r->mask[1] = ledger->stored[1] | ledger->seen[1];
    r->record =
        open_columns(r,
                     "SELECT record, source, line, \"column\", record_kind, shares_computed, "
                     "recipient, digest, amended",
                     (gr_fact)0, r->mask[0],
                     " FROM record AS r WHERE NOT EXISTS "
                     "(SELECT 1 FROM record AS n WHERE n.replaces = r.record) "
                     "ORDER BY record");
    r->further = gr_statement_open(ledger, GR_KEPT_NOT,
                                   "SELECT record, recipient FROM further_recipient "
                                   "ORDER BY record, position");
    r->has_further = gr_statement_step(&r->further);
    r->party = open_columns(r, "SELECT recipient", GR_FACT_FIRST_OF_RECIPIENT, r->mask[1],
                            " FROM recipient WHERE recipient = ?");
    return GR_OK;
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

static bool find_kind(gr_text text, gr_record_kind *out)
{
    for (int kind = GR_RECORD_GIFT; kind <= GR_RECORD_RETRACTION; kind++) {
        if (gr_text_is(text, gr_record_kind_text((gr_record_kind)kind))) {
            *out = (gr_record_kind)kind;
            return true;
        }
    }
    return false;
}

static gr_status read_record(reader *r, gr_record *out, gr_error *err)
{
    sqlite3_stmt *row = r->record.handle;
    gr_status status = GR_OK;

    gr_parties_trim(&r->parties); /* not while a record holds some of them */
    gr_list_cut(&r->recipients, 0);
    if (!find_kind(gr_column_text(row, GR_AT_KIND), &out->kind))
        return gr_ledger_damaged(r->ledger, "record_kind", gr_column_text(row, GR_AT_KIND), err);
    out->line = (uint32_t)sqlite3_column_int64(row, GR_AT_LINE);
    out->column = (uint32_t)sqlite3_column_int64(row, GR_AT_COLUMN);
    out->shares_computed = sqlite3_column_int(row, GR_AT_COMPUTED) != 0;
    status = gr_facts_read(r->ledger, row, GR_AT_FACTS, (gr_fact)0, r->mask[0], NULL, &out->known,
                           out->value, err);
    if (status == GR_OK && sqlite3_column_type(row, GR_AT_RECIPIENT) != SQLITE_NULL)
        status = add_recipient(r, sqlite3_column_int64(row, GR_AT_RECIPIENT), err);
    if (status == GR_OK)
        status = add_further(r, sqlite3_column_int64(row, GR_AT_RECORD), err);
    out->recipient = r->recipients.items;
    out->recipient_count = r->recipients.count;
    return status;
}

/* ---- sources ---- */

static void read_sha256(gr_source *source, gr_text text)
{
    size_t n = gr_text_cut(text, sizeof source->sha256 - 1);

    for (size_t i = 0; i < n; i++)
        source->sha256[i] = text.ptr[i];
    source->sha256[n] = '\0';
}

static gr_status load_source(gr_ledger *ledger, int64_t row, gr_arena *arena, gr_source *out,
                             gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "SELECT file, format, sha256, bytes, records, quarantined, "
                                       "duplicates FROM source WHERE source = ?");
    gr_source source = { 0 };
    gr_status status;
    bool is_there;

    gr_bind_number(&s, row);
    is_there = gr_statement_step(&s);
    if (is_there) {
        source.file = gr_arena_copy(arena, gr_column_text(s.handle, 0));
        source.format = gr_arena_copy(arena, gr_column_text(s.handle, 1));
        read_sha256(&source, gr_column_text(s.handle, 2));
        source.bytes = (uint64_t)sqlite3_column_int64(s.handle, 3);
        source.records = (uint64_t)sqlite3_column_int64(s.handle, 4);
        source.quarantined = (uint64_t)sqlite3_column_int64(s.handle, 5);
        source.duplicates = (uint64_t)sqlite3_column_int64(s.handle, 6);
    }
    status = gr_statement_close(&s, err);
    if (status == GR_OK && !is_there)
        return gr_ledger_damaged(ledger, "a source", GR_TEXT("nothing"), err);
    if (status == GR_OK && (!source.file.ptr || !source.format.ptr))
        return gr_fail_memory(err);
    *out = source;
    return status;
}

/* ---- all ---- */

static gr_status pass_records(reader *r, gr_arena *arena, gr_on_record take, void *context,
                              gr_error *err)
{
    gr_status status = GR_OK;
    gr_record record = { 0 };
    gr_source source = { 0 };
    int64_t present = -1;

    while (status == GR_OK && gr_statement_step(&r->record)) {
        sqlite3_stmt *handle = r->record.handle;
        gr_kept_record kept = { sqlite3_column_int64(handle, GR_AT_RECORD),
                                (uint64_t)sqlite3_column_int64(handle, GR_AT_DIGEST),
                                sqlite3_column_type(handle, GR_AT_AMENDED) != SQLITE_NULL };
        int64_t row = sqlite3_column_int64(handle, GR_AT_SOURCE);

        if (row != present) {
            present = row;
            status = load_source(r->ledger, row, arena, &source, err);
        }
        if (status == GR_OK)
            status = read_record(r, &record, err);
        if (status == GR_OK)
            status = take(context, &source, &record, &kept, err);
    }
    return status;
}

gr_status gr_ledger_each_record(gr_ledger *ledger, gr_on_record take, void *context, gr_error *err)
{
    gr_arena *arena = gr_arena_create(); /* of sources: few, and all live to the end */
    reader r = { 0 };
    gr_status status = arena ? gr_records_flush(ledger, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = reader_open(ledger, &r, err);
    if (status == GR_OK)
        status = pass_records(&r, arena, take, context, err);
    status = reader_close(&r, status, err);
    gr_arena_free(arena);
    return status;
}
