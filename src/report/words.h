/* src/report/words.h - what every format of the report asks of the model. */
#ifndef GR_REPORT_WORDS_H
#define GR_REPORT_WORDS_H

#include "model/report.h"

enum { GR_MOMENT_TEXT = 21 }; /* "2026-11-23T09:00:00Z" and a final NUL */

const char *gr_moment_print(int64_t seconds, char out[GR_MOMENT_TEXT]);
/* How many people gave what the finding counts. False: no memory. */
bool gr_finding_givers(const gr_finding *finding, size_t *out);
/* Whether a fact is missing in the arithmetic: the certain and the possible side differ. */
bool gr_finding_is_open(const gr_finding *finding);
/* How far the possible total is above the limit. False: not at all, or not to be said. */
bool gr_finding_excess(const gr_finding *finding, gr_wide *num, int64_t *den);
/* An amount of the finding: money, or a number of gifts where gifts are counted. */
const char *gr_finding_print(const gr_finding *finding, gr_wide num, int64_t den,
                             char out[GR_MONEY_TEXT]);
const char *gr_finding_print_limit(const gr_finding *finding, char out[GR_MONEY_TEXT]);
/* Adds up counted gifts. False: not to be said exactly. */
bool gr_counted_sum(const gr_counted *counted, size_t count, gr_span *out);
gr_text gr_giver_key(gr_text id, gr_text name); /* the id, or the name where there is none */

#endif
