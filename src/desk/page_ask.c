/* src/desk/page_ask.c - asking before a gift: the form, what the rules say to it, and the request. "Check" keeps nothing. */
#include "desk/page.h"

#include "app/planned.h"
#include "model/supplied.h"

#include <string.h>

typedef struct asking {
    gr_visit *visit;
    gr_list stated;    /* of gr_stated, as typed */
    gr_list complaint; /* of gr_complaint */
    uint32_t recipients;
    gr_record planned;
    bool is_planned, is_answered;
    gr_preapproval answer;
} asking;

static void free_asking(asking *a)
{
    gr_list_free(&a->stated);
    gr_list_free(&a->complaint);
}

static bool state(asking *a, gr_fact fact, uint32_t recipient, gr_text value)
{
    gr_text copy = gr_arena_copy(a->visit->arena, value);
    gr_stated one = { gr_fact_get(fact)->name, copy.ptr, recipient };

    if (!copy.ptr)
        return false;
    for (size_t i = 0; i < a->stated.count; i++) {
        gr_stated *s = GR_AT(a->stated, gr_stated, i);

        if (strcmp(s->fact, one.fact) == 0 && s->recipient == recipient) {
            s->value = one.value;
            return true;
        }
    }
    return gr_list_push(&a->stated, &one);
}

/* An account executive asks for himself or herself, whatever the form says. */
static bool state_giver(asking *a)
{
    const gr_account *who = &a->visit->who;

    if (who->role == GR_ROLE_EXECUTIVE) {
        size_t kept = 0;

        for (size_t i = 0; i < a->stated.count; i++) {
            gr_stated *s = GR_AT(a->stated, gr_stated, i);

            if (strcmp(s->fact, "giver-id") != 0 && strcmp(s->fact, "giver-name") != 0)
                *GR_AT(a->stated, gr_stated, kept++) = *s;
        }
        gr_list_cut(&a->stated, kept);
    }
    if (who->giver.len == 0 || gr_stated_find(&a->stated, GR_F_GIVER_ID, 0).len > 0 ||
        gr_stated_find(&a->stated, GR_F_GIVER_NAME, 0).len > 0)
        return true;
    return state(a, GR_F_GIVER_ID, 0, who->giver) &&
           (who->role != GR_ROLE_EXECUTIVE || who->shown.len == 0 ||
            state(a, GR_F_GIVER_NAME, 0, who->shown));
}

static gr_status open_asking(asking *a, gr_visit *visit, bool of_query, gr_error *err)
{
    *a = (asking){ .visit = visit,
                   .stated = GR_LIST(gr_stated),
                   .complaint = GR_LIST(gr_complaint),
                   .recipients = 1 };
    if (gr_gift_stated(visit, of_query, &a->stated, &a->recipients) && state_giver(a))
        return GR_OK;
    free_asking(a);
    return gr_fail_memory(err);
}

/* ---- reading it ---- */

static bool need(asking *a, gr_fact fact, uint32_t recipient, bool is_there, const char *message)
{
    return is_there || gr_complain(&a->complaint, a->visit,
                                   gr_field_name(a->visit, fact, recipient), "%s", message);
}

static bool is_stated(const asking *a, gr_fact fact, uint32_t recipient)
{
    return gr_stated_find(&a->stated, fact, recipient).len > 0;
}

/* All that is missing at once, so that nobody has to send the form as often. */
static bool check_needs(asking *a)
{
    bool fits = need(a, GR_F_GIVER_ID, 0,
                     is_stated(a, GR_F_GIVER_ID, 0) || is_stated(a, GR_F_GIVER_NAME, 0),
                     a->visit->who.role == GR_ROLE_EXECUTIVE
                         ? "Your account names no account executive: ask an administrator"
                         : "Say who gives it") &&
                need(a, GR_F_DATE, 0, is_stated(a, GR_F_DATE, 0), "Say on which day it is given") &&
                need(a, GR_F_COST, 0,
                     is_stated(a, GR_F_COST, 0) || is_stated(a, GR_F_MARKET_VALUE, 0) ||
                         is_stated(a, GR_F_FACE_VALUE, 0),
                     "Say what it costs");

    for (uint32_t r = 0; fits && r < a->recipients; r++)
        fits =
            need(a, GR_F_NAME, r, is_stated(a, GR_F_NAME, r) || is_stated(a, GR_F_RECIPIENT_ID, r),
                 "Say who gets it");
    return fits;
}

static gr_text field_at_fault(asking *a, gr_text fact)
{
    for (size_t i = 0; i < a->stated.count; i++) {
        const gr_stated *s = GR_AT(a->stated, gr_stated, i);

        if (gr_text_is(fact, s->fact))
            return gr_field_name(a->visit, gr_fact_find(fact), s->recipient);
    }
    return fact;
}

