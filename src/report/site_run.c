/* src/report/site_run.c - what could not be read, what was presumed, and how the report came about, so that somebody else
 * can make the same one again. */
#include "report/site.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/digest.h"

static void text_row(gr_site *site, const char *name, gr_text text)
{
    gr_html_row_start(&site->page, NULL);
    gr_site_cell(site, gr_text_of(name));
    gr_html_cell_start(&site->page);
    gr_html_say(&site->page, GR_TONE_NAME, text);
    gr_html_cell_end(&site->page);
    gr_html_row_end(&site->page);
}

static void heading(gr_site *site, const char *text)
{
    gr_site_heading(site, site->folder ? 2 : 3, NULL, text);
}

static void said(gr_site *site, void (*phrase)(gr_voice, const gr_reconciled *))
{
    gr_html_start(&site->page, "p", NULL);
    phrase(gr_site_voice(site), &site->report->reconciled);
    gr_html_end_line(&site->page);
}

/* ---- how it came about ---- */

static void facts(gr_site *site)
{
    static const gr_column columns[] = { { "What", 'l', true }, { "Value", 'l', false } };
    const gr_report *report = site->report;
    char moment[GR_MOMENT_TEXT], day[GR_DAY_TEXT], number[24];

    gr_html_table_start(&site->page, "The run", columns, GR_COUNT(columns));
    text_row(site, "As of", gr_text_of(gr_day_print(report->as_of, day)));
    text_row(site, "Generated", gr_text_of(gr_moment_print(report->generated, moment)));
    text_row(site, "Ledger",
             report->ledger.len > 0 ? report->ledger : GR_TEXT("none: nothing was kept"));
    for (size_t i = 0; i < report->filter_count; i++)
        text_row(site, "Only", report->filter[i]);
    snprintf(number, sizeof number, "%llu", (unsigned long long)report->expenses);
    if (report->expenses > 0)
        text_row(site, "Expenses that are no gifts, left out", gr_text_of(number));
    snprintf(number, sizeof number, "%llu", (unsigned long long)report->duplicates);
    if (report->duplicates > 0)
        text_row(site, "Records known before", gr_text_of(number));
    gr_html_table_end(&site->page);
}

static void inputs(gr_site *site)
{
    static const gr_column columns[] = {
        { "File", 'l', true },           { "Format", 'l', false },       { "Records", 'r', false },
        { "In quarantine", 'r', false }, { "Known before", 'r', false }, { "SHA-256", 'l', false },
    };

    if (site->report->input_count == 0)
        return;
    heading(site, "Inputs");
    gr_html_table_start(&site->page, "Files that were read", columns, GR_COUNT(columns));
    for (size_t i = 0; i < site->report->input_count; i++) {
        const gr_source *input = &site->report->input[i];

        gr_html_row_start(&site->page, NULL);
        gr_html_cell_start(&site->page);
        gr_html_say(&site->page, GR_TONE_NAME, input->file);
        gr_html_cell_end(&site->page);
        gr_site_cell(site, input->format);
        gr_site_cell_print(site, "%llu", (unsigned long long)input->records);
        gr_site_cell_count(site, input->quarantined);
        gr_site_cell_count(site, input->duplicates);
        gr_html_cell_start(&site->page);
        gr_html_say(&site->page, GR_TONE_CODE, gr_text_of(input->sha256));
        gr_html_cell_end(&site->page);
        gr_html_row_end(&site->page);
    }
    gr_html_table_end(&site->page);
}

static void rulebooks(gr_site *site)
{
    static const gr_column columns[] = { { "Rulebook", 'l', true },
                                         { "Title", 'l', false },
                                         { "SHA-256", 'l', false } };

    if (site->report->rulebook_count == 0)
        return;
    heading(site, "Rulebooks");
    gr_html_table_start(&site->page, "Rule files by which it was judged", columns,
                        GR_COUNT(columns));
    for (size_t i = 0; i < site->report->rulebook_count; i++) {
        const gr_rulebook_used *book = &site->report->rulebook[i];

        gr_html_row_start(&site->page, NULL);
        gr_site_cell(site, book->id);
        gr_site_cell(site, book->title);
        gr_html_cell_start(&site->page);
        gr_html_say(&site->page, GR_TONE_CODE, book->sha256);
        gr_html_cell_end(&site->page);
        gr_html_row_end(&site->page);
    }
    gr_html_table_end(&site->page);
}

static void policy(gr_site *site)
{
    static const gr_column columns[] = { { "Choice", 'l', true },
                                         { "Value", 'l', false },
                                         { "From", 'l', false } };

    if (site->report->policy_count == 0)
        return;
    heading(site, "Policy");
    gr_html_table_start(&site->page, "The firm's own choices", columns, GR_COUNT(columns));
    for (size_t i = 0; i < site->report->policy_count; i++) {
        const gr_choice *choice = &site->report->policy[i];

        gr_html_row_start(&site->page, NULL);
        gr_site_cell(site, choice->name);
        gr_html_cell_start(&site->page);
        gr_html_say(&site->page, GR_TONE_NAME, choice->value);
        gr_html_cell_end(&site->page);
        gr_site_cell(site, choice->set_for_run ? GR_TEXT("set for this run") : GR_TEXT("policy"));
        gr_html_row_end(&site->page);
    }
    gr_html_table_end(&site->page);
}

