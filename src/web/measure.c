/* src/web/measure.c - how many calls of which kind, how long they took; a line of the access log for each. Neither has a
 * name, an address, a number or a query: routes are told by their patterns. */
#include "web/memory.h"
#include "web/server_inside.h"

#include <string.h>
#include <time.h>

enum { GR_MEASURES_TEXT = 64 * 1024 };

static const int64_t ends[GR_BUCKETS - 1] = { 1000, 2000, 5000, 10000, 50000, 250000, 1000000 };

int64_t gr_web_micros(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static gr_measured *find(gr_measures *m, const char *route, unsigned status)
{
    for (size_t i = 0; i < m->count; i++)
        if (m->row[i].status == status && strcmp(m->row[i].route, route) == 0)
            return &m->row[i];
    if (m->count == GR_MEASURED)
        return NULL;
    m->row[m->count] = (gr_measured){ .route = route, .status = status };
    return &m->row[m->count++];
}

static void log_call(FILE *log, const char *method, const char *route, unsigned status,
                     size_t bytes, int64_t micros)
{
    time_t now = time(NULL);
    struct tm utc;
    char moment[32];

    strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    fprintf(log,
            "{\"time\":\"%s\",\"method\":\"%s\",\"route\":\"%s\",\"status\":%u,\"bytes\":%zu,"
            "\"microseconds\":%lld}\n",
            moment, method, route, status, bytes, (long long)micros);
    fflush(log);
}

void gr_measure(gr_measures *m, const char *method, const char *route, unsigned status,
                size_t bytes, int64_t micros)
{
    gr_measured *row;
    size_t b = 0;

    while (b < GR_BUCKETS - 1 && micros > ends[b])
        b++;
    pthread_mutex_lock(&m->lock);
    row = find(m, route, status);
    if (row) {
        row->count++;
        row->micros += (uint64_t)micros;
        row->bytes += bytes;
    }
    m->bucket[b]++;
    if (m->log)
        log_call(m->log, method, route, status, bytes, micros);
    pthread_mutex_unlock(&m->lock);
}

static void print_buckets(gr_measures *m, FILE *out)
{
    uint64_t sum = 0;

    fputs("# TYPE giftrule_call_seconds histogram\n", out);
    for (size_t b = 0; b < GR_BUCKETS - 1; b++) {
        sum += m->bucket[b];
        fprintf(out, "giftrule_call_seconds_bucket{le=\"%g\"} %llu\n", (double)ends[b] / 1e6,
                (unsigned long long)sum);
    }
    sum += m->bucket[GR_BUCKETS - 1];
    fprintf(out,
            "giftrule_call_seconds_bucket{le=\"+Inf\"} %llu\ngiftrule_call_seconds_count %llu\n",
            (unsigned long long)sum, (unsigned long long)sum);
}

static void print_gauges(FILE *out, gr_gauges gauges)
{
    fprintf(out,
            "# TYPE giftrule_connections gauge\ngiftrule_connections %zu\n"
            "# TYPE giftrule_sessions gauge\ngiftrule_sessions %zu\n"
            "# TYPE giftrule_sign_ins_throttled_total counter\n"
            "giftrule_sign_ins_throttled_total %llu\n"
            "# TYPE giftrule_connections_cut_total counter\n"
            "giftrule_connections_cut_total %llu\n",
            gauges.connections, gauges.sessions, (unsigned long long)gauges.throttled,
            (unsigned long long)gauges.cut);
}

char *gr_measures_print(gr_measures *m, gr_gauges gauges, size_t *length)
{
    char *text = gr_web_alloc(GR_MEASURES_TEXT);
    FILE *out = text ? fmemopen(text, GR_MEASURES_TEXT, "w") : NULL;
    uint64_t micros = 0;

    if (!out) {
        gr_web_free(text);
        return NULL;
    }
    pthread_mutex_lock(&m->lock);
    fputs("# TYPE giftrule_calls_total counter\n", out);
    for (size_t i = 0; i < m->count; i++) {
        fprintf(out, "giftrule_calls_total{route=\"%s\",status=\"%u\"} %llu\n", m->row[i].route,
                m->row[i].status, (unsigned long long)m->row[i].count);
        micros += m->row[i].micros;
    }
    print_buckets(m, out);
    pthread_mutex_unlock(&m->lock);
    fprintf(out, "giftrule_call_seconds_sum %g\n", (double)micros / 1e6);
    print_gauges(out, gauges);
    fclose(out); /* what does not fit is cut: there is room for every row */
    *length = strlen(text);
    return text;
}
