/* src/report/section_counted.c - the arithmetic of a finding: every gift it counted, the sum, the limit. One
 * column of money where all is certain; else the certain one and the possible one beside it. */
#include "report/sections.h"

#include "report/words.h"

enum { MOST_SHOWN = 20, SHOWN_FIRST = 3, SHOWN_LAST = 15 };

static void add_amount(gr_page *page, const gr_finding *finding, gr_wide num, int64_t den)
{
    char amount[GR_MONEY_TEXT];

    gr_cell_print(page, "%s", gr_finding_print(finding, num, den, amount));
}

static void add_span(gr_page *page, const gr_finding *finding, gr_span span, bool open)
{
    add_amount(page, finding, span.low, span.den);
    if (open && span.high == GR_UNBOUNDED)
        gr_cell(page, GR_TEXT("unknown"));
    else if (open)
        add_amount(page, finding, span.high, span.den);
}

static void add_giver(gr_page *page, const gr_counted *gift)
{
    if (gift->giver_name.len > 0 && gift->giver_id.len > 0)
        gr_cell_print(page, "%.*s (%.*s)", (int)gift->giver_name.len, gift->giver_name.ptr,
                      (int)gift->giver_id.len, gift->giver_id.ptr);
    else
        gr_cell(page, gr_giver_key(gift->giver_id, gift->giver_name));
}

static void add_gift(gr_page *page, const gr_finding *finding, const gr_counted *gift, bool open)
{
    gr_cell_day(page, gift->day);
    add_span(page, finding, gift->value, open);
    add_giver(page, gift);
    gr_cell(page, gift->gift);
    if (gift->source.file && gift->source.line > 0)
        gr_cell_print(page, "%s:%u", gift->source.file, (unsigned)gift->source.line);
    else
        gr_cell(page, gr_text_of(gift->source.file));
    gr_cell(page, gr_counted_note(gift));
    gr_row_end(page);
}

static void add_skipped(gr_page *page, const gr_finding *finding, const gr_counted *gift,
                        size_t count, bool open)
{
    gr_span sum;

    gr_cell(page, GR_TEXT(""));
    if (gr_counted_sum(gift, count, &sum)) {
        add_span(page, finding, sum, open);
    } else {
        gr_cell(page, GR_TEXT(""));
        if (open)
            gr_cell(page, GR_TEXT(""));
    }
    gr_cell_print(page, "... and %zu more", count);
    gr_cell_widen(page);
    gr_row_end(page);
}

static void add_gifts(gr_page *page, const gr_finding *finding, bool open)
{
    size_t count = finding->counted_count;
    size_t first = count > MOST_SHOWN ? SHOWN_FIRST : count;
    size_t last = count > MOST_SHOWN ? SHOWN_LAST : 0;

    for (size_t i = 0; i < first; i++)
        add_gift(page, finding, &finding->counted[i], open);
    if (last > 0)
        add_skipped(page, finding, finding->counted + first, count - first - last, open);
    for (size_t i = count - last; i < count; i++)
        add_gift(page, finding, &finding->counted[i], open);
}

static void add_period(gr_page *page, const gr_finding *finding)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];
    const gr_period *period = &finding->period;
    gr_text unit = finding->is_count ? GR_TEXT("gifts") : finding->currency;

    gr_day_print(period->from, from);
    gr_day_print(period->to, to);
    if (period->from == period->to)
        gr_cell_print(page, "%.*s, %s, %s", (int)unit.len, unit.ptr, from,
                      gr_basis_words(period->basis));
    else
        gr_cell_print(page, "%.*s, %s to %s, %s", (int)unit.len, unit.ptr, from, to,
                      gr_basis_words(period->basis));
    gr_cell_widen(page);
}

static void add_total(gr_page *page, const gr_finding *finding, bool open)
{
    const gr_total *total = &finding->total;

    gr_cell(page, GR_TEXT("total"));
    add_amount(page, finding, total->low, total->den);
    if (open && total->unbounded)
        gr_cell(page, GR_TEXT("unknown"));
    else if (open)
        add_amount(page, finding, total->high, total->den);
    add_period(page, finding);
    gr_row_end(page);
}

static void add_limit(gr_page *page, const gr_finding *finding, bool open)
{
    char money[GR_MONEY_TEXT];

    gr_finding_print_limit(finding, money);
    gr_cell(page, GR_TEXT("limit"));
    gr_cell_print(page, "%s", money);
    if (open)
        gr_cell_print(page, "%s", money);
    gr_cell(page, finding->limit_clause);
    gr_cell_widen(page);
    gr_row_end(page);
}

static void add_over(gr_page *page, const gr_finding *finding, bool open)
{
    gr_wide excess;
    int64_t den;
    bool possible = open && gr_finding_excess(finding, &excess, &den);

    if (finding->over.num <= 0 && !possible)
        return;
    gr_cell(page, GR_TEXT("over"));
    if (finding->over.num > 0)
        add_amount(page, finding, finding->over.num, finding->over.den);
    else
        gr_cell(page, GR_TEXT(""));
    if (possible)
        add_amount(page, finding, excess, den);
    gr_row_end(page);
}

static void add_result(gr_page *page, const gr_finding *finding, bool open)
{
    gr_cell(page, GR_TEXT(""));
    gr_cell_rule(page);
    if (open)
        gr_cell_rule(page);
    gr_row_end(page);
    add_total(page, finding, open);
    add_limit(page, finding, open);
    add_over(page, finding, open);
}

void gr_section_counted(gr_page *page, const gr_finding *finding)
{
    bool open = gr_finding_is_open(finding);

    gr_grid_start(page, 4, open ? "lrrlllw" : "lrlllw");
    if (open) {
        gr_cell(page, GR_TEXT(""));
        gr_cell(page, GR_TEXT("certain"));
        gr_cell(page, GR_TEXT("possible"));
        gr_row_end(page);
    }
    add_gifts(page, finding, open);
    if (finding->has_limit)
        add_result(page, finding, open);
    gr_grid_end(page);
}
