/* src/base/folder.c - see folder.h. Files are written into PATH.PID.part; folder_old.c looks at what is at PATH, and
 * folder_swap.c puts the new one in its place. Whatever fails, or kills the program, leaves PATH as it was or wholly new;
 * who is killed leaves PATH.PID.part behind, and nothing else.
 *
 * All is on the disk before the swap. Syncing each of 5000 files costs 2 to 4 s, syncing their file system once 0.2 s;
 * it makes others wait who write there much, so that a few files are synced one by one. */
#include "base/folder_inside.h"

#include "base/os.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gr_status fail(const gr_folder *folder, gr_error *err)
{
    return gr_fail_io(err, folder->shown, "write");
}

/* ---- begin ---- */

static gr_status fail_name(const char *path, const char *hint, gr_error *err)
{
    return gr_fail(err, GR_EUSAGE, (gr_place){ path, 0, 0 }, hint, "this cannot be replaced");
}

/* Where it is wanted: without slashes at the end; if it is a link, where that leads. */
static gr_status settle_path(gr_folder *folder, gr_error *err)
{
    char name[GR_FOLDER_PATH], real[PATH_MAX];
    const char *last;
    size_t n = strlen(folder->shown);

    if (n == 0 || n >= sizeof name - 32)
        return fail_name(folder->shown, "name a folder", err);
    memcpy(name, folder->shown, n + 1);
    while (n > 1 && name[n - 1] == '/')
        name[--n] = '\0';
    last = strrchr(name, '/');
    last = last ? last + 1 : name;
    if (!*last || strcmp(last, ".") == 0 || strcmp(last, "..") == 0)
        return fail_name(folder->shown, "name a folder within another one", err);
    folder->path =
        gr_arena_copy(folder->arena, gr_text_of(gr_os_real(name, real) ? real : name)).ptr;
    return folder->path ? GR_OK : gr_fail_memory(err);
}

static gr_status name_others(gr_folder *folder, gr_error *err)
{
    char name[GR_FOLDER_PATH];

    snprintf(name, sizeof name, "%s", folder->path);
    folder->above = gr_arena_copy(folder->arena, gr_text_of(dirname(name))).ptr;
    folder->part = gr_arena_print(folder->arena, "%s.%ld.part", folder->path, (long)getpid()).ptr;
    return folder->above && folder->part ? GR_OK : gr_fail_memory(err);
}

static gr_status begin(gr_folder *folder, gr_error *err)
{
    bool is_there;
    gr_status status = settle_path(folder, err);

    if (status == GR_OK)
        status = name_others(folder, err);
    if (status == GR_OK)
        status = gr_folder_check_old(folder, &is_there, err);
    if (status != GR_OK)
        return status;
    /* who may read the old one may read the new one, and nobody else */
    if (gr_os_make_folder(folder->part, gr_os_folder_mode(folder->path)) != 0)
        return errno == EEXIST ? gr_fail_io(err, folder->part, "make this folder")
                               : fail(folder, err);
    folder->mark = gr_os_open_folder(folder->part);
    if (folder->mark < 0) {
        fail(folder, err);
        gr_os_remove_folder(folder->part);
    }
    return folder->mark < 0 ? err->status : GR_OK;
}

gr_status gr_folder_create(const char *path, gr_folder **out, gr_error *err)
{
    gr_arena *arena = gr_arena_create();
    gr_folder *folder = arena ? gr_arena_zero(arena, sizeof *folder) : NULL;
    gr_status status;

    if (!folder) {
        gr_arena_free(arena);
        return gr_fail_memory(err);
    }
    folder->arena = arena;
    folder->mark = folder->fd = -1;
    folder->files = GR_LIST(gr_folder_file);
    folder->folders = GR_LIST(const char *);
    folder->shown = gr_arena_copy(arena, gr_text_of(path)).ptr;
    status = folder->shown ? begin(folder, err) : gr_fail_memory(err);
    if (status == GR_OK)
        *out = folder;
    else
        gr_folder_free(folder);
    return status;
}

