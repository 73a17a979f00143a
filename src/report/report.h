/* src/report/report.h - writes the report model in one of its formats. It decides nothing. */
#ifndef GR_REPORT_REPORT_H
#define GR_REPORT_REPORT_H

#include "base/writer.h"
#include "model/report.h"

gr_status gr_report_text(const gr_report *report, unsigned width, bool colour, gr_writer *writer,
                         gr_error *err);
gr_status gr_report_json(const gr_report *report, gr_writer *writer, gr_error *err);

#endif
