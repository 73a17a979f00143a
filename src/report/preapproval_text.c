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

static void say_name(gr_page *page, const gr_preapproval *a, size_t recipient)
{
    const gr_recipient_answer *r = &a->recipient[recipient];

    gr_say(page, GR_PLAIN, r->name.len > 0 ? r->name : r->id);
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

static void say_sum(gr_page *page, const gr_preapproval *a, const gr_rule_answer *r)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT], limit[GR_MONEY_TEXT];

    if (!r->has_limit)
        return;
    if (r->is_count) { /* numbers of gifts: no currency */
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
    if (!gr_text_equal(r->currency, a->currency)) {
        gr_say(page, GR_PLAIN, GR_TEXT(" "));
        gr_say(page, GR_PLAIN, r->currency);
    }
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
        gr_say(page, GR_PLAIN, GR_TEXT(", for "));
        say_name(page, a, r->recipient);
    }
    if (r->gift.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(", for the later gift "));
        gr_say(page, GR_PLAIN, r->gift);
    }
    say_sum(page, a, r);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, r->reason);
    gr_paragraph_end(page);
    if (r->question.len > 0)
        gr_paragraph(page, 4, "Question: ", r->question);
    if (r->answers.len > 0)
        gr_paragraph(page, 4, "", r->answers);
}

/* ---- what is missing ---- */

/* "If firm, third-party: denied. If giver: still referred." */
static void say_would(gr_page *page, const gr_preapproval *a, const gr_missing_fact *m)
{
    if (m->would_count == 0)
        return;
    gr_paragraph_start(page, 6, 6);
    for (int c = GR_APPROVED; c <= GR_DENIED; c++) {
        bool any = false;

        for (size_t i = 0; i < m->would_count; i++) {
            if ((int)m->would[i].clearance != c)
                continue;
            gr_say(page, GR_PLAIN, any ? GR_TEXT(", ") : GR_TEXT("If "));
            gr_say(page, GR_PLAIN, m->would[i].value);
            any = true;
        }
        if (any)
            gr_say_print(page, GR_PLAIN, ": %s%s. ", c == (int)a->clearance ? "still " : "",
                         gr_clearance_text((gr_clearance)c));
    }
    gr_paragraph_end(page);
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
        if (m->fact >= GR_FACT_FIRST_OF_RECIPIENT && a->recipient_count > 1) {
            gr_say(page, GR_PLAIN, GR_TEXT(" of "));
            say_name(page, a, m->recipient);
        }
        gr_say(page, GR_PLAIN, GR_TEXT(": "));
        gr_say(page, GR_PLAIN, m->question);
        gr_paragraph_end(page);
        say_would(page, a, m);
    }
}

/* ---- who it may be ---- */

static void say_lookalike(gr_page *page, const gr_preapproval *a, const gr_lookalike *l)
{
    const gr_recipient_answer as = { .id = l->id, .name = l->name, .employer = l->employer };

    gr_paragraph_start(page, 4, 6);
    if (a->recipient_count > 1) {
        say_name(page, a, l->recipient);
        gr_say(page, GR_PLAIN, GR_TEXT(": "));
    }
    say_recipient(page, &as);
    gr_say(page, GR_PLAIN,
           l->is_linked ? GR_TEXT("; what that one got counts as possible")
                        : GR_TEXT("; what that one got does not count"));
    gr_paragraph_end(page);
}

static void say_lookalikes(gr_page *page, const gr_preapproval *a)
{
    if (a->lookalike_count == 0)
        return;
    gr_blank(page);
    gr_paragraph(page, 2, "",
                 GR_TEXT("Perhaps the same person; if so, ask again with that name or number:"));
    for (size_t i = 0; i < a->lookalike_count; i++)
        say_lookalike(page, a, &a->lookalike[i]);
}

static bool has_lookalike(const gr_preapproval *a, size_t recipient)
{
    for (size_t i = 0; i < a->lookalike_count; i++)
        if (a->lookalike[i].recipient == recipient)
            return true;
    return false;
}

/* A name that is mistyped has the whole of its limit left: whoever asks must see that it is a new one. */
static void say_strangers(gr_page *page, const gr_preapproval *a)
{
    bool any = false;

    for (size_t i = 0; i < a->recipient_count; i++) {
        if (a->recipient[i].is_known || has_lookalike(a, i))
            continue;
        if (!any) {
            gr_blank(page);
            gr_paragraph_start(page, 2, 2);
        }
        gr_say(page, GR_PLAIN, any ? GR_TEXT(", ") : GR_TEXT("New to the ledger: "));
        say_name(page, a, i);
        any = true;
    }
    if (any) {
        gr_say(page, GR_PLAIN,
               GR_TEXT(". Is the name written as it is elsewhere? Nothing that was given under "
                       "another spelling counts here."));
        gr_paragraph_end(page);
    }
}

/* ---- what to do ---- */

static void say_booked(gr_page *page, const gr_preapproval *a)
{
    char day[GR_DAY_TEXT];

    if (a->approval.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT("Booked as "));
        gr_say(page, GR_BOLD, a->approval);
        gr_say_print(page, GR_PLAIN, ", valid until %s: name this number where the gift is logged.",
                     gr_day_print(a->valid_to, day));
    } else if (a->clearance == GR_APPROVED) {
        gr_say(page, GR_PLAIN,
               GR_TEXT("Nothing is booked: --reserve keeps what is left for this gift."));
    } else if (a->clearance == GR_REFERRED) {
        gr_say(page, GR_PLAIN,
               a->missing_count > 0
                   ? GR_TEXT("Nothing is booked: ask again with what is missing, or let the "
                             "compliance officer decide.")
               : a->lookalike_count > 0
                   ? GR_TEXT("Nothing is booked: ask again with the right name, or let the "
                             "compliance officer decide.")
                   : GR_TEXT("Nothing is booked: the compliance officer decides."));
    } else {
        gr_say(page, GR_PLAIN, GR_TEXT("Nothing is booked."));
    }
}

static void say_next(gr_page *page, const gr_preapproval *a)
{
    char money[GR_MONEY_TEXT];

    gr_blank(page);
    gr_paragraph_start(page, 2, 2);
    say_booked(page, a);
    if (a->has_largest && a->largest.num > 0) {
        gr_say_print(page, GR_PLAIN, " The largest cost that would be approved is %s ",
                     gr_amount_print(a->largest, money));
        gr_say(page, GR_PLAIN, a->currency);
        gr_say(page, GR_PLAIN, GR_TEXT("."));
    } else if (a->has_largest) {
        gr_say(page, GR_PLAIN, GR_TEXT(" No cost would be approved as it stands."));
    }
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
    say_strangers(page, a);
    say_next(page, a);
}

/* Of a list: what is booked counts for the gifts behind it, and what is only asked about does not. */
static void say_order(gr_page *page, const gr_preapproval *answers, size_t count)
{
    bool is_booked = false;

    for (size_t i = 0; i < count; i++)
        is_booked = is_booked || answers[i].approval.len > 0;
    gr_blank(page);
    gr_paragraph_start(page, 0, 0);
    gr_say(page, GR_PLAIN,
           is_booked ? GR_TEXT("Booked one after the other: what was booked counts for the gifts "
                               "behind it.")
                     : GR_TEXT("Each gift was asked about by itself, as if the others were not "
                               "given."));
    gr_paragraph_end(page);
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
    if (fits && is_list && count > 1)
        say_order(&page, answers, count);
    fits = fits && !page.failed;
    gr_page_close(&page);
    return fits ? GR_OK : gr_fail_memory(err);
}
