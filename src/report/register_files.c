/* src/report/register_files.c - the register as comma-separated values, which are its rows, and as a spreadsheet. */
#include "report/register.h"

#include "base/error.h"
#include "report/report.h"
#include "report/sheet_csv.h"
#include "report/sheet_xlsx.h"

gr_status gr_register_csv(const gr_report *report, gr_writer *writer, gr_error *err)
{
    gr_register_sum sum;
    gr_status status = gr_register_sum_open(&sum)
                           ? gr_csv_write(&gr_register_lines, report, &sum, writer, err)
                           : gr_fail_memory(err);

    gr_register_sum_close(&sum);
    return status;
}

gr_status gr_register_xlsx(const gr_report *report, const char *path, gr_error *err)
{
    static const gr_sheet *const sheets[] = { &gr_register_head, &gr_register_lines,
                                              &gr_register_totals };
    gr_register_sum sum;
    const gr_xlsx_options options = {
        .sheet = sheets, .sheet_count = GR_COUNT(sheets), .title = GR_REGISTER_TITLE, .sum = &sum
    };
    gr_status status = gr_register_sum_open(&sum) ? gr_xlsx_write(report, &options, path, err)
                                                  : gr_fail_memory(err);

    gr_register_sum_close(&sum);
    return status;
}
