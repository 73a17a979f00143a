/* tests/fault/power.c - the model behind power.h. It is kept in the memory of the child that will die, and uses nothing
 * of ours: neither its memory nor its files count among those that fail. */
#include "power.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct image {
    unsigned char *bytes;
    size_t size;
} image;

typedef struct change {
    int64_t at;
    size_t size;
    unsigned char *bytes; /* NULL: the file is cut, or made longer, to at bytes */
} change;

/* A file, whatever it is named now: a name may be given again. */
typedef struct inode {
    char *path;
    image synced;
    change *changes;
    size_t count;
    bool is_linked;  /* its name is on the disk */
    bool is_removed; /* not yet on the disk, or else the inode is forgotten */
    bool is_forgotten;
} inode;

static inode *inodes;
static size_t inode_count;

static void *take(void *block, size_t size)
{
    void *moved = realloc(block, size ? size : 1);

    if (!moved)
        abort();
    return moved;
}

uint64_t power_random(uint64_t *seed) /* splitmix64 */
{
    uint64_t z = (*seed += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* ---- content ---- */

static void resize(image *m, size_t size)
{
    if (size > m->size) {
        m->bytes = take(m->bytes, size);
        memset(m->bytes + m->size, 0, size - m->size);
    }
    m->size = size;
}

static void put(image *m, const unsigned char *bytes, size_t count, size_t at)
{
    if (at + count > m->size)
        resize(m, at + count);
    memcpy(m->bytes + at, bytes, count);
}

static image read_image(const char *path)
{
    image m = { 0 };
    unsigned char piece[8192];
    ssize_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    while (fd >= 0 && (got = read(fd, piece, sizeof piece)) > 0)
        put(&m, piece, (size_t)got, m.size);
    if (fd >= 0)
        close(fd);
    return m;
}

static void write_image(const char *path, const image *m)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

    if (fd < 0 || (m->size > 0 && write(fd, m->bytes, m->size) != (ssize_t)m->size))
        abort();
    close(fd);
}

/* ---- what happens while there is power ---- */

static inode *find(const char *path)
{
    for (size_t i = inode_count; i > 0; i--)
        if (!inodes[i - 1].is_removed && strcmp(inodes[i - 1].path, path) == 0)
            return &inodes[i - 1];
    return NULL;
}

static inode *add(const char *path, bool is_new)
{
    size_t length = strlen(path) + 1;
    inode *f;

    inodes = take(inodes, (inode_count + 1) * sizeof *inodes);
    f = &inodes[inode_count++];
    *f = (inode){ .path = memcpy(take(NULL, length), path, length), .is_linked = !is_new };
    if (!is_new)
        f->synced = read_image(path); /* all that was there before we looked is on the disk */
    return f;
}

size_t power_open(const char *path, bool is_new)
{
    inode *f = find(path);

    if (!f)
        f = add(path, is_new);
    return (size_t)(f - inodes);
}

static void add_change(size_t file, change c)
{
    inode *f = &inodes[file];

    f->changes = take(f->changes, (f->count + 1) * sizeof *f->changes);
    f->changes[f->count++] = c;
}

void power_write(size_t file, const void *bytes, size_t count, int64_t at)
{
    add_change(file, (change){ at, count, memcpy(take(NULL, count), bytes, count) });
}

void power_truncate(size_t file, int64_t size)
{
    add_change(file, (change){ .at = size });
}

static void apply(image *m, const change *c)
{
    if (c->bytes)
        put(m, c->bytes, c->size, (size_t)c->at);
    else
        resize(m, (size_t)c->at);
}

void power_sync(size_t file)
{
    inode *f = &inodes[file];

    for (size_t i = 0; i < f->count; i++) {
        apply(&f->synced, &f->changes[i]);
        free(f->changes[i].bytes);
    }
    f->count = 0;
}

void power_remove(const char *path)
{
    inode *f = find(path);

    if (!f && access(path, F_OK) == 0)
        f = add(path, false);
    if (f)
        f->is_removed = true;
}

void power_sync_folder(void)
{
    for (size_t i = 0; i < inode_count; i++) {
        inodes[i].is_linked = !inodes[i].is_removed;
        inodes[i].is_forgotten = inodes[i].is_forgotten || inodes[i].is_removed;
    }
}

/* ---- the end ---- */

typedef struct ending {
    power_loss loss;
    uint64_t seed;
    uint64_t likely; /* of 8 unsynced things so many come through */
} ending;

static uint64_t one_of(ending *e, uint64_t count)
{
    return power_random(&e->seed) % count;
}

static bool comes_through(ending *e)
{
    return e->loss != POWER_DROPS && one_of(e, 8) < e->likely;
}

static void garble(ending *e, image *m, size_t at)
{
    size_t from = at - at % POWER_SECTOR, to = from + POWER_SECTOR;

    if (to > m->size)
        resize(m, to);
    for (size_t i = from; i < to; i++)
        m->bytes[i] = (unsigned char)power_random(&e->seed);
}

/* What one write has done to one sector, in which it has count bytes. */
static void settle_sector(ending *e, image *m, const unsigned char *bytes, size_t count, size_t at)
{
    uint64_t fate = one_of(e, 8);
    bool is_lost = !comes_through(e);

    if (!is_lost && at + count > m->size)
        resize(m, at + count); /* a file ends with a sector or a write */
    if (is_lost) {
        if (e->loss == POWER_GARBLES && fate == 0)
            garble(e, m, at);
    } else if (fate == 0) {
        put(m, bytes, one_of(e, count) + 1, at); /* its start */
    } else if (fate == 1) {
        size_t skipped = one_of(e, count);

        put(m, bytes + skipped, count - skipped, at + skipped);
    } else {
        put(m, bytes, count, at);
    }
}

static void settle(ending *e, image *m, const change *c)
{
    if (e->loss <= POWER_REORDERS || !c->bytes) {
        if (comes_through(e))
            apply(m, c);
        return;
    }
    for (size_t done = 0, count; done < c->size; done += count) {
        size_t at = (size_t)c->at + done;

        count = POWER_SECTOR - at % POWER_SECTOR;
        if (count > c->size - done)
            count = c->size - done;
        settle_sector(e, m, c->bytes + done, count, at);
    }
}

/* What the name stands for on the disk, then after each unsynced event in turn: one of these it will be. */
static inode *choose(ending *e, const char *path)
{
    inode *chosen = NULL;

    for (size_t i = 0; i < inode_count; i++) {
        inode *f = &inodes[i];

        if (f->is_forgotten || strcmp(f->path, path) != 0)
            continue;
        if (f->is_linked || comes_through(e))
            chosen = f;
        if (f->is_removed && chosen == f && comes_through(e))
            chosen = NULL;
    }
    return chosen;
}

static bool is_first_of_its_name(size_t file)
{
    for (size_t i = 0; i < file; i++)
        if (strcmp(inodes[i].path, inodes[file].path) == 0)
            return false;
    return true;
}

static void settle_name(ending *e, const char *path)
{
    inode *left = choose(e, path);

    if (!left) {
        unlink(path);
        return;
    }
    for (size_t i = 0; i < left->count; i++)
        settle(e, &left->synced, &left->changes[i]);
    write_image(path, &left->synced);
}

void power_off(power_loss loss, uint64_t seed)
{
    ending e = { loss, seed, 0 };

    e.likely = 1 + one_of(&e, 7);
    for (size_t i = 0; i < inode_count; i++)
        if (is_first_of_its_name(i))
            settle_name(&e, inodes[i].path);
}
