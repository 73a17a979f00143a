/* src/model/request.h - what somebody asked for before a gift, and what became of it. */
#ifndef GR_MODEL_REQUEST_H
#define GR_MODEL_REQUEST_H

#include "base/text.h"

typedef enum gr_request_state {
    GR_REQUEST_OPEN,     /* referred: it waits for an officer */
    GR_REQUEST_ASKED,    /* the officer asks for a fact: it waits for who asked */
    GR_REQUEST_APPROVED, /* at once, or by an officer; booked under its approval number */
    GR_REQUEST_DENIED,   /* at once, or by an officer */
    GR_REQUEST_WITHDRAWN,
    GR_REQUEST_GIVEN,
    GR_REQUEST_STATES
} gr_request_state;

const char *gr_request_state_text(gr_request_state state); /* "open" */
bool gr_request_state_find(gr_text text, gr_request_state *out);

/* One revision of a request; the ledger keeps all of them. Texts are the arena's that it was read into. */
typedef struct gr_request {
    gr_text number; /* "RQ-2026-0007" */
    int revision;   /* from 1 */
    gr_request_state state;
    gr_text account;              /* who asked: name of the account, or of the system */
    gr_text giver_id, giver_name; /* for whom */
    gr_text stated;               /* the facts of the gift (app/planned.h) */
    gr_text answer;               /* what the rules said: the JSON of giftrule check */
    gr_text note;                 /* reason of a decision, question of the officer; may be empty */
    gr_text approval;             /* number; empty until it is approved */
    gr_text author, moment;       /* of this revision; moment is UTC */
    gr_text asked;                /* moment of the first revision */
} gr_request;

#endif
