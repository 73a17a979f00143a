/* src/report/preapproval.h - an answer before a gift as text and as JSON (design: giftrule check --format json). */
#ifndef GR_REPORT_PREAPPROVAL_H
#define GR_REPORT_PREAPPROVAL_H

#include "base/writer.h"
#include "giftrule.h"
#include "model/preapproval.h"

/* One answer, or a list where a log of planned gifts was asked about: then JSON is {"giftrule": 1, "decision": the worst,
 * "answers": [...]}. style->format is text or JSON. */
gr_status gr_preapprovals_print(const gr_preapproval *answers, size_t count, bool is_list,
                                const gr_report_style *style, gr_writer *out, gr_error *err);

#endif
