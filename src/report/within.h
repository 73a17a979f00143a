/* src/report/within.h - parts of the report on a page that somebody else frames, as the desk does: the same words, tables
 * and charts. Findings lead to "/findings/ID" there, account executives to "/findings?executive=ID". */
#ifndef GR_REPORT_WITHIN_H
#define GR_REPORT_WITHIN_H

#include "model/report.h"
#include "report/html_page.h"

typedef enum gr_within_list { /* open findings by verdict, and those that were decided on */
                              GR_WITHIN_VIOLATIONS,
                              GR_WITHIN_REVIEWS,
                              GR_WITHIN_WARNINGS,
                              GR_WITHIN_DECIDED,
                              GR_WITHIN_LISTS
} gr_within_list;

const char *gr_within_list_word(gr_within_list list); /* "violations" */

/* The overview: headline, figures, what needs action, months, who is near the limit, whose it is. The report must have been
 * made with its gifts. Its heading is of level 1. */
gr_status gr_within_overview(gr_html *page, const gr_report *report, gr_error *err);
/* How many there are in each list. */
gr_status gr_within_counts(const gr_report *report, size_t count[GR_WITHIN_LISTS], gr_error *err);
/* Rows from to to of a list, the latest first. */
gr_status gr_within_findings(gr_html *page, const gr_report *report, gr_within_list list,
                             size_t from, size_t to, gr_error *err);
/* One finding in full, under a heading of this level; nothing where the report does not have it. */
gr_status gr_within_finding(gr_html *page, const gr_report *report, gr_text id, unsigned level,
                            gr_error *err);

#endif
