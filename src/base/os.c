/* src/base/os.c - thin covers over the C library and POSIX; see os.h for why. */
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The last second of 9999: beyond it a day has no date. */
#define GR_LAST_SECOND 253402300800LL

void *gr_os_alloc(size_t size)
{
    return malloc(size ? size : 1);
}

void *gr_os_resize(void *block, size_t size)
{
    return realloc(block, size ? size : 1);
}

void gr_os_free(void *block)
{
    free(block);
}

int64_t gr_os_now(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");

    if (fixed && *fixed) {
        char *end;
        long long seconds = strtoll(fixed, &end, 10);

        return *end == '\0' && seconds >= 0 && seconds < GR_LAST_SECOND ? seconds : -1;
    }
    return (int64_t)time(NULL);
}

int64_t gr_os_ticks(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int gr_os_open(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC);
}

int gr_os_create(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

int gr_os_create_secret(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

int gr_os_open_writing(const char *path)
{
    return open(path, O_WRONLY | O_CLOEXEC);
}

ssize_t gr_os_read(int fd, void *into, size_t n)
{
    ssize_t got;

    do
        got = read(fd, into, n);
    while (got < 0 && errno == EINTR);
    return got;
}

ssize_t gr_os_write(int fd, const void *from, size_t n)
{
    const char *at = from;
    size_t left = n;

    while (left > 0) {
        ssize_t put = write(fd, at, left);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        at += put;
        left -= (size_t)put;
    }
    return (ssize_t)n;
}

int gr_os_sync(int fd)
{
    return fsync(fd);
}

int gr_os_close(int fd)
{
    return close(fd);
}

/* A rename lasts only when its folder is synced too. */
static int sync_folder_of(const char *path)
{
    char name[4096];
    int fd, result;

    if (snprintf(name, sizeof name, "%s", path) >= (int)sizeof name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = open(dirname(name), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    result = fsync(fd);
    close(fd);
    return result < 0 && errno != EINVAL ? -1 : 0; /* some file systems cannot sync a folder */
}

int gr_os_rename(const char *from, const char *to)
{
    return rename(from, to) == 0 ? sync_folder_of(to) : -1;
}

int gr_os_link(const char *from, const char *to)
{
    return link(from, to) == 0 ? sync_folder_of(to) : -1;
}

int gr_os_remove(const char *path)
{
    return unlink(path);
}
