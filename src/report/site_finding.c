/* src/report/site_finding.c - one finding on a page: the words of phrase.h, the arithmetic as a table, the question. */
#include "report/site.h"

#include <stdio.h>

enum { MOST_SHOWN = 60, SHOWN_FIRST = 10, SHOWN_LAST = 45 };

/* ---- the arithmetic ---- */

static void cell_amount(gr_site *site, const gr_finding *finding, gr_wide num, int64_t den)
{
    char amount[GR_MONEY_TEXT];

    gr_site_cell_print(site, "%s", gr_finding_print(finding, num, den, amount));
}

static void cell_span(gr_site *site, const gr_finding *finding, gr_span span, bool open)
{
    cell_amount(site, finding, span.low, span.den);
    if (open && span.high == GR_UNBOUNDED)
        gr_site_cell(site, GR_TEXT("unknown"));
    else if (open)
        cell_amount(site, finding, span.high, span.den);
}

static void counted_row(gr_site *site, const gr_finding *finding, const gr_counted *gift, bool open)
{
    gr_html *page = &site->page;

    gr_html_row_start(page, NULL);
    gr_site_cell_day(site, gift->day);
    gr_site_cell_name(site, gift->giver_name, gift->giver_id);
    gr_html_cell_start(page);
    gr_html_say(page, GR_TONE_NAME, gift->gift);
    if (gift->source.file) {
        gr_html_print(page, " ");
        gr_html_start(page, "span", "source");
        gr_phrase_place(gr_site_voice(site), GR_TONE_PLAIN,
                        (gr_place){ gift->source.file, gift->source.line, 0 });
        gr_html_end(page);
    }
    gr_html_cell_end(page);
    cell_span(site, finding, gift->value, open);
    gr_html_cell_start(page);
    gr_html_say(page, GR_TONE_NAME, gr_counted_note(gift));
    gr_html_cell_end(page);
    gr_html_row_end(page);
}

static void skipped_row(gr_site *site, const gr_finding *finding, const gr_counted *gift,
                        size_t count, bool open)
{
    gr_span sum;

    gr_html_row_start(&site->page, NULL);
    gr_site_cell(site, GR_TEXT(""));
    gr_site_cell_print(site, "and %zu more between", count);
    gr_site_cell(site, GR_TEXT(""));
    if (gr_counted_sum(gift, count, &sum)) {
        cell_span(site, finding, sum, open);
    } else {
        gr_site_cell(site, GR_TEXT(""));
        if (open)
            gr_site_cell(site, GR_TEXT(""));
    }
    gr_site_cell(site, GR_TEXT(""));
    gr_html_row_end(&site->page);
}

static void counted_rows(gr_site *site, const gr_finding *finding, bool open)
{
    size_t count = finding->counted_count;
    size_t first = count > MOST_SHOWN ? SHOWN_FIRST : count;
    size_t last = count > MOST_SHOWN ? SHOWN_LAST : 0;

    for (size_t i = 0; i < first; i++)
        counted_row(site, finding, &finding->counted[i], open);
    if (last > 0)
        skipped_row(site, finding, finding->counted + first, count - first - last, open);
    for (size_t i = count - last; i < count; i++)
        counted_row(site, finding, &finding->counted[i], open);
}

static void result_start(gr_site *site, const char *style, const char *name)
{
    gr_html_start(&site->page, "tr", style);
    gr_html_start(&site->page, "th", NULL);
    gr_html_attribute(&site->page, "scope", "row");
    gr_html_attribute(&site->page, "colspan", "3");
    gr_html_print(&site->page, "%s", name);
    gr_html_end(&site->page);
}

static void result_cell(gr_site *site, const char *text)
{
    gr_html_start(&site->page, "td", "right");
    gr_html_print(&site->page, "%s", text);
    gr_html_end(&site->page);
}

static void result_end(gr_site *site)
{
    gr_html_end(&site->page); /* the last cell */
    gr_html_end_line(&site->page);
}

