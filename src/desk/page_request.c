/* src/desk/page_request.c - requests: lists of them, one with its history and with what can be done, and what is done. */
#include "desk/page.h"

#include "app/planned.h"

#include <string.h>

const char *gr_request_state_shown(gr_request_state state)
{
    static const char *const words[GR_REQUEST_STATES] = {
        [GR_REQUEST_OPEN] = "waits for an officer", [GR_REQUEST_ASKED] = "waits for an answer",
        [GR_REQUEST_APPROVED] = "approved",         [GR_REQUEST_DENIED] = "denied",
        [GR_REQUEST_WITHDRAWN] = "withdrawn",       [GR_REQUEST_GIVEN] = "given",
    };

    return state < GR_REQUEST_STATES ? words[state] : "";
}

void gr_request_badge(gr_screen *screen, gr_request_state state)
{
    gr_html_start(&screen->html, "span", "badge state");
    gr_html_attribute(&screen->html, "data-state", gr_request_state_text(state));
    gr_html_print(&screen->html, "%s", gr_request_state_shown(state));
    gr_html_end(&screen->html);
}

bool gr_request_is_own(const gr_visit *visit, const gr_request *request)
{
    return gr_visit_is_own(visit, request->account, request->giver_id);
}

/* ---- lists ---- */

gr_status gr_request_list(gr_visit *visit, bool only_waiting, gr_list *out, gr_error *err)
{
    gr_request_wanted wanted = { .account = GR_TEXT(""),
                                 .giver_id = GR_TEXT(""),
                                 .only_waiting = only_waiting };
    size_t kept = 0;
    gr_status status = gr_requests_list(visit->desk->checker, &wanted, visit->arena, out, err);

    for (size_t i = 0; status == GR_OK && i < out->count; i++) {
        const gr_request *one = GR_AT(*out, gr_request, i);

        if (gr_visit_may_see(visit, one->account, one->giver_id))
            *GR_AT(*out, gr_request, kept++) = *one;
    }
    if (status == GR_OK)
        gr_list_cut(out, kept);
    return status;
}

static void cell(gr_screen *screen, gr_text text)
{
    gr_html_cell_start(&screen->html);
    gr_html_say(&screen->html, GR_TONE_NAME, text);
    gr_html_cell_end(&screen->html);
}

static gr_status row(gr_screen *screen, const gr_request *r, gr_error *err)
{
    gr_list stated = GR_LIST(gr_stated);
    gr_html *html = &screen->html;
    gr_status status = gr_planned_parse(r->stated, screen->visit->arena, &stated, err);
    gr_text name;

    if (status != GR_OK)
        return status;
    name = gr_stated_find(&stated, GR_F_NAME, 0);
    gr_html_row_start(html, NULL);
    gr_html_cell_start(html);
    gr_screen_link(screen, "id", gr_screen_text(screen->visit, r->number), "/requests/%.*s",
                   GR_ALL(gr_screen_escape(screen->visit, r->number)));
    gr_html_cell_end(html);
    gr_html_cell_start(html);
    gr_request_badge(screen, r->state);
    gr_html_cell_end(html);
    cell(screen, name.len > 0 ? name : gr_stated_find(&stated, GR_F_RECIPIENT_ID, 0));
    cell(screen, gr_stated_find(&stated, GR_F_DATE, 0));
    cell(screen, gr_stated_find(&stated, GR_F_COST, 0));
    gr_html_cell_start(html);
    gr_phrase_person(gr_html_voice(html), GR_TONE_NAME, r->giver_name, r->giver_id);
    gr_html_cell_end(html);
    cell(screen, gr_text_slice(r->asked, 0, r->asked.len < 10 ? r->asked.len : 10));
    gr_html_row_end(html);
    gr_list_free(&stated);
    return GR_OK;
}

