/* src/desk/page_findings.c - what the records show: lists of findings by what is to be done with them, and one of them with its
 * arithmetic and its question. */
#include "desk/page.h"
#include "desk/page_finding.h"

#include "report/within.h"

static const char *const titles[GR_WITHIN_LISTS] = { "Violations", "To review", "Warnings",
                                                     "Decided" };

typedef struct finding_query {
    gr_within_list list;
    gr_text executive, recipient, client, rule;
} finding_query;

static gr_text trimmed(gr_visit *visit, const char *name)
{
    return gr_text_trim(gr_visit_query(visit, name));
}

static finding_query read_query(gr_visit *visit, const size_t count[GR_WITHIN_LISTS])
{
    finding_query q = { .executive = trimmed(visit, "executive"),
                        .recipient = trimmed(visit, "recipient"),
                        .client = trimmed(visit, "client"),
                        .rule = trimmed(visit, "rule") };
    gr_text list = gr_visit_query(visit, "list");

    for (int i = 0; count && i < GR_WITHIN_LISTS; i++) { /* the first in which there is anything */
        q.list = (gr_within_list)i;
        if (list.len > 0 ? gr_text_is(list, gr_within_list_word(q.list)) : count[i] > 0)
            return q;
    }
    q.list = GR_WITHIN_VIOLATIONS;
    return q;
}

static const char *or_null(gr_visit *visit, gr_text text)
{
    return text.len > 0 ? gr_screen_text(visit, text) : NULL;
}

static gr_status recall(gr_visit *visit, const finding_query *q, gr_report **out, gr_error *err)
{
    gr_recall_options options = { .ledger = visit->desk->options.ledger,
                                  .rules = visit->desk->options.rules_dir,
                                  .filter = { .executive = or_null(visit, q->executive),
                                              .recipient = or_null(visit, q->recipient),
                                              .client = or_null(visit, q->client),
                                              .rule = or_null(visit, q->rule) } };

    if (!gr_screen_may(visit, GR_MAY_OFFICER | GR_MAY_AUDITOR))
        return gr_screen_recall(visit, false, q->executive, out, err);
    return gr_report_recall(&options, out, err);
}

/* The filters as they go into an address. */
static gr_text printed(gr_visit *visit, const finding_query *q, gr_within_list list)
{
    gr_text text = gr_arena_print(
        visit->arena, "list=%s&executive=%.*s&recipient=%.*s&client=%.*s&rule=%.*s",
        gr_within_list_word(list), GR_ALL(gr_screen_escape(visit, q->executive)),
        GR_ALL(gr_screen_escape(visit, q->recipient)), GR_ALL(gr_screen_escape(visit, q->client)),
        GR_ALL(gr_screen_escape(visit, q->rule)));

    visit->out.failed = visit->out.failed || !text.ptr;
    return text.ptr ? text : GR_TEXT("");
}

static void lists(gr_screen *screen, const finding_query *q, const size_t count[GR_WITHIN_LISTS])
{
    gr_html *html = &screen->html;

    gr_html_start(html, "nav", "tabs");
    gr_html_attribute(html, "aria-label", "Lists of findings");
    gr_html_start(html, "ul", NULL);
    for (int i = 0; i < GR_WITHIN_LISTS; i++) {
        gr_text query = printed(screen->visit, q, (gr_within_list)i);

        gr_html_start(html, "li", NULL);
        gr_html_start(html, "a", NULL);
        gr_html_attribute_start(html, "href");
        gr_html_print(html, "/findings?");
        gr_html_text(html, query);
        gr_html_attribute_end(html);
        if (q->list == (gr_within_list)i)
            gr_html_attribute(html, "aria-current", "page");
        gr_html_print(html, "%s ", titles[i]);
        gr_html_start(html, "span", "count");
        gr_html_print(html, "%zu", count[i]);
        gr_html_end(html);
        gr_html_end(html);
        gr_html_end_line(html);
    }
    gr_html_end(html);
    gr_html_end_line(html);
}

static void filters(gr_screen *screen, const finding_query *q)
{
    const gr_field fields[] = {
        { .name = "executive", .label = "Account executive", .value = q->executive },
        { .name = "recipient", .label = "Recipient", .value = q->recipient },
        { .name = "client", .label = "Employer", .value = q->client },
        { .name = "rule", .label = "Rulebook", .value = q->rule },
    };
    bool is_set = q->executive.len + q->recipient.len + q->client.len + q->rule.len > 0;
    gr_form form;

    gr_html_start(&screen->html, "details", "filters");
    if (is_set)
        gr_html_attribute(&screen->html, "open", "open");
    gr_html_element(&screen->html, "summary", NULL, "Only some of them");
    form = gr_form_open_search(screen, "filter", "/findings");
    gr_form_hidden(&form, "list", gr_text_of(gr_within_list_word(q->list)));
    gr_html_start(&screen->html, "div", "fields");
    for (size_t i = 0; i < GR_COUNT(fields); i++)
        gr_form_field(&form, &fields[i]);
    gr_html_end_line(&screen->html);
    gr_html_start(&screen->html, "p", "buttons");
    gr_form_button(&form, NULL, NULL, NULL, "Show these");
    if (is_set)
        gr_screen_link(screen, NULL, "Show all", "/findings?list=%s", gr_within_list_word(q->list));
    gr_html_end_line(&screen->html);
    gr_form_close(&form);
    gr_html_end_line(&screen->html);
}

