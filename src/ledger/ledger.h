/* src/ledger/ledger.h - the firm's memory, in SQLite. The only folder with SQL. One thread at a time. */
#ifndef GR_LEDGER_LEDGER_H
#define GR_LEDGER_LEDGER_H

#include "model/finding.h"
#include "model/record.h"
#include "model/standing.h"

typedef struct gr_ledger gr_ledger;

#define GR_RUN_LAST INT64_MAX /* as known at the end of it: all that there is */

/* Opens, or makes, a ledger file. A file that is no ledger, or of a newer version, is refused unchanged. */
gr_status gr_ledger_open(const char *path, gr_ledger **out, gr_error *err);
/* The same, but makes none. */
gr_status gr_ledger_open_present(const char *path, gr_ledger **out, gr_error *err);
/* Opens a ledger that is there, for reading only: writers are not kept waiting, nor waited for. */
gr_status gr_ledger_open_reading(const char *path, gr_ledger **out, gr_error *err);
/* Of a ledger opened for reading: everything that is read from now on is of one moment, whatever others write meanwhile;
 * and records, sources, identities and standings are passed as they were at the end of run. */
gr_status gr_ledger_look_back(gr_ledger *ledger, int64_t run, gr_error *err);
int64_t gr_ledger_horizon(const gr_ledger *ledger); /* that run; GR_RUN_LAST: nobody looks back */
void gr_ledger_close(gr_ledger *ledger); /* undoes what was begun and not committed; accepts NULL */

/* Who does what, for the audit trail. */
typedef struct gr_deed {
    int64_t now; /* seconds since 1970; a clock that went back is not followed */
    gr_text author;
    const char *action; /* "audit", "resolve", ... */
} gr_deed;

/* One run is one transaction: all of it is kept, or nothing. A run that has written nothing leaves no trace. deed is
 * borrowed until the commit; note says in words what was changed. */
gr_status gr_ledger_begin(gr_ledger *ledger, const gr_deed *deed, gr_error *err);
gr_status gr_ledger_commit(gr_ledger *ledger, gr_text note, gr_error *err);
/* The last run that has ended well: since begin the one before, since commit this one, if it brought anything. */
int64_t gr_ledger_last_run(const gr_ledger *ledger);

/* Within a run, each source between start and end; end with keep false undoes all of it. */
gr_status gr_ledger_source_start(gr_ledger *ledger, gr_error *err);
gr_status gr_ledger_source_end(gr_ledger *ledger, bool keep, const gr_source *source,
                               gr_error *err);

/* Is an export of exactly these bytes kept already? */
gr_status gr_ledger_source_find(gr_ledger *ledger, const char *sha256, bool *is_known,
                                gr_error *err);

typedef enum gr_ledger_news {
    GR_LEDGER_NEW,
    GR_LEDGER_SAME,    /* it says what is in force, or what was retracted; nothing was written */
    GR_LEDGER_CHANGED, /* the same id with other content: kept as a new version; the old one stays, and
                          is no longer in force */
    GR_LEDGER_AMENDED, /* changed, though the version before had been approved, and not approved anew */
    GR_LEDGER_NEWS     /* how many there are */
} gr_ledger_news;

/* Keeps one record of the source now open. digest is gr_record_digest(). A record is the same when format
 * and record id are; it is compared with its latest version, so that a correction can be taken back. */
typedef struct gr_ledger_kept {
    gr_ledger_news news;
    int64_t row; /* of the new version; 0 where it is the same */
} gr_ledger_kept;

gr_status gr_ledger_record_add(gr_ledger *ledger, gr_text format, const gr_record *record,
                               uint64_t digest, gr_ledger_kept *kept, gr_error *err);
/* The same place of the same file (by its digest, known at its end) is kept once. */
gr_status gr_ledger_quarantine_add(gr_ledger *ledger, const gr_quarantined *quarantined,
                                   gr_error *err);

/* What the ledger knows of a record beside its facts. */
typedef struct gr_kept_record {
    int64_t row, source; /* rows of itself and of the source */
    uint64_t digest;     /* gr_record_digest() of it as it came */
    bool is_amended;     /* edited after it had been approved */
} gr_kept_record;

/* Passes every record in force, in the order in which it came, to take; texts live during the call. */
typedef gr_status (*gr_on_record)(void *context, const gr_source *source, const gr_record *record,
                                  const gr_kept_record *kept, gr_error *err);
gr_status gr_ledger_each_record(gr_ledger *ledger, gr_on_record take, void *context, gr_error *err);

/* Passes every quarantined record that came after the run since, up to run, to take, but for those whose id a later
 * source of the same format had brought in order by then; texts live during the call. */
typedef gr_status (*gr_on_quarantined)(void *context, const gr_quarantined *quarantined,
                                       gr_error *err);
gr_status gr_ledger_each_quarantined(gr_ledger *ledger, int64_t run, int64_t since,
                                     gr_on_quarantined take, void *context, gr_error *err);

/* Copies the ledger as it stands into a file, whole or not at all, while others may write. */
gr_status gr_ledger_backup(gr_ledger *ledger, const char *path, gr_error *err);

/* Keeps what was found: each finding, with what it counted, between start and end. One that is there already,
 * unchanged, is not written again; one that was there and is not added is withdrawn at the end. record: the row of
 * the record that was judged; 0: it is not kept. */
void gr_ledger_findings_start(gr_ledger *ledger);
gr_status gr_ledger_finding_add(gr_ledger *ledger, const gr_finding *finding, int64_t record,
                                gr_text rulebook_sha256, gr_error *err);
/* *news, of which only the findings are counted, may be NULL. */
gr_status gr_ledger_findings_end(gr_ledger *ledger, gr_news *news, gr_error *err);

/* Where not everything was judged: instead of the end, once for each version of a record of which somebody was. What
 * was there and was not added is withdrawn: findings about the gift, and about those of its recipients who were judged. */
typedef struct gr_judged_record {
    int64_t row;
    const bool *is_judged; /* of each recipient, in their order */
    size_t count;
} gr_judged_record;

gr_status gr_ledger_findings_end_of(gr_ledger *ledger, const gr_judged_record *judged,
                                    gr_error *err);
gr_news gr_ledger_findings_news(const gr_ledger *ledger);

/* Keeps by which rules all of this run was judged, unless they are those of the run before. */
gr_status gr_ledger_rules_add(gr_ledger *ledger, const gr_rules_used *rules, gr_error *err);

/* Keeps what stands in force now: of those who gave, and the sums. What has not changed is not written again. is_whole:
 * whoever is not among them has given nothing; else they stand as before. */
gr_status gr_ledger_standing_add(gr_ledger *ledger, const gr_standing *standing, size_t count,
                                 bool is_whole, const gr_totals *totals, gr_error *err);

#endif
