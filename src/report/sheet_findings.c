/* src/report/sheet_findings.c - the tables of findings, and of what each of them counts. */
#include "report/sheets.h"

#include "base/error.h"
#include "report/words.h"

static const gr_sheet_column finding_columns[] = {
    { "id", "Finding", GR_SHEET_TEXT, 17, NULL, false },
    { "verdict", "Verdict", GR_SHEET_VERDICT, 13, NULL, false },
    { "status", "Status", GR_SHEET_TEXT, 11, NULL, false },
    { "decided_by", "Decided by", GR_SHEET_TEXT, 16, NULL, false },
    { "decided_at", "Decided at (UTC)", GR_SHEET_TEXT, 21, NULL, false },
    { "decision_reason", "Reason of the decision", GR_SHEET_TEXT, 30, NULL, false },
    { "kind", "Kind", GR_SHEET_TEXT, 13, NULL, false },
    { "rule", "Rule", GR_SHEET_TEXT, 14, NULL, false },
    { "provision", "Provision", GR_SHEET_TEXT, 14, NULL, false },
    { "clause", "Clause", GR_SHEET_TEXT, 12, NULL, false },
    { "day", "Day", GR_SHEET_DAY, 11, NULL, false },
    { "gift", "Gift", GR_SHEET_TEXT, 13, NULL, false },
    { "giver_id", "Giver's number", GR_SHEET_TEXT, 13, NULL, false },
    { "giver_name", "Giver", GR_SHEET_TEXT, 20, NULL, false },
    { "branch", "Branch", GR_SHEET_TEXT, 16, NULL, false },
    { "supervisor_id", "Supervisor's number", GR_SHEET_TEXT, 13, NULL, false },
    { "supervisor_name", "Supervisor", GR_SHEET_TEXT, 20, NULL, false },
    { "recipient_id", "Recipient's number", GR_SHEET_TEXT, 13, NULL, false },
    { "recipient_name", "Recipient", GR_SHEET_TEXT, 20, NULL, false },
    { "employer", "Employer", GR_SHEET_TEXT, 24, NULL, false },
    { "period", "Period", GR_SHEET_TEXT, 12, NULL, false },
    { "period_from", "From", GR_SHEET_DAY, 11, NULL, false },
    { "period_to", "To", GR_SHEET_DAY, 11, NULL, false },
    { "limit", "Limit", GR_SHEET_MONEY, 11, NULL, false },
    { "total_certain", "Total, certain", GR_SHEET_MONEY, 13, NULL, false },
    { "total_possible", "Total, possible", GR_SHEET_MONEY, 13, NULL, false },
    { "over", "Over the limit", GR_SHEET_MONEY, 13, NULL, false },
    { "currency", "Currency or unit", GR_SHEET_TEXT, 10, NULL, false },
    { "gifts", "Gifts counted", GR_SHEET_COUNT, 9, NULL, false },
    { "givers", "Givers", GR_SHEET_COUNT, 8, NULL, false },
    { "reason", "Reason", GR_SHEET_TEXT, 60, NULL, false },
    { "question", "Question", GR_SHEET_TEXT, 40, NULL, false },
    { "answers", "What answers would mean", GR_SHEET_TEXT, 40, NULL, false },
    { "presumptions", "Presumed", GR_SHEET_TEXT, 40, NULL, false },
    { "file", "File", GR_SHEET_TEXT, 20, NULL, false },
    { "line", "Line", GR_SHEET_COUNT, 8, NULL, false },
};

/* An amount of a finding: money, or a number of gifts where gifts are counted. */
static void put_amount(gr_sheet_out *out, const gr_finding *f, gr_wide num, int64_t den)
{
    if (f->is_count)
        gr_sheet_gifts(out, num, den);
    else
        gr_sheet_money(out, num, den);
}

static void put_unit(gr_sheet_out *out, const gr_finding *f)
{
    gr_sheet_text(out, f->is_count ? GR_TEXT("gifts") : f->currency);
}

