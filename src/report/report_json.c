/* src/report/report_json.c - the report for other programs. One finding is in memory at a time, whatever the
 * size of the report. */
#include "report/report.h"

#include "base/error.h"
#include "report/json_finding.h"
#include "report/json_roster.h"
#include "report/subject.h"
#include "report/words.h"

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static void put_input(gr_json *json, const gr_source *input)
{
    gr_json_put(json, NULL,
                json_pack("{s:o, s:o, s:s, s:o, s:o, s:o}", "file", gr_json_text(input->file),
                          "format", gr_json_text(input->format), "sha256", input->sha256, "records",
                          gr_json_number(input->records), "quarantined",
                          gr_json_number(input->quarantined), "duplicates",
                          gr_json_number(input->duplicates)));
}

static void put_rulebook(gr_json *json, const gr_rulebook_used *book)
{
    gr_json_put(json, NULL,
                json_pack("{s:o, s:o, s:o}", "id", gr_json_text(book->id), "title",
                          gr_json_text(book->title), "sha256", gr_json_text(book->sha256)));
}

static json_t *policy(const gr_report *report)
{
    json_t *o = json_object();
    bool complete = o != NULL;

    for (size_t i = 0; complete && i < report->policy_count; i++) {
        const gr_choice *choice = &report->policy[i];
        json_t *value = gr_json_text(choice->value);

        complete = json_object_setn_new(o, choice->name.ptr, choice->name.len, value) == 0;
    }
    if (complete)
        return o;
    json_decref(o);
    return NULL;
}

static json_t *news(const gr_news *news)
{
    return json_pack(
        "{s:{s:o, s:o}, s:{s:o, s:o, s:o}}", "records", "new", gr_json_number(news->records_new),
        "changed", gr_json_number(news->records_changed), "findings", "new",
        gr_json_number(news->findings_new), "changed", gr_json_number(news->findings_changed),
        "withdrawn", gr_json_number(news->findings_withdrawn));
}

static void put_texts(gr_json *json, const char *name, const gr_text *text, size_t count)
{
    gr_json_open(json, name, '[');
    for (size_t i = 0; i < count; i++)
        gr_json_put(json, NULL, gr_json_text(text[i]));
    gr_json_close(json, ']');
}

static void put_run(gr_json *json, const gr_report *report)
{
    char moment[GR_MOMENT_TEXT];

    gr_json_open(json, "run", '{');
    gr_json_put(json, "as_of", gr_json_day(report->as_of));
    gr_json_put(json, "generated", json_string(gr_moment_print(report->generated, moment)));
    gr_json_put(json, "from", report->has_from ? gr_json_day(report->from) : json_null());
    gr_json_put(json, "to", report->has_to ? gr_json_day(report->to) : json_null());
    if (report->since.len > 0)
        gr_json_put(json, "since", gr_json_text(report->since));
    gr_json_put(json, "ledger", text_or_null(report->ledger));
    gr_json_open(json, "inputs", '[');
    for (size_t i = 0; i < report->input_count; i++)
        put_input(json, &report->input[i]);
    gr_json_close(json, ']');
    gr_json_open(json, "rulebooks", '[');
    for (size_t i = 0; i < report->rulebook_count; i++)
        put_rulebook(json, &report->rulebook[i]);
    gr_json_close(json, ']');
    gr_json_put(json, "policy", policy(report));
    gr_json_open(json, "set_for_run", '[');
    for (size_t i = 0; i < report->policy_count; i++)
        if (report->policy[i].set_for_run)
            gr_json_put(json, NULL, gr_json_text(report->policy[i].name));
    gr_json_close(json, ']');
    if (report->news.is_told)
        gr_json_put(json, "news", news(&report->news));
    gr_json_close(json, '}');
}

static void put_summary(gr_json *json, const gr_report *report)
{
    const gr_summary *sum = &report->summary;
    char line[GR_SUBJECT_TEXT];

    gr_json_open(json, "summary", '{');
    gr_json_put(json, "line", gr_json_text(gr_subject_print(report, line)));
    gr_json_put(json, "gifts", gr_json_number(sum->gifts));
    gr_json_put(json, "recipients", gr_json_number(sum->recipients));
    gr_json_put(json, "account_executives", gr_json_number(sum->account_executives));
    gr_json_put(json, "violations", gr_json_number(sum->violations));
    gr_json_put(json, "needs_review", gr_json_number(sum->needs_review));
    gr_json_put(json, "warnings", gr_json_number(sum->warnings));
    gr_json_put(json, "quarantined", gr_json_number(sum->quarantined));
    gr_json_put(json, "refused", gr_json_number(sum->refused));
    gr_json_put(json, "decided", gr_json_number(sum->decided));
    gr_json_put(json, "expenses", gr_json_number(report->expenses));
    gr_json_put(json, "duplicates", gr_json_number(report->duplicates));
    gr_json_close(json, '}');
}

