/* src/report/report.h - writes the report model in one of its formats. It decides nothing. */
#ifndef GR_REPORT_REPORT_H
#define GR_REPORT_REPORT_H

#include "base/folder.h"
#include "base/writer.h"
#include "model/report.h"

gr_status gr_report_text(const gr_report *report, unsigned width, bool colour, gr_writer *writer,
                         gr_error *err);
gr_status gr_report_json(const gr_report *report, gr_writer *writer, gr_error *err);

/* These list gifts: report->book must be there. A folder is not finished by them. */
gr_status gr_report_html(const gr_report *report, gr_writer *writer, gr_error *err);
gr_status gr_report_html_pages(const gr_report *report, gr_folder *folder, gr_error *err);
gr_status gr_report_csv(const gr_report *report, const char *table, gr_writer *writer,
                        gr_error *err);
gr_status gr_report_csv_files(const gr_report *report, gr_folder *folder, gr_error *err);
gr_status gr_report_xlsx(const gr_report *report, const char *path, gr_error *err); /* a new file */

gr_status gr_register_text(const gr_report *report, unsigned width, gr_writer *writer,
                           gr_error *err);
gr_status gr_register_json(const gr_report *report, gr_writer *writer, gr_error *err);
gr_status gr_register_html(const gr_report *report, gr_writer *writer, gr_error *err);
gr_status gr_register_csv(const gr_report *report, gr_writer *writer, gr_error *err);
gr_status gr_register_xlsx(const gr_report *report, const char *path, gr_error *err);

/* "3 violations, 2 to review ...": one line. */
gr_status gr_report_subject(const gr_report *report, gr_writer *writer, gr_error *err);

#endif
