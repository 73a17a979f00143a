/* src/report/sheet_xlsx.h - tables as the sheets of a spreadsheet. */
#ifndef GR_REPORT_SHEET_XLSX_H
#define GR_REPORT_SHEET_XLSX_H

#include "report/sheet.h"

enum { GR_XLSX_ROWS = 1048576, GR_XLSX_CELL = 32767 }; /* Excel's: of a sheet; letters of a cell */

typedef struct gr_xlsx_options {
    const gr_sheet *const *sheet;
    size_t sheet_count;
    const char *title; /* of the whole */
    void *sum;         /* of gr_sheet_out; may be NULL */
    uint32_t
        most_rows; /* of a sheet, with its headings; what is more goes to another. 0: GR_XLSX_ROWS */
} gr_xlsx_options;

/* Writes a new file, and beside it for as long as it takes files without a name; they need room for some 30 bytes a cell. */
gr_status gr_xlsx_write(const gr_report *report, const gr_xlsx_options *options, const char *path,
                        gr_error *err);

/* Reads a spreadsheet back: libxlsxwriter does not tell when a device was full while it wrote a sheet. rows: for each
 * sheet how many bytes its rows have at least. */
gr_status gr_xlsx_check(const char *path, const int64_t *rows, size_t sheets, gr_error *err);

#endif
