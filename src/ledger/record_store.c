/* src/ledger/record_store.c - keeping records, each once. A record that came in this run is found through a
 * table in memory, one of earlier runs through the index on (id, format, revision). A record without an
 * id is known by its digest. */
#include "base/digest.h"
#include "ledger/store.h"

#include <string.h>

/* Columns of record before the facts, in the order of the INSERT. */
enum {
    GR_COLUMN_RECORD,
    GR_COLUMN_SOURCE,
    GR_COLUMN_LINE,
    GR_COLUMN_COLUMN,
    GR_COLUMN_KIND,
    GR_COLUMN_COMPUTED,
    GR_COLUMN_FORMAT,
    GR_COLUMN_REVISION,
    GR_COLUMN_REPLACES,
    GR_COLUMN_DIGEST,
    GR_COLUMN_RECIPIENT,
    GR_COLUMN_AMENDED,
    GR_COLUMN_FACTS
};

enum { GR_PARTY_BYTES = 1024 }; /* a recipient that needs more is not looked for */

void gr_sql_add_record_columns(gr_sql *sql, const char *before, bool of_recipient)
{
    int first = of_recipient ? GR_FACT_FIRST_OF_RECIPIENT : 0;
    int end = of_recipient ? GR_FACT_COUNT : GR_GIFT_FACT_COUNT;

    gr_sql_add(sql, "%s%s", before,
               of_recipient ? "recipient"
                            : "record, source, line, \"column\", record_kind, shares_computed, "
                              "format, revision, replaces, digest, recipient, amended");
    for (int f = first; f < end; f++)
        gr_sql_add_column(sql, ", ", (gr_fact)f);
}

gr_status gr_records_open(gr_ledger *ledger, gr_error *err)
{
    gr_sql *head = &ledger->records.head;

    if (!gr_rows_open(&ledger->records) || !gr_rows_open(&ledger->recipients) ||
        !gr_rows_open(&ledger->further) || !gr_parties_open(&ledger->parties))
        return gr_fail_memory(err);
    gr_sql_add_record_columns(head, "INSERT INTO record (", false);
    gr_sql_add(head, ") VALUES ");
    ledger->records.columns = GR_COLUMN_FACTS + GR_GIFT_FACT_COUNT;

    head = &ledger->recipients.head;
    gr_sql_add_record_columns(head, "INSERT INTO recipient (", true);
    gr_sql_add(head, ") VALUES ");
    ledger->recipients.columns = 1 + GR_RECIPIENT_FACT_COUNT;

    gr_sql_add(&ledger->further.head, "INSERT INTO further_recipient VALUES ");
    ledger->further.columns = 3;
    return GR_OK;
}

gr_status gr_records_find_index(gr_ledger *ledger, gr_error *err)
{
    int64_t found = 0;
    gr_status status = gr_ledger_number(
        ledger, "SELECT count(*) FROM sqlite_schema WHERE name = 'record_key'", &found, err);

    ledger->indexed = found > 0;
    return status;
}

gr_status gr_records_make_index(gr_ledger *ledger, gr_error *err)
{
    return gr_ledger_execute(
        ledger,
        "CREATE UNIQUE INDEX IF NOT EXISTS record_key ON record (id, format, revision);"
        "CREATE INDEX IF NOT EXISTS record_recipient ON record (recipient);"
        "CREATE INDEX IF NOT EXISTS further_recipient_recipient ON further_recipient (recipient)",
        err);
}

gr_status gr_records_start(gr_ledger *ledger, gr_error *err)
{
    gr_status status = gr_records_find_index(ledger, err); /* another run may have ended since */

    ledger->base = ledger->last_record = ledger->chained[GR_CHAINED_RECORD];
    ledger->last_recipient = ledger->chained[GR_CHAINED_RECIPIENT];
    gr_part_start(&ledger->records.part);
    gr_part_start(&ledger->recipients.part);
    gr_part_start(&ledger->further.part);
    gr_table_free(&ledger->key);
    gr_records_settle(ledger);
    gr_parties_clear(&ledger->parties);
    return status;
}

gr_status gr_records_flush(gr_ledger *ledger, gr_error *err)
{
    gr_status status = gr_rows_flush(ledger, &ledger->recipients, err);

    if (status == GR_OK)
        status = gr_rows_flush(ledger, &ledger->records, err);
    return status == GR_OK ? gr_rows_flush(ledger, &ledger->further, err) : status;
}

