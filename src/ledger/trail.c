/* src/ledger/trail.c - see trail.h. Rows of the large tables are imprinted as they are written (rows.c), all others
 * are read back at the end of the run; both ways meet in the same functions, and `ledger verify` reads all of them
 * back. A million records more cost some 0.3 s. */
#include "ledger/trail.h"

#include "ledger/store.h"

#include <stdio.h>
#include <string.h>

/* ---- imprints ---- */

void gr_imprint_start(gr_imprint *imprint)
{
    gr_digest_start(&imprint->digest);
    imprint->used = 0;
}

static void put(gr_imprint *imprint, const void *bytes, size_t count)
{
    if (count > sizeof imprint->buffer - imprint->used) {
        gr_digest_add(&imprint->digest, imprint->buffer, imprint->used);
        imprint->used = 0;
    }
    if (count > sizeof imprint->buffer) {
        gr_digest_add(&imprint->digest, bytes, count);
        return;
    }
    memcpy(imprint->buffer + imprint->used, bytes, count);
    imprint->used += count;
}

/* Its number, its type, and a number: the same bytes on every machine. */
static void put_head(gr_imprint *imprint, int column, char type, uint64_t number)
{
    uint8_t head[10] = { (uint8_t)column, (uint8_t)type };

    for (int i = 0; i < 8; i++)
        head[2 + i] = (uint8_t)(number >> (8 * i));
    put(imprint, head, sizeof head);
}

void gr_imprint_number(gr_imprint *imprint, int column, int64_t number)
{
    put_head(imprint, column, 'n', (uint64_t)number);
}

void gr_imprint_text(gr_imprint *imprint, int column, gr_text text)
{
    put_head(imprint, column, 't', text.len);
    if (text.len > 0)
        put(imprint, text.ptr, text.len);
}

void gr_imprint_bytes(gr_imprint *imprint, int column, gr_text bytes)
{
    put_head(imprint, column, 'b', bytes.len);
    if (bytes.len > 0)
        put(imprint, bytes.ptr, bytes.len);
}

void gr_imprint_end(gr_imprint *imprint, uint8_t out[GR_IMPRINT])
{
    gr_digest_add(&imprint->digest, imprint->buffer, imprint->used);
    gr_digest_raw(&imprint->digest, out);
}

static void put_columns(gr_imprint *imprint, sqlite3_stmt *row, int first)
{
    for (int i = first; i < sqlite3_column_count(row); i++) {
        switch (sqlite3_column_type(row, i)) {
        case SQLITE_NULL:
            break;
        case SQLITE_INTEGER:
            gr_imprint_number(imprint, i - first, sqlite3_column_int64(row, i));
            break;
        case SQLITE_TEXT:
            gr_imprint_text(imprint, i - first, gr_column_text(row, i));
            break;
        case SQLITE_BLOB: /* a file; elsewhere only a foreign hand has put it there, and it is no text */
            gr_imprint_bytes(imprint, i - first, gr_column_bytes(row, i));
            break;
        default: /* only a foreign hand has put it there */
            put_head(imprint, i - first, 'x', (uint64_t)sqlite3_column_type(row, i));
        }
    }
}

void gr_row_imprint(sqlite3_stmt *row, int first, uint8_t out[GR_IMPRINT])
{
    gr_imprint imprint;

    gr_imprint_start(&imprint);
    put_columns(&imprint, row, first);
    gr_imprint_end(&imprint, out);
}

void gr_part_start(gr_part *part)
{
    part->rows = 0;
    gr_digest_start(&part->digest);
}

void gr_part_add(gr_part *part, const uint8_t imprint[GR_IMPRINT])
{
    part->rows++;
    gr_digest_add(&part->digest, imprint, GR_IMPRINT);
}

/* ---- tables ---- */

