/* src/desk/page_answer.c - what the rules answer before a gift, in plain words: the decision first, then what is left of the
 * limit, what is missing, who else it may be, and every rule with its clause. */
#include "desk/page.h"

const char *gr_answer_word(gr_clearance clearance)
{
    return clearance == GR_APPROVED ? "Approved" : clearance == GR_DENIED ? "Denied" : "Referred";
}

static const char *meaning(gr_clearance clearance)
{
    return clearance == GR_APPROVED ? "no rule stands against this gift"
           : clearance == GR_DENIED
               ? "a rule forbids this gift as it is planned"
               : "a person must decide: a fact is missing, or a rule asks for one";
}

static void amount(gr_screen *screen, gr_amount value)
{
    char money[GR_MONEY_TEXT];

    gr_html_start(&screen->html, "strong", NULL);
    gr_html_print(&screen->html, "%s", gr_amount_print(value, money));
    gr_html_end(&screen->html);
}

/* "120.00 for certain, 45.00 if all that is unclear counts" */
static void allowance(gr_screen *screen, const gr_allowance *left)
{
    amount(screen, left->certain);
    if (left->unbounded) {
        gr_html_print(&screen->html, ", perhaps nothing: what counts already is not known");
    } else if (gr_amount_compare(left->certain, left->possible) != 0) {
        gr_html_print(&screen->html, " at most, ");
        amount(screen, left->possible);
        gr_html_print(&screen->html, " if all that is unclear counts");
    }
}

static void recipient(gr_screen *screen, const gr_preapproval *answer,
                      const gr_recipient_answer *who)
{
    char money[GR_MONEY_TEXT];
    gr_html *html = &screen->html;

    gr_html_start(html, "div", "allowance");
    gr_html_start(html, "p", "subject");
    gr_phrase_person(gr_html_voice(html), GR_TONE_NAME, who->name, who->id);
    if (who->employer.len > 0) {
        gr_html_print(html, " of ");
        gr_html_say(html, GR_TONE_NAME, who->employer);
    }
    gr_html_print(html, "%s", who->is_known ? "" : ": nobody of this name is in the records yet");
    gr_html_end_line(html);
    if (!who->has_allowance) {
        gr_screen_say(screen, "p", NULL, "There is no limit for this recipient on that day.");
    } else {
        gr_html_start(html, "p", NULL);
        gr_html_print(html, "Left before this gift: ");
        allowance(screen, &who->before);
        gr_html_print(html, ". After it: ");
        allowance(screen, &who->after);
        gr_html_print(html, ". The limit is %s", gr_amount_print(who->limit, money));
        gr_html_print(html, " %.*s.", GR_ALL(answer->currency));
        gr_html_end_line(html);
    }
    gr_html_end_line(html);
}

/* ---- what is missing ---- */

static void would(gr_screen *screen, const gr_missing_fact *missing)
{
    gr_html *html = &screen->html;

    if (missing->would_count == 0)
        return;
    gr_html_start(html, "p", "note");
    for (size_t i = 0; i < missing->would_count; i++) {
        gr_html_print(html, "%s", i > 0 ? "; " : "");
        gr_html_say(html, GR_TONE_PLAIN, gr_word_shown(screen->visit, missing->would[i].value));
        gr_html_print(html, ": %s", gr_clearance_text(missing->would[i].clearance));
    }
    gr_html_print(html, ".");
    gr_html_end_line(html);
}

static void missing_facts(gr_screen *screen, const gr_preapproval *answer, const char *owner)
{
    gr_form form = { screen, NULL };

    if (answer->missing_count == 0)
        return;
    gr_screen_heading(screen, 3, NULL, "What is missing");
    for (size_t i = 0; i < answer->missing_count; i++) {
        const gr_missing_fact *m = &answer->missing[i];

        gr_html_start(&screen->html, "div", "question");
        if (owner) {
            gr_form_fact(&form, m->fact, m->recipient, GR_TEXT(""), false, owner);
        } else {
            gr_html_start(&screen->html, "p", NULL);
            gr_html_say(&screen->html, GR_TONE_NAME, m->question);
            gr_html_end_line(&screen->html);
        }
        would(screen, m);
        gr_html_end_line(&screen->html);
    }
}

/* ---- who it may be ---- */

static void lookalikes(gr_screen *screen, const gr_preapproval *answer, const char *owner)
{
    gr_html *html = &screen->html;

    if (answer->lookalike_count == 0)
        return;
    gr_screen_heading(screen, 3, NULL, "Is it one of these?");
    gr_screen_say(screen, "p", NULL, "The records know somebody who is much alike. %s",
                  owner ? "Choose one, if it is the same person." : "");
    gr_html_start(html, "ul", "lookalikes");
    for (size_t i = 0; i < answer->lookalike_count; i++) {
        const gr_lookalike *one = &answer->lookalike[i];

        gr_html_start(html, "li", NULL);
        if (owner) {
            gr_html_start(html, "button", "plain");
            gr_html_attribute(html, "type", "submit");
            gr_html_attribute(html, "form", owner);
            gr_html_attribute(html, "name", "choose");
            gr_html_attribute_print(html, "value", "%zu", i);
        }
        gr_phrase_person(gr_html_voice(html), GR_TONE_NAME, one->name, one->id);
        if (one->employer.len > 0) {
            gr_html_print(html, " of ");
            gr_html_say(html, GR_TONE_NAME, one->employer);
        }
        if (owner)
            gr_html_end(html);
        if (one->is_linked)
            gr_html_print(html, " (what that person got counts as possible already)");
        gr_html_end_line(html);
    }
    gr_html_end_line(html);
}

