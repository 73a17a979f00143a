/* src/desk/page_report.c - the dashboard, and reports to download: what the report command writes, from the ledger, limited to
 * what the visitor may see. */
#include "desk/page.h"

#include "report/within.h"

#include <string.h>

/* ---- what a visitor may have told ---- */

gr_status gr_screen_recall(gr_visit *visit, bool gifts, gr_text executive, gr_report **out,
                           gr_error *err)
{
    gr_recall_options options = { .ledger = visit->desk->options.ledger,
                                  .rules = visit->desk->options.rules_dir,
                                  .gifts = gifts };
    gr_text giver = executive;

    if (visit->who.role == GR_ROLE_EXECUTIVE) { /* own ones, colleagues without names */
        options.role = "executive";
        giver = visit->who.giver;
    } else if (!gr_screen_may(visit, GR_MAY_OFFICER | GR_MAY_AUDITOR) &&
               !gr_visit_may_see(visit, GR_TEXT(""), giver)) {
        giver = GR_TEXT("");
    } else if (giver.len == 0) {
        return gr_report_recall(&options, out, err);
    }
    if (giver.len == 0) {
        visit->reply->status = 403;
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "name an account executive who is yours to see",
                       "your account does not see all account executives together");
    }
    options.filter.executive = gr_screen_text(visit, giver);
    return gr_report_recall(&options, out, err);
}

/* ---- the dashboard ---- */

gr_status gr_page_dashboard(gr_visit *visit, gr_error *err)
{
    gr_report *report;
    gr_screen screen;
    gr_status status =
        gr_screen_recall(visit, true, gr_visit_query(visit, "executive"), &report, err);

    if (status != GR_OK)
        return status;
    status = gr_screen_open(&screen, visit, "/dashboard", GR_TEXT("Dashboard"), err);
    if (status == GR_OK) {
        status = gr_within_overview(&screen.html, report, err);
        if (status == GR_OK)
            status = gr_screen_close(&screen, err);
        else
            gr_html_close(&screen.html);
    }
    gr_report_free(report);
    return status;
}

/* ---- reports ---- */

static const struct {
    const char *word, *shown, *type;
    gr_format format;
} formats[] = {
    { "html", "One page for a browser", "text/html; charset=utf-8", GR_FORMAT_HTML },
    { "txt", "Text", "text/plain; charset=utf-8", GR_FORMAT_TEXT },
    { "json", "JSON", "application/json", GR_FORMAT_JSON },
    { "csv", "CSV", "text/csv; charset=utf-8", GR_FORMAT_CSV },
    { "xlsx", "Spreadsheet (XLSX)",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", GR_FORMAT_XLSX },
};

static const char tables[] = "findings counted executives recipients gifts quarantine assumptions";

static void part_form(gr_screen *screen, const char *part, const char *title, const char *text)
{
    gr_html *html = &screen->html;
    gr_field from = { .name = "from", .label = "Gifts from", .type = "date", .prefix = part };
    gr_field to = { .name = "to", .label = "to", .type = "date", .prefix = part };
    gr_field who = { .name = "executive",
                     .label = "Account executive (number or name)",
                     .prefix = part };
    gr_field table = {
        .name = "table", .label = "Table of the CSV", .prefix = part, .words = tables
    };
    gr_form form;
    bool is_report = strcmp(part, "report") == 0;

    gr_screen_heading(screen, 2, part, title);
    gr_screen_say(screen, "p", NULL, "%s", text);
    form = gr_form_open_search(screen, "download",
                               is_report ? "/reports/report.html" : "/reports/register.html");
    gr_html_start(html, "div", "fields");
    gr_form_field(&form, &from);
    gr_form_field(&form, &to);
    if (screen->visit->who.role != GR_ROLE_EXECUTIVE)
        gr_form_field(&form, &who);
    if (is_report)
        gr_form_field(&form, &table);
    gr_html_end_line(html);
    gr_html_start(html, "p", "buttons");
    for (size_t i = 0; i < GR_COUNT(formats); i++) {
        gr_html_start(html, "button", NULL);
        gr_html_attribute(html, "type", "submit");
        gr_html_attribute_print(html, "formaction", "/reports/%s.%s", part, formats[i].word);
        gr_html_print(html, "%s", formats[i].shown);
        gr_html_end_line(html);
    }
    gr_html_end_line(html);
    gr_form_close(&form);
}

gr_status gr_page_reports(gr_visit *visit, gr_error *err)
{
    gr_screen screen;

    if (gr_screen_open(&screen, visit, "/reports", GR_TEXT("Reports"), err) != GR_OK)
        return err->status;
    gr_screen_heading(&screen, 1, NULL, "Reports to download");
    gr_screen_say(&screen, "p", NULL,
                  "They are made from the ledger as it stands now, which may take a while.");
    part_form(&screen, "report", "The report",
              "Findings by account executive, with the arithmetic and the questions.");
    part_form(&screen, "register", "The register",
              "The separate record of gifts that the rule asks for.");
    return gr_screen_close(&screen, err);
}

static gr_status unknown(gr_visit *visit, gr_error *err)
{
    visit->reply->status = 404;
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "choose one under Reports",
                   "there is no such report, or not in this format");
}

