/* src/report/roster.h - writes a roster as it is shown. It decides nothing. */
#ifndef GR_REPORT_ROSTER_H
#define GR_REPORT_ROSTER_H

#include "base/writer.h"
#include "model/roster_view.h"

gr_status gr_roster_text(const gr_roster_view *view, unsigned width, bool colour, gr_writer *writer,
                         gr_error *err);
gr_status gr_roster_json(const gr_roster_view *view, gr_writer *writer, gr_error *err);

#endif
