/* src/report/sheets.h - the tables of a report, each in a file of its own kind; for their writers only. */
#ifndef GR_REPORT_SHEETS_H
#define GR_REPORT_SHEETS_H

#include "report/sheet.h"

extern const gr_sheet gr_sheet_about, gr_sheet_findings, gr_sheet_counted, gr_sheet_executives,
    gr_sheet_recipients, gr_sheet_gift_lines, gr_sheet_quarantine, gr_sheet_assumptions;

/* "open", "accepted", "exempt", or "open again" where it has changed since. */
const char *gr_decision_status(const gr_finding *finding);
const char *gr_line_standing_words(gr_line_standing standing); /* "counts", "may count", ... */

#endif
