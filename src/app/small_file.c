/* src/app/small_file.c - see small_file.h. */
#include "app/small_file.h"

#include "base/os.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static gr_status read_bytes(int fd, const char *path, char *bytes, size_t *out, gr_error *err)
{
    size_t used = 0;
    ssize_t got;

    while (used < GR_SMALL_FILE &&
           (got = gr_os_read(fd, bytes + used, GR_SMALL_FILE - used)) != 0) {
        if (got < 0)
            return gr_fail_io(err, path, "read");
        used += (size_t)got;
    }
    if (used == GR_SMALL_FILE)
        return gr_fail(err, GR_ELIMIT, (gr_place){ path, 0, 0 }, "name another file",
                       "this file is too large");
    *out = used;
    return GR_OK;
}

gr_status gr_small_file_read(const char *path, gr_arena *arena, gr_text *out, gr_error *err)
{
    char *bytes = gr_arena_alloc(arena, GR_SMALL_FILE);
    int fd = bytes ? gr_os_open(path) : -1;
    size_t used = 0;
    gr_status status;

    if (!bytes)
        return gr_fail_memory(err);
    if (fd < 0)
        return gr_fail_io(err, path, "open");
    status = read_bytes(fd, path, bytes, &used, err);
    gr_os_close(fd);
    if (status == GR_OK)
        *out = (gr_text){ bytes, used };
    return status;
}

static gr_status write_bytes(int fd, const char *path, gr_text text, gr_error *err)
{
    gr_status status = GR_OK;

    if (gr_os_write(fd, text.ptr, text.len) < 0 || gr_os_sync(fd) != 0)
        status = gr_fail_io(err, path, "write");
    if (gr_os_close(fd) != 0 && status == GR_OK)
        status = gr_fail_io(err, path, "write");
    return status;
}

static gr_status replace(const char *path, gr_text text, int (*create)(const char *), gr_error *err)
{
    char part[4096];
    gr_status status;
    int fd;

    if (snprintf(part, sizeof part, "%s.%ld.part", path, (long)getpid()) >= (int)sizeof part) {
        errno = ENAMETOOLONG;
        return gr_fail_io(err, path, "write");
    }
    fd = create(part);
    if (fd < 0)
        return gr_fail_io(err, path, "write");
    status = write_bytes(fd, path, text, err);
    if (status == GR_OK && gr_os_rename(part, path) != 0)
        status = gr_fail_io(err, path, "write");
    if (status != GR_OK)
        gr_os_remove(part);
    return status;
}

gr_status gr_small_file_write(const char *path, gr_text text, gr_error *err)
{
    return replace(path, text, gr_os_create, err);
}

gr_status gr_private_file_write(const char *path, gr_text text, gr_error *err)
{
    return replace(path, text, gr_os_create_secret, err);
}

gr_status gr_secret_file_write(const char *path, gr_text text, gr_error *err)
{
    int fd = gr_os_create_secret(path);
    gr_status status;

    if (fd < 0 && errno == EEXIST)
        return gr_fail(err, GR_EUSAGE, (gr_place){ path, 0, 0 }, "name another file",
                       "this file is there already, and may be a key in use");
    if (fd < 0)
        return gr_fail_io(err, path, "write");
    status = write_bytes(fd, path, text, err);
    if (status != GR_OK)
        gr_os_remove(path);
    return status;
}
