/* include/giftrule.h - all of libgiftrule that is public: load the rules, audit exports, write the
 * report, run the scenarios. The programs under src/cli use nothing else.
 *
 * No global state: nothing is printed, nothing exits. Threads: a loaded gr_rules is immutable and may be
 * shared; every other handle belongs to one thread at a time. Text is UTF-8. Money in texts is
 * decimal with two places, days are YYYY-MM-DD. */
#ifndef GIFTRULE_H
#define GIFTRULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define GR_API     __attribute__((visibility("default")))
#define GR_VERSION "0.1.0"

typedef enum gr_status {
    GR_OK,
    GR_EUSAGE, /* the call or the command line is wrong */
    GR_EINPUT, /* an input is wrong: a rule file, an export */
    GR_ELIMIT, /* an input passes a bound we set */
    GR_ENOMEM,
    GR_EIO,
    GR_EFULL, /* no room left on the device */
    GR_EBUSY, /* the ledger is in use by another process */
    GR_EBUG   /* our own mistake */
} gr_status;

/* Filled when a call fails, left alone when it succeeds. Of fixed size, so that reporting "out of
 * memory" needs none. */
typedef struct gr_error {
    gr_status status;
    uint32_t line, column; /* from 1; 0 when there is no such place */
    char file[160];        /* the input at fault, as the caller named it; cut in front if longer */
    char message[240];     /* what is wrong: one sentence, the value at fault, no final stop */
    char hint[240];        /* what to do next; may be empty */
} gr_error;

/* Called once for each error of a rule folder, in the order of files and lines. */
typedef void (*gr_on_error)(void *context, const gr_error *error);

typedef struct gr_rules gr_rules;   /* rulebooks, policy, formats, detection: one rule folder */
typedef struct gr_report gr_report; /* the result of one audit */

/* One choice of the firm's policy replaced for one run: name "period", value "fiscal". */
typedef struct gr_setting {
    const char *name, *value;
} gr_setting;

/* Reads and checks every rule file below dir, with settings laid over its policy. All errors of all
 * files are passed to on_error (may be NULL); *err gets the first. Free *out with gr_rules_free(). */
GR_API gr_status gr_rules_load(const char *dir, const gr_setting *settings, size_t setting_count,
                               gr_on_error on_error, void *context, gr_rules **out, gr_error *err);
GR_API void gr_rules_free(gr_rules *rules);

/* How far a run has come; called from the thread of the caller, a few times a second. */
typedef void (*gr_on_progress)(void *context, const char *file, uint64_t bytes_done,
                               uint64_t bytes_total, uint64_t records);

/* Which findings and gifts a report tells. Each may be NULL: whichever. What several say must all hold. Sums are over
 * everything all the same. */
typedef struct gr_filter {
    const char *executive; /* id or name of an account executive */
    const char *recipient; /* id or name of a recipient */
    const char *client;    /* name of the recipient's employer */
    const char *branch;    /* of the account executive, by the roster */
    const char
        *rule; /* id of a rulebook: findings by it, and the limit that gifts are listed with */
    const char *verdict;   /* "violation", "needs_review" or "warning" */
    const char *from, *to; /* days of gifts */
} gr_filter;

typedef struct gr_audit_options {
    const char *const *inputs; /* files, folders, or "-" for standard input */
    size_t input_count;
    const char *ledger;    /* file name, or NULL: nothing is kept */
    const char *author;    /* who does this, for the ledger's audit trail; NULL: not told */
    const char *as_of;     /* the day of the report; NULL: today, or the day of SOURCE_DATE_EPOCH */
    const char *from, *to; /* findings of gifts given on these days only; NULL: no bound */
    bool
        only_new; /* findings that are new or changed by this run only; needs a ledger, and no from or to */
    bool pairs;       /* the report also lists which records were taken for one gift, and why */
    bool gifts;       /* the report can list gifts: what HTML, CSV, XLSX and the register need */
    gr_filter filter; /* all NULL: everything is told */
    const char *role; /* for whom it is: NULL, "officer", "examiner", "auditor", "executive" */
    gr_on_progress on_progress; /* may be NULL */
    void *context;
} gr_audit_options;

