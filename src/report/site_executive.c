/* src/report/site_executive.c - one account executive: who, what was found, own gifts, what others gave to own clients,
 * a statement to sign. What is too much for a page goes on to others; the statement stays on the first. */
#include "report/site.h"

#include <stdio.h>

/* ---- who ---- */

static void clients_of(gr_site *site, const gr_staff *staff)
{
    enum { MOST = 40 };
    gr_html *page = &site->page;

    if (staff->client_count == 0)
        return;
    gr_html_start(page, "p", NULL);
    gr_html_print(page, "Responsible for ");
    for (size_t i = 0; i < staff->client_count && i < MOST; i++) {
        gr_html_print(page, "%s", i > 0 ? ", " : "");
        gr_html_say(page, GR_TONE_NAME, staff->client[i].name);
        if (staff->client[i].account.len > 0) {
            gr_html_print(page, " (account ");
            gr_html_say(page, GR_TONE_NAME, staff->client[i].account);
            gr_html_print(page, ")");
        }
    }
    if (staff->client_count > MOST)
        gr_html_print(page, " and %zu more, which the roster lists", staff->client_count - MOST);
    gr_html_print(page, ".");
    gr_html_end_line(page);
}

static void opening(gr_site *site, size_t place)
{
    const gr_executive *who = &site->report->executive[place];
    gr_html *page = &site->page;
    char anchor[GR_SITE_NAME];

    snprintf(anchor, sizeof anchor, "executive-%zu", place + 1);
    gr_html_element(page, "p", "eyebrow", "Account executive");
    gr_site_heading_start(site, site->level, anchor);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, who->name, who->id);
    gr_site_heading_end(site);
    gr_html_start(page, "p", "lead");
    gr_phrase_own(gr_site_voice(site), &who->summary);
    gr_html_end_line(page);
    if (!who->staff)
        return;
    gr_html_start(page, "p", NULL);
    gr_phrase_staff(gr_site_voice(site), who->staff);
    gr_html_end_line(page);
    clients_of(site, who->staff);
}

/* ---- findings ---- */

static gr_site_finding *first_finding(gr_site *site, const gr_executive *who)
{
    size_t place = (size_t)(who - site->report->executive);

    return who->finding_count > 0 ? GR_AT(site->finding, gr_site_finding, site->first[place])
                                  : NULL;
}

static void articles(gr_site *site, const gr_executive *who, uint32_t part)
{
    gr_site_finding *entry = first_finding(site, who);

    for (size_t i = 0; i < who->finding_count; i++)
        if (entry[i].is_told && entry[i].part == part && !gr_finding_is_near(entry[i].finding))
            gr_site_finding_article(site, &entry[i], site->level + 2);
}

static void near_limit(gr_site *site, const gr_executive *who)
{
    gr_site_finding *entry = first_finding(site, who);
    gr_list near = GR_LIST(const gr_site_finding *);

    for (size_t i = 0; i < who->finding_count; i++) {
        const gr_site_finding *one = &entry[i];

        if (one->is_told && gr_finding_is_near(one->finding) && !gr_list_push(&near, &one))
            site->no_memory = true;
    }
    if (near.count > 0) {
        gr_site_heading(site, site->level + 2, NULL, "Near the limit");
        gr_site_near(site, near.items, near.count);
    }
    gr_list_free(&near);
}

static size_t untold(gr_site *site, const gr_executive *who)
{
    gr_site_finding *entry = first_finding(site, who);
    size_t count = 0;

    for (size_t i = 0; i < who->finding_count; i++)
        count += !entry[i].is_told;
    return count;
}

static uint32_t last_part(gr_site *site, const gr_executive *who)
{
    gr_site_finding *entry = first_finding(site, who);
    uint32_t part = 0;

    for (size_t i = 0; i < who->finding_count; i++)
        part = entry[i].part > part ? entry[i].part : part;
    return part;
}

static void findings(gr_site *site, size_t place)
{
    const gr_executive *who = &site->report->executive[place];
    uint32_t last = last_part(site, who);
    size_t left = untold(site, who);
    char stem[GR_SITE_NAME * 2];

    gr_site_heading(site, site->level + 1, NULL, "Findings");
    if (who->finding_count == 0)
        gr_html_element(&site->page, "p", NULL, "None in this report.");
    articles(site, who, 0);
    if (left > 0)
        gr_site_note(site,
                     "%zu more are not told here, since one page has room for %d: the report as a "
                     "folder of pages has them all.",
                     left, GR_ONE_FINDINGS);
    if (site->folder && last > 0) {
        snprintf(stem, sizeof stem, "executives/%s", site->executive[place]);
        gr_site_pager(site, stem, ".findings", 0, last + 1);
    }
    near_limit(site, who);
    if (who->reference_count > 0) {
        gr_html_start(&site->page, "p", NULL);
        gr_phrase_references(gr_site_voice(site), who);
        gr_html_end_line(&site->page);
    }
}

