/* src/app/run.h - one pass over exports and ledger: read, take in, judge. An audit keeps what it found; explaining and
 * simulating only look. */
#ifndef GR_APP_RUN_H
#define GR_APP_RUN_H

#include "app/decided.h"
#include "app/filter.h"
#include "app/intake.h"
#include "app/recollect.h"
#include "app/audience.h"

/* Everything of one run. A report keeps it alive, since its texts are the run's. */
typedef struct gr_run {
    gr_arena *arena;
    gr_arena *reading; /* of the reading thread: an arena belongs to one thread at a time */
    gr_ingest ingest;
    gr_intake intake;
    gr_who who;
    gr_judgement judgement;
    gr_news news;     /* of the ledger */
    bool is_recalled; /* only a part was judged; what there is to report is in: */
    gr_recollection recollection;
    gr_filtering *filtering;  /* what the report tells */
    gr_filtering_known known; /* who there is; once there is a report */
    gr_audience role;         /* for whom */
    gr_mask *mask;
    gr_decided decided;    /* what officers decided on findings, as the ledger knows them */
    gr_text ledger, since; /* since: a moment, where only news are told */
    gr_day as_of, from, to;
    bool has_from, has_to;
    int64_t last_run;             /* of the ledger, at its end */
    struct gr_bookkeeper *keeper; /* where the report lists gifts; owned */
    bool lists_pairs;             /* the report says which records were taken for one gift */
    int64_t generated;
} gr_run;

/* Makes a run. With keep the ledger, if options name one, gets what is new, and the findings; without it stays as it
 * is, and must be there. *out is to be freed with gr_run_free(), also after a failure. */
gr_status gr_run_make(const gr_rules *rules, const gr_audit_options *options, bool keep,
                      gr_run *out, gr_error *err);
/* What is done to a ledger before all in it is judged again, and at the end of that, in the same transaction. */
typedef struct gr_act {
    const char *action; /* for the audit trail, and *note, which lives until the end */
    gr_status (*start)(void *context, gr_ledger *ledger, gr_text *note, gr_error *err);
    gr_status (*end)(void *context, gr_ledger *ledger, gr_error *err);
    void *context;
    /* Once all is judged, and before it is kept: a failure undoes all. Of these three each may be NULL. */
    gr_status (*check)(void *context, const gr_run *run, gr_error *err);
    bool makes_ledger; /* where there is none */
} gr_act;

/* Makes a run that keeps what was found, with act. The ledger must be there, unless act makes it. *out as of gr_run_make(). */
gr_status gr_run_act(const gr_rules *rules, const gr_audit_options *options, const gr_act *act,
                     gr_run *out, gr_error *err);
void gr_run_free(gr_run *run); /* what it owns, not run itself */

/* Adds what was judged to the ledger, between the start and the end of its findings. */
gr_status gr_run_keep_findings(const gr_rules *rules, gr_ledger *ledger, const gr_run *run,
                               gr_error *err);

/* The moment of a run, or GR_EUSAGE. */
gr_status gr_run_now(int64_t *out, gr_error *err);
/* One that is there already: opening makes one. */
gr_status gr_run_open_ledger(const char *path, gr_ledger **out, gr_error *err);

#endif
