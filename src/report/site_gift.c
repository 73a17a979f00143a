/* src/report/site_gift.c - one gift as a row of a table: what it was, what it counts and why, where the total stood after
 * it, what was found about it. */
#include "report/site.h"

static const gr_column of_executive[] = {
    { "Day", 'l', false },   { "Recipient", 'l', true }, { "Gift", 'l', false },
    { "Cost", 'r', false },  { "Counts", 'r', false },   { "Total then", 'r', false },
    { "Limit", 'r', false }, { "Found", 'l', false },
};
static const gr_column of_person_too[] = {
    { "Day", 'l', false },   { "Given by", 'l', true }, { "Gift", 'l', false },
    { "Cost", 'r', false },  { "Counts", 'r', false },  { "Total then", 'r', false },
    { "Limit", 'r', false }, { "Found", 'l', false },
};

void gr_site_gifts_start(gr_site *site, const char *caption, bool of_person)
{
    gr_html_table_start_as(&site->page, "stack gifts", caption,
                           of_person ? of_person_too : of_executive, GR_COUNT(of_executive));
}

gr_verdict gr_site_worst(const gr_gift_line *line)
{
    gr_verdict worst = GR_COMPLIANT;

    for (size_t i = 0; i < line->finding_count; i++)
        if (!line->finding[i]->decision && line->finding[i]->verdict > worst)
            worst = line->finding[i]->verdict;
    return worst;
}

static void cell_recipient(gr_site *site, const gr_gift_line *line)
{
    const gr_book_person *person = &site->book->person[line->person];
    bool linked;

    gr_html_cell_start(&site->page);
    linked = gr_site_link_person(site, line->person);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, person->name, person->id);
    if (linked)
        gr_html_end(&site->page);
    if (person->employer.len > 0) {
        gr_html_start(&site->page, "span", "line");
        gr_html_say(&site->page, GR_TONE_NAME, person->employer);
        gr_html_end(&site->page);
    }
    gr_html_cell_end(&site->page);
}

static void cell_giver(gr_site *site, const gr_gift_line *line)
{
    bool linked = false;

    gr_html_cell_start(&site->page);
    if (line->executive != UINT32_MAX)
        linked = gr_site_link_executive(site, line->executive);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, line->giver_name, line->giver_id);
    if (linked)
        gr_html_end(&site->page);
    gr_html_cell_end(&site->page);
}

static void cell_gift(gr_site *site, const gr_gift_line *line)
{
    gr_html *page = &site->page;
    gr_text what = gr_record_text(line->record, GR_F_DESCRIPTION);

    gr_html_cell_start(page);
    if (what.len > 0)
        gr_html_say(page, GR_TONE_NAME, what);
    else
        gr_html_say(page, GR_TONE_QUIET, GR_TEXT("not described"));
    gr_html_start(page, "span", "source");
    if (line->id.len > 0) {
        gr_html_say(page, GR_TONE_NAME, line->id);
        gr_html_print(page, ", ");
    }
    gr_phrase_place(gr_site_voice(site), GR_TONE_PLAIN,
                    (gr_place){ line->source.file, line->source.line, 0 });
    if (line->places > 1)
        gr_html_print(page, ", one of %u recipients", (unsigned)line->places);
    gr_html_end(page);
    if (line->why.len > 0) {
        gr_html_start(page, "span", "line");
        gr_html_say(page, GR_TONE_NAME, line->why);
        gr_html_end(page);
    }
    gr_html_cell_end(page);
}

static void cell_cost(gr_site *site, const gr_gift_line *line)
{
    const gr_value *cost = gr_record_find(line->record, NULL, GR_F_COST);
    gr_text currency = gr_record_text(line->record, GR_F_CURRENCY);
    char money[GR_MONEY_TEXT];

    gr_html_cell_start(&site->page);
    if (!cost) {
        gr_html_print(&site->page, "unknown");
    } else {
        gr_html_print(&site->page, "%s", gr_amount_print(cost->amount, money));
        if (!gr_text_equal(currency, site->book->currency))
            gr_html_print(&site->page, " %.*s", GR_ALL(currency));
    }
    gr_html_cell_end(&site->page);
}

static void cell_counts(gr_site *site, const gr_gift_line *line)
{
    bool unbounded = line->value.high == GR_UNBOUNDED;

    switch (line->standing) {
    case GR_LINE_COUNTS:
        gr_site_cell_span(site, line->value.low, line->value.high, line->value.den, unbounded);
        break;
    case GR_LINE_MAY_COUNT:
        gr_site_cell_span(site, 0, line->value.high, line->value.den, unbounded);
        break;
    case GR_LINE_EXCLUDED:
        gr_site_cell(site, GR_TEXT("excluded"));
        break;
    case GR_LINE_OUTSIDE:
        gr_site_cell(site, GR_TEXT("outside"));
        break;
    }
}

static void cells_sum(gr_site *site, const gr_gift_line *line)
{
    const gr_total *total = &line->sum.total;
    char money[GR_MONEY_TEXT];

    if (!line->has_sum) {
        gr_site_cell(site, GR_TEXT(""));
        gr_site_cell(site, GR_TEXT(""));
        return;
    }
    gr_site_cell_span(site, total->low, total->high, total->den, total->unbounded);
    if (line->sum.limit.num == GR_UNBOUNDED)
        gr_site_cell(site, GR_TEXT("none"));
    else
        gr_site_cell_print(site, "%s", gr_amount_print(line->sum.limit, money));
}

static void cell_found(gr_site *site, const gr_gift_line *line)
{
    gr_html *page = &site->page;

    gr_html_cell_start(page);
    for (size_t i = 0; i < line->finding_count; i++) {
        const gr_site_finding *entry = gr_site_find(site, line->finding[i]->id);
        bool linked = entry && gr_site_link_finding(site, entry);

        gr_site_verdict(site, line->finding[i]->verdict, line->finding[i]->decision != NULL);
        if (linked)
            gr_html_end(page);
        gr_html_print(page, " ");
    }
    gr_html_cell_end(page);
}

void gr_site_gift_row(gr_site *site, const gr_gift_line *line, bool of_person)
{
    gr_html_row_start(&site->page, NULL);
    gr_site_cell_day(site, line->day);
    if (of_person)
        cell_giver(site, line);
    else
        cell_recipient(site, line);
    cell_gift(site, line);
    cell_cost(site, line);
    cell_counts(site, line);
    cells_sum(site, line);
    cell_found(site, line);
    gr_html_row_end(&site->page);
}
