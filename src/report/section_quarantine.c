/* src/report/section_quarantine.c - what could not be read: whole inputs, single records, and what was passed
 * over; each with its place, the reason, and what to do next. */
#include "report/sections.h"

static void heading(gr_page *page, uint64_t count, const char *one, const char *many)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say_count(page, GR_BOLD, count, one, many);
    gr_heading_end(page);
}

static void entry(gr_page *page, const gr_error *error, gr_text record)
{
    gr_paragraph_start(page, 2, 4);
    gr_phrase_place(gr_page_voice(page), GR_TONE_BOLD, gr_error_place(error));
    if (record.len > 0) {
        gr_say(page, GR_PLAIN, error->file[0] ? GR_TEXT(", record ") : GR_TEXT("Record "));
        gr_say(page, GR_PLAIN, record);
    }
    gr_paragraph_end(page);
    gr_paragraph(page, 4, NULL, gr_text_of(error->message));
    if (error->hint[0])
        gr_paragraph(page, 4, "Hint:", gr_text_of(error->hint));
}

void gr_section_refused(gr_page *page, const gr_report *report)
{
    if (report->refused_count == 0)
        return;
    heading(page, report->refused_count, "input refused: nothing of it was kept",
            "inputs refused: nothing of them was kept");
    for (size_t i = 0; i < report->refused_count; i++)
        entry(page, &report->refused[i], GR_TEXT(""));
}

void gr_section_quarantine(gr_page *page, const gr_report *report)
{
    if (report->quarantined_count == 0)
        return;
    heading(page, report->quarantined_count,
            "record in quarantine: not judged until it is corrected",
            "records in quarantine: not judged until they are corrected");
    for (size_t i = 0; i < report->quarantined_count && !page->writer->failed; i++)
        entry(page, &report->quarantined[i].error, report->quarantined[i].record);
}

void gr_section_notes(gr_page *page, const gr_report *report)
{
    if (report->note_count == 0)
        return;
    heading(page, report->note_count, "note", "notes");
    for (size_t i = 0; i < report->note_count; i++) {
        gr_paragraph_start(page, 2, 4);
        gr_say(page, GR_PLAIN, report->note[i]);
        gr_paragraph_end(page);
    }
}