static void put_pair(gr_json *json, const gr_twin *pair)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "gift", gr_json_text(pair->counts));
    gr_json_put(json, "source", gr_json_place(pair->at));
    gr_json_put(json, "other", gr_json_text(pair->other));
    gr_json_put(json, "other_source", gr_json_place(pair->other_at));
    gr_json_put(json, "date", gr_json_day(pair->day));
    gr_json_put(json, "why", gr_json_text(pair->why));
    gr_json_put(json, "difference", gr_json_text(pair->difference));
    gr_json_close(json, '}');
}

/* Where there was more than one of gift log, expenses and approvals. */
static void put_reconciled(gr_json *json, const gr_report *report)
{
    const gr_reconciled *n = &report->reconciled;

    if (!n->is_told)
        return;
    gr_json_open(json, "reconciliation", '{');
    gr_json_put(json, "logged", gr_json_number(n->logged));
    gr_json_put(json, "expensed", gr_json_number(n->expensed));
    gr_json_put(json, "matched", gr_json_number(n->matched));
    gr_json_put(json, "by_reference", gr_json_number(n->by_number));
    gr_json_put(json, "by_content", gr_json_number(n->by_content));
    gr_json_put(json, "log_only", gr_json_number(n->log_only));
    gr_json_put(json, "expense_only", gr_json_number(n->expense_only));
    gr_json_put(json, "outside_log", gr_json_number(n->outside));
    gr_json_put(json, "approvals", gr_json_number(n->approvals));
    gr_json_put(json, "approvals_used", gr_json_number(n->approvals_used));
    gr_json_put(json, "approvals_unused", gr_json_number(n->approvals - n->approvals_used));
    if (report->pair_count > 0) {
        gr_json_open(json, "pairs", '[');
        for (size_t i = 0; i < report->pair_count; i++)
            put_pair(json, &report->pair[i]);
        gr_json_close(json, ']');
    }
    gr_json_close(json, '}');
}

static void put_executive(gr_json *json, const gr_executive *who, const gr_rostered *roster)
{
    const gr_summary *sum = &who->summary;

    gr_json_open(json, NULL, '{');
    gr_json_put(json, "id", gr_json_text(who->id));
    gr_json_put(json, "name", gr_json_text(who->name));
    gr_json_open(json, "summary", '{');
    gr_json_put(json, "gifts", gr_json_number(sum->gifts));
    gr_json_put(json, "recipients", gr_json_number(sum->recipients));
    gr_json_put(json, "violations", gr_json_number(sum->violations));
    gr_json_put(json, "needs_review", gr_json_number(sum->needs_review));
    gr_json_put(json, "warnings", gr_json_number(sum->warnings));
    gr_json_put(json, "decided", gr_json_number(sum->decided));
    gr_json_close(json, '}');
    gr_json_open(json, "findings", '[');
    for (size_t i = 0; i < who->finding_count && !json->writer->failed; i++)
        gr_json_put(json, NULL, gr_json_finding(who->finding[i]));
    gr_json_close(json, ']');
    gr_json_open(json, "references", '[');
    for (size_t i = 0; i < who->reference_count; i++)
        gr_json_put(json, NULL, gr_json_text(who->reference[i]));
    gr_json_close(json, ']');
    gr_json_put_staff(json, who, roster);
    gr_json_close(json, '}');
}

/* record: NULL for a whole input. */
static void put_error(gr_json *json, const gr_error *error, const gr_text *record)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "file", gr_json_text(gr_text_of(error->file)));
    gr_json_put(json, "line", gr_json_number(error->line));
    gr_json_put(json, "column", gr_json_number(error->column));
    if (record)
        gr_json_put(json, "record", gr_json_text(*record));
    gr_json_put(json, "message", gr_json_text(gr_text_of(error->message)));
    gr_json_put(json, "hint", gr_json_text(gr_text_of(error->hint)));
    gr_json_close(json, '}');
}

static void put_errors(gr_json *json, const gr_report *report)
{
    gr_json_open(json, "quarantine", '[');
    for (size_t i = 0; i < report->quarantined_count && !json->writer->failed; i++)
        put_error(json, &report->quarantined[i].error, &report->quarantined[i].record);
    gr_json_close(json, ']');
    gr_json_open(json, "refused", '[');
    for (size_t i = 0; i < report->refused_count; i++)
        put_error(json, &report->refused[i], NULL);
    gr_json_close(json, ']');
}

gr_status gr_report_json(const gr_report *report, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    if (report->role.len > 0) {
        gr_json_put(&json, "role", gr_json_text(report->role));
        put_texts(&json, "left_out", report->withheld, report->withheld_count);
    }
    if (report->filter_count > 0)
        put_texts(&json, "filter", report->filter, report->filter_count);
    put_run(&json, report);
    put_summary(&json, report);
    put_reconciled(&json, report);
    gr_json_open(&json, "account_executives", '[');
    for (size_t i = 0; i < report->executive_count && !writer->failed; i++)
        put_executive(&json, &report->executive[i], report->roster);
    gr_json_close(&json, ']');
    gr_json_put_roster(&json, report);
    put_errors(&json, report);
    put_texts(&json, "notes", report->note, report->note_count);
    put_texts(&json, "assumptions", report->assumption, report->assumption_count);
    gr_json_close(&json, '}');
    if (json.failed)
        return gr_fail_memory(err);
    if (writer->failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the report cannot be written");
    return GR_OK;
}
