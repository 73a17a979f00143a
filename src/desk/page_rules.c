/* src/desk/page_rules.c - the rulebooks in plain English, within the frame of the desk. */
#include "desk/page.h"

#include "app/prose.h"
#include "app/rules.h"
#include "report/document.h"

typedef struct telling {
    gr_visit *visit;
    gr_screen screen;
    gr_document *document; /* NULL: nothing was opened */
    const char *rule;      /* NULL: the list of all */
} telling;

static void list_of_rules(gr_screen *screen, const gr_rules *rules, const char *rule)
{
    static const char *const others[] = { "policy", "detection" };
    gr_html *html = &screen->html;

    gr_html_start(html, "nav", "tabs");
    gr_html_attribute(html, "aria-label", "Rulebooks");
    gr_html_start(html, "ul", NULL);
    for (size_t i = 0; i <= rules->set->book_count + GR_COUNT(others); i++) {
        gr_text id = i == 0 ? GR_TEXT("All")
                     : i <= rules->set->book_count
                         ? rules->set->book[i - 1].id
                         : gr_text_of(others[i - 1 - rules->set->book_count]);

        gr_html_start(html, "li", NULL);
        gr_html_start(html, "a", NULL);
        gr_html_attribute_print(html, "href", "/rules%s%.*s", i == 0 ? "" : "/",
                                i == 0 ? 0 : (int)id.len, id.ptr);
        if (i == 0 ? !rule : rule && gr_text_is(id, rule))
            gr_html_attribute(html, "aria-current", "page");
        gr_html_text(html, id);
        gr_html_end(html);
        gr_html_end_line(html);
    }
    gr_html_end(html);
    gr_html_end_line(html);
}

static gr_status open_telling(void *context, gr_text title, gr_document **out, gr_error *err)
{
    telling *t = context;
    gr_status status = gr_screen_open(&t->screen, t->visit, "/rules", title, err);

    if (status != GR_OK)
        return status;
    list_of_rules(&t->screen, t->visit->desk->rules, t->rule);
    gr_html_start(&t->screen.html, "div", "prose");
    status = gr_document_open_within(&t->screen.html, &t->document, err);
    if (status != GR_OK)
        gr_html_close(&t->screen.html);
    *out = t->document;
    return status;
}

static gr_status tell(gr_visit *visit, const char *rule, gr_error *err)
{
    char day[GR_DAY_TEXT];
    gr_text on = gr_text_trim(gr_visit_query(visit, "on"));
    gr_prose_options options = { .dir = visit->desk->options.rules_dir };
    telling t = { .visit = visit, .rule = rule };
    gr_status status, closed;

    if (on.len > 0)
        options.on = gr_screen_text(visit, on);
    else if (!rule)
        options.on = gr_day_print(visit->as_of, day);
    status = gr_rules_tell(&options, rule, open_telling, &t, err);
    if (!t.document)
        return status;
    closed = gr_document_close(t.document, err);
    gr_html_end_line(&t.screen.html); /* prose */
    if (status == GR_OK && closed == GR_OK)
        return gr_screen_close(&t.screen, err);
    gr_html_close(&t.screen.html);
    return status != GR_OK ? status : closed;
}

gr_status gr_page_rules(gr_visit *visit, gr_error *err)
{
    return tell(visit, NULL, err);
}

gr_status gr_page_rule(gr_visit *visit, gr_error *err)
{
    gr_status status = tell(visit, gr_screen_text(visit, visit->part[0]), err);

    if (status == GR_EUSAGE && gr_visit_query(visit, "on").len == 0)
        visit->reply->status = 404; /* there is no such rule */
    return status;
}