gr_status gr_request_table(gr_screen *screen, const char *caption, const gr_list *request,
                           size_t from, size_t to, gr_error *err)
{
    static const gr_column columns[] = {
        { "Number", 'l', true },           { "State", 'l', false }, { "For whom", 'l', false },
        { "Day of the gift", 'l', false }, { "Cost", 'r', false },  { "By", 'l', false },
        { "Asked", 'l', false },
    };
    gr_status status = GR_OK;

    gr_html_table_start_as(&screen->html, "stack requests", caption, columns, GR_COUNT(columns));
    for (size_t i = from; status == GR_OK && i < to && i < request->count; i++)
        status = row(screen, GR_AT(*request, gr_request, i), err);
    gr_html_table_end(&screen->html);
    return status;
}

gr_status gr_page_requests(gr_visit *visit, gr_error *err)
{
    gr_list all = GR_LIST(gr_request);
    gr_screen screen;
    size_t page = gr_screen_page(visit), from = page * GR_SCREEN_ROWS;
    bool is_own = gr_screen_may(visit, GR_MAY_EXECUTIVE);
    const char *title = is_own ? "My requests" : "Requests";
    gr_status status = gr_request_list(visit, false, &all, err);

    if (status == GR_OK)
        status = gr_screen_open(&screen, visit, "/requests", gr_text_of(title), err);
    if (status == GR_OK) {
        gr_screen_heading(&screen, 1, NULL, title);
        if (all.count == 0)
            gr_screen_say(&screen, "p", NULL, "There are no requests yet.");
        else
            status = gr_request_table(&screen, "The newest first", &all, from,
                                      from + GR_SCREEN_ROWS, err);
        gr_screen_pager(&screen, "/requests", GR_TEXT(""), page, GR_SCREEN_ROWS, all.count);
        if (gr_screen_may_go(visit, "GET", "/ask")) {
            gr_html_start(&screen.html, "p", "buttons");
            gr_screen_link(&screen, "button", "Ask before a gift", "/ask");
            gr_html_end_line(&screen.html);
        }
        if (status == GR_OK)
            status = gr_screen_close(&screen, err);
        else
            gr_html_close(&screen.html);
    }
    gr_list_free(&all);
    return status;
}

/* ---- one ---- */

static gr_status find(gr_visit *visit, gr_request *out, gr_error *err)
{
    gr_status status =
        gr_request_find(visit->desk->checker, visit->part[0], visit->arena, out, err);

    if (status == GR_OK && gr_visit_may_see(visit, out->account, out->giver_id))
        return GR_OK;
    if (status != GR_OK && status != GR_EINPUT)
        return status;
    visit->reply->status = 404; /* the same for what is not there and for what is not shown */
    return gr_fail(err, GR_EINPUT, GR_NOWHERE, "look at its number again",
                   "there is no request '%.*s', or it is not yours", GR_SHOW(visit->part[0]));
}

gr_status gr_request_judge(gr_visit *visit, const gr_request *request, gr_preapproval *out,
                           gr_error *err)
{
    gr_list stated = GR_LIST(gr_stated);
    gr_record planned;
    gr_status status = gr_planned_parse(request->stated, visit->arena, &stated, err);

    if (status == GR_OK)
        status = gr_planned_read(stated.items, stated.count, visit->arena, &planned, err);
    if (status == GR_OK)
        status = gr_checker_ask(visit->desk->checker, &planned, visit->as_of, request->approval,
                                visit->arena, out, err);
    gr_list_free(&stated);
    return status;
}

