/* src/report/site_frame.c - what stands around every page: a way past the links, the links, the foot; and the cells
 * that the tables of all parts are made of. */
#include "report/site.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- the frame ---- */

typedef struct entry {
    const char *title, *file, *anchor;
    uint64_t count;
    bool is_there, has_count;
} entry;

static void link_to(gr_site *site, const entry *e, const char *here)
{
    gr_html *page = &site->page;

    if (!e->is_there)
        return;
    gr_html_start(page, "li", NULL);
    gr_site_link(site, e->file, site->folder ? "" : e->anchor);
    if (site->folder && strcmp(here, e->file) == 0)
        gr_html_attribute(page, "aria-current", "page");
    gr_html_print(page, "%s", e->title);
    if (e->has_count) {
        gr_html_print(page, " ");
        gr_html_start(page, "span", "count");
        gr_html_print(page, "%llu", (unsigned long long)e->count);
        gr_html_end(page);
    }
    gr_html_end(page);
    gr_html_end_line(page);
}

static void links(gr_site *site, const char *here)
{
    const gr_summary *sum = &site->report->summary;
    size_t decided = site->kind_first[GR_LISTS] - site->kind_first[GR_LIST_DECIDED];
    const entry entries[] = {
        { "Overview", "index.html", "overview", 0, true, false },
        { "Violations", "violations.html", "violations", sum->violations, sum->violations > 0,
          true },
        { "To review", "reviews.html", "reviews", sum->needs_review, sum->needs_review > 0, true },
        { "Warnings", "warnings.html", "warnings", sum->warnings, sum->warnings > 0, true },
        { "Decided", "decided.html", "decided", decided, decided > 0, true },
        { "Account executives", "executives.html", "executives", 0, true, false },
        { "Clients", "clients.html", "clients", 0, site->book->client_count > 0, false },
        { "Quarantine", "quarantine.html", "quarantine", sum->quarantined + sum->refused,
          site->report->quarantined_count + site->report->refused_count > 0, true },
        { "How it was made", "run.html", "run", 0, true, false },
    };

    gr_html_start(&site->page, "nav", NULL);
    gr_html_attribute(&site->page, "aria-label", "Parts of the report");
    gr_html_start(&site->page, "ul", NULL);
    for (size_t i = 0; i < GR_COUNT(entries); i++)
        link_to(site, &entries[i], here);
    gr_html_end(&site->page);
    gr_html_end_line(&site->page);
}

static void head(gr_site *site, const char *here)
{
    gr_html *page = &site->page;
    char day[GR_DAY_TEXT];

    gr_html_attribute(page, "class", "report");
    gr_html_start(page, "a", "skip");
    gr_html_attribute(page, "href", "#main");
    gr_html_print(page, "Skip to the content");
    gr_html_end_line(page);
    gr_html_start(page, "header", NULL);
    gr_html_start(page, "p", "brand");
    gr_html_print(page, "Gift report ");
    gr_html_start(page, "span", NULL);
    gr_html_print(page, "as of %s", gr_day_print(site->report->as_of, day));
    gr_html_end(page);
    gr_html_end_line(page);
    links(site, here);
    gr_html_end_line(page);
    gr_html_start(page, "main", NULL);
    gr_html_attribute(page, "id", "main");
    gr_html_text(page, GR_TEXT("\n"));
}

static void foot(gr_site *site)
{
    const gr_report *report = site->report;
    gr_html *page = &site->page;
    char moment[GR_MOMENT_TEXT];

    gr_html_end_line(page); /* main */
    gr_html_start(page, "footer", NULL);
    gr_html_start(page, "p", NULL);
    gr_html_print(page, "Made by giftrule, %s", gr_moment_print(report->generated, moment));
    if (report->ledger.len > 0) {
        gr_html_print(page, ", from the ledger ");
        gr_html_say(page, GR_TONE_CODE, report->ledger);
    }
    gr_html_print(page, ". Amounts are in %.*s unless another currency is named.",
                  GR_ALL(site->book->currency));
    gr_html_end(page);
    gr_html_end_line(page);
}

gr_status gr_site_page_start(gr_site *site, const char *file, const char *here, gr_text title,
                             gr_error *err)
{
    gr_status status = GR_OK;

    if (site->folder)
        status = gr_folder_start_file(site->folder, file, &site->writer, err);
    if (status != GR_OK)
        return status;
    site->is_below = strchr(file, '/') != NULL;
    if (!gr_html_open_body(&site->page, site->writer, title, gr_html_style_report))
        return gr_fail_memory(err);
    head(site, here);
    return GR_OK;
}

