/* src/app/plain_files.c - see plain_files.h. */
#include "app/plain_files.h"

#include <string.h>
#include <unistd.h>

#include "base/os.h"
#include "rulefile/rulefile.h"

static const struct {
    const char *folder, *suffix;
} places[] = {
    { ".", ".xml" }, { "formats", ".xml" }, { "scenarios", ".xml" }, { "schema", ".xsd" }
};

static bool has_prose(gr_text name)
{
    return gr_text_is(name, "policy.xml") || gr_text_is(name, "detection.xml");
}

static gr_status digest_file(const char *path, char out[GR_DIGEST_HEX], gr_error *err)
{
    char bytes[16384];
    gr_digest digest;
    int fd = gr_os_open(path);
    ssize_t got;

    if (fd < 0)
        return gr_fail_io(err, path, "open");
    gr_digest_start(&digest);
    while ((got = gr_os_read(fd, bytes, sizeof bytes)) > 0)
        gr_digest_add(&digest, bytes, (size_t)got);
    if (got < 0)
        gr_fail_io(err, path, "read");
    gr_os_close(fd);
    gr_digest_end(&digest, out);
    return got < 0 ? err->status : GR_OK;
}

static gr_status add_file(gr_text path, size_t dir_length, gr_list *files, gr_error *err)
{
    gr_plain_file file = { .name = gr_text_slice(path, dir_length + 1, path.len) };
    gr_status status;

    if (gr_text_starts(file.name, GR_TEXT("./")))
        file.name = gr_text_slice(file.name, 2, file.name.len);
    if (has_prose(file.name))
        return GR_OK;
    status = digest_file(path.ptr, file.sha256, err);
    if (status == GR_OK && !gr_list_push(files, &file))
        status = gr_fail_memory(err);
    return status;
}

static gr_status add_place(const char *dir, size_t place, gr_arena *arena, gr_list *files,
                           gr_error *err)
{
    gr_list paths = GR_LIST(gr_text);
    gr_text folder = gr_arena_print(arena, "%s/%s", dir, places[place].folder);
    gr_status status = folder.ptr ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK && access(folder.ptr, F_OK) == 0) /* not every folder has scenarios */
        status = gr_rulefile_list(folder.ptr, places[place].suffix, arena, &paths, err);
    for (size_t i = 0; i < paths.count && status == GR_OK; i++)
        status = add_file(*GR_AT(paths, gr_text, i), strlen(dir), files, err);
    gr_list_free(&paths);
    return status;
}

gr_status gr_plain_files_read(const char *dir, gr_arena *arena, gr_list *files, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; i < GR_COUNT(places) && status == GR_OK; i++)
        status = add_place(dir, i, arena, files, err);
    return status;
}
