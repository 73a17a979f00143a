/* src/report/site_register.c - who is in the report: account executives and clients, a row each, with links to their
 * pages. Not to be taken for the register of gifts (register.c). */
#include "report/site.h"

static bool has_findings(const gr_summary *sum)
{
    return sum->violations + sum->needs_review + sum->warnings + sum->decided > 0;
}

static void cells_findings(gr_site *site, const gr_summary *sum)
{
    gr_site_cell_count(site, sum->violations);
    gr_site_cell_count(site, sum->needs_review);
    gr_site_cell_count(site, sum->warnings);
    gr_site_cell_count(site, sum->decided);
}

static void executive_row(gr_site *site, size_t i, bool has_roster)
{
    const gr_executive *who = &site->report->executive[i];
    bool linked;

    gr_html_row_start(&site->page, NULL);
    gr_html_cell_start(&site->page);
    linked = gr_site_link_executive(site, (uint32_t)i);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, who->name, who->id);
    if (linked)
        gr_html_end(&site->page);
    gr_html_cell_end(&site->page);
    if (has_roster) {
        gr_html_cell_start(&site->page);
        gr_html_say(&site->page, GR_TONE_NAME, who->staff ? who->staff->branch : GR_TEXT(""));
        gr_html_cell_end(&site->page);
    }
    gr_site_cell_count(site, who->summary.gifts);
    gr_site_cell_count(site, who->summary.recipients);
    cells_findings(site, &who->summary);
    gr_html_row_end(&site->page);
}

void gr_site_executive_table(gr_site *site, size_t from, size_t to, bool with_findings_only)
{
    static const gr_column columns[] = {
        { "Account executive", 'l', true },
        { "Branch", 'l', false },
        { "Gifts", 'r', false },
        { "Recipients", 'r', false },
        { "Violations", 'r', false },
        { "To review", 'r', false },
        { "Warnings", 'r', false },
        { "Decided", 'r', false },
    };
    static const gr_column without[] = {
        { "Account executive", 'l', true }, { "Gifts", 'r', false },
        { "Recipients", 'r', false },       { "Violations", 'r', false },
        { "To review", 'r', false },        { "Warnings", 'r', false },
        { "Decided", 'r', false },
    };
    bool has_roster = site->report->roster != NULL;

    gr_html_table_start(&site->page, "Account executives by number, with their own gifts",
                        has_roster ? columns : without, has_roster ? 8 : 7);
    for (size_t i = from; i < to; i++)
        if (!with_findings_only || has_findings(&site->report->executive[i].summary))
            executive_row(site, i, has_roster);
    gr_html_table_end(&site->page);
}

static void client_row(gr_site *site, size_t i)
{
    const gr_book_client *client = &site->book->client[i];
    bool linked;

    gr_html_row_start(&site->page, NULL);
    gr_html_cell_start(&site->page);
    linked = gr_site_link_client(site, (uint32_t)i);
    if (client->name.len > 0)
        gr_html_say(&site->page, GR_TONE_NAME, client->name);
    else
        gr_html_print(&site->page, "employer not told");
    if (linked)
        gr_html_end(&site->page);
    gr_html_cell_end(&site->page);
    gr_site_cell_count(site, client->person_count);
    gr_site_cell_count(site, client->gifts);
    cells_findings(site, &client->findings);
    gr_html_row_end(&site->page);
}

void gr_site_client_table(gr_site *site, size_t from, size_t to, bool with_findings_only)
{
    static const gr_column columns[] = {
        { "Client", 'l', true },      { "People", 'r', false },    { "Gifts", 'r', false },
        { "Violations", 'r', false }, { "To review", 'r', false }, { "Warnings", 'r', false },
        { "Decided", 'r', false },
    };

    gr_html_table_start(&site->page, "Employers of recipients, by name", columns,
                        GR_COUNT(columns));
    for (size_t i = from; i < to; i++)
        if (!with_findings_only || has_findings(&site->book->client[i].findings))
            client_row(site, i);
    gr_html_table_end(&site->page);
}

/* ---- their pages ---- */

static gr_status table_page(gr_site *site, const char *stem, const char *title, size_t count,
                            size_t part, void (*table)(gr_site *, size_t, size_t, bool),
                            gr_error *err)
{
    size_t parts = count == 0 ? 1 : (count + GR_SITE_ROWS - 1) / GR_SITE_ROWS;
    size_t from = part * GR_SITE_ROWS;
    size_t to = count - from < GR_SITE_ROWS ? count : from + GR_SITE_ROWS;
    char file[GR_SITE_FILE], first[GR_SITE_FILE];
    gr_status status = gr_site_page_start(site, gr_site_part(stem, "", part, file),
                                          gr_site_part(stem, "", 0, first), gr_text_of(title), err);

    if (status != GR_OK)
        return status;
    gr_site_heading(site, 1, NULL, title);
    gr_site_pager(site, stem, "", part, parts);
    table(site, from, to, false);
    gr_site_pager(site, stem, "", part, parts);
    return gr_site_page_end(site, err);
}

static gr_status table_pages(gr_site *site, const char *stem, const char *title, size_t count,
                             void (*table)(gr_site *, size_t, size_t, bool), gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t part = 0; status == GR_OK && (part == 0 || part * GR_SITE_ROWS < count); part++)
        status = table_page(site, stem, title, count, part, table, err);
    return status;
}

gr_status gr_site_registers(gr_site *site, gr_error *err)
{
    gr_status status = table_pages(site, "executives", "Account executives",
                                   site->report->executive_count, gr_site_executive_table, err);

    if (status == GR_OK && site->book->client_count > 0)
        status = table_pages(site, "clients", "Clients", site->book->client_count,
                             gr_site_client_table, err);
    return status;
}
