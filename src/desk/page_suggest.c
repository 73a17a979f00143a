/* src/desk/page_suggest.c - recipients whom the records know, as somebody is typing: a piece of a page, for the script. */
#include "desk/page.h"

static void suggest(gr_html *html, const gr_person *person)
{
    gr_html_start(html, "li", NULL);
    gr_html_attribute(html, "role", "option");
    gr_html_attribute_text(html, "data-id", person->id);
    gr_html_attribute_text(html, "data-name", person->name);
    gr_html_attribute_text(html, "data-employer", person->employer);
    gr_phrase_person(gr_html_voice(html), GR_TONE_NAME, person->name, person->id);
    if (person->employer.len > 0) {
        gr_html_start(html, "span", "line");
        gr_html_say(html, GR_TONE_NAME, person->employer);
        gr_html_end(html);
    }
    gr_html_end_line(html);
}

gr_status gr_page_recipients(gr_visit *visit, gr_error *err)
{
    gr_list person = GR_LIST(gr_person);
    gr_html html;
    gr_status status =
        gr_visit_search(visit, gr_visit_query(visit, "q"), GR_SCREEN_SUGGESTED, &person, err);

    if (status == GR_OK && !gr_html_open_piece(&html, &visit->out))
        status = gr_fail_memory(err);
    if (status == GR_OK) {
        gr_html_start(&html, "ul", NULL);
        for (size_t i = 0; i < person.count; i++)
            suggest(&html, GR_AT(person, gr_person, i));
        gr_html_end_line(&html);
        if (!gr_html_close(&html))
            status = gr_fail_memory(err);
    }
    gr_list_free(&person);
    return status;
}
