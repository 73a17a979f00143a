/* src/ledger/schema.c - the tables. Columns of facts are made from the table of facts, so that a new fact
 * needs nothing here: an older ledger gets its column when it is opened. A ledger with a fact that we do
 * not know is of a newer version, and is left alone.
 *
 * Comments inside the SQL are for whoever looks with the sqlite3 program: .schema shows them. Nothing is
 * ever changed or removed: a correction is a new row that names the row it replaces. */
#include "ledger/store.h"

static const char *const tables[] = {
    "CREATE TABLE run ( -- the audit trail: one deed that brought something new\n"
    " run INTEGER PRIMARY KEY,\n"
    " started TEXT NOT NULL, -- UTC\n"
    " program TEXT NOT NULL,\n"
    " author TEXT NOT NULL DEFAULT '',\n"
    " action TEXT NOT NULL DEFAULT 'audit',\n"
    " note TEXT NOT NULL DEFAULT '', -- what was changed, from what to what\n"
    " rules INTEGER REFERENCES rules, -- by which all was judged at its end; empty: nothing was\n"
    " gifts INTEGER, -- in force at its end\n"
    " recipients INTEGER,\n"
    " expenses INTEGER,\n"
    " previous TEXT, -- hash of the run before\n"
    " hash TEXT -- SHA-256 of this row and of its parts\n"
    ") STRICT",

    "CREATE TABLE part ( -- what a run added to a table: rows with keys from first to last\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " name TEXT NOT NULL,\n"
    " first INTEGER NOT NULL,\n"
    " last INTEGER NOT NULL,\n"
    " rows INTEGER NOT NULL,\n"
    " sha256 TEXT NOT NULL, -- of the imprints of the rows, each SHA-256 of its columns\n"
    " PRIMARY KEY (run, name)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE rules ( -- by which gifts were judged\n"
    " rules INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " sha256 TEXT NOT NULL -- of rulebooks, policy, rates, detection, names and program\n"
    ") STRICT",

    "CREATE TABLE rules_line ( -- what a report tells of them\n"
    " rules INTEGER NOT NULL REFERENCES rules,\n"
    " position INTEGER NOT NULL,\n"
    " part TEXT NOT NULL, -- rulebook, choice, assumption\n"
    " name TEXT NOT NULL,\n"
    " text TEXT NOT NULL, -- title of a rulebook, value of a choice, words of an assumption\n"
    " mark TEXT NOT NULL, -- SHA-256 of a rulebook; 'set' of a choice that was set for the run\n"
    " PRIMARY KEY (rules, position)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE kept_file ( -- a rule file as it stood, once\n"
    " kept_file INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " sha256 TEXT NOT NULL UNIQUE,\n"
    " bytes BLOB NOT NULL\n"
    ") STRICT",

    "CREATE TABLE rules_file ( -- which files they were; none of rules that version 3 or one "
    "before kept\n"
    " rules_file INTEGER PRIMARY KEY,\n"
    " rules INTEGER NOT NULL REFERENCES rules,\n"
    " name TEXT NOT NULL, -- in the rule folder; rates-of-run.xml: rates from elsewhere\n"
    " kept_file INTEGER NOT NULL REFERENCES kept_file,\n"
    " UNIQUE (rules, name)\n"
    ") STRICT",

    "CREATE TABLE source ( -- one export\n"
    " source INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " file TEXT NOT NULL,\n"
    " format TEXT NOT NULL,\n"
    " sha256 TEXT NOT NULL,\n"
    " bytes INTEGER NOT NULL,\n"
    " records INTEGER NOT NULL,\n"
    " quarantined INTEGER NOT NULL,\n"
    " duplicates INTEGER NOT NULL\n"
    ") STRICT",

    "CREATE INDEX source_sha256 ON source (sha256)",

    "CREATE TABLE fact ( -- facts that any record states; the other columns are all empty\n"
    " fact INTEGER PRIMARY KEY,\n"
    " name TEXT NOT NULL UNIQUE\n"
    ") STRICT",

    "CREATE TABLE further_recipient ( -- from the second recipient of a gift on\n"
    " record INTEGER NOT NULL REFERENCES record,\n"
    " position INTEGER NOT NULL,\n"
    " recipient INTEGER NOT NULL REFERENCES recipient,\n"
    " PRIMARY KEY (record, position)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE quarantined (\n"
    " quarantined INTEGER PRIMARY KEY,\n"
    " source INTEGER NOT NULL REFERENCES source,\n"
    " line INTEGER NOT NULL,\n"
    " \"column\" INTEGER NOT NULL,\n"
    " file TEXT NOT NULL,\n"
    " id TEXT,\n"
    " message TEXT NOT NULL,\n"
    " hint TEXT NOT NULL,\n"
    " raw TEXT NOT NULL,\n"
    " UNIQUE (source, line, \"column\", message)\n"
    ") STRICT",

    "CREATE TABLE finding ( -- amounts: cents, or parts of cents as numerator/denominator\n"
    " finding INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " id TEXT NOT NULL,\n"
    " revision INTEGER NOT NULL,\n"
    " replaces INTEGER REFERENCES finding,\n"
    " digest INTEGER NOT NULL,\n"
    " verdict TEXT NOT NULL, -- withdrawn: it is not found any more\n"
    " kind TEXT NOT NULL,\n"
    " rule TEXT NOT NULL,\n"
    " clause TEXT NOT NULL,\n"
    " rulebook_sha256 TEXT NOT NULL,\n"
    " date TEXT NOT NULL,\n"
    " gift TEXT NOT NULL,\n"
    " file TEXT NOT NULL,\n"
    " line INTEGER NOT NULL,\n"
    " \"column\" INTEGER NOT NULL,\n"
    " giver_id TEXT NOT NULL,\n"
    " giver_name TEXT NOT NULL,\n"
    " recipient_id TEXT NOT NULL,\n"
    " recipient_name TEXT NOT NULL,\n"
    " employer TEXT NOT NULL,\n"
    " currency TEXT NOT NULL,\n"
    " period TEXT, -- empty with all up to over: a finding without a limit\n"
    " period_from TEXT,\n"
    " period_to TEXT,\n"
    " \"limit\" ANY,\n"
    " total_certain ANY,\n"
    " total_possible ANY, -- empty: nobody knows how much\n"
    " over ANY,\n"
    " reason TEXT NOT NULL,\n"
    " question TEXT,\n"
    " answers TEXT,\n"
    " presumptions TEXT, -- one a line\n"
    " record INTEGER REFERENCES record, -- the version that was judged\n"
    " position INTEGER NOT NULL DEFAULT 0, -- of the recipient among those of the record, from 0\n"
    " provision TEXT NOT NULL DEFAULT '',\n"
    " limit_clause TEXT NOT NULL DEFAULT '',\n"
    " is_count INTEGER NOT NULL DEFAULT 0, -- 1: gifts are counted, not money\n"
    " joined TEXT, -- other ways in which what it counts calls the recipient, one a line: id, "
    "name,\n"
    " -- employer, why it is the same person; parted by tabs\n"
    " UNIQUE (id, revision)\n"
    ") STRICT",

    "CREATE INDEX finding_record ON finding (record) WHERE record IS NOT NULL",

    "CREATE UNIQUE INDEX finding_replaced ON finding (replaces) WHERE replaces IS NOT NULL",

    "CREATE TABLE counted ( -- the gifts that a finding adds up\n"
    " finding INTEGER NOT NULL REFERENCES finding,\n"
    " position INTEGER NOT NULL,\n"
    " gift TEXT NOT NULL,\n"
    " date TEXT NOT NULL,\n"
    " giver_id TEXT NOT NULL,\n"
    " giver_name TEXT NOT NULL,\n"
    " value_certain ANY NOT NULL,\n"
    " value_possible ANY, -- empty: nobody knows how much\n"
    " file TEXT NOT NULL,\n"
    " line INTEGER NOT NULL,\n"
    " \"column\" INTEGER NOT NULL,\n"
    " note TEXT,\n"
    " through_other INTEGER NOT NULL, -- 1: to somebody who is possibly the same person\n"
    " PRIMARY KEY (finding, position)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE standing ( -- of an account executive, from this run on\n"
    " standing INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " replaces INTEGER REFERENCES standing,\n"
    " giver_id TEXT NOT NULL,\n"
    " giver_name TEXT NOT NULL, -- the fullest in force\n"
    " gifts INTEGER NOT NULL,\n"
    " recipients INTEGER NOT NULL\n"
    ") STRICT",

    "CREATE UNIQUE INDEX standing_replaced ON standing (replaces) WHERE replaces IS NOT NULL",

    "CREATE TABLE decision ( -- of an officer, on a finding\n"
    " decision INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " finding TEXT NOT NULL, -- its id\n"
    " revision INTEGER NOT NULL, -- as it stood then; a decision on it says nothing of later ones\n"
    " kind TEXT NOT NULL, -- fact, accept, exempt, reopen\n"
    " format TEXT, -- of a fact: of which record\n"
    " gift TEXT,\n"
    " position INTEGER, -- of the recipient, from 0; empty: a fact of the gift\n"
    " fact TEXT,\n"
    " value TEXT, -- empty: it is not supplied any more; of an exemption: the clause that allows "
    "it\n"
    " exemption TEXT, -- its number\n"
    " reason TEXT NOT NULL,\n"
    " replaces INTEGER REFERENCES decision\n"
    ") STRICT",

    "CREATE INDEX decision_finding ON decision (finding)",
    "CREATE UNIQUE INDEX decision_replaced ON decision (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX decision_gift ON decision (gift, format) WHERE gift IS NOT NULL",

    "CREATE TABLE identity ( -- of an officer, on who is who\n"
    " identity INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " kind TEXT NOT NULL, -- merge, split\n"
    " says TEXT NOT NULL, -- same, apart; nothing: what was said before is taken back\n"
    " a_id TEXT NOT NULL, -- two recipients, as they are written\n"
    " a_name TEXT NOT NULL,\n"
    " a_employer TEXT NOT NULL,\n"
    " a_email TEXT NOT NULL,\n"
    " b_id TEXT NOT NULL,\n"
    " b_name TEXT NOT NULL,\n"
    " b_employer TEXT NOT NULL,\n"
    " b_email TEXT NOT NULL,\n"
    " reason TEXT NOT NULL,\n"
    " replaces INTEGER REFERENCES identity\n"
    ") STRICT",

    "CREATE UNIQUE INDEX identity_replaced ON identity (replaces) WHERE replaces IS NOT NULL",

    "CREATE TABLE hold ( -- legal holds: what they cover is not disposed of\n"
    " hold INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " kind TEXT NOT NULL, -- all, giver, recipient, gift; release\n"
    " value TEXT NOT NULL,\n"
    " reason TEXT NOT NULL,\n"
    " replaces INTEGER REFERENCES hold -- of a release: the hold that it ends\n"
    ") STRICT",

    "CREATE TABLE disposed ( -- rows that are gone, each stood for by its imprint\n"
    " disposed INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " name TEXT NOT NULL, -- of the table\n"
    " key INTEGER NOT NULL,\n"
    " second INTEGER NOT NULL, -- of a key of two columns; else 0\n"
    " imprint TEXT NOT NULL,\n"
    " UNIQUE (name, key, second)\n"
    ") STRICT",

    "CREATE TABLE seal ( -- the head was signed at the end of this run\n"
    " seal INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " public_key TEXT NOT NULL\n"
    ") STRICT",

    "CREATE TABLE request ( -- what somebody asked for before a gift, and what became of it\n"
    " request INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run, -- by whom and when\n"
    " replaces INTEGER REFERENCES request,\n"
    " number TEXT NOT NULL,\n"
    " revision INTEGER NOT NULL, -- from 1\n"
    " state TEXT NOT NULL, -- open, asked, approved, denied, withdrawn, given\n"
    " account TEXT NOT NULL, -- who asked\n"
    " giver_id TEXT NOT NULL, -- for whom\n"
    " giver_name TEXT NOT NULL,\n"
    " stated TEXT NOT NULL, -- the facts of the gift, one a line\n"
    " answer TEXT NOT NULL, -- what the rules said, JSON\n"
    " note TEXT NOT NULL,\n"
    " approval TEXT, -- number\n"
    " UNIQUE (number, revision)\n"
    ") STRICT",

    "CREATE UNIQUE INDEX request_replaced ON request (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX request_account ON request (account)",
    "CREATE INDEX request_giver ON request (giver_id)",
    "CREATE INDEX request_waiting ON request (request) WHERE state IN ('open', 'asked')",

    "CREATE TABLE account ( -- who may use the desk\n"
    " account INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run, -- by whom and when\n"
    " replaces INTEGER REFERENCES account,\n"
    " name TEXT NOT NULL,\n"
    " shown TEXT NOT NULL,\n"
    " role TEXT NOT NULL, -- system: a token, else a person\n"
    " giver TEXT NOT NULL, -- id of the account executive that it is\n"
    " scopes INTEGER NOT NULL, -- of a token: bits\n"
    " password TEXT NOT NULL, -- argon2id; of a token its SHA-256\n"
    " is_closed INTEGER NOT NULL\n"
    ") STRICT",

    "CREATE UNIQUE INDEX account_replaced ON account (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX account_name ON account (name)",
    "CREATE INDEX account_token ON account (password) WHERE role = 'system'",

    "CREATE TABLE once ( -- what was answered to a write that came with a key of its own\n"
    " once INTEGER PRIMARY KEY,\n"
    " run INTEGER NOT NULL REFERENCES run,\n"
    " account TEXT NOT NULL,\n"
    " key TEXT NOT NULL,\n"
    " digest TEXT NOT NULL, -- of what was asked\n"
    " status INTEGER NOT NULL,\n"
    " type TEXT NOT NULL,\n"
    " reply TEXT NOT NULL,\n"
    " UNIQUE (account, key)\n"
    ") STRICT",

    /* These indexes are empty as a rule and then cost nothing. The index on (id, format, revision) is made
     * at the end of the first run: sorted, it takes 0.5 s for a million records; kept up row by row,
     * 1.5 s when ids rise and 3.5 s when they do not. */
    "CREATE UNIQUE INDEX record_replaced ON record (replaces) WHERE replaces IS NOT NULL",
    "CREATE INDEX record_unnamed ON record (format, digest) WHERE id IS NULL",
    "CREATE INDEX record_roster ON record (record) WHERE " GR_ROSTER_KINDS(""),

    "CREATE INDEX record_approval ON record (approval) WHERE approval IS NOT NULL",

    "CREATE VIEW given AS -- every recipient of every record\n"
    " SELECT record, 1 AS position, recipient FROM record WHERE recipient IS NOT NULL\n"
    " UNION ALL SELECT record, position, recipient FROM further_recipient",

    "CREATE VIEW gift AS -- what is in force, a line for each recipient\n"
    " SELECT s.file, r.*, g.position, p.* FROM record AS r JOIN source AS s ON s.source = "
    "r.source\n"
    " LEFT JOIN given AS g ON g.record = r.record LEFT JOIN recipient AS p ON p.recipient = "
    "g.recipient\n"
    " WHERE NOT EXISTS (SELECT 1 FROM record AS n WHERE n.replaces = r.record)",
};

