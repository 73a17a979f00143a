/* src/report/explain_page.h - the parts of an explanation for people, and how their lines look: a label at the left,
 * text beside it, conditions below it. */
#ifndef GR_REPORT_EXPLAIN_PAGE_H
#define GR_REPORT_EXPLAIN_PAGE_H

#include "model/explanation.h"
#include "report/text_page.h"

enum { GR_SHOW_LABEL = 2, GR_SHOW_TEXT = 13 }; /* columns */

void gr_show_rule(gr_page *page, const gr_explanation *explanation);
void gr_show_gift(gr_page *page, const gr_explanation *explanation, size_t i);
void gr_show_worth(gr_page *page, const gr_explained_gift *gift);
void gr_show_scope(gr_page *page, const gr_explained_gift *gift);
void gr_show_claims(gr_page *page, const gr_explained_gift *gift);
void gr_show_sum(gr_page *page, const gr_explanation *explanation);
void gr_show_left_out(gr_page *page, const gr_explanation *explanation);
void gr_show_people(gr_page *page, const gr_explanation *explanation);

/* ---- lines ---- */

/* Words between these two stand beside the label, which may be "". */
void gr_show_line_start(gr_page *page, const char *label);
void gr_show_line(gr_page *page, const char *label, gr_text text);
/* A line below the text of the last one, indented further by level. */
void gr_show_below_start(gr_page *page, unsigned level);
/* A condition with all inside it, below the last line. */
void gr_show_inquiry(gr_page *page, gr_inquiry inquiry, unsigned level);
/* "clause 3220.02 (valuation); from 2026-03-30; SUM26: known from summaries" */
void gr_show_backing(gr_page *page, const gr_backing *backing);
void gr_show_days(gr_page *page, gr_day from, gr_day to);
void gr_show_money(gr_page *page, gr_wide num, int64_t den);
void gr_show_span(gr_page *page, gr_span span); /* "300.00", "0.00 to 120.00", "0.00 or more" */
/* Number of gifts, or money. */
void gr_show_amount(gr_page *page, bool is_count, gr_wide num, int64_t den);
void gr_show_names(gr_page *page, const gr_text *name, size_t count); /* "a, b and c" */

#endif
