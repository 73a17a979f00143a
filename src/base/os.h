/* src/base/os.h - the only way to memory, clock and files. Fault tests link their own os.c in place of
 * ours, and so reach every failure. */
#ifndef GR_BASE_OS_H
#define GR_BASE_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifndef GR_BASE_OS_KIND /* fault tests read this header twice */
#define GR_BASE_OS_KIND
typedef enum gr_os_kind { GR_OS_FILE, GR_OS_FOLDER, GR_OS_OTHER } gr_os_kind; /* a link is other */
typedef bool (*gr_os_on_name)(void *context, const char *name, gr_os_kind kind);
#endif

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
/* The bytes of a file, which are not to be written to; NULL and errno. Whoever cuts the file short meanwhile ends the
 * program: it is for files that are only ever replaced by renaming. An empty file is EINVAL. */
const void *gr_os_map(const char *path, size_t *size);
void gr_os_unmap(const void *bytes, size_t size);
int gr_os_rename(const char *from, const char *to); /* synced: the new name survives a crash */
int gr_os_link(const char *from,
               const char *to); /* a second name; -1 and errno, also when it is there */
int gr_os_remove(const char *path);

/* Of folders; -1 and errno. */
int gr_os_make_folder(const char *path, int mode); /* exactly mode; -1: what the umask leaves */
int gr_os_remove_folder(const char *path);         /* an empty one */
int gr_os_folder_mode(const char *path);           /* of one that is there */
int gr_os_open_folder(const char *path);
/* Each name in it, "." and ".." left out, in no order; false ends it, and is no failure. */
int gr_os_list(const char *path, gr_os_on_name take, void *context);
/* Links followed; real has room for PATH_MAX. NULL and errno. */
char *gr_os_real(const char *path, char *real);
/* Neither is synced: sync the folder that holds them. */
int gr_os_move(const char *from, const char *to);
int gr_os_exchange(const char *one, const char *other); /* ENOSYS: the system cannot do that */
/* Everything that was written on the file system of fd; ENOSYS as above. */
int gr_os_sync_all(int fd);

#endif
