/* src/ledger/ledger.c - opening, runs and sources. A run is one transaction, a source a savepoint in it.
 *
 * The first run of a new ledger goes through a rollback journal: pages that were not there before need
 * no copy, so that a million records are written once, straight into the file. Afterwards the journal is
 * a write-ahead log, so that a report can read while an audit writes. Both are synced at commit. */
#include "base/os.h"
#include "ledger/store.h"
#include "ledger/verify.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- opening ---- */

/* After some failures SQLite has undone the run already: what is written then is a transaction of its own. */
static int refuse_when_broken(void *context)
{
    const gr_ledger *ledger = context;

    return ledger->broken;
}

/* The journal is truncated, not removed: that is synced too. Another process may have made the ledger meanwhile, and be
 * using a log: we do as it does. */
static gr_status use_journal(gr_ledger *ledger, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT, "PRAGMA journal_mode");
    bool is_log = gr_statement_step(&s) && gr_text_is(gr_column_text(s.handle, 0), "wal");
    gr_status status = gr_statement_close(&s, err);

    if (status != GR_OK || is_log)
        return status;
    return gr_ledger_execute(ledger, "PRAGMA journal_mode = TRUNCATE", err);
}

/* Pages of 8 KiB: with 4 KiB a million records take a tenth longer, 16 KiB gain nothing. secure_delete
 * would clear what is never deleted. Triggers: a foreign hand could add one. Who only reads opens for writing all the
 * same, where that is allowed: the last one to leave may then remove the log beside the file. */
static gr_status connect_as(gr_ledger *ledger, const char *name, bool is_immutable, gr_error *err)
{
    char pragmas[256];
    int flags =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (ledger->is_reading ? 0 : SQLITE_OPEN_CREATE);

    if (is_immutable)
        flags |= SQLITE_OPEN_URI;
    if (sqlite3_open_v2(name, &ledger->db, flags, NULL) != SQLITE_OK)
        return ledger->db ? gr_ledger_fail(ledger, err) : gr_fail_memory(err);
    sqlite3_busy_timeout(ledger->db, GR_LEDGER_WAIT);
    sqlite3_extended_result_codes(ledger->db, 1);
    sqlite3_commit_hook(ledger->db, refuse_when_broken, ledger);
    sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(ledger->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA page_size = %d; PRAGMA cache_size = -%d; PRAGMA synchronous = FULL; "
             "PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF; PRAGMA trusted_schema = OFF",
             GR_LEDGER_PAGE, GR_LEDGER_CACHE);
    return gr_ledger_execute(ledger, pragmas, err);
}

static gr_status connect(gr_ledger *ledger, bool is_new, gr_error *err)
{
    gr_status status = connect_as(ledger, ledger->path, false, err);

    return status == GR_OK && is_new ? use_journal(ledger, err) : status;
}

static gr_status split_words(gr_ledger *ledger, gr_fact fact, gr_error *err)
{
    gr_words *words = &ledger->words[fact];
    gr_text rest = gr_text_of(gr_fact_get(fact)->words), one;

    while (gr_text_word(&rest, &one))
        words->count++;
    words->word = gr_arena_alloc(ledger->arena, (size_t)words->count * sizeof *words->word);
    if (!words->word)
        return gr_fail_memory(err);
    rest = gr_text_of(gr_fact_get(fact)->words);
    for (int i = 0; i < words->count; i++)
        gr_text_word(&rest, &words->word[i]);
    return GR_OK;
}

static gr_status prepare(gr_ledger *ledger, const char *path, gr_error *err)
{
    gr_status status = GR_OK;

    ledger->path = gr_arena_copy(ledger->arena, gr_text_of(path)).ptr;
    if (!ledger->path)
        return gr_fail_memory(err);
    for (int f = 0; status == GR_OK && f < GR_FACT_COUNT; f++)
        if (gr_fact_get((gr_fact)f)->type == GR_FACT_WORD)
            status = split_words(ledger, (gr_fact)f, err);
    return status == GR_OK ? gr_records_open(ledger, err) : status;
}