static gr_status write(gr_visit *visit, const gr_report *report, gr_error *err)
{
    size_t count[GR_WITHIN_LISTS], page = gr_screen_page(visit), from = page * GR_SCREEN_ROWS;
    finding_query q;
    gr_screen screen;
    gr_status status = gr_within_counts(report, count, err);

    if (status == GR_OK)
        status = gr_screen_open(&screen, visit, "/findings", GR_TEXT("Findings"), err);
    if (status != GR_OK)
        return status;
    q = read_query(visit, count);
    gr_screen_heading(&screen, 1, NULL, "Findings");
    lists(&screen, &q, count);
    filters(&screen, &q);
    if (count[q.list] == 0)
        gr_screen_say(&screen, "p", NULL, "There are none.");
    status = gr_within_findings(&screen.html, report, q.list, from, from + GR_SCREEN_ROWS, err);
    gr_screen_pager(&screen, "/findings", printed(visit, &q, q.list), page, GR_SCREEN_ROWS,
                    count[q.list]);
    if (status == GR_OK)
        return gr_screen_close(&screen, err);
    gr_html_close(&screen.html);
    return status;
}

/* Somebody is named whom the records do not know: the filters again, with what is wrong. */
static gr_status write_wrong(gr_visit *visit, const finding_query *q, const gr_error *wrong,
                             gr_error *err)
{
    gr_screen screen;

    visit->reply->status = 422;
    if (gr_screen_open(&screen, visit, "/findings", GR_TEXT("Findings"), err) != GR_OK)
        return err->status;
    gr_screen_heading(&screen, 1, NULL, "Findings");
    gr_html_start(&screen.html, "div", "wrong");
    gr_html_attribute(&screen.html, "role", "alert");
    gr_screen_say(&screen, "p", NULL, "%s%s%s.", wrong->message, wrong->hint[0] ? "; " : "",
                  wrong->hint);
    gr_html_end_line(&screen.html);
    filters(&screen, q);
    return gr_screen_close(&screen, err);
}

gr_status gr_page_findings(gr_visit *visit, gr_error *err)
{
    finding_query q = read_query(visit, NULL);
    gr_error error = { .status = GR_OK };
    gr_report *report;
    gr_status status = recall(visit, &q, &report, &error);

    if (gr_screen_is_refusal(status) && visit->reply->status < 400 &&
        q.executive.len + q.recipient.len + q.client.len + q.rule.len > 0)
        return write_wrong(visit, &q, &error, err);
    if (status != GR_OK) {
        *err = error;
        return status;
    }
    status = write(visit, report, err);
    gr_report_free(report);
    return status;
}

/* ---- one ---- */

const gr_finding *gr_screen_finding(const gr_report *report, gr_text id)
{
    for (size_t i = 0; i < report->executive_count; i++)
        for (size_t k = 0; k < report->executive[i].finding_count; k++)
            if (gr_text_equal(report->executive[i].finding[k]->id, id))
                return report->executive[i].finding[k];
    return NULL;
}

/* A fact may have answered it: then it is not made any more. */
static gr_status gone(gr_visit *visit, gr_error *err)
{
    gr_screen screen;
    bool is_kept = gr_visit_query(visit, "done").len > 0;

    if (!is_kept) {
        visit->reply->status = 404;
        return gr_fail(err, GR_EINPUT, GR_NOWHERE, "look for it under Findings",
                       "there is no finding '%.*s', or it is not made any more",
                       GR_SHOW(visit->part[0]));
    }
    if (gr_screen_open(&screen, visit, "/findings", GR_TEXT("Answered"), err) != GR_OK)
        return err->status;
    gr_screen_done(&screen, "Your decision has been kept, and everything was judged again.");
    gr_screen_say(&screen, "h1", NULL, "%.*s is answered", GR_ALL(visit->part[0]));
    gr_screen_say(&screen, "p", NULL, "With that fact the finding is not made any more.");
    gr_html_start(&screen.html, "p", NULL);
    gr_screen_link(&screen, NULL, "To the findings", "/findings");
    gr_html_end_line(&screen.html);
    return gr_screen_close(&screen, err);
}

gr_status gr_screen_write_finding(gr_visit *visit, const gr_list *complaint, gr_error *err)
{
    gr_report *report;
    gr_screen screen;
    const gr_finding *finding;
    gr_status status = gr_screen_recall(visit, false, GR_TEXT(""), &report, err);

    if (status != GR_OK)
        return status;
    finding = gr_screen_finding(report, visit->part[0]);
    if (!finding) {
        gr_report_free(report);
        return gone(visit, err);
    }
    status = gr_screen_open(&screen, visit, "/findings", finding->id, err);
    if (status == GR_OK) {
        if (gr_visit_query(visit, "done").len > 0)
            gr_screen_done(&screen, "Your decision has been kept.");
        gr_screen_say(&screen, "p", "eyebrow", "Finding");
        status = gr_within_finding(&screen.html, report, finding->id, 1, err);
        if (status == GR_OK && gr_screen_may_go(visit, "POST", "/findings/:id"))
            gr_finding_decide_forms(&screen, finding, complaint);
        gr_html_start(&screen.html, "p", NULL);
        gr_screen_link(&screen, NULL, "To the findings", "/findings");
        gr_html_end_line(&screen.html);
        if (status == GR_OK)
            status = gr_screen_close(&screen, err);
        else
            gr_html_close(&screen.html);
    }
    gr_report_free(report);
    return status;
}

gr_status gr_page_finding(gr_visit *visit, gr_error *err)
{
    return gr_screen_write_finding(visit, NULL, err);
}
