/* src/report/sheet_about.c - the table that says what the others are from: run, filter, sums, inputs, rulebooks, policy. */
#include "report/sheets.h"

#include <inttypes.h>

#include "report/words.h"

static const gr_sheet_column columns[] = {
    { "section", "About", GR_SHEET_TEXT, 18, NULL, false },
    { "name", "What", GR_SHEET_TEXT, 30, NULL, false },
    { "value", "Value", GR_SHEET_TEXT, 70, NULL, false },
    { "remark", "Remark", GR_SHEET_TEXT, 66, NULL, false },
};

static void put(gr_sheet_out *out, const char *section, gr_text name, gr_text value, gr_text remark)
{
    gr_sheet_words(out, section);
    gr_sheet_text(out, name);
    gr_sheet_text(out, value);
    gr_sheet_text(out, remark);
    gr_sheet_row_end(out);
}

static void put_words(gr_sheet_out *out, const char *section, const char *name, gr_text value)
{
    put(out, section, gr_text_of(name), value, GR_TEXT(""));
}

static void put_day(gr_sheet_out *out, const char *name, gr_day day)
{
    char text[GR_DAY_TEXT];

    put_words(out, "run", name, gr_text_of(gr_day_print(day, text)));
}

static void put_count(gr_sheet_out *out, const char *name, uint64_t count)
{
    gr_sheet_words(out, "summary");
    gr_sheet_words(out, name);
    gr_sheet_print(out, "%" PRIu64, count);
    gr_sheet_blank(out, GR_SHEET_NOTHING, 1);
    gr_sheet_row_end(out);
}

static void put_run(gr_sheet_out *out, const gr_report *report)
{
    char moment[GR_MOMENT_TEXT];

    put_words(out, "run", "program", GR_TEXT("giftrule " GR_VERSION));
    put_words(out, "run", "generated", gr_text_of(gr_moment_print(report->generated, moment)));
    put_words(out, "run", "ledger",
              report->ledger.len > 0 ? report->ledger : GR_TEXT("none: nothing was kept"));
    put_day(out, "as of", report->as_of);
    if (report->has_from)
        put_day(out, "findings from", report->from);
    if (report->has_to)
        put_day(out, "findings to", report->to);
    if (report->since.len > 0)
        put_words(out, "run", "new or changed since", report->since);
    for (size_t i = 0; i < report->filter_count; i++)
        put_words(out, "filter", "only", report->filter[i]);
}

static void put_book(gr_sheet_out *out, const gr_gift_book *book)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    put(out, "gifts", GR_TEXT("rule"), book->rule, book->title);
    put_words(out, "gifts", "clause of the limit", book->clause);
    put_words(out, "gifts", "currency of totals", book->currency);
    if (book->from != GR_DAY_FIRST)
        put_words(out, "gifts", "from", gr_text_of(gr_day_print(book->from, from)));
    if (book->to != GR_DAY_LAST)
        put_words(out, "gifts", "to", gr_text_of(gr_day_print(book->to, to)));
}

static void put_summary(gr_sheet_out *out, const gr_report *report)
{
    const gr_summary *sum = &report->summary;

    put_count(out, "gifts", sum->gifts);
    put_count(out, "recipients", sum->recipients);
    put_count(out, "account executives", sum->account_executives);
    put_count(out, "violations", sum->violations);
    put_count(out, "to review", sum->needs_review);
    put_count(out, "warnings", sum->warnings);
    put_count(out, "decided", sum->decided);
    put_count(out, "records in quarantine", sum->quarantined);
    put_count(out, "inputs refused", sum->refused);
    put_count(out, "expenses that are no gifts", report->expenses);
    put_count(out, "records known before", report->duplicates);
}

static void put_input(gr_sheet_out *out, const gr_source *input)
{
    gr_sheet_words(out, "input");
    gr_sheet_text(out, input->file);
    gr_sheet_print(out, "%.*s, %" PRIu64 " records, %" PRIu64 " in quarantine",
                   GR_SHOW(input->format), input->records, input->quarantined);
    gr_sheet_words(out, input->sha256);
    gr_sheet_row_end(out);
}

static gr_status about(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    (void)err;
    put_run(out, report);
    if (report->book)
        put_book(out, report->book);
    put_summary(out, report);
    for (size_t i = 0; i < report->input_count && gr_sheet_goes_on(out); i++)
        put_input(out, &report->input[i]);
    for (size_t i = 0; i < report->rulebook_count && gr_sheet_goes_on(out); i++)
        put(out, "rulebook", report->rulebook[i].id, report->rulebook[i].title,
            report->rulebook[i].sha256);
    for (size_t i = 0; i < report->policy_count && gr_sheet_goes_on(out); i++)
        put(out, "policy", report->policy[i].name, report->policy[i].value,
            report->policy[i].set_for_run ? GR_TEXT("set for this run") : GR_TEXT(""));
    return GR_OK;
}

const gr_sheet gr_sheet_about = { "about", "About", columns, GR_COUNT(columns), about };

const gr_sheet *const gr_sheets[GR_SHEETS] = {
    &gr_sheet_about,      &gr_sheet_findings,   &gr_sheet_counted,    &gr_sheet_executives,
    &gr_sheet_recipients, &gr_sheet_gift_lines, &gr_sheet_quarantine, &gr_sheet_assumptions,
};

const char *gr_decision_status(const gr_finding *finding)
{
    if (!finding->decision)
        return finding->past ? "open again" : "open";
    return finding->decision->kind == GR_DECISION_EXEMPT ? "exempt" : "accepted";
}