static void add_fact_column(gr_sql *sql, const char *before, gr_fact fact)
{
    static const char *const types[] = { [GR_FACT_TEXT] = "TEXT",
                                         [GR_FACT_DAY] = "TEXT",
                                         [GR_FACT_MONEY] = "ANY",
                                         [GR_FACT_NUMBER] = "INTEGER",
                                         [GR_FACT_WORD] = "TEXT" };

    gr_sql_add_column(sql, before, fact);
    gr_sql_add(sql, " %s", types[gr_fact_get(fact)->type]);
}

static gr_status execute(gr_ledger *ledger, gr_sql *sql, gr_error *err)
{
    gr_status status = gr_ledger_execute(ledger, gr_sql_text(sql), err);

    gr_sql_free(sql);
    return status;
}

/* Digest stands before the facts: it is read without going through them. */
static gr_status make_record(gr_ledger *ledger, gr_error *err)
{
    gr_sql sql = gr_sql_open();

    gr_sql_add(&sql, "CREATE TABLE record ( -- a version of a record; facts not stated are empty;\n"
                     " -- amounts: cents, or parts of cents as numerator/denominator\n"
                     " record INTEGER PRIMARY KEY,\n"
                     " source INTEGER NOT NULL REFERENCES source,\n"
                     " line INTEGER NOT NULL,\n"
                     " \"column\" INTEGER NOT NULL,\n"
                     " record_kind TEXT NOT NULL,\n"
                     " shares_computed INTEGER NOT NULL,\n"
                     " format TEXT NOT NULL,\n"
                     " revision INTEGER NOT NULL, -- of the same format and id, from 1\n"
                     " replaces INTEGER REFERENCES record,\n"
                     " digest INTEGER NOT NULL,\n"
                     " recipient INTEGER REFERENCES recipient, -- the first one\n"
                     " amended INTEGER -- 1: edited after it had been approved");
    for (int f = 0; f < GR_GIFT_FACT_COUNT; f++)
        add_fact_column(&sql, f == 0 ? "\n ," : ", ", (gr_fact)f);
    gr_sql_add(&sql, "\n) STRICT");
    return execute(ledger, &sql, err);
}