static gr_status history(gr_screen *screen, const gr_request *request, gr_error *err)
{
    gr_list past = GR_LIST(gr_request);
    gr_html *html = &screen->html;
    gr_status status = gr_request_past(screen->visit->desk->checker, request->number,
                                       screen->visit->arena, &past, err);

    if (status == GR_OK) {
        gr_screen_heading(screen, 2, "history", "History");
        gr_html_start(html, "ol", "history");
        for (size_t i = 0; i < past.count; i++) {
            const gr_request *r = GR_AT(past, gr_request, i);

            gr_html_start(html, "li", NULL);
            gr_request_badge(screen, r->state);
            gr_html_print(html, " ");
            gr_html_say(html, GR_TONE_NAME, r->author);
            gr_html_print(html, ", ");
            gr_html_start(html, "time", NULL);
            gr_html_attribute_text(html, "datetime", r->moment);
            gr_html_text(html, gr_text_slice(r->moment, 0, 10));
            gr_html_print(html, " ");
            gr_html_text(html, gr_text_slice(r->moment, 11, 16)); /* "2026-11-23T09:00:00Z" */
            gr_html_print(html, " UTC");
            gr_html_end(html);
            if (r->note.len > 0) {
                gr_html_start(html, "span", "line");
                gr_html_quote(html, r->note);
                gr_html_end(html);
            }
            gr_html_end_line(html);
        }
        gr_html_end_line(html);
    }
    gr_list_free(&past);
    return status;
}

/* The officer's question, and the facts that are missing, to be filled in. */
static void answer_form(gr_screen *screen, const gr_request *request, const gr_preapproval *answer,
                        const gr_list *complaint)
{
    static const gr_fact others[] = { GR_F_KIND,         GR_F_PAYER,        GR_F_OCCASION,
                                      GR_F_DESCRIPTION,  GR_F_HOST_PRESENT, GR_F_RELATIONSHIP,
                                      GR_F_SALES_TARGET, GR_F_MARKET_VALUE, GR_F_EMPLOYER,
                                      GR_F_EMPLOYER_KIND };
    gr_form form = gr_form_open(screen, "answer-it", "deed", complaint, "/requests/%.*s/answer",
                                GR_ALL(request->number));
    gr_visit *visit = screen->visit;
    gr_fact_set above = 0;
    gr_field note = { .name = "note",
                      .label = "Anything else to say",
                      .type = "area",
                      .value = gr_visit_form(visit, "note") };

    gr_form_complaints(&form);
    for (size_t i = 0; i < answer->missing_count; i++) {
        const gr_missing_fact *m = &answer->missing[i];

        gr_form_fact(&form, m->fact, m->recipient,
                     gr_visit_form(visit, gr_field_name(visit, m->fact, m->recipient).ptr), false,
                     NULL);
        above |= m->recipient == 0 ? GR_FACT_BIT(m->fact) : 0;
    }
    gr_html_start(&screen->html, "details", NULL);
    if (answer->missing_count == 0)
        gr_html_attribute(&screen->html, "open", "open");
    gr_html_element(&screen->html, "summary", NULL, "Other facts");
    for (size_t i = 0; i < GR_COUNT(others); i++)
        if (!(above & GR_FACT_BIT(others[i])))
            gr_form_fact(&form, others[i], 0, gr_visit_form(visit, gr_fact_get(others[i])->name),
                         false, NULL);
    gr_html_end_line(&screen->html);
    gr_form_field(&form, &note);
    gr_form_button(&form, NULL, NULL, "main", "Send the answer");
    gr_form_close(&form);
}

static void simple_form(gr_screen *screen, const gr_request *request, const char *deed,
                        const char *label, const char *style, const gr_list *complaint)
{
    gr_form form = gr_form_open(screen, NULL, "deed", complaint, "/requests/%.*s/%s",
                                GR_ALL(request->number), deed);

    gr_form_button(&form, NULL, NULL, style, label);
    gr_form_close(&form);
}

static void own_deeds(gr_screen *screen, const gr_request *request, const gr_preapproval *answer,
                      const gr_list *complaint)
{
    if (request->state == GR_REQUEST_ASKED) {
        gr_screen_heading(screen, 2, "answer", "Answer the question");
        gr_html_start(&screen->html, "p", "question");
        gr_html_say(&screen->html, GR_TONE_NAME, request->note);
        gr_html_end_line(&screen->html);
        answer_form(screen, request, answer, complaint);
    }
    if (request->state > GR_REQUEST_APPROVED)
        return;
    gr_screen_heading(screen, 2, NULL, "What you can do");
    gr_html_start(&screen->html, "div", "deeds");
    if (request->state == GR_REQUEST_APPROVED)
        simple_form(screen, request, "given", "The gift was given today", "main", complaint);
    simple_form(screen, request, "withdraw",
                request->state == GR_REQUEST_APPROVED ? "It will not be given: withdraw"
                                                      : "Withdraw the request",
                NULL, complaint);
    gr_html_end_line(&screen->html);
}

