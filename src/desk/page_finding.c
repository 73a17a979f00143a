/* src/desk/page_finding.c - deciding on a finding: a fact that the record does not say, accepting it, an exemption, or
 * opening it again; each with a reason. */
#include "desk/page_finding.h"

#include <string.h>

static bool was_tried(const gr_screen *screen, const gr_list *complaint, const char *deed)
{
    return complaint && complaint->count > 0 &&
           gr_text_is(gr_visit_form(screen->visit, "do"), deed);
}

static void reason(gr_form *form, const char *deed, bool is_tried)
{
    gr_text prefix = gr_arena_print(form->screen->visit->arena, "%s-", deed);
    gr_field field = { .name = "reason",
                       .label = "Reason",
                       .type = "area",
                       .prefix =
                           is_tried ? NULL : prefix.ptr, /* links to what is wrong lead to it */
                       .value =
                           is_tried ? gr_visit_form(form->screen->visit, "reason") : GR_TEXT(""),
                       .is_needed = true };

    gr_form_field(form, &field);
}

static gr_form open_way(gr_screen *screen, const gr_finding *finding, const char *deed,
                        const char *title, const gr_list *complaint, bool is_first)
{
    bool is_tried = was_tried(screen, complaint, deed);
    gr_form form;

    gr_html_start(&screen->html, "details", "way");
    if (is_tried || is_first)
        gr_html_attribute(&screen->html, "open", "open");
    gr_html_element(&screen->html, "summary", NULL, title);
    form = gr_form_open(screen, NULL, "deed", is_tried ? complaint : NULL, "/findings/%.*s",
                        GR_ALL(finding->id));
    gr_form_hidden(&form, "do", gr_text_of(deed));
    gr_form_complaints(&form);
    return form;
}

static void close_way(gr_form *form, const char *deed, const char *button)
{
    reason(form, deed, form->complaint != NULL);
    gr_form_button(form, NULL, NULL, "main", button);
    gr_form_close(form);
    gr_html_end_line(&form->screen->html);
}

/* ---- the fact ---- */

/* The fact that the question asks for, where it asks by the words of the list of facts. */
static gr_fact asked_for(const gr_finding *finding)
{
    for (int f = 0; f < GR_FACT_COUNT; f++) {
        gr_text words = gr_text_of(gr_fact_get((gr_fact)f)->question);

        for (size_t at = 0; at + words.len <= finding->question.len; at++)
            if (gr_text_equal(gr_text_slice(finding->question, at, at + words.len), words))
                return (gr_fact)f;
    }
    return GR_FACT_NONE;
}

static void fact_option(gr_html *html, gr_fact fact, gr_text chosen)
{
    const gr_fact_info *info = gr_fact_get(fact);

    gr_html_start(html, "option", NULL);
    gr_html_attribute(html, "value", info->name);
    if (info->words)
        gr_html_attribute(html, "data-words", info->words);
    if (gr_text_is(chosen, info->name))
        gr_html_attribute(html, "selected", "selected");
    gr_html_print(html, "%s: %s", info->name, info->question);
    gr_html_end(html);
}

static void any_fact(gr_form *form, gr_text chosen, gr_text value)
{
    gr_html *html = &form->screen->html;
    gr_field field = { .name = "value",
                       .label = "Its value",
                       .hint = "A word of the fact, a day as 2026-05-04, or an amount as 85.00; "
                               "empty takes back what was said before",
                       .value = value };

    gr_html_start(html, "div", "field");
    gr_html_start(html, "label", NULL);
    gr_html_attribute(html, "for", "in-fact");
    gr_html_print(html, "Which fact");
    gr_html_end(html);
    gr_html_start(html, "select", NULL);
    gr_html_attribute(html, "id", "in-fact");
    gr_html_attribute(html, "name", "fact");
    for (int f = 0; f < GR_FACT_COUNT; f++)
        fact_option(html, (gr_fact)f, chosen);
    gr_html_end(html);
    gr_html_end_line(html);
    gr_form_field(form, &field);
}

static void fact_way(gr_screen *screen, const gr_finding *finding, const gr_list *complaint)
{
    gr_fact fact = asked_for(finding);
    bool is_tried = was_tried(screen, complaint, "fact");
    gr_form form = open_way(screen, finding, "fact",
                            fact == GR_FACT_NONE ? "Say a fact that the record does not say"
                                                 : "Answer the question",
                            complaint, finding->question.len > 0 && !finding->decision);
    gr_text value = is_tried ? gr_visit_form(screen->visit, "value") : GR_TEXT("");

    if (fact != GR_FACT_NONE && gr_fact_get(fact)->words) {
        gr_field field = { .name = "value",
                           .label = gr_fact_get(fact)->question,
                           .words = gr_fact_get(fact)->words,
                           .value = value,
                           .is_needed = true };

        gr_form_hidden(&form, "fact", gr_text_of(gr_fact_get(fact)->name));
        gr_form_field(&form, &field);
    } else {
        any_fact(&form,
                 is_tried ? gr_visit_form(screen->visit, "fact")
                          : gr_text_of(fact == GR_FACT_NONE ? "" : gr_fact_get(fact)->name),
                 value);
    }
    close_way(&form, "fact", "Keep this fact");
}

