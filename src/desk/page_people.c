/* src/desk/page_people.c - people who may be one person under two spellings: with points, and in what they agree; and what
 * somebody decides on them. */
#include "desk/page.h"

#include "app/people.h"

typedef struct pairing {
    gr_visit *visit;
    const gr_list *complaint; /* may be NULL */
} pairing;

static void person(gr_screen *screen, const gr_whois_name *name)
{
    gr_html *html = &screen->html;

    gr_html_start(html, "div", "person");
    gr_html_start(html, "strong", NULL);
    gr_phrase_person(gr_html_voice(html), GR_TONE_NAME, name->person.name, name->person.id);
    gr_html_end(html);
    if (name->person.employer.len > 0) {
        gr_html_start(html, "span", "line");
        gr_html_say(html, GR_TONE_NAME, name->person.employer);
        gr_html_end(html);
    }
    if (name->person.email.len > 0) {
        gr_html_start(html, "span", "line");
        gr_html_say(html, GR_TONE_NAME, name->person.email);
        gr_html_end(html);
    }
    gr_html_end_line(html);
}

static bool was_tried(const pairing *p, const gr_whois_pair *pair)
{
    return p->complaint && gr_text_equal(gr_visit_form(p->visit, "a"), pair->a.mark) &&
           gr_text_equal(gr_visit_form(p->visit, "b"), pair->b.mark);
}

static void decide_form(gr_screen *screen, const pairing *p, const gr_whois_pair *pair)
{
    bool is_tried = was_tried(p, pair);
    gr_text prefix =
        gr_arena_print(p->visit->arena, "%.*s-%.*s-", GR_ALL(pair->a.mark), GR_ALL(pair->b.mark));
    gr_field reason = { .name = "reason",
                        .label = "Reason",
                        .type = "area",
                        .prefix = is_tried ? NULL : prefix.ptr,
                        .value = is_tried ? gr_visit_form(p->visit, "reason") : GR_TEXT(""),
                        .is_needed = true };
    gr_form form;

    gr_html_start(&screen->html, "details", "way");
    if (is_tried)
        gr_html_attribute(&screen->html, "open", "open");
    gr_html_element(&screen->html, "summary", NULL, "Decide");
    form = gr_form_open(screen, NULL, "deed", is_tried ? p->complaint : NULL, "/people");
    gr_form_complaints(&form);
    gr_form_hidden(&form, "a", pair->a.mark);
    gr_form_hidden(&form, "b", pair->b.mark);
    gr_form_field(&form, &reason);
    gr_html_start(&screen->html, "p", "buttons");
    gr_form_button(&form, "do", "merge", NULL, "They are one person");
    gr_form_button(&form, "do", "split", NULL, "They are two");
    gr_html_end_line(&screen->html);
    gr_form_close(&form);
    gr_html_end_line(&screen->html);
}

static void pair_article(gr_screen *screen, const pairing *p, const gr_whois_pair *pair)
{
    gr_html *html = &screen->html;

    gr_html_start(html, "article", "pair");
    gr_html_start(html, "h2", NULL);
    gr_html_print(html, "%d points%s", pair->score, pair->is_linked ? ": possibly one person" : "");
    gr_html_end_line(html);
    gr_html_start(html, "div", "persons");
    person(screen, &pair->a);
    person(screen, &pair->b);
    gr_html_end_line(html);
    gr_html_start(html, "p", "note");
    gr_html_say(html, GR_TONE_NAME, pair->why);
    gr_html_end_line(html);
    if (gr_screen_may_go(screen->visit, "POST", "/people"))
        decide_form(screen, p, pair);
    gr_html_end_line(html);
}

static gr_status write(void *context, const gr_candidates *told, gr_error *err)
{
    const pairing *p = context;
    size_t page = gr_screen_page(p->visit), from = page * GR_SCREEN_PAIRS;
    gr_text done = gr_visit_query(p->visit, "done");
    gr_screen screen;

    if (gr_screen_open(&screen, p->visit, "/people", GR_TEXT("People"), err) != GR_OK)
        return err->status;
    if (done.len > 0)
        gr_screen_done(&screen, gr_text_is(done, "merge")
                                    ? "It has been kept that they are one person."
                                    : "It has been kept that they are two people.");
    gr_screen_heading(&screen, 1, NULL, "Who may be one person");
    gr_screen_say(&screen, "p", "lead",
                  told->pair_count == 0   ? "There is nobody to decide on."
                  : told->pair_count == 1 ? "One pair."
                                          : "%zu pairs, the most alike first.",
                  told->pair_count);
    if (told->pair_count > 0)
        gr_screen_say(&screen, "p", "note",
                      "After a decision everything is judged again, which may take a while.");
    for (size_t i = from; i < told->pair_count && i < from + GR_SCREEN_PAIRS; i++)
        pair_article(&screen, p, &told->pair[i]);
    gr_screen_pager(&screen, "/people", GR_TEXT(""), page, GR_SCREEN_PAIRS, told->pair_count);
    return gr_screen_close(&screen, err);
}

static gr_status show(gr_visit *visit, const gr_list *complaint, gr_error *err)
{
    char day[GR_DAY_TEXT];
    gr_audit_options options = { .ledger = visit->desk->options.ledger,
                                 .as_of = gr_day_print(visit->as_of, day) };
    pairing p = { visit, complaint };

    return gr_candidates_find(visit->desk->rules, &options, write, &p, err);
}

gr_status gr_page_people(gr_visit *visit, gr_error *err)
{
    return show(visit, NULL, err);
}

static bool swallow(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return true;
}

gr_status gr_page_people_post(gr_visit *visit, gr_error *err)
{
    const gr_report_style style = { .format = GR_FORMAT_TEXT };
    bool splits = gr_text_is(gr_visit_form(visit, "do"), "split");
    gr_identity_options options = { .ledger = visit->desk->options.ledger,
                                    .a = gr_screen_text(visit, gr_visit_form(visit, "a")),
                                    .b = gr_screen_text(visit, gr_visit_form(visit, "b")),
                                    .splits = splits,
                                    .reason = gr_screen_text(visit, gr_visit_form(visit, "reason")),
                                    .author = gr_screen_text(visit, visit->who.name) };
    gr_list complaint = GR_LIST(gr_complaint);
    gr_error error = { .status = GR_OK };
    gr_status status;

    if (!splits && !gr_text_is(gr_visit_form(visit, "do"), "merge"))
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "go back to People",
                       "say whether they are one person or two");
    status = gr_identity_decide(visit->desk->rules, &options, &style, swallow, NULL, &error);
    if (status == GR_OK)
        return gr_screen_go(visit, err, "/people?done=%s", splits ? "split" : "merge");
    if (!gr_screen_is_refusal(status)) {
        *err = error;
        return status;
    }
    if (!gr_complain(&complaint, visit, GR_TEXT("reason"), "%s%s%s", error.message,
                     error.hint[0] ? "; " : "", error.hint)) {
        gr_list_free(&complaint);
        return gr_fail_memory(err);
    }
    visit->reply->status = 422;
    status = show(visit, &complaint, err);
    gr_list_free(&complaint);
    return status;
}
