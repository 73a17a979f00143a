/* src/base/queue.h - hands pointers from one thread to another; the giver waits while it is full. */
#ifndef GR_BASE_QUEUE_H
#define GR_BASE_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { GR_QUEUE_ROOM = 8 };

typedef struct gr_queue {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    void *items[GR_QUEUE_ROOM];
    size_t first, count;
    bool closed;
} gr_queue;

bool gr_queue_open(gr_queue *queue);
void gr_queue_put(gr_queue *queue, void *item);
void *gr_queue_take(gr_queue *queue); /* NULL when it is closed and empty */
void gr_queue_close(gr_queue *queue); /* nothing more will be put */
void gr_queue_free(gr_queue *queue);

#endif
