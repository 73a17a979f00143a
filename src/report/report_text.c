/* src/report/report_text.c - the report for a terminal: what matters first, how it came about last. */
#include "report/report.h"

#include "base/error.h"
#include "report/sections.h"

gr_status gr_report_text(const gr_report *report, unsigned width, bool colour, gr_writer *writer,
                         gr_error *err)
{
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        gr_section_summary(&page, report);
        gr_section_refused(&page, report);
        gr_section_executives(&page, report);
        gr_section_roster(&page, report);
        gr_section_quarantine(&page, report);
        gr_section_notes(&page, report);
        gr_section_run(&page, report);
        failed = page.failed;
    }
    gr_page_close(&page);
    if (failed)
        return gr_fail_memory(err);
    if (writer->failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the report cannot be written");
    return GR_OK;
}