/* Whom an account executive may ask for is his or her own; a supervisor's own people; an officer anybody. */
static bool check_giver(asking *a)
{
    gr_text giver = gr_stated_find(&a->stated, GR_F_GIVER_ID, 0);

    if (a->complaint.count > 0 || gr_visit_is_own(a->visit, a->visit->who.name, giver) ||
        gr_visit_may_see(a->visit, GR_TEXT(""), giver))
        return true;
    return gr_complain(&a->complaint, a->visit, GR_TEXT("giver-id"),
                       "You may not ask for this account executive");
}

static bool check_values(asking *a)
{
    for (size_t i = 0; i < a->stated.count; i++) {
        const gr_stated *s = GR_AT(a->stated, gr_stated, i);
        gr_fact f = gr_fact_find(gr_text_of(s->fact));
        gr_error error = { .status = GR_OK };
        gr_value value;

        if (gr_value_parse(f, gr_text_of(s->value), GR_NOWHERE, &value, &error) != GR_OK &&
            !gr_complain(&a->complaint, a->visit, gr_field_name(a->visit, f, s->recipient),
                         "%s%s%s", error.message, error.hint[0] ? "; " : "", error.hint))
            return false;
    }
    return true;
}

static gr_status plan(asking *a, gr_error *err)
{
    gr_error error = { .status = GR_OK };
    gr_status status;

    if (!check_needs(a) || !check_values(a))
        return gr_fail_memory(err);
    if (a->complaint.count > 0)
        return GR_OK;
    status =
        gr_planned_read(a->stated.items, a->stated.count, a->visit->arena, &a->planned, &error);
    if (status != GR_OK && !gr_screen_is_refusal(status)) {
        *err = error;
        return status;
    }
    if (status != GR_OK && a->complaint.count == 0 &&
        !gr_complain(&a->complaint, a->visit, field_at_fault(a, gr_text_of(error.file)), "%s%s%s",
                     error.message, error.hint[0] ? "; " : "", error.hint))
        return gr_fail_memory(err);
    if (!check_giver(a))
        return gr_fail_memory(err);
    a->is_planned = a->complaint.count == 0;
    return GR_OK;
}

static gr_status judge(asking *a, gr_error *err)
{
    gr_error error = { .status = GR_OK };
    gr_status status;

    if (!a->is_planned)
        return GR_OK;
    status = gr_checker_ask(a->visit->desk->checker, &a->planned, a->visit->as_of, GR_TEXT(""),
                            a->visit->arena, &a->answer, &error);
    a->is_answered = status == GR_OK;
    if (status == GR_OK || !gr_screen_is_refusal(status)) {
        *err = error;
        return status;
    }
    if (!gr_complain(&a->complaint, a->visit, field_at_fault(a, gr_text_of(error.file)), "%s%s%s",
                     error.message, error.hint[0] ? "; " : "", error.hint))
        return gr_fail_memory(err);
    return GR_OK;
}

/* ---- the form ---- */

static bool asks_above(const asking *a, gr_fact fact, uint32_t recipient)
{
    for (size_t i = 0; a->is_answered && i < a->answer.missing_count; i++)
        if (a->answer.missing[i].fact == fact && a->answer.missing[i].recipient == recipient)
            return true;
    return false;
}

static void fact(gr_form *form, const asking *a, gr_fact f, uint32_t recipient, bool is_needed)
{
    if (!asks_above(a, f, recipient))
        gr_form_fact(form, f, recipient, gr_stated_find(&a->stated, f, recipient), is_needed, NULL);
}

static void legend_of(gr_form *form, const char *words)
{
    gr_html_start(&form->screen->html, "fieldset", NULL);
    gr_html_element(&form->screen->html, "legend", NULL, words);
}

static void recipients(gr_form *form, const asking *a)
{
    static const gr_fact of_whom[] = { GR_F_NAME, GR_F_RECIPIENT_ID, GR_F_EMPLOYER,
                                       GR_F_EMPLOYER_KIND };

    for (uint32_t r = 0; r < a->recipients; r++) {
        legend_of(form, r == 0 ? "Who gets it" : "Who else gets a part of it");
        for (size_t i = 0; i < GR_COUNT(of_whom); i++)
            fact(form, a, of_whom[i], r, false);
        if (a->recipients > 1)
            fact(form, a, GR_F_SHARE, r, false);
        gr_html_end_line(&form->screen->html);
    }
    if (a->recipients < GR_SCREEN_RECIPIENTS)
        gr_form_button(form, "do", "person", "plain", "Somebody else gets a part of it too");
}

