/* src/web/office.c - a thread with a ring of deeds that wait for it. */
#include "web/office.h"

#include "web/bounds.h"
#include "web/memory.h"

#include <pthread.h>

struct gr_office {
    pthread_mutex_t lock;
    pthread_cond_t asked;
    pthread_t thread;
    bool is_closing;
    size_t first, count; /* of the ring; what is being done is still in it */
    struct {
        gr_deed deed;
        void *context;
    } ring[GR_WEB_WAITING];
};

static void *work(void *context)
{
    gr_office *office = context;

    pthread_mutex_lock(&office->lock);
    for (;;) {
        size_t at = office->first;

        while (office->count == 0 && !office->is_closing)
            pthread_cond_wait(&office->asked, &office->lock);
        if (office->count == 0)
            break;
        pthread_mutex_unlock(&office->lock);
        office->ring[at].deed(office->ring[at].context);
        pthread_mutex_lock(&office->lock);
        office->first = (at + 1) % GR_WEB_WAITING;
        office->count--;
    }
    pthread_mutex_unlock(&office->lock);
    return NULL;
}

gr_office *gr_office_open(void)
{
    gr_office *office = gr_web_alloc(sizeof *office);

    if (!office)
        return NULL;
    pthread_mutex_init(&office->lock, NULL);
    pthread_cond_init(&office->asked, NULL);
    if (pthread_create(&office->thread, NULL, work, office) != 0) {
        gr_web_free(office);
        return NULL;
    }
    return office;
}

void gr_office_close(gr_office *office)
{
    if (!office)
        return;
    pthread_mutex_lock(&office->lock);
    office->is_closing = true;
    pthread_cond_signal(&office->asked);
    pthread_mutex_unlock(&office->lock);
    pthread_join(office->thread, NULL);
    pthread_mutex_destroy(&office->lock);
    pthread_cond_destroy(&office->asked);
    gr_web_free(office);
}

bool gr_office_ask(gr_office *office, gr_deed deed, void *context)
{
    bool has_room;
    size_t at;

    pthread_mutex_lock(&office->lock);
    has_room = office->count < GR_WEB_WAITING && !office->is_closing;
    if (has_room) {
        at = (office->first + office->count++) % GR_WEB_WAITING;
        office->ring[at].deed = deed;
        office->ring[at].context = context;
        pthread_cond_signal(&office->asked);
    }
    pthread_mutex_unlock(&office->lock);
    return has_room;
}

size_t gr_office_waiting(gr_office *office)
{
    size_t count;

    pthread_mutex_lock(&office->lock);
    count = office->count;
    pthread_mutex_unlock(&office->lock);
    return count;
}