/* ---- every rule ---- */

static void rule(gr_screen *screen, const gr_rule_answer *r)
{
    static const char *const words[] = { "in order", "warning", "to review", "against it" };
    gr_html *html = &screen->html;

    gr_html_start(html, "li", NULL);
    gr_html_start(html, "span", r->verdict == GR_COMPLIANT ? "badge decided" : "badge");
    gr_html_attribute(html, "data-verdict", gr_verdict_text(r->verdict));
    gr_html_print(html, "%s", words[r->verdict]);
    gr_html_end(html);
    gr_html_print(html, " ");
    gr_html_start(html, "strong", NULL);
    gr_html_say(html, GR_TONE_NAME, r->rule);
    if (r->clause.len > 0) {
        gr_html_print(html, ", clause ");
        gr_html_say(html, GR_TONE_NAME, r->clause);
    }
    gr_html_end(html);
    gr_html_start(html, "span", "line");
    gr_html_say(html, GR_TONE_NAME, r->reason);
    if (r->gift.len > 0) {
        gr_html_print(html, " (a later gift, ");
        gr_html_say(html, GR_TONE_NAME, r->gift);
        gr_html_print(html, ")");
    }
    gr_html_end(html);
    if (r->answers.len > 0) {
        gr_html_start(html, "span", "line");
        gr_html_say(html, GR_TONE_NAME, r->answers);
        gr_html_end(html);
    }
    gr_html_end_line(html);
}

static void rules(gr_screen *screen, const gr_preapproval *answer)
{
    if (answer->rule_count == 0)
        return;
    gr_screen_heading(screen, 3, NULL, "What the rules say");
    gr_html_start(&screen->html, "ul", "rules");
    for (size_t i = 0; i < answer->rule_count; i++)
        rule(screen, &answer->rule[i]);
    gr_html_end_line(&screen->html);
}

/* ---- all of it ---- */

static void decision(gr_screen *screen, const gr_preapproval *answer)
{
    char day[GR_DAY_TEXT];
    gr_html *html = &screen->html;

    gr_html_start(html, "p", "decided-word");
    gr_html_say(html, GR_TONE_BOLD, gr_text_of(gr_answer_word(answer->clearance)));
    gr_html_print(html, ": %s.", meaning(answer->clearance));
    gr_html_end_line(html);
    if (answer->approval.len == 0)
        return;
    gr_html_start(html, "p", NULL);
    gr_html_print(html, "Its number is ");
    gr_html_say(html, GR_TONE_CODE, answer->approval);
    gr_html_print(html, ", and it holds until %s.", gr_day_print(answer->valid_to, day));
    gr_html_end_line(html);
}

static void largest(gr_screen *screen, const gr_preapproval *answer)
{
    if (!answer->has_largest || answer->clearance == GR_APPROVED)
        return;
    gr_html_start(&screen->html, "p", NULL);
    if (answer->largest.num == 0) {
        gr_html_print(&screen->html, "At no cost would it be approved, all else being the same.");
    } else {
        gr_html_print(&screen->html, "Up to a cost of ");
        gr_html_say(&screen->html, GR_TONE_BOLD,
                    gr_gift_amount(screen->visit, answer->largest, answer->currency));
        gr_html_print(&screen->html, " it would be approved, all else being the same.");
    }
    gr_html_end_line(&screen->html);
}

void gr_answer_write(gr_screen *screen, const gr_preapproval *answer, const char *form)
{
    gr_html_start(&screen->html, "section", "answer");
    gr_html_attribute(&screen->html, "data-answer", gr_clearance_text(answer->clearance));
    gr_html_attribute(&screen->html, "aria-label", "Answer of the rules");
    decision(screen, answer);
    for (size_t i = 0; i < answer->recipient_count; i++)
        recipient(screen, answer, &answer->recipient[i]);
    largest(screen, answer);
    missing_facts(screen, answer, form);
    lookalikes(screen, answer, form);
    rules(screen, answer);
    gr_html_end_line(&screen->html);
}

void gr_answer_allowance(gr_screen *screen, const gr_preapproval *answer)
{
    gr_html_start(&screen->html, "div", "answer");
    gr_html_attribute(&screen->html, "data-answer", gr_clearance_text(answer->clearance));
    decision(screen, answer);
    for (size_t i = 0; i < answer->recipient_count; i++)
        recipient(screen, answer, &answer->recipient[i]);
    largest(screen, answer);
    gr_html_end_line(&screen->html);
}
