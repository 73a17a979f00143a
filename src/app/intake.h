/* src/app/intake.h - one run's records on their way from the exports, or the ledger, to the tally: known again,
 * numbered, kept, ruled upon. It runs beside the reading thread and takes batch after batch. */
#ifndef GR_APP_INTAKE_H
#define GR_APP_INTAKE_H

#include "app/identities.h"
#include "app/rules.h"
#include "app/supplement.h"
#include "detect/detect.h"
#include "engine/tally.h"
#include "ledger/fetch.h"
#include "model/report.h"
#include "people/people.h"
#include "people/roster.h"
#include "reconcile/reconcile.h"

typedef struct gr_replaced {
    uint32_t gift, by;
    bool was_dead;
} gr_replaced;

typedef struct gr_retracted {
    uint32_t by;     /* the retraction, as a number of the tally */
    uint64_t digest; /* of what it took back */
} gr_retracted;

typedef struct gr_intake {
    const gr_rules *rules;
    gr_ledger *ledger; /* NULL: nothing is kept */
    gr_arena *arena;   /* of everything that lives as long as the run */
    gr_tally *tally;
    gr_people *people;
    gr_roster *roster;
    gr_reconciliation *reconciliation;
    gr_detector *detector;
    bool only_lists; /* nothing comes in after the ledger, and nothing is looked for that is odd */
    gr_table known;  /* gifts and expenses by format and record id: the latest of each */
    gr_list retracted;   /* of gr_retracted: by the retractions of this run */
    gr_list source;      /* of gr_source: those of the ledger first */
    gr_list origin;      /* of gr_origin: of each source, for the engine */
    size_t first_new;    /* the first source of this run */
    gr_list quarantined; /* of gr_quarantined, without raw text */
    gr_list row;         /* of int64_t: of each gift, its row in the ledger */
    gr_list source_row;  /* of int64_t: of each source of the ledger, its row */
    gr_list
        party; /* of uint32_t: by row of a recipient in the ledger, its number, where people were loaded */
    gr_fetcher
        *fetcher;    /* where only people were loaded; else NULL. Owned: closed before the ledger */
    gr_list amended; /* of uint32_t: gifts that were edited after they had been approved */
    gr_list recipients; /* scratch: numbers of one record's recipients */
    gr_recipient
        nobody;       /* no fact is known: who got a gift of which the export names no attendee */
    gr_list identity; /* of gr_known_identity: those of the ledger, also past ones */
    gr_supplement supplement; /* facts that officers supplied; those of the ledger */
    uint64_t duplicates;
    uint64_t news[GR_LEDGER_NEWS]; /* records that came, by what the ledger said of them */
    /* the source now coming in */
    bool is_open;
    gr_list replaced; /* of gr_replaced: to be taken back when the source is not kept */
    uint32_t gifts_before;
    size_t quarantined_before;
    uint64_t news_before[GR_LEDGER_NEWS];
    uint64_t source_taken, source_duplicates, source_quarantined;
    gr_status status; /* the first failure; what comes after it is passed over */
    gr_error error;
} gr_intake;

gr_status gr_intake_open(const gr_rules *rules, gr_ledger *ledger, gr_arena *arena, gr_intake *out,
                         gr_error *err);
void gr_intake_close(gr_intake *intake);

/* Everything in force in the ledger comes first. */
gr_status gr_intake_load_ledger(gr_intake *intake, gr_error *err);
/* Instead: only who got something comes first, and of records what is asked for. */
gr_status gr_intake_load_people(gr_intake *intake, gr_error *err);
/* A record of the ledger, as gr_on_record; context is the intake. */
gr_status gr_intake_take_kept(void *context, const gr_source *source, const gr_record *record,
                              const gr_kept_record *kept, gr_error *err);
/* Takes one batch; a failure is kept in status and error. */
void gr_intake_take(gr_intake *intake, gr_batch *batch);
/* After the last batch: the first failure, or the quarantine as it is to be told. */
gr_status gr_intake_end(gr_intake *intake, gr_error *err);
/* Who is who among those who came in. */
gr_status gr_intake_settle(gr_intake *intake, gr_who *who, gr_error *err);
/* What the roster says, of the lines in force. It hangs on nothing else: relations are known before it is settled who is
 * who. */
gr_status gr_intake_settle_roster(gr_intake *intake, gr_error *err);
/* Before it is settled who is who: that gifts to relatives of a contact may be meant for the contact. */
gr_status gr_intake_relate(gr_intake *intake, gr_error *err);
/* The same, and who may be one person (gr_people_find_candidates()). */
gr_status gr_intake_find_candidates(gr_intake *intake, gr_list *candidate, gr_who *who,
                                    gr_error *err);
/* Of each recipient: does a record in force name it? The caller frees it with gr_os_free(); NULL: no memory. */
bool *gr_intake_find_alive(const gr_intake *intake);
bool gr_intake_is_amended(const gr_intake *intake, uint32_t gift);

#endif
