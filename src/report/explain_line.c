/* src/report/explain_line.c - what the parts of an explanation share: labels, conditions, sources, amounts. */
#include "report/explain_page.h"

#include <stdio.h>
#include <string.h>

#include "report/words.h"

/* ---- lines ---- */

void gr_show_line_start(gr_page *page, const char *label)
{
    gr_paragraph_start(page, GR_SHOW_LABEL, GR_SHOW_TEXT);
    gr_say(page, GR_BOLD, gr_text_of(label));
    gr_say(page, GR_PLAIN, GR_TEXT(" "));
    gr_page_skip_to(page, GR_SHOW_TEXT);
}

void gr_show_line(gr_page *page, const char *label, gr_text text)
{
    gr_show_line_start(page, label);
    gr_say(page, GR_PLAIN, text);
    gr_paragraph_end(page);
}

void gr_show_below_start(gr_page *page, unsigned level)
{
    unsigned at = GR_SHOW_TEXT + 2 * level;

    gr_paragraph_start(page, at, at + 2);
}

/* ---- conditions ---- */

static void say_value(gr_page *page, const gr_asked *asked)
{
    if (asked->kind != GR_ASKED_FIELD)
        return;
    gr_say(page, GR_PLAIN, GR_TEXT(" ["));
    gr_say(page, GR_PLAIN,
           asked->value.len > 0 ? asked->value
           : asked->is_computed ? GR_TEXT("not known yet")
                                : GR_TEXT("not stated"));
    if (asked->is_presumed)
        gr_say(page, GR_PLAIN, GR_TEXT(", presumed"));
    gr_say(page, GR_PLAIN, GR_TEXT("]"));
}

static void say_words(gr_page *page, const gr_asked *asked)
{
    switch (asked->kind) {
    case GR_ASKED_ALL:
        gr_say(page, GR_PLAIN, GR_TEXT("all of these"));
        break;
    case GR_ASKED_ANY:
        gr_say(page, GR_PLAIN, GR_TEXT("any of these"));
        break;
    case GR_ASKED_NOT:
        gr_say(page, GR_PLAIN, GR_TEXT("not this"));
        break;
    case GR_ASKED_JUDGMENT:
        gr_say(page, GR_PLAIN, GR_TEXT("for a person to judge: "));
        gr_say(page, GR_PLAIN, asked->words);
        break;
    case GR_ASKED_FIELD:
        gr_say(page, GR_PLAIN, asked->words);
        break;
    }
}

void gr_show_inquiry(gr_page *page, gr_inquiry inquiry, unsigned level)
{
    for (size_t i = 0; i < inquiry.count; i++) {
        const gr_asked *asked = &inquiry.asked[i];
        unsigned at = GR_SHOW_TEXT + 2 * (level + asked->depth);

        gr_paragraph_start(page, at, at);
        gr_say(page, GR_PLAIN, gr_text_of(gr_answer_text(asked->answer)));
        gr_say(page, GR_PLAIN, GR_TEXT(" "));
        gr_page_skip_to(page, at + (unsigned)sizeof "unknown");
        say_words(page, asked);
        say_value(page, asked);
        if (asked->is_spared)
            gr_say(page, GR_PLAIN, GR_TEXT(" (clear without it)"));
        gr_paragraph_end(page);
    }
}

/* ---- where it stands ---- */

static const char *sureness(gr_text sure)
{
    return gr_text_is(sure, "text")      ? "its text was seen"
           : gr_text_is(sure, "summary") ? "known from summaries"
                                         : "derived, no source states it";
}

void gr_show_days(gr_page *page, gr_day from, gr_day to)
{
    char day[GR_DAY_TEXT];

    if (from > GR_DAY_FIRST)
        gr_say_print(page, GR_PLAIN, "from %s", gr_day_print(from, day));
    if (from > GR_DAY_FIRST && to < GR_DAY_LAST)
        gr_say(page, GR_PLAIN, GR_TEXT(" "));
    if (to < GR_DAY_LAST)
        gr_say_print(page, GR_PLAIN, "to %s", gr_day_print(to, day));
}

void gr_show_backing(gr_page *page, const gr_backing *backing)
{
    if (backing->clause.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT("clause "));
        gr_say(page, GR_PLAIN, backing->clause);
        gr_say(page, GR_PLAIN, backing->clause_title.len > 0 ? GR_TEXT(" (") : GR_TEXT(""));
        gr_say(page, GR_PLAIN, backing->clause_title);
        gr_say(page, GR_PLAIN, backing->clause_title.len > 0 ? GR_TEXT(")") : GR_TEXT(""));
        gr_say(page, GR_PLAIN, GR_TEXT("; "));
    }
    if (backing->from > GR_DAY_FIRST || backing->to < GR_DAY_LAST) {
        gr_show_days(page, backing->from, backing->to);
        gr_say(page, GR_PLAIN, GR_TEXT("; "));
    }
    gr_say(page, GR_PLAIN, backing->source);
    gr_say_print(page, GR_PLAIN, ": %s", sureness(backing->sure));
}

/* ---- amounts ---- */

void gr_show_money(gr_page *page, gr_wide num, int64_t den)
{
    char text[GR_EXACT_TEXT];

    gr_say_print(page, GR_PLAIN, "%s", gr_exact_print(num, den, text));
}

void gr_show_amount(gr_page *page, bool is_count, gr_wide num, int64_t den)
{
    char text[GR_MONEY_TEXT];

    if (is_count)
        gr_say_print(page, GR_PLAIN, "%s", gr_count_print(num, den, text));
    else
        gr_show_money(page, num, den);
}

void gr_show_span(gr_page *page, gr_span span)
{
    gr_show_money(page, span.low, span.den);
    if (span.high == GR_UNBOUNDED) {
        gr_say(page, GR_PLAIN, GR_TEXT(" or more"));
    } else if (span.high != span.low) {
        gr_say(page, GR_PLAIN, GR_TEXT(" to "));
        gr_show_money(page, span.high, span.den);
    }
}

void gr_show_names(gr_page *page, const gr_text *name, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            gr_say(page, GR_PLAIN, i + 1 < count ? GR_TEXT(", ") : GR_TEXT(" and "));
        gr_say(page, GR_PLAIN, name[i]);
    }
}