static void total_row(gr_site *site, const gr_finding *finding, bool open)
{
    const gr_total *total = &finding->total;
    char money[GR_MONEY_TEXT];

    result_start(site, "total", "Total");
    result_cell(site, gr_finding_print(finding, total->low, total->den, money));
    if (open)
        result_cell(site, total->unbounded
                              ? "unknown"
                              : gr_finding_print(finding, total->high, total->den, money));
    gr_html_start(&site->page, "td", NULL);
    gr_phrase_period(gr_site_voice(site), finding);
    result_end(site);
}

static void limit_row(gr_site *site, const gr_finding *finding, bool open)
{
    char money[GR_MONEY_TEXT];

    result_start(site, "limit", "Limit");
    result_cell(site, gr_finding_print_limit(finding, money));
    if (open)
        result_cell(site, money);
    gr_html_start(&site->page, "td", NULL);
    gr_html_text(&site->page, finding->limit_clause);
    result_end(site);
}

static void over_row(gr_site *site, const gr_finding *finding, bool open)
{
    char money[GR_MONEY_TEXT] = "";
    gr_wide excess;
    int64_t den;
    bool possible = open && gr_finding_excess(finding, &excess, &den);

    if (finding->over.num <= 0 && !possible)
        return;
    result_start(site, "over", "Over the limit");
    if (finding->over.num > 0)
        gr_finding_print(finding, finding->over.num, finding->over.den, money);
    result_cell(site, money);
    if (open)
        result_cell(site, possible ? gr_finding_print(finding, excess, den, money) : "");
    gr_html_start(&site->page, "td", NULL);
    result_end(site);
}

static void arithmetic(gr_site *site, const gr_finding *finding)
{
    static const gr_column certain[] = {
        { "Day", 'l', false },    { "Given by", 'l', false }, { "Gift and its source", 'l', false },
        { "Counts", 'r', false }, { "Why so", 'l', false },
    };
    static const gr_column possible[] = {
        { "Day", 'l', false },
        { "Given by", 'l', false },
        { "Gift and its source", 'l', false },
        { "Certain", 'r', false },
        { "Possible", 'r', false },
        { "Why so", 'l', false },
    };
    static const gr_column plain[] = {
        { "Day", 'l', false },    { "By", 'l', false },     { "Record and its source", 'l', false },
        { "Amount", 'r', false }, { "Why so", 'l', false },
    };
    bool open = gr_finding_is_open(finding);

    gr_html_table_start_as(&site->page, open ? "sum open" : "sum",
                           finding->has_limit ? "How the total comes about" : "What it is about",
                           open                 ? possible
                           : finding->has_limit ? certain
                                                : plain,
                           open ? 6 : 5);
    counted_rows(site, finding, open);
    if (finding->has_limit) {
        gr_html_end_line(&site->page); /* tbody */
        gr_html_start(&site->page, "tfoot", NULL);
        total_row(site, finding, open);
        limit_row(site, finding, open);
        over_row(site, finding, open);
    }
    gr_html_table_end(&site->page);
}

/* ---- the finding ---- */

static void paragraph(gr_site *site, const char *style, const char *label, gr_text text)
{
    if (text.len == 0)
        return;
    gr_html_start(&site->page, "p", style);
    if (label) {
        gr_html_say(&site->page, GR_TONE_BOLD, gr_text_of(label));
        gr_html_print(&site->page, " ");
    }
    gr_html_say(&site->page, GR_TONE_NAME, text);
    gr_html_end_line(&site->page);
}

static void decision(gr_site *site, const gr_finding *finding)
{
    const gr_decision *d = finding->decision ? finding->decision : finding->past;

    if (!d)
        return;
    gr_html_start(&site->page, "p", "decision");
    gr_phrase_decision(gr_site_voice(site), d, !finding->decision);
    gr_html_end_line(&site->page);
}

static void subject(gr_site *site, const gr_site_finding *entry)
{
    gr_html *page = &site->page;

    gr_html_start(page, "p", "subject");
    gr_phrase_subject(gr_site_voice(site), entry->finding);
    if (entry->person != GR_NONE && site->has_section[entry->person]) {
        gr_html_start(page, "span", "jump");
        gr_html_print(page, ". ");
        if (gr_site_link_person(site, entry->person)) {
            gr_html_print(page, "All gifts to this person");
            gr_html_end(page);
        }
        gr_html_end(page);
    }
    gr_html_end_line(page);
}