const gr_shape *gr_shape_get(gr_chained table)
{
    static const gr_shape shapes[GR_CHAINED_COUNT] = {
        [GR_CHAINED_ACCOUNT] = { "account", "account", NULL,
                                 "account, run, replaces, name, shown, role, giver, scopes, "
                                 "password, is_closed",
                                 GR_CHAINED_ACCOUNT },
        [GR_CHAINED_COUNTED] = { "counted", "finding", "position",
                                 "finding, position, gift, date, giver_id, giver_name, "
                                 "value_certain, value_possible, file, line, \"column\", note, "
                                 "through_other",
                                 GR_CHAINED_FINDING },
        [GR_CHAINED_DECISION] = { "decision", "decision", NULL,
                                  "decision, run, finding, revision, kind, format, gift, position, "
                                  "fact, value, exemption, reason, replaces",
                                  GR_CHAINED_DECISION },
        [GR_CHAINED_DISPOSED] = { "disposed", "disposed", NULL,
                                  "disposed, run, name, key, second, imprint",
                                  GR_CHAINED_DISPOSED },
        [GR_CHAINED_FACT] = { "fact", "fact", NULL, "fact, name", GR_CHAINED_FACT },
        [GR_CHAINED_FINDING] = { "finding", "finding", NULL,
                                 "finding, run, id, revision, replaces, digest, verdict, kind, "
                                 "rule, clause, rulebook_sha256, date, gift, file, line, "
                                 "\"column\", giver_id, giver_name, recipient_id, recipient_name, "
                                 "employer, currency, period, period_from, period_to, \"limit\", "
                                 "total_certain, total_possible, over, reason, question, answers, "
                                 "presumptions, record, position, provision, limit_clause, "
                                 "is_count, joined",
                                 GR_CHAINED_FINDING },
        [GR_CHAINED_FURTHER] = { "further_recipient", "record", "position",
                                 "record, position, recipient", GR_CHAINED_RECORD },
        [GR_CHAINED_HOLD] = { "hold", "hold", NULL, "hold, run, kind, value, reason, replaces",
                              GR_CHAINED_HOLD },
        [GR_CHAINED_IDENTITY] = { "identity", "identity", NULL,
                                  "identity, run, kind, says, a_id, a_name, a_employer, a_email, "
                                  "b_id, b_name, b_employer, b_email, reason, replaces",
                                  GR_CHAINED_IDENTITY },
        [GR_CHAINED_KEPT_FILE] = { "kept_file", "kept_file", NULL, "kept_file, run, sha256, bytes",
                                   GR_CHAINED_KEPT_FILE },
        [GR_CHAINED_ONCE] = { "once", "once", NULL,
                              "once, run, account, key, digest, status, type, reply",
                              GR_CHAINED_ONCE },
        [GR_CHAINED_QUARANTINED] = { "quarantined", "quarantined", NULL,
                                     "quarantined, source, line, \"column\", file, id, message, "
                                     "hint, raw",
                                     GR_CHAINED_QUARANTINED },
        [GR_CHAINED_RECIPIENT] = { "recipient", "recipient", NULL, NULL, GR_CHAINED_RECIPIENT },
        [GR_CHAINED_RECORD] = { "record", "record", NULL, NULL, GR_CHAINED_RECORD },
        [GR_CHAINED_REQUEST] = { "request", "request", NULL,
                                 "request, run, replaces, number, revision, state, account, "
                                 "giver_id, giver_name, stated, answer, note, approval",
                                 GR_CHAINED_REQUEST },
        [GR_CHAINED_RULES] = { "rules", "rules", NULL, "rules, run, sha256", GR_CHAINED_RULES },
        [GR_CHAINED_RULES_FILE] = { "rules_file", "rules_file", NULL,
                                    "rules_file, rules, name, kept_file", GR_CHAINED_RULES_FILE },
        [GR_CHAINED_RULES_LINE] = { "rules_line", "rules", "position",
                                    "rules, position, part, name, text, mark", GR_CHAINED_RULES },
        [GR_CHAINED_SEAL] = { "seal", "seal", NULL, "seal, run, public_key", GR_CHAINED_SEAL },
        [GR_CHAINED_SOURCE] = { "source", "source", NULL,
                                "source, run, file, format, sha256, bytes, records, quarantined, "
                                "duplicates",
                                GR_CHAINED_SOURCE },
        [GR_CHAINED_STANDING] = { "standing", "standing", NULL,
                                  "standing, run, replaces, giver_id, giver_name, gifts, "
                                  "recipients",
                                  GR_CHAINED_STANDING },
    };

    return &shapes[table];
}

static void add_columns(gr_sql *sql, gr_chained table)
{
    const gr_shape *shape = gr_shape_get(table);

    if (shape->columns)
        gr_sql_add(sql, ", %s", shape->columns);
    else
        gr_sql_add_record_columns(sql, ", ", table == GR_CHAINED_RECIPIENT);
}

/* "SELECT key, second, all columns ..." */
gr_statement gr_rows_of(gr_ledger *ledger, gr_chained table, const char *which)
{
    const gr_shape *shape = gr_shape_get(table);
    const char *second = shape->second ? shape->second : "0";
    gr_sql sql = gr_sql_open();
    gr_statement s;

    gr_sql_add(&sql, "SELECT %s, %s", shape->key, second);
    add_columns(&sql, table);
    gr_sql_add(&sql, " FROM %s WHERE %s ORDER BY %s%s%s", shape->name, which, shape->key,
               shape->second ? ", " : "", shape->second ? second : "");
    s = gr_statement_open(ledger, GR_KEPT_NOT, gr_sql_text(&sql));
    gr_sql_free(&sql);
    return s;
}

