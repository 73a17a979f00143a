/* src/app/directory.c - the file of the directory: opened where it still fits the ledger, else made anew. */
#include "app/directory_inside.h"

#include "base/digest.h"
#include "base/os.h"
#include "ledger/people_find.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "GRPEOPL1"

enum { NAME = 4096 };

/* ---- bytes ---- */

size_t gr_directory_size(const gr_directory_head *h)
{
    return sizeof *h + (size_t)h->keys * (sizeof(uint64_t) + sizeof(uint32_t)) +
           ((size_t)h->people + 1 + h->rows) * sizeof(uint32_t) +
           (size_t)h->relations * sizeof(gr_directory_relation);
}

uint64_t gr_directory_check(const gr_directory_head *head)
{
    return gr_hash((gr_text){ (const char *)head, offsetof(gr_directory_head, check) }, 1);
}

bool gr_directory_take(gr_directory *d, void *bytes, size_t size)
{
    const gr_directory_head *h = bytes;
    const char *at = (const char *)bytes + sizeof *h;

    if (size < sizeof *h || memcmp(h->magic, MAGIC, sizeof h->magic) != 0 ||
        h->check != gr_directory_check(h) || size != gr_directory_size(h))
        return false;
    d->bytes = bytes;
    d->size = size;
    d->head = h;
    d->key = (const uint64_t *)(const void *)at;
    at += h->keys * sizeof(uint64_t);
    d->holder = (const uint32_t *)(const void *)at;
    at += h->keys * sizeof(uint32_t);
    d->first = (const uint32_t *)(const void *)at;
    at += (h->people + 1) * sizeof(uint32_t);
    d->row = (const uint32_t *)(const void *)at;
    at += h->rows * sizeof(uint32_t);
    d->relation = (const gr_directory_relation *)(const void *)at;
    return true;
}

static void drop(gr_directory *d)
{
    if (d->is_mapped)
        gr_os_unmap(d->bytes, d->size);
    else
        gr_os_free(d->bytes);
    d->bytes = NULL;
    d->is_mapped = false;
}

void gr_directory_close(gr_directory *d)
{
    if (!d)
        return;
    drop(d);
    gr_arena_free(d->scratch);
    gr_os_free(d);
}

/* ---- does it fit? ---- */

gr_status gr_directory_is_current(gr_directory *d, gr_ledger *ledger, bool *out, gr_error *err)
{
    const gr_directory_head *h = d->head;
    gr_ledger_extent extent;
    char hash[72];
    gr_status status = gr_ledger_extent_find(ledger, &extent, err);

    *out = false;
    if (status == GR_OK)
        status = gr_ledger_run_hash(ledger, h->run, hash, err);
    if (status != GR_OK)
        return status;
    *out = strcmp(hash, h->hash) == 0 && h->roster == extent.roster &&
           strcmp(h->names, d->rules->names.sha256) == 0 && extent.recipient >= h->covered &&
           extent.recipient - h->covered <= GR_DIRECTORY_NEW_ROWS;
    return GR_OK;
}

static bool print_name(char out[NAME], const char *path, const char *end)
{
    return snprintf(out, NAME, "%s-people%s", path, end) < NAME;
}

static gr_status map(gr_directory *d, gr_ledger *ledger, const char *path, bool *fits,
                     gr_error *err)
{
    char name[NAME];
    size_t size = 0;
    void *bytes = print_name(name, path, "") ? gr_os_map(name, &size) : NULL;

    *fits = false;
    if (!bytes)
        return GR_OK;
    if (!gr_directory_take(d, bytes, size)) {
        gr_os_unmap(bytes, size);
        return GR_OK;
    }
    d->is_mapped = true;
    return gr_directory_is_current(d, ledger, fits, err);
}

/* ---- anew ---- */

/* Whole or not at all; a failure is none: it is made again next time. */
static void save(const char *path, const void *bytes, size_t size)
{
    char name[NAME], fresh[NAME], end[32];
    int fd;
    bool is_whole;

    snprintf(end, sizeof end, ".%ld", (long)getpid());
    if (!print_name(name, path, "") || !print_name(fresh, path, end))
        return;
    fd = gr_os_create(fresh);
    if (fd < 0)
        return;
    is_whole = gr_os_write(fd, bytes, size) >= 0;
    is_whole = gr_os_close(fd) == 0 && is_whole;
    if (!is_whole || gr_os_rename(fresh, name) != 0)
        gr_os_remove(fresh);
}

static gr_status make(gr_directory *d, gr_ledger *ledger, const char *path, gr_error *err)
{
    void *bytes = NULL;
    size_t size = 0;
    gr_status status = gr_directory_make(d->rules, ledger, &bytes, &size, err);

    if (status != GR_OK)
        return status;
    memcpy(((gr_directory_head *)bytes)->magic, MAGIC, 8);
    ((gr_directory_head *)bytes)->check = gr_directory_check(bytes);
    save(path, bytes, size);
    if (gr_directory_take(d, bytes, size))
        return GR_OK;
    gr_os_free(bytes);
    return gr_fail(err, GR_EBUG, GR_NOWHERE, "report it", "the directory is not as it was made");
}

gr_status gr_directory_open(const gr_rules *rules, gr_ledger *ledger, const char *path,
                            gr_directory **out, gr_error *err)
{
    gr_directory *d = gr_os_alloc(sizeof *d);
    bool fits = false;
    gr_status status;

    if (!d)
        return gr_fail_memory(err);
    *d = (gr_directory){ .rules = rules, .scratch = gr_arena_create() };
    status = d->scratch ? map(d, ledger, path, &fits, err) : gr_fail_memory(err);
    if (status == GR_OK && !fits) {
        drop(d);
        status = make(d, ledger, path, err);
    }
    if (status == GR_OK)
        *out = d;
    else
        gr_directory_close(d);
    return status;
}

gr_status gr_directory_refresh(const gr_rules *rules, const char *path, gr_error *err)
{
    char name[NAME];
    gr_directory *d = NULL;
    gr_ledger *ledger;
    gr_status status;

    if (!print_name(name, path, "") || access(name, F_OK) != 0)
        return GR_OK; /* nobody asks before gifts of this ledger */
    status = gr_ledger_open_reading(path, &ledger, err);
    if (status == GR_OK) {
        status = gr_directory_open(rules, ledger, path, &d, err);
        gr_ledger_close(ledger);
    }
    gr_directory_close(d);
    return status;
}
