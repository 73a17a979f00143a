/* src/app/checker.h - answering before a gift: the gift is judged with everything that the ledger has of its recipients,
 * approvals that are open among it, and what it would change is told. One thread at a time. */
#ifndef GR_APP_CHECKER_H
#define GR_APP_CHECKER_H

#include "app/rules.h"
#include "ledger/ledger.h"
#include "model/preapproval.h"

typedef struct gr_checker gr_checker;

/* The ledger must be there. rules and path are borrowed. */
gr_status gr_checker_open(const gr_rules *rules, const char *path, gr_checker **out, gr_error *err);
/* The same with a ledger that is open for reading, which is taken over, also by a failure. */
gr_status gr_checker_open_with(const gr_rules *rules, const char *path, gr_ledger *ledger,
                               gr_checker **out, gr_error *err);
void gr_checker_close(gr_checker *checker); /* accepts NULL */

/* Judges a planned gift as of a day; nothing is kept. Texts of *out are the arena's. except: number of an approval that is
 * left out, since it is this gift's own; may be empty. */
gr_status gr_checker_ask(gr_checker *checker, const gr_record *planned, gr_day as_of,
                         gr_text except, gr_arena *arena, gr_preapproval *out, gr_error *err);

typedef struct gr_reserving {
    gr_text author;
    gr_day as_of;
    bool
        is_granted; /* a person has decided: booked although it was referred; never what is denied */
    gr_text note;   /* for the trail; may be empty */
    /* In the same transaction, when all is known; what was not approved is not booked, and out->approval is empty. A
     * failure undoes all. NULL: nothing else is kept. */
    gr_status (*also)(void *context, gr_ledger *ledger, const gr_preapproval *answer,
                      gr_error *err);
    void *context;
} gr_reserving;

/* The same, and books it: in one transaction, so that of two who ask at once the second is told what is left then. */
gr_status gr_checker_reserve(gr_checker *checker, const gr_record *planned,
                             const gr_reserving *reserving, gr_arena *arena, gr_preapproval *out,
                             gr_error *err);

/* Ends an approval: it was cancelled, and counts no more. GR_EINPUT: there is no such number, or it has ended. */
gr_status gr_checker_cancel(gr_checker *checker, gr_text number, const gr_reserving *reserving,
                            gr_error *err);
/* The gift was given on that day: it counts without an end until its own record comes in. */
gr_status gr_checker_given(gr_checker *checker, gr_text number, gr_day day,
                           const gr_reserving *reserving, gr_error *err);

/* Anything else that is kept in one transaction: also does it, with an answer that is all zero. */
gr_status gr_checker_write(gr_checker *checker, const char *action, const gr_reserving *reserving,
                           gr_error *err);

/* For reading what else is in it: of one moment until the next call of the checker. Borrowed. */
gr_ledger *gr_checker_ledger(gr_checker *checker);
const gr_rules *gr_checker_rules(const gr_checker *checker);

/* An approval, as the ledger has it. */
typedef struct gr_approval {
    gr_text number;
    gr_record *record;                                /* the gift that was approved */
    bool is_cancelled, is_given, is_expired, is_used; /* is_used: a gift has come that names it */
} gr_approval;

gr_status gr_checker_approval(gr_checker *checker, gr_text number, gr_day as_of, gr_arena *arena,
                              gr_approval *out, gr_error *err);

#endif
