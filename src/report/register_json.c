/* src/report/register_json.c - the register for other programs: the columns are the names, one object for each share. What
 * nobody knows is null, as is what has no upper end; what there is not is left out. */
#include "report/register.h"

#include "base/error.h"
#include "report/json_finding.h"
#include "report/json_stream.h"
#include "report/report.h"
#include "report/words.h"

typedef struct rows {
    gr_sheet_out out;
    gr_json *json;
    json_t *row; /* the one that is being made */
} rows;

static json_t *value_of(const gr_sheet_cell *cell)
{
    char room[GR_SHEET_NUMBER];

    if (cell->state != GR_SHEET_GIVEN)
        return json_null();
    if (cell->type == GR_SHEET_COUNT)
        return gr_json_number(cell->count);
    return gr_json_text(gr_sheet_cell_plain(cell, room));
}

static void start(gr_sheet_out *out)
{
    rows *r = (rows *)out;

    gr_json_open(r->json, out->sheet->name, '[');
}

static void cell(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    rows *r = (rows *)out;

    if (cell->state == GR_SHEET_NOTHING)
        return;
    if (!r->row)
        r->row = json_object();
    if (!gr_json_set(r->row, out->sheet->column[out->column].name, value_of(cell)))
        gr_sheet_fail_memory(out);
}

static void row_end(gr_sheet_out *out)
{
    rows *r = (rows *)out;

    gr_json_put(r->json, NULL, r->row);
    r->row = NULL;
    if (r->json->failed)
        gr_sheet_fail_memory(out);
}

static void end(gr_sheet_out *out)
{
    gr_json_close(((rows *)out)->json, ']');
}

static json_t *day_or_null(gr_day day, gr_day open)
{
    return day == open ? json_null() : gr_json_day(day);
}

static void put_texts(gr_json *json, const char *name, const gr_text *text, size_t count)
{
    gr_json_open(json, name, '[');
    for (size_t i = 0; i < count; i++)
        gr_json_put(json, NULL, gr_json_text(text[i]));
    gr_json_close(json, ']');
}

static void put_head(gr_json *json, const gr_report *report)
{
    const gr_gift_book *book = report->book;
    char moment[GR_MOMENT_TEXT];

    gr_json_open(json, "register", '{');
    gr_json_put(json, "rule", gr_json_text(book->rule));
    gr_json_put(json, "title", gr_json_text(book->title));
    gr_json_put(json, "clause", gr_json_text(book->clause));
    gr_json_put(json, "currency", gr_json_text(book->currency));
    gr_json_put(json, "from", day_or_null(book->from, GR_DAY_FIRST));
    gr_json_put(json, "to", day_or_null(book->to, GR_DAY_LAST));
    put_texts(json, "filter", report->filter, report->filter_count);
    gr_json_put(json, "quarantined", gr_json_number(report->summary.quarantined));
    gr_json_put(json, "program", json_string("giftrule " GR_VERSION));
    gr_json_put(json, "generated", json_string(gr_moment_print(report->generated, moment)));
    gr_json_put(json, "as_of", gr_json_day(report->as_of));
    gr_json_put(json, "ledger",
                report->ledger.len > 0 ? gr_json_text(report->ledger) : json_null());
    gr_json_open(json, "rulebooks", '[');
    for (size_t i = 0; i < report->rulebook_count; i++)
        gr_json_put(json, NULL,
                    json_pack("{s:o, s:o}", "id", gr_json_text(report->rulebook[i].id), "sha256",
                              gr_json_text(report->rulebook[i].sha256)));
    gr_json_close(json, ']');
    gr_json_close(json, '}');
}

static json_t *total(const gr_total *sum)
{
    char certain[GR_MONEY_TEXT], possible[GR_MONEY_TEXT];

    return json_pack(
        "{s:s, s:o}", "certain", gr_money_print(sum->low, sum->den, certain), "possible",
        sum->unbounded ? json_null() : json_string(gr_money_print(sum->high, sum->den, possible)));
}

static void put_totals(gr_json *json, const gr_register_sum *sum)
{
    gr_json_open(json, "totals", '{');
    gr_json_put(json, "gifts", gr_json_number(sum->gifts));
    gr_json_put(json, "shares", gr_json_number(sum->shares));
    gr_json_open(json, "cost", '[');
    for (size_t i = 0; i < sum->cost.count; i++) {
        const gr_register_cost *cost = GR_AT(sum->cost, gr_register_cost, i);
        char money[GR_MONEY_TEXT];

        gr_json_put(json, NULL,
                    json_pack("{s:o, s:o, s:s}", "currency",
                              cost->currency.len ? gr_json_text(cost->currency) : json_null(),
                              "gifts", gr_json_number(cost->gifts), "cost",
                              gr_money_print(cost->sum.low, cost->sum.den, money)));
    }
    gr_json_close(json, ']');
    gr_json_put(json, "without_cost", gr_json_number(sum->without_cost));
    gr_json_put(json, "counted", total(&sum->counted));
    gr_json_close(json, '}');
}

static gr_status write(const gr_report *report, gr_json *json, gr_register_sum *sum, gr_error *err)
{
    static const gr_sheet_kind kind = { start, cell, row_end, end };
    rows r = { .out = { .kind = &kind, .writer = json->writer, .sum = sum }, .json = json };
    gr_sheet lines = gr_register_lines;
    gr_status status;

    lines.name = "gifts";
    r.out.scratch = sum->arena ? gr_arena_create() : NULL;
    if (!r.out.scratch)
        return gr_fail_memory(err);
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "giftrule", json_integer(1));
    put_head(json, report);
    status = gr_sheet_write(&lines, report, &r.out, err);
    json_decref(r.row);
    gr_arena_free(r.out.scratch);
    if (status != GR_OK)
        return status;
    put_totals(json, sum);
    gr_json_close(json, '}');
    return json->failed ? gr_fail_memory(err) : GR_OK;
}

gr_status gr_register_json(const gr_report *report, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };
    gr_register_sum sum;
    gr_status status =
        gr_register_sum_open(&sum) ? write(report, &json, &sum, err) : gr_fail_memory(err);

    gr_register_sum_close(&sum);
    return status;
}
