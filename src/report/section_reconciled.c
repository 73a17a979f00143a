/* src/report/section_reconciled.c - how gift log, expenses and approvals go together, in a few lines. Where only one of
 * them was there, nothing. */
#include "report/sections.h"
#include "report/words.h"

void gr_section_reconciled(gr_page *page, const gr_reconciled *n)
{
    if (!n->is_told)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, "Gift log, expenses, approvals", GR_TEXT(""));
    if (n->logged > 0 && n->expensed > 0) {
        gr_paragraph_start(page, 4, 4);
        gr_phrase_matched(gr_page_voice(page), n);
        gr_paragraph_end(page);
    }
    if (n->approvals > 0) {
        gr_paragraph_start(page, 4, 4);
        gr_phrase_approvals(gr_page_voice(page), n);
        gr_paragraph_end(page);
    }
}

void gr_section_pairs(gr_page *page, const gr_report *report)
{
    if (report->pair_count == 0)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, "One gift in two records, the first of which counts", GR_TEXT(""));
    for (size_t i = 0; i < report->pair_count; i++) {
        gr_paragraph_start(page, 4, 6);
        gr_phrase_twin(gr_page_voice(page), &report->pair[i]);
        gr_paragraph_end(page);
    }
}
