/* src/web/sessions.c - a table of sessions of fixed size. An id names the set of places it may be in; where all are taken, the
 * session not used for longest gives way, so that memory is bounded and nobody is refused. */
#include "web/sessions.h"

#include "web/memory.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { SETS = 1024, PLACES = 8 };

struct gr_sessions {
    pthread_mutex_t lock;
    gr_session place[SETS][PLACES];
};

gr_sessions *gr_sessions_create(void)
{
    gr_sessions *sessions = gr_web_alloc(sizeof *sessions);

    if (sessions && pthread_mutex_init(&sessions->lock, NULL) != 0) {
        gr_web_free(sessions);
        return NULL;
    }
    return sessions;
}

void gr_sessions_free(gr_sessions *sessions)
{
    if (!sessions)
        return;
    pthread_mutex_destroy(&sessions->lock);
    gr_web_free(sessions);
}

static bool is_over(const gr_session *s, int64_t now)
{
    return now - s->used >= GR_WEB_SESSION_IDLE || now - s->begun >= GR_WEB_SESSION_END;
}

/* Ids are random: some of their digits are as good as any hash. */
static gr_session *set_of(gr_sessions *sessions, const char *id)
{
    unsigned n = 0;

    for (int i = 0; i < 3; i++) {
        if (!((id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f')))
            return NULL;
        n = n * 16 + (unsigned)(id[i] <= '9' ? id[i] - '0' : id[i] - 'a' + 10);
    }
    return sessions->place[n % SETS];
}

static gr_session *find(gr_sessions *sessions, const char *id)
{
    gr_session *set = strlen(id) == GR_SECRET_TEXT - 1 ? set_of(sessions, id) : NULL;

    for (int i = 0; set && i < PLACES; i++)
        if (set[i].account[0] && gr_secret_same(set[i].id, id))
            return &set[i];
    return NULL;
}

/* Ends what is over, and the oldest of an account that has too many. */
static void make_room(gr_sessions *sessions, const char *account, int64_t now)
{
    gr_session *oldest = NULL;
    int count = 0;

    for (gr_session *s = sessions->place[0]; s < sessions->place[0] + SETS * PLACES; s++) {
        if (s->account[0] && is_over(s, now))
            *s = (gr_session){ .account = "" };
        if (strcmp(s->account, account) != 0)
            continue;
        count++;
        if (!oldest || s->used < oldest->used)
            oldest = s;
    }
    if (count >= GR_SESSIONS_OF_ONE)
        *oldest = (gr_session){ .account = "" };
}

bool gr_session_begin(gr_sessions *sessions, const char *account, int64_t now, gr_session *out)
{
    gr_session made = { .begun = now, .used = now };
    gr_session *set, *free_place;

    if (!*account || strlen(account) >= sizeof made.account || !gr_secret_make(made.id) ||
        !gr_secret_make(made.csrf))
        return false;
    snprintf(made.account, sizeof made.account, "%s", account);
    pthread_mutex_lock(&sessions->lock);
    make_room(sessions, account, now);
    free_place = set = set_of(sessions, made.id);
    for (int i = 0; i < PLACES && free_place->account[0]; i++)
        if (!set[i].account[0] || set[i].used < free_place->used)
            free_place = &set[i];
    *free_place = made;
    pthread_mutex_unlock(&sessions->lock);
    *out = made;
    return true;
}

bool gr_session_find(gr_sessions *sessions, const char *id, int64_t now, gr_session *out)
{
    gr_session *s;
    bool found = false;

    pthread_mutex_lock(&sessions->lock);
    s = find(sessions, id);
    if (s && is_over(s, now)) {
        *s = (gr_session){ .account = "" };
    } else if (s) {
        s->used = now;
        *out = *s;
        found = true;
    }
    pthread_mutex_unlock(&sessions->lock);
    return found;
}

void gr_session_end(gr_sessions *sessions, const char *id)
{
    gr_session *s;

    pthread_mutex_lock(&sessions->lock);
    s = find(sessions, id);
    if (s)
        *s = (gr_session){ .account = "" };
    pthread_mutex_unlock(&sessions->lock);
}

size_t gr_sessions_count(gr_sessions *sessions, int64_t now)
{
    size_t n = 0;

    pthread_mutex_lock(&sessions->lock);
    for (gr_session *s = sessions->place[0]; s < sessions->place[0] + SETS * PLACES; s++)
        n += s->account[0] && !is_over(s, now);
    pthread_mutex_unlock(&sessions->lock);
    return n;
}
