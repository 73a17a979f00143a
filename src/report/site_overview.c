/* src/report/site_overview.c - the first page: what needs action first, how it has come, who is near the limit, whose
 * it is. Lists are short here, and each says where the rest of it is. */
#include "report/site.h"

#include <stdlib.h>

#include "base/os.h"

enum { FIRST_ROWS = 10, FIRST_ROWS_ONE = 40, NEAREST = 12 };

/* ---- figures ---- */

static void figure(gr_site *site, const char *style, uint64_t count, const char *one,
                   const char *many)
{
    gr_html *page = &site->page;

    gr_html_start(page, "div", style);
    gr_html_start(page, "dt", NULL);
    gr_html_print(page, "%s", count == 1 ? one : many);
    gr_html_end(page);
    gr_html_start(page, "dd", NULL);
    gr_html_print(page, "%llu", (unsigned long long)count);
    gr_html_end(page);
    gr_html_end_line(page);
}

static void figures(gr_site *site)
{
    const gr_summary *sum = &site->report->summary;

    gr_html_start(&site->page, "dl", "figures");
    gr_html_text(&site->page, GR_TEXT("\n"));
    figure(site, "violation", sum->violations, "violation", "violations");
    figure(site, "review", sum->needs_review, "to review", "to review");
    figure(site, "warning", sum->warnings, "warning", "warnings");
    if (sum->decided > 0)
        figure(site, "plain", sum->decided, "decided", "decided");
    if (sum->quarantined > 0)
        figure(site, "plain", sum->quarantined, "in quarantine", "in quarantine");
    if (sum->refused > 0)
        figure(site, "plain", sum->refused, "input refused", "inputs refused");
    figure(site, "plain", sum->gifts, "gift", "gifts");
    figure(site, "plain", sum->recipients, "recipient", "recipients");
    gr_html_end_line(&site->page);
}

static void opening(gr_site *site)
{
    gr_html *page = &site->page;
    const gr_report *report = site->report;

    gr_site_heading(site, 1, "overview", "Gift report");
    gr_html_start(page, "p", "lead");
    gr_phrase_headline(gr_site_voice(site), report);
    gr_html_print(page, ".");
    gr_html_end_line(page);
    gr_html_start(page, "p", NULL);
    gr_phrase_scope(gr_site_voice(site), report);
    gr_html_print(page, " Sums are those of ");
    gr_html_text(page, site->book->title.len > 0 ? site->book->title : site->book->rule);
    gr_html_print(page, "; findings are of every rule that binds the firm.");
    gr_html_end_line(page);
    if (report->filter_count > 0) {
        gr_html_start(page, "p", "question");
        gr_html_say(page, GR_TONE_BOLD, GR_TEXT("A part only:"));
        for (size_t i = 0; i < report->filter_count; i++) {
            gr_html_print(page, "%s", i > 0 ? ", " : " ");
            gr_html_say(page, GR_TONE_NAME, report->filter[i]);
        }
        gr_html_print(page, ".");
        gr_html_end_line(page);
    }
    figures(site);
}

/* ---- what needs action ---- */

static void first_of(gr_site *site, gr_site_list list, const char *anchor, const char *title,
                     const char *file, const char *words)
{
    size_t count = site->kind_first[list + 1] - site->kind_first[list];
    size_t most = site->folder ? FIRST_ROWS : FIRST_ROWS_ONE;
    size_t shown = count < most ? count : most;

    if (count == 0)
        return;
    gr_site_heading(site, 2, anchor, title);
    gr_html_element(&site->page, "p", NULL, words);
    gr_site_list_rows(site, list, 0, shown);
    if (shown == count)
        return;
    gr_html_start(&site->page, "p", "more");
    gr_html_print(&site->page, "and %zu more: ", count - shown);
    gr_site_link(site, file, site->folder ? "" : "executives");
    gr_html_print(&site->page, "%s",
                  site->folder || site->is_within ? "all of them"
                                                  : "under their account executives");
    gr_html_end(&site->page);
    gr_html_end_line(&site->page);
}

static void actions(gr_site *site)
{
    first_of(site, GR_LIST_VIOLATION, "violations", "Violations", "violations.html",
             "Each is over a limit, or breaks a duty, for certain.");
    first_of(site, GR_LIST_REVIEW, "reviews", "To review", "reviews.html",
             "A fact is missing, and the answer decides. Ask the question under each.");
    first_of(site, GR_LIST_WARNING, "warnings", "Warnings", "warnings.html",
             "Nothing is broken yet, or it only looks odd.");
    first_of(site, GR_LIST_DECIDED, "decided", "Decided", "decided.html",
             "An officer accepted these, or an exemption covers them.");
}

