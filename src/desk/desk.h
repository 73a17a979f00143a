/* src/desk/desk.h - the approval desk: who asks for what, whether he or she may, and the answer as a page or as JSON.
 *
 * route.c has the table of everything that can be asked for; json_*.c answers systems, page_*.c people. Both do the same
 * deeds (app/requests.h, app/checker.h). Nothing here knows of sockets: src/web brings calls and takes replies away. */
#ifndef GR_DESK_DESK_H
#define GR_DESK_DESK_H

#include "app/accounts.h"
#include "app/checker.h"
#include "app/requests.h"
#include "base/writer.h"

typedef struct gr_desk_memory gr_desk_memory;
typedef struct gr_route gr_route;

struct gr_desk {
    const gr_rules *rules;
    gr_desk_options options;
    gr_checker *checker;
    gr_arena *arena;        /* of one call */
    gr_list body;           /* of char: the reply, as it is written */
    struct json_t *sent;    /* what the call has sent as JSON, read; NULL: nothing */
    gr_desk_memory *memory; /* who is who, as long as the ledger stays as it is (memory.h) */
};

/* One call on its way. */
typedef struct gr_visit {
    gr_desk *desk;
    const gr_call *call;
    gr_account who;  /* meaningful where is_known is set */
    bool is_known;   /* signed in, or with a token */
    gr_text part[3]; /* what the path has at each ":word" of the pattern, decoded */
    gr_day as_of;
    gr_reply
        *reply; /* status 200 and the type of the route to begin with; a handler that fails with a
                        status of 400 or more in it is answered for with that one */
    gr_writer out; /* the body of the reply */
    gr_arena *arena;
    const gr_route *route;
    gr_error trouble;    /* of what cannot fail: the call fails with it */
    bool is_kept;        /* the reply is in the ledger already, under the key of the call */
    bool is_forestalled; /* while it was answered another call with the same key was */
} gr_visit;

/* Answers; a failure of the call (GR_EUSAGE, GR_EINPUT, GR_ELIMIT) becomes a 4xx with the fields of the error, as page or as
 * JSON; GR_EBUSY a 503; others fail the call. */
typedef gr_status (*gr_handler)(gr_visit *visit, gr_error *err);

enum { /* who may: bits of roles */
       GR_MAY_EXECUTIVE = 1 << GR_ROLE_EXECUTIVE,
       GR_MAY_SUPERVISOR = 1 << GR_ROLE_SUPERVISOR,
       GR_MAY_OFFICER = 1 << GR_ROLE_OFFICER,
       GR_MAY_AUDITOR = 1 << GR_ROLE_AUDITOR,
       GR_MAY_ADMINISTRATOR = 1 << GR_ROLE_ADMINISTRATOR,
       GR_MAY_ANYBODY = 1 << GR_ROLE_COUNT /* also who is not signed in */
};

struct gr_route {
    const char *method, *pattern; /* "POST", "/requests/:number/approve" */
    unsigned may;                 /* roles */
    uint32_t scopes;              /* of tokens: one of these is needed; 0: no token may */
    bool is_json, is_slow, writes;
    gr_handler handler;
};

extern const gr_route gr_routes[];
extern const size_t gr_route_count;

/* NULL: there is none; then *allow is what the path has of other methods, or NULL. allow has room for 64 bytes. part has
 * room for three. */
const gr_route *gr_route_find(gr_text method, gr_text path, gr_text *part, char *allow);

/* The query, or the form, by name; "" when it is not there. */
gr_text gr_visit_query(const gr_visit *visit, const char *name);
gr_text gr_visit_form(const gr_visit *visit, const char *name);
/* May this visitor see what this account executive gave and asked for? giver_id may be empty: then only who sees all. */
bool gr_visit_may_see(gr_visit *visit, gr_text account, gr_text giver_id);
/* The same, and changes: own ones only. */
bool gr_visit_is_own(const gr_visit *visit, gr_text account, gr_text giver_id);
/* Recipients whom the ledger knows, as somebody is typing: adds at most count to a list of gr_person, the best first. */
gr_status gr_visit_search(gr_visit *visit, gr_text typed, size_t count, gr_list *out,
                          gr_error *err);

