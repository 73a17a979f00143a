/* src/app/output.c - what a finished report is asked for, and its way into a file. */
#include "base/os.h"
#include "report/report.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

void gr_report_free(gr_report *report)
{
    if (report)
        report->release(report->owned);
}

gr_summary gr_report_summary(const gr_report *report)
{
    return report->summary;
}

const gr_error *gr_report_refusal(const gr_report *report, size_t i)
{
    return i < report->refused_count ? &report->refused[i] : NULL;
}

const char *gr_report_note(const gr_report *report, size_t i)
{
    return i < report->note_count ? report->note[i].ptr : NULL;
}

gr_status gr_report_write(const gr_report *report, const gr_report_style *style,
                          gr_on_output output, void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_report_json(report, &writer, err);
    else
        status = gr_report_text(report, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "", "the report could not be written");
    return status;
}

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

/* Whole under another name, then renamed: an older report stays until then. */
static gr_status write_anew(const gr_report *report, const gr_report_style *style, const char *path,
                            gr_error *err)
{
    char name[4096];
    target t = { -1, 0 };
    gr_status status;

    if (snprintf(name, sizeof name, "%s.%ld.part", path, (long)getpid()) >= (int)sizeof name) {
        errno = ENAMETOOLONG;
        return gr_fail_io(err, path, "write");
    }
    t.fd = gr_os_create(name);
    if (t.fd < 0)
        return gr_fail_io(err, path, "write");
    status = write_synced(report, style, &t, path, err);
    if (status == GR_OK && gr_os_rename(name, path) != 0)
        status = gr_fail_io(err, path, "write");
    if (status != GR_OK)
        gr_os_remove(name);
    return status;
}

gr_status gr_report_save(const gr_report *report, const gr_report_style *style, const char *path,
                         gr_error *err)
{
    struct stat about;
    char real[PATH_MAX];

    if (stat(path, &about) != 0)
        return write_anew(report, style, path, err);
    if (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))
        return write_in_place(report, style, path, err);
    if (!realpath(path, real)) /* a link stays a link */
        return gr_fail_io(err, path, "write");
    return write_anew(report, style, real, err);
}