static void opening(gr_screen *screen, const gr_request *request)
{
    static const struct {
        const char *word, *text;
    } done[] = {
        { "asked", "Your request has been made." },
        { "approve", "The request has been approved." },
        { "deny", "The request has been denied." },
        { "ask", "The question has been sent." },
        { "answer", "The answer has been sent." },
        { "withdraw", "The request has been withdrawn." },
        { "given", "It is noted that the gift was given." },
    };
    gr_text word = gr_visit_query(screen->visit, "done");
    gr_html *html = &screen->html;

    for (size_t i = 0; i < GR_COUNT(done); i++)
        if (gr_text_is(word, done[i].word))
            gr_screen_done(screen, done[i].text);
    gr_html_start(html, "h1", NULL);
    gr_html_print(html, "Request ");
    gr_html_text(html, request->number);
    gr_html_end_line(html);
    gr_html_start(html, "p", "lead");
    gr_request_badge(screen, request->state);
    if (request->approval.len > 0) {
        gr_html_print(html, " Approval ");
        gr_html_say(html, GR_TONE_CODE, request->approval);
    }
    gr_html_end_line(html);
}

static gr_status write(gr_visit *visit, const gr_request *request, const gr_list *complaint,
                       gr_error *err)
{
    bool is_waiting = request->state == GR_REQUEST_OPEN || request->state == GR_REQUEST_ASKED;
    gr_preapproval answer = { 0 };
    gr_screen screen;
    gr_text title = gr_arena_print(visit->arena, "Request %.*s", GR_ALL(request->number));
    bool is_judged = request->state <= GR_REQUEST_DENIED; /* else it is past, whatever they say */
    gr_status status = is_judged ? gr_request_judge(visit, request, &answer, err) : GR_OK;

    if (status == GR_OK)
        status = gr_screen_open(&screen, visit, "/requests", title, err);
    if (status != GR_OK)
        return status;
    opening(&screen, request);
    status = gr_gift_facts(&screen, request, err);
    if (status == GR_OK && is_judged) {
        gr_screen_heading(&screen, 2, NULL, "What the rules say today");
        gr_answer_write(&screen, &answer, NULL);
    }
    if (status == GR_OK && gr_request_is_own(visit, request) &&
        gr_screen_may_go(visit, "POST", "/requests/:number/:deed"))
        own_deeds(&screen, request, &answer, complaint);
    else if (status == GR_OK && is_waiting && gr_screen_may(visit, GR_MAY_OFFICER))
        gr_request_decide_forms(&screen, request, &answer, complaint);
    if (status == GR_OK)
        status = history(&screen, request, err);
    if (status == GR_OK)
        return gr_screen_close(&screen, err);
    gr_html_close(&screen.html);
    return status;
}

gr_status gr_page_request(gr_visit *visit, gr_error *err)
{
    gr_request request;
    gr_status status = find(visit, &request, err);

    return status == GR_OK ? write(visit, &request, NULL, err) : status;
}

/* ---- what is done ---- */

static const struct {
    const char *word;
    gr_request_deed deed;
    bool by_officer;  /* else by who asked */
    const char *note; /* what is to be said with it; NULL: nothing need be */
} deeds[] = {
    { "approve", GR_REQUEST_APPROVE, true, "Say why it is approved" },
    { "deny", GR_REQUEST_DENY, true, "Say why it is denied" },
    { "ask", GR_REQUEST_ASK, true, "Write the question" },
    { "withdraw", GR_REQUEST_WITHDRAW, false, NULL },
    { "given", GR_REQUEST_GIVE, false, NULL },
    { "answer", GR_REQUEST_ANSWER, false, NULL },
};

