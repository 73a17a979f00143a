/* src/ledger/header.c - whose a file is, before SQLite opens it. SQLite may write to a file by opening it: it takes back
 * what a crash left, or ends a log. So we look first whether the file is ours.
 *
 * No file, or an empty one, or one that a crash left without a header, becomes a new ledger. A header that the loss of
 * power has torn is still whole in the journal or in the log beside the file, and SQLite will put it back. */
#include "base/os.h"
#include "ledger/store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
    HEADER = 100, /* bytes of a SQLite file before its first table */
    SECTOR = 512, /* a file that is torn still ends with one */
    JOURNAL_HEADER = 28,
    LOG_HEADER = 32,
    FRAME_HEADER = 24,
    AT_VERSION = 60, /* of a header: user_version, */
    AT_ID = 68       /* application_id */
};

typedef enum kept { KEPT_NOTHING, KEPT_OURS, KEPT_NEW } kept; /* new: there was no page yet */

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_blank(const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

static bool is_ours(const unsigned char *header)
{
    return memcmp(header, "SQLite format 3", 16) == 0 && big_endian(header + AT_ID) == GR_LEDGER_ID;
}

/* ---- a journal and a log ---- */

static bool get(int fd, unsigned char *into, size_t n)
{
    for (size_t done = 0; done < n;) {
        ssize_t got = gr_os_read(fd, into + done, n - done);

        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

static bool skip(int fd, size_t n)
{
    unsigned char piece[512];

    for (size_t part; n > 0; n -= part) {
        part = n < sizeof piece ? n : sizeof piece;
        if (!get(fd, piece, part))
            return false;
    }
    return true;
}

/* One of a journal's segments: a header in a sector of its own, then pages as they were, each with its number and a
 * checksum. False: there is nothing more to look for. */
static bool search_segment(int fd, kept *found)
{
    static const unsigned char magic[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
    unsigned char page[4 + GR_LEDGER_PAGE + 4];
    uint32_t count, sector;

    if (!get(fd, page, JOURNAL_HEADER) || memcmp(page, magic, sizeof magic) != 0)
        return false;
    count = big_endian(page + 8);
    sector = big_endian(page + 20);
    if (big_endian(page + 16) == 0)
        *found = KEPT_NEW;
    if (*found == KEPT_NEW || sector < SECTOR || sector > 64 * 1024 ||
        big_endian(page + 24) != GR_LEDGER_PAGE || !skip(fd, sector - JOURNAL_HEADER))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!get(fd, page, sizeof page))
            return false;
        if (big_endian(page) == 1 && is_ours(page + 4)) {
            *found = KEPT_OURS;
            return false;
        }
    }
    return skip(fd, (sector - (uint64_t)count * sizeof page % sector) % sector);
}

static kept search_journal(int fd)
{
    kept found = KEPT_NOTHING;

    while (search_segment(fd, &found))
        ;
    return found;
}

/* Pages as they shall be, each with its number. */
static kept search_log(int fd)
{
    unsigned char page[FRAME_HEADER + GR_LEDGER_PAGE];

    if (!get(fd, page, LOG_HEADER) || big_endian(page) >> 1 != 0x377f0682 >> 1 ||
        big_endian(page + 8) != GR_LEDGER_PAGE)
        return KEPT_NOTHING;
    while (get(fd, page, sizeof page))
        if (big_endian(page) == 1 && is_ours(page + FRAME_HEADER))
            return KEPT_OURS;
    return KEPT_NOTHING;
}

/* Of the file that the header is missing from. */
static kept search_beside(const char *path, const char *end, kept (*search)(int fd))
{
    char name[4096];
    kept found = KEPT_NOTHING;
    int fd = -1;

    if (snprintf(name, sizeof name, "%s%s", path, end) < (int)sizeof name)
        fd = gr_os_open(name);
    if (fd >= 0) {
        found = search(fd);
        gr_os_close(fd);
    }
    return found;
}

/* ---- the file itself ---- */

static gr_status fail_foreign(const char *path, gr_error *err)
{
    return gr_fail(err, GR_EIO, (gr_place){ path, 0, 0 }, "name another file",
                   "this file is no ledger of giftrule");
}

/* Through SQLite's own files: closing one by hand would end every lock that this process has on the ledger, and another
 * process could take away the log beside it while we write to it. */
static int read_file(sqlite3_vfs *vfs, const char *name, unsigned char header[HEADER])
{
    sqlite3_file *file = gr_os_alloc((size_t)vfs->szOsFile);
    int code, flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;

    if (!file)
        return SQLITE_NOMEM;
    memset(file, 0, (size_t)vfs->szOsFile);
    code = vfs->xOpen(vfs, name, file, flags, &flags);
    if (code == SQLITE_OK)
        code = file->pMethods->xRead(file, header, HEADER, 0);
    if (file->pMethods)
        file->pMethods->xClose(file);
    gr_os_free(file);
    return code == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : code;
}

static gr_status read_header(const char *path, unsigned char header[HEADER], gr_error *err)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    const char *name = vfs ? sqlite3_create_filename(path, "", "", 0, NULL) : NULL;
    int code = name ? read_file(vfs, name, header) : SQLITE_NOMEM;
    int number = errno;

    if (name)
        sqlite3_free_filename(name);
    if (code == SQLITE_OK)
        return GR_OK;
    if (code == SQLITE_NOMEM)
        return gr_fail_memory(err);
    errno = number;
    return gr_fail_io(err, path, code == SQLITE_CANTOPEN ? "open the ledger" : "read the ledger");
}

static gr_status check(const char *path, const unsigned char header[HEADER], off_t size,
                       bool *is_new, gr_error *err)
{
    kept found = KEPT_NOTHING;

    *is_new = is_blank(header, HEADER);
    if (*is_new)
        return GR_OK;
    if (size >= HEADER && is_ours(header)) {
        if (big_endian(header + AT_VERSION) <= GR_LEDGER_VERSION)
            return GR_OK;
        return gr_fail(err, GR_EIO, (gr_place){ path, 0, 0 }, "use the newer giftrule",
                       "this ledger is of a newer version of giftrule");
    }
    if (size % SECTOR == 0)
        found = search_beside(path, "-journal", search_journal);
    if (size % SECTOR == 0 && found == KEPT_NOTHING)
        found = search_beside(path, "-wal", search_log);
    *is_new = found == KEPT_NEW;
    return found == KEPT_NOTHING ? fail_foreign(path, err) : GR_OK;
}

/* Opening a pipe would wait for whoever writes to it. */
gr_status gr_header_check(const char *path, bool *is_new, gr_error *err)
{
    unsigned char header[HEADER] = { 0 };
    struct stat about;
    gr_status status;

    *is_new = true;
    if (stat(path, &about) != 0)
        return GR_OK; /* SQLite will say why, if that is not for want of a file */
    if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)) /* a folder is told when it is read */
        return fail_foreign(path, err);
    status = read_header(path, header, err);
    return status == GR_OK ? check(path, header, about.st_size, is_new, err) : status;
}
