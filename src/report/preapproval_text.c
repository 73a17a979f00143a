/* src/report/preapproval_text.c - an answer for a terminal: the decision first, then what is left, then why. */
#include "report/preapproval.h"

#include "base/error.h"
#include "report/phrase.h"
#include "report/text_page.h"

#include <string.h>

static const char *const decisions[] = { "APPROVED", "REFERRED", "DENIED" };
static const gr_ink inks[] = { GR_BOLD, GR_YELLOW, GR_RED };
static const char *const states[] = { "in order", "a warning", "to review", "a violation" };

/* ---- who and what ---- */

static void say_person(gr_page *page, gr_text name, gr_text id)
{
    gr_say(page, GR_PLAIN, name.len > 0 ? name : id);
    if (name.len > 0 && id.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" ("));
        gr_say(page, GR_PLAIN, id);
        gr_say(page, GR_PLAIN, GR_TEXT(")"));
    }
}

static void say_recipient(gr_page *page, const gr_recipient_answer *r)
{
    say_person(page, r->name, r->id);
    if (r->employer.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" of "));
        gr_say(page, GR_PLAIN, r->employer);
    }
}

static void head(gr_page *page, const gr_preapproval *a)
{
    char money[GR_MONEY_TEXT], day[GR_DAY_TEXT];

    gr_heading_start(page);
    gr_say(page, inks[a->clearance], gr_text_of(decisions[a->clearance]));
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    if (a->record.len > 0) {
        gr_say(page, GR_PLAIN, a->record);
        gr_say(page, GR_PLAIN, GR_TEXT(", "));
    }
    gr_say_print(page, GR_PLAIN, "%s ", gr_amount_print(a->cost, money));
    gr_say(page, GR_PLAIN, a->currency);
    gr_say(page, GR_PLAIN, GR_TEXT(" from "));
    say_person(page, a->giver_name, a->giver_id);
    gr_say(page, GR_PLAIN, GR_TEXT(" to "));
    for (size_t i = 0; i < a->recipient_count; i++) {
        if (i > 0)
            gr_say(page, GR_PLAIN, i + 1 < a->recipient_count ? GR_TEXT(", ") : GR_TEXT(" and "));
        say_recipient(page, &a->recipient[i]);
    }
    gr_say_print(page, GR_PLAIN, " on %s", gr_day_print(a->day, day));
    gr_heading_end(page);
}

/* ---- what is left ---- */

static void cell_left(gr_page *page, const gr_allowance *a)
{
    char certain[GR_MONEY_TEXT], possible[GR_MONEY_TEXT];

    gr_left_print(a->certain, certain);
    gr_left_print(a->possible, possible);
    if (strcmp(certain, possible) == 0)
        gr_cell_print(page, "%s", certain);
    else
        gr_cell_print(page, "%s to %s", possible, certain);
}

static void say_left(gr_page *page, const gr_preapproval *a)
{
    char limit[GR_MONEY_TEXT];
    bool any = false;

    for (size_t i = 0; i < a->recipient_count; i++)
        any = any || a->recipient[i].has_allowance;
    if (!any)
        return;
    gr_blank(page);
    gr_grid_start(page, 2, "lrrr");
    gr_cell(page, GR_TEXT("Left of the limit"));
    gr_cell(page, GR_TEXT("limit"));
    gr_cell(page, GR_TEXT("before"));
    gr_cell(page, GR_TEXT("after"));
    gr_row_end(page);
    for (size_t i = 0; i < a->recipient_count; i++) {
        const gr_recipient_answer *r = &a->recipient[i];

        if (!r->has_allowance)
            continue;
        gr_cell(page, r->name.len > 0 ? r->name : r->id);
        gr_cell_print(page, "%s", gr_amount_print(r->limit, limit));
        cell_left(page, &r->before);
        cell_left(page, &r->after);
        gr_row_end(page);
    }
    gr_grid_end(page);
}

/* ---- rules ---- */

static void say_sum(gr_page *page, const gr_rule_answer *r)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT], limit[GR_MONEY_TEXT];

    if (!r->has_limit)
        return;
    if (r->is_count) {
        gr_say_print(page, GR_PLAIN, "; %s of %s gifts",
                     gr_count_print(r->total.low, r->total.den, low),
                     gr_count_print(r->limit.num, r->limit.den, limit));
        return;
    }
    gr_money_print(r->total.low, r->total.den, low);
    gr_amount_print(r->limit, limit);
    if (r->total.unbounded)
        gr_say_print(page, GR_PLAIN, "; %s or more of %s", low, limit);
    else if (strcmp(low, gr_money_print(r->total.high, r->total.den, high)) == 0)
        gr_say_print(page, GR_PLAIN, "; %s of %s", low, limit);
    else
        gr_say_print(page, GR_PLAIN, "; %s to %s of %s", low, high, limit);
}

