/* src/report/unwritten.c - formats that are declared and still to come. */
#include "base/error.h"
#include "report/report.h"

static gr_status unwritten(gr_error *err)
{
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "one of text, json",
                   "this format is still to be written");
}

gr_status gr_report_html(const gr_report *report, gr_writer *writer, gr_error *err)
{
    (void)report, (void)writer;
    return unwritten(err);
}

gr_status gr_report_html_pages(const gr_report *report, gr_folder *folder, gr_error *err)
{
    (void)report, (void)folder;
    return unwritten(err);
}