gr_status gr_site_page_end(gr_site *site, gr_error *err)
{
    foot(site);
    if (!gr_html_close(&site->page) || site->no_memory)
        return gr_fail_memory(err);
    if (site->folder)
        return gr_folder_end_file(site->folder, err);
    if (site->writer->failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the report cannot be written");
    return GR_OK;
}

/* ---- headings and links ---- */

void gr_site_heading_start(gr_site *site, unsigned level, const char *anchor)
{
    static const char *const names[] = { "h1", "h2", "h3", "h4", "h5", "h6" };

    gr_html_start(&site->page, names[level < 1 ? 0 : level > 6 ? 5 : level - 1], NULL);
    gr_html_attribute(&site->page, "id", anchor);
}

void gr_site_heading_end(gr_site *site)
{
    gr_html_end_line(&site->page);
}

void gr_site_heading(gr_site *site, unsigned level, const char *anchor, const char *text)
{
    gr_site_heading_start(site, level, anchor);
    gr_html_print(&site->page, "%s", text);
    gr_site_heading_end(site);
}

static void pager_link(gr_site *site, const char *stem, const char *what, size_t part,
                       const char *words, const char *relation)
{
    char file[GR_SITE_FILE];

    gr_site_link(site, gr_site_part(stem, what, part, file), "");
    gr_html_attribute(&site->page, "rel", relation);
    gr_html_print(&site->page, "%s", words);
    gr_html_end(&site->page);
}

void gr_site_pager(gr_site *site, const char *stem, const char *what, size_t part, size_t parts)
{
    gr_html *page = &site->page;

    if (parts < 2)
        return;
    gr_html_start(page, "nav", "pager");
    gr_html_attribute(page, "aria-label", "Pages of this list");
    if (part > 0)
        pager_link(site, stem, what, part - 1, "Previous page", "prev");
    gr_html_start(page, "span", NULL);
    gr_html_print(page, "Page %zu of %zu", part + 1, parts);
    gr_html_end(page);
    if (part + 1 < parts)
        pager_link(site, stem, what, part + 1, "Next page", "next");
    gr_html_end_line(page);
}

void gr_site_note(gr_site *site, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    gr_html_element(&site->page, "p", "note", text);
}

/* ---- cells ---- */

void gr_site_cell(gr_site *site, gr_text text)
{
    gr_html_cell_start(&site->page);
    gr_html_text(&site->page, text);
    gr_html_cell_end(&site->page);
}

void gr_site_cell_print(gr_site *site, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    gr_site_cell(site, gr_text_of(text));
}

void gr_site_cell_name(gr_site *site, gr_text name, gr_text id)
{
    gr_html_cell_start(&site->page);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, name, id);
    gr_html_cell_end(&site->page);
}

void gr_site_cell_count(gr_site *site, uint64_t count)
{
    if (count > 0)
        gr_site_cell_print(site, "%llu", (unsigned long long)count);
    else
        gr_site_cell(site, GR_TEXT(""));
}

void gr_site_cell_day(gr_site *site, gr_day day)
{
    char text[GR_DAY_TEXT];

    gr_html_cell_start(&site->page);
    gr_html_start(&site->page, "time", NULL);
    gr_html_text(&site->page, gr_text_of(gr_day_print(day, text)));
    gr_html_end(&site->page);
    gr_html_cell_end(&site->page);
}

void gr_site_cell_span(gr_site *site, gr_wide low, gr_wide high, int64_t den, bool unbounded)
{
    char from[GR_MONEY_TEXT], to[GR_MONEY_TEXT];

    gr_html_cell_start(&site->page);
    gr_html_print(&site->page, "%s", gr_money_print(low, den, from));
    if (unbounded)
        gr_html_print(&site->page, " or more");
    else if (low != high)
        gr_html_print(&site->page, " to %s", gr_money_print(high, den, to));
    gr_html_cell_end(&site->page);
}

void gr_site_verdict(gr_site *site, gr_verdict verdict, bool decided)
{
    static const char *const words[] = { "compliant", "warning", "review", "violation" };

    gr_html_start(&site->page, "span", decided ? "badge decided" : "badge");
    gr_html_attribute_print(&site->page, "data-verdict", "%s", gr_verdict_text(verdict));
    gr_html_print(&site->page, "%s%s", words[verdict], decided ? ", decided" : "");
    gr_html_end(&site->page);
}
