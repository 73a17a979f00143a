/* src/report/explain_gift_text.c - one gift of an explanation: what the record says, what follows from it, what it
 * counts in the sum. */
#include "report/explain_page.h"

#include "report/sections.h"

/* What stands in the heading and the lines below it is not told twice. */
static bool is_told_above(gr_text name)
{
    static const char *const names[] = { "id",           "date", "giver-id", "giver-name",
                                         "recipient-id", "name", "employer" };

    for (size_t i = 0; i < GR_COUNT(names); i++)
        if (gr_text_is(name, names[i]))
            return true;
    return false;
}

static void facts(gr_page *page, const gr_explained_gift *gift)
{
    bool started = false;

    gr_show_line_start(page, "Stated");
    for (size_t i = 0; i < gift->fact_count; i++) {
        const gr_explained_fact *fact = &gift->fact[i];

        if (is_told_above(fact->name) || fact->supplied)
            continue;
        gr_say(page, GR_PLAIN, started ? GR_TEXT("; ") : GR_TEXT(""));
        gr_say(page, GR_PLAIN, fact->name);
        gr_say(page, GR_PLAIN, GR_TEXT(": "));
        gr_say(page, GR_PLAIN, fact->value);
        if (fact->is_detected)
            gr_say(page, GR_PLAIN, GR_TEXT(" (found by detection.xml)"));
        started = true;
    }
    if (!started)
        gr_say(page, GR_PLAIN, GR_TEXT("nothing else"));
    gr_paragraph_end(page);
}

static void supplied(gr_page *page, const gr_explained_fact *fact)
{
    gr_show_line_start(page, "Supplied");
    gr_say(page, GR_PLAIN, fact->name);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, fact->value);
    gr_say(page, GR_PLAIN, GR_TEXT("; by "));
    gr_phrase_signature(gr_page_voice(page), fact->supplied->author, fact->supplied->moment);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, fact->supplied->reason);
    gr_paragraph_end(page);
}

static void presumption(gr_page *page, const gr_explained_presumption *p)
{
    gr_show_line_start(page, "Presumed");
    gr_say(page, GR_PLAIN, p->fact);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, p->word);
    gr_say(page, GR_PLAIN, GR_TEXT("; "));
    gr_say(page, GR_PLAIN, p->text);
    gr_say(page, GR_PLAIN, GR_TEXT("; "));
    gr_show_backing(page, &p->backing);
    gr_paragraph_end(page);
    gr_show_inquiry(page, p->when, 1);
}

static void people(gr_page *page, const gr_explained_gift *gift)
{
    gr_show_line_start(page, "Record");
    gr_phrase_place(gr_page_voice(page), GR_TONE_PLAIN, gift->source);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say(page, GR_PLAIN, gift->format);
    gr_paragraph_end(page);
    gr_show_line_start(page, "Giver");
    gr_phrase_person(gr_page_voice(page), GR_TONE_PLAIN, gift->giver_name, gift->giver_id);
    gr_paragraph_end(page);
    gr_show_line_start(page, "Recipient");
    gr_phrase_person(gr_page_voice(page), GR_TONE_PLAIN, gift->recipient_name, gift->recipient_id);
    if (gift->recipient_employer.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" of "));
        gr_say(page, GR_PLAIN, gift->recipient_employer);
    }
    gr_paragraph_end(page);
}

/* ---- what it counts ---- */

static void when(gr_page *page, const gr_explained_gift *gift)
{
    if (!gift->has_when)
        return;
    gr_show_line(page, "In the sum", GR_TEXT("the limit adds up some gifts only"));
    gr_show_inquiry(page, gift->when, 0);
}

static void other_days(gr_page *page, const gr_explained_gift *gift)
{
    char day[GR_DAY_TEXT];

    for (size_t i = 0; i < gift->other_day_count; i++) {
        const gr_explained_day *other = &gift->other_day[i];

        gr_show_line_start(page, i ? "" : "Other day");
        gr_say_print(page, GR_PLAIN, "on %s it would count ", gr_day_print(other->day, day));
        gr_show_span(page, other->worth);
        if (i + 1 == gift->other_day_count)
            gr_say(page, GR_PLAIN, GR_TEXT("; the widest of all its days is taken"));
        gr_paragraph_end(page);
    }
}

static void missing(gr_page *page, const gr_explained_gift *gift)
{
    for (size_t i = 0; i < gift->missing_count; i++) {
        gr_show_line_start(page, i ? "" : "Missing");
        gr_say(page, GR_PLAIN, gift->missed[i]);
        gr_say(page, GR_PLAIN, GR_TEXT(": "));
        gr_say(page, GR_PLAIN, gift->missing[i]);
        gr_paragraph_end(page);
    }
}

static const char *why_not_surely(const gr_explained_gift *gift)
{
    if (!gift->is_own)
        return "; given to somebody who is possibly the same person";
    if (gift->is_partly)
        return "; on some of its days it lies outside of the period";
    if (gift->has_when && gift->when.count > 0 && gift->when.asked[0].answer == GR_ANSWER_UNKNOWN)
        return "; it may not belong to this sum";
    return "";
}

static void counts(gr_page *page, const gr_explanation *x, const gr_explained_gift *gift)
{
    bool is_count = x->limit.is_count;
    int64_t den = x->finding->total.den;

    gr_show_line_start(page, "Counts");
    gr_show_amount(page, is_count, gift->low, den);
    if (gift->is_unbounded) {
        gr_say(page, GR_PLAIN, GR_TEXT(" for certain, possibly any amount"));
    } else if (gift->low != gift->high) {
        gr_say(page, GR_PLAIN, GR_TEXT(" for certain, possibly "));
        gr_show_amount(page, is_count, gift->high, den);
    }
    if (is_count)
        gr_say(page, GR_PLAIN, GR_TEXT(", since gifts are counted and not their worth"));
    gr_say_print(page, GR_PLAIN, "%s", why_not_surely(gift));
    gr_paragraph_end(page);
}

static void heading(gr_page *page, const gr_explanation *x, size_t i)
{
    const gr_explained_gift *gift = &x->gift[i];
    char day[GR_DAY_TEXT];

    gr_blank(page);
    gr_heading_start(page);
    if (x->gift_count > 1)
        gr_say_print(page, GR_BOLD, "Gift %zu of %zu: ", i + 1, x->gift_count);
    else
        gr_say(page, GR_BOLD, GR_TEXT("The gift: "));
    gr_say(page, GR_BOLD, gift->id);
    gr_say_print(page, GR_BOLD, " of %s", gr_day_print(gift->day, day));
    if (gift->is_judged && x->gift_count > 1)
        gr_say(page, GR_BOLD, GR_TEXT(", the one that is judged"));
    gr_heading_end(page);
}

void gr_show_gift(gr_page *page, const gr_explanation *x, size_t i)
{
    const gr_explained_gift *gift = &x->gift[i];

    heading(page, x, i);
    people(page, gift);
    if (gift->other_record.len > 0)
        gr_show_line(page, "Seen also", gift->other_record);
    facts(page, gift);
    for (size_t k = 0; k < gift->fact_count; k++)
        if (gift->fact[k].supplied)
            supplied(page, &gift->fact[k]);
    for (size_t k = 0; k < gift->presumption_count; k++)
        presumption(page, &gift->presumption[k]);
    gr_show_scope(page, gift);
    if (gift->is_in_scope)
        gr_show_worth(page, gift);
    gr_show_claims(page, gift);
    if (x->has_limit) {
        when(page, gift);
        other_days(page, gift);
    }
    missing(page, gift);
    if (x->has_limit)
        counts(page, x, gift);
}
