/* src/report/site_list.c - findings of one kind, the latest first, a line each with a link to where it is told; reviews
 * with their question. */
#include "report/site.h"

#include <stdio.h>

static const struct {
    const char *stem, *title, *caption;
} lists[] = {
    [GR_LIST_VIOLATION] = { "violations", "Violations", "Violations, the latest first" },
    [GR_LIST_REVIEW] = { "reviews", "To review",
                         "What a missing fact decides, with the question to ask; the latest "
                         "first" },
    [GR_LIST_WARNING] = { "warnings", "Warnings", "Warnings, the latest first" },
    [GR_LIST_DECIDED] = { "decided", "Decided", "What an officer decided on, the latest first" },
};

static void cell_what(gr_site *site, const gr_site_finding *entry, gr_site_list list)
{
    const gr_finding *f = entry->finding;
    gr_html *page = &site->page;
    bool linked, says_reason = !f->has_limit && f->reason.len > 0; /* its kind alone says little */

    gr_html_cell_start(page);
    linked = gr_site_link_finding(site, entry);
    if (says_reason)
        gr_html_say(page, GR_TONE_NAME, f->reason);
    else
        gr_phrase_measure(gr_site_voice(site), GR_TONE_BOLD, f);
    if (linked)
        gr_html_end(page);
    if (f->has_limit && !gr_phrase_across(gr_site_voice(site), GR_TONE_PLAIN, f))
        site->no_memory = true;
    if (list == GR_LIST_REVIEW && f->question.len > 0) {
        gr_html_start(page, "span", "line");
        gr_html_say(page, GR_TONE_NAME, f->question);
        gr_html_end(page);
    } else if (says_reason) {
        gr_html_start(page, "span", "line");
        gr_phrase_measure(gr_site_voice(site), GR_TONE_PLAIN, f);
        gr_html_end(page);
    }
    gr_html_cell_end(page);
}

static void cell_recipient(gr_site *site, const gr_site_finding *entry)
{
    const gr_finding *f = entry->finding;
    bool linked = false;

    gr_html_cell_start(&site->page);
    if (f->recipient_name.len + f->recipient_id.len > 0) {
        linked = gr_site_link_person(site, entry->person);
        gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, f->recipient_name, f->recipient_id);
    }
    if (linked)
        gr_html_end(&site->page);
    if (f->recipient_employer.len > 0) {
        gr_html_start(&site->page, "span", "line");
        gr_html_say(&site->page, GR_TONE_NAME, f->recipient_employer);
        gr_html_end(&site->page);
    }
    gr_html_cell_end(&site->page);
}

static void cell_giver(gr_site *site, const gr_site_finding *entry)
{
    const gr_executive *who = &site->report->executive[entry->executive];
    bool linked;

    gr_html_cell_start(&site->page);
    linked = gr_site_link_executive(site, entry->executive);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, who->name, who->id);
    if (linked)
        gr_html_end(&site->page);
    gr_html_cell_end(&site->page);
}

void gr_site_list_rows(gr_site *site, gr_site_list list, size_t from, size_t to)
{
    static const gr_column columns[] = {
        { "Day", 'l', false },
        { "What", 'l', true },
        { "Recipient", 'l', false },
        { "Account executive", 'l', false },
    };

    gr_html_table_start_as(&site->page, "stack", lists[list].caption, columns, GR_COUNT(columns));
    for (size_t i = site->kind_first[list] + from; i < site->kind_first[list] + to; i++) {
        gr_html_row_start(&site->page, NULL);
        gr_site_cell_day(site, site->order[i]->finding->day);
        cell_what(site, site->order[i], list);
        cell_recipient(site, site->order[i]);
        cell_giver(site, site->order[i]);
        gr_html_row_end(&site->page);
    }
    gr_html_table_end(&site->page);
}

static gr_status list_page(gr_site *site, gr_site_list list, size_t part, size_t parts,
                           gr_error *err)
{
    size_t count = site->kind_first[list + 1] - site->kind_first[list];
    size_t from = part * GR_SITE_ROWS;
    size_t to = count - from < GR_SITE_ROWS ? count : from + GR_SITE_ROWS;
    char file[GR_SITE_FILE], first[GR_SITE_FILE];
    gr_status status;

    gr_site_part(lists[list].stem, "", part, file);
    gr_site_part(lists[list].stem, "", 0, first);
    status = gr_site_page_start(site, file, first, gr_text_of(lists[list].title), err);
    if (status != GR_OK)
        return status;
    gr_site_heading(site, 1, NULL, lists[list].title);
    gr_site_pager(site, lists[list].stem, "", part, parts);
    gr_site_list_rows(site, list, from, to);
    gr_site_pager(site, lists[list].stem, "", part, parts);
    return gr_site_page_end(site, err);
}

gr_status gr_site_lists(gr_site *site, gr_error *err)
{
    gr_status status = GR_OK;

    for (int list = 0; list < GR_LISTS; list++) {
        size_t count = site->kind_first[list + 1] - site->kind_first[list];
        size_t parts = (count + GR_SITE_ROWS - 1) / GR_SITE_ROWS;

        for (size_t part = 0; status == GR_OK && part < parts; part++)
            status = list_page(site, (gr_site_list)list, part, parts, err);
    }
    return status;
}
