/* src/web/desks.c - desks that are free, as a stack: the one used last has its pages of the ledger at hand. */
#include "web/desks.h"

#include "web/memory.h"

#include <pthread.h>
#include <stdio.h>

struct gr_desks {
    pthread_mutex_t lock;
    pthread_cond_t given_back;
    size_t count, free_count;
    gr_desk **free_ones; /* room for count */
};

static gr_desks *create(size_t count)
{
    gr_desks *desks = gr_web_alloc(sizeof *desks);

    if (!desks)
        return NULL;
    pthread_mutex_init(&desks->lock, NULL);
    pthread_cond_init(&desks->given_back, NULL);
    desks->free_ones = gr_web_alloc(count * sizeof(gr_desk *));
    if (!desks->free_ones) {
        gr_desks_close(desks);
        return NULL;
    }
    return desks;
}

gr_status gr_desks_open(const gr_rules *rules, const gr_desk_options *options, size_t count,
                        gr_desks **out, gr_error *err)
{
    gr_desks *desks = create(count);
    gr_status status = desks ? GR_OK : GR_ENOMEM;

    if (!desks)
        *err = (gr_error){ .status = GR_ENOMEM, .message = "there is no memory" };
    while (status == GR_OK && desks->count < count) {
        status = gr_desk_open(rules, options, &desks->free_ones[desks->count], err);
        if (status == GR_OK)
            desks->free_count = ++desks->count;
    }
    if (status != GR_OK) {
        gr_desks_close(desks);
        return status;
    }
    *out = desks;
    return GR_OK;
}

void gr_desks_close(gr_desks *desks)
{
    if (!desks)
        return;
    for (size_t i = 0; i < desks->free_count; i++)
        gr_desk_close(desks->free_ones[i]);
    pthread_mutex_destroy(&desks->lock);
    pthread_cond_destroy(&desks->given_back);
    gr_web_free(desks->free_ones);
    gr_web_free(desks);
}

gr_desk *gr_desk_take(gr_desks *desks)
{
    gr_desk *desk;

    pthread_mutex_lock(&desks->lock);
    while (desks->free_count == 0)
        pthread_cond_wait(&desks->given_back, &desks->lock);
    desk = desks->free_ones[--desks->free_count];
    pthread_mutex_unlock(&desks->lock);
    return desk;
}

void gr_desk_give_back(gr_desks *desks, gr_desk *desk)
{
    pthread_mutex_lock(&desks->lock);
    desks->free_ones[desks->free_count++] = desk;
    pthread_cond_signal(&desks->given_back);
    pthread_mutex_unlock(&desks->lock);
}
