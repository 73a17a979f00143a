/* src/desk/json_findings.c - findings of the ledger, decisions on them, and whole reports. */
#include <string.h>

#include "desk/json_body.h"
#include "model/report.h"
#include "report/json_finding.h"

enum { GR_MOST_FINDINGS = 1000, GR_FINDINGS = 100, GR_MOST_OFFSET = 1000000000 };

static const gr_report_style as_json = { .format = GR_FORMAT_JSON };

static bool pass_on(void *context, const char *bytes, size_t length)
{
    gr_writer *out = context;

    gr_write(out, bytes, length);
    return !out->failed;
}

static gr_filter read_filter(const gr_visit *visit)
{
    return (gr_filter){ .executive = gr_query_word(visit, "executive"),
                        .recipient = gr_query_word(visit, "recipient"),
                        .client = gr_query_word(visit, "client"),
                        .branch = gr_query_word(visit, "branch"),
                        .rule = gr_query_word(visit, "rule"),
                        .verdict = gr_query_word(visit, "verdict"),
                        .from = gr_query_word(visit, "from"),
                        .to = gr_query_word(visit, "to") };
}

/* A parameter at fault is one of the query, not of a command line. */
static gr_status name_parameter(gr_status status, gr_error *err)
{
    if (status == GR_EUSAGE && strncmp(err->file, "--", 2) == 0)
        memmove(err->file, err->file + 2, strlen(err->file + 2) + 1);
    return status;
}

static gr_status recall(gr_visit *visit, bool gifts, gr_report **out, gr_error *err)
{
    const gr_recall_options options = { .ledger = visit->desk->options.ledger,
                                        .rules = visit->desk->options.rules_dir,
                                        .filter = read_filter(visit),
                                        .gifts = gifts };

    return name_parameter(gr_report_recall(&options, out, err), err);
}

/* ---- findings ---- */

static void list_findings(gr_json *json, const gr_report *report, size_t offset, size_t most)
{
    size_t at = 0;

    for (size_t e = 0; e < report->executive_count; e++) {
        const gr_executive *who = &report->executive[e];

        for (size_t i = 0; i < who->finding_count; i++, at++)
            if (at >= offset && at - offset < most)
                gr_json_put(json, NULL, gr_json_finding(who->finding[i]));
    }
}

gr_status gr_json_findings(gr_visit *visit, gr_error *err)
{
    static const char *const names[] = { "executive", "recipient", "client", "branch",
                                         "rule",      "verdict",   "from",   "to",
                                         "offset",    "limit",     NULL };
    size_t offset = 0, most = 0, total = 0;
    gr_report *report;
    gr_json json;
    gr_status status = gr_query_check(visit, names, err);

    if (status == GR_OK)
        status = gr_query_number(visit, "offset", GR_MOST_OFFSET, 0, &offset, err);
    if (status == GR_OK)
        status = gr_query_number(visit, "limit", GR_MOST_FINDINGS, GR_FINDINGS, &most, err);
    if (status == GR_OK)
        status = recall(visit, false, &report, err);
    if (status != GR_OK)
        return status;
    for (size_t e = 0; e < report->executive_count; e++)
        total += report->executive[e].finding_count;
    gr_json_start(visit, &json);
    gr_json_put(&json, "total", gr_json_number(total));
    gr_json_put(&json, "offset", gr_json_number(offset));
    gr_json_open(&json, "findings", '[');
    list_findings(&json, report, offset, most);
    gr_json_close(&json, ']');
    gr_report_free(report);
    return gr_json_end(&json, err);
}

/* ---- decisions ---- */

typedef struct deciding {
    gr_text decision, reason, fact, value, gift, exemption;
} deciding;

static gr_status read_decision(gr_visit *visit, deciding *d, gr_error *err)
{
    static const char *const names[] = { "decision", "reason",    "fact", "value",
                                         "gift",     "exemption", NULL };
    const json_t *body;
    gr_status status = gr_body_read(visit, false, &body, err);

    if (status == GR_OK)
        status = gr_body_check(body, names, err);
    if (status == GR_OK)
        status = gr_body_text(body, "decision", true, &d->decision, err);
    if (status == GR_OK)
        status = gr_body_text(body, "reason", true, &d->reason, err);
    if (status == GR_OK)
        status = gr_body_text(body, "fact", gr_text_is(d->decision, "fact"), &d->fact, err);
    if (status == GR_OK)
        status = gr_body_text(body, "value", false, &d->value, err);
    if (status == GR_OK)
        status = gr_body_text(body, "gift", false, &d->gift, err);
    if (status == GR_OK)
        status =
            gr_body_text(body, "exemption", gr_text_is(d->decision, "exempt"), &d->exemption, err);
    return status;
}