/* ---- months ---- */

static void months_table(gr_site *site)
{
    static const gr_column columns[] = {
        { "Month", 'l', true },      { "Gifts", 'r', false },    { "Violations", 'r', false },
        { "To review", 'r', false }, { "Warnings", 'r', false },
    };
    const gr_gift_book *book = site->book;

    gr_html_start(&site->page, "details", NULL);
    gr_html_attribute(&site->page, "open", "open"); /* what is closed would not be printed */
    gr_html_element(&site->page, "summary", NULL, "The same in numbers");
    gr_html_table_start(&site->page, "By the day of the gift; open findings only", columns,
                        GR_COUNT(columns));
    for (size_t i = book->month_count > GR_SITE_ROWS ? book->month_count - GR_SITE_ROWS : 0;
         i < book->month_count; i++) {
        const gr_book_month *m = &book->month[i];
        char day[GR_DAY_TEXT];

        gr_html_row_start(&site->page, NULL);
        gr_site_cell_print(site, "%.7s", gr_day_print(m->first, day));
        gr_site_cell_count(site, m->gifts);
        gr_site_cell_count(site, m->violations);
        gr_site_cell_count(site, m->needs_review);
        gr_site_cell_count(site, m->warnings);
        gr_html_row_end(&site->page);
    }
    gr_html_table_end(&site->page);
    gr_html_end_line(&site->page);
}

static void months(gr_site *site)
{
    if (site->book->month_count == 0)
        return;
    gr_site_heading(site, 2, "months", "Month by month");
    gr_chart_months(&site->page, site->book->month, site->book->month_count);
    months_table(site);
}

/* ---- near the limit ---- */

enum { WHOLE = 1000 };

/* Of the limit, in thousandths; what has no upper end is above all. */
static int share_of(const gr_book_person *person, bool possible)
{
    const gr_total *total = &person->sum.total;
    gr_amount limit = person->sum.limit;
    gr_wide num = possible ? total->high : total->low, left, right;

    if (possible && total->unbounded)
        return INT32_MAX;
    if (limit.num <= 0 || limit.num == GR_UNBOUNDED ||
        __builtin_mul_overflow(num, (gr_wide)limit.den * WHOLE, &left) ||
        __builtin_mul_overflow((gr_wide)limit.num, (gr_wide)total->den, &right) || right == 0)
        return 0;
    return left / right > INT32_MAX ? INT32_MAX : (int)(left / right);
}

typedef struct near_one {
    int certain, possible;
    uint32_t place;
} near_one;

static int nearer(const void *left, const void *right)
{
    const near_one *a = left, *b = right;

    if (a->certain != b->certain)
        return a->certain > b->certain ? -1 : 1;
    if (a->possible != b->possible)
        return a->possible > b->possible ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* Those who may still get something for certain, the fullest first: up to NEAREST of them. */
static size_t nearest_of(const gr_gift_book *book, near_one *near)
{
    size_t count = 0;

    for (size_t i = 0; i < book->person_count; i++) {
        const gr_book_person *person = &book->person[i];
        near_one one;

        if (!person->has_sum || person->sum.total.low == 0)
            continue;
        one = (near_one){ share_of(person, false), share_of(person, true), (uint32_t)i };
        if (one.certain > WHOLE || (count == NEAREST && nearer(&one, &near[NEAREST - 1]) > 0))
            continue;
        near[count < NEAREST ? count++ : NEAREST - 1] = one;
        qsort(near, count, sizeof *near, nearer);
    }
    return count;
}

static void near_row(gr_site *site, const near_one *near)
{
    const gr_book_person *person = &site->book->person[near->place];
    const gr_total *total = &person->sum.total;
    char money[GR_MONEY_TEXT];
    bool linked;

    gr_html_row_start(&site->page, NULL);
    gr_html_cell_start(&site->page);
    linked = gr_site_link_person(site, near->place);
    gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, person->name, person->id);
    if (linked)
        gr_html_end(&site->page);
    gr_html_cell_end(&site->page);
    gr_html_cell_start(&site->page);
    gr_html_say(&site->page, GR_TONE_NAME, person->employer);
    gr_html_cell_end(&site->page);
    gr_site_cell_span(site, total->low, total->high, total->den, total->unbounded);
    gr_site_cell_print(site, "%s", gr_amount_print(person->sum.limit, money));
    gr_html_cell_start(&site->page);
    gr_chart_share(&site->page, near->certain, near->possible, WHOLE);
    gr_html_print(&site->page, " %d%%", near->certain * 100 / WHOLE);
    gr_html_cell_end(&site->page);
    gr_site_cell_print(site, "%s", gr_amount_print(person->left_low, money)); /* it has a sum */
    gr_html_row_end(&site->page);
}