static void reconciled(gr_site *site)
{
    const gr_reconciled *n = &site->report->reconciled;

    if (n->is_told) {
        heading(site, "Gift log, expenses, approvals");
        if (n->logged > 0 && n->expensed > 0)
            said(site, gr_phrase_matched);
        if (n->approvals > 0)
            said(site, gr_phrase_approvals);
    }
    if (site->report->pair_count == 0)
        return;
    heading(site, "One gift in two records, the first of which counts");
    gr_html_list_start(&site->page, GR_LIST_PLAIN);
    for (size_t i = 0; i < site->report->pair_count; i++) {
        gr_html_item_start(&site->page, NULL);
        gr_phrase_twin(gr_site_voice(site), &site->report->pair[i]);
        gr_html_item_end(&site->page);
    }
    gr_html_list_end(&site->page);
}

static void texts(gr_site *site, const char *title, const char *words, const gr_text *text,
                  size_t count)
{
    if (count == 0)
        return;
    heading(site, title);
    if (words)
        gr_html_element(&site->page, "p", NULL, words);
    gr_html_list_start(&site->page, GR_LIST_PLAIN);
    for (size_t i = 0; i < count; i++) {
        gr_html_item_start(&site->page, NULL);
        gr_html_say(&site->page, GR_TONE_NAME, text[i]);
        gr_html_item_end(&site->page);
    }
    gr_html_list_end(&site->page);
}

/* ---- presumptions: the same one is told once ---- */

typedef struct presumed {
    gr_text text;
    uint64_t findings;
} presumed;

static bool count_one(gr_list *list, gr_table *seen, gr_text text)
{
    uint64_t hash = gr_hash(text, 0);
    size_t cursor = 0;
    uint32_t at;

    while ((at = gr_table_find(seen, hash, &cursor)) != GR_NONE)
        if (gr_text_equal(GR_AT(*list, presumed, at)->text, text)) {
            GR_AT(*list, presumed, at)->findings++;
            return true;
        }
    return gr_list_push(list, &(presumed){ text, 1 }) &&
           gr_table_put(seen, hash, (uint32_t)list->count - 1);
}

static int by_findings(const void *left, const void *right)
{
    const presumed *a = left, *b = right;

    if (a->findings != b->findings)
        return a->findings > b->findings ? -1 : 1;
    return gr_text_compare(a->text, b->text);
}

static void presumption_table(gr_site *site, const gr_list *list)
{
    static const gr_column columns[] = { { "What", 'l', true }, { "Findings", 'r', false } };
    size_t shown = list->count < GR_SITE_ROWS ? list->count : GR_SITE_ROWS;

    heading(site, "Presumed for want of a fact");
    gr_html_table_start(&site->page, "How many findings rest on it", columns, GR_COUNT(columns));
    for (size_t i = 0; i < shown; i++) {
        gr_html_row_start(&site->page, NULL);
        gr_html_cell_start(&site->page);
        gr_html_say(&site->page, GR_TONE_NAME, GR_AT(*list, presumed, i)->text);
        gr_html_cell_end(&site->page);
        gr_site_cell_count(site, GR_AT(*list, presumed, i)->findings);
        gr_html_row_end(&site->page);
    }
    gr_html_table_end(&site->page);
    if (shown < list->count)
        gr_site_note(site, "%zu more stand with their findings.", list->count - shown);
}

static void presumptions(gr_site *site)
{
    gr_list list = GR_LIST(presumed);
    gr_table seen = { 0 };
    bool fits = true;

    for (size_t i = 0; fits && i < site->finding.count; i++) {
        const gr_finding *f = GR_AT(site->finding, gr_site_finding, i)->finding;

        for (size_t k = 0; fits && k < f->presumption_count; k++)
            fits = count_one(&list, &seen, f->presumption[k]);
    }
    site->no_memory = site->no_memory || !fits;
    if (list.count > 0) {
        qsort(list.items, list.count, sizeof(presumed), by_findings);
        presumption_table(site, &list);
    }
    gr_table_free(&seen);
    gr_list_free(&list);
}