void gr_records_settle(gr_ledger *ledger)
{
    if (ledger->moved.size == 0)
        ledger->moved = GR_LIST(gr_moved);
    gr_list_cut(&ledger->moved, 0);
    ledger->records.part_before = ledger->records.part;
    ledger->recipients.part_before = ledger->recipients.part;
    ledger->further.part_before = ledger->further.part;
}

void gr_records_forget(gr_ledger *ledger)
{
    ledger->records.part = ledger->records.part_before;
    ledger->recipients.part = ledger->recipients.part_before;
    ledger->further.part = ledger->further.part_before;
    for (size_t i = ledger->moved.count; i > 0; i--) {
        const gr_moved *m = GR_AT(ledger->moved, gr_moved, i - 1);

        gr_table_change(&ledger->key, m->hash, m->to, m->from);
    }
    gr_records_settle(ledger);
    gr_rows_forget(&ledger->recipients);
    gr_rows_forget(&ledger->records);
    gr_rows_forget(&ledger->further);
    gr_parties_clear(&ledger->parties);
}

/* Ends a row; when that fills its group, all are written, in the order in which they name each other. */
static gr_status end_row(gr_ledger *ledger, gr_rows *rows, gr_error *err)
{
    gr_rows_end(rows);
    return rows->waiting == GR_LEDGER_GROUP ? gr_records_flush(ledger, err) : GR_OK;
}

/* ---- knowing a record again ---- */

typedef struct version {   /* the latest one */
    int64_t row, revision; /* row 0: there is none */
    int64_t replaces;      /* the row of the version before; 0: there is none */
    uint64_t digest;
    bool is_retraction;
    bool is_binding; /* it was approved, and the new one is not approved anew */
} version;

typedef struct key {
    gr_text format, id, approval;
    bool is_named; /* false: it has no id and is known by its digest */
    uint64_t digest, hash;
} key;

static key key_of(gr_text format, const gr_record *record, uint64_t digest)
{
    bool is_named = gr_record_knows(record, GR_F_ID);
    gr_text id = gr_record_text(record, GR_F_ID);

    return (key){ .format = format,
                  .id = id,
                  .approval = gr_record_text(record, GR_F_APPROVAL),
                  .is_named = is_named,
                  .digest = digest,
                  .hash = is_named ? gr_hash(id, 0) : digest };
}

/* Columns of a version, as both statements ask for them. */
enum {
    AT_RECORD,
    AT_REVISION,
    AT_REPLACES,
    AT_DIGEST,
    AT_KIND,
    AT_FORMAT,
    AT_ID,
    AT_APPROVAL,
    AT_AMENDED
};

#define VERSION_COLUMNS                                                                            \
    "SELECT record, revision, replaces, digest, record_kind, format, id, approval, amended "       \
    "FROM record "

/* Does the approval of this version, or of one before it, still speak for the record of the key? */
static bool is_binding(sqlite3_stmt *row, const key *k)
{
    gr_text approval = gr_column_text(row, AT_APPROVAL);

    if (k->approval.len > 0 && !gr_text_equal(k->approval, approval))
        return false;
    return approval.len > 0 || sqlite3_column_type(row, AT_AMENDED) != SQLITE_NULL;
}

static version read_version(sqlite3_stmt *row, const key *k)
{
    const char *retraction = gr_record_kind_text(GR_RECORD_RETRACTION);

    return (version){ .row = sqlite3_column_int64(row, AT_RECORD),
                      .revision = sqlite3_column_int64(row, AT_REVISION),
                      .replaces = sqlite3_column_int64(row, AT_REPLACES),
                      .digest = (uint64_t)sqlite3_column_int64(row, AT_DIGEST),
                      .is_retraction = gr_text_is(gr_column_text(row, AT_KIND), retraction),
                      .is_binding = is_binding(row, k) };
}

static bool is_of_key(sqlite3_stmt *row, const key *k)
{
    if (!gr_text_equal(gr_column_text(row, AT_FORMAT), k->format))
        return false;
    if (!k->is_named)
        return sqlite3_column_type(row, AT_ID) == SQLITE_NULL &&
               (uint64_t)sqlite3_column_int64(row, AT_DIGEST) == k->digest;
    return sqlite3_column_type(row, AT_ID) == SQLITE_TEXT &&
           gr_text_equal(gr_column_text(row, AT_ID), k->id);
}

