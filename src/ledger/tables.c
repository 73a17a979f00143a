/* src/ledger/tables.c - all tables, indexes and views but record and recipient, whose columns are facts.
 *
 * Comments inside the SQL are for whoever looks with the sqlite3 program: .schema shows them. Nothing is
 * ever changed or removed: a correction is a new row that names the row it replaces. */
#include "ledger/store.h"

const char *const gr_ledger_tables[] = {
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

const size_t gr_ledger_table_count = GR_COUNT(gr_ledger_tables);