static void remarks(gr_site *site)
{
    const gr_rostered *roster = site->report->roster;

    if (!roster || roster->remark_count == 0)
        return;
    heading(site, "What does not fit in the roster");
    gr_html_list_start(&site->page, GR_LIST_PLAIN);
    for (size_t i = 0; i < roster->remark_count && i < GR_SITE_ROWS; i++) {
        const gr_roster_remark *remark = &roster->remark[i];

        gr_html_item_start(&site->page, NULL);
        gr_phrase_place(gr_site_voice(site), GR_TONE_PLAIN, remark->at);
        gr_html_print(&site->page, ", ");
        gr_html_say(&site->page, GR_TONE_NAME, remark->record);
        gr_html_print(&site->page, ": ");
        gr_html_say(&site->page, GR_TONE_NAME, remark->message);
        if (remark->hint.len > 0) {
            gr_html_print(&site->page, "; ");
            gr_html_say(&site->page, GR_TONE_NAME, remark->hint);
        }
        gr_html_item_end(&site->page);
    }
    gr_html_list_end(&site->page);
}

void gr_site_run(gr_site *site)
{
    const gr_report *report = site->report;

    gr_site_heading(site, site->folder ? 1 : 2, "run", "How this report was made");
    facts(site);
    presumptions(site);
    texts(site, "Held without having seen the text of the law",
          "These statements of the rulebooks rest on summaries or on our own reading; the rule "
          "files name the sources.",
          report->assumption, report->assumption_count);
    inputs(site);
    texts(site, "Passed over", NULL, report->note, report->note_count);
    if (report->news.is_told) {
        heading(site, "New in the ledger");
        gr_html_start(&site->page, "p", NULL);
        gr_phrase_news(gr_site_voice(site), &report->news);
        gr_html_end_line(&site->page);
    }
    reconciled(site);
    remarks(site);
    rulebooks(site);
    policy(site);
}

gr_status gr_site_run_page(gr_site *site, gr_error *err)
{
    gr_status status =
        gr_site_page_start(site, "run.html", "run.html", GR_TEXT("How it was made"), err);

    if (status != GR_OK)
        return status;
    gr_site_run(site);
    return gr_site_page_end(site, err);
}

/* ---- quarantine ---- */

static void error_row(gr_site *site, const gr_error *error, gr_text record)
{
    gr_html *page = &site->page;

    gr_html_row_start(page, NULL);
    gr_html_cell_start(page);
    gr_phrase_place(gr_site_voice(site), GR_TONE_PLAIN, gr_error_place(error));
    gr_html_cell_end(page);
    gr_html_cell_start(page);
    gr_html_say(page, GR_TONE_NAME, record);
    gr_html_cell_end(page);
    gr_html_cell_start(page);
    gr_html_say(page, GR_TONE_NAME, gr_text_of(error->message));
    if (error->hint[0]) {
        gr_html_start(page, "span", "line");
        gr_html_print(page, "Hint: ");
        gr_html_say(page, GR_TONE_NAME, gr_text_of(error->hint));
        gr_html_end(page);
    }
    gr_html_cell_end(page);
    gr_html_row_end(page);
}

static const gr_column error_columns[] = { { "Place", 'l', true },
                                           { "Record", 'l', false },
                                           { "What is wrong", 'l', false } };

static void refused(gr_site *site)
{
    const gr_report *report = site->report;

    if (report->refused_count == 0)
        return;
    heading(site, "Refused");
    gr_html_table_start(&site->page, "Inputs of which nothing was kept", error_columns,
                        GR_COUNT(error_columns));
    for (size_t i = 0; i < report->refused_count; i++)
        error_row(site, &report->refused[i], GR_TEXT(""));
    gr_html_table_end(&site->page);
}

void gr_site_quarantine(gr_site *site, size_t from, size_t to)
{
    const gr_report *report = site->report;

    gr_site_heading(site, site->folder ? 1 : 2, "quarantine", "Quarantine");
    if (from == 0)
        refused(site);
    if (report->quarantined_count == 0)
        return;
    gr_html_table_start(&site->page, "Records that are not judged until they are corrected",
                        error_columns, GR_COUNT(error_columns));
    for (size_t i = from; i < to; i++)
        error_row(site, &report->quarantined[i].error, report->quarantined[i].record);
    gr_html_table_end(&site->page);
    if (!site->folder && to < report->quarantined_count)
        gr_site_note(site, "%zu more are in the folder of pages and in JSON.",
                     report->quarantined_count - to);
}

gr_status gr_site_quarantine_pages(gr_site *site, gr_error *err)
{
    size_t count = site->report->quarantined_count;
    size_t parts = count == 0 ? 1 : (count + GR_SITE_ROWS - 1) / GR_SITE_ROWS;
    gr_status status = GR_OK;

    if (count + site->report->refused_count == 0)
        return GR_OK;
    for (size_t part = 0; status == GR_OK && part < parts; part++) {
        size_t from = part * GR_SITE_ROWS;
        char file[GR_SITE_FILE];

        status = gr_site_page_start(site, gr_site_part("quarantine", "", part, file),
                                    "quarantine.html", GR_TEXT("Quarantine"), err);
        if (status != GR_OK)
            break;
        gr_site_quarantine(site, from, count - from < GR_SITE_ROWS ? count : from + GR_SITE_ROWS);
        gr_site_pager(site, "quarantine", "", part, parts);
        status = gr_site_page_end(site, err);
    }
    return status;
}
