/* src/web/desks.c - a desk for each call at work; a few are kept open for the next ones. */
#include "web/server_inside.h"

gr_desk *gr_desks_take(gr_desks *desks, gr_error *err)
{
    gr_desk *desk = NULL;

    pthread_mutex_lock(&desks->lock);
    if (desks->count > 0)
        desk = desks->idle[--desks->count];
    pthread_mutex_unlock(&desks->lock);
    if (!desk && gr_desk_open(desks->rules, &desks->options, &desk, err) != GR_OK)
        return NULL;
    return desk;
}

void gr_desks_give(gr_desks *desks, gr_desk *desk, bool is_good)
{
    if (is_good) {
        pthread_mutex_lock(&desks->lock);
        if (desks->count < GR_WEB_DESKS) {
            desks->idle[desks->count++] = desk;
            desk = NULL;
        }
        pthread_mutex_unlock(&desks->lock);
    }
    gr_desk_close(desk);
}

void gr_desks_close(gr_desks *desks)
{
    while (desks->count > 0)
        gr_desk_close(desks->idle[--desks->count]);
}
