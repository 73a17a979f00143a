/* src/web/metrics.c - counters by route and status, a histogram of durations by route, in tables of fixed size. What does not
 * fit is counted as "other". */
#include "web/metrics.h"

#include "web/memory.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ROUTES = 96, STATUSES = 24, BUCKETS = 12 };

static const int64_t bucket_ends[BUCKETS] = { /* microseconds */
                                              1000,   2500,   5000,    10000,   25000,   50000,
                                              100000, 250000, 1000000, 2500000, 5000000, 10000000
};

typedef struct counted {
    char route[64];
    struct {
        unsigned status;
        uint64_t count;
    } by_status[STATUSES];
    uint64_t bucket[BUCKETS], all;
    int64_t microseconds;
} counted;

struct gr_metrics {
    pthread_mutex_t lock;
    uint64_t throttled, cut;
    size_t route_count;
    counted route[ROUTES];
};

gr_metrics *gr_metrics_create(void)
{
    gr_metrics *metrics = gr_web_alloc(sizeof *metrics);

    if (metrics && pthread_mutex_init(&metrics->lock, NULL) != 0) {
        gr_web_free(metrics);
        return NULL;
    }
    return metrics;
}

void gr_metrics_free(gr_metrics *metrics)
{
    if (!metrics)
        return;
    pthread_mutex_destroy(&metrics->lock);
    gr_web_free(metrics);
}

static counted *route_of(gr_metrics *metrics, const char *route)
{
    counted *c = metrics->route;

    for (size_t i = 0; i < metrics->route_count; i++, c++)
        if (strcmp(c->route, route) == 0)
            return c;
    if (metrics->route_count == ROUTES)
        return &metrics->route[ROUTES - 1];
    metrics->route_count++;
    snprintf(c->route, sizeof c->route, "%s", metrics->route_count == ROUTES ? "other" : route);
    return c;
}

void gr_metrics_answered(gr_metrics *metrics, const char *route, unsigned status,
                         int64_t microseconds)
{
    counted *c;
    size_t i = 0;

    pthread_mutex_lock(&metrics->lock);
    c = route_of(metrics, route);
    while (i + 1 < STATUSES && c->by_status[i].count > 0 && c->by_status[i].status != status)
        i++;
    c->by_status[i].status = status;
    c->by_status[i].count++;
    for (i = 0; i < BUCKETS; i++)
        c->bucket[i] += microseconds <= bucket_ends[i];
    c->all++;
    c->microseconds += microseconds;
    pthread_mutex_unlock(&metrics->lock);
}

void gr_metrics_throttled(gr_metrics *metrics)
{
    pthread_mutex_lock(&metrics->lock);
    metrics->throttled++;
    pthread_mutex_unlock(&metrics->lock);
}

void gr_metrics_cut(gr_metrics *metrics)
{
    pthread_mutex_lock(&metrics->lock);
    metrics->cut++;
    pthread_mutex_unlock(&metrics->lock);
}

/* ---- telling */

typedef struct page {
    char *text;
    size_t length, room;
} page;

__attribute__((format(printf, 2, 3))) static void add(page *p, const char *format, ...)
{
    va_list list;
    int n;

    va_start(list, format);
    n = vsnprintf(p->text + p->length, p->room - p->length, format, list);
    va_end(list);
    if (n > 0 && (size_t)n < p->room - p->length)
        p->length += (size_t)n;
    else
        p->text[p->length] = '\0'; /* a line is there whole, or not at all */
}

static void tell_head(page *p, const char *name, const char *type, const char *help)
{
    add(p, "# HELP giftrule_%s %s\n# TYPE giftrule_%s %s\n", name, help, name, type);
}

static void tell_one(page *p, const char *name, const char *type, const char *help, uint64_t value)
{
    tell_head(p, name, type, help);
    add(p, "giftrule_%s %" PRIu64 "\n", name, value);
}

static void tell_requests(page *p, const gr_metrics *metrics)
{
    tell_head(p, "requests_total", "counter", "requests answered, by route and status");
    for (size_t i = 0; i < metrics->route_count; i++)
        for (size_t k = 0; k < STATUSES && metrics->route[i].by_status[k].count > 0; k++)
            add(p, "giftrule_requests_total{route=\"%s\",status=\"%u\"} %" PRIu64 "\n",
                metrics->route[i].route, metrics->route[i].by_status[k].status,
                metrics->route[i].by_status[k].count);
}

static void tell_durations(page *p, const counted *c)
{
    for (size_t k = 0; k < BUCKETS; k++)
        add(p,
            "giftrule_request_seconds_bucket{route=\"%s\",le=\"%" PRId64 ".%04" PRId64
            "\"} %" PRIu64 "\n",
            c->route, bucket_ends[k] / 1000000, bucket_ends[k] % 1000000 / 100, c->bucket[k]);
    add(p, "giftrule_request_seconds_bucket{route=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", c->route,
        c->all);
    add(p, "giftrule_request_seconds_sum{route=\"%s\"} %" PRId64 ".%06" PRId64 "\n", c->route,
        c->microseconds / 1000000, c->microseconds % 1000000);
    add(p, "giftrule_request_seconds_count{route=\"%s\"} %" PRIu64 "\n", c->route, c->all);
}

char *gr_metrics_tell(gr_metrics *metrics, gr_gauges gauges, size_t *length)
{
    enum { LINE = 160 };
    page p = { .room = (size_t)LINE * (20 + ROUTES * (STATUSES + BUCKETS + 3)) };

    p.text = gr_web_alloc(p.room);
    if (!p.text)
        return NULL;
    pthread_mutex_lock(&metrics->lock);
    tell_requests(&p, metrics);
    tell_head(&p, "request_seconds", "histogram", "from the headers of a request to its reply");
    for (size_t i = 0; i < metrics->route_count; i++)
        tell_durations(&p, &metrics->route[i]);
    tell_one(&p, "sign_ins_throttled_total", "counter", "sign-ins refused unread, after failures",
             metrics->throttled);
    tell_one(&p, "connections_cut_total", "counter", "connections that took too long",
             metrics->cut);
    pthread_mutex_unlock(&metrics->lock);
    tell_one(&p, "sessions", "gauge", "people signed in", gauges.sessions);
    tell_one(&p, "connections", "gauge", "connections open", gauges.connections);
    tell_one(&p, "waiting", "gauge", "calls that wait for a back office, or are there",
             gauges.waiting);
    *length = p.length;
    return p.text;
}
