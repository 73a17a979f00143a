/* src/report/section_summary.c - the first lines: how much there is to do, out of how much. */
#include "report/sections.h"

static void say_part(gr_page *page, bool *started, gr_ink ink, uint64_t count, const char *one,
                     const char *many)
{
    if (count == 0)
        return;
    if (*started)
        gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say_count(page, ink, count, one, many);
    *started = true;
}

bool gr_say_verdicts(gr_page *page, const gr_summary *summary)
{
    bool started = false;

    say_part(page, &started, GR_RED, summary->violations, "violation", "violations");
    say_part(page, &started, GR_YELLOW, summary->needs_review, "to review", "to review");
    say_part(page, &started, GR_CYAN, summary->warnings, "warning", "warnings");
    say_part(page, &started, GR_BOLD, summary->decided, "decided", "decided");
    return started;
}

static void headline(gr_page *page, const gr_report *report)
{
    const gr_summary *sum = &report->summary;
    bool started;

    gr_heading_start(page);
    started = gr_say_verdicts(page, sum);
    say_part(page, &started, GR_BOLD, sum->quarantined, "record in quarantine",
             "records in quarantine");
    say_part(page, &started, GR_BOLD, sum->refused, "input refused", "inputs refused");
    if (!started)
        gr_say(page, GR_BOLD, GR_TEXT("No findings"));
    gr_heading_end(page);
}

static void say_bound(gr_page *page, const char *word, bool has, gr_day day)
{
    char text[GR_DAY_TEXT];

    if (has)
        gr_say_print(page, GR_PLAIN, " %s %s", word, gr_day_print(day, text));
}

static void scope(gr_page *page, const gr_report *report)
{
    const gr_summary *sum = &report->summary;
    char day[GR_DAY_TEXT];

    gr_paragraph_start(page, 0, 0);
    gr_say_count(page, GR_PLAIN, sum->gifts, "gift", "gifts");
    gr_say(page, GR_PLAIN, GR_TEXT(" by "));
    gr_say_count(page, GR_PLAIN, sum->account_executives, "account executive",
                 "account executives");
    gr_say(page, GR_PLAIN, GR_TEXT(" to "));
    gr_say_count(page, GR_PLAIN, sum->recipients, "recipient", "recipients");
    gr_say_print(page, GR_PLAIN, ", as of %s.", gr_day_print(report->as_of, day));
    if (report->has_from || report->has_to) {
        gr_say(page, GR_PLAIN, GR_TEXT(" Findings of gifts given"));
        say_bound(page, "from", report->has_from, report->from);
        say_bound(page, report->has_from ? "to" : "up to", report->has_to, report->to);
        gr_say(page, GR_PLAIN, GR_TEXT(" only."));
    }
    if (report->since.len > 0)
        gr_say_print(page, GR_PLAIN, " Findings that are new or changed since %.*s only.",
                     GR_ALL(report->since));
    gr_paragraph_end(page);
}

/* Before anything else: whoever reads a part must not take it for the whole. */
static void filter(gr_page *page, const gr_report *report)
{
    if (report->filter_count == 0)
        return;
    gr_paragraph_start(page, 0, 0);
    gr_say(page, GR_BOLD, GR_TEXT("Only a part is told: "));
    for (size_t i = 0; i < report->filter_count; i++) {
        gr_say(page, GR_PLAIN, i ? GR_TEXT(", ") : GR_TEXT(""));
        gr_say(page, GR_BOLD, report->filter[i]);
    }
    gr_say(page, GR_PLAIN, GR_TEXT(". Sums are over everything all the same."));
    gr_paragraph_end(page);
    gr_blank(page);
}

void gr_section_summary(gr_page *page, const gr_report *report)
{
    filter(page, report);
    headline(page, report);
    scope(page, report);
}
