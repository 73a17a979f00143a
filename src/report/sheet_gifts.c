/* src/report/sheet_gifts.c - the table of gifts: a row for each recipient's part in each gift. The register has all
 * that a record says of a gift; here is what one sorts and adds up. */
#include "report/sheets.h"

static const gr_sheet_column gift_columns[] = {
    { "number", "No.", GR_SHEET_COUNT, 9, NULL, false },
    { "day", "Day", GR_SHEET_DAY, 11, NULL, false },
    { "gift", "Gift", GR_SHEET_TEXT, 13, NULL, false },
    { "giver_id", "Giver's number", GR_SHEET_TEXT, 13, NULL, false },
    { "giver_name", "Giver", GR_SHEET_TEXT, 20, NULL, false },
    { "recipient_name", "Recipient", GR_SHEET_TEXT, 20, NULL, false },
    { "employer", "Employer", GR_SHEET_TEXT, 24, NULL, false },
    { "description", "Description", GR_SHEET_TEXT, 30, NULL, false },
    { "kind", "Kind", GR_SHEET_TEXT, 13, NULL, false },
    { "cost", "Cost", GR_SHEET_MONEY, 11, NULL, false },
    { "cost_currency", "Currency", GR_SHEET_TEXT, 9, NULL, false },
    { "standing", "Standing", GR_SHEET_TEXT, 11, NULL, false },
    { "value_certain", "Counts, certainly", GR_SHEET_MONEY, 13, NULL, false },
    { "value_possible", "Counts, possibly", GR_SHEET_MONEY, 13, NULL, false },
    { "why", "Why", GR_SHEET_TEXT, 30, NULL, false },
    { "total_certain", "Total, certain", GR_SHEET_MONEY, 13, NULL, false },
    { "total_possible", "Total, possible", GR_SHEET_MONEY, 13, NULL, false },
    { "limit", "Limit", GR_SHEET_MONEY, 11, NULL, false },
    { "verdict", "Verdict", GR_SHEET_VERDICT, 13, NULL, false },
    { "findings", "Findings", GR_SHEET_TEXT, 17, NULL, false },
    { "file", "File", GR_SHEET_TEXT, 20, NULL, false },
    { "line", "Line", GR_SHEET_COUNT, 8, NULL, false },
};

const char *gr_line_standing_words(gr_line_standing standing)
{
    static const char *const words[] = { [GR_LINE_COUNTS] = "counts",
                                         [GR_LINE_MAY_COUNT] = "may count",
                                         [GR_LINE_EXCLUDED] = "excluded",
                                         [GR_LINE_OUTSIDE] = "outside" };

    return words[standing];
}

static void put_sum(gr_sheet_out *out, const gr_gift_line *line)
{
    const gr_line_sum *sum = &line->sum;

    if (!line->has_sum) {
        gr_sheet_blank(out, GR_SHEET_NOTHING, 4);
        return;
    }
    gr_sheet_total(out, &sum->total);
    gr_sheet_amount(out, sum->limit);
    gr_sheet_verdict(out, sum->verdict);
}

static gr_status put_line(void *context, const gr_gift_line *line, gr_error *err)
{
    gr_sheet_out *out = context;
    gr_text ids = GR_TEXT("");

    for (size_t i = 0; i < line->finding_count; i++)
        ids = gr_sheet_join(out, ids, " ", line->finding[i]->id);
    gr_sheet_count(out, line->number);
    gr_sheet_day(out, line->day);
    gr_sheet_text(out, line->id);
    gr_sheet_text(out, line->giver_id);
    gr_sheet_text(out, line->giver_name);
    gr_sheet_fact(out, line->record, line->recipient, GR_F_NAME);
    gr_sheet_fact(out, line->record, line->recipient, GR_F_EMPLOYER);
    gr_sheet_fact(out, line->record, line->recipient, GR_F_DESCRIPTION);
    gr_sheet_fact(out, line->record, line->recipient, GR_F_KIND);
    gr_sheet_fact(out, line->record, line->recipient, GR_F_COST);
    gr_sheet_fact(out, line->record, line->recipient, GR_F_CURRENCY);
    gr_sheet_words(out, gr_line_standing_words(line->standing));
    gr_sheet_span(out, line->value);
    gr_sheet_text(out, line->why);
    put_sum(out, line);
    gr_sheet_text(out, ids);
    gr_sheet_text(out, gr_text_of(line->source.file));
    gr_sheet_count_if_any(out, line->source.line);
    gr_sheet_row_end(out);
    return gr_sheet_state_of(out, err);
}

static gr_status gifts(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    const gr_gift_book *book = report->book;

    return book ? book->each(book, GR_BOOK_BY_DAY, 0, put_line, out, err) : GR_OK;
}

const gr_sheet gr_sheet_gift_lines = { "gifts", "Gifts", gift_columns, GR_COUNT(gift_columns),
                                       gifts };