static gr_status make_recipient(gr_ledger *ledger, gr_error *err)
{
    gr_sql sql = gr_sql_open();

    gr_sql_add(&sql,
               "CREATE TABLE recipient ( -- as the exports state them; records may share a row\n"
               " recipient INTEGER PRIMARY KEY");
    for (int f = GR_FACT_FIRST_OF_RECIPIENT; f < GR_FACT_COUNT; f++)
        add_fact_column(&sql, ", ", (gr_fact)f);
    gr_sql_add(&sql, "\n) STRICT");
    return execute(ledger, &sql, err);
}

gr_status gr_ledger_stamp(gr_ledger *ledger, gr_error *err)
{
    gr_sql sql = gr_sql_open();

    gr_sql_add(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", GR_LEDGER_ID,
               GR_LEDGER_VERSION);
    return execute(ledger, &sql, err);
}

static gr_status make_tables(gr_ledger *ledger, gr_error *err)
{
    gr_status status = make_record(ledger, err);

    if (status == GR_OK)
        status = make_recipient(ledger, err);
    for (size_t i = 0; status == GR_OK && i < GR_COUNT(tables); i++)
        status = gr_ledger_execute(ledger, tables[i], err);
    return status == GR_OK ? gr_ledger_stamp(ledger, err) : status;
}