static gr_status more_findings(gr_site *site, size_t place, gr_error *err)
{
    const gr_executive *who = &site->report->executive[place];
    uint32_t last = last_part(site, who);
    char stem[GR_SITE_NAME * 2], file[GR_SITE_FILE];
    gr_text name = who->name.len > 0 ? who->name : who->id;
    gr_status status = GR_OK;

    snprintf(stem, sizeof stem, "executives/%s", site->executive[place]);
    for (uint32_t part = 1; status == GR_OK && part <= last; part++) {
        status =
            gr_site_page_start(site, gr_site_part(stem, ".findings", part, file), "", name, err);
        if (status != GR_OK)
            break;
        gr_site_heading_start(site, 1, NULL);
        gr_html_print(&site->page, "Findings about gifts of ");
        gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, who->name, who->id);
        gr_site_heading_end(site);
        gr_site_pager(site, stem, ".findings", part, last + 1);
        gr_site_heading(site, 2, NULL, "Findings");
        articles(site, who, part);
        gr_site_pager(site, stem, ".findings", part, last + 1);
        status = gr_site_page_end(site, err);
    }
    return status;
}

/* ---- what others gave ---- */

static void given_row(gr_site *site, const gr_given *given, bool has_gifts)
{
    gr_html *page = &site->page;

    gr_html_row_start(page, NULL);
    gr_site_cell_name(site, given->recipient_name, given->recipient_id);
    gr_html_cell_start(page);
    gr_html_say(page, GR_TONE_NAME, given->employer);
    gr_html_cell_end(page);
    gr_site_cell_count(site, has_gifts ? given->gifts : 0);
    gr_html_cell_start(page);
    if (has_gifts && given->gifts > 0)
        gr_phrase_span(gr_site_voice(site), given->low, given->high);
    gr_html_cell_end(page);
    gr_html_cell_start(page);
    for (size_t i = 0; i < given->giver_count; i++) {
        gr_html_print(page, "%s", i > 0 ? ", " : "");
        gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, given->giver[i]->name,
                         given->giver[i]->id);
    }
    gr_html_cell_end(page);
    gr_html_cell_start(page);
    for (size_t i = 0; i < given->reference_count; i++) {
        gr_html_print(page, "%s", i > 0 ? ", " : "");
        gr_site_refer(site, given->reference[i]);
    }
    gr_html_cell_end(page);
    gr_html_row_end(page);
}

static void given(gr_site *site, const gr_executive *who)
{
    static const gr_column columns[] = {
        { "Recipient", 'l', true }, { "Employer", 'l', false }, { "Gifts", 'r', false },
        { "Counts", 'r', false },   { "Given by", 'l', false }, { "Findings", 'l', false },
    };
    const gr_rostered *roster = site->report->roster;
    size_t shown = 0;

    if (who->given_count == 0 || !roster)
        return;
    gr_site_heading_start(site, site->level + 1, NULL);
    gr_phrase_given(gr_html_voice(&site->page), roster);
    gr_site_heading_end(site);
    gr_html_table_start(&site->page, "Those with findings first", columns, GR_COUNT(columns));
    for (int found = 1; found >= 0; found--)
        for (size_t i = 0; i < who->given_count && shown < GR_SITE_ROWS; i++) {
            if ((who->given[i].reference_count > 0) != found)
                continue;
            given_row(site, &who->given[i], roster->has_gifts);
            shown++;
        }
    gr_html_table_end(&site->page);
    if (shown < who->given_count)
        gr_site_note(site, "and to %zu more; the JSON report lists all of them.",
                     who->given_count - shown);
}

/* ---- the statement ---- */

static void statement(gr_site *site, size_t place)
{
    const gr_executive *who = &site->report->executive[place];
    gr_html *page = &site->page;
    char day[GR_DAY_TEXT];

    gr_html_start(page, "div", "statement");
    gr_site_heading(site, site->level + 1, NULL, "Statement");
    gr_html_start(page, "p", NULL);
    gr_html_print(page, "I, ");
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, who->name, who->id);
    gr_html_print(page,
                  ", have read what this report says of me as of %s. It names every gift that I "
                  "gave, or know of, to people of our clients and counterparties in this time, "
                  "except for what I add here:",
                  gr_day_print(site->report->as_of, day));
    gr_html_end_line(page);
    gr_html_blank(page, "Gifts missing or wrong");
    gr_html_blank(page, "");
    gr_html_blank(page, "Name");
    gr_html_blank(page, "Signature");
    gr_html_blank(page, "Day");
    gr_html_end_line(page);
}