static void nearest(gr_site *site)
{
    static const gr_column columns[] = {
        { "Recipient", 'l', true },
        { "Employer", 'l', false },
        { "Total", 'r', false },
        { "Limit", 'r', false },
        { "Used for certain", 'r', false },
        { "Surely left", 'r', false },
    };
    near_one near[NEAREST];
    size_t count = nearest_of(site->book, near);

    if (count == 0)
        return;
    gr_site_heading(site, 2, "nearest", "Nearest to the limit");
    gr_html_element(&site->page, "p", NULL,
                    "The fullest totals of the period in which the day of the report lies that are "
                    "not over the limit for certain. The paler part of a bar is what is possible "
                    "beside it; surely left is what may be given even if all of that counts.");
    gr_html_table_start(&site->page, "The fullest first; limit: on the day of the last gift",
                        columns, GR_COUNT(columns));
    for (size_t i = 0; i < count; i++)
        near_row(site, &near[i]);
    gr_html_table_end(&site->page);
}

/* ---- whose ---- */

static void unit_row(gr_site *site, const gr_unit *unit, bool is_branch, bool below)
{
    const gr_summary *sum = below ? &unit->all : &unit->sum;

    gr_html_row_start(&site->page, NULL);
    gr_html_cell_start(&site->page);
    if (is_branch && unit->name.len == 0)
        gr_html_print(&site->page, "no branch is known");
    else
        gr_phrase_person(gr_site_voice(site), GR_TONE_NAME, unit->name,
                         is_branch ? GR_TEXT("") : unit->id);
    if (below)
        gr_html_print(&site->page, ", with all below");
    gr_html_cell_end(&site->page);
    gr_site_cell_count(site, below ? unit->all_staff : unit->staff);
    gr_site_cell_count(site, sum->gifts);
    gr_site_cell_count(site, sum->violations);
    gr_site_cell_count(site, sum->needs_review);
    gr_site_cell_count(site, sum->warnings);
    gr_site_cell_count(site, sum->decided);
    gr_html_row_end(&site->page);
}

static void units(gr_site *site, const char *title, const gr_unit *unit, size_t count,
                  bool is_branch)
{
    gr_column columns[] = {
        { is_branch ? "Branch" : "Supervisor", 'l', true },
        { "Account executives", 'r', false },
        { "Gifts", 'r', false },
        { "Violations", 'r', false },
        { "To review", 'r', false },
        { "Warnings", 'r', false },
        { "Decided", 'r', false },
    };

    if (count == 0)
        return;
    gr_site_heading(site, 2, NULL, title);
    gr_html_table_start(&site->page, "Sums of their account executives", columns,
                        GR_COUNT(columns));
    for (size_t i = 0; i < count; i++) {
        unit_row(site, &unit[i], is_branch, false);
        if (!is_branch && unit[i].all_staff != unit[i].staff)
            unit_row(site, &unit[i], is_branch, true);
    }
    gr_html_table_end(&site->page);
}

static void roster(gr_site *site)
{
    const gr_rostered *r = site->report->roster;

    if (!r)
        return;
    units(site, "Branches", r->branch, r->branch_count, true);
    units(site, "Supervisors", r->supervisor, r->supervisor_count, false);
    if (r->has_gifts)
        return;
    gr_html_start(&site->page, "p", "note");
    gr_phrase_forgotten(gr_site_voice(site));
    gr_html_end_line(&site->page);
}

/* In the folder these have pages of their own. */
static void who(gr_site *site)
{
    size_t executives = site->report->executive_count, clients = site->book->client_count;

    gr_site_heading(site, 2, "executives", "Account executives");
    gr_site_executive_table(site, 0, executives, executives > GR_ONE_ROWS);
    if (executives > GR_ONE_ROWS)
        gr_site_note(site, "Those with findings only: there are %zu.", executives);
    if (clients == 0)
        return;
    gr_site_heading(site, 2, "clients", "Clients");
    gr_site_client_table(site, 0, clients, clients > GR_ONE_ROWS);
    if (clients > GR_ONE_ROWS)
        gr_site_note(site, "Those with findings only: there are %zu.", clients);
}

void gr_site_overview(gr_site *site)
{
    opening(site);
    actions(site);
    months(site);
    nearest(site);
    roster(site);
    if (!site->folder)
        who(site);
}