/* The word after CREATE TABLE, CREATE INDEX ..., compared with what is there. */
static gr_status is_made(gr_ledger *ledger, const char *sql, bool *out, gr_error *err)
{
    gr_text rest = gr_text_of(sql), word = { "", 0 };
    gr_statement s =
        gr_statement_open(ledger, GR_KEPT_NOT, "SELECT 1 FROM sqlite_schema WHERE name = ?");

    do
        gr_text_word(&rest, &word);
    while (word.len > 0 && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z');
    gr_bind_text(&s, word);
    *out = gr_statement_step(&s);
    return gr_statement_close(&s, err);
}

gr_status gr_ledger_make_missing(gr_ledger *ledger, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < GR_COUNT(tables); i++) {
        bool is_there;

        status = is_made(ledger, tables[i], &is_there, err);
        if (status == GR_OK && !is_there)
            status = gr_ledger_execute(ledger, tables[i], err);
    }
    return status;
}

/* ---- a ledger that is there already ---- */

static gr_status fail_newer(gr_ledger *ledger, gr_error *err)
{
    return gr_fail(err, GR_EIO, (gr_place){ ledger->path, 0, 0 }, "use the newer giftrule",
                   "this ledger is of a newer version of giftrule");
}

/* The fact of a column; GR_FACT_NONE when it is none. */
static gr_fact fact_of_column(gr_text name)
{
    char fact[64];

    if (name.len >= sizeof fact)
        return GR_FACT_NONE;
    for (size_t i = 0; i < name.len; i++)
        fact[i] = name.ptr[i] == '_' ? '-' : name.ptr[i];
    return gr_fact_find((gr_text){ fact, name.len });
}