/* Reads the inputs, judges every gift, and keeps the result in *out, to be freed with
 * gr_report_free(). Succeeds also when inputs were refused or records quarantined: the report tells.
 * Fails when the options are wrong, the ledger cannot be used, or memory ends. */
GR_API gr_status gr_audit(const gr_rules *rules, const gr_audit_options *options, gr_report **out,
                          gr_error *err);
GR_API void gr_report_free(gr_report *report);

typedef struct gr_recall_options {
    const char *ledger;
    const char *as_known_on; /* "2026-05-04", "2026-05-04T09:00:00Z" or "run:7"; NULL: now */
    const char *
        since; /* findings that are new or changed since this moment only; "last": by the last run; NULL: all in force */
    /* A rule folder, whose names.xml tells how names of a roster's clients are compared; NULL: with their legal forms. */
    const char *rules;
    bool gifts; /* as of gr_audit_options; these three */
    gr_filter filter;
    const char *role;
} gr_recall_options;

/* A report of what the ledger knew at that moment, by the rules by which it was judged then: the same bytes as a report
 * that was made then. Nothing is judged again, and nothing is written. To be freed with gr_report_free(). GR_EUSAGE: it
 * is no such moment; GR_EINPUT: there is no such ledger, or it was not judged by then. */
GR_API gr_status gr_report_recall(const gr_recall_options *options, gr_report **out, gr_error *err);

typedef struct gr_summary {
    uint64_t gifts, recipients, account_executives;
    uint64_t violations, needs_review, warnings, quarantined;
    uint64_t refused; /* inputs of which nothing could be read */
    uint64_t decided; /* findings on which an officer has decided; not among those above */
} gr_summary;

GR_API gr_summary gr_report_summary(const gr_report *report);

/* The i-th refusal: why an input could not be read at all. i is below summary.refused. */
GR_API const gr_error *gr_report_refusal(const gr_report *report, size_t i);

/* What was passed over while reading and is no error, such as a file of a folder that is not XML; one
 * line each. NULL when i is past the last. */
GR_API const char *gr_report_note(const gr_report *report, size_t i);

/* Reports are written in all of them, rule files (below) as text and HTML. */
typedef enum gr_format {
    GR_FORMAT_TEXT,
    GR_FORMAT_JSON,
    GR_FORMAT_HTML,
    GR_FORMAT_CSV,
    GR_FORMAT_XLSX
} gr_format;

typedef enum gr_report_part {
    GR_REPORT_WHOLE,
    GR_REPORT_REGISTER, /* the separate record of gifts, FINRA 3220(c) */
    GR_REPORT_SUBJECT   /* one line, for the subject of a mail; text only */
} gr_report_part;

/* Takes a piece of output; false means that it could not, and ends the writing with GR_EIO. */
typedef bool (*gr_on_output)(void *context, const char *bytes, size_t length);

typedef struct gr_report_style {
    gr_format format;
    unsigned width; /* of a terminal, in columns; 0: 80. Text only. */
    bool colour;    /* text only */
    gr_report_part part;
    const char *
        table; /* of CSV: "findings", "counted", "executives", "recipients", "gifts", "quarantine" or
                          "assumptions"; NULL: findings, or all of them where a folder is written */
} gr_report_style;

GR_API gr_status gr_report_write(const gr_report *report, const gr_report_style *style,
                                 gr_on_output output, void *context, gr_error *err);

/* Writes the report to a file: under a temporary name first, synced, then renamed, so that an existing
 * file stays whole when anything fails. HTML and CSV become several files in a folder where path ends in "/", is a folder,
 * or has no ".htm", ".html" or ".csv" at its end; a folder with anything else in it is refused (GR_EUSAGE). */
GR_API gr_status gr_report_save(const gr_report *report, const gr_report_style *style,
                                const char *path, gr_error *err);

/* For each account executive a folder below path, with nothing in it of what others gave: a page, spreadsheets, JSON, and
 * a list of digests, signed where key names a file of gr_key_create(); NULL: not signed. The report must have been made
 * with gifts. *count gets how many there are. */
GR_API gr_status gr_packages_save(const gr_report *report, const char *key, const char *path,
                                  size_t *count, gr_error *err);

