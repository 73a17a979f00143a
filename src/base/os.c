/* src/base/os.c - thin covers over the C library and POSIX; see os.h for why. */
#ifdef __linux__
#define _GNU_SOURCE /* renameat2, syncfs: where they are missing, ENOSYS says so */
#endif

#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
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

static const void *map(int fd, size_t *size)
{
    struct stat about;
    void *bytes;

    if (fstat(fd, &about) != 0)
        return NULL;
    if (!S_ISREG(about.st_mode) || about.st_size <= 0 || (uintmax_t)about.st_size > SIZE_MAX) {
        errno = EINVAL;
        return NULL;
    }
    bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return NULL;
    *size = (size_t)about.st_size;
    return bytes;
}

const void *gr_os_map(const char *path, size_t *size)
{
    int fd = gr_os_open(path);
    const void *bytes = fd < 0 ? NULL : map(fd, size);
    int number = errno;

    if (fd >= 0)
        close(fd);
    errno = number;
    return bytes;
}

void gr_os_unmap(const void *bytes, size_t size)
{
    if (bytes)
        munmap((void *)(uintptr_t)bytes, size);
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

/* ---- folders ---- */

int gr_os_make_folder(const char *path, int mode)
{
    if (mkdir(path, mode < 0 ? 0777 : (mode_t)mode & 0777) != 0)
        return -1;
    return mode < 0 ? 0 : chmod(path, (mode_t)mode);
}

int gr_os_remove_folder(const char *path)
{
    return rmdir(path);
}

int gr_os_folder_mode(const char *path)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return -1;
    if (!S_ISDIR(about.st_mode)) {
        errno = ENOTDIR;
        return -1;
    }
    return (int)(about.st_mode & 07777);
}

int gr_os_open_folder(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int kind_of(DIR *folder, const char *name, gr_os_kind *kind)
{
    struct stat about;

    if (fstatat(dirfd(folder), name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return -1;
    *kind = S_ISREG(about.st_mode)   ? GR_OS_FILE
            : S_ISDIR(about.st_mode) ? GR_OS_FOLDER
                                     : GR_OS_OTHER;
    return 0;
}

int gr_os_list(const char *path, gr_os_on_name take, void *context)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    int result = 0, number;

    if (!folder)
        return -1;
    for (errno = 0; result == 0 && (entry = readdir(folder)) != NULL; errno = 0) {
        gr_os_kind kind;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        result = kind_of(folder, entry->d_name, &kind);
        if (result == 0 && !take(context, entry->d_name, kind))
            break;
    }
    number = entry && result == 0 ? 0 : errno; /* ended by the taker, or not */
    closedir(folder);
    errno = number;
    return number == 0 ? 0 : -1;
}

char *gr_os_real(const char *path, char *real)
{
    return realpath(path, real);
}

int gr_os_move(const char *from, const char *to)
{
    return rename(from, to);
}

int gr_os_exchange(const char *one, const char *other)
{
#ifdef RENAME_EXCHANGE
    int result = renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);

    if (result != 0 && errno == EINVAL) /* the file system cannot */
        errno = ENOSYS;
    return result;
#else
    (void)one, (void)other;
    errno = ENOSYS;
    return -1;
#endif
}

int gr_os_sync_all(int fd)
{
#ifdef __linux__
    return syncfs(fd);
#else
    (void)fd;
    errno = ENOSYS;
    return -1;
#endif
}
