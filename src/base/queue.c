/* src/base/queue.c - a ring under a lock. Items are batches of hundreds of records, so a lock for each
 * costs nothing. */
#include "base/queue.h"

bool gr_queue_open(gr_queue *queue)
{
    *queue = (gr_queue){ .first = 0 };
    if (pthread_mutex_init(&queue->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&queue->changed, NULL) == 0)
        return true;
    pthread_mutex_destroy(&queue->lock);
    return false;
}

void gr_queue_put(gr_queue *queue, void *item)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->count == GR_QUEUE_ROOM)
        pthread_cond_wait(&queue->changed, &queue->lock);
    queue->items[(queue->first + queue->count++) % GR_QUEUE_ROOM] = item;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

void *gr_queue_take(gr_queue *queue)
{
    void *item = NULL;

    pthread_mutex_lock(&queue->lock);
    while (queue->count == 0 && !queue->closed)
        pthread_cond_wait(&queue->changed, &queue->lock);
    if (queue->count > 0) {
        item = queue->items[queue->first];
        queue->first = (queue->first + 1) % GR_QUEUE_ROOM;
        queue->count--;
        pthread_cond_broadcast(&queue->changed);
    }
    pthread_mutex_unlock(&queue->lock);
    return item;
}

void gr_queue_close(gr_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

void gr_queue_free(gr_queue *queue)
{
    pthread_cond_destroy(&queue->changed);
    pthread_mutex_destroy(&queue->lock);
}
