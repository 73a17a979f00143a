/* src/report/section_finding.c - one finding: what it is in a line, whom it concerns, why, the arithmetic,
 * what was presumed, what to ask. */
#include "report/sections.h"

void gr_section_decision(gr_page *page, const gr_finding *finding)
{
    const gr_decision *decision = finding->decision ? finding->decision : finding->past;

    if (!decision)
        return;
    gr_paragraph_start(page, 4, 6);
    gr_phrase_decision(gr_page_voice(page), decision, !finding->decision);
    gr_paragraph_end(page);
}

static void headline(gr_page *page, const gr_finding *finding)
{
    gr_paragraph_start(page, 2, 6);
    if (!gr_phrase_finding(gr_page_voice(page), finding))
        page->failed = true;
    gr_paragraph_end(page);
}

static void paragraph(gr_page *page, unsigned indent,
                      void (*phrase)(gr_voice voice, const gr_finding *finding),
                      const gr_finding *finding)
{
    gr_paragraph_start(page, 4, indent);
    phrase(gr_page_voice(page), finding);
    gr_paragraph_end(page);
}

void gr_section_subject(gr_page *page, const gr_finding *finding)
{
    paragraph(page, 4, gr_phrase_subject, finding);
}

void gr_section_finding(gr_page *page, const gr_finding *finding)
{
    gr_blank(page);
    headline(page, finding);
    gr_section_decision(page, finding);
    gr_section_subject(page, finding);
    if (finding->reason.len > 0)
        gr_paragraph(page, 4, NULL, finding->reason);
    if (finding->has_limit || finding->counted_count > 0) {
        gr_blank(page);
        gr_section_counted(page, finding);
        gr_blank(page);
    }
    if (finding->joined_count > 0)
        paragraph(page, 6, gr_phrase_joined, finding);
    for (size_t i = 0; i < finding->presumption_count; i++)
        gr_paragraph(page, 4, "Presumed:", finding->presumption[i]);
    if (finding->question.len > 0)
        gr_paragraph(page, 4, "Question:", finding->question);
    if (finding->answers.len > 0)
        gr_paragraph(page, 4, "Answers:", finding->answers);
    paragraph(page, 6, gr_phrase_authority, finding);
}