typedef struct gr_bundle_options {
    gr_recall_options recall; /* ledger, role, filter.from and filter.to */
    const char *key;          /* as of gr_packages_save() */
    const char *path;         /* the folder */
} gr_bundle_options;

/* What an examiner asks for, of gifts given on the days of the filter: register, findings, decisions, the rule files as they
 * stood, an extract of the audit trail, a list of digests, and a page that tells how to check it. */
GR_API gr_status gr_bundle_save(const gr_bundle_options *options, gr_error *err);

/* ---- how one finding was reached ---- */

typedef struct gr_explanation gr_explanation;

/* Judges what options name once more, keeping nothing, and tells how the finding with this id, or this unique beginning
 * of an id, was reached. options are those of the audit that found it; a ledger must be there, and stays as it is.
 * Inputs are files and folders, since they are read twice. Free *out with gr_explanation_free(), and the rules after
 * it. GR_EINPUT: there is no such finding; GR_EUSAGE: the beginning is not unique; and as gr_audit() fails. */
GR_API gr_status gr_explain(const gr_rules *rules, const gr_audit_options *options,
                            const char *finding, gr_explanation **out, gr_error *err);
GR_API void gr_explanation_free(gr_explanation *explanation);

/* As of a report: why an input could not be read. NULL when i is past the last. */
GR_API const gr_error *gr_explanation_refusal(const gr_explanation *explanation, size_t i);

/* style->format is text or JSON. */
GR_API gr_status gr_explanation_write(const gr_explanation *explanation,
                                      const gr_report_style *style, gr_on_output output,
                                      void *context, gr_error *err);

/* ---- what an officer decides on a finding ---- */

typedef struct gr_resolution gr_resolution; /* what came of it */

typedef struct gr_resolve_options {
    const char *ledger;  /* must be there */
    const char *finding; /* its id, or a unique beginning of it */
    const char *reason;  /* nobody decides without one */
    const char *author;  /* who decides; NULL: not told */
    const char *fact;    /* "payer=firm": what a record does not say; "payer=": not any more */
    const char *gift;    /* of a fact: another gift that the finding counts; NULL: its own */
    bool accept;         /* it stays as it is */
    const char *exempt;  /* number of an exemption that was granted */
    bool reopen;         /* what was decided on it is ended */
} gr_resolve_options;

/* Keeps a decision in the ledger: exactly one of fact, accept, exempt and reopen. After a fact all that the ledger holds is
 * judged again, in the same transaction. Free *out with gr_resolution_free(), and the rules after it. GR_EUSAGE: the
 * options are wrong; GR_EINPUT: the ledger, or the finding, does not allow it; nothing is kept then. */
GR_API gr_status gr_resolve(const gr_rules *rules, const gr_resolve_options *options,
                            gr_resolution **out, gr_error *err);
GR_API void gr_resolution_free(gr_resolution *resolution);

/* style->format is text or JSON. */
GR_API gr_status gr_resolution_write(const gr_resolution *resolution, const gr_report_style *style,
                                     gr_on_output output, void *context, gr_error *err);

/* ---- who is who ---- */

/* Lists pairs of recipients who are possibly one person, or might be, the best first, with the points that names.xml gives
 * and in what they agree; but for those on whom somebody has decided. Nothing is kept: a ledger must be there, and stays as
 * it is. style->format is text or JSON. Fails as gr_audit() does; GR_EINPUT also where an input cannot be read. */
GR_API gr_status gr_candidates_tell(const gr_rules *rules, const gr_audit_options *options,
                                    const gr_report_style *style, gr_on_output output,
                                    void *context, gr_error *err);

/* Tells who somebody is: each way in which records call the person, and why they are one; employers over time, links,
 * decisions. person: "P-" and digits as they are printed, an id, or words of a name, which may find several. */
GR_API gr_status gr_person_tell(const gr_rules *rules, const gr_audit_options *options,
                                const char *person, const gr_report_style *style,
                                gr_on_output output, void *context, gr_error *err);

typedef struct gr_identity_options {
    const char *ledger; /* must be there */
    const char *a, *b;  /* two people, as gr_candidates_tell() prints them, or ids */
    bool splits;        /* they are two; else they are one person */
    const char *reason; /* nobody decides without one */
    const char *author; /* who decides; NULL: not told */
} gr_identity_options;