static void say_rule(gr_page *page, const gr_preapproval *a, const gr_rule_answer *r)
{
    gr_paragraph_start(page, 2, 4);
    gr_say(page, r->verdict == GR_VIOLATION ? GR_RED : GR_PLAIN, gr_text_of(states[r->verdict]));
    gr_say(page, GR_PLAIN, GR_TEXT(" by "));
    gr_say(page, GR_PLAIN, r->rule);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say(page, GR_PLAIN, r->clause);
    if (a->recipient_count > 1 && r->gift.len == 0) {
        const gr_recipient_answer *to = &a->recipient[r->recipient];

        gr_say(page, GR_PLAIN, GR_TEXT(", for "));
        gr_say(page, GR_PLAIN, to->name.len > 0 ? to->name : to->id);
    }
    if (r->gift.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(", for the later gift "));
        gr_say(page, GR_PLAIN, r->gift);
    }
    say_sum(page, r);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, r->reason);
    gr_paragraph_end(page);
    if (r->question.len > 0)
        gr_paragraph(page, 4, "Question: ", r->question);
    if (r->answers.len > 0)
        gr_paragraph(page, 4, "", r->answers);
}

/* ---- what is missing ---- */

static void say_would(gr_page *page, const gr_missing_fact *m)
{
    static const char *const words[] = { "approved", "still referred", "denied" };

    for (int c = GR_APPROVED; c <= GR_DENIED; c++) {
        bool any = false;

        for (size_t i = 0; i < m->would_count; i++) {
            if ((int)m->would[i].clearance != c)
                continue;
            gr_say(page, GR_PLAIN, any ? GR_TEXT(", ") : GR_TEXT("; "));
            gr_say(page, GR_PLAIN, m->would[i].value);
            any = true;
        }
        if (any)
            gr_say_print(page, GR_PLAIN, ": %s", words[c]);
    }
}

static void say_missing(gr_page *page, const gr_preapproval *a)
{
    if (a->missing_count == 0)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, "", GR_TEXT("Facts that are missing, and what would be answered:"));
    for (size_t i = 0; i < a->missing_count; i++) {
        const gr_missing_fact *m = &a->missing[i];

        gr_paragraph_start(page, 4, 6);
        gr_say_print(page, GR_BOLD, "%s", gr_fact_get(m->fact)->name);
        gr_say(page, GR_PLAIN, GR_TEXT(": "));
        gr_say(page, GR_PLAIN, m->question);
        say_would(page, m);
        gr_paragraph_end(page);
    }
}

static void say_lookalikes(gr_page *page, const gr_preapproval *a)
{
    if (a->lookalike_count == 0)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, "",
                 GR_TEXT("Perhaps the same person, whose gifts count as possible; if so, ask "
                         "again with that name or number:"));
    for (size_t i = 0; i < a->lookalike_count; i++) {
        const gr_lookalike *l = &a->lookalike[i];
        const gr_recipient_answer as = { .id = l->id, .name = l->name, .employer = l->employer };

        gr_paragraph_start(page, 4, 6);
        say_recipient(page, &as);
        gr_paragraph_end(page);
    }
}

/* ---- what to do ---- */

static void say_next(gr_page *page, const gr_preapproval *a)
{
    char money[GR_MONEY_TEXT], day[GR_DAY_TEXT];

    gr_blank(page);
    gr_paragraph_start(page, 2, 2);
    if (a->approval.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT("Booked as "));
        gr_say(page, GR_BOLD, a->approval);
        gr_say_print(page, GR_PLAIN, ", good to %s: name this number where the gift is logged. ",
                     gr_day_print(a->valid_to, day));
    } else if (a->clearance == GR_APPROVED) {
        gr_say(page, GR_PLAIN, GR_TEXT("Nothing is booked; --reserve would. "));
    }
    if (a->has_largest && a->largest.num > 0)
        gr_say_print(page, GR_PLAIN, "The largest cost that would be approved is %s.",
                     gr_amount_print(a->largest, money));
    else if (a->has_largest)
        gr_say(page, GR_PLAIN, GR_TEXT("No cost would be approved as it stands."));
    gr_paragraph_end(page);
}

static void say_answer(gr_page *page, const gr_preapproval *a)
{
    head(page, a);
    say_left(page, a);
    if (a->rule_count > 0)
        gr_blank(page);
    for (size_t i = 0; i < a->rule_count; i++)
        say_rule(page, a, &a->rule[i]);
    if (a->rule_count == 0) {
        gr_blank(page);
        gr_paragraph(page, 2, "", GR_TEXT("No rule has anything against it: it counts nothing."));
    }
    say_missing(page, a);
    say_lookalikes(page, a);
    say_next(page, a);
}

gr_status gr_preapprovals_text(const gr_preapproval *answers, size_t count, bool is_list,
                               const gr_report_style *style, gr_writer *out, gr_error *err)
{
    gr_page page;
    bool fits = gr_page_open(&page, out, style->width, style->colour);

    for (size_t i = 0; fits && i < count; i++) {
        if (i > 0)
            gr_blank(&page);
        say_answer(&page, &answers[i]);
    }
    if (fits && is_list) {
        gr_blank(&page);
        gr_paragraph(&page, 0, "",
                     GR_TEXT("Each gift was asked about by itself; with --reserve the later ones "
                             "would see those before them."));
    }
    fits = fits && !page.failed;
    gr_page_close(&page);
    return fits ? GR_OK : gr_fail_memory(err);
}
