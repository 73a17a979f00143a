/* src/base/folder_old.c - what is at the place of a new folder, and whether it may go: an empty folder, or one that holds
 * nothing but what its own list of digests names, the folders of those names, and what belongs to such a list. */
#include "base/folder_inside.h"

#include "base/os.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the list ---- */

typedef struct old_list {
    char *bytes; /* with a final NUL in place of each line's end */
    gr_list names;
} old_list;

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Lines of sha256sum: 64 digits, a space, a space or an asterisk, a name. Others name nothing. */
static bool split(old_list *list)
{
    char *line = list->bytes;

    while (*line) {
        char *end = line + strcspn(line, "\n");
        const char *name = line + 66;
        bool is_last = *end == '\0';

        *end = '\0';
        if (end > name && line[64] == ' ' && strspn(line, "0123456789abcdef") == 64 &&
            !gr_list_push(&list->names, &name))
            return false;
        if (is_last)
            break;
        line = end + 1;
    }
    if (list->names.count > 0) /* qsort takes no NULL */
        qsort(list->names.items, list->names.count, sizeof(const char *), by_text);
    return true;
}

/* Doubling: who lists a million files may. */
static gr_status read_bytes(int fd, const gr_folder *folder, char **bytes, gr_error *err)
{
    size_t room = 0, used = 0;
    ssize_t got = 1;

    while (got > 0) {
        if (used + 1 >= room) {
            size_t more = room ? 2 * room : 16384;
            char *moved = more <= GR_FOLDER_OLD_LIST ? gr_os_resize(*bytes, more) : NULL;

            if (!moved)
                return gr_fail_memory(err);
            *bytes = moved;
            room = more;
        }
        got = gr_os_read(fd, *bytes + used, room - used - 1);
        used += got > 0 ? (size_t)got : 0;
    }
    (*bytes)[used] = '\0';
    return got < 0 ? gr_fail_io(err, folder->shown, "read") : GR_OK;
}

/* No list is no failure: then nothing is known. */
static gr_status load_list(const gr_folder *folder, const char *at, old_list *list, gr_error *err)
{
    char name[GR_FOLDER_PATH];
    gr_status status;
    int fd;

    snprintf(name, sizeof name, "%s/" GR_FOLDER_LIST, at);
    fd = gr_os_open(name);
    if (fd < 0)
        return errno == ENOENT ? GR_OK : gr_fail_io(err, folder->shown, "read");
    status = read_bytes(fd, folder, &list->bytes, err);
    gr_os_close(fd);
    if (status == GR_OK && !split(list))
        status = gr_fail_memory(err);
    return status;
}

