/* src/report/explain_worth_text.c - what a gift is worth and which part of it is the recipient's, step by step. */
#include "report/explain_page.h"

static const char *how_words(gr_text how)
{
    return gr_text_is(how, "higher-of") ? "the higher of"
           : gr_text_is(how, "between") ? "anything between"
                                        : "the first that is stated of";
}

static void say_step(gr_page *page, const gr_explained_step *step)
{
    static const char *const words[] = { "; less the ", "; plus the ", "; perhaps with the ",
                                         "; tax and delivery are in it, and not stated" };

    gr_say(page, GR_PLAIN, gr_text_of(words[step->kind]));
    if (step->kind != GR_STEP_OPEN) {
        gr_say(page, GR_PLAIN, step->fact);
        gr_say(page, GR_PLAIN, GR_TEXT(" of "));
        gr_show_money(page, step->part.num, step->part.den);
    }
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_show_span(page, step->after);
}

static void amount(gr_page *page, const gr_explained_amount *a, const gr_explained_rate *rate)
{
    gr_show_below_start(page, 2);
    gr_say(page, GR_PLAIN, a->fact);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    if (a->is_stated) {
        gr_show_money(page, a->stated.num, a->stated.den);
        if (rate->is_asked) {
            gr_say_print(page, GR_PLAIN, " %.*s: ", GR_ALL(rate->currency));
            gr_show_span(page, a->base);
        }
    } else if (a->is_left_out) {
        gr_say(page, GR_PLAIN, a->absent);
    } else {
        gr_say(page, GR_PLAIN, GR_TEXT("not stated: "));
        gr_show_span(page, a->worth);
    }
    for (size_t i = 0; i < a->step_count; i++)
        say_step(page, &a->step[i]);
    gr_paragraph_end(page);
}

static void row(gr_page *page, const gr_explained_worth *w, const gr_explained_rate *rate)
{
    gr_show_below_start(page, 0);
    gr_say_print(page, GR_PLAIN, "%s: ",
                 w->answer == GR_ANSWER_TRUE      ? "applies"
                 : w->answer == GR_ANSWER_UNKNOWN ? "may apply"
                                                  : "does not apply");
    gr_say(page, GR_PLAIN, w->title);
    gr_paragraph_end(page);
    gr_show_inquiry(page, w->when, 2);
    if (w->amount_count > 1) {
        gr_show_below_start(page, 1);
        gr_say_print(page, GR_PLAIN, "%s", how_words(w->how));
        gr_paragraph_end(page);
    }
    for (size_t i = 0; i < w->amount_count; i++)
        amount(page, &w->amount[i], rate);
    if (w->answer == GR_ANSWER_FALSE)
        return;
    gr_show_below_start(page, 1);
    gr_say(page, GR_PLAIN, GR_TEXT("worth "));
    gr_show_span(page, w->worth);
    gr_paragraph_end(page);
}

static void rate_line(gr_page *page, const gr_explained_rate *rate)
{
    if (!rate->is_asked)
        return;
    gr_show_line_start(page, "Rate");
    if (!rate->is_found) {
        gr_say_print(page, GR_PLAIN,
                     "none of %.*s into %.*s for this day; add it to the rates file",
                     GR_ALL(rate->currency), GR_ALL(rate->into));
        gr_paragraph_end(page);
        return;
    }
    gr_say_print(page, GR_PLAIN, "1 %.*s is %.*s %.*s, ", GR_ALL(rate->currency),
                 GR_ALL(rate->value), GR_ALL(rate->into));
    gr_show_days(page, rate->from, rate->to);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say(page, GR_PLAIN, gr_text_of(rate->at.file));
    gr_say_print(page, GR_PLAIN, ":%u", rate->at.line);
    gr_paragraph_end(page);
}

/* ---- the part of one recipient ---- */

static void say_people(gr_page *page, int64_t count)
{
    gr_say_count(page, GR_PLAIN, (uint64_t)count, "person", "people");
}

static void say_equal_part(gr_page *page, const gr_explained_division *d)
{
    if (d->people == d->behind) {
        gr_say(page, GR_PLAIN, GR_TEXT("all of it, given to "));
        say_people(page, d->people);
        return;
    }
    gr_say_print(page, GR_PLAIN, "%lld of %lld equal parts", (long long)d->behind,
                 (long long)d->people);
}

static void say_stated_part(gr_page *page, const gr_explained_division *d)
{
    if (!d->has_cost || d->cost.num == 0) {
        gr_say(page, GR_PLAIN, GR_TEXT("shares are stated, and no cost of which they are parts"));
        return;
    }
    if (d->has_share) {
        gr_say(page, GR_PLAIN, GR_TEXT("the stated share of "));
        gr_show_money(page, d->share.num, d->share.den);
    } else {
        gr_say_print(page, GR_PLAIN, "%lld of %lld equal parts of what the stated shares of ",
                     (long long)d->behind, (long long)d->people);
        gr_show_money(page, d->stated.num, d->stated.den);
        gr_say(page, GR_PLAIN, GR_TEXT(" leave"));
    }
    gr_say(page, GR_PLAIN, GR_TEXT(", of the cost of "));
    gr_show_money(page, d->cost.num, d->cost.den);
}

static void division(gr_page *page, const gr_explained_gift *gift)
{
    const gr_explained_division *d = &gift->division;

    gr_show_line_start(page, "Share");
    (d->any_stated ? say_stated_part : say_equal_part)(page, d);
    if (d->behind > 1)
        gr_say_print(page, GR_PLAIN,
                     d->is_named ? "; the name stands for %lld people, of whom one surely has one "
                                   "part, and possibly all"
                                 : "; of these, one of %lld people without names",
                     (long long)d->behind);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_show_span(page, d->part);
    if (d->quantity > 1) {
        gr_say_print(page, GR_PLAIN, "; one of %lld pieces: ", (long long)d->quantity);
        gr_show_span(page, d->unit);
    }
    gr_paragraph_end(page);
}

void gr_show_worth(gr_page *page, const gr_explained_gift *gift)
{
    const gr_explained_valuation *v = &gift->valuation;

    if (!v->is_there) {
        gr_show_line(page, "Worth", GR_TEXT("the rulebook values nothing on this day"));
        return;
    }
    rate_line(page, &v->rate);
    gr_show_line_start(page, "Worth");
    gr_show_backing(page, &v->law);
    gr_paragraph_end(page);
    for (size_t i = 0; i < v->worth_count; i++)
        row(page, &v->worth[i], &v->rate);
    division(page, gift);
}
