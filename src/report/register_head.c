/* src/report/register_head.c - what stands before the rows of the register and after them. */
#include "report/register.h"

#include <inttypes.h>

#include "report/words.h"

static const gr_sheet_column head_columns[] = {
    { "name", "About", GR_SHEET_TEXT, 26, NULL, false },
    { "value", "Value", GR_SHEET_TEXT, 70, NULL, false },
    { "remark", "Remark", GR_SHEET_TEXT, 66, NULL, false },
};

static void put(gr_sheet_out *out, const char *name, gr_text value, gr_text remark)
{
    gr_sheet_words(out, name);
    gr_sheet_text(out, value);
    gr_sheet_text(out, remark);
    gr_sheet_row_end(out);
}

static void put_number(gr_sheet_out *out, const char *name, uint64_t number)
{
    gr_sheet_words(out, name);
    gr_sheet_print(out, "%" PRIu64, number);
    gr_sheet_blank(out, GR_SHEET_NOTHING, 1);
    gr_sheet_row_end(out);
}

static void put_period(gr_sheet_out *out, const gr_gift_book *book)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    gr_sheet_words(out, "Gifts given");
    if (book->from == GR_DAY_FIRST && book->to == GR_DAY_LAST)
        gr_sheet_words(out, "on any day");
    else if (book->from == GR_DAY_FIRST)
        gr_sheet_print(out, "up to %s", gr_day_print(book->to, to));
    else if (book->to == GR_DAY_LAST)
        gr_sheet_print(out, "from %s on", gr_day_print(book->from, from));
    else
        gr_sheet_print(out, "%s to %s", gr_day_print(book->from, from), gr_day_print(book->to, to));
    gr_sheet_blank(out, GR_SHEET_NOTHING, 1);
    gr_sheet_row_end(out);
}

static void put_run(gr_sheet_out *out, const gr_report *report)
{
    char moment[GR_MOMENT_TEXT], day[GR_DAY_TEXT];

    put(out, "Generated", gr_text_of(gr_moment_print(report->generated, moment)),
        GR_TEXT("giftrule " GR_VERSION));
    put(out, "As of", gr_text_of(gr_day_print(report->as_of, day)), GR_TEXT(""));
    put(out, "Ledger", report->ledger.len > 0 ? report->ledger : GR_TEXT("none"), GR_TEXT(""));
    for (size_t i = 0; i < report->rulebook_count; i++)
        put(out, "Rulebook", report->rulebook[i].id, report->rulebook[i].sha256);
}

static gr_status head(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    const gr_gift_book *book = report->book;

    (void)err;
    put(out, "Limit", book->title, book->clause);
    put_period(out, book);
    for (size_t i = 0; i < report->filter_count; i++)
        put(out, "Only", report->filter[i], GR_TEXT(""));
    put_number(out, "Gifts", book->gifts);
    put_number(out, "Shares", book->lines);
    if (report->summary.quarantined > 0) {
        gr_sheet_words(out, "Not in it");
        gr_sheet_print(out, "%" PRIu64 " %s in quarantine", report->summary.quarantined,
                       report->summary.quarantined == 1 ? "record" : "records");
        gr_sheet_words(out, "the report lists them");
        gr_sheet_row_end(out);
    }
    put_run(out, report);
    return GR_OK;
}

const gr_sheet gr_register_head = { "about", "About", head_columns, GR_COUNT(head_columns), head };

/* ---- the sums ---- */

static const gr_sheet_column total_columns[] = {
    { "what", "Sum of", GR_SHEET_TEXT, 40, NULL, false },
    { "currency", "Currency", GR_SHEET_TEXT, 10, NULL, false },
    { "number", "Number", GR_SHEET_COUNT, 10, NULL, false },
    { "certain", "Certain", GR_SHEET_MONEY, 16, NULL, false },
    { "possible", "Possible", GR_SHEET_MONEY, 16, NULL, true },
};

static void put_count(gr_sheet_out *out, const char *what, uint64_t count)
{
    gr_sheet_words(out, what);
    gr_sheet_blank(out, GR_SHEET_NOTHING, 1);
    gr_sheet_count(out, count);
    gr_sheet_blank(out, GR_SHEET_NOTHING, 2);
    gr_sheet_row_end(out);
}

static gr_status totals(const gr_report *report, gr_sheet_out *out, gr_error *err)
{
    const gr_register_sum *sum = out->sum;

    (void)err;
    put_count(out, "gifts", sum->gifts);
    put_count(out, "shares", sum->shares);
    for (size_t i = 0; i < sum->cost.count && gr_sheet_goes_on(out); i++) {
        const gr_register_cost *cost = GR_AT(sum->cost, gr_register_cost, i);

        gr_sheet_words(out, "cost of gifts");
        gr_sheet_text_or_unknown(out, cost->currency);
        gr_sheet_count(out, cost->gifts);
        gr_sheet_total(out, &cost->sum);
        gr_sheet_row_end(out);
    }
    if (sum->without_cost > 0)
        put_count(out, "gifts whose cost is unknown", sum->without_cost);
    gr_sheet_words(out, "counted for the limit");
    gr_sheet_text(out, report->book->currency);
    gr_sheet_count(out, sum->shares);
    gr_sheet_total(out, &sum->counted);
    gr_sheet_row_end(out);
    return GR_OK;
}

const gr_sheet gr_register_totals = { "totals", "Totals", total_columns, GR_COUNT(total_columns),
                                      totals };
