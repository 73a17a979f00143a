/* src/web/sessions.h - who is signed in. In memory only: when the program ends, everybody is signed out. Safe from any
 * thread. Moments are seconds of a clock that only goes forward, given by the caller. */
#ifndef GR_WEB_SESSIONS_H
#define GR_WEB_SESSIONS_H

#include "web/bounds.h"
#include "web/secret.h"

#include <stddef.h>
#include <stdint.h>

typedef struct gr_session {
    char id[GR_SECRET_TEXT];
    char csrf[GR_SECRET_TEXT]; /* what every form of this session carries */
    char account[GR_WEB_NAME]; /* "": this place is free */
    int64_t begun, used;
} gr_session;

typedef struct gr_sessions gr_sessions;

enum { GR_SESSIONS_OF_ONE = 16 }; /* of one account; the oldest gives way */

gr_sessions *gr_sessions_create(void); /* NULL when there is no memory */
void gr_sessions_free(gr_sessions *sessions);
/* A session with a new id; *out is a copy. False: the name is too long, or there is no randomness. */
bool gr_session_begin(gr_sessions *sessions, const char *account, int64_t now, gr_session *out);
/* False: there is none, or it has ended. It is used from now on. */
bool gr_session_find(gr_sessions *sessions, const char *id, int64_t now, gr_session *out);
void gr_session_end(gr_sessions *sessions, const char *id);
size_t gr_sessions_count(gr_sessions *sessions, int64_t now);

#endif
