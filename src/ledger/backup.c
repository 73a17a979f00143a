/* src/ledger/backup.c - a copy of the ledger by SQLite's backup, which waits for nobody and is as of one moment: under
 * another name first, then renamed, so that an older copy stays until the new one is whole. */
#include "base/os.h"
#include "ledger/store.h"

static gr_status copy_pages(gr_ledger *ledger, sqlite3 *to, gr_place at, gr_error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", ledger->db, "main");
    int code;

    if (!backup)
        return gr_fail(err, GR_EIO, at, "name another file", "the copy cannot be written: %s",
                       sqlite3_errmsg(to));
    sqlite3_backup_step(backup, -1);
    code = sqlite3_backup_finish(backup);
    if (code == SQLITE_OK)
        return GR_OK;
    if (code == SQLITE_NOMEM)
        return gr_fail_memory(err);
    if ((code & 0xff) == SQLITE_FULL)
        return gr_fail(err, GR_EFULL, at, "make room on the device",
                       "no room is left for the copy");
    if ((code & 0xff) == SQLITE_BUSY)
        return gr_fail(err, GR_EBUSY, at, "wait until it is done, then run again",
                       "the ledger is in use by another process");
    return gr_fail(err, GR_EIO, at, "check the device", "the ledger cannot be copied: %s",
                   sqlite3_errstr(code));
}

/* The copy is one file: what a log would hold beside it is in it. */
static gr_status write_copy(gr_ledger *ledger, const char *part, gr_place at, gr_error *err)
{
    sqlite3 *to = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    gr_status status = GR_OK;

    if (sqlite3_open_v2(part, &to, flags, NULL) != SQLITE_OK)
        status = to ? gr_fail(err, GR_EIO, at, "check the name, and the permissions of the folder",
                              "the copy cannot be written: %s", sqlite3_errmsg(to))
                    : gr_fail_memory(err);
    if (status == GR_OK)
        status = copy_pages(ledger, to, at, err);
    if (status == GR_OK &&
        sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
        status = gr_fail(err, GR_EIO, at, "check the device", "the copy cannot be written: %s",
                         sqlite3_errmsg(to));
    sqlite3_close(to);
    return status;
}

gr_status gr_ledger_backup(gr_ledger *ledger, const char *path, gr_error *err)
{
    gr_place at = { path, 0, 0 };
    gr_text part = gr_arena_print(ledger->arena, "%s.part", path);
    gr_status status;

    if (!part.ptr)
        return gr_fail_memory(err);
    gr_os_remove(part.ptr); /* of a copy that was cut off */
    status = write_copy(ledger, part.ptr, at, err);
    if (status == GR_OK && gr_os_rename(part.ptr, path) != 0)
        status = gr_fail_io(err, path, "write");
    if (status != GR_OK)
        gr_os_remove(part.ptr);
    return status;
}
