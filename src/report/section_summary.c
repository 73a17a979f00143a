/* src/report/section_summary.c - the first lines: how much there is to do, out of how much. Also the voice of a
 * terminal's page. */
#include "report/sections.h"

static void say(void *to, gr_tone tone, gr_text text)
{
    gr_say(to, tone <= GR_TONE_CYAN ? (gr_ink)tone : GR_PLAIN, text);
}

gr_voice gr_page_voice(gr_page *page)
{
    return (gr_voice){ say, NULL, page };
}

void gr_section_summary(gr_page *page, const gr_report *report)
{
    gr_paragraph_start(page, 0, 0);
    if (gr_phrase_part(gr_page_voice(page), report)) {
        gr_paragraph_end(page);
        gr_blank(page);
    }
    gr_heading_start(page);
    gr_phrase_headline(gr_page_voice(page), report);
    gr_heading_end(page);
    gr_paragraph_start(page, 0, 0);
    gr_phrase_scope(gr_page_voice(page), report);
    gr_paragraph_end(page);
}
