/* src/report/sheet_csv.h - a table as comma-separated values. */
#ifndef GR_REPORT_SHEET_CSV_H
#define GR_REPORT_SHEET_CSV_H

#include "report/sheet.h"

/* sum: of gr_sheet_out; may be NULL. */
gr_status gr_csv_write(const gr_sheet *sheet, const gr_report *report, void *sum, gr_writer *writer,
                       gr_error *err);
/* Whether a spreadsheet could take it for a formula. */
/* A cell: tamed, in quotes where it needs them, and no formula. */
void gr_csv_text(gr_writer *writer, gr_text text);
bool gr_csv_starts_formula(gr_text text);

#endif
