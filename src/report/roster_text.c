/* src/report/roster_text.c - a roster for a terminal: first what does not fit, then who is who. */
#include "report/roster.h"

#include "base/error.h"
#include "report/sections.h"

static const gr_ink inks[] = {
    [GR_TROUBLE_NOTE] = GR_CYAN, [GR_TROUBLE_WARNING] = GR_YELLOW, [GR_TROUBLE_ERROR] = GR_RED
};

static size_t count(const gr_roster_view *view, gr_roster_trouble trouble)
{
    size_t n = 0;

    for (size_t i = 0; i < view->fault_count; i++)
        n += view->fault[i].trouble == trouble;
    return n;
}

static void say_count(gr_page *page, bool *started, gr_ink ink, size_t number, const char *one,
                      const char *many)
{
    if (number == 0)
        return;
    gr_say(page, GR_PLAIN, *started ? GR_TEXT(", ") : GR_TEXT(""));
    gr_say_count(page, ink, number, one, many);
    *started = true;
}

static void headline(gr_page *page, const gr_roster_view *view)
{
    bool started = false;

    gr_heading_start(page);
    say_count(page, &started, GR_RED, count(view, GR_TROUBLE_ERROR), "error", "errors");
    say_count(page, &started, GR_YELLOW, count(view, GR_TROUBLE_WARNING), "warning", "warnings");
    say_count(page, &started, GR_CYAN, count(view, GR_TROUBLE_NOTE), "note", "notes");
    say_count(page, &started, GR_RED, view->refused_count, "file refused", "files refused");
    if (!started)
        gr_say(page, GR_BOLD, GR_TEXT("The roster fits together"));
    gr_heading_end(page);
}

static void outcome(gr_page *page, const gr_roster_view *view)
{
    if (view->ledger.len == 0)
        return;
    gr_paragraph_start(page, 0, 0);
    if (view->is_kept) {
        gr_say_print(page, GR_PLAIN, "Kept in %.*s: ", GR_ALL(view->ledger));
        gr_say_count(page, GR_PLAIN, view->added, "new line", "new lines");
        gr_say(page, GR_PLAIN, GR_TEXT(", "));
        gr_say_count(page, GR_PLAIN, view->changed, "changed or taken back",
                     "changed or taken back");
        gr_say(page, GR_PLAIN, GR_TEXT("."));
    } else {
        gr_say(page, GR_BOLD, GR_TEXT("Nothing was kept: "));
        gr_say(page, GR_PLAIN, GR_TEXT("correct the errors first."));
    }
    gr_paragraph_end(page);
}

static void scope(gr_page *page, const gr_roster_view *view)
{
    gr_paragraph_start(page, 0, 0);
    gr_say_count(page, GR_PLAIN, view->member_count, "account executive", "account executives");
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say_count(page, GR_PLAIN, view->client_count, "responsibility", "responsibilities");
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say_count(page, GR_PLAIN, view->contacts, "contact", "contacts");
    gr_say(page, GR_PLAIN, GR_TEXT(" with "));
    gr_say_count(page, GR_PLAIN, view->relations, "relation", "relations");
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say_count(page, GR_PLAIN, view->events, "event", "events");
    gr_say(page, GR_PLAIN, GR_TEXT("."));
    gr_paragraph_end(page);
}

