/* src/report/resolution.h - writes what came of a decision in one of its formats. It decides nothing. */
#ifndef GR_REPORT_RESOLUTION_H
#define GR_REPORT_RESOLUTION_H

#include "base/writer.h"
#include "model/resolution.h"

gr_status gr_resolution_text(const gr_resolution *resolution, unsigned width, bool colour,
                             gr_writer *writer, gr_error *err);
gr_status gr_resolution_json(const gr_resolution *resolution, gr_writer *writer, gr_error *err);

#endif