static void gift(gr_form *form, const asking *a)
{
    static const gr_fact of_gift[] = { GR_F_DATE, GR_F_COST, GR_F_KIND, GR_F_PAYER, GR_F_OCCASION };

    legend_of(form, "The gift");
    for (size_t i = 0; i < GR_COUNT(of_gift); i++)
        fact(form, a, of_gift[i], 0, of_gift[i] == GR_F_DATE || of_gift[i] == GR_F_COST);
    gr_html_end_line(&form->screen->html);
}

static const gr_fact further[] = {
    GR_F_DESCRIPTION,  GR_F_CURRENCY,     GR_F_QUANTITY,    GR_F_TAX,        GR_F_DELIVERY,
    GR_F_MARKET_VALUE, GR_F_FACE_VALUE,   GR_F_ORDERED,     GR_F_DELIVERED,  GR_F_HOST_PRESENT,
    GR_F_RELATIONSHIP, GR_F_SALES_TARGET, GR_F_LOGO,        GR_F_REIMBURSED, GR_F_GIVER_KIND,
    GR_F_DECORATIVE,   GR_F_DECEASED,     GR_F_DECLARATION, GR_F_TITLE,      GR_F_EMAIL,
    GR_F_CAPACITY,     GR_F_THROUGH,
};

static void further_facts(gr_form *form, const asking *a)
{
    gr_html *html = &form->screen->html;
    bool is_open = false;

    for (size_t i = 0; i < GR_COUNT(further); i++)
        is_open = is_open || gr_stated_find(&a->stated, further[i], 0).len > 0;
    gr_html_start(html, "details", NULL);
    if (is_open)
        gr_html_attribute(html, "open", "open");
    gr_html_element(html, "summary", NULL, "Further facts");
    gr_html_start(html, "div", "fields");
    for (size_t i = 0; i < GR_COUNT(further); i++)
        fact(form, a, further[i], 0, false);
    gr_html_end_line(html);
    gr_html_end_line(html);
}

/* What is typed and has no input of its own is kept. */
static bool has_input(gr_fact f)
{
    static const gr_fact always[] = { GR_F_NAME,     GR_F_RECIPIENT_ID,  GR_F_EMPLOYER,
                                      GR_F_SHARE,    GR_F_EMPLOYER_KIND, GR_F_DATE,
                                      GR_F_COST,     GR_F_KIND,          GR_F_PAYER,
                                      GR_F_OCCASION, GR_F_GIVER_ID,      GR_F_GIVER_NAME };

    for (size_t i = 0; i < GR_COUNT(always); i++)
        if (always[i] == f)
            return true;
    for (size_t i = 0; i < GR_COUNT(further); i++)
        if (further[i] == f)
            return true;
    return false;
}

static void kept_facts(gr_form *form, const asking *a)
{
    for (size_t i = 0; i < a->stated.count; i++) {
        const gr_stated *s = GR_AT(a->stated, gr_stated, i);
        gr_fact f = gr_fact_find(gr_text_of(s->fact));

        bool is_further = s->recipient > 0 && f != GR_F_NAME && f != GR_F_RECIPIENT_ID &&
                          f != GR_F_EMPLOYER && f != GR_F_EMPLOYER_KIND && f != GR_F_SHARE;

        if (!has_input(f) || is_further)
            gr_form_hidden(form, gr_field_name(a->visit, f, s->recipient).ptr,
                           gr_text_of(s->value));
    }
}

static void giver(gr_form *form, const asking *a)
{
    gr_screen *screen = form->screen;

    if (a->visit->who.role != GR_ROLE_EXECUTIVE) {
        legend_of(form, "Who gives it");
        fact(form, a, GR_F_GIVER_ID, 0, false);
        fact(form, a, GR_F_GIVER_NAME, 0, false);
        gr_html_end_line(&screen->html);
        return;
    }
    gr_html_start(&screen->html, "p", "note");
    gr_html_print(&screen->html, "For ");
    gr_phrase_person(gr_html_voice(&screen->html), GR_TONE_NAME, a->visit->who.shown,
                     a->visit->who.giver);
    gr_html_print(&screen->html, ".");
    gr_html_end_line(&screen->html);
}

static void write_form(gr_screen *screen, const asking *a)
{
    gr_form form = gr_form_open(screen, "ask", "ask", &a->complaint, "/ask");
    gr_html *html = &screen->html;

    gr_form_complaints(&form);
    giver(&form, a);
    recipients(&form, a);
    gift(&form, a);
    further_facts(&form, a);
    kept_facts(&form, a);
    gr_html_start(html, "div", NULL);
    gr_html_attribute(html, "id", "live");
    gr_html_attribute(html, "aria-live", "polite");
    gr_html_end_line(html);
    gr_html_start(html, "p", "buttons");
    gr_form_button(&form, "do", "check", NULL, "Check");
    gr_form_button(&form, "do", "ask", "main", "Ask for approval");
    gr_html_end_line(html);
    gr_screen_say(screen, "p", "note",
                  "Check shows what the rules say, and keeps nothing. Ask for approval makes a "
                  "request; what the rules approve is booked at once.");
    gr_form_close(&form);
}

