/* src/web/metrics.h - what is counted, for a monitoring system. Routes are patterns: no personal data. Safe from any thread. */
#ifndef GR_WEB_METRICS_H
#define GR_WEB_METRICS_H

#include <stddef.h>
#include <stdint.h>

typedef struct gr_metrics gr_metrics;

/* What is so at this moment, and not counted. */
typedef struct gr_gauges {
    uint64_t sessions, connections, waiting; /* waiting: calls in back offices */
} gr_gauges;

gr_metrics *gr_metrics_create(void); /* NULL when there is no memory */
void gr_metrics_free(gr_metrics *metrics);
void gr_metrics_answered(gr_metrics *metrics, const char *route, unsigned status,
                         int64_t microseconds);
void gr_metrics_throttled(gr_metrics *metrics);
void gr_metrics_cut(gr_metrics *metrics); /* a connection that took too long */
/* Prometheus text, NUL-terminated, to be freed by gr_web_free(); NULL when there is no memory. */
char *gr_metrics_tell(gr_metrics *metrics, gr_gauges gauges, size_t *length);

#endif