static bool append(void *context, const char *bytes, size_t length)
{
    gr_writer *out = context;

    gr_write(out, bytes, length);
    return !out->failed;
}

static const char *query_or_null(gr_visit *visit, const char *name)
{
    gr_text value = gr_text_trim(gr_visit_query(visit, name));

    return value.len > 0 ? gr_screen_text(visit, value) : NULL;
}

static gr_status recall(gr_visit *visit, gr_report **out, gr_error *err)
{
    gr_recall_options options = {
        .ledger = visit->desk->options.ledger,
        .rules = visit->desk->options.rules_dir,
        .gifts = true,
        .filter = { .executive = query_or_null(visit, "executive"),
                    .recipient = query_or_null(visit, "recipient"),
                    .client = query_or_null(visit, "client"),
                    .rule = query_or_null(visit, "rule"),
                    .from = query_or_null(visit, "from"),
                    .to = query_or_null(visit, "to") },
    };

    if (visit->who.role == GR_ROLE_EXECUTIVE) {
        options.role = "executive";
        options.filter.executive = gr_screen_text(visit, visit->who.giver);
    }
    if (gr_screen_may(visit, GR_MAY_OFFICER | GR_MAY_AUDITOR) ||
        (options.filter.executive && options.filter.executive[0] &&
         gr_visit_may_see(visit, GR_TEXT(""), gr_text_of(options.filter.executive))))
        return gr_report_recall(&options, out, err);
    visit->reply->status = 403;
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "name an account executive who is yours to see",
                   "your account does not see all account executives together");
}

gr_status gr_page_report(gr_visit *visit, gr_error *err)
{
    bool is_register = gr_text_is(visit->part[0], "register");
    size_t f = 0;
    char day[GR_DAY_TEXT];
    gr_report_style style = { .part = is_register ? GR_REPORT_REGISTER : GR_REPORT_WHOLE,
                              .table = query_or_null(visit, "table") };
    gr_report *report;
    gr_text name;
    gr_status status;

    while (f < GR_COUNT(formats) && !gr_text_is(visit->part[1], formats[f].word))
        f++;
    if (f == GR_COUNT(formats) || !(is_register || gr_text_is(visit->part[0], "report")))
        return unknown(visit, err);
    style.format = formats[f].format;
    status = recall(visit, &report, err);
    if (status != GR_OK)
        return status;
    name =
        gr_arena_print(visit->arena, "attachment; filename=\"gift-%.*s-%s.%s\"",
                       GR_ALL(visit->part[0]), gr_day_print(report->as_of, day), formats[f].word);
    status =
        name.ptr ? gr_report_write(report, &style, append, &visit->out, err) : gr_fail_memory(err);
    gr_report_free(report);
    visit->reply->type = formats[f].type;
    visit->reply->disposition = name.ptr;
    return status;
}
