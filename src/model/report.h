/* src/model/report.h - the result of one audit as plain data, sorted and complete: what every format of the
 * report is written from. All texts are UTF-8 and live in the report's arena or the run's. */
#ifndef GR_MODEL_REPORT_H
#define GR_MODEL_REPORT_H

#include "model/finding.h"
#include "model/gift_book.h"
#include "model/person.h"
#include "model/record.h"

/* A client, or one account of it, for which an account executive is responsible. */
typedef struct gr_client {
    gr_text name, account;
    gr_day first, last; /* GR_DAY_FIRST, GR_DAY_LAST: open */
} gr_client;

/* What others gave to somebody of the clients of an account executive, while he or she was responsible. */
typedef struct gr_given {
    gr_text recipient_id, recipient_name, employer;
    uint64_t gifts;
    gr_amount low, high; /* what they count together for this person; high may be GR_UNBOUNDED */
    const gr_person *const *giver; /* by id */
    size_t giver_count;
    const gr_text *reference; /* ids of findings about what others gave, in order */
    size_t reference_count;
} gr_given;

/* What a roster tells of an account executive. */
typedef struct gr_staff {
    gr_text branch, crd, registration;
    gr_text supervisor, supervisor_name; /* id and name */
    const gr_client *client;             /* by name and first day */
    size_t client_count;
    uint32_t place; /* in the roster; the maker's business */
} gr_staff;

/* A branch, or those below a supervisor, with the sums of their account executives. */
typedef struct gr_unit {
    gr_text id, name; /* of a branch the name only; empty: the roster does not tell the branch */
    uint64_t staff, all_staff; /* how many the roster has; all: also those below them */
    gr_summary sum, all;       /* gifts and findings only */
} gr_unit;

/* Something in the roster that does not fit. */
typedef struct gr_roster_remark {
    bool is_warning; /* else a note */
    gr_text record;  /* id of the line */
    gr_place at;
    gr_text message, hint;
} gr_roster_remark;

/* What a report tells by a roster. */
typedef struct gr_rostered {
    const gr_unit *branch, *supervisor; /* by name; by id */
    size_t branch_count, supervisor_count;
    const gr_roster_remark *remark; /* by place; errors are in quarantine */
    size_t remark_count;
    bool has_gifts;   /* what others gave is counted; else only findings about it are known */
    gr_text rule;     /* the rulebook by which it is counted */
    gr_text currency; /* of these amounts */
} gr_rostered;

typedef struct gr_executive {
    gr_text id, name;                 /* name may be empty */
    gr_summary summary;               /* own gifts and findings; recipients: of own gifts */
    const gr_finding *const *finding; /* open ones first, worst first, then by day and gift */
    size_t finding_count;
    const gr_text *reference; /* ids of findings under others to which own gifts contributed */
    size_t reference_count;
    const gr_staff *staff; /* NULL: there is no roster, or it does not have him or her */
    const gr_given *given; /* by others, by recipient */
    size_t given_count;
} gr_executive;

typedef struct gr_rulebook_used {
    gr_text id, title, sha256;
} gr_rulebook_used;

typedef struct gr_choice { /* one choice of the policy, as it was used */
    gr_text name, value;
    bool set_for_run; /* by --set, not by the file */
} gr_choice;

/* What an audit with a ledger has brought that was not there before. */
typedef struct gr_news {
    bool is_told; /* there is a ledger */
    uint64_t records_new, records_changed;
    uint64_t findings_new, findings_changed, findings_withdrawn;
} gr_news;

/* What gift log, expenses and approvals have of each other, where there was more than one of them. */
typedef struct gr_reconciled {
    bool is_told;
    uint64_t logged, expensed, approvals; /* records in force; expensed: those that are gifts */
    uint64_t matched, by_number, by_content;
    uint64_t log_only, expense_only;
    uint64_t outside; /* of expense_only: of days of which the log has nothing */
    uint64_t approvals_used;
} gr_reconciled;

/* Two records that were taken for one gift. */
typedef struct gr_twin {
    gr_text counts, other; /* ids: of the record by which it counts, and of the other */
    gr_place at, other_at;
    gr_day day;         /* of the first */
    gr_text why;        /* "matched by the approval number PA-2026-0031" */
    gr_text difference; /* of the other: "3 days later, 0.40 more"; empty: none */
} gr_twin;

struct gr_report {
    gr_arena *arena;
    gr_day as_of;
    int64_t generated; /* seconds since 1970, UTC */
    bool has_from, has_to;
    gr_day from, to;
    gr_text
        since; /* a moment; findings that are new or changed after it only; empty: all in force */
    gr_text ledger; /* file name; empty: none */
    const gr_source *input;
    size_t input_count;
    const gr_rulebook_used *rulebook;
    size_t rulebook_count;
    const gr_choice *policy;
    size_t policy_count;
    gr_summary summary;
    uint64_t expenses;   /* expense entries that are no gifts */
    uint64_t duplicates; /* records that were there already */
    gr_news news;
    gr_reconciled reconciled;
    const gr_twin *pair; /* by day and id; only where they were asked for */
    size_t pair_count;
    const gr_executive
        *executive; /* every one who gave, or to whose clients others did; by id in bytes */
    size_t executive_count;
    const gr_quarantined *quarantined; /* in the order of inputs and lines */
    size_t quarantined_count;
    const gr_error *refused; /* inputs of which nothing was kept */
    size_t refused_count;
    const gr_text *note; /* one line each: what was passed over, and is no error */
    size_t note_count;
    const gr_text *assumption; /* what the rulebooks hold without having seen the text of the law */
    size_t assumption_count;
    const gr_rostered *roster; /* NULL: there is none */
    const gr_gift_book *book;  /* NULL: gifts were not asked for */
    const gr_text *filter;     /* what limits it, in words: "account executive AE-017" */
    size_t filter_count;
    gr_text role;            /* for whom it is; empty: an officer, who may see everything */
    const gr_text *withheld; /* what is left out for that role, or replaced */
    size_t withheld_count;
    void *owned; /* what else the report keeps alive; the maker's business */
    void (*release)(void *owned);
};

#endif
