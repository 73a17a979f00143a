/* src/app/requests.h - requests on their way: asked, referred, decided by an officer, withdrawn, given. Who may do what is
 * the caller's to know, but for one thing: nobody decides on his or her own request. */
#ifndef GR_APP_REQUESTS_H
#define GR_APP_REQUESTS_H

#include "app/checker.h"
#include "model/account.h"
#include "model/request.h"

typedef struct gr_request_wanted { /* each may be empty: whichever */
    gr_text account, giver_id;
    bool only_waiting; /* OPEN or ASKED */
    size_t most;       /* the newest; 0: all */
} gr_request_wanted;

/* Adds the last revision of each to a list of gr_request, the newest first. */
gr_status gr_requests_list(gr_checker *checker, const gr_request_wanted *wanted, gr_arena *arena,
                           gr_list *out, gr_error *err);
/* GR_EINPUT: there is none of this number. */
gr_status gr_request_find(gr_checker *checker, gr_text number, gr_arena *arena, gr_request *out,
                          gr_error *err);
/* All revisions of one, the first first. */
gr_status gr_request_past(gr_checker *checker, gr_text number, gr_arena *arena, gr_list *out,
                          gr_error *err);

/* Asks, and keeps what was asked and answered: approved (and booked), denied, or open. */
gr_status gr_request_ask(gr_checker *checker, const gr_account *who, const gr_record *planned,
                         gr_day as_of, gr_arena *arena, gr_request *out, gr_preapproval *answer,
                         gr_error *err);

typedef enum gr_request_deed {
    GR_REQUEST_APPROVE, /* with a reason; what the rules deny meanwhile cannot be approved */
    GR_REQUEST_DENY,    /* with a reason */
    GR_REQUEST_ASK,     /* with a question */
    GR_REQUEST_WITHDRAW,
    GR_REQUEST_GIVE,
    GR_REQUEST_ANSWER /* with facts (fact, more): judged again, and open, approved or denied by that */
} gr_request_deed;

typedef struct gr_request_change {
    gr_request_deed deed;
    const gr_account *who;
    gr_text note;
    const gr_stated *fact; /* of an answer */
    size_t fact_count;
    gr_day as_of;
} gr_request_change;

/* GR_EINPUT: there is none, or it is in no state for that, or who would decide has asked. */
gr_status gr_request_change_state(gr_checker *checker, gr_text number,
                                  const gr_request_change *change, gr_arena *arena, gr_request *out,
                                  gr_error *err);

#endif