/* Which facts have a column in the table. */
static gr_status find_columns(gr_ledger *ledger, const char *table, bool has[GR_FACT_COUNT],
                              gr_error *err)
{
    gr_statement s = gr_statement_open(
        ledger, GR_KEPT_NOT,
        "SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('record', 'source', 'line', "
        "'column', 'record_kind', 'shares_computed', 'format', 'revision', 'replaces', 'digest', "
        "'recipient', 'amended')");
    gr_status status;
    bool is_newer = false;

    gr_bind_word(&s, table);
    while (gr_statement_step(&s)) {
        gr_fact fact = fact_of_column(gr_column_text(s.handle, 0));

        if (fact == GR_FACT_NONE)
            is_newer = true;
        else
            has[fact] = true;
    }
    status = gr_statement_close(&s, err);
    return status == GR_OK && is_newer ? fail_newer(ledger, err) : status;
}

static gr_status add_new_facts(gr_ledger *ledger, gr_error *err)
{
    bool has[GR_FACT_COUNT] = { false };
    gr_status status = find_columns(ledger, "record", has, err);

    if (status == GR_OK)
        status = find_columns(ledger, "recipient", has, err);
    for (int f = 0; status == GR_OK && f < GR_FACT_COUNT; f++) {
        gr_sql sql = gr_sql_open();

        if (has[f])
            continue;
        add_fact_column(&sql,
                        f < GR_GIFT_FACT_COUNT ? "ALTER TABLE record ADD COLUMN "
                                               : "ALTER TABLE recipient ADD COLUMN ",
                        (gr_fact)f);
        status = execute(ledger, &sql, err);
    }
    return status;
}

