/* src/report/site_client.c - one client: its people in a table, and a section for each of whom something was found; where
 * there are few, for each. The others are rows, and the page says so. */
#include "report/site.h"

#include <stdio.h>

static void person_row(gr_site *site, uint32_t place)
{
    const gr_book_person *person = &site->book->person[place];
    const gr_total *total = &person->sum.total;
    char anchor[GR_SITE_NAME], money[GR_MONEY_TEXT];
    bool linked = false;

    snprintf(anchor, sizeof anchor, "person-%u", (unsigned)place + 1);
    gr_html_row_start(&site->page, site->has_section[place] || !site->folder ? NULL : anchor);
    gr_html_cell_start(&site->page);
    if (site->has_section[place])
        linked = gr_site_link_person(site, place);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, person->name, person->id);
    if (linked)
        gr_html_end(&site->page);
    gr_html_cell_end(&site->page);
    gr_site_cell_count(site, person->gifts);
    gr_site_cell_day(site, person->last);
    if (person->has_sum) {
        gr_site_cell_span(site, total->low, total->high, total->den, total->unbounded);
        gr_site_cell_print(site, "%s", gr_amount_print(person->left_low, money));
    } else {
        gr_site_cell(site, GR_TEXT(""));
        gr_site_cell(site, GR_TEXT(""));
    }
    gr_site_cell_count(site, person->findings.violations);
    gr_site_cell_count(site, person->findings.needs_review);
    gr_site_cell_count(site, person->findings.warnings);
    gr_html_row_end(&site->page);
}

static size_t person_table(gr_site *site, const gr_book_client *client, size_t from, size_t to)
{
    static const gr_column columns[] = {
        { "Recipient", 'l', true },    { "Gifts", 'r', false },
        { "Last gift", 'l', false },   { "Total in the period", 'r', false },
        { "Surely left", 'r', false }, { "Violations", 'r', false },
        { "To review", 'r', false },   { "Warnings", 'r', false },
    };
    size_t without = 0;

    gr_html_table_start(&site->page, "People, by name; totals as of the day of the report", columns,
                        GR_COUNT(columns));
    for (size_t i = from; i < to; i++) {
        person_row(site, client->person[i]);
        without += !site->has_section[client->person[i]];
    }
    gr_html_table_end(&site->page);
    return without;
}

static void opening(gr_site *site, size_t place)
{
    const gr_book_client *client = &site->book->client[place];
    gr_html *page = &site->page;
    gr_voice voice = gr_site_voice(site);
    char anchor[GR_SITE_NAME];

    snprintf(anchor, sizeof anchor, "client-%zu", place + 1);
    gr_html_element(page, "p", "eyebrow", "Client");
    gr_site_heading_start(site, site->level, anchor);
    if (client->name.len > 0)
        gr_html_say(page, GR_TONE_NAME, client->name);
    else
        gr_html_print(page, "Employer not told");
    gr_site_heading_end(site);
    gr_html_start(page, "p", "lead");
    if (gr_phrase_verdicts(voice, &client->findings))
        gr_html_print(page, ", in ");
    gr_voice_count(voice, GR_TONE_PLAIN, client->gifts, "gift", "gifts");
    gr_html_print(page, " to ");
    gr_voice_count(voice, GR_TONE_PLAIN, client->person_count, "person", "people");
    gr_html_print(page, ".");
    gr_html_end_line(page);
}

static gr_status people(gr_site *site, const gr_book_client *client, size_t from, size_t to,
                        gr_error *err)
{
    size_t without = person_table(site, client, from, to);
    gr_status status = GR_OK;

    if (without > 0)
        gr_site_note(site,
                     "Nothing was found about %zu of these: they have this row only. The register "
                     "lists each of their gifts.",
                     without);
    for (size_t i = from; status == GR_OK && i < to; i++)
        if (site->has_section[client->person[i]])
            status = gr_site_recipient(site, client->person[i], err);
    return status;
}

static gr_status client_page(gr_site *site, size_t place, size_t part, size_t parts, gr_error *err)
{
    const gr_book_client *client = &site->book->client[place];
    size_t from = part * GR_SITE_PERSONS;
    size_t to = client->person_count - from < GR_SITE_PERSONS ? client->person_count
                                                              : from + GR_SITE_PERSONS;
    char stem[GR_SITE_NAME * 2], file[GR_SITE_FILE];
    gr_text title = client->name.len > 0 ? client->name : GR_TEXT("Employer not told");
    gr_status status;

    snprintf(stem, sizeof stem, "clients/%s", site->client[place]);
    status = gr_site_page_start(site, gr_site_part(stem, ".people", part, file), "", title, err);
    if (status != GR_OK)
        return status;
    opening(site, place);
    gr_site_pager(site, stem, ".people", part, parts);
    status = people(site, client, from, to, err);
    if (status != GR_OK)
        return status;
    gr_site_pager(site, stem, ".people", part, parts);
    return gr_site_page_end(site, err);
}

static gr_status client_pages(gr_site *site, size_t place, gr_error *err)
{
    size_t count = site->book->client[place].person_count;
    size_t parts = (count + GR_SITE_PERSONS - 1) / GR_SITE_PERSONS;
    gr_status status = GR_OK;

    for (size_t part = 0; status == GR_OK && part < parts; part++)
        status = client_page(site, place, part, parts, err);
    return status;
}

static bool has_sections(const gr_site *site, const gr_book_client *client)
{
    for (size_t i = 0; i < client->person_count; i++)
        if (site->has_section[client->person[i]])
            return true;
    return false;
}

/* In one page: only clients with something to tell beyond their row in the table of clients. */
static gr_status client_section(gr_site *site, size_t place, gr_error *err)
{
    const gr_book_client *client = &site->book->client[place];
    size_t count = client->person_count;
    gr_status status;

    gr_html_start(&site->page, "section", "client");
    opening(site, place);
    status = people(site, client, 0, count < GR_ONE_ROWS ? count : GR_ONE_ROWS, err);
    if (count > GR_ONE_ROWS)
        gr_site_note(site, "%zu more people of this client are in the folder of pages only.",
                     count - GR_ONE_ROWS);
    gr_html_end_line(&site->page);
    return status;
}

gr_status gr_site_clients(gr_site *site, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < site->book->client_count; i++) {
        if (!site->client[i])
            continue;
        if (site->folder)
            status = client_pages(site, i, err);
        else if (has_sections(site, &site->book->client[i]))
            status = client_section(site, i, err);
    }
    return status;
}