/* ---- all ways ---- */

static void exempt_way(gr_screen *screen, const gr_finding *finding, const gr_list *complaint)
{
    gr_form form = open_way(screen, finding, "exempt", "An exemption covers it", complaint, false);
    gr_field number = { .name = "exempt",
                        .label = "Number of the exemption",
                        .value =
                            form.complaint ? gr_visit_form(screen->visit, "exempt") : GR_TEXT(""),
                        .is_needed = true };

    gr_form_field(&form, &number);
    close_way(&form, "exempt", "Keep the exemption");
}

void gr_finding_decide_forms(gr_screen *screen, const gr_finding *finding, const gr_list *complaint)
{
    gr_form form;

    gr_screen_heading(screen, 2, "decide", "Decide on it");
    gr_screen_say(
        screen, "p", "note",
        "Every decision is kept with your name and its reason. After a fact everything is "
        "judged again.");
    gr_html_start(&screen->html, "div", "ways");
    if (finding->decision) {
        form = open_way(screen, finding, "reopen", "Open it again", complaint, false);
        close_way(&form, "reopen", "Open it again");
    } else {
        fact_way(screen, finding, complaint);
        form = open_way(screen, finding, "accept", "Accept it as it is", complaint, false);
        close_way(&form, "accept", "Accept it");
        exempt_way(screen, finding, complaint);
    }
    gr_html_end_line(&screen->html);
}

/* ---- what is decided ---- */

/* What options name is what inputs are named. */
static gr_text input_of(const char *option)
{
    return strcmp(option, "--reason") == 0   ? GR_TEXT("reason")
           : strcmp(option, "--fact") == 0   ? GR_TEXT("value")
           : strcmp(option, "--exempt") == 0 ? GR_TEXT("exempt")
                                             : GR_TEXT("");
}

static gr_status decide(gr_visit *visit, gr_error *err)
{
    gr_text deed = gr_visit_form(visit, "do"), fact = gr_visit_form(visit, "fact");
    gr_text stated = gr_arena_print(visit->arena, "%s=%s", gr_screen_text(visit, fact),
                                    gr_screen_text(visit, gr_visit_form(visit, "value")));
    gr_resolve_options options = { .ledger = visit->desk->options.ledger,
                                   .finding = gr_screen_text(visit, visit->part[0]),
                                   .reason = gr_screen_text(visit, gr_visit_form(visit, "reason")),
                                   .author = gr_screen_text(visit, visit->who.name),
                                   .accept = gr_text_is(deed, "accept"),
                                   .reopen = gr_text_is(deed, "reopen") };
    gr_resolution *resolution;
    gr_status status;

    if (!stated.ptr)
        return gr_fail_memory(err);
    if (gr_text_is(deed, "fact"))
        options.fact = stated.ptr;
    if (gr_text_is(deed, "exempt"))
        options.exempt = gr_screen_text(visit, gr_visit_form(visit, "exempt"));
    status = gr_resolve(visit->desk->rules, &options, &resolution, err);
    if (status == GR_OK)
        gr_resolution_free(resolution);
    return status;
}

gr_status gr_page_finding_post(gr_visit *visit, gr_error *err)
{
    gr_list complaint = GR_LIST(gr_complaint);
    gr_error error = { .status = GR_OK };
    gr_status status = decide(visit, &error);

    if (status == GR_OK)
        return gr_screen_go(visit, err, "/findings/%.*s?done=%.*s",
                            GR_ALL(gr_screen_escape(visit, visit->part[0])),
                            GR_ALL(gr_screen_escape(visit, gr_visit_form(visit, "do"))));
    if (!gr_screen_is_refusal(status)) {
        *err = error;
        return status;
    }
    if (!gr_complain(&complaint, visit, input_of(error.file), "%s%s%s", error.message,
                     error.hint[0] ? "; " : "", error.hint)) {
        gr_list_free(&complaint);
        return gr_fail_memory(err);
    }
    visit->reply->status = 422;
    status = gr_screen_write_finding(visit, &complaint, err);
    gr_list_free(&complaint);
    return status;
}
