/* tests/fault/disk.c - the VFS behind disk.h. What it promises SQLite is what power.c keeps: writes that leave the
 * bytes beside them alone, as today's disks do, or else nothing. */
#include "disk.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

typedef struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
    size_t inode;     /* of power.c */
    bool is_modelled; /* it outlives the connection, and the power may be lost */
} shim_file;

typedef int (*open_directory)(const char *path, int *fd);

static sqlite3_vfs *system_vfs, shim;
static open_directory system_open_directory;
static disk_fault plan; /* calls 0: nothing will happen */
static size_t counted;
static int last_errno;
static uint64_t entropy; /* runs can be repeated: names of logs and journals are not by chance */

/* ---- the fault ---- */

static bool is_struck(disk_call call)
{
    if (!(plan.calls >> call & 1))
        return false;
    counted++;
    return counted == plan.n || (counted > plan.n && plan.lasts);
}

static int strike(void)
{
    if (plan.end == DISK_LOSES_POWER)
        power_off(plan.loss, plan.seed);
    if (plan.end != DISK_FAILS)
        raise(SIGKILL);
    last_errno = plan.number;
    return plan.code;
}

static int check(disk_call call)
{
    return is_struck(call) ? strike() : SQLITE_OK;
}

static bool has_model(void)
{
    return plan.calls && plan.end == DISK_LOSES_POWER;
}

/* ---- files ---- */

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((shim_file *)file)->real;
}

static int on_close(sqlite3_file *file)
{
    return real_of(file)->pMethods ? real_of(file)->pMethods->xClose(real_of(file)) : SQLITE_OK;
}

static int on_read(sqlite3_file *file, void *into, int count, sqlite3_int64 at)
{
    int code = check(DISK_READ);

    return code ? code : real_of(file)->pMethods->xRead(real_of(file), into, count, at);
}

static int write_through(sqlite3_file *file, const void *from, int count, sqlite3_int64 at)
{
    shim_file *f = (shim_file *)file;
    int code = f->real->pMethods->xWrite(f->real, from, count, at);

    if (code == SQLITE_OK && f->is_modelled)
        power_write(f->inode, from, (size_t)count, at);
    return code;
}

static int on_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 at)
{
    if (!is_struck(DISK_WRITE))
        return write_through(file, from, count, at);
    if (plan.in_the_middle)
        write_through(file, from, count / 2, at);
    return strike();
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    shim_file *f = (shim_file *)file;
    int code = check(DISK_TRUNCATE);

    if (code == SQLITE_OK)
        code = f->real->pMethods->xTruncate(f->real, size);
    if (code == SQLITE_OK && f->is_modelled)
        power_truncate(f->inode, size);
    return code;
}

static int on_sync(sqlite3_file *file, int flags)
{
    shim_file *f = (shim_file *)file;
    int code = check(DISK_SYNC);

    if (code == SQLITE_OK && f->is_modelled && !plan.lies)
        power_sync(f->inode);
    if (code != SQLITE_OK || !(plan.calls >> DISK_SYNC_FOLDER & 1))
        return code;                                 /* the power will not be lost in earnest */
    return f->real->pMethods->xSync(f->real, flags); /* of the folder too, where that is due */
}

static int on_size(sqlite3_file *file, sqlite3_int64 *size)
{
    int code = check(DISK_SIZE);

    return code ? code : real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int on_lock(sqlite3_file *file, int lock)
{
    int code = check(DISK_LOCK);

    return code ? code : real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int on_unlock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int on_check_lock(sqlite3_file *file, int *is_locked)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is_locked);
}

static int on_control(sqlite3_file *file, int what, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int on_sector_size(sqlite3_file *file)
{
    if (has_model() && plan.loss == POWER_GARBLES)
        return POWER_SECTOR;
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int on_characteristics(sqlite3_file *file)
{
    if (has_model() && plan.loss == POWER_GARBLES)
        return 0;
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file)) &
           (SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN);
}

static int on_share(sqlite3_file *file, int part, int size, int extend, void volatile **out)
{
    int code = check(DISK_SHARE);

    return code ? code : real_of(file)->pMethods->xShmMap(real_of(file), part, size, extend, out);
}

static int on_share_lock(sqlite3_file *file, int first, int count, int flags)
{
    int code = flags & SQLITE_SHM_LOCK ? check(DISK_LOCK) : SQLITE_OK;

    return code ? code : real_of(file)->pMethods->xShmLock(real_of(file), first, count, flags);
}