/* A number may be that of a source that was refused, and be given again: the row itself is asked. Such numbers
 * are also why more than one may be found. */
static gr_status check_row(gr_ledger *ledger, const key *k, int64_t row, version *v, gr_error *err)
{
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_FIND_ROW, VERSION_COLUMNS "WHERE record = ?");

    gr_bind_number(&s, row);
    if (gr_statement_step(&s) && is_of_key(s.handle, k) &&
        sqlite3_column_int64(s.handle, AT_REVISION) > v->revision)
        *v = read_version(s.handle, k);
    return gr_statement_close(&s, err);
}

static gr_status find_in_run(gr_ledger *ledger, const key *k, version *v, gr_error *err)
{
    gr_status status = GR_OK;
    size_t cursor = 0;
    uint32_t number;

    while (status == GR_OK && (number = gr_table_find(&ledger->key, k->hash, &cursor)) != GR_NONE) {
        status = gr_records_flush(ledger, err); /* it may be one of those that wait */
        if (status == GR_OK)
            status = check_row(ledger, k, ledger->base + number, v, err);
    }
    return status;
}

static gr_status find_earlier(gr_ledger *ledger, const key *k, version *v, gr_error *err)
{
    gr_statement s =
        k->is_named
            ? gr_statement_open(ledger, GR_KEPT_FIND_NAMED,
                                VERSION_COLUMNS "WHERE id = ? AND format = ? "
                                                "ORDER BY revision DESC LIMIT 1")
            : gr_statement_open(ledger, GR_KEPT_FIND_UNNAMED,
                                VERSION_COLUMNS "WHERE id IS NULL AND digest = ? AND format = ?");

    if (k->is_named)
        gr_bind_text(&s, k->id);
    else
        gr_bind_number(&s, (int64_t)k->digest);
    gr_bind_text(&s, k->format);
    if (gr_statement_step(&s))
        *v = read_version(s.handle, k);
    return gr_statement_close(&s, err);
}

static gr_status find_version(gr_ledger *ledger, const key *k, version *v, gr_error *err)
{
    gr_status status = find_in_run(ledger, k, v, err);

    if (status == GR_OK && v->row == 0 && ledger->indexed)
        status = find_earlier(ledger, k, v, err);
    return status;
}

/* Goes back to what the latest retraction took back; *v is a retraction still when that is nothing. */
static gr_status find_retracted(gr_ledger *ledger, const key *k, version *v, gr_error *err)
{
    gr_status status = GR_OK;

    while (status == GR_OK && v->is_retraction && v->replaces > 0) {
        version before = { 0 };

        status = check_row(ledger, k, v->replaces, &before, err);
        *v = before;
    }
    return status;
}

/* A gift that says again what was retracted changes nothing: an old export has come once more. */
static gr_status is_known(gr_ledger *ledger, const key *k, const gr_record *record, version latest,
                          bool *out, gr_error *err)
{
    gr_status status = GR_OK;

    if (latest.is_retraction && record->kind != GR_RECORD_RETRACTION)
        status = find_retracted(ledger, k, &latest, err);
    *out = latest.row > 0 && latest.digest == k->digest;
    return status;
}

/* ---- recipients ---- */

static bool put_bytes(char *buffer, size_t *used, const void *bytes, size_t n)
{
    if (n > GR_PARTY_BYTES - *used)
        return false;
    memcpy(buffer + *used, bytes, n);
    *used += n;
    return true;
}

/* All facts in one piece, to be hashed and compared; empty when they are too long. */
static gr_text encode_recipient(const gr_recipient *recipient, char buffer[GR_PARTY_BYTES])
{
    size_t used = 0;
    bool fits = put_bytes(buffer, &used, &recipient->known, sizeof recipient->known);

    for (uint64_t known = recipient->known; known && fits; known &= known - 1) {
        int i = __builtin_ctzll(known);
        const gr_value *value = &recipient->value[i];
        gr_fact_type type = gr_fact_get((gr_fact)(GR_FACT_FIRST_OF_RECIPIENT + i))->type;

        if (type == GR_FACT_TEXT)
            fits =
                put_bytes(buffer, &used, &value->text.len, sizeof value->text.len) &&
                put_bytes(buffer, &used, value->text.len ? value->text.ptr : "", value->text.len);
        else if (type == GR_FACT_MONEY)
            fits = put_bytes(buffer, &used, &value->amount, sizeof value->amount);
        else
            fits = put_bytes(buffer, &used, &value->number, sizeof value->number);
    }
    return (gr_text){ buffer, fits ? used : 0 };
}