/* That fails while another process reads a ledger whose first run has just ended; the next time then. */
static void use_log(gr_ledger *ledger)
{
    sqlite3_exec(ledger->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
}

static gr_status fail_absent(gr_ledger *ledger, gr_error *err)
{
    return gr_fail(err, GR_EINPUT, (gr_place){ ledger->path, 0, 0 },
                   "make it with: giftrule audit --ledger", "there is no ledger of this name");
}

/* "file:/a%20folder/gifts.db?immutable=1" */
static bool print_uri(const char *path, char *out, size_t size)
{
    size_t n = (size_t)snprintf(out, size, "file:");

    for (const char *c = path; *c; c++) {
        bool is_plain = strchr("%?# ", *c) == NULL;

        if (n + 20 > size)
            return false;
        n += (size_t)snprintf(out + n, size - n, is_plain ? "%c" : "%%%02X", (unsigned char)*c);
    }
    snprintf(out + n, size - n, "?immutable=1");
    return true;
}

static bool has_log(const char *path)
{
    char name[4096];
    char byte;
    int fd = snprintf(name, sizeof name, "%s-wal", path) < (int)sizeof name ? gr_os_open(name) : -1;
    bool has = fd >= 0 && gr_os_read(fd, &byte, 1) == 1;

    if (fd >= 0)
        gr_os_close(fd);
    return has;
}

static gr_status read_as(gr_ledger *ledger, const char *name, bool is_immutable, gr_error *err)
{
    gr_status status = connect_as(ledger, name, is_immutable, err);

    if (status != GR_OK)
        return status;
    return gr_ledger_execute(ledger, "BEGIN; SELECT count(*) FROM sqlite_schema", err);
}

/* SQLite reads a ledger with a log only where it may write beside it. Where it may not and there is no log, nobody
 * else writes either: the file is taken as it stands. */
static gr_status start_reading(gr_ledger *ledger, gr_error *err)
{
    char uri[3 * 4096];
    gr_status status = read_as(ledger, ledger->path, false, err);
    int code = sqlite3_errcode(ledger->db) & 0xff;

    if (status == GR_OK || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY) ||
        has_log(ledger->path) || !print_uri(ledger->path, uri, sizeof uri))
        return status;
    sqlite3_close(ledger->db);
    ledger->db = NULL;
    return read_as(ledger, uri, true, err);
}

/* What is read is as of one moment, whatever others write meanwhile. */
static gr_status begin_reading(gr_ledger *ledger, bool is_new, gr_error *err)
{
    int64_t version = 0;
    gr_status status;

    if (is_new)
        return fail_absent(ledger, err);
    status = start_reading(ledger, err);
    if (status == GR_OK && ledger->is_verifying)
        status = gr_ledger_number(ledger, "PRAGMA user_version", &version, err);
    if (status != GR_OK || version == GR_LEDGER_VERSION)
        return status;
    return gr_ledger_schema_check(ledger, err);
}

typedef enum way { WRITING, PRESENT, READING, VERIFYING } way;

static gr_status open_as(const char *path, way as, gr_ledger **out, gr_error *err)
{
    bool is_reading = as >= READING;
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = arena ? gr_arena_zero(arena, sizeof *ledger) : NULL;
    bool is_new;
    gr_status status;

    if (!ledger) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    ledger->arena = arena;
    ledger->is_reading = is_reading;
    ledger->is_verifying = as == VERIFYING;
    status = prepare(ledger, path, err);
    if (status == GR_OK)
        status = gr_header_check(path, &is_new, err);
    if (status == GR_OK && as == PRESENT && is_new)
        status = fail_absent(ledger, err);
    if (status == GR_OK && is_reading)
        status = begin_reading(ledger, is_new, err);
    else if (status == GR_OK)
        status = connect(ledger, is_new, err);
    if (status == GR_OK && !is_reading)
        status = gr_ledger_schema(ledger, err);
    if (status != GR_OK) {
        gr_ledger_close(ledger);
        return status;
    }
    *out = ledger;
    return GR_OK;
}

gr_status gr_ledger_open(const char *path, gr_ledger **out, gr_error *err)
{
    return open_as(path, WRITING, out, err);
}

gr_status gr_ledger_open_present(const char *path, gr_ledger **out, gr_error *err)
{
    return open_as(path, PRESENT, out, err);
}

gr_status gr_ledger_open_reading(const char *path, gr_ledger **out, gr_error *err)
{
    return open_as(path, READING, out, err);
}

gr_status gr_ledger_open_verifying(const char *path, gr_ledger **out, gr_error *err)
{
    return open_as(path, VERIFYING, out, err);
}

/* The first look at the file fixes the moment. */
gr_status gr_ledger_look_back(gr_ledger *ledger, int64_t run, gr_error *err)
{
    int64_t ignored;
    gr_status status = GR_OK;

    if (sqlite3_get_autocommit(ledger->db))
        status = gr_ledger_execute(ledger, "BEGIN", err);
    if (status == GR_OK)
        status = gr_ledger_number(ledger, "SELECT count(*) FROM run", &ignored, err);
    if (status == GR_OK)
        ledger->horizon = run == 0 ? -1 : run; /* nothing had come yet */
    return status;
}

int64_t gr_ledger_horizon(const gr_ledger *ledger)
{
    return ledger->horizon == 0 ? GR_RUN_LAST : ledger->horizon;
}