static gr_statement open_rows(gr_ledger *ledger, gr_chained table, int64_t from, int64_t to)
{
    char which[64];
    gr_statement s;

    snprintf(which, sizeof which, "%s BETWEEN ? AND ?", gr_shape_get(table)->key);
    s = gr_rows_of(ledger, table, which);
    gr_bind_number(&s, from);
    gr_bind_number(&s, to);
    return s;
}

static gr_statement open_disposed(gr_ledger *ledger, gr_chained table, int64_t from, int64_t to)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "SELECT key, second, imprint FROM disposed WHERE name = ? "
                                       "AND key BETWEEN ? AND ? ORDER BY key, second");

    gr_bind_word(&s, gr_shape_get(table)->name);
    gr_bind_number(&s, from);
    gr_bind_number(&s, to);
    return s;
}

static int compare_keys(sqlite3_stmt *a, sqlite3_stmt *b)
{
    int order = 0;

    for (int i = 0; order == 0 && i < 2; i++) {
        int64_t x = sqlite3_column_int64(a, i), y = sqlite3_column_int64(b, i);

        order = (x > y) - (x < y);
    }
    return order;
}

static int digit_of(char c)
{
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= '0' && c <= '9' ? c - '0' : 0;
}

/* A text that is no imprint gives a wrong one, and so a part that does not fit. */
static void read_imprint(gr_text hex, uint8_t out[GR_IMPRINT])
{
    memset(out, 0, GR_IMPRINT);
    for (size_t i = 0; i + 1 < hex.len && i / 2 < GR_IMPRINT; i += 2)
        out[i / 2] = (uint8_t)(digit_of(hex.ptr[i]) << 4 | digit_of(hex.ptr[i + 1]));
}

/* Two sorted rows of keys become one. A row that is there and was disposed of too is taken twice, and shows. */
gr_status gr_part_read(gr_ledger *ledger, gr_chained table, int64_t from, int64_t to, gr_part *out,
                       gr_error *err)
{
    gr_statement rows = open_rows(ledger, table, from, to);
    gr_statement gone = open_disposed(ledger, table, from, to);
    bool has_row = gr_statement_step(&rows), has_gone = gr_statement_step(&gone);
    uint8_t imprint[GR_IMPRINT];
    gr_status status;

    gr_part_start(out);
    while (has_row || has_gone) {
        if (has_row && (!has_gone || compare_keys(rows.handle, gone.handle) <= 0)) {
            gr_row_imprint(rows.handle, 2, imprint);
            has_row = gr_statement_step(&rows);
        } else {
            read_imprint(gr_column_text(gone.handle, 2), imprint);
            has_gone = gr_statement_step(&gone);
        }
        gr_part_add(out, imprint);
    }
    status = gr_statement_close(&rows, err);
    return status == GR_OK ? gr_statement_close(&gone, err)
                           : (gr_statement_close(&gone, err), status);
}

/* ---- a run ---- */

static gr_status find_last(gr_ledger *ledger, gr_chained table, int64_t *out, gr_error *err)
{
    const gr_shape *shape = gr_shape_get(table);
    gr_sql sql = gr_sql_open();
    gr_status status;

    gr_sql_add(&sql, "SELECT max(%s) FROM %s", shape->key, shape->name);
    status = gr_ledger_number(ledger, gr_sql_text(&sql), out, err);
    gr_sql_free(&sql);
    return status;
}

/* What was disposed of at the end of a table must not give its keys again: the parts know the last ones. */
gr_status gr_trail_start(gr_ledger *ledger, gr_error *err)
{
    gr_status status = GR_OK;

    for (int t = 0; status == GR_OK && t < GR_CHAINED_COUNT; t++) {
        gr_statement s;

        ledger->chained[t] = ledger->last_key[t] = 0;
        if (gr_shape_get((gr_chained)t)->keys != (gr_chained)t)
            continue;
        s = gr_statement_open(ledger, GR_KEPT_NOT, "SELECT max(last) FROM part WHERE name = ?");
        gr_bind_word(&s, gr_shape_get((gr_chained)t)->name);
        if (gr_statement_step(&s))
            ledger->chained[t] = sqlite3_column_int64(s.handle, 0);
        status = gr_statement_close(&s, err);
    }
    return status;
}

gr_status gr_ledger_next_key(gr_ledger *ledger, gr_chained table, int64_t *out, gr_error *err)
{
    int64_t last = ledger->last_key[table];
    gr_status status = last > 0 ? GR_OK : find_last(ledger, table, &last, err);

    if (status != GR_OK)
        return status;
    *out = (last > ledger->chained[table] ? last : ledger->chained[table]) + 1;
    if (table == GR_CHAINED_FINDING || table == GR_CHAINED_STANDING)
        ledger->last_key[table] =
            *out; /* of them many are written, and none is undone with a source */
    return GR_OK;
}

