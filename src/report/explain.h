/* src/report/explain.h - writes an explanation in one of its formats. It decides nothing. */
#ifndef GR_REPORT_EXPLAIN_H
#define GR_REPORT_EXPLAIN_H

#include "base/writer.h"
#include "model/explanation.h"

gr_status gr_explanation_text(const gr_explanation *explanation, unsigned width, bool colour,
                              gr_writer *writer, gr_error *err);
gr_status gr_explanation_json(const gr_explanation *explanation, gr_writer *writer, gr_error *err);

#endif
