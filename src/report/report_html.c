/* src/report/report_html.c - the report for a browser: pages that link to each other, or all in one. */
#include "report/report.h"

#include "base/error.h"
#include "report/site.h"

static gr_status open_site(gr_site *site, const gr_report *report, gr_error *err)
{
    gr_status status = gr_site_open(site, report) ? GR_OK : gr_fail_memory(err);

    return status == GR_OK ? gr_site_learn_people(site, err) : status;
}

static gr_status one_page(gr_site *site, gr_error *err)
{
    const gr_report *report = site->report;
    size_t quarantined = report->quarantined_count;
    gr_status status = gr_site_page_start(site, "", "", GR_TEXT("Gift report"), err);

    if (status != GR_OK)
        return status;
    gr_site_overview(site);
    if (quarantined + report->refused_count > 0)
        gr_site_quarantine(site, 0, quarantined < GR_ONE_ROWS ? quarantined : GR_ONE_ROWS);
    status = gr_site_executives(site, err);
    if (status == GR_OK)
        status = gr_site_clients(site, err);
    if (status == GR_OK) {
        gr_site_run(site);
        return gr_site_page_end(site, err);
    }
    gr_html_close(&site->page);
    return status;
}

gr_status gr_report_html(const gr_report *report, gr_writer *writer, gr_error *err)
{
    gr_site site = { .writer = writer };
    gr_status status = open_site(&site, report, err);

    if (status == GR_OK)
        status = one_page(&site, err);
    gr_site_free(&site);
    return status;
}

static gr_status index_page(gr_site *site, gr_error *err)
{
    gr_status status =
        gr_site_page_start(site, "index.html", "index.html", GR_TEXT("Gift report"), err);

    if (status != GR_OK)
        return status;
    gr_site_overview(site);
    return gr_site_page_end(site, err);
}

gr_status gr_report_html_pages(const gr_report *report, gr_folder *folder, gr_error *err)
{
    static gr_status (*const parts[])(gr_site *, gr_error *) = {
        index_page,         gr_site_lists,   gr_site_registers,
        gr_site_executives, gr_site_clients, gr_site_quarantine_pages,
        gr_site_run_page,
    };
    gr_site site = { .folder = folder };
    gr_status status = open_site(&site, report, err);

    for (size_t i = 0; status == GR_OK && i < GR_COUNT(parts); i++)
        status = parts[i](&site, err);
    gr_site_free(&site);
    return status;
}