static gr_status check_ours(gr_ledger *ledger, int64_t *version, gr_error *err)
{
    int64_t id = 0;
    gr_status status = gr_ledger_number(ledger, "PRAGMA application_id", &id, err);

    if (status == GR_OK)
        status = gr_ledger_number(ledger, "PRAGMA user_version", version, err);
    if (status != GR_OK || (id == GR_LEDGER_ID && *version <= GR_LEDGER_VERSION))
        return status;
    if (id == GR_LEDGER_ID)
        return fail_newer(ledger, err);
    return gr_fail(err, GR_EIO, (gr_place){ ledger->path, 0, 0 }, "name another file",
                   "this file is no ledger of giftrule");
}

static gr_status prepare_tables(gr_ledger *ledger, gr_error *err)
{
    int64_t tables_there = 0, version = 0;
    gr_status status =
        gr_ledger_number(ledger, "SELECT count(*) FROM sqlite_schema", &tables_there, err);

    if (status != GR_OK)
        return status;
    if (tables_there == 0)
        return make_tables(ledger, err);
    status = check_ours(ledger, &version, err);
    if (status == GR_OK)
        status = add_new_facts(ledger, err);
    if (status == GR_OK && version < GR_LEDGER_VERSION)
        status = gr_ledger_migrate(ledger, version, err);
    return status;
}

/* What was found without a lock: an audit that runs meanwhile is not disturbed. */
typedef struct found {
    int64_t version; /* 0: there are no tables */
    bool is_complete;
} found;

static gr_status look(gr_ledger *ledger, found *out, gr_error *err)
{
    bool has[GR_FACT_COUNT] = { false };
    int64_t tables_there = 0;
    gr_status status =
        gr_ledger_number(ledger, "SELECT count(*) FROM sqlite_schema", &tables_there, err);

    *out = (found){ 0, false };
    if (status != GR_OK || tables_there == 0)
        return status;
    status = check_ours(ledger, &out->version, err);
    if (status == GR_OK)
        status = find_columns(ledger, "record", has, err);
    if (status == GR_OK)
        status = find_columns(ledger, "recipient", has, err);
    out->is_complete = out->version == GR_LEDGER_VERSION;
    for (int f = 0; f < GR_FACT_COUNT; f++)
        out->is_complete = out->is_complete && has[f];
    return status;
}

/* Before an older ledger becomes one of today, a copy of it is kept beside it. */
static gr_status keep_copy(gr_ledger *ledger, int64_t version, gr_error *err)
{
    gr_text path =
        gr_arena_print(ledger->arena, "%s.version-%lld", ledger->path, (long long)version);

    return path.ptr ? gr_ledger_backup(ledger, path.ptr, err) : gr_fail_memory(err);
}

gr_status gr_ledger_schema_check(gr_ledger *ledger, gr_error *err)
{
    gr_place at = { ledger->path, 0, 0 };
    found there;
    gr_status status = look(ledger, &there, err);

    if (status != GR_OK || there.is_complete)
        return status;
    if (there.version == 0)
        return gr_fail(err, GR_EINPUT, at, "make it with: giftrule audit --ledger",
                       "there is nothing in this ledger yet");
    return gr_fail(err, GR_EINPUT, at, "run giftrule audit --ledger with it: a copy is kept",
                   "this ledger is of an older version of giftrule");
}

gr_status gr_ledger_schema(gr_ledger *ledger, gr_error *err)
{
    found there;
    gr_status status = look(ledger, &there, err);

    if (status != GR_OK || there.is_complete)
        return status;
    if (there.version > 0 && there.version < GR_LEDGER_VERSION)
        status = keep_copy(ledger, there.version, err);
    if (status != GR_OK)
        return status;
    status = gr_ledger_execute(ledger, "BEGIN IMMEDIATE", err);
    if (status == GR_OK)
        status = prepare_tables(ledger, err);
    if (status == GR_OK)
        status = gr_ledger_execute(ledger, "COMMIT", err);
    if (status != GR_OK && !sqlite3_get_autocommit(ledger->db))
        sqlite3_exec(ledger->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