/* ---- names ---- */

bool gr_folder_is_companion(const char *name)
{
    return strcmp(name, GR_FOLDER_LIST) == 0 || strcmp(name, GR_FOLDER_SIGNATURE) == 0 ||
           strcmp(name, GR_FOLDER_KEY) == 0;
}

/* Control characters and backslashes would have to be written in another way in the list. */
static bool is_plain(const char *name)
{
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f || *c == '\\')
            return false;
    return true;
}

static bool is_good_name(const char *name)
{
    const char *piece = name;

    if (strlen(name) >= GR_FOLDER_NAME || !is_plain(name))
        return false;
    for (;;) {
        size_t n = strcspn(piece, "/");

        if (n == 0 || n > GR_FOLDER_PIECE || (n <= 2 && strncmp(piece, "..", n) == 0))
            return false;
        if (!piece[n])
            return true;
        piece += n + 1;
    }
}

static gr_status name_at(gr_folder *folder, const char *name, gr_error *err)
{
    if (snprintf(folder->at, sizeof folder->at, "%s/%s", folder->part, name) <
        (int)sizeof folder->at)
        return GR_OK;
    errno = ENAMETOOLONG;
    return fail(folder, err);
}

static gr_status make_within(gr_folder *folder, const char *name, gr_error *err)
{
    const char *copy;
    gr_status status = name_at(folder, name, err);

    if (status != GR_OK)
        return status;
    if (gr_os_make_folder(folder->at, -1) != 0)
        return errno == EEXIST ? GR_OK : fail(folder, err); /* all that is there is ours */
    copy = gr_arena_copy(folder->arena, gr_text_of(name)).ptr;
    if (!copy || !gr_list_push(&folder->folders, &copy)) {
        gr_os_remove_folder(folder->at);
        return gr_fail_memory(err);
    }
    return GR_OK;
}

static bool is_made(const gr_folder *folder, const char *name)
{
    size_t n = folder->folders.count;

    return n > 0 && strcmp(*GR_AT(folder->folders, const char *, n - 1), name) == 0;
}

/* Checks the name, and makes the folders that it names; leaves the whole name in ->at. */
static gr_status prepare(gr_folder *folder, const char *name, gr_error *err)
{
    char within[GR_FOLDER_NAME];
    gr_status status = GR_OK;

    if (folder->name)
        return gr_fail(err, GR_EBUG, (gr_place){ folder->shown, 0, 0 }, "",
                       "two files are written at a time");
    if (!is_good_name(name) || gr_folder_is_companion(name))
        return gr_fail(err, GR_EUSAGE, (gr_place){ folder->shown, 0, 0 }, "",
                       "'%.100s' cannot be the name of a file in a folder", name);
    for (const char *slash = strchr(name, '/'); slash && status == GR_OK;
         slash = strchr(slash + 1, '/')) {
        memcpy(within, name, (size_t)(slash - name));
        within[slash - name] = '\0';
        if (!is_made(folder, within))
            status = make_within(folder, within, err);
    }
    return status == GR_OK ? name_at(folder, name, err) : status;
}

/* ---- files ---- */

/* From now on the file is removed with the folder. */
static gr_folder_file *enlist(gr_folder *folder, const char *name)
{
    const char *copy = gr_arena_copy(folder->arena, gr_text_of(name)).ptr;
    gr_folder_file *file = copy ? gr_list_add(&folder->files) : NULL;

    if (file)
        file->name = copy;
    return file;
}

static bool take(void *context, const char *bytes, size_t length)
{
    gr_folder *folder = context;

    gr_digest_add(&folder->digest, bytes, length);
    if (gr_os_write(folder->fd, bytes, length) >= 0)
        return true;
    folder->failed = errno;
    return false;
}

