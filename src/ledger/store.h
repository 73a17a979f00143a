/* src/ledger/store.h - what the files of this folder share: the handle, statements, rows written in
 * groups, the schema. Nobody outside includes it, except tests. */
#ifndef GR_LEDGER_STORE_H
#define GR_LEDGER_STORE_H

#include "base/table.h"
#include "ledger/ledger.h"
#include "ledger/trail.h"

#include <sqlite3.h>

enum {
    GR_LEDGER_ID = 0x67696674, /* "gift": application_id in the header of the file */
    GR_LEDGER_VERSION = 5,
    GR_LEDGER_WAIT = 10000,         /* milliseconds for another process to finish */
    GR_LEDGER_PAGE = 8192,          /* bytes; 4 KiB: a million records take a tenth longer */
    GR_LEDGER_CACHE = 16 * 1024,    /* KiB of SQLite's page cache, and of one piece of its sorter */
    GR_LEDGER_GROUP = 32,           /* rows of one INSERT */
    GR_LEDGER_PARTIES = 128 * 1024, /* recipients held in memory, and their bytes: */
    GR_LEDGER_PARTY_BYTES = 16 * 1024 * 1024
};

/* Lines of a roster: the words of their kinds, as the index on them has it. */
#define GR_ROSTER_KINDS(of) of "record_kind IN ('executive', 'responsibility', 'contact', 'event')"

/* SQL made piece by piece; keeps the first failure, which can only be want of memory. */
typedef struct gr_sql {
    gr_list text; /* of char */
    bool failed;
} gr_sql;