static void faults(gr_page *page, const gr_roster_view *view)
{
    for (size_t i = 0; i < view->refused_count; i++) {
        const gr_error *one = &view->refused[i];

        gr_blank(page);
        gr_paragraph_start(page, 2, 4);
        gr_phrase_place(gr_page_voice(page), GR_TONE_PLAIN, gr_error_place(one));
        gr_paragraph_end(page);
        gr_paragraph(page, 4, "Refused:", gr_text_of(one->message));
        gr_paragraph(page, 4, "Hint:", gr_text_of(one->hint));
    }
    for (size_t i = 0; i < view->fault_count && !page->writer->failed; i++) {
        const gr_roster_fault *one = &view->fault[i];

        gr_blank(page);
        gr_paragraph_start(page, 2, 4);
        gr_say(page, inks[one->trouble], gr_text_of(gr_roster_trouble_text(one->trouble)));
        gr_say(page, GR_PLAIN, GR_TEXT(": "));
        gr_phrase_place(gr_page_voice(page), GR_TONE_PLAIN, one->at);
        gr_say(page, GR_PLAIN, one->record.len > 0 ? GR_TEXT(", ") : GR_TEXT(""));
        gr_say(page, GR_PLAIN, one->record);
        gr_paragraph_end(page);
        gr_paragraph(page, 4, NULL, one->message);
        if (one->hint.len > 0)
            gr_paragraph(page, 4, "Hint:", one->hint);
    }
}

static void title(gr_page *page, gr_text text)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, text);
    gr_heading_end(page);
}

/* "from 2019-03-01", "to 2026-02-28", both, or nothing. */
static void cell_days(gr_page *page, gr_day first, gr_day last)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    gr_day_print(first, from);
    gr_day_print(last, to);
    if (first > GR_DAY_FIRST && last < GR_DAY_LAST)
        gr_cell_print(page, "%s to %s", from, to);
    else if (first > GR_DAY_FIRST)
        gr_cell_print(page, "from %s", from);
    else if (last < GR_DAY_LAST)
        gr_cell_print(page, "to %s", to);
    else
        gr_cell(page, GR_TEXT(""));
}

static void add_member(gr_page *page, const gr_roster_member *m)
{
    gr_cell(page, m->id);
    gr_cell(page, m->name);
    if (m->staff.supervisor.len > 0)
        gr_cell_print(page, "under %.*s",
                      GR_ALL(m->staff.supervisor_name.len > 0 ? m->staff.supervisor_name
                                                              : m->staff.supervisor));
    else
        gr_cell(page, GR_TEXT(""));
    if (m->staff.crd.len > 0)
        gr_cell_print(page, "CRD %.*s", GR_ALL(m->staff.crd));
    else
        gr_cell(page, GR_TEXT(""));
    gr_cell(page, m->staff.registration);
    cell_days(page, m->first, m->last);
    gr_row_end(page);
}

static void members(gr_page *page, const gr_roster_view *view)
{
    for (size_t from = 0, to; from < view->member_count && !page->writer->failed; from = to) {
        gr_text branch = view->member[from].staff.branch;

        title(page, branch.len > 0 ? branch : GR_TEXT("No branch is known"));
        gr_grid_start(page, 2, "llllll");
        for (to = from;
             to < view->member_count && gr_text_equal(view->member[to].staff.branch, branch); to++)
            add_member(page, &view->member[to]);
        gr_grid_end(page);
    }
}

static void clients(gr_page *page, const gr_roster_view *view)
{
    if (view->client_count == 0)
        return;
    title(page, GR_TEXT("Clients"));
    gr_grid_start(page, 2, "llll");
    for (size_t i = 0; i < view->client_count; i++) {
        const gr_roster_client *one = &view->client[i];

        gr_cell(page, one->client.name);
        gr_cell(page, one->client.account);
        gr_cell(page, one->executive_name.len > 0 ? one->executive_name : one->executive);
        cell_days(page, one->client.first, one->client.last);
        gr_row_end(page);
    }
    gr_grid_end(page);
}

gr_status gr_roster_text(const gr_roster_view *view, unsigned width, bool colour, gr_writer *writer,
                         gr_error *err)
{
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        headline(&page, view);
        outcome(&page, view);
        scope(&page, view);
        faults(&page, view);
        members(&page, view);
        clients(&page, view);
        failed = page.failed;
    }
    gr_page_close(&page);
    return failed ? gr_fail_memory(err) : GR_OK;
}
