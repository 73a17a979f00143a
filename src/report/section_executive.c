/* src/report/section_executive.c - each account executive with findings: first all who broke a limit, then
 * those with something to review, then those who are only near, then those of whom all is decided; each group in the
 * order of the report. */
#include "report/sections.h"

#include "report/words.h"

static void opening(gr_page *page, const gr_executive *who)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_phrase_person(gr_page_voice(page), GR_TONE_BOLD, who->name, who->id);
    gr_heading_end(page);
    if (who->staff)
        gr_section_staff(page, who->staff);
    gr_paragraph_start(page, 0, 0);
    gr_phrase_own(gr_page_voice(page), &who->summary);
    gr_paragraph_end(page);
}

static void add_total(gr_page *page, const gr_finding *finding)
{
    const gr_total *total = &finding->total;
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    gr_finding_print(finding, total->low, total->den, low);
    if (total->unbounded || total->low == total->high)
        gr_cell_print(page, "%s", low);
    else
        gr_cell_print(page, "%s to %s", low,
                      gr_finding_print(finding, total->high, total->den, high));
}

static void add_near(gr_page *page, const gr_finding *finding)
{
    char limit[GR_MONEY_TEXT];
    gr_text name =
        finding->recipient_name.len > 0 ? finding->recipient_name : finding->recipient_id;

    gr_cell_day(page, finding->day);
    add_total(page, finding);
    gr_cell_print(page, "of %s", gr_finding_print_limit(finding, limit));
    gr_cell(page, name);
    gr_cell(page, finding->recipient_employer);
    gr_cell(page, finding->gift);
    gr_row_end(page);
}

static void near_limit(gr_page *page, const gr_executive *who)
{
    bool started = false;

    for (size_t i = 0; i < who->finding_count; i++) {
        if (!gr_finding_is_near(who->finding[i]))
            continue;
        if (!started) {
            gr_blank(page);
            gr_paragraph_start(page, 2, 2);
            gr_say(page, GR_CYAN, GR_TEXT("Near the limit"));
            gr_paragraph_end(page);
            gr_grid_start(page, 4, "lrllll");
        }
        started = true;
        add_near(page, who->finding[i]);
    }
    if (started)
        gr_grid_end(page);
}

static void references(gr_page *page, const gr_executive *who)
{
    if (who->reference_count == 0)
        return;
    gr_blank(page);
    gr_paragraph_start(page, 2, 4);
    gr_phrase_references(gr_page_voice(page), who);
    gr_paragraph_end(page);
}

static void executive(gr_page *page, const gr_executive *who, const gr_rostered *roster)
{
    opening(page, who);
    for (size_t i = 0; i < who->finding_count && !page->writer->failed; i++)
        if (!gr_finding_is_near(who->finding[i]))
            gr_section_finding(page, who->finding[i]);
    near_limit(page, who);
    references(page, who);
    gr_section_given(page, who, roster);
}

static gr_verdict worst(const gr_executive *who)
{
    gr_verdict verdict = GR_COMPLIANT;

    for (size_t i = 0; i < who->finding_count; i++)
        if (!who->finding[i]->decision && who->finding[i]->verdict > verdict)
            verdict = who->finding[i]->verdict;
    return verdict;
}

static void others(gr_page *page, const gr_report *report)
{
    uint64_t count = 0, contributing = 0;

    for (size_t i = 0; i < report->executive_count; i++) {
        const gr_executive *who = &report->executive[i];

        if (who->given_count > 0)
            continue; /* listed all the same */
        count += who->finding_count == 0;
        contributing += who->finding_count == 0 && who->reference_count > 0;
    }
    if (count == 0)
        return;
    gr_blank(page);
    gr_paragraph_start(page, 0, 0);
    gr_phrase_others(gr_page_voice(page), count, contributing);
    gr_paragraph_end(page);
}

void gr_section_executives(gr_page *page, const gr_report *report)
{
    for (int verdict = GR_VIOLATION; verdict >= GR_COMPLIANT; verdict--)
        for (size_t i = 0; i < report->executive_count && !page->writer->failed; i++)
            if (report->executive[i].finding_count + report->executive[i].given_count > 0 &&
                worst(&report->executive[i]) == (gr_verdict)verdict)
                executive(page, &report->executive[i], report->roster);
    others(page, report);
}