/* ---- own gifts ---- */

typedef struct own {
    gr_site *site;
    size_t place, rows, part;
} own;

static gr_status next_page(own *o, gr_error *err)
{
    gr_site *site = o->site;
    const gr_executive *who = &site->report->executive[o->place];
    char stem[GR_SITE_NAME * 2], file[GR_SITE_FILE];
    gr_status status;

    snprintf(stem, sizeof stem, "executives/%s", site->executive[o->place]);
    gr_html_table_end(&site->page);
    gr_html_start(&site->page, "p", NULL);
    gr_site_link(site, gr_site_part(stem, ".gifts", o->part + 1, file), "");
    gr_html_print(&site->page, "More gifts on the next page");
    gr_html_end(&site->page);
    gr_html_end_line(&site->page);
    if (o->part == 0)
        statement(site, o->place);
    status = gr_site_page_end(site, err);
    o->part++;
    if (status == GR_OK)
        status = gr_site_page_start(site, file, "", who->name.len > 0 ? who->name : who->id, err);
    if (status != GR_OK)
        return status;
    gr_site_heading_start(site, 1, NULL);
    gr_html_print(&site->page, "Gifts of ");
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, who->name, who->id);
    gr_html_print(&site->page, ", page %zu", o->part + 1);
    gr_site_heading_end(site);
    gr_html_start(&site->page, "p", NULL);
    gr_site_link(site, gr_site_part(stem, ".gifts", o->part - 1, file), "");
    gr_html_print(&site->page, "Previous page");
    gr_html_end(&site->page);
    gr_html_end_line(&site->page);
    gr_site_gifts_start(site, "Own gifts by day, continued", false);
    return GR_OK;
}

static gr_status on_gift(void *context, const gr_gift_line *line, gr_error *err)
{
    own *o = context;

    if (o->site->folder && o->rows > 0 && o->rows % GR_SITE_ROWS == 0) {
        gr_status status = next_page(o, err);

        if (status != GR_OK)
            return status;
    } else if (o->rows == 0) {
        gr_site_gifts_start(o->site, "Own gifts by day", false);
    }
    o->rows++;
    gr_site_gift_row(o->site, line, false);
    return GR_OK;
}

static gr_status own_gifts(gr_site *site, size_t place, gr_error *err)
{
    own o = { site, place, 0, 0 };
    gr_status status;

    gr_site_heading(site, site->level + 1, NULL, "Own gifts");
    if (!site->lists_gifts) {
        gr_site_note(site,
                     "They are not listed here, since one page has room for %d: the report as a "
                     "folder of pages, the spreadsheet and the register list them.",
                     GR_ONE_LINES);
        statement(site, place);
        return GR_OK;
    }
    status = site->book->each(site->book, GR_BOOK_OF_EXECUTIVE, (uint32_t)place, on_gift, &o, err);
    if (status != GR_OK)
        return status;
    if (o.rows == 0)
        gr_html_element(&site->page, "p", NULL, "None in this report.");
    else
        gr_html_table_end(&site->page);
    if (o.rows > 0)
        gr_site_note(site,
                     "Counts, total and limit are those of %.*s. Total then: what the recipient "
                     "had got from everybody of the firm in the period, up to and with this gift.",
                     GR_ALL(site->book->rule));
    if (o.part == 0)
        statement(site, place);
    return GR_OK;
}

static gr_status executive(gr_site *site, size_t place, gr_error *err)
{
    const gr_executive *who = &site->report->executive[place];
    char file[GR_SITE_FILE];
    gr_status status = GR_OK;

    snprintf(file, sizeof file, "executives/%s.html", site->executive[place]);
    if (site->folder)
        status = gr_site_page_start(site, file, "", who->name.len > 0 ? who->name : who->id, err);
    if (status != GR_OK)
        return status;
    if (!site->folder)
        gr_html_start(&site->page, "section", "executive");
    opening(site, place);
    findings(site, place);
    given(site, who);
    status = own_gifts(site, place, err);
    if (status != GR_OK)
        return status;
    if (!site->folder) {
        gr_html_end_line(&site->page);
        return GR_OK;
    }
    status = gr_site_page_end(site, err);
    return status == GR_OK ? more_findings(site, place, err) : status;
}

gr_status gr_site_executives(gr_site *site, gr_error *err)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < site->report->executive_count; i++)
        if (site->executive[i])
            status = executive(site, i, err);
    return status;
}
