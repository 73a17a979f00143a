/* src/ingest/inputs.c - files, folders and standard input. Folders are not searched further down:
 * what a scheduler drops lies in one. */
#include "ingest/inputs.h"

#include "base/bounds.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static gr_status add_input(gr_ingest *ingest, gr_list *inputs, const char *path,
                           const gr_error *error, gr_error *err)
{
    gr_text kept = gr_arena_copy(ingest->arena, gr_text_of(path));
    gr_input *input = gr_list_add(inputs);

    if (!kept.ptr || !input)
        return gr_fail_memory(err);
    if (inputs->count > GR_MAX_INPUTS)
        return gr_fail(err, GR_ELIMIT, GR_NOWHERE, "give them in several runs",
                       "more than %d inputs in one run", GR_MAX_INPUTS);
    input->path = kept.ptr;
    if (error) {
        input->error = gr_arena_alloc(ingest->arena, sizeof *error);
        if (!input->error)
            return gr_fail_memory(err);
        *input->error = *error;
    }
    return GR_OK;
}

static bool is_export(const char *name)
{
    gr_text text = gr_text_of(name);

    return gr_text_ends(text, GR_TEXT(".xml")) || gr_text_ends(text, GR_TEXT(".xml.gz"));
}

static gr_status add_note(gr_ingest *ingest, const char *folder, const char *name, gr_error *err)
{
    gr_text note = gr_arena_print(ingest->arena,
                                  "%s/%s is passed over: its name does not end in .xml or "
                                  ".xml.gz",
                                  folder, name);

    return note.ptr && gr_list_push(&ingest->notes, &note) ? GR_OK : gr_fail_memory(err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gr_status list_names(gr_arena *arena, DIR *folder, gr_list *names, gr_error *err)
{
    for (struct dirent *entry; (entry = readdir(folder));) {
        gr_text name;

        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        name = gr_arena_copy(arena, gr_text_of(entry->d_name));
        if (!name.ptr || !gr_list_push(names, &name.ptr))
            return gr_fail_memory(err);
    }
    if (names->count > 1)
        qsort(names->items, names->count, sizeof(char *), by_name);
    return GR_OK;
}

static gr_status add_named(gr_ingest *ingest, const char *path, const gr_list *names,
                           gr_list *inputs, gr_error *err)
{
    size_t slash = strlen(path) > 0 && path[strlen(path) - 1] == '/';
    size_t before = inputs->count;
    gr_status status = GR_OK;
    gr_error none;

    for (size_t i = 0; i < names->count && status == GR_OK; i++) {
        const char *name = *GR_AT(*names, char *, i);
        gr_text full = gr_arena_print(ingest->arena, "%s%s%s", path, slash ? "" : "/", name);

        if (!full.ptr)
            return gr_fail_memory(err);
        status = is_export(name) ? add_input(ingest, inputs, full.ptr, NULL, err)
                                 : add_note(ingest, path, name, err);
    }
    if (status != GR_OK || inputs->count > before)
        return status;
    gr_fail(&none, GR_EINPUT, (gr_place){ path, 0, 0 },
            "name a folder with *.xml or *.xml.gz files", "there is no export in this folder");
    return add_input(ingest, inputs, path, &none, err);
}

static gr_status add_folder(gr_ingest *ingest, const char *path, gr_list *inputs, gr_error *err)
{
    gr_list names = GR_LIST(char *);
    DIR *folder = opendir(path);
    gr_status status;
    gr_error why;

    if (!folder) {
        gr_fail_io(&why, path, "open this folder");
        return add_input(ingest, inputs, path, &why, err);
    }
    status = list_names(ingest->arena, folder, &names, err);
    closedir(folder);
    if (status == GR_OK)
        status = add_named(ingest, path, &names, inputs, err);
    gr_list_free(&names);
    return status;
}

gr_status gr_inputs_find(gr_ingest *ingest, const char *const *names, size_t count, gr_list *inputs,
                         gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; i < count && status == GR_OK; i++) {
        struct stat about;
        gr_error why;

        if (strcmp(names[i], "-") == 0) {
            status = add_input(ingest, inputs, names[i], NULL, err);
        } else if (stat(names[i], &about) != 0) {
            gr_fail_io(&why, names[i], "open");
            status = add_input(ingest, inputs, names[i], &why, err);
        } else if (S_ISDIR(about.st_mode)) {
            status = add_folder(ingest, names[i], inputs, err);
        } else {
            status = add_input(ingest, inputs, names[i], NULL, err);
        }
    }
    return status;
}