static gr_status write_recipient(gr_ledger *ledger, const gr_recipient *recipient, gr_error *err)
{
    gr_rows *rows = &ledger->recipients;

    gr_rows_number(rows, 0, ++ledger->last_recipient);
    gr_rows_facts(ledger, rows, 1, GR_FACT_FIRST_OF_RECIPIENT, recipient->known, recipient->value);
    ledger->seen[1] |= recipient->known;
    return end_row(ledger, rows, err);
}

/* Most recipients come again with the same facts; they share a row: 0.7 s less for a million gifts, and
 * a ledger smaller by a third. */
static gr_status keep_recipient(gr_ledger *ledger, const gr_recipient *recipient, int64_t *out,
                                gr_error *err)
{
    char buffer[GR_PARTY_BYTES];
    gr_text bytes = encode_recipient(recipient, buffer);
    uint64_t hash = bytes.len ? gr_hash(bytes, 1) : 0;
    gr_party *party = NULL;
    gr_status status = GR_OK;

    gr_parties_trim(&ledger->parties);
    if (bytes.len > 0)
        party = gr_parties_find(&ledger->parties, hash, bytes, 0);
    if (!party)
        status = write_recipient(ledger, recipient, err);
    *out = party ? party->row : ledger->last_recipient;
    if (status == GR_OK && !party && bytes.len > 0 &&
        !gr_parties_add(&ledger->parties, hash, bytes, *out))
        return gr_fail_memory(err);
    return status;
}

static gr_status keep_further(gr_ledger *ledger, const gr_record *record, gr_error *err)
{
    gr_rows *rows = &ledger->further;
    gr_status status = GR_OK;

    for (size_t i = 1; status == GR_OK && i < record->recipient_count; i++) {
        int64_t recipient;

        status = keep_recipient(ledger, &record->recipient[i], &recipient, err);
        if (status != GR_OK)
            return status;
        gr_rows_number(rows, 0, ledger->last_record);
        gr_rows_number(rows, 1, (int64_t)i + 1);
        gr_rows_number(rows, 2, recipient);
        status = end_row(ledger, rows, err);
    }
    return status;
}

/* ---- keeping ---- */

/* Edited after it had been approved: taking it back, or entering it anew, is no edit. */
static bool is_amended(const gr_record *record, const version *before)
{
    return before->row > 0 && before->is_binding && !before->is_retraction &&
           record->kind != GR_RECORD_RETRACTION;
}

static gr_status write_record(gr_ledger *ledger, const key *k, const gr_record *record,
                              const version *before, gr_error *err)
{
    gr_rows *rows = &ledger->records;
    gr_status status = GR_OK;
    int64_t recipient = 0;

    if (record->recipient_count > 0)
        status = keep_recipient(ledger, &record->recipient[0], &recipient, err);
    if (status != GR_OK)
        return status;
    gr_rows_number(rows, GR_COLUMN_RECORD, ++ledger->last_record);
    gr_rows_number(rows, GR_COLUMN_SOURCE, ledger->source);
    gr_rows_number(rows, GR_COLUMN_LINE, record->line);
    gr_rows_number(rows, GR_COLUMN_COLUMN, record->column);
    gr_rows_word(rows, GR_COLUMN_KIND, gr_text_of(gr_record_kind_text(record->kind)));
    gr_rows_number(rows, GR_COLUMN_COMPUTED, record->shares_computed);
    gr_rows_text(rows, GR_COLUMN_FORMAT, k->format);
    gr_rows_number(rows, GR_COLUMN_REVISION, before->revision + 1);
    if (before->row > 0)
        gr_rows_number(rows, GR_COLUMN_REPLACES, before->row);
    gr_rows_number(rows, GR_COLUMN_DIGEST, (int64_t)k->digest);
    if (recipient > 0)
        gr_rows_number(rows, GR_COLUMN_RECIPIENT, recipient);
    if (is_amended(record, before))
        gr_rows_number(rows, GR_COLUMN_AMENDED, 1);
    gr_rows_facts(ledger, rows, GR_COLUMN_FACTS, (gr_fact)0, record->known, record->value);
    ledger->seen[0] |= record->known;
    return end_row(ledger, rows, err);
}

