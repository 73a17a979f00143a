/* src/report/sheet.c - see sheet.h: the cells of a row, whatever they are written to. */
#include "report/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

void gr_sheet_fail_memory(gr_sheet_out *out)
{
    if (out->status == GR_OK)
        out->status = gr_fail_memory(&out->problem);
}

bool gr_sheet_goes_on(const gr_sheet_out *out)
{
    return out->status == GR_OK && !(out->writer && out->writer->failed);
}

static gr_status fail_writer(const gr_sheet_out *out, gr_error *err)
{
    return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                   "the table '%s' cannot be written", out->sheet->name);
}

gr_status gr_sheet_state_of(const gr_sheet_out *out, gr_error *err)
{
    if (out->status != GR_OK)
        *err = out->problem;
    else if (out->writer && out->writer->failed)
        return fail_writer(out, err);
    return out->status;
}

static void put(gr_sheet_out *out, const gr_sheet_cell *cell)
{
    if (out->column >= out->sheet->column_count && out->status == GR_OK)
        out->status = gr_fail(&out->problem, GR_EBUG, GR_NOWHERE, "please report it",
                              "the table '%s' has a row with too many cells", out->sheet->name);
    if (gr_sheet_goes_on(out))
        out->kind->cell(out, cell);
    out->column++;
}

void gr_sheet_blank(gr_sheet_out *out, gr_sheet_state state, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        gr_sheet_cell cell = { .state = state };

        if (out->column < out->sheet->column_count)
            cell.type = out->sheet->column[out->column].type;
        put(out, &cell);
    }
}

void gr_sheet_text(gr_sheet_out *out, gr_text text)
{
    put(out, &(gr_sheet_cell){ .state = text.len > 0 ? GR_SHEET_GIVEN : GR_SHEET_NOTHING,
                               .type = GR_SHEET_TEXT,
                               .text = text });
}

void gr_sheet_text_or_unknown(gr_sheet_out *out, gr_text text)
{
    if (text.len > 0)
        gr_sheet_text(out, text);
    else
        gr_sheet_blank(out, GR_SHEET_UNKNOWN, 1);
}

void gr_sheet_words(gr_sheet_out *out, const char *text)
{
    gr_sheet_text(out, gr_text_of(text));
}

void gr_sheet_print(gr_sheet_out *out, const char *format, ...)
{
    char text[256];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    gr_sheet_text(out, n > 0 ? gr_text_of(text) : GR_TEXT(""));
}

void gr_sheet_day(gr_sheet_out *out, gr_day day)
{
    put(out, &(gr_sheet_cell){ .type = GR_SHEET_DAY, .day = day });
}

void gr_sheet_money(gr_sheet_out *out, gr_wide num, int64_t den)
{
    put(out, &(gr_sheet_cell){ .type = GR_SHEET_MONEY, .num = num, .den = den });
}

void gr_sheet_amount(gr_sheet_out *out, gr_amount amount)
{
    if (amount.num == GR_UNBOUNDED)
        gr_sheet_blank(out, GR_SHEET_UNBOUNDED, 1);
    else
        gr_sheet_money(out, amount.num, amount.den);
}

void gr_sheet_gifts(gr_sheet_out *out, gr_wide num, int64_t den)
{
    gr_wide whole = 100 * (gr_wide)den;

    gr_sheet_count(out, num <= 0 ? 0 : (uint64_t)((num + whole - 1) / whole));
}

void gr_sheet_count(gr_sheet_out *out, uint64_t count)
{
    put(out, &(gr_sheet_cell){ .type = GR_SHEET_COUNT, .count = count });
}

void gr_sheet_count_if_any(gr_sheet_out *out, uint64_t count)
{
    if (count > 0)
        gr_sheet_count(out, count);
    else
        gr_sheet_blank(out, GR_SHEET_NOTHING, 1);
}

void gr_sheet_verdict(gr_sheet_out *out, gr_verdict verdict)
{
    put(out, &(gr_sheet_cell){ .type = GR_SHEET_VERDICT, .verdict = verdict });
}

void gr_sheet_fact(gr_sheet_out *out, const gr_record *record, const gr_recipient *recipient,
                   gr_fact fact)
{
    const gr_value *value = gr_record_find(record, recipient, fact);

    if (!value) {
        gr_sheet_blank(out, GR_SHEET_UNKNOWN, 1);
        return;
    }
    switch (gr_fact_get(fact)->type) {
    case GR_FACT_TEXT:
        gr_sheet_text(out, value->text);
        break;
    case GR_FACT_DAY:
        gr_sheet_day(out, (gr_day)value->number);
        break;
    case GR_FACT_MONEY:
        gr_sheet_amount(out, value->amount);
        break;
    case GR_FACT_NUMBER:
        gr_sheet_count(out, (uint64_t)value->number);
        break;
    case GR_FACT_WORD:
        gr_sheet_text(out, gr_fact_word_get(fact, value->number));
        break;
    }
}