static void on_share_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int on_unshare(sqlite3_file *file, int removes)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), removes);
}

/* Of version 2: without xFetch nothing is written but through xWrite. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_size,
    .xLock = on_lock,
    .xUnlock = on_unlock,
    .xCheckReservedLock = on_check_lock,
    .xFileControl = on_control,
    .xSectorSize = on_sector_size,
    .xDeviceCharacteristics = on_characteristics,
    .xShmMap = on_share,
    .xShmLock = on_share_lock,
    .xShmBarrier = on_share_barrier,
    .xShmUnmap = on_unshare,
};

/* ---- the folder ---- */

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *given)
{
    shim_file *f = (shim_file *)file;
    int code = check(DISK_OPEN);
    bool is_new = name && access(name, F_OK) != 0;

    (void)vfs;
    *f = (shim_file){ .real = (sqlite3_file *)(f + 1) };
    f->real->pMethods = NULL;
    if (code == SQLITE_OK)
        code = system_vfs->xOpen(system_vfs, name, f->real, flags, given);
    if (f->real->pMethods)
        f->base.pMethods = &methods;
    f->is_modelled =
        code == SQLITE_OK && name && has_model() && !(flags & SQLITE_OPEN_DELETEONCLOSE);
    if (f->is_modelled)
        f->inode = power_open(name, is_new);
    return code;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    int code = check(DISK_DELETE);

    (void)vfs;
    if (code == SQLITE_OK && has_model())
        power_remove(name);
    return code ? code : system_vfs->xDelete(system_vfs, name, sync_folder);
}

static int on_access(sqlite3_vfs *vfs, const char *name, int what, int *is_so)
{
    int code = check(DISK_ACCESS);

    (void)vfs;
    return code ? code : system_vfs->xAccess(system_vfs, name, what, is_so);
}

/* SQLite's own VFS opens a folder for nothing but to sync it, and so tells us when it does. */
static int on_open_directory(const char *path, int *fd)
{
    if (is_struck(DISK_SYNC_FOLDER)) {
        strike();
        return SQLITE_CANTOPEN;
    }
    if (has_model() && !plan.lies)
        power_sync_folder();
    return system_open_directory(path, fd);
}

static int on_randomness(sqlite3_vfs *vfs, int count, char *out)
{
    (void)vfs;
    for (int i = 0; i < count; i++)
        out[i] = (char)power_random(&entropy);
    return count;
}

static int on_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return microseconds; /* nobody else is there to be waited for */
}

static int on_last_error(sqlite3_vfs *vfs, int size, char *text)
{
    (void)vfs;
    (void)size;
    (void)text;
    return last_errno;
}

void disk_register(void)
{
    system_vfs = sqlite3_vfs_find(NULL);
    shim = *system_vfs;
    shim.pNext = NULL;
    shim.zName = "disk";
    shim.szOsFile = (int)sizeof(shim_file) + system_vfs->szOsFile;
    shim.xOpen = on_open;
    shim.xDelete = on_delete;
    shim.xAccess = on_access;
    shim.xRandomness = on_randomness;
    shim.xSleep = on_sleep;
    shim.xGetLastError = on_last_error;
    system_open_directory = (open_directory)system_vfs->xGetSystemCall(system_vfs, "openDirectory");
    if (!system_open_directory ||
        system_vfs->xSetSystemCall(system_vfs, "openDirectory",
                                   (sqlite3_syscall_ptr)on_open_directory) != SQLITE_OK ||
        sqlite3_vfs_register(&shim, 1) != SQLITE_OK)
        abort();
}

const char *disk_plain(void)
{
    return system_vfs ? system_vfs->zName : NULL;
}

void disk_set(const disk_fault *fault)
{
    plan = *fault;
    counted = 0;
    last_errno = 0;
    entropy = fault->seed ^ fault->n;
    sqlite3_randomness(0, NULL); /* begins anew, from entropy */
}

void disk_clear(void)
{
    plan = (disk_fault){ 0 };
    counted = 0;
    entropy = UINT64_MAX;
    sqlite3_randomness(0, NULL);
}

bool disk_met(void)
{
    return plan.calls && counted >= plan.n;
}

void disk_cut_off(int status)
{
    power_off(plan.loss, plan.seed);
    _exit(status);
}