/* One entry for each key, or a record of many versions would be looked for among all of them. */
static gr_status note_key(gr_ledger *ledger, const key *k, const version *before, gr_error *err)
{
    gr_moved m = { .hash = k->hash, .to = (uint32_t)(ledger->last_record - ledger->base) };

    if (before->row <= ledger->base)
        return gr_table_put(&ledger->key, k->hash, m.to) ? GR_OK : gr_fail_memory(err);
    m.from = (uint32_t)(before->row - ledger->base);
    if (!gr_list_push(&ledger->moved, &m))
        return gr_fail_memory(err);
    gr_table_change(&ledger->key, m.hash, m.from, m.to);
    return GR_OK;
}

static gr_status keep_record(gr_ledger *ledger, gr_text format, const gr_record *record,
                             uint64_t digest, gr_ledger_kept *kept, gr_error *err)
{
    key k = key_of(format, record, digest);
    version before = { 0 };
    bool is_there = false;
    gr_status status = find_version(ledger, &k, &before, err);

    if (status == GR_OK)
        status = is_known(ledger, &k, record, before, &is_there, err);
    if (status != GR_OK)
        return status;
    if (is_there) {
        *kept = (gr_ledger_kept){ GR_LEDGER_SAME, 0 };
        return GR_OK;
    }
    status = gr_source_row(ledger, err);
    if (status == GR_OK)
        status = write_record(ledger, &k, record, &before, err);
    if (status == GR_OK)
        status = keep_further(ledger, record, err);
    if (status == GR_OK)
        status = note_key(ledger, &k, &before, err);
    if (status != GR_OK)
        return status;
    ledger->written++;
    ledger->source_records++;
    kept->row = ledger->last_record;
    kept->news = is_amended(record, &before) ? GR_LEDGER_AMENDED
                 : before.row > 0            ? GR_LEDGER_CHANGED
                                             : GR_LEDGER_NEW;
    return GR_OK;
}

gr_status gr_ledger_record_add(gr_ledger *ledger, gr_text format, const gr_record *record,
                               uint64_t digest, gr_ledger_kept *kept, gr_error *err)
{
    return gr_ledger_note(ledger, keep_record(ledger, format, record, digest, kept, err));
}

/* ---- facts in use ---- */

static gr_text mark_seen(gr_ledger *ledger, gr_text name)
{
    gr_fact fact = gr_fact_find(name);

    if (fact == GR_FACT_NONE)
        return name;
    if (fact < GR_FACT_FIRST_OF_RECIPIENT)
        ledger->stored[0] |= UINT64_C(1) << fact;
    else
        ledger->stored[1] |= UINT64_C(1) << (fact - GR_FACT_FIRST_OF_RECIPIENT);
    return GR_TEXT("");
}

gr_status gr_seen_load(gr_ledger *ledger, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT, "SELECT name FROM fact");

    ledger->stored[0] = ledger->stored[1] = 0;
    while (gr_statement_step(&s)) {
        gr_text unknown = mark_seen(ledger, gr_column_text(s.handle, 0));

        if (unknown.len > 0) {
            gr_ledger_damaged(ledger, "a fact", unknown, err);
            gr_statement_close(&s, err);
            return GR_EIO;
        }
    }
    return gr_statement_close(&s, err);
}

gr_status gr_seen_store(gr_ledger *ledger, gr_error *err)
{
    gr_status status = GR_OK;

    for (int f = 0; status == GR_OK && f < GR_FACT_COUNT; f++) {
        int part = f >= GR_FACT_FIRST_OF_RECIPIENT;
        int bit = part ? f - GR_FACT_FIRST_OF_RECIPIENT : f;
        gr_statement s;

        if (!((ledger->seen[part] & ~ledger->stored[part]) >> bit & 1))
            continue;
        s = gr_statement_open(ledger, GR_KEPT_NOT, "INSERT OR IGNORE INTO fact (name) VALUES (?)");
        gr_bind_word(&s, gr_fact_get((gr_fact)f)->name);
        gr_statement_step(&s);
        status = gr_statement_close(&s, err);
    }
    return status;
}