static void put_status(gr_sheet_out *out, const gr_finding *f)
{
    const gr_decision *d = f->decision ? f->decision : f->past;

    gr_sheet_words(out, gr_decision_status(f));
    if (!d) {
        gr_sheet_blank(out, GR_SHEET_NOTHING, 3);
        return;
    }
    gr_sheet_text_or_unknown(out, d->author);
    gr_sheet_text(out, d->moment);
    gr_sheet_text(out, d->reason);
}

static void put_arithmetic(gr_sheet_out *out, const gr_finding *f)
{
    if (!f->has_limit) {
        gr_sheet_blank(out, GR_SHEET_NOTHING, 7);
        return;
    }
    gr_sheet_words(out, gr_basis_text(f->period.basis));
    gr_sheet_day(out, f->period.from);
    gr_sheet_day(out, f->period.to);
    put_amount(out, f, f->limit.num, f->limit.den);
    put_amount(out, f, f->total.low, f->total.den);
    if (f->total.unbounded)
        gr_sheet_blank(out, GR_SHEET_UNBOUNDED, 1);
    else
        put_amount(out, f, f->total.high, f->total.den);
    if (f->over.num > 0)
        put_amount(out, f, f->over.num, f->over.den);
    else
        gr_sheet_blank(out, GR_SHEET_NOTHING, 1);
}

static void put_subject(gr_sheet_out *out, const gr_finding *f, const gr_executive *who)
{
    gr_sheet_text(out, f->kind);
    gr_sheet_text(out, f->rule);
    gr_sheet_text(out, f->provision);
    gr_sheet_text(out, f->clause);
    gr_sheet_day(out, f->day);
    gr_sheet_text(out, f->gift);
    gr_sheet_text(out, f->giver_id.len + f->giver_name.len > 0 ? f->giver_id : who->id);
    gr_sheet_text(out, f->giver_id.len + f->giver_name.len > 0 ? f->giver_name : who->name);
    gr_sheet_text(out, who->staff ? who->staff->branch : GR_TEXT(""));
    gr_sheet_text(out, who->staff ? who->staff->supervisor : GR_TEXT(""));
    gr_sheet_text(out, who->staff ? who->staff->supervisor_name : GR_TEXT(""));
    gr_sheet_text(out, f->recipient_id);
    gr_sheet_text(out, f->recipient_name);
    gr_sheet_text(out, f->recipient_employer);
}

static void put_words(gr_sheet_out *out, const gr_finding *f)
{
    gr_text presumed = GR_TEXT("");

    for (size_t i = 0; i < f->presumption_count; i++)
        presumed = gr_sheet_join(out, presumed, "; ", f->presumption[i]);
    gr_sheet_text(out, f->reason);
    gr_sheet_text(out, f->question);
    gr_sheet_text(out, f->answers);
    gr_sheet_text(out, presumed);
}

static void put_place(gr_sheet_out *out, gr_place at)
{
    gr_sheet_text(out, gr_text_of(at.file));
    gr_sheet_count_if_any(out, at.line);
}

static void put_finding(gr_sheet_out *out, const gr_finding *f, const gr_executive *who)
{
    size_t givers = 0;

    if (!gr_finding_givers(f, &givers))
        gr_sheet_fail_memory(out);
    gr_sheet_text(out, f->id);
    gr_sheet_verdict(out, f->verdict);
    put_status(out, f);
    put_subject(out, f, who);
    put_arithmetic(out, f);
    put_unit(out, f);
    gr_sheet_count(out, f->counted_count);
    gr_sheet_count(out, givers);
    put_words(out, f);
    put_place(out, f->source);
    gr_sheet_row_end(out);
}

static gr_status findings(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    (void)err;
    for (size_t i = 0; i < report->executive_count; i++)
        for (size_t k = 0; k < report->executive[i].finding_count && gr_sheet_goes_on(out); k++)
            put_finding(out, report->executive[i].finding[k], &report->executive[i]);
    return GR_OK;
}

const gr_sheet gr_sheet_findings = { "findings", "Findings", finding_columns,
                                     GR_COUNT(finding_columns), findings };

/* ---- the arithmetic ---- */