static gr_status forbid(gr_visit *visit, bool is_own, gr_error *err)
{
    visit->reply->status = 403;
    return gr_fail(err, GR_EUSAGE, GR_NOWHERE,
                   is_own ? "ask another officer to decide" : "ask who made the request",
                   is_own ? "nobody decides on an own request"
                          : "only who asked, or an officer, can do this with the request");
}

static gr_status answered(gr_visit *visit, const gr_request *request, size_t deed, gr_error *err)
{
    bool to_queue = deeds[deed].by_officer && gr_text_is(gr_visit_form(visit, "from"), "queue");

    if (to_queue)
        return gr_screen_go(visit, err, "/queue?done=%s&number=%.*s", deeds[deed].word,
                            GR_ALL(gr_screen_escape(visit, request->number)));
    return gr_screen_go(visit, err, "/requests/%.*s?done=%s",
                        GR_ALL(gr_screen_escape(visit, request->number)), deeds[deed].word);
}

static gr_status try_it(gr_visit *visit, const gr_request *request, size_t deed, gr_list *complaint,
                        bool *is_done, gr_error *err)
{
    gr_list stated = GR_LIST(gr_stated);
    gr_request_change change = { .deed = deeds[deed].deed,
                                 .who = &visit->who,
                                 .note = gr_text_trim(gr_visit_form(visit, "note")),
                                 .as_of = visit->as_of };
    gr_error error = { .status = GR_OK };
    gr_request next;
    uint32_t recipients;
    gr_status status = GR_OK;

    *is_done = false;
    if (deeds[deed].note && change.note.len == 0)
        return gr_complain(complaint, visit, GR_TEXT("note"), "%s", deeds[deed].note)
                   ? GR_OK
                   : gr_fail_memory(err);
    if (deeds[deed].deed == GR_REQUEST_ANSWER &&
        !gr_gift_stated(visit, false, &stated, &recipients))
        status = gr_fail_memory(&error);
    change.fact = stated.items;
    change.fact_count = stated.count;
    if (status == GR_OK)
        status = gr_request_change_state(visit->desk->checker, request->number, &change,
                                         visit->arena, &next, &error);
    gr_list_free(&stated);
    *is_done = status == GR_OK;
    if (status == GR_OK)
        return GR_OK;
    if (!gr_screen_is_refusal(status)) {
        *err = error;
        return status;
    }
    return gr_complain(complaint, visit,
                       gr_fact_find(gr_text_of(error.file)) != GR_FACT_NONE ? gr_text_of(error.file)
                                                                            : GR_TEXT(""),
                       "%s%s%s", error.message, error.hint[0] ? "; " : "", error.hint)
               ? GR_OK
               : gr_fail_memory(err);
}

gr_status gr_page_request_post(gr_visit *visit, gr_error *err)
{
    gr_list complaint = GR_LIST(gr_complaint);
    gr_request request;
    size_t deed = 0;
    bool is_done = false, is_own;
    gr_status status = find(visit, &request, err);

    if (status != GR_OK)
        return status;
    while (deed < GR_COUNT(deeds) && !gr_text_is(visit->part[1], deeds[deed].word))
        deed++;
    if (deed == GR_COUNT(deeds)) {
        visit->reply->status = 404;
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "go back to the request",
                       "this cannot be done with a request");
    }
    is_own = gr_request_is_own(visit, &request);
    if (deeds[deed].by_officer ? !gr_screen_may(visit, GR_MAY_OFFICER) || is_own : !is_own)
        return forbid(visit, deeds[deed].by_officer && is_own, err);
    status = try_it(visit, &request, deed, &complaint, &is_done, err);
    if (status == GR_OK && is_done) {
        status = answered(visit, &request, deed, err);
    } else if (status == GR_OK) {
        visit->reply->status = 422;
        status = write(visit, &request, &complaint, err);
    }
    gr_list_free(&complaint);
    return status;
}
