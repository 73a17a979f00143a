/* src/app/output.c - what a finished report is asked for, and in which format it is written. */
#include "app/output.h"

#include "base/os.h"

#include <stdio.h>
#include <stdlib.h>
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

/* Only text and JSON of a report do without. */
static gr_status check_book(const gr_report *report, const gr_report_style *style, gr_error *err)
{
    bool lists_gifts = style->part == GR_REPORT_REGISTER || style->format >= GR_FORMAT_HTML;

    if (report->book || !lists_gifts || style->part == GR_REPORT_SUBJECT)
        return GR_OK;
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "make the report with its gifts",
                   "this format lists gifts, and the report has none");
}

/* A spreadsheet is put together in a file: it is copied from there. */
static gr_status copy_file(const char *path, gr_writer *writer, gr_error *err)
{
    char bytes[16384];
    int fd = gr_os_open(path);
    ssize_t got;

    if (fd < 0)
        return gr_fail_io(err, path, "open");
    while ((got = gr_os_read(fd, bytes, sizeof bytes)) > 0 && !writer->failed)
        gr_write(writer, bytes, (size_t)got);
    if (got < 0)
        gr_fail_io(err, path, "read");
    gr_os_close(fd);
    return got < 0 ? err->status : GR_OK;
}

static gr_status write_spreadsheet(const gr_report *report, gr_report_part part, gr_writer *writer,
                                   gr_error *err)
{
    const char mark = 0; /* stands where nothing of another thread does */
    const char *folder = getenv("TMPDIR");
    char name[4096];
    gr_status status;

    if (snprintf(name, sizeof name, "%s/giftrule-%ld-%p.xlsx", folder && *folder ? folder : "/tmp",
                 (long)getpid(), (void *)(uintptr_t)&mark) >= (int)sizeof name)
        return gr_fail(err, GR_EIO, (gr_place){ "TMPDIR", 0, 0 }, "name a shorter folder",
                       "the name of the folder for temporary files is too long");
    status = gr_spreadsheet_save(report, part, name, err);
    if (status == GR_OK)
        status = copy_file(name, writer, err);
    gr_os_remove(name);
    return status;
}

gr_status gr_spreadsheet_save(const gr_report *report, gr_report_part part, const char *path,
                              gr_error *err)
{
    return part == GR_REPORT_REGISTER ? gr_register_xlsx(report, path, err)
                                      : gr_report_xlsx(report, path, err);
}

static gr_status write_register(const gr_report *report, const gr_report_style *style,
                                gr_writer *writer, gr_error *err)
{
    switch (style->format) {
    case GR_FORMAT_JSON:
        return gr_register_json(report, writer, err);
    case GR_FORMAT_HTML:
        return gr_register_html(report, writer, err);
    case GR_FORMAT_CSV:
        return gr_register_csv(report, writer, err);
    case GR_FORMAT_XLSX:
        return write_spreadsheet(report, style->part, writer, err);
    case GR_FORMAT_TEXT:
        break;
    }
    return gr_register_text(report, style->width, writer, err);
}

static gr_status write_report(const gr_report *report, const gr_report_style *style,
                              gr_writer *writer, gr_error *err)
{
    switch (style->format) {
    case GR_FORMAT_JSON:
        return gr_report_json(report, writer, err);
    case GR_FORMAT_HTML:
        return gr_report_html(report, writer, err);
    case GR_FORMAT_CSV:
        return gr_report_csv(report, style->table, writer, err);
    case GR_FORMAT_XLSX:
        return write_spreadsheet(report, style->part, writer, err);
    case GR_FORMAT_TEXT:
        break;
    }
    return gr_report_text(report, style->width, style->colour, writer, err);
}

gr_status gr_report_write(const gr_report *report, const gr_report_style *style,
                          gr_on_output output, void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status = check_book(report, style, err);

    if (status != GR_OK)
        return status;
    gr_writer_open(&writer, output, context);
    if (style->part == GR_REPORT_SUBJECT)
        status = gr_report_subject(report, &writer, err);
    else if (style->part == GR_REPORT_REGISTER)
        status = write_register(report, style, &writer, err);
    else
        status = write_report(report, style, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "", "the report could not be written");
    return status;
}