/* Keeps in the ledger that two recipients are one person, or two, and judges everything again, in the same transaction;
 * then tells which findings changed. The opposite of what was decided on them makes it as if nothing had been said.
 * GR_EUSAGE: the options are wrong; GR_EINPUT: there is nothing to decide, or another decision stands against it; nothing
 * is kept then. style->format is text or JSON. */
GR_API gr_status gr_identity_decide(const gr_rules *rules, const gr_identity_options *options,
                                    const gr_report_style *style, gr_on_output output,
                                    void *context, gr_error *err);

/* ---- the ledger as evidence ---- */

/* Checks a ledger against its own trail: the hash of every entry and the one before it, every row of every table, that no
 * row is missing or more, the tables themselves, and the sums. seal: a file that gr_seal() wrote, or NULL: then its
 * signature must be right and its entry must still have the hash that was sealed; public_key: 64 hexadecimal digits, the
 * only key that it may be made with, or NULL. Only reads. What does not fit is told, and *is_whole is false: no failure
 * of the call, which fails when the ledger, or the seal, cannot be read at all. style->format is text or JSON. */
GR_API gr_status gr_verify(const char *ledger, const char *seal, const char *public_key,
                           const gr_report_style *style, gr_on_output output, void *context,
                           bool *is_whole, gr_error *err);

/* Makes a key for seals in a new file that only its owner can read. public_key has room for 65 bytes: 64 hexadecimal
 * digits and a final NUL, to be told to whoever checks seals. GR_EUSAGE: the file is there already. */
GR_API gr_status gr_key_create(const char *path, char *public_key, gr_error *err);

typedef struct gr_seal_options {
    const char *ledger, *author;
    const char *key;    /* a file of gr_key_create() */
    const char *output; /* the file of the seal; NULL: to the function output */
} gr_seal_options;

/* Signs the ledger as it stands, after an entry in its trail that says so. Kept elsewhere, the seal proves later that
 * nothing up to then was changed. */
GR_API gr_status gr_seal(const gr_seal_options *options, gr_on_output output, void *context,
                         gr_error *err);

typedef struct gr_history_options {
    const char *ledger;
    const char *gift;      /* id of a record: its versions, findings and decisions; or */
    const char *finding;   /* id of a finding, or the beginning of it; or */
    const char *recipient; /* id or name of a recipient; all NULL: the whole trail */
} gr_history_options;

/* Tells who did what when. style->format is text or JSON. GR_EINPUT: the ledger knows of no such thing. */
GR_API gr_status gr_history_tell(const gr_history_options *options, const gr_report_style *style,
                                 gr_on_output output, void *context, gr_error *err);

/* Compares what the ledger said at two moments: findings that are new, changed or gone between them, with the versions of
 * records that they count, decisions and rules that came between. A moment is a day (its end), "2026-05-04T09:00:00Z", or
 * "run:7". *differs says whether anything does. style->format is text or JSON. GR_EUSAGE: no moments. */
GR_API gr_status gr_compare(const char *ledger, const char *before, const char *after,
                            const gr_report_style *style, gr_on_output output, void *context,
                            bool *differs, gr_error *err);

typedef struct gr_retention_options {
    const char *ledger, *author;
    const char *as_of;  /* NULL: today, or the day of SOURCE_DATE_EPOCH */
    const char *before; /* of what is due, only gifts given before this day; NULL: all of it */
    const char *reason; /* needed with removes */
    bool removes;       /* disposes of it; otherwise it is only told */
} gr_retention_options;

/* Tells which records have been kept for the years of the policy, after the end of the year in which they are added up,
 * and are not held; and with removes disposes of them, all at once, and judges the rest again. Of what is gone the ledger
 * keeps digests, so that gr_verify() still finds it whole, and its file no byte. GR_EBUSY: they are gone, but somebody
 * reads the ledger, and its log could not be emptied. */
GR_API gr_status gr_retain(const gr_rules *rules, const gr_retention_options *options,
                           const gr_report_style *style, gr_on_output output, void *context,
                           gr_error *err);

typedef struct gr_hold_options {
    const char *ledger, *author;
    const char *kind, *value; /* "gift", "giver", "recipient" with an id or a name; "all" */
    const char *reason;
    int64_t release; /* the hold to be released; 0: one is made */
} gr_hold_options;

