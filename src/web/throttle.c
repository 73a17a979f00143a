/* src/web/throttle.c - failures to sign in, by name and by address, in a table of fixed size. Where it is full, what has failed
 * least recently gives way. */
#include "web/throttle.h"

#include "web/bounds.h"
#include "web/memory.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum { SETS = 1024, PLACES = 8, FORGOTTEN = 30 * 60 * 1000 };

typedef struct tried {
    char key[GR_WEB_NAME + 2]; /* "n:" or "a:" and what it is; "": this place is free */
    unsigned failures;
    int64_t until, last;
} tried;

struct gr_throttle {
    pthread_mutex_t lock;
    uint64_t seed; /* so that nobody can choose names that meet in one set */
    tried place[SETS][PLACES];
};

gr_throttle *gr_throttle_create(void)
{
    gr_throttle *throttle = gr_web_alloc(sizeof *throttle);

    if (throttle && (getrandom(&throttle->seed, sizeof throttle->seed, 0) < 0 ||
                     pthread_mutex_init(&throttle->lock, NULL) != 0)) {
        gr_web_free(throttle);
        return NULL;
    }
    return throttle;
}

void gr_throttle_free(gr_throttle *throttle)
{
    if (!throttle)
        return;
    pthread_mutex_destroy(&throttle->lock);
    gr_web_free(throttle);
}

static void make_key(char *key, size_t size, char kind, const char *text)
{
    snprintf(key, size, "%c:%s", kind, text);
}

/* FNV-1a, begun at the seed. */
static tried *set_of(gr_throttle *throttle, const char *key)
{
    uint64_t h = throttle->seed ^ UINT64_C(14695981039346656037);

    for (; *key; key++)
        h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
    return throttle->place[(h >> 32) % SETS];
}

static tried *find(gr_throttle *throttle, const char *key)
{
    tried *set = set_of(throttle, key);

    for (int i = 0; i < PLACES; i++)
        if (strcmp(set[i].key, key) == 0)
            return &set[i];
    return NULL;
}

static tried *find_or_add(gr_throttle *throttle, const char *key)
{
    tried *set = set_of(throttle, key), *place = find(throttle, key);

    if (place)
        return place;
    place = set;
    for (int i = 0; i < PLACES; i++)
        if (set[i].last < place->last)
            place = &set[i];
    *place = (tried){ .key = "" };
    snprintf(place->key, sizeof place->key, "%s", key);
    return place;
}

static int64_t wait_of(gr_throttle *throttle, char kind, const char *text, int64_t now)
{
    char key[GR_WEB_NAME + 2];
    const tried *t;

    make_key(key, sizeof key, kind, text);
    t = find(throttle, key);
    return t && t->until > now ? t->until - now : 0;
}

unsigned gr_throttle_wait(gr_throttle *throttle, const char *name, const char *address, int64_t now)
{
    int64_t by_name, by_address, longer;

    pthread_mutex_lock(&throttle->lock);
    by_name = wait_of(throttle, 'n', name, now);
    by_address = wait_of(throttle, 'a', address, now);
    pthread_mutex_unlock(&throttle->lock);
    longer = by_name > by_address ? by_name : by_address;
    return (unsigned)((longer + 999) / 1000);
}

static void count_failure(gr_throttle *throttle, char kind, const char *text, int64_t now)
{
    unsigned free_ones = kind == 'n' ? GR_THROTTLE_NAME_FREE : GR_THROTTLE_ADDRESS_FREE;
    unsigned longest = kind == 'n' ? GR_THROTTLE_NAME_LONGEST : GR_THROTTLE_ADDRESS_LONGEST;
    unsigned seconds = 0;
    char key[GR_WEB_NAME + 2];
    tried *t;

    make_key(key, sizeof key, kind, text);
    t = find_or_add(throttle, key);
    if (now - t->last > FORGOTTEN)
        t->failures = 0;
    t->failures++;
    t->last = now;
    if (t->failures >= free_ones)
        seconds = t->failures - free_ones < 16 ? 1U << (t->failures - free_ones) : longest;
    t->until = now + (int64_t)(seconds < longest ? seconds : longest) * 1000;
}

void gr_throttle_failed(gr_throttle *throttle, const char *name, const char *address, int64_t now)
{
    pthread_mutex_lock(&throttle->lock);
    count_failure(throttle, 'n', name, now);
    count_failure(throttle, 'a', address, now);
    pthread_mutex_unlock(&throttle->lock);
}

void gr_throttle_succeeded(gr_throttle *throttle, const char *name)
{
    char key[GR_WEB_NAME + 2];
    tried *t;

    make_key(key, sizeof key, 'n', name);
    pthread_mutex_lock(&throttle->lock);
    t = find(throttle, key);
    if (t)
        *t = (tried){ .key = "" };
    pthread_mutex_unlock(&throttle->lock);
}
