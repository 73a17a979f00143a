/* src/base/folder.c - see folder.h. */
#include "base/folder.h"

gr_status gr_folder_create(const char *path, gr_folder **out, gr_error *err)
{
    (void)out;
    return gr_fail(err, GR_EUSAGE, (gr_place){ path, 0, 0 }, "", "folders are still to be written");
}

gr_status gr_folder_start_file(gr_folder *folder, const char *name, gr_writer **writer,
                               gr_error *err)
{
    (void)folder, (void)name, (void)writer, (void)err;
    return GR_EBUG;
}

gr_status gr_folder_end_file(gr_folder *folder, gr_error *err)
{
    (void)folder, (void)err;
    return GR_EBUG;
}

gr_status gr_folder_path_of(gr_folder *folder, const char *name, const char **path, gr_error *err)
{
    (void)folder, (void)name, (void)path, (void)err;
    return GR_EBUG;
}

gr_status gr_folder_add_file(gr_folder *folder, const char *name, gr_error *err)
{
    (void)folder, (void)name, (void)err;
    return GR_EBUG;
}

gr_status gr_folder_finish(gr_folder *folder, const uint8_t *seed, gr_error *err)
{
    (void)folder, (void)seed, (void)err;
    return GR_EBUG;
}

void gr_folder_free(gr_folder *folder)
{
    (void)folder;
}
