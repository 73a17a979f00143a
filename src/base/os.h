/* src/base/os.h - the only way to memory, clock and files. Fault tests link their own os.c in place of
 * ours, and so reach every failure. */
#ifndef GR_BASE_OS_H
#define GR_BASE_OS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

void *gr_os_alloc(size_t size); /* NULL when there is none */
void *gr_os_resize(void *block, size_t size);
void gr_os_free(void *block);

int64_t gr_os_now(
    void); /* seconds since 1970, or SOURCE_DATE_EPOCH where that is set; -1: it is no number */
int64_t gr_os_ticks(void); /* milliseconds of a clock that only goes forward; for progress */

int gr_os_open(const char *path);                 /* for reading; -1 and errno */
int gr_os_create(const char *path);               /* a new file for writing; -1 and errno */
int gr_os_create_secret(const char *path);        /* that only its owner can read */
int gr_os_open_writing(const char *path);         /* what is there already: a device, a pipe */
ssize_t gr_os_read(int fd, void *into, size_t n); /* as read(2), tried again when interrupted */
ssize_t gr_os_write(int fd, const void *from, size_t n); /* all of it, or -1 and errno */
int gr_os_sync(int fd);
int gr_os_close(int fd);
int gr_os_rename(const char *from, const char *to); /* synced: the new name survives a crash */
int gr_os_link(const char *from,
               const char *to); /* a second name; -1 and errno, also when it is there */
int gr_os_remove(const char *path);

#endif
