/* src/app/save.c - the way of a report into a file, or a folder of files: whole or not at all. */
#include "app/output.h"
#include "base/os.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct target {
    int fd, error;
} target;

static bool to_file(void *context, const char *bytes, size_t length)
{
    target *t = context;

    if (gr_os_write(t->fd, bytes, length) >= 0)
        return true;
    t->error = errno;
    return false;
}

/* A device, a pipe: what is there takes the bytes as they come, and is not replaced. */
static gr_status write_in_place(const gr_report *report, const gr_report_style *style,
                                const char *path, gr_error *err)
{
    target t = { gr_os_open_writing(path), 0 };
    gr_status status;

    if (t.fd < 0)
        return gr_fail_io(err, path, "write");
    status = gr_report_write(report, style, to_file, &t, err);
    if (t.error != 0) {
        errno = t.error;
        status = gr_fail_io(err, path, "write");
    }
    if (gr_os_close(t.fd) != 0 && status == GR_OK)
        status = gr_fail_io(err, path, "write");
    return status;
}

/* All or nothing of an open file; errno tells what failed. */
static gr_status write_synced(const gr_report *report, const gr_report_style *style, target *t,
                              const char *path, gr_error *err)
{
    gr_status status = gr_report_write(report, style, to_file, t, err);

    if (t->error != 0) {
        errno = t->error;
        status = gr_fail_io(err, path, "write");
    } else if (status == GR_OK && gr_os_sync(t->fd) != 0) {
        status = gr_fail_io(err, path, "write");
    }
    if (gr_os_close(t->fd) != 0 && status == GR_OK)
        status = gr_fail_io(err, path, "write");
    return status;
}

static gr_status write_bytes(const gr_report *report, const gr_report_style *style,
                             const char *name, const char *path, gr_error *err)
{
    target t = { gr_os_create(name), 0 };

    return t.fd < 0 ? gr_fail_io(err, path, "write") : write_synced(report, style, &t, path, err);
}

/* It is put together by a library that takes a name, not a function. */
static gr_status write_spreadsheet(const gr_report *report, const gr_report_style *style,
                                   const char *name, const char *path, gr_error *err)
{
    gr_error told;
    gr_status status = gr_spreadsheet_save(report, style->part, name, &told);
    int fd;

    if (status != GR_OK) /* of the file as the user named it */
        return gr_fail(err, status, (gr_place){ told.file[0] ? path : NULL, 0, 0 }, told.hint, "%s",
                       told.message);
    fd = gr_os_open_writing(name);
    if (fd < 0)
        return gr_fail_io(err, path, "write");
    if (gr_os_sync(fd) != 0)
        status = gr_fail_io(err, path, "write");
    if (gr_os_close(fd) != 0 && status == GR_OK)
        status = gr_fail_io(err, path, "write");
    return status;
}

/* Whole under another name, then renamed: an older report stays until then. */
static gr_status write_anew(const gr_report *report, const gr_report_style *style, const char *path,
                            gr_error *err)
{
    char name[4096];
    gr_status status;

    if (snprintf(name, sizeof name, "%s.%ld.part", path, (long)getpid()) >= (int)sizeof name) {
        errno = ENAMETOOLONG;
        return gr_fail_io(err, path, "write");
    }
    status = style->format == GR_FORMAT_XLSX && report->book
                 ? write_spreadsheet(report, style, name, path, err)
                 : write_bytes(report, style, name, path, err);
    if (status == GR_OK && gr_os_rename(name, path) != 0)
        status = gr_fail_io(err, path, "write");
    if (status != GR_OK)
        gr_os_remove(name);
    return status;
}

/* ---- folders ---- */

static bool ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);

    return n > m && strcmp(path + n - m, end) == 0;
}

/* Pages and tables are several files, unless the name is that of one. */
static bool is_folder(const gr_report_style *style, const char *path)
{
    struct stat about;

    if (style->part != GR_REPORT_WHOLE || style->table ||
        (style->format != GR_FORMAT_HTML && style->format != GR_FORMAT_CSV))
        return false;
    if (stat(path, &about) == 0)
        return S_ISDIR(about.st_mode);
    return !ends_in(path, ".html") && !ends_in(path, ".htm") && !ends_in(path, ".csv");
}

static gr_status write_folder(const gr_report *report, const gr_report_style *style,
                              const char *path, gr_error *err)
{
    gr_folder *folder;
    gr_status status = gr_folder_create(path, &folder, err);

    if (status != GR_OK)
        return status;
    status = style->format == GR_FORMAT_HTML ? gr_report_html_pages(report, folder, err)
                                             : gr_report_csv_files(report, folder, err);
    if (status == GR_OK)
        status = gr_folder_finish(folder, NULL, err);
    gr_folder_free(folder);
    return status;
}

gr_status gr_report_save(const gr_report *report, const gr_report_style *style, const char *path,
                         gr_error *err)
{
    struct stat about;
    char real[PATH_MAX];

    if (report->book && is_folder(style, path))
        return write_folder(report, style, path, err);
    if (stat(path, &about) != 0)
        return write_anew(report, style, path, err);
    if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))
        return write_in_place(report, style, path, err);
    if (!gr_os_real(path, real)) /* a link stays a link */
        return gr_fail_io(err, path, "write");
    return write_anew(report, style, real, err);
}