void gr_sheet_span(gr_sheet_out *out, gr_span value)
{
    gr_sheet_amount(out, gr_span_low(value));
    gr_sheet_amount(out, gr_span_high(value));
}

void gr_sheet_total(gr_sheet_out *out, const gr_total *total)
{
    gr_sheet_money(out, total->low, total->den);
    if (total->unbounded)
        gr_sheet_blank(out, GR_SHEET_UNBOUNDED, 1);
    else
        gr_sheet_money(out, total->high, total->den);
}

void gr_sheet_row_end(gr_sheet_out *out)
{
    if (out->column != out->sheet->column_count && out->status == GR_OK)
        out->status =
            gr_fail(&out->problem, GR_EBUG, GR_NOWHERE, "please report it",
                    "the table '%s' has a row of %zu cells", out->sheet->name, out->column);
    if (gr_sheet_goes_on(out))
        out->kind->row_end(out);
    out->column = 0;
    out->rows++;
    gr_arena_reset(out->scratch);
}

gr_text gr_sheet_join(gr_sheet_out *out, gr_text front, const char *between, gr_text back)
{
    size_t gap = front.len > 0 ? strlen(between) : 0;
    char *bytes;

    if (back.len == 0)
        return front;
    bytes = gr_arena_alloc(out->scratch, front.len + gap + back.len);
    if (!bytes) {
        gr_sheet_fail_memory(out);
        return GR_TEXT("");
    }
    if (front.len > 0) {
        memcpy(bytes, front.ptr, front.len);
        memcpy(bytes + front.len, between, gap);
    }
    memcpy(bytes + front.len + gap, back.ptr, back.len);
    return (gr_text){ bytes, front.len + gap + back.len };
}

gr_status gr_sheet_write(const gr_sheet *sheet, const gr_report *report, gr_sheet_out *out,
                         gr_error *err)
{
    gr_status status;

    out->sheet = sheet;
    out->column = 0;
    out->rows = 0;
    out->kind->start(out);
    status = sheet->rows(report, out, err);
    if (status == GR_OK && gr_sheet_goes_on(out))
        out->kind->end(out);
    if (!gr_sheet_goes_on(out)) /* what is kept here came first */
        return gr_sheet_state_of(out, err);
    return status;
}

/* ---- texts on their way out ---- */

const char *gr_sheet_verdict_words(gr_verdict verdict)
{
    return verdict == GR_NEEDS_REVIEW ? "needs review" : gr_verdict_text(verdict);
}

gr_wide gr_sheet_cell_rounded(const gr_sheet_cell *cell)
{
    if (cell->type == GR_SHEET_COUNT)
        return (gr_wide)cell->count;
    return cell->num / cell->den + (cell->num > 0 && cell->num % cell->den > 0);
}

gr_text gr_sheet_cell_plain(const gr_sheet_cell *cell, char room[GR_SHEET_NUMBER])
{
    switch (cell->type) {
    case GR_SHEET_DAY:
        return gr_text_of(gr_day_print(cell->day, room));
    case GR_SHEET_MONEY:
        return gr_text_of(gr_money_print(cell->num, cell->den, room));
    case GR_SHEET_COUNT:
        snprintf(room, GR_SHEET_NUMBER, "%llu", (unsigned long long)cell->count);
        return gr_text_of(room);
    case GR_SHEET_VERDICT:
        return gr_text_of(gr_verdict_text(cell->verdict));
    case GR_SHEET_TEXT:
        break;
    }
    return cell->text;
}

gr_text gr_sheet_cell_words(const gr_sheet_cell *cell, char room[GR_SHEET_NUMBER])
{
    switch (cell->state) {
    case GR_SHEET_NOTHING:
        return GR_TEXT("");
    case GR_SHEET_UNKNOWN:
        return GR_TEXT("unknown");
    case GR_SHEET_UNBOUNDED:
        return GR_TEXT("without bound");
    case GR_SHEET_GIVEN:
        break;
    }
    return cell->type == GR_SHEET_VERDICT ? gr_text_of(gr_sheet_verdict_words(cell->verdict))
                                          : gr_sheet_cell_plain(cell, room);
}

bool gr_sheet_is_lower(const gr_sheet *sheet, size_t column)
{
    return column + 1 < sheet->column_count && sheet->column[column + 1].is_upper;
}

gr_text gr_sheet_heading(const gr_sheet *sheet, size_t column)
{
    const char *heading = sheet->column[column].heading;

    return (gr_text){ heading,
                      gr_sheet_is_lower(sheet, column) ? strcspn(heading, ",") : strlen(heading) };
}

bool gr_sheet_cells_meet(const gr_sheet_cell *lower, const gr_sheet_cell *upper)
{
    if (lower->state != GR_SHEET_GIVEN || upper->state != GR_SHEET_GIVEN)
        return lower->state == upper->state;
    return lower->type == GR_SHEET_MONEY ? lower->num * upper->den == upper->num * lower->den
                                         : lower->day == upper->day && lower->count == upper->count;
}