/* Pages (page_*.c). */
gr_status gr_page_sign_in(gr_visit *visit, gr_error *err);
gr_status gr_page_home(gr_visit *visit, gr_error *err);
gr_status gr_page_ask(gr_visit *visit, gr_error *err); /* GET /ask */
gr_status gr_page_ask_post(gr_visit *visit,
                           gr_error *err); /* POST /ask: check only, or ask for it */
gr_status
gr_page_allowance(gr_visit *visit,
                  gr_error *err); /* GET /ask/allowance: a piece of a page, as one types */
gr_status gr_page_recipients(gr_visit *visit,
                             gr_error *err); /* GET /ask/recipients?q=: the same, who it may be */
gr_status gr_page_requests(gr_visit *visit, gr_error *err);     /* GET /requests: own ones */
gr_status gr_page_request(gr_visit *visit, gr_error *err);      /* GET /requests/:number */
gr_status gr_page_request_post(gr_visit *visit, gr_error *err); /* POST /requests/:number/:deed */
gr_status gr_page_queue(gr_visit *visit, gr_error *err);        /* GET /queue */
gr_status gr_page_findings(gr_visit *visit, gr_error *err);     /* GET /findings */
gr_status gr_page_finding(gr_visit *visit, gr_error *err);      /* GET /findings/:id */
gr_status
gr_page_finding_post(gr_visit *visit,
                     gr_error *err); /* POST /findings/:id: fact, accept, exempt, reopen */
gr_status gr_page_people(gr_visit *visit, gr_error *err);      /* GET /people: who may be one */
gr_status gr_page_people_post(gr_visit *visit, gr_error *err); /* POST /people: merge or split */
gr_status gr_page_dashboard(gr_visit *visit, gr_error *err);   /* GET /dashboard */
gr_status gr_page_reports(gr_visit *visit, gr_error *err);     /* GET /reports */
gr_status gr_page_report(gr_visit *visit,
                         gr_error *err); /* GET /reports/:part.:format to download */
gr_status gr_page_rules(gr_visit *visit, gr_error *err);  /* GET /rules */
gr_status gr_page_rule(gr_visit *visit, gr_error *err);   /* GET /rules/:id */
gr_status gr_page_style(gr_visit *visit, gr_error *err);  /* GET /style.css */
gr_status gr_page_script(gr_visit *visit, gr_error *err); /* GET /script.js */
/* A page that says what is wrong: error's message and hint. */
gr_status gr_page_error(gr_visit *visit, unsigned status, const gr_error *error, gr_error *err);

/* JSON, below /api/v1 (json_*.c). */
gr_status gr_json_check(gr_visit *visit, gr_error *err);
gr_status gr_json_reserve(gr_visit *visit, gr_error *err);
gr_status gr_json_cancel(gr_visit *visit, gr_error *err);
gr_status gr_json_given(gr_visit *visit, gr_error *err);
gr_status gr_json_approval(gr_visit *visit, gr_error *err);
gr_status gr_json_requests(gr_visit *visit, gr_error *err);
gr_status gr_json_request(gr_visit *visit, gr_error *err);
gr_status gr_json_request_ask(gr_visit *visit, gr_error *err);
gr_status gr_json_request_deed(gr_visit *visit, gr_error *err);
gr_status gr_json_findings(gr_visit *visit, gr_error *err);
gr_status gr_json_decide(gr_visit *visit, gr_error *err);
gr_status gr_json_people(gr_visit *visit, gr_error *err);
gr_status gr_json_person(gr_visit *visit, gr_error *err);
gr_status gr_json_identify(gr_visit *visit, gr_error *err);
gr_status gr_json_report(gr_visit *visit, gr_error *err);
gr_status gr_json_openapi(gr_visit *visit, gr_error *err);
gr_status gr_json_error(gr_visit *visit, unsigned status, const gr_error *error, gr_error *err);

#endif