static gr_status write_page(asking *a, gr_error *err)
{
    gr_screen screen;

    if (a->complaint.count > 0)
        a->visit->reply->status = 422;
    if (gr_screen_open(&screen, a->visit, "/ask", GR_TEXT("May I give this?"), err) != GR_OK)
        return err->status;
    gr_screen_heading(&screen, 1, NULL, "May I give this?");
    if (a->is_answered) {
        gr_screen_heading(&screen, 2, "answer", "Answer");
        gr_answer_write(&screen, &a->answer, "ask");
        gr_screen_heading(&screen, 2, NULL, "What was asked");
    }
    write_form(&screen, a);
    return gr_screen_close(&screen, err);
}

/* ---- answers ---- */

gr_status gr_page_ask(gr_visit *visit, gr_error *err)
{
    asking a;
    gr_status status = open_asking(&a, visit, true, err);

    if (status != GR_OK)
        return status;
    status = write_page(&a, err);
    free_asking(&a);
    return status;
}

/* One of those whom the answer offered: the same question again finds the same ones. */
static gr_status choose(asking *a, gr_text place, gr_error *err)
{
    uint64_t i;
    const gr_lookalike *one;

    if (!a->is_answered || !gr_text_number(place, 1000000, &i) || i >= a->answer.lookalike_count)
        return GR_OK;
    one = &a->answer.lookalike[i];
    if ((one->id.len > 0 && !state(a, GR_F_RECIPIENT_ID, one->recipient, one->id)) ||
        (one->name.len > 0 && !state(a, GR_F_NAME, one->recipient, one->name)) ||
        (one->employer.len > 0 && !state(a, GR_F_EMPLOYER, one->recipient, one->employer)))
        return gr_fail_memory(err);
    a->is_planned = a->is_answered = false;
    return plan(a, err) == GR_OK ? judge(a, err) : err->status;
}

static gr_status request(asking *a, gr_error *err)
{
    gr_request made;
    gr_error error = { .status = GR_OK };
    gr_status status = gr_request_ask(a->visit->desk->checker, &a->visit->who, &a->planned,
                                      a->visit->as_of, a->visit->arena, &made, &a->answer, &error);

    if (status == GR_OK)
        return gr_screen_go(a->visit, err, "/requests/%.*s?done=asked", GR_ALL(made.number));
    if (!gr_screen_is_refusal(status)) {
        *err = error;
        return status;
    }
    if (!gr_complain(&a->complaint, a->visit, field_at_fault(a, gr_text_of(error.file)), "%s%s%s",
                     error.message, error.hint[0] ? "; " : "", error.hint))
        return gr_fail_memory(err);
    return write_page(a, err);
}

gr_status gr_page_ask_post(gr_visit *visit, gr_error *err)
{
    gr_text wanted = gr_visit_form(visit, "do"), chosen = gr_visit_form(visit, "choose");
    asking a;
    gr_status status = open_asking(&a, visit, false, err);

    if (status != GR_OK)
        return status;
    if (gr_text_is(wanted, "person")) {
        a.recipients += a.recipients < GR_SCREEN_RECIPIENTS;
        status = write_page(&a, err);
        free_asking(&a);
        return status;
    }
    status = plan(&a, err);
    if (status == GR_OK && a.is_planned && gr_text_is(wanted, "ask")) {
        status = request(&a, err);
    } else if (status == GR_OK) {
        status = judge(&a, err);
        if (status == GR_OK)
            status = choose(&a, chosen, err);
        if (status == GR_OK)
            status = write_page(&a, err);
    }
    free_asking(&a);
    return status;
}

/* ---- as one types ---- */

gr_status gr_page_allowance(gr_visit *visit, gr_error *err)
{
    gr_screen screen = { .visit = visit };
    asking a;
    gr_status status = open_asking(&a, visit, true, err);

    if (status != GR_OK)
        return status;
    status = plan(&a, err);
    if (status == GR_OK)
        status = judge(&a, err);
    if (status == GR_OK && !gr_html_open_piece(&screen.html, &visit->out))
        status = gr_fail_memory(err);
    if (status == GR_OK) {
        if (a.is_answered)
            gr_answer_allowance(&screen, &a.answer);
        else
            gr_html_element(
                &screen.html, "p", "note",
                "With recipient, day and cost, what is left of the limit is shown here.");
        if (!gr_html_close(&screen.html))
            status = gr_fail_memory(err);
    }
    free_asking(&a);
    return status;
}
