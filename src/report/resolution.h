/* src/report/resolution.h - writes what came of a decision in one of its formats. It decides nothing. */
#ifndef GR_REPORT_RESOLUTION_H
#define GR_REPORT_RESOLUTION_H

#include "model/resolution.h"
#include "report/json_stream.h"
#include "report/text_page.h"

gr_status gr_resolution_text(const gr_resolution *resolution, unsigned width, bool colour,
                             gr_writer *writer, gr_error *err);
gr_status gr_resolution_json(const gr_resolution *resolution, gr_writer *writer, gr_error *err);

/* Findings that a decision changed, under "3 findings changed"; the first of many. */
void gr_section_changes(gr_page *page, const gr_finding_change *change, size_t count,
                        const char *one, const char *many, bool has_new_rules);
json_t *gr_json_change(const gr_finding_change *change);

#endif
