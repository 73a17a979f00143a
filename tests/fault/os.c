/* tests/fault/os.c - base/os.c with failures. The real one is included under other names, so that this
 * one cannot fall behind it: a function that is not covered here would be missing at the link. */
#define gr_os_alloc         real_alloc
#define gr_os_resize        real_resize
#define gr_os_free          real_free
#define gr_os_open          real_open
#define gr_os_create        real_create
#define gr_os_read          real_read
#define gr_os_write         real_write
#define gr_os_sync          real_sync
#define gr_os_rename        real_rename
#define gr_os_remove        real_remove
#define gr_os_make_folder   real_make_folder
#define gr_os_remove_folder real_remove_folder
#define gr_os_open_folder   real_open_folder
#define gr_os_list          real_list
#define gr_os_move          real_move
#define gr_os_exchange      real_exchange
#define gr_os_sync_all      real_sync_all
#include "../../src/base/os.c"
#undef gr_os_alloc
#undef gr_os_resize
#undef gr_os_free
#undef gr_os_open
#undef gr_os_create
#undef gr_os_read
#undef gr_os_write
#undef gr_os_sync
#undef gr_os_rename
#undef gr_os_remove
#undef gr_os_make_folder
#undef gr_os_remove_folder
#undef gr_os_open_folder
#undef gr_os_list
#undef gr_os_move
#undef gr_os_exchange
#undef gr_os_sync_all
#undef GR_BASE_OS_H
#include "base/os.h"

#include "fault.h"

#include <stdatomic.h>

/* An audit has threads, and each may take memory. */
static atomic_size_t calls[FAULT_KINDS], blocks;
static size_t failing_from;
static fault_kind failing;
static bool failing_once, killing, old_system;

static void set(fault_kind kind, size_t n, bool once)
{
    killing = false;
    failing = kind;
    failing_from = n;
    failing_once = once;
    for (size_t i = 0; i < FAULT_KINDS; i++)
        atomic_store(&calls[i], 0);
}

void fault_set(fault_kind kind, size_t n)
{
    set(kind, n, false);
}

void fault_set_once(fault_kind kind, size_t n)
{
    set(kind, n, true);
}

void fault_set_kill(fault_kind kind, size_t n)
{
    set(kind, n, true);
    killing = true;
}

void fault_old_system(bool is_old)
{
    old_system = is_old;
}

bool fault_met(void)
{
    return failing != FAULT_NONE && atomic_load(&calls[failing]) >= failing_from;
}

size_t fault_blocks(void)
{
    return atomic_load(&blocks);
}

static bool fails(fault_kind kind, int number)
{
    size_t call = atomic_fetch_add(&calls[kind], 1) + 1;

    if (kind != failing || call < failing_from || (failing_once && call > failing_from))
        return false;
    if (killing)
        _exit(FAULT_KILLED);
    errno = number;
    return true;
}

void *gr_os_alloc(size_t size)
{
    void *block = fails(FAULT_MEMORY, ENOMEM) ? NULL : real_alloc(size);

    if (block)
        atomic_fetch_add(&blocks, 1);
    return block;
}

void *gr_os_resize(void *block, size_t size)
{
    void *moved = fails(FAULT_MEMORY, ENOMEM) ? NULL : real_resize(block, size);

    if (moved && !block)
        atomic_fetch_add(&blocks, 1);
    return moved;
}

void gr_os_free(void *block)
{
    if (block)
        atomic_fetch_sub(&blocks, 1);
    real_free(block);
}

int gr_os_open(const char *path)
{
    return fails(FAULT_OPEN, EACCES) ? -1 : real_open(path);
}

int gr_os_create(const char *path)
{
    return fails(FAULT_OPEN, EACCES) ? -1 : real_create(path);
}

ssize_t gr_os_read(int fd, void *into, size_t n)
{
    return fails(FAULT_READ, EIO) ? -1 : real_read(fd, into, n);
}

ssize_t gr_os_write(int fd, const void *from, size_t n)
{
    return fails(FAULT_WRITE, ENOSPC) ? -1 : real_write(fd, from, n);
}

int gr_os_sync(int fd)
{
    return fails(FAULT_SYNC, EIO) ? -1 : real_sync(fd);
}

int gr_os_rename(const char *from, const char *to)
{
    return fails(FAULT_RENAME, EIO) ? -1 : real_rename(from, to);
}

int gr_os_remove(const char *path)
{
    return fails(FAULT_REMOVE, EIO) ? -1 : real_remove(path);
}

int gr_os_make_folder(const char *path, int mode)
{
    return fails(FAULT_OPEN, EACCES) ? -1 : real_make_folder(path, mode);
}

int gr_os_remove_folder(const char *path)
{
    return fails(FAULT_REMOVE, EIO) ? -1 : real_remove_folder(path);
}

int gr_os_open_folder(const char *path)
{
    return fails(FAULT_OPEN, EACCES) ? -1 : real_open_folder(path);
}

int gr_os_list(const char *path, gr_os_on_name take, void *context)
{
    return fails(FAULT_READ, EIO) ? -1 : real_list(path, take, context);
}

int gr_os_move(const char *from, const char *to)
{
    return fails(FAULT_RENAME, EIO) ? -1 : real_move(from, to);
}

int gr_os_exchange(const char *one, const char *other)
{
    if (old_system) {
        errno = ENOSYS;
        return -1;
    }
    return fails(FAULT_RENAME, EIO) ? -1 : real_exchange(one, other);
}

int gr_os_sync_all(int fd)
{
    if (old_system) {
        errno = ENOSYS;
        return -1;
    }
    return fails(FAULT_SYNC, EIO) ? -1 : real_sync_all(fd);
}