/* Makes a legal hold, whose number is *number, or releases one. What it covers is not disposed of. */
GR_API gr_status gr_hold(const gr_hold_options *options, int64_t *number, gr_error *err);

/* Copies a ledger into a file, whole or not at all, while others may use it. GR_EUSAGE: a file is there that is no
 * older copy of this ledger; it stays. */
GR_API gr_status gr_backup(const char *ledger, const char *output, gr_error *err);

typedef struct gr_restore_options {
    const char *from; /* the backup */
    const char *ledger, *author;
    const char *reason; /* needed with force */
    bool force;         /* even when the ledger that is there has entries that the backup lacks */
} gr_restore_options;

/* Puts a backup in the place of a ledger, after it has been verified. By force the old file is kept beside; its name is
 * written to kept, which is empty otherwise, and the trail says what was given up. GR_EINPUT: the backup is not whole,
 * or lacks entries that the ledger has. */
GR_API gr_status gr_restore(const gr_restore_options *options, char *kept, size_t size,
                            gr_error *err);

/* ---- before a gift ---- */

/* One fact of a gift that is planned, by its name in rule files: "cost", "date", "giver-id", "name", "employer-kind". */
typedef struct gr_stated {
    const char *fact, *value;
    unsigned recipient; /* of a fact of a recipient: which one, from 0 */
} gr_stated;

typedef struct gr_check_options {
    const char *ledger;      /* must be there */
    const char *author;      /* as of gr_audit_options */
    const char *as_of;       /* the day of asking; NULL: today, or the day of SOURCE_DATE_EPOCH */
    const gr_stated *stated; /* the gift; or */
    size_t stated_count;
    const char *const
        *inputs; /* gift logs of planned gifts, each asked about by itself, in their order */
    size_t input_count;
    bool reserve;       /* books what is approved, for as long as the policy says */
    const char *cancel; /* nothing is asked: the approval of this number is cancelled; or */
    const char *given;  /* the gift of this approval was given, on as_of */
    /* As of gr_rules_load(). Files that are, to the byte, those by which the ledger was judged last were found in order then,
     * and are not checked once more: so loading them takes a third of the time. */
    const char *rules;
    const gr_setting *settings;
    size_t setting_count;
    gr_on_error on_error;
    void *context;
} gr_check_options;

typedef enum gr_decision_word {
    GR_DECISION_APPROVED,
    GR_DECISION_REFERRED, /* a person must decide */
    GR_DECISION_DENIED
} gr_decision_word;

/* Judges a gift not yet given with everything that the ledger has of its recipients, approvals that are open among it, and
 * tells the answer: what is left of the limit before and after, every rule with its clause, which facts are missing
 * and what each would change, and the largest cost that would be approved. *word gets the answer, of several the worst.
 * style->format is text or JSON. GR_EUSAGE: the gift is not told in full; GR_EINPUT: a log cannot be read, or there is
 * no such ledger or approval, or rule files have errors. */
GR_API gr_status gr_check(const gr_check_options *options, const gr_report_style *style,
                          gr_on_output output, void *context, gr_decision_word *word,
                          gr_error *err);

/* ---- the desk: what people and systems ask for over HTTP, without the HTTP ---- */

typedef struct gr_desk gr_desk; /* belongs to one thread at a time; several may share a ledger */

typedef struct gr_desk_options {
    const char *ledger;    /* must be there */
    const char *rules_dir; /* the folder that rules came from, for the rulebook in prose */
    const char *as_of;     /* NULL: today */
} gr_desk_options;

GR_API gr_status gr_desk_open(const gr_rules *rules, const gr_desk_options *options, gr_desk **out,
                              gr_error *err);
GR_API void gr_desk_close(gr_desk *desk);

typedef struct gr_parameter {
    const char *name, *value; /* UTF-8, decoded */
} gr_parameter;