/* The first name that is not before this one. */
static const char *not_before(const old_list *list, const char *name)
{
    size_t low = 0, high = list->names.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(*GR_AT(list->names, const char *, middle), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->names.count ? *GR_AT(list->names, const char *, low) : NULL;
}

static bool is_listed(const old_list *list, const char *name, gr_os_kind kind)
{
    char within[GR_FOLDER_NAME + 2];
    const char *found;

    if (kind == GR_OS_FILE) {
        found = not_before(list, name);
        return gr_folder_is_companion(name) || (found && strcmp(found, name) == 0);
    }
    snprintf(within, sizeof within, "%s/", name);
    found = not_before(list, within);
    return kind == GR_OS_FOLDER && found && strncmp(found, within, strlen(within)) == 0;
}

/* ---- all that is there ---- */

/* A walk through a folder. What is within a folder is collected first, so that it may be removed. */
typedef struct walk {
    const gr_folder *folder;
    const char *at; /* the folder */
    const old_list *list;
    gr_arena *arena;
    gr_list names;       /* walk_name, those within after what holds them */
    const char *within;  /* the folder whose names come; "" the outermost */
    const char *foreign; /* the first by name that the list does not have */
    bool has_memory;
} walk;

typedef struct walk_name {
    const char *name;
    gr_os_kind kind;
} walk_name;

static bool meet(void *context, const char *name, gr_os_kind kind)
{
    walk *w = context;
    const char *slash = *w->within ? "/" : "";
    gr_text whole = gr_arena_print(w->arena, "%s%s%s", w->within, slash, name);
    walk_name found = { whole.ptr, kind };

    w->has_memory = whole.ptr && gr_list_push(&w->names, &found);
    if (w->has_memory && (whole.len >= GR_FOLDER_NAME || !is_listed(w->list, whole.ptr, kind)) &&
        (!w->foreign || strcmp(whole.ptr, w->foreign) < 0))
        w->foreign = whole.ptr;
    return w->has_memory;
}

static gr_status list_within(walk *w, const char *within, gr_error *err)
{
    char name[GR_FOLDER_PATH];

    w->within = within;
    if (snprintf(name, sizeof name, "%s/%s", w->at, within) >= (int)sizeof name) {
        errno = ENAMETOOLONG;
        return gr_fail_io(err, w->folder->shown, "read");
    }
    if (gr_os_list(name, meet, w) != 0)
        return gr_fail_io(err, w->folder->shown, "read");
    return w->has_memory ? GR_OK : gr_fail_memory(err);
}

/* Ends at the first folder that has something foreign. */
static gr_status walk_all(walk *w, gr_error *err)
{
    gr_status status = list_within(w, "", err);

    for (size_t i = 0; i < w->names.count && status == GR_OK && !w->foreign; i++)
        if (GR_AT(w->names, walk_name, i)->kind == GR_OS_FOLDER)
            status = list_within(w, GR_AT(w->names, walk_name, i)->name, err);
    return status;
}

static gr_status look(const gr_folder *folder, const char *at, walk *w, old_list *list,
                      gr_error *err)
{
    gr_status status;

    list->names = GR_LIST(const char *);
    *w = (walk){ folder, at, list, gr_arena_create(), GR_LIST(walk_name), "", NULL, true };
    status = w->arena ? load_list(folder, at, list, err) : gr_fail_memory(err);
    if (status == GR_OK)
        status = walk_all(w, err);
    return status;
}

static void look_free(walk *w, old_list *list)
{
    gr_list_free(&w->names);
    gr_arena_free(w->arena);
    gr_list_free(&list->names);
    gr_os_free(list->bytes);
}

gr_status gr_folder_check_old(const gr_folder *folder, bool *is_there, gr_error *err)
{
    old_list list = { 0 };
    walk w;
    gr_status status;

    *is_there = false;
    if (gr_os_folder_mode(folder->path) < 0) {
        if (errno == ENOENT)
            return GR_OK;
        if (errno == ENOTDIR)
            return gr_fail(err, GR_EUSAGE, (gr_place){ folder->shown, 0, 0 },
                           "name a folder, or remove the file", "a file is there already");
        return gr_fail_io(err, folder->shown, "write");
    }
    status = look(folder, folder->path, &w, &list, err);
    *is_there = w.names.count > 0;
    if (status == GR_OK && w.foreign)
        status = gr_fail(err, GR_EUSAGE, (gr_place){ folder->shown, 0, 0 },
                         "name a new folder, or take out what you want to keep",
                         "this folder holds '%.100s', which its " GR_FOLDER_LIST " does not list",
                         w.foreign);
    look_free(&w, &list);
    return status;
}

/* ---- away with it ---- */

static bool remove_all(const walk *w)
{
    char name[GR_FOLDER_PATH];
    bool good = true;

    for (size_t i = w->names.count; i-- > 0;) {
        const walk_name *found = GR_AT(w->names, walk_name, i);

        snprintf(name, sizeof name, "%s/%s", w->at, found->name);
        if (found->kind == GR_OS_FOLDER)
            good = gr_os_remove_folder(name) == 0 && good;
        else
            good = gr_os_remove(name) == 0 && good;
    }
    return gr_os_remove_folder(w->at) == 0 && good;
}

gr_status gr_folder_remove_old(const gr_folder *folder, const char *at, gr_error *err)
{
    old_list list = { 0 };
    walk w;
    gr_status status = look(folder, at, &w, &list, err);

    if (status != GR_OK || w.foreign || !remove_all(&w))
        status = gr_fail(err, GR_EIO, (gr_place){ at, 0, 0 }, "look into it, and remove it",
                         "the new folder is in its place, but the old one cannot be removed");
    look_free(&w, &list);
    return status;
}