gr_sql gr_sql_open(void);
void gr_sql_add(gr_sql *sql, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gr_sql_add_column(gr_sql *sql, const char *before,
                       gr_fact fact); /* the fact's column, quoted */
/* All columns of record, or of recipient, in the order of their numbers in an imprint. */
void gr_sql_add_record_columns(gr_sql *sql, const char *before, bool of_recipient);
const char *gr_sql_text(gr_sql *sql); /* NULL: no memory */
void gr_sql_free(gr_sql *sql);

/* Statements that are prepared once and used again. */
typedef enum gr_kept {
    GR_KEPT_FIND_NAMED,
    GR_KEPT_FIND_UNNAMED,
    GR_KEPT_FIND_ROW,
    GR_KEPT_QUARANTINE,
    GR_KEPT_FIND_FINDING,
    GR_KEPT_FINDING,
    GR_KEPT_COUNTED,
    GR_KEPT_WITHDRAW,
    GR_KEPT_RULES_LINE,
    GR_KEPT_FIND_FILE,
    GR_KEPT_FILE,
    GR_KEPT_RULES_FILE,
    GR_KEPT_STANDING,
    GR_KEPT_LIFE,
    GR_KEPT_RECORDS_OF,
    GR_KEPT_FIND_LATEST,
    GR_KEPT_FOUND_OF,
    GR_KEPT_DISPOSED,
    GR_KEPT_PERSON,
    GR_KEPT_PAIR,
    GR_KEPT_LAST_RUN,
    GR_KEPT_PARTY,
    GR_KEPT_APPROVAL_USED,
    GR_KEPT_APPROVAL_LAST,
    GR_KEPT_REQUEST,
    GR_KEPT_ACCOUNT,
    GR_KEPT_TOKEN,
    GR_KEPT_ONCE,
    GR_KEPT_KNOWN,
    GR_KEPT_KNOWN_AFTER,
    GR_KEPT_PARTIES_AFTER,
    GR_KEPT_SUPPLIED,
    GR_KEPT_IDENTITY,
    GR_KEPT_COUNT,
    GR_KEPT_NOT = GR_KEPT_COUNT
} gr_kept;

/* Rows of one table, written GR_LEDGER_GROUP at a time: a statement for every row costs twice as much.
 * Values wait here as cells; texts are copied. */
typedef struct gr_rows {
    gr_sql head; /* "INSERT INTO x (..) VALUES " */
    int columns;
    sqlite3_stmt *one, *group;
    gr_list cell; /* of the rows that wait, in their order */
    gr_arena *text;
    int waiting;
    bool failed;               /* no memory */
    gr_part part, part_before; /* of this run; as it was before the source */
} gr_rows;

/* Recipients met in this run, by content, or met while reading, by row: most come again and again. */
typedef struct gr_party {
    gr_text bytes; /* writing: its facts in one piece */
    int64_t row;
    const gr_recipient *recipient; /* reading */
} gr_party;

typedef struct gr_parties {
    gr_table table;
    gr_list party;
    gr_arena *arena;
} gr_parties;

typedef struct gr_words {
    gr_text *word;   /* of one fact, in the order of their places */
    int count, last; /* last: where the latest one was found */
} gr_words;

/* An entry of the table of keys that names a newer version now. */
typedef struct gr_moved {
    uint64_t hash;
    uint32_t from, to;
} gr_moved;

struct gr_ledger {
    gr_arena *arena; /* path, words: as long as the ledger lives */
    const char *path;
    bool is_reading;
    int64_t horizon;   /* what later runs have brought is not passed; 0: nobody looks back */
    bool is_verifying; /* reading what may be damaged */
    bool is_disposing; /* references are checked at the end of the run */
    sqlite3 *db;
    sqlite3_stmt *kept[GR_KEPT_COUNT];
    gr_words words[GR_FACT_COUNT];
    gr_rows recipients, records, further; /* each may name rows of those before it */

    /* one run */
    const gr_deed *deed;
    bool is_migrating;                  /* rows are there that no run of a chain has written */
    int64_t chained[GR_CHAINED_COUNT];  /* the last key of each table before this run */
    int64_t last_key[GR_CHAINED_COUNT]; /* and in it, where it is remembered; 0: it is looked for */
    int64_t rules;                      /* row of the rules that judged; 0: nothing was judged */
    gr_totals totals;
    bool indexed;     /* records of earlier runs can be found through the index */
    bool broken;      /* something failed: the run cannot be kept */
    int64_t run;      /* its row; 0 while nothing was written */
    int64_t last_run; /* the last one that ended well, before this one or itself */
    uint64_t written; /* rows that are news */
    gr_news news;     /* of this run's findings */
    gr_list found;    /* of bool, by row: findings that this run has found */
    int64_t base;     /* the last record before this run */
    int64_t last_record, last_recipient;
    gr_table key;  /* the latest records of this run: number after base, by hash of the id */
    gr_list moved; /* of gr_moved: entries of key that this source has changed */
    gr_parties parties;
    uint64_t seen[2], stored[2]; /* facts of gifts and of recipients that any record knows */

    /* one source */
    int64_t source; /* its row; 0 while nothing was written */
    uint64_t source_records, source_quarantined;
    int64_t start_record, start_recipient, start_run;
    uint64_t start_written;
};

/* Is the file a ledger of ours, or to become one? Looks without SQLite, which could change it. */
gr_status gr_header_check(const char *path, bool *is_new, gr_error *err);

/* Passes status on, and remembers a failure: rows may be missing that were to be kept. */
gr_status gr_ledger_note(gr_ledger *ledger, gr_status status);
/* The last failure of SQLite, in the user's words. */
gr_status gr_ledger_fail(gr_ledger *ledger, gr_error *err);
gr_status gr_ledger_damaged(gr_ledger *ledger, const char *what, gr_text value, gr_error *err);
gr_status gr_ledger_execute(gr_ledger *ledger, const char *sql, gr_error *err);
/* The one number that a query gives; 0 where it gives none. */
gr_status gr_ledger_number(gr_ledger *ledger, const char *sql, int64_t *out, gr_error *err);
extern const char *const gr_ledger_tables[]; /* SQL that makes them, in an order that works */
extern const size_t gr_ledger_table_count;
gr_status gr_ledger_schema(gr_ledger *ledger, gr_error *err);       /* made or brought up to date */
gr_status gr_ledger_schema_check(gr_ledger *ledger, gr_error *err); /* of one that is only read */
gr_status gr_ledger_make_missing(gr_ledger *ledger, gr_error *err); /* tables and indexes */
gr_status gr_ledger_stamp(gr_ledger *ledger, gr_error *err);        /* as one of this version */
/* An older ledger, within the transaction that is open: tables as they are now, and the chain begun. */
gr_status gr_ledger_migrate(gr_ledger *ledger, int64_t version, gr_error *err);
/* A key that no row of the table has, or had before it was disposed of. */
gr_status gr_ledger_next_key(gr_ledger *ledger, gr_chained table, int64_t *out, gr_error *err);

/* Bind and step remember the first failure; close reports it, so that a call site reads as a straight
 * line. Values are bound in the order of the question marks. Texts must live until the step. */
typedef struct gr_statement {
    gr_ledger *ledger;
    sqlite3_stmt *handle;
    int bound, code;
    bool kept;
} gr_statement;

gr_statement gr_statement_open(gr_ledger *ledger, gr_kept kept, const char *sql);
void gr_bind_number(gr_statement *s, int64_t number);
void gr_bind_text(gr_statement *s, gr_text text);
void gr_bind_word(gr_statement *s, const char *text);
void gr_bind_bytes(gr_statement *s, gr_text bytes);   /* which are no text */
void gr_bind_optional(gr_statement *s, gr_text text); /* NULL when it is empty */
void gr_bind_day(gr_statement *s, gr_day day);
void gr_bind_null(gr_statement *s);
/* Cents: an integer where they are whole, else "numerator/denominator". */
void gr_bind_amount(gr_statement *s, gr_wide num, int64_t den);
bool gr_statement_step(gr_statement *s); /* true: there is a row */
gr_status gr_statement_close(gr_statement *s, gr_error *err);
/* Closes after other work with its rows: a failure of that comes first. */
gr_status gr_statement_end(gr_statement *s, gr_status status, gr_error *err);
gr_text gr_column_text(sqlite3_stmt *handle, int column);
gr_text gr_column_bytes(sqlite3_stmt *handle, int column);

/* Key, second key, and all columns of the rows of a table that a condition chooses, for gr_row_imprint() from 2 on. */
gr_statement gr_rows_of(gr_ledger *ledger, gr_chained table, const char *which);

bool gr_rows_open(gr_rows *rows); /* then the caller adds to rows->head and sets columns */
void gr_rows_number(gr_rows *rows, int column, int64_t number);
void gr_rows_text(gr_rows *rows, int column, gr_text text);
void gr_rows_word(gr_rows *rows, int column,
                  gr_text text); /* lives as long as the ledger: not copied */
void gr_rows_end(gr_rows *rows); /* of one row; the caller flushes when GR_LEDGER_GROUP wait */
gr_status gr_rows_flush(gr_ledger *ledger, gr_rows *rows, gr_error *err);
void gr_rows_forget(gr_rows *rows); /* those that wait are not written */
void gr_rows_close(gr_rows *rows);

bool gr_parties_open(gr_parties *parties);
void gr_parties_trim(gr_parties *parties); /* forgets all when it holds too much */
void gr_parties_clear(gr_parties *parties);
void gr_parties_free(gr_parties *parties);
/* By its bytes, or by its row where bytes is empty. NULL: not met. */
gr_party *gr_parties_find(const gr_parties *parties, uint64_t hash, gr_text bytes, int64_t row);
/* A new one; the bytes are copied. NULL: no memory. */
gr_party *gr_parties_add(gr_parties *parties, uint64_t hash, gr_text bytes, int64_t row);

/* The facts of a row: from first on, known by mask, into cells from column on. */
void gr_rows_facts(gr_ledger *ledger, gr_rows *rows, int column, gr_fact first, uint64_t known,
                   const gr_value *value);
/* The reverse: columns of handle from column on are the facts of mask. arena NULL: texts are borrowed. */
gr_status gr_facts_read(gr_ledger *ledger, sqlite3_stmt *handle, int column, gr_fact first,
                        uint64_t mask, gr_arena *arena, uint64_t *known, gr_value *value,
                        gr_error *err);

gr_status gr_records_open(gr_ledger *ledger, gr_error *err);
gr_status gr_records_find_index(gr_ledger *ledger, gr_error *err); /* sets indexed */
/* The indexes that later runs go by; made when the first one ends. */
gr_status gr_records_make_index(gr_ledger *ledger, gr_error *err);
gr_status gr_records_start(gr_ledger *ledger, gr_error *err); /* of a run */
gr_status gr_records_flush(gr_ledger *ledger, gr_error *err);
void gr_records_forget(gr_ledger *ledger); /* at an undoing: what this source has brought */
void gr_records_settle(gr_ledger *ledger); /* what has come so far will not be undone by source */
/* Facts that any record states, as they stand in the ledger; and those of this run, kept there. */
gr_status gr_seen_load(gr_ledger *ledger, gr_error *err);
gr_status gr_seen_store(gr_ledger *ledger, gr_error *err);

/* All but the check of what lies before: a run within a transaction that is open already. */
gr_status gr_run_start(gr_ledger *ledger, const gr_deed *deed, gr_error *err);
/* The rows of the run and of the source, made when there is something to keep. */
gr_status gr_run_row(gr_ledger *ledger, gr_error *err);
gr_status gr_source_row(gr_ledger *ledger, gr_error *err);
gr_status gr_quarantine_end(gr_ledger *ledger, const gr_source *source, gr_error *err);

#endif