/* One thing that a visitor asks for. Who it is was found out before: gr_desk_sign_in(), gr_desk_token(). */
typedef struct gr_call {
    const char *method,
        *path; /* "POST", "/requests/RQ-2026-0007/approve" without the query; decoded */
    const gr_parameter *query;
    size_t query_count;
    const gr_parameter *form; /* of a form that was sent */
    size_t form_count;
    const char *body; /* of any other content */
    size_t length;
    const char *type;    /* of it; NULL: there is none */
    const char *account; /* name of the visitor's account; NULL: not signed in */
    const char *token;   /* instead: what a system sent */
    const char *csrf;    /* what forms on a page must carry as "csrf"; the caller has compared it */
    const char *once;    /* the idempotency key of a write; may be NULL */
} gr_call;

typedef struct gr_reply {
    unsigned status;   /* 200, 303, 403 ... */
    const char *type;  /* "text/html; charset=utf-8" */
    const char *bytes; /* valid until the desk is used again */
    size_t length;
    const char *location;    /* of a redirection; may be NULL */
    const char *disposition; /* "attachment; filename=..."; may be NULL */
    const char *allow;       /* of 405: the methods that there are */
    const char *
        route; /* the pattern that was met, for logs and metrics: "/requests/:number"; has no personal data */
    bool is_static; /* the same for everybody until the program changes */
} gr_reply;

/* Answers whatever is asked, also with a 4xx; fails only when the ledger cannot be used, or memory ends. What it writes
 * is in the ledger when it returns. */
GR_API gr_status gr_desk_answer(gr_desk *desk, const gr_call *call, gr_reply *reply, gr_error *err);

/* May take seconds: a report, a decision after which everything is judged again. */
GR_API bool gr_desk_is_slow(const char *method, const char *path);

/* GR_EINPUT, always with the same words, when it is not this name with this password. With account NULL: is there an account
 * of this name that is not closed (for who was signed in by a proxy)? */
GR_API gr_status gr_desk_sign_in(gr_desk *desk, const char *name, const char *password,
                                 gr_error *err);

typedef struct gr_account_options {
    const char *ledger, *author;
    const char *name, *shown;
    const char *role;     /* executive, supervisor, officer, auditor, administrator */
    const char *giver;    /* id of the account executive that it is; may be NULL */
    const char *password; /* NULL: unchanged */
    const char *scopes;   /* of a token: words, from check reserve findings decide reports */
    bool closes;          /* it may not be used any more */
} gr_account_options;

/* Makes or changes an account. */
GR_API gr_status gr_account_keep(const gr_account_options *options, gr_error *err);
/* Makes a token for a system; it is told once, in token, which has room for 64 bytes. */
GR_API gr_status gr_token_keep(const gr_account_options *options, char *token, gr_error *err);
/* Lists accounts and tokens. style->format is text or JSON. */
GR_API gr_status gr_accounts_tell(const char *ledger, const gr_report_style *style,
                                  gr_on_output output, void *context, gr_error *err);

/* One scenario of rules/scenarios, after it has been judged. */
typedef struct gr_scenario_result {
    const char *id, *title, *file;
    uint32_t line;
    bool passed;
    const char *expected, *got; /* one line each; got explains itself when it is not as expected */
} gr_scenario_result;

typedef void (*gr_on_scenario)(void *context, const gr_scenario_result *result);

/* A place of a rulebook that no scenario for this rulebook exercises. */
typedef struct gr_uncovered {
    const char *rule, *file;
    uint32_t line, column;
    const char *what; /* "limit annual of 300.00: no scenario is over it" */
} gr_uncovered;

typedef void (*gr_on_uncovered)(void *context, const gr_uncovered *place);

/* Whom to tell what; each may be NULL. What is passed is valid during the call. */
typedef struct gr_scenario_listener {
    gr_on_error on_error;         /* each error of rule files and scenario files */
    gr_on_scenario on_scenario;   /* each scenario */
    gr_on_uncovered on_uncovered; /* each place without a scenario, by rulebook and line */
    void *context;
} gr_scenario_listener;

typedef struct gr_scenario_counts {
    size_t passed, failed;
    size_t covered, uncovered; /* places of all rulebooks: rows, branches, single conditions */
} gr_scenario_counts;

/* Judges every scenario of the rule folder dir. */
GR_API gr_status gr_scenarios_run(const char *dir, const gr_scenario_listener *listener,
                                  gr_scenario_counts *counts, gr_error *err);

/* ---- the same gifts under two sets of rules ---- */

typedef struct gr_simulation gr_simulation; /* what would be found otherwise */