void gr_ledger_close(gr_ledger *ledger)
{
    if (!ledger)
        return;
    for (int i = 0; i < GR_KEPT_COUNT; i++)
        sqlite3_finalize(ledger->kept[i]);
    gr_rows_close(&ledger->recipients);
    gr_rows_close(&ledger->records);
    gr_rows_close(&ledger->further);
    gr_parties_free(&ledger->parties);
    gr_table_free(&ledger->key);
    gr_list_free(&ledger->moved);
    gr_list_free(&ledger->found);
    sqlite3_close(ledger->db); /* undoes what is open */
    gr_arena_free(ledger->arena);
}

/* ---- runs ---- */

/* SQLite has undone it already after some failures. */
static void undo_run(gr_ledger *ledger)
{
    gr_records_forget(ledger);
    if (!sqlite3_get_autocommit(ledger->db))
        sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
}

/* Looking up what every row names takes 0.8 s of a million records. In the first run no other hand can
 * have taken it away, and what this one names it has just written: only later runs look. */
static gr_status choose_checks(gr_ledger *ledger, gr_error *err)
{
    gr_status status = gr_records_find_index(ledger, err);

    if (status != GR_OK)
        return status;
    return gr_ledger_execute(ledger,
                             ledger->indexed && !ledger->is_disposing ? "PRAGMA foreign_keys = ON"
                                                                      : "PRAGMA foreign_keys = OFF",
                             err);
}

gr_status gr_run_start(gr_ledger *ledger, const gr_deed *deed, gr_error *err)
{
    gr_status status = gr_trail_start(ledger, err);

    ledger->deed = deed;
    ledger->broken = false;
    ledger->run = 0;
    ledger->rules = 0;
    ledger->written = 0;
    ledger->seen[0] = ledger->seen[1] = 0;
    if (status == GR_OK)
        status = gr_ledger_number(ledger, "SELECT max(run) FROM run", &ledger->last_run, err);
    if (status == GR_OK)
        status = gr_records_start(ledger, err);
    return status == GR_OK ? gr_seen_load(ledger, err) : status;
}

int64_t gr_ledger_last_run(const gr_ledger *ledger)
{
    return ledger->last_run;
}

gr_status gr_ledger_begin(gr_ledger *ledger, const gr_deed *deed, gr_error *err)
{
    gr_status status = choose_checks(ledger, err); /* it cannot be chosen within a transaction */

    if (status == GR_OK)
        status = gr_ledger_execute(ledger, "BEGIN IMMEDIATE", err);
    if (status != GR_OK)
        return status;
    status = gr_run_start(ledger, deed, err);
    if (status != GR_OK)
        undo_run(ledger);
    return status;
}

gr_status gr_run_row(gr_ledger *ledger, gr_error *err)
{
    gr_statement s;
    gr_status status;
    char started[32] = "";
    time_t now = (time_t)ledger->deed->now;
    struct tm parts;

    if (ledger->run > 0)
        return GR_OK;
    if (gmtime_r(&now, &parts))
        strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", &parts);
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "INSERT INTO run (started, program, author, action) "
                          "VALUES (max(?, coalesce((SELECT max(started) FROM run), '')), ?, ?, ?)");
    gr_bind_word(&s, started);
    gr_bind_word(&s, "giftrule " GR_VERSION);
    gr_bind_text(&s, ledger->deed->author);
    gr_bind_word(&s, ledger->deed->action);
    gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status == GR_OK)
        ledger->run = sqlite3_last_insert_rowid(ledger->db);
    return status;
}

/* The keys of this run are let go first: sorting takes as much memory. */
static gr_status make_index(gr_ledger *ledger, gr_error *err)
{
    if (ledger->indexed)
        return GR_OK;
    gr_table_free(&ledger->key);
    return gr_records_make_index(ledger, err);
}

static gr_status write_run(gr_ledger *ledger, gr_text note, gr_error *err)
{
    gr_status status = gr_records_flush(ledger, err);

    if (status == GR_OK)
        status = gr_seen_store(ledger, err);
    if (status == GR_OK)
        status = make_index(ledger, err);
    if (status == GR_OK)
        status = gr_trail_end(ledger, note, err);
    if (status == GR_OK)
        status = gr_ledger_execute(ledger, "COMMIT", err);
    return status;
}