static const gr_sheet_column counted_columns[] = {
    { "finding", "Finding", GR_SHEET_TEXT, 17, NULL, false },
    { "verdict", "Verdict", GR_SHEET_VERDICT, 13, NULL, false },
    { "recipient_name", "Recipient", GR_SHEET_TEXT, 20, NULL, false },
    { "number", "No.", GR_SHEET_COUNT, 6, NULL, false },
    { "gift", "Gift", GR_SHEET_TEXT, 13, NULL, false },
    { "day", "Day", GR_SHEET_DAY, 11, NULL, false },
    { "giver_id", "Giver's number", GR_SHEET_TEXT, 13, NULL, false },
    { "giver_name", "Giver", GR_SHEET_TEXT, 20, NULL, false },
    { "value_certain", "Counts, certainly", GR_SHEET_MONEY, 13, NULL, false },
    { "value_possible", "Counts, possibly", GR_SHEET_MONEY, 13, NULL, false },
    { "currency", "Currency or unit", GR_SHEET_TEXT, 10, NULL, false },
    { "note", "Why", GR_SHEET_TEXT, 50, NULL, false },
    { "through_other", "By way of another person", GR_SHEET_TEXT, 10, NULL, false },
    { "file", "File", GR_SHEET_TEXT, 20, NULL, false },
    { "line", "Line", GR_SHEET_COUNT, 8, NULL, false },
};

/* As in JSON: of thousands of gifts to one person the latest are listed, and the sum of those before. */
enum { MOST_COUNTED = 1000 };

static void put_value(gr_sheet_out *out, const gr_finding *f, gr_span value)
{
    put_amount(out, f, value.low, value.den);
    if (value.high == GR_UNBOUNDED)
        gr_sheet_blank(out, GR_SHEET_UNBOUNDED, 1);
    else
        put_amount(out, f, value.high, value.den);
    put_unit(out, f);
}

static void put_about(gr_sheet_out *out, const gr_finding *f)
{
    gr_sheet_text(out, f->id);
    gr_sheet_verdict(out, f->verdict);
    gr_sheet_text(out, f->recipient_name);
}

static void put_earlier(gr_sheet_out *out, const gr_finding *f, size_t count)
{
    gr_span sum;

    put_about(out, f);
    gr_sheet_blank(out, GR_SHEET_NOTHING, 5);
    if (gr_counted_sum(f->counted, count, &sum))
        put_value(out, f, sum);
    else
        gr_sheet_blank(out, GR_SHEET_NOTHING, 3);
    gr_sheet_print(out, "the sum of the %zu gifts before, which are not listed one by one", count);
    gr_sheet_blank(out, GR_SHEET_NOTHING, 3);
    gr_sheet_row_end(out);
}

static void put_counted(gr_sheet_out *out, const gr_finding *f, size_t i)
{
    const gr_counted *gift = &f->counted[i];

    put_about(out, f);
    gr_sheet_count(out, i + 1);
    gr_sheet_text(out, gift->gift);
    gr_sheet_day(out, gift->day);
    gr_sheet_text(out, gift->giver_id);
    gr_sheet_text(out, gift->giver_name);
    put_value(out, f, gift->value);
    gr_sheet_text(out, gift->note);
    gr_sheet_words(out, gift->through_other ? "yes" : "");
    put_place(out, gift->source);
    gr_sheet_row_end(out);
}

static gr_status counted(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    (void)err;
    for (size_t i = 0; i < report->executive_count; i++) {
        const gr_executive *who = &report->executive[i];

        for (size_t k = 0; k < who->finding_count; k++) {
            const gr_finding *f = who->finding[k];
            size_t first = f->counted_count > MOST_COUNTED ? f->counted_count - MOST_COUNTED : 0;

            if (first > 0)
                put_earlier(out, f, first);
            for (size_t n = first; n < f->counted_count && gr_sheet_goes_on(out); n++)
                put_counted(out, f, n);
        }
    }
    return GR_OK;
}

const gr_sheet gr_sheet_counted = { "counted", "Counted gifts", counted_columns,
                                    GR_COUNT(counted_columns), counted };