typedef struct gr_simulated {
    uint64_t added;       /* findings by the simulated rules only */
    uint64_t gone;        /* findings by the rules in use only */
    uint64_t changed;     /* found by both, with another verdict, clause, limit or total */
    uint64_t same;        /* found by both, and alike */
    uint64_t quarantined; /* records that one of them or both could not read */
    uint64_t refused;     /* inputs of which one of them or both could read nothing */
    bool differs;         /* in a finding, or in what could be read */
} gr_simulated;

/* Judges everything that options name twice, by the rules in use and by the simulated ones, and compares what is found.
 * Nothing is written: a ledger must be there, and stays as it is. Inputs are files and folders, since they are read
 * twice; a file that changes meanwhile is GR_EINPUT. Free *out with gr_simulation_free(), and the rules after it. Fails
 * as gr_audit() does; inputs refused and records quarantined are no failure here either. */
GR_API gr_status gr_simulate(const gr_rules *in_use, const gr_rules *simulated,
                             const gr_audit_options *options, gr_simulation **out, gr_error *err);
GR_API void gr_simulation_free(gr_simulation *simulation);

GR_API gr_simulated gr_simulation_summary(const gr_simulation *simulation);

/* As of a report: why an input could not be read, and what was passed over. NULL when i is past the last. */
GR_API const gr_error *gr_simulation_refusal(const gr_simulation *simulation, size_t i);
GR_API const char *gr_simulation_note(const gr_simulation *simulation, size_t i);

/* style->format is text or JSON. */
GR_API gr_status gr_simulation_write(const gr_simulation *simulation, const gr_report_style *style,
                                     gr_on_output output, void *context, gr_error *err);

/* ---- who is who ---- */

typedef struct gr_roster_options {
    const char *const *inputs; /* files, folders, or "-" for standard input */
    size_t input_count;
    const char *ledger; /* NULL: the roster is only checked */
    const char *author; /* as of gr_audit_options */
} gr_roster_options;

typedef struct gr_roster_counts {
    size_t errors;   /* lines that cannot be used */
    size_t warnings; /* lines that are most likely wrong */
    size_t refused;  /* inputs that could not be read, or are no rosters */
    bool kept;
} gr_roster_counts;

/* Checks rosters, together with what a ledger has of them, and shows them: account executives by branch, clients, what does
 * not fit. With a ledger they are kept too, and everything is judged again, unless there are errors or refusals, when
 * nothing is. style->format is text or JSON. Fails as gr_audit() does. */
GR_API gr_status gr_roster_tell(const gr_rules *rules, const gr_roster_options *options,
                                const gr_report_style *style, gr_on_output output, void *context,
                                gr_roster_counts *counts, gr_error *err);

/* ---- the rule files in plain English ---- */

typedef struct gr_prose_options {
    const char *dir;            /* the rule folder */
    const gr_setting *settings; /* laid over its policy */
    size_t setting_count;
    const char *on;       /* a day: only what is in force then; NULL: everything, with its days */
    gr_on_error on_error; /* each error of a rule file; may be NULL */
    void *context;
} gr_prose_options;

/* Tells one rule file: rule is the id of a rulebook, "policy" or "detection"; NULL lists the rulebooks with the limits
 * in force (on: NULL means today, or the day of SOURCE_DATE_EPOCH). The files are checked against their schemas, not
 * compiled; nothing is written unless all of them are in order. style->format is text or HTML; the page of HTML
 * is whole in itself. GR_EUSAGE: no such rule, no such day, no such format. */
GR_API gr_status gr_rules_show(const gr_prose_options *options, const char *rule,
                               const gr_report_style *style, gr_on_output output, void *context,
                               gr_error *err);

/* Tells what differs between before and after: two days, for the rulebooks of options->dir, or two rule folders, for
 * everything in them. options->on is not used. *differs says whether anything does. GR_EUSAGE: one of them is
 * neither a day nor a rule folder, or one is a day and the other is not. */
GR_API gr_status gr_rules_diff(const gr_prose_options *options, const char *before,
                               const char *after, const gr_report_style *style, gr_on_output output,
                               void *context, bool *differs, gr_error *err);

#ifdef __cplusplus
}
#endif
#endif