gr_status gr_ledger_commit(gr_ledger *ledger, gr_text note, gr_error *err)
{
    gr_status status;

    if (ledger->broken || ledger->written == 0)
        undo_run(ledger);
    if (ledger->broken)
        return gr_fail(err, GR_EIO, (gr_place){ ledger->path, 0, 0 }, "run it again",
                       "the run is not kept, since a part of it failed");
    if (ledger->written == 0)
        return GR_OK;
    status = write_run(ledger, note, err);
    if (status == GR_OK)
        ledger->last_run = ledger->run;
    if (status != GR_OK) {
        undo_run(ledger);
        return status;
    }
    ledger->last_run = ledger->run;
    use_log(ledger);
    return GR_OK;
}

/* ---- sources ---- */

static gr_status start_source(gr_ledger *ledger, gr_error *err)
{
    gr_status status = gr_records_flush(ledger, err);

    gr_records_settle(ledger);
    ledger->source = 0;
    ledger->source_records = ledger->source_quarantined = 0;
    ledger->start_run = ledger->run;
    ledger->start_record = ledger->last_record;
    ledger->start_recipient = ledger->last_recipient;
    ledger->start_written = ledger->written;
    return status == GR_OK ? gr_ledger_execute(ledger, "SAVEPOINT source", err) : status;
}

gr_status gr_ledger_source_start(gr_ledger *ledger, gr_error *err)
{
    return gr_ledger_note(ledger, start_source(ledger, err));
}

/* Records name their source, whose digest is known only at its end: the row is made first and filled
 * then, all before anybody else can see it. */
gr_status gr_source_row(gr_ledger *ledger, gr_error *err)
{
    gr_statement s;
    gr_status status;
    int64_t key;

    if (ledger->source > 0)
        return GR_OK;
    status = gr_run_row(ledger, err);
    if (status == GR_OK)
        status = gr_ledger_next_key(ledger, GR_CHAINED_SOURCE, &key, err);
    if (status != GR_OK)
        return status;
    s = gr_statement_open(ledger, GR_KEPT_NOT,
                          "INSERT INTO source (source, run, file, format, sha256, bytes, records, "
                          "quarantined, duplicates) VALUES (?, ?, '', '', '', 0, 0, 0, 0)");
    gr_bind_number(&s, key);
    gr_bind_number(&s, ledger->run);
    gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status == GR_OK)
        ledger->source = key;
    return status;
}

/* The row of the source now open has no digest yet. */
gr_status gr_ledger_source_find(gr_ledger *ledger, const char *sha256, bool *is_known,
                                gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "SELECT 1 FROM source WHERE sha256 = ? AND sha256 <> ''");
    bool is_there;
    gr_status status;

    gr_bind_word(&s, sha256);
    is_there = gr_statement_step(&s);
    status = gr_statement_close(&s, err);
    if (status == GR_OK)
        *is_known = is_there;
    return gr_ledger_note(ledger, status);
}

static gr_status fill_source(gr_ledger *ledger, const gr_source *source, gr_error *err)
{
    gr_statement s = gr_statement_open(ledger, GR_KEPT_NOT,
                                       "UPDATE source SET file = ?, format = ?, sha256 = ?, "
                                       "bytes = ?, records = ?, quarantined = ?, duplicates = ? "
                                       "WHERE source = ?");

    gr_bind_text(&s, source->file);
    gr_bind_text(&s, source->format);
    gr_bind_word(&s, source->sha256);
    gr_bind_number(&s, (int64_t)source->bytes);
    gr_bind_number(&s, (int64_t)source->records);
    gr_bind_number(&s, (int64_t)source->quarantined);
    gr_bind_number(&s, (int64_t)source->duplicates);
    gr_bind_number(&s, ledger->source);
    gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

static gr_status undo_source(gr_ledger *ledger, gr_error *err)
{
    gr_records_forget(ledger);
    ledger->run = ledger->start_run;
    ledger->last_record = ledger->start_record;
    ledger->last_recipient = ledger->start_recipient;
    ledger->written = ledger->start_written;
    return gr_ledger_execute(ledger, "ROLLBACK TO source; RELEASE source", err);
}

static gr_status end_source(gr_ledger *ledger, bool keep, const gr_source *source, gr_error *err)
{
    gr_status status = GR_OK;

    if (keep && ledger->source > 0) {
        status = gr_records_flush(ledger, err);
        if (status == GR_OK)
            status = gr_quarantine_end(ledger, source, err);
    }
    if (status != GR_OK)
        return status;
    if (!keep || ledger->source_records + ledger->source_quarantined == 0)
        return undo_source(ledger, err);
    status = fill_source(ledger, source, err);
    return status == GR_OK ? gr_ledger_execute(ledger, "RELEASE source", err) : status;
}

gr_status gr_ledger_source_end(gr_ledger *ledger, bool keep, const gr_source *source, gr_error *err)
{
    return gr_ledger_note(ledger, end_source(ledger, keep, source, err));
}
