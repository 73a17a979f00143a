/* src/desk/page_queue.c - what waits for an officer: each request with its facts, the answer of the rules as of today, and
 * what can be done with it. */
#include "desk/page.h"

/* ---- deciding ---- */

typedef struct way {
    const char *deed, *note, *button, *style;
    bool is_first; /* it is the one whose form is open */
} way;

/* Each note has an id of its own: a page may have many of them. */
static void way_form(gr_screen *screen, const gr_request *request, const way *w,
                     const gr_list *complaint)
{
    gr_html *html = &screen->html;
    gr_visit *visit = screen->visit;
    bool was_sent = complaint && complaint->count > 0 && gr_text_is(visit->part[1], w->deed);
    gr_text prefix =
        was_sent ? GR_TEXT("")
                 : gr_arena_print(visit->arena, "%.*s-%s-", GR_ALL(request->number), w->deed);
    gr_field note = { .name = "note",
                      .label = w->note,
                      .type = "area",
                      .prefix = prefix.ptr,
                      .is_needed = true,
                      .value = was_sent ? gr_visit_form(visit, "note") : GR_TEXT("") };
    gr_form form;

    gr_html_start(html, "details", "way");
    if (was_sent)
        gr_html_attribute(html, "open", "open");
    gr_html_element(html, "summary", w->style, w->button);
    form = gr_form_open(screen, NULL, "deed", was_sent ? complaint : NULL, "/requests/%.*s/%s",
                        GR_ALL(request->number), w->deed);
    gr_form_complaints(&form);
    if (!gr_text_is(visit->part[0], gr_screen_text(visit, request->number)))
        gr_form_hidden(&form, "from", GR_TEXT("queue"));
    gr_form_field(&form, &note);
    gr_form_button(&form, NULL, NULL, w->is_first ? "main" : NULL, w->button);
    gr_form_close(&form);
    gr_html_end_line(html);
}

void gr_request_decide_forms(gr_screen *screen, const gr_request *request,
                             const gr_preapproval *answer, const gr_list *complaint)
{
    static const way ways[] = {
        { "approve", "Why it is approved", "Approve", NULL, true },
        { "deny", "Why it is denied", "Deny", NULL, false },
        { "ask", "What is to be known", "Ask for a fact", NULL, false },
    };

    gr_html_start(&screen->html, "div", "deeds ways");
    for (size_t i = 0; i < GR_COUNT(ways); i++)
        if (i > 0 || answer->clearance != GR_DENIED)
            way_form(screen, request, &ways[i], complaint);
    gr_html_end_line(&screen->html);
    if (answer->clearance == GR_DENIED)
        gr_screen_say(screen, "p", "note",
                      "The rules deny it as it stands today: it cannot be approved.");
}

/* ---- the queue ---- */

static gr_status one(gr_screen *screen, const gr_request *request, gr_error *err)
{
    gr_html *html = &screen->html;
    gr_visit *visit = screen->visit;
    gr_preapproval answer;
    gr_status status = gr_request_judge(visit, request, &answer, err);

    if (status != GR_OK)
        return status;
    gr_html_start(html, "article", "asked");
    gr_html_start(html, "h2", NULL);
    gr_screen_link(screen, NULL, gr_screen_text(visit, request->number), "/requests/%.*s",
                   GR_ALL(gr_screen_escape(visit, request->number)));
    gr_html_print(html, " ");
    gr_request_badge(screen, request->state);
    gr_html_end_line(html);
    status = gr_gift_facts(screen, request, err);
    if (status == GR_OK)
        gr_answer_write(screen, &answer, NULL);
    if (request->state == GR_REQUEST_ASKED) {
        gr_html_start(html, "p", "question");
        gr_html_say(html, GR_TONE_BOLD, GR_TEXT("Asked:"));
        gr_html_print(html, " ");
        gr_html_say(html, GR_TONE_NAME, request->note);
        gr_html_end_line(html);
    }
    if (status == GR_OK && gr_request_is_own(visit, request))
        gr_screen_say(screen, "p", "note",
                      "This is your own request: another officer has to decide on it.");
    else if (status == GR_OK && gr_screen_may(visit, GR_MAY_OFFICER))
        gr_request_decide_forms(screen, request, &answer, NULL);
    gr_html_end_line(html);
    return status;
}

static void done(gr_screen *screen)
{
    gr_text word = gr_visit_query(screen->visit, "done");
    gr_text number = gr_visit_query(screen->visit, "number");
    gr_text text;

    if (word.len == 0)
        return;
    text = gr_arena_print(screen->visit->arena, "%.40s has been %s.",
                          gr_screen_text(screen->visit, number),
                          gr_text_is(word, "approve") ? "approved"
                          : gr_text_is(word, "deny")  ? "denied"
                                                      : "asked about");
    gr_screen_done(screen, text.ptr ? text.ptr : "");
}

static gr_status write(gr_visit *visit, const gr_list *all, gr_error *err)
{
    size_t page = gr_screen_page(visit), from = page * GR_SCREEN_ASKED;
    gr_screen screen;
    gr_status status = gr_screen_open(&screen, visit, "/queue", GR_TEXT("Queue"), err);

    if (status != GR_OK)
        return status;
    done(&screen);
    gr_screen_heading(&screen, 1, NULL, "Queue");
    gr_screen_say(&screen, "p", "lead",
                  all->count == 0   ? "Nothing waits for a decision."
                  : all->count == 1 ? "One request waits."
                                    : "%zu requests wait, the newest first.",
                  all->count);
    for (size_t i = from; status == GR_OK && i < all->count && i < from + GR_SCREEN_ASKED; i++)
        status = one(&screen, GR_AT(*all, gr_request, i), err);
    gr_screen_pager(&screen, "/queue", GR_TEXT(""), page, GR_SCREEN_ASKED, all->count);
    if (status == GR_OK)
        return gr_screen_close(&screen, err);
    gr_html_close(&screen.html);
    return status;
}

gr_status gr_page_queue(gr_visit *visit, gr_error *err)
{
    gr_list all = GR_LIST(gr_request);
    gr_status status = gr_request_list(visit, true, &all, err);

    if (status == GR_OK)
        status = write(visit, &all, err);
    gr_list_free(&all);
    return status;
}
