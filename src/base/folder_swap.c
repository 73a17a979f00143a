/* src/base/folder_swap.c - a folder that is written and synced takes the place of what is there. Where the system can
 * exchange two names at one instant (Linux, most file systems) there is always a whole folder at the place; elsewhere
 * there is none for the time between two renames, and who is killed there finds the old one as PATH.PID.old. */
#include "base/folder_inside.h"

#include "base/os.h"

#include <errno.h>
#include <unistd.h>

static int sync_above(const gr_folder *folder)
{
    int fd = gr_os_open_folder(folder->above);
    int result, number;

    if (fd < 0)
        return -1;
    result = gr_os_sync(fd);
    number = errno;
    gr_os_close(fd);
    errno = number;
    return result != 0 && number != EINVAL ? -1 : 0;
}

/* What cannot be made to last is taken back: then the old one is whole, and the new one is not told to be there. */
static gr_status place_new(gr_folder *folder, gr_error *err)
{
    if (gr_os_move(folder->part, folder->path) != 0)
        return gr_fail_io(err, folder->shown, "write");
    if (sync_above(folder) == 0)
        return GR_OK;
    gr_fail_io(err, folder->shown, "write");
    gr_os_move(folder->path, folder->part);
    return err->status;
}

static gr_status exchange(gr_folder *folder, gr_error *err)
{
    if (sync_above(folder) == 0)
        return GR_OK;
    gr_fail_io(err, folder->shown, "write");
    if (gr_os_exchange(folder->part, folder->path) != 0)
        folder->part = NULL; /* the old one is there now: nothing of it is removed */
    return err->status;
}

static gr_status rename_twice(gr_folder *folder, const char *aside, gr_error *err)
{
    gr_status status;

    if (gr_os_move(folder->path, aside) != 0)
        return gr_fail_io(err, folder->shown, "write");
    status = place_new(folder, err);
    if (status != GR_OK)
        gr_os_move(aside, folder->path);
    return status;
}

static gr_status replace(gr_folder *folder, const char **old, gr_error *err)
{
    gr_text aside = gr_arena_print(folder->arena, "%s.%ld.old", folder->path, (long)getpid());

    if (!aside.ptr)
        return gr_fail_memory(err);
    *old = folder->part;
    if (gr_os_exchange(folder->part, folder->path) == 0)
        return exchange(folder, err);
    if (errno != ENOSYS)
        return gr_fail_io(err, folder->shown, "write");
    *old = aside.ptr;
    return rename_twice(folder, aside.ptr, err);
}

gr_status gr_folder_swap(gr_folder *folder, gr_error *err)
{
    const char *old = NULL;
    bool is_there;
    gr_status status = gr_folder_check_old(folder, &is_there, err);

    if (status == GR_OK)
        status = is_there ? replace(folder, &old, err) : place_new(folder, err);
    if (status != GR_OK)
        return status;
    folder->part = NULL;
    return old ? gr_folder_remove_old(folder, old, err) : GR_OK;
}