static gr_status start(gr_folder *folder, const char *name, gr_error *err)
{
    const gr_folder_file *file = enlist(folder, name);

    if (!file)
        return gr_fail_memory(err);
    folder->fd = gr_os_create(folder->at);
    if (folder->fd < 0) {
        fail(folder, err);
        gr_list_cut(&folder->files, folder->files.count - 1);
        return err->status;
    }
    folder->name = file->name;
    folder->failed = 0;
    gr_digest_start(&folder->digest);
    gr_writer_open(&folder->writer, take, folder);
    return GR_OK;
}

gr_status gr_folder_start_file(gr_folder *folder, const char *name, gr_writer **writer,
                               gr_error *err)
{
    gr_status status = prepare(folder, name, err);

    if (status == GR_OK)
        status = start(folder, name, err);
    if (status == GR_OK)
        *writer = &folder->writer;
    return status;
}

gr_status gr_folder_end_file(gr_folder *folder, gr_error *err)
{
    gr_folder_file *file = GR_AT(folder->files, gr_folder_file, folder->files.count - 1);
    bool good = gr_writer_close(&folder->writer);
    int fd = folder->fd;

    gr_digest_end(&folder->digest, file->sha256);
    folder->name = NULL;
    folder->fd = -1;
    if (gr_os_close(fd) == 0 && good)
        return GR_OK;
    errno = folder->failed ? folder->failed : errno;
    return fail(folder, err);
}

gr_status gr_folder_path_of(gr_folder *folder, const char *name, const char **path, gr_error *err)
{
    gr_status status = prepare(folder, name, err);

    if (status == GR_OK && !enlist(folder, name))
        status = gr_fail_memory(err);
    if (status == GR_OK)
        *path = folder->at;
    return status;
}

gr_status gr_folder_add_file(gr_folder *folder, const char *name, gr_error *err)
{
    size_t last = folder->files.count;
    gr_folder_file *file = last ? GR_AT(folder->files, gr_folder_file, last - 1) : NULL;
    gr_status status = GR_OK;
    char bytes[16384];
    ssize_t got;
    int fd;

    if (!file || strcmp(file->name, name) != 0)
        return gr_fail(err, GR_EBUG, (gr_place){ folder->shown, 0, 0 }, "",
                       "'%.100s' was not asked for", name);
    status = name_at(folder, name, err);
    if (status != GR_OK)
        return status;
    fd = gr_os_open(folder->at);
    if (fd < 0)
        return fail(folder, err);
    gr_digest_start(&folder->digest);
    while ((got = gr_os_read(fd, bytes, sizeof bytes)) > 0)
        gr_digest_add(&folder->digest, bytes, (size_t)got);
    if (got < 0)
        status = fail(folder, err);
    gr_os_close(fd);
    gr_digest_end(&folder->digest, file->sha256);
    return status;
}

size_t gr_folder_count(const gr_folder *folder)
{
    return folder->files.count;
}

