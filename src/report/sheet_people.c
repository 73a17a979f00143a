/* src/report/sheet_people.c - the tables of account executives and of recipients. */
#include "report/sheets.h"

static const gr_sheet_column executive_columns[] = {
    { "id", "Number", GR_SHEET_TEXT, 13, NULL, false },
    { "name", "Account executive", GR_SHEET_TEXT, 24, NULL, false },
    { "branch", "Branch", GR_SHEET_TEXT, 18, NULL, false },
    { "supervisor_id", "Supervisor's number", GR_SHEET_TEXT, 13, NULL, false },
    { "supervisor_name", "Supervisor", GR_SHEET_TEXT, 22, NULL, false },
    { "crd", "CRD number", GR_SHEET_TEXT, 12, NULL, false },
    { "registration", "Registration", GR_SHEET_TEXT, 16, NULL, false },
    { "gifts", "Gifts", GR_SHEET_COUNT, 9, NULL, false },
    { "recipients", "Recipients", GR_SHEET_COUNT, 10, NULL, false },
    { "violations", "Violations", GR_SHEET_COUNT, 10, NULL, false },
    { "needs_review", "To review", GR_SHEET_COUNT, 10, NULL, false },
    { "warnings", "Warnings", GR_SHEET_COUNT, 10, NULL, false },
    { "decided", "Decided", GR_SHEET_COUNT, 10, NULL, false },
    { "references", "Findings under others", GR_SHEET_COUNT, 12, NULL, false },
};

static void put_staff(gr_sheet_out *out, const gr_staff *staff)
{
    if (!staff) {
        gr_sheet_blank(out, GR_SHEET_NOTHING, 5);
        return;
    }
    gr_sheet_text(out, staff->branch);
    gr_sheet_text(out, staff->supervisor);
    gr_sheet_text(out, staff->supervisor_name);
    gr_sheet_text(out, staff->crd);
    gr_sheet_text(out, staff->registration);
}

static void put_findings(gr_sheet_out *out, const gr_summary *sum)
{
    gr_sheet_count(out, sum->violations);
    gr_sheet_count(out, sum->needs_review);
    gr_sheet_count(out, sum->warnings);
    gr_sheet_count(out, sum->decided);
}

static gr_status executives(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    (void)err;
    for (size_t i = 0; i < report->executive_count && gr_sheet_goes_on(out); i++) {
        const gr_executive *who = &report->executive[i];

        gr_sheet_text(out, who->id);
        gr_sheet_text(out, who->name);
        put_staff(out, who->staff);
        gr_sheet_count(out, who->summary.gifts);
        gr_sheet_count(out, who->summary.recipients);
        put_findings(out, &who->summary);
        gr_sheet_count(out, who->reference_count);
        gr_sheet_row_end(out);
    }
    return GR_OK;
}

const gr_sheet gr_sheet_executives = { "executives", "Account executives", executive_columns,
                                       GR_COUNT(executive_columns), executives };

/* ---- recipients ---- */

static const gr_sheet_column recipient_columns[] = {
    { "id", "Number", GR_SHEET_TEXT, 13, NULL, false },
    { "name", "Recipient", GR_SHEET_TEXT, 24, NULL, false },
    { "employer", "Employer", GR_SHEET_TEXT, 28, NULL, false },
    { "gifts", "Gifts", GR_SHEET_COUNT, 8, NULL, false },
    { "first_gift", "First gift", GR_SHEET_DAY, 11, NULL, false },
    { "last_gift", "Last gift", GR_SHEET_DAY, 11, NULL, false },
    { "violations", "Violations", GR_SHEET_COUNT, 10, NULL, false },
    { "needs_review", "To review", GR_SHEET_COUNT, 10, NULL, false },
    { "warnings", "Warnings", GR_SHEET_COUNT, 10, NULL, false },
    { "decided", "Decided", GR_SHEET_COUNT, 10, NULL, false },
    { "period", "Period", GR_SHEET_TEXT, 12, NULL, false },
    { "period_from", "From", GR_SHEET_DAY, 11, NULL, false },
    { "period_to", "To", GR_SHEET_DAY, 11, NULL, false },
    { "limit", "Limit", GR_SHEET_MONEY, 11, NULL, false },
    { "total_certain", "Total, certain", GR_SHEET_MONEY, 13, NULL, false },
    { "total_possible", "Total, possible", GR_SHEET_MONEY, 13, NULL, false },
    { "left_certain", "Left, at least", GR_SHEET_MONEY, 13, NULL, false },
    { "left_possible", "Left, at most", GR_SHEET_MONEY, 13, NULL, false },
    { "currency", "Currency", GR_SHEET_TEXT, 9, NULL, false },
};

static void put_sum(gr_sheet_out *out, const gr_book_person *person)
{
    const gr_line_sum *sum = &person->sum;

    if (!person->has_sum) {
        gr_sheet_blank(out, GR_SHEET_NOTHING, 8);
        return;
    }
    gr_sheet_words(out, gr_basis_text(sum->period.basis));
    gr_sheet_day(out, sum->period.from);
    gr_sheet_day(out, sum->period.to);
    gr_sheet_amount(out, sum->limit);
    gr_sheet_total(out, &sum->total);
    gr_sheet_amount(out, person->left_low);
    gr_sheet_amount(out, person->left_high);
}

static void put_person(gr_sheet_out *out, const gr_gift_book *book, const gr_book_person *person)
{
    gr_sheet_text(out, person->id);
    gr_sheet_text_or_unknown(out, person->name);
    gr_sheet_text_or_unknown(out, person->employer);
    gr_sheet_count(out, person->gifts);
    gr_sheet_day(out, person->first);
    gr_sheet_day(out, person->last);
    put_findings(out, &person->findings);
    put_sum(out, person);
    gr_sheet_text(out, book->currency);
    gr_sheet_row_end(out);
}

static gr_status recipients(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    const gr_gift_book *book = report->book;

    (void)err;
    for (size_t i = 0; book && i < book->person_count && gr_sheet_goes_on(out); i++)
        put_person(out, book, &book->person[i]);
    return GR_OK;
}

const gr_sheet gr_sheet_recipients = { "recipients", "Recipients", recipient_columns,
                                       GR_COUNT(recipient_columns), recipients };
