/* src/web/access_log.c - the access log. A line is one write to a file opened for appending, so that lines stay whole; one that
 * cannot be written is lost, and the request is answered all the same. */
#include "web/access_log.h"

#include "web/clock.h"
#include "web/memory.h"

#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct gr_access_log {
    pthread_mutex_t lock;
    int fd;
    char *path;
};

static int open_log(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
}

gr_access_log *gr_access_log_open(const char *path)
{
    gr_access_log *log = gr_web_alloc(sizeof *log);

    if (!log)
        return NULL;
    log->path = gr_web_copy(path, strlen(path));
    log->fd = log->path ? open_log(path) : -1;
    if (log->fd < 0) {
        gr_web_free(log->path);
        gr_web_free(log);
        return NULL;
    }
    pthread_mutex_init(&log->lock, NULL);
    return log;
}

void gr_access_log_close(gr_access_log *log)
{
    if (!log)
        return;
    close(log->fd);
    pthread_mutex_destroy(&log->lock);
    gr_web_free(log->path);
    gr_web_free(log);
}

bool gr_access_log_reopen(gr_access_log *log)
{
    int fd = log ? open_log(log->path) : -1, old;

    if (fd < 0)
        return !log;
    pthread_mutex_lock(&log->lock);
    old = log->fd;
    log->fd = fd;
    pthread_mutex_unlock(&log->lock);
    close(old);
    return true;
}

void gr_access_log_add(gr_access_log *log, const gr_access *access)
{
    char line[512], moment[GR_WEB_MOMENT];
    int n;

    if (!log)
        return;
    gr_web_moment(moment);
    n = snprintf(line, sizeof line,
                 "{\"time\":\"%s\",\"method\":\"%s\",\"route\":\"%s\",\"status\":%u,\"bytes\":%" PRIu64
                 ",\"microseconds\":%" PRId64 ",\"request\":\"%s\"}\n",
                 moment, access->method, access->route, access->status, access->bytes,
                 access->microseconds, access->id);
    if (n <= 0 || (size_t)n >= sizeof line)
        return;
    pthread_mutex_lock(&log->lock);
    if (write(log->fd, line, (size_t)n) < 0)
        n = 0; /* the disk may be full; requests matter more */
    pthread_mutex_unlock(&log->lock);
}
