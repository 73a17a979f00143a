/* src/report/section_run.c - how the report came about: inputs, rulebooks, policy, assumptions, so that
 * somebody else can make the same one again. */
#include "report/sections.h"

#include "report/words.h"

enum {
    SHORT_DIGEST = 12
}; /* digits: enough to tell two files apart by eye; JSON has all of them */

static void title(gr_page *page, const char *text)
{
    gr_blank(page);
    gr_paragraph(page, 2, text, GR_TEXT(""));
}

static void row(gr_page *page, const char *name, gr_text text)
{
    gr_cell(page, gr_text_of(name));
    gr_cell(page, text);
    gr_row_end(page);
}

static void add_count(gr_page *page, uint64_t count, const char *one, const char *many)
{
    if (count > 0)
        gr_cell_print(page, "%llu %s", (unsigned long long)count, count == 1 ? one : many);
    else
        gr_cell(page, GR_TEXT(""));
}

static void row_count(gr_page *page, const char *name, uint64_t count, const char *one,
                      const char *many)
{
    if (count == 0)
        return;
    gr_cell(page, gr_text_of(name));
    add_count(page, count, one, many);
    gr_row_end(page);
}

/* Against what the ledger held before. */
static void news(gr_page *page, const gr_news *news)
{
    if (!news->is_told)
        return;
    title(page, "New in the ledger");
    gr_paragraph_start(page, 4, 4);
    gr_phrase_news(gr_page_voice(page), news);
    gr_paragraph_end(page);
}

static void facts(gr_page *page, const gr_report *report)
{
    char moment[GR_MOMENT_TEXT];

    gr_grid_start(page, 2, "lw");
    row(page, "Generated", gr_text_of(gr_moment_print(report->generated, moment)));
    row(page, "Ledger",
        report->ledger.len > 0 ? report->ledger : GR_TEXT("none: nothing was kept"));
    row_count(page, "Left out", report->expenses, "expense that is no gift",
              "expenses that are no gifts");
    row_count(page, "Known before", report->duplicates, "record", "records");
    gr_grid_end(page);
}

static void inputs(gr_page *page, const gr_report *report)
{
    if (report->input_count == 0)
        return;
    title(page, "Inputs");
    gr_grid_start(page, 4, "llrrrw");
    for (size_t i = 0; i < report->input_count; i++) {
        const gr_source *input = &report->input[i];

        gr_cell(page, input->file);
        gr_cell(page, input->format);
        gr_cell_print(page, "%llu %s", (unsigned long long)input->records,
                      input->records == 1 ? "record" : "records");
        add_count(page, input->quarantined, "in quarantine", "in quarantine");
        add_count(page, input->duplicates, "known before", "known before");
        gr_cell_print(page, "%.*s", SHORT_DIGEST, input->sha256);
        gr_row_end(page);
    }
    gr_grid_end(page);
}

static void rulebooks(gr_page *page, const gr_report *report)
{
    if (report->rulebook_count == 0)
        return;
    title(page, "Rulebooks");
    gr_grid_start(page, 4, "llw");
    for (size_t i = 0; i < report->rulebook_count; i++) {
        const gr_rulebook_used *book = &report->rulebook[i];

        gr_cell(page, book->id);
        gr_cell(page, gr_text_slice(book->sha256, 0, SHORT_DIGEST));
        gr_cell(page, book->title);
        gr_row_end(page);
    }
    gr_grid_end(page);
}

static void policy(gr_page *page, const gr_report *report)
{
    if (report->policy_count == 0)
        return;
    title(page, "Policy");
    gr_grid_start(page, 4, "llw");
    for (size_t i = 0; i < report->policy_count; i++) {
        const gr_choice *choice = &report->policy[i];

        gr_cell(page, choice->name);
        gr_cell(page, choice->value);
        gr_cell(page, choice->set_for_run ? GR_TEXT("set for this run") : GR_TEXT(""));
        gr_row_end(page);
    }
    gr_grid_end(page);
}

/* Some forty lines that change only with the rule files: here their number, in JSON each of them. */
static void assumptions(gr_page *page, const gr_report *report)
{
    if (report->assumption_count == 0)
        return;
    title(page, "Held without having seen the text of the law");
    gr_paragraph_start(page, 4, 4);
    gr_say_count(page, GR_PLAIN, report->assumption_count, "statement", "statements");
    gr_say(page, GR_PLAIN,
           GR_TEXT(" of the rulebooks rest on summaries or on our own reading; the JSON report "
                   "lists each with its clause, and the rule files name the sources."));
    gr_paragraph_end(page);
}

void gr_section_run(gr_page *page, const gr_report *report)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("This run"));
    gr_heading_end(page);
    facts(page, report);
    inputs(page, report);
    gr_section_reconciled(page, &report->reconciled);
    gr_section_pairs(page, report);
    news(page, &report->news);
    rulebooks(page, report);
    policy(page, report);
    assumptions(page, report);
}
