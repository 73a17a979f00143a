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

/* That an approval was cancelled, or that its gift was given on that day. */
gr_status gr_approval_ended_print(gr_text number, bool is_given, gr_day day,
                                  const gr_report_style *style, gr_writer *out, gr_error *err);

/* ---- for both formats ---- */

/* "175.00": what is left rounds down, so that it can be spent. */
const char *gr_left_print(gr_amount amount, char out[GR_MONEY_TEXT]);
/* The recipient with the least left, by what possibly counts; NULL: nobody has a limit. */
const gr_recipient_answer *gr_preapproval_tightest(const gr_preapproval *answer);
gr_status gr_preapprovals_text(const gr_preapproval *answers, size_t count, bool is_list,
                               const gr_report_style *style, gr_writer *out, gr_error *err);
gr_status gr_preapprovals_json(const gr_preapproval *answers, size_t count, bool is_list,
                               gr_writer *out, gr_error *err);

#endif
