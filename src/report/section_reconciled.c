/* src/report/section_reconciled.c - how gift log, expenses and approvals go together, in a few lines. Where only one of
 * them was there, nothing. */
#include "report/sections.h"
#include "report/words.h"

static void say_matched(gr_page *page, const gr_reconciled *n)
{
    gr_paragraph_start(page, 4, 4);
    gr_say_count(page, GR_PLAIN, n->matched, "gift was seen by both log and expenses",
                 "gifts were seen by both log and expenses");
    if (n->matched > 0)
        gr_say_print(page, GR_PLAIN,
                     ", and counted once: %llu by a number, %llu by giver, day and amount",
                     (unsigned long long)n->by_number, (unsigned long long)n->by_content);
    gr_say(page, GR_PLAIN, GR_TEXT("; "));
    gr_say_count(page, GR_PLAIN, n->log_only, "is in the log only", "are in the log only");
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say_count(page, GR_PLAIN, n->expense_only, "in the expenses only", "in the expenses only");
    if (n->outside > 0)
        gr_say_print(page, GR_PLAIN, ", %llu of these on days of which there is no log",
                     (unsigned long long)n->outside);
    gr_say(page, GR_PLAIN, GR_TEXT("."));
    gr_paragraph_end(page);
}

static void say_approvals(gr_page *page, const gr_reconciled *n)
{
    if (n->approvals == 0)
        return;
    gr_paragraph_start(page, 4, 4);
    gr_say_count(page, GR_PLAIN, n->approvals, "approval", "approvals");
    gr_say_print(page, GR_PLAIN, ": %llu used, %llu not.", (unsigned long long)n->approvals_used,
                 (unsigned long long)(n->approvals - n->approvals_used));
    gr_paragraph_end(page);
}

void gr_section_reconciled(gr_page *page, const gr_reconciled *n)
{
    if (!n->is_told)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, "Gift log, expenses, approvals", GR_TEXT(""));
    if (n->logged > 0 && n->expensed > 0)
        say_matched(page, n);
    say_approvals(page, n);
}

static void say_twin(gr_page *page, const gr_twin *p)
{
    char day[GR_DAY_TEXT];

    gr_paragraph_start(page, 4, 6);
    gr_say_print(page, GR_PLAIN, "%s ", gr_day_print(p->day, day));
    gr_say(page, GR_PLAIN, p->counts);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say_place(page, GR_PLAIN, p->at);
    gr_say(page, GR_PLAIN, GR_TEXT(", and "));
    gr_say(page, GR_PLAIN, p->other);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say_place(page, GR_PLAIN, p->other_at);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, p->why);
    gr_say(page, GR_PLAIN, GR_TEXT("; the other: "));
    gr_say(page, GR_PLAIN, p->difference);
    gr_paragraph_end(page);
}

void gr_section_pairs(gr_page *page, const gr_report *report)
{
    if (report->pair_count == 0)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, "One gift in two records, the first of which counts", GR_TEXT(""));
    for (size_t i = 0; i < report->pair_count; i++)
        say_twin(page, &report->pair[i]);
}