static void said(gr_site *site, const char *style,
                 void (*phrase)(gr_voice voice, const gr_finding *finding),
                 const gr_finding *finding)
{
    gr_html_start(&site->page, "p", style);
    phrase(gr_site_voice(site), finding);
    gr_html_end_line(&site->page);
}

void gr_site_finding_article(gr_site *site, const gr_site_finding *entry, unsigned level)
{
    const gr_finding *finding = entry->finding;
    gr_html *page = &site->page;
    char anchor[GR_SITE_NAME];

    gr_html_start(page, "article", finding->decision ? "finding decided" : "finding");
    gr_html_attribute(page, "data-verdict", gr_verdict_text(finding->verdict));
    snprintf(anchor, sizeof anchor, "%.*s", GR_ALL(finding->id));
    gr_html_attribute(page, "id", anchor);
    gr_html_text(page, GR_TEXT("\n"));
    gr_site_heading_start(site, level, NULL);
    if (!gr_phrase_finding(gr_site_voice(site), finding))
        site->no_memory = true;
    gr_site_heading_end(site);
    decision(site, finding);
    subject(site, entry);
    paragraph(site, "reason", NULL, finding->reason);
    if (finding->has_limit || finding->counted_count > 0)
        arithmetic(site, finding);
    paragraph(site, "question", "Question:", finding->question);
    paragraph(site, "answers", "Answers:", finding->answers);
    if (finding->joined_count > 0)
        said(site, "note", gr_phrase_joined, finding);
    for (size_t i = 0; i < finding->presumption_count; i++)
        paragraph(site, "note", "Presumed:", finding->presumption[i]);
    said(site, "note", gr_phrase_authority, finding);
    gr_html_end_line(page);
}

/* Warnings that say no more than how near a total is: one row each. */
void gr_site_near(gr_site *site, const gr_site_finding *const *near, size_t count)
{
    static const gr_column columns[] = {
        { "Day", 'l', false },   { "Recipient", 'l', true }, { "Total", 'r', false },
        { "Limit", 'r', false }, { "Gift", 'l', false },     { "Finding", 'l', false },
    };

    gr_html_table_start(&site->page, "Totals that come near the limit without breaking it", columns,
                        GR_COUNT(columns));
    for (size_t i = 0; i < count; i++) {
        const gr_finding *f = near[i]->finding;
        char anchor[GR_SITE_NAME], money[GR_MONEY_TEXT];
        bool linked;

        snprintf(anchor, sizeof anchor, "%.*s", GR_ALL(f->id));
        gr_html_row_start(&site->page, anchor);
        gr_site_cell_day(site, f->day);
        gr_html_cell_start(&site->page);
        linked = gr_site_link_person(site, near[i]->person);
        gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, f->recipient_name, f->recipient_id);
        if (linked)
            gr_html_end(&site->page);
        if (f->recipient_employer.len > 0) {
            gr_html_print(&site->page, " of ");
            gr_html_say(&site->page, GR_TONE_NAME, f->recipient_employer);
        }
        gr_html_cell_end(&site->page);
        gr_html_cell_start(&site->page);
        gr_html_print(&site->page, "%s", gr_finding_print(f, f->total.low, f->total.den, money));
        if (f->total.unbounded)
            gr_html_print(&site->page, " or more");
        else if (f->total.low != f->total.high)
            gr_html_print(&site->page, " to %s",
                          gr_finding_print(f, f->total.high, f->total.den, money));
        gr_html_cell_end(&site->page);
        gr_site_cell_print(site, "%s", gr_finding_print_limit(f, money));
        gr_html_cell_start(&site->page);
        gr_html_say(&site->page, GR_TONE_NAME, f->gift);
        gr_html_cell_end(&site->page);
        gr_html_cell_start(&site->page);
        gr_html_say(&site->page, GR_TONE_CODE, f->id);
        gr_html_cell_end(&site->page);
        gr_html_row_end(&site->page);
    }
    gr_html_table_end(&site->page);
}