/* ---- end ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const gr_folder_file *)a)->name, ((const gr_folder_file *)b)->name);
}

static gr_status write_piece(gr_folder *folder, const char *name, gr_text bytes, gr_error *err)
{
    gr_status status = name_at(folder, name, err);

    if (status == GR_OK)
        status = start(folder, name, err);
    if (status != GR_OK)
        return status;
    gr_write_text(&folder->writer, bytes);
    return gr_folder_end_file(folder, err);
}

static gr_text print_list(gr_folder *folder)
{
    size_t room = 1, used = 0;
    char *text;

    for (size_t i = 0; i < folder->files.count; i++)
        room += strlen(GR_AT(folder->files, gr_folder_file, i)->name) + GR_DIGEST_HEX + 2;
    text = gr_arena_alloc(folder->arena, room);
    for (size_t i = 0; text && i < folder->files.count; i++) {
        const gr_folder_file *file = GR_AT(folder->files, gr_folder_file, i);

        used += (size_t)snprintf(text + used, room - used, "%s  %s\n", file->sha256, file->name);
    }
    return (gr_text){ text, used };
}

static gr_status write_signature(gr_folder *folder, gr_text list, const uint8_t *seed,
                                 gr_error *err)
{
    uint8_t signature[GR_SIGNATURE], key[GR_KEY_PUBLIC];
    char pem[GR_KEY_PEM];
    gr_status status;

    gr_signature_make(list, seed, signature);
    gr_key_public(seed, key);
    gr_key_print_pem(key, pem);
    status = write_piece(folder, GR_FOLDER_SIGNATURE,
                         (gr_text){ (const char *)signature, sizeof signature }, err);
    return status == GR_OK ? write_piece(folder, GR_FOLDER_KEY, gr_text_of(pem), err) : status;
}

static gr_status sync_one(gr_folder *folder, const char *name, bool is_folder, gr_error *err)
{
    gr_status status = name_at(folder, name, err);
    int fd, result;

    if (status != GR_OK)
        return status;
    fd = is_folder ? gr_os_open_folder(folder->at) : gr_os_open(folder->at);
    if (fd < 0)
        return fail(folder, err);
    result = gr_os_sync(fd);
    if (result != 0 && !(is_folder && errno == EINVAL)) /* some cannot sync a folder */
        status = fail(folder, err);
    gr_os_close(fd);
    return status;
}

static gr_status sync_each(gr_folder *folder, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; i < folder->files.count && status == GR_OK; i++)
        status = sync_one(folder, GR_AT(folder->files, gr_folder_file, i)->name, false, err);
    for (size_t i = 0; i < folder->folders.count && status == GR_OK; i++)
        status = sync_one(folder, *GR_AT(folder->folders, const char *, i), true, err);
    return status == GR_OK ? sync_one(folder, ".", true, err) : status;
}

static gr_status sync(gr_folder *folder, gr_error *err)
{
    if (folder->files.count > GR_FOLDER_FEW) {
        if (gr_os_sync_all(folder->mark) == 0)
            return GR_OK;
        if (errno != ENOSYS)
            return fail(folder, err);
    }
    return sync_each(folder, err);
}

gr_status gr_folder_finish(gr_folder *folder, const uint8_t *seed, gr_error *err)
{
    gr_text list;
    gr_status status;

    if (folder->files.count > 0) /* qsort takes no NULL */
        qsort(folder->files.items, folder->files.count, sizeof(gr_folder_file), by_name);
    list = print_list(folder);
    if (!list.ptr)
        return gr_fail_memory(err);
    status = write_piece(folder, GR_FOLDER_LIST, list, err);
    if (status == GR_OK && seed)
        status = write_signature(folder, list, seed, err);
    if (status == GR_OK)
        status = sync(folder, err);
    return status == GR_OK ? gr_folder_swap(folder, err) : status;
}

/* The part folder, if it is not in its place. */
static void remove_part(gr_folder *folder)
{
    gr_error ignored;

    for (size_t i = 0; i < folder->files.count; i++)
        if (name_at(folder, GR_AT(folder->files, gr_folder_file, i)->name, &ignored) == GR_OK)
            gr_os_remove(folder->at);
    for (size_t i = folder->folders.count; i-- > 0;)
        if (name_at(folder, *GR_AT(folder->folders, const char *, i), &ignored) == GR_OK)
            gr_os_remove_folder(folder->at);
    gr_os_remove_folder(folder->part);
}

void gr_folder_free(gr_folder *folder)
{
    if (!folder)
        return;
    if (folder->fd >= 0)
        gr_os_close(folder->fd);
    if (folder->mark >= 0) {
        gr_os_close(folder->mark);
        if (folder->part) /* NULL: it is in its place */
            remove_part(folder);
    }
    gr_list_free(&folder->files);
    gr_list_free(&folder->folders);
    gr_arena_free(folder->arena); /* folder lives in it */
}
