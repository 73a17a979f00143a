/* src/app/output.h - a report on its way into a file. */
#ifndef GR_APP_OUTPUT_H
#define GR_APP_OUTPUT_H

#include "report/report.h"

/* A new file, which is not synced. */
gr_status gr_spreadsheet_save(const gr_report *report, gr_report_part part, const char *path,
                              gr_error *err);

#endif