/* Members that the decision has no use for are refused: whoever sent them meant something by them. */
static gr_status check_decision(const deciding *d, gr_error *err)
{
    bool is_fact = gr_text_is(d->decision, "fact"), is_exempt = gr_text_is(d->decision, "exempt");
    const char *stray = !is_fact && d->fact.len > 0          ? "fact"
                        : !is_fact && d->value.len > 0       ? "value"
                        : !is_fact && d->gift.len > 0        ? "gift"
                        : !is_exempt && d->exemption.len > 0 ? "exemption"
                                                             : NULL;

    if (!is_fact && !is_exempt && !gr_text_is(d->decision, "accept") &&
        !gr_text_is(d->decision, "reopen"))
        return gr_fail(err, GR_EUSAGE, (gr_place){ "decision", 0, 0 },
                       "one of fact, accept, exempt, reopen", "'%.*s' is no decision",
                       GR_SHOW(d->decision));
    return stray ? gr_fail(err, GR_EUSAGE, (gr_place){ stray, 0, 0 }, "leave it out",
                           "it does not belong to this decision")
                 : GR_OK;
}

static gr_status resolve(gr_visit *visit, const deciding *d, gr_error *err)
{
    gr_text fact = gr_arena_print(visit->arena, "%.*s=%.*s", GR_ALL(d->fact), GR_ALL(d->value));
    const gr_resolve_options options = { .ledger = visit->desk->options.ledger,
                                         .finding = visit->part[0].ptr,
                                         .reason = d->reason.ptr,
                                         .author = visit->who.name.ptr,
                                         .fact = gr_text_is(d->decision, "fact") ? fact.ptr : NULL,
                                         .gift = d->gift.len > 0 ? d->gift.ptr : NULL,
                                         .accept = gr_text_is(d->decision, "accept"),
                                         .exempt = gr_text_is(d->decision, "exempt")
                                                       ? d->exemption.ptr
                                                       : NULL,
                                         .reopen = gr_text_is(d->decision, "reopen") };
    gr_resolution *resolution;
    gr_status status =
        fact.ptr ? gr_resolve(visit->desk->rules, &options, &resolution, err) : gr_fail_memory(err);

    if (status != GR_OK)
        return name_parameter(status, err);
    status = gr_resolution_write(resolution, &as_json, pass_on, &visit->out, err);
    gr_resolution_free(resolution);
    return status;
}

gr_status gr_json_decide(gr_visit *visit, gr_error *err)
{
    deciding d = { .gift = GR_TEXT("") };
    gr_status status = read_decision(visit, &d, err);

    if (status == GR_OK)
        status = check_decision(&d, err);
    visit->part[0] = gr_arena_copy(visit->arena, visit->part[0]); /* with an end */
    if (status == GR_OK && !visit->part[0].ptr)
        status = gr_fail_memory(err);
    return status == GR_OK ? resolve(visit, &d, err) : status;
}

/* ---- reports ---- */

static const struct format {
    const char *word, *type, *disposition;
    gr_format format;
} formats[] = {
    { "json", "application/json", NULL, GR_FORMAT_JSON },
    { "csv", "text/csv; charset=utf-8", "attachment; filename=\"giftrule.csv\"", GR_FORMAT_CSV },
    { "html", "text/html; charset=utf-8", "attachment; filename=\"giftrule.html\"",
      GR_FORMAT_HTML },
    { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "attachment; filename=\"giftrule.xlsx\"", GR_FORMAT_XLSX },
};

static gr_status read_style(gr_visit *visit, const struct format **format, gr_report_style *style,
                            gr_error *err)
{
    gr_text part = visit->part[0], wanted = gr_visit_query(visit, "format");
    size_t i = 0;

    if (!gr_text_is(part, "whole") && !gr_text_is(part, "register")) {
        visit->reply->status = 404;
        return gr_fail(err, GR_EUSAGE, (gr_place){ "part", 0, 0 }, "one of whole, register",
                       "'%.*s' is no part of a report", GR_SHOW(part));
    }
    while (i < GR_COUNT(formats) && wanted.len > 0 && !gr_text_is(wanted, formats[i].word))
        i++;
    if (i == GR_COUNT(formats))
        return gr_fail(err, GR_EUSAGE, (gr_place){ "format", 0, 0 }, "one of json, csv, html, xlsx",
                       "'%.*s' is not a format", GR_SHOW(wanted));
    *format = &formats[i];
    *style = (gr_report_style){ .format = formats[i].format,
                                .part = gr_text_is(part, "register") ? GR_REPORT_REGISTER
                                                                     : GR_REPORT_WHOLE,
                                .table = gr_query_word(visit, "table") };
    return GR_OK;
}

gr_status gr_json_report(gr_visit *visit, gr_error *err)
{
    static const char *const names[] = { "format", "table",  "executive", "recipient",
                                         "client", "branch", "rule",      "verdict",
                                         "from",   "to",     NULL };
    const struct format *format = NULL;
    gr_report_style style;
    gr_report *report;
    gr_status status = gr_query_check(visit, names, err);

    if (status == GR_OK)
        status = read_style(visit, &format, &style, err);
    if (status == GR_OK)
        status = recall(visit, true, &report, err);
    if (status != GR_OK)
        return status;
    visit->reply->type = format->type;
    visit->reply->disposition = format->disposition;
    status = name_parameter(gr_report_write(report, &style, pass_on, &visit->out, err), err);
    gr_report_free(report);
    return status;
}
