/* src/detect/clusters.h - which gifts that have their keys in common make one pattern: the largest that fit into the
 * window, none of them twice. */
#ifndef GR_DETECT_CLUSTERS_H
#define GR_DETECT_CLUSTERS_H

#include "base/day.h"
#include "base/list.h"
#include "base/money.h"
#include "engine/oddity.h"

typedef struct gr_peer { /* one share, or one whole gift */
    gr_day day;
    uint32_t gift;
    uint32_t member; /* its user's own number */
    int64_t low, high;
    uint64_t differ[GR_KEY_COUNT]; /* the first differ_count: the keys that must not all be one */
} gr_peer;

typedef struct gr_gathering { /* what makes a cluster */
    int days;                 /* from the first day to the last, both included; 0: however many */
    uint64_t gifts;           /* so many different ones at least */
    size_t differ_count;
    /* Is it enough, with its last gift on this day and this sure sum? More is never worse. May be NULL. */
    bool (*is_enough)(const void *context, gr_day last, gr_wide low);
    const void *context;
} gr_gathering;

typedef struct gr_cluster {
    size_t first, end; /* of the peers */
} gr_cluster;

/* Peers are in order of day, those of one gift beside each other. Appends clusters to out, in order: the one with the
 * most gifts first, then with the highest sum, then the earliest; then the next of what is left. False: no memory. */
bool gr_clusters_find(const gr_peer *peer, size_t count, const gr_gathering *by, gr_list *out);

#endif