static gr_status write_part(gr_ledger *ledger, gr_chained table, int64_t last, gr_part *part,
                            gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "INSERT INTO part (run, name, first, last, rows, sha256) "
                                       "VALUES (?, ?, ?, ?, ?, ?)");
    char hex[GR_DIGEST_HEX];

    gr_digest_end(&part->digest, hex);
    gr_bind_number(&s, ledger->run);
    gr_bind_word(&s, gr_shape_get(table)->name);
    gr_bind_number(&s, ledger->chained[gr_shape_get(table)->keys] + 1);
    gr_bind_number(&s, last);
    gr_bind_number(&s, part->rows);
    gr_bind_word(&s, hex);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

/* The large tables have been imprinted as they were written. */
static gr_part *find_written(gr_ledger *ledger, gr_chained table)
{
    if (ledger->is_migrating)
        return NULL;
    if (table == GR_CHAINED_RECORD)
        return &ledger->records.part;
    if (table == GR_CHAINED_RECIPIENT)
        return &ledger->recipients.part;
    return table == GR_CHAINED_FURTHER ? &ledger->further.part : NULL;
}

static gr_status end_part(gr_ledger *ledger, gr_chained table, gr_error *err)
{
    gr_chained keys = gr_shape_get(table)->keys;
    gr_part *written = find_written(ledger, table), read;
    int64_t last = 0;
    gr_status status = find_last(ledger, keys, &last, err);

    if (status != GR_OK || last <= ledger->chained[keys])
        return status;
    if (!written)
        status = gr_part_read(ledger, table, ledger->chained[keys] + 1, last, &read, err);
    if (status == GR_OK)
        status = write_part(ledger, table, last, written ? written : &read, err);
    return status;
}

gr_status gr_run_hash(gr_ledger *ledger, int64_t run, char hex[GR_DIGEST_HEX], gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "SELECT run, started, program, author, action, note, rules, "
                                       "gifts, recipients, expenses, previous FROM run "
                                       "WHERE run = ?");
    gr_imprint imprint;
    uint8_t raw[GR_IMPRINT];
    gr_status status;

    gr_imprint_start(&imprint);
    gr_bind_number(&s, run);
    if (gr_statement_step(&s))
        put_columns(&imprint, s.handle, 0);
    status = gr_statement_close(&s, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "SELECT name, first, last, rows, sha256 FROM part WHERE run = ? "
                          "ORDER BY name");
    gr_bind_number(&s, run);
    while (gr_statement_step(&s))
        put_columns(&imprint, s.handle, 0);
    gr_imprint_end(&imprint, raw);
    gr_hex_print(raw, sizeof raw, hex);
    return gr_statement_close(&s, err);
}

/* Where nothing was judged, what stood before stands; but for what was disposed of: then all has to be judged again. */
static gr_status complete_run(gr_ledger *ledger, gr_text note, gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "UPDATE run SET note = ?2, previous = coalesce(before.hash, ''), "
        "rules = iif(?7, NULL, coalesce(?3, before.rules)), gifts = coalesce(?4, before.gifts), "
        "recipients = coalesce(?5, before.recipients), expenses = coalesce(?6, before.expenses) "
        "FROM (SELECT 1) LEFT JOIN (SELECT * FROM run WHERE run < ?1 ORDER BY run DESC LIMIT 1) "
        "AS before WHERE run.run = ?1");
    const uint64_t totals[] = { ledger->totals.gifts, ledger->totals.recipients,
                                ledger->totals.expenses };

    gr_bind_number(&s, ledger->run);
    gr_bind_text(&s, note);
    if (ledger->rules > 0)
        gr_bind_number(&s, ledger->rules);
    else
        gr_bind_null(&s);
    for (size_t i = 0; i < GR_COUNT(totals); i++) {
        if (ledger->rules > 0)
            gr_bind_number(&s, (int64_t)totals[i]);
        else
            gr_bind_null(&s);
    }
    gr_bind_number(&s, ledger->is_disposing);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

gr_status gr_trail_end(gr_ledger *ledger, gr_text note, gr_error *err)
{
    char hex[GR_DIGEST_HEX];
    gr_status status = GR_OK;
    gr_statement s;

    for (int t = 0; status == GR_OK && t < GR_CHAINED_COUNT; t++)
        status = end_part(ledger, (gr_chained)t, err);
    if (status == GR_OK)
        status = complete_run(ledger, note, err);
    if (status == GR_OK)
        status = gr_run_hash(ledger, ledger->run, hex, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT, "UPDATE run SET hash = ? WHERE run = ?");
    gr_bind_word(&s, hex);
    gr_bind_number(&s, ledger->run);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}
