/* src/report/site_within.c - see within.h. The page is lent to the site for as long as the part is written. */
#include "report/within.h"

#include "base/error.h"
#include "report/site.h"

static const char *const words[] = { "violations", "reviews", "warnings", "decided" };

const char *gr_within_list_word(gr_within_list list)
{
    return words[list];
}

static gr_status open_within(gr_site *site, gr_html *page, const gr_report *report, gr_error *err)
{
    *site = (gr_site){ .is_within = true };
    if (page)
        site->page = *page;
    return gr_site_open(site, report) ? GR_OK : gr_fail_memory(err);
}

static gr_status close_within(gr_site *site, gr_html *page, gr_status status, gr_error *err)
{
    if (page)
        *page = site->page;
    if (status == GR_OK && site->no_memory)
        status = gr_fail_memory(err);
    gr_site_free(site);
    return status;
}

gr_status gr_within_overview(gr_html *page, const gr_report *report, gr_error *err)
{
    gr_site site;
    gr_status status = open_within(&site, page, report, err);

    if (status == GR_OK)
        status = gr_site_learn_people(&site, err);
    if (status == GR_OK)
        gr_site_overview(&site);
    return close_within(&site, page, status, err);
}

static size_t count_of(const gr_site *site, gr_within_list list)
{
    return site->kind_first[list + 1] - site->kind_first[list];
}

gr_status gr_within_counts(const gr_report *report, size_t count[GR_WITHIN_LISTS], gr_error *err)
{
    gr_site site;
    gr_status status = open_within(&site, NULL, report, err);

    for (int list = 0; status == GR_OK && list < GR_WITHIN_LISTS; list++)
        count[list] = count_of(&site, (gr_within_list)list);
    return close_within(&site, NULL, status, err);
}

gr_status gr_within_findings(gr_html *page, const gr_report *report, gr_within_list list,
                             size_t from, size_t to, gr_error *err)
{
    gr_site site;
    gr_status status = open_within(&site, page, report, err);

    if (status == GR_OK) {
        size_t count = count_of(&site, list);

        to = to < count ? to : count;
        if (from < to)
            gr_site_list_rows(&site, (gr_site_list)list, from, to);
    }
    return close_within(&site, page, status, err);
}

gr_status gr_within_finding(gr_html *page, const gr_report *report, gr_text id, unsigned level,
                            gr_error *err)
{
    gr_site site;
    gr_status status = open_within(&site, page, report, err);

    if (status == GR_OK) {
        const gr_site_finding *finding = gr_site_find(&site, id);

        if (finding)
            gr_site_finding_article(&site, finding, level);
    }
    return close_within(&site, page, status, err);
}
