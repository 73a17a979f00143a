/* src/desk/page_home.c - signing in, and the first page: what waits for whom. */
#include "desk/page.h"

gr_status gr_page_sign_in(gr_visit *visit, gr_error *err)
{
    bool is_out = gr_visit_query(visit, "out").len > 0, is_wrong = false;
    gr_list complaint = GR_LIST(gr_complaint);
    gr_field name = { .name = "name",
                      .label = "Name",
                      .type = "username",
                      .is_needed = true,
                      .value = gr_visit_form(visit, "name") };
    gr_field password = {
        .name = "password", .label = "Password", .type = "password", .is_needed = true
    };
    gr_screen screen;
    gr_form form;

    is_wrong = gr_visit_query(visit, "wrong").len > 0;
    if (is_wrong && !gr_complain(&complaint, visit, GR_TEXT("name"),
                                 "This is not an account with this password")) {
        gr_list_free(&complaint);
        return gr_fail_memory(err);
    }
    if (gr_screen_open(&screen, visit, NULL, is_out ? GR_TEXT("Signed out") : GR_TEXT("Sign in"),
                       err) != GR_OK) {
        gr_list_free(&complaint);
        return err->status;
    }
    gr_screen_heading(&screen, 1, NULL, is_out ? "You are signed out" : "Sign in");
    gr_screen_say(&screen, "p", NULL, "%s",
                  is_out ? "To go on, sign in again."
                         : "Whoever gives gifts to clients asks here first.");
    form = gr_form_open(&screen, "sign-in", "narrow", &complaint, "/sign-in");
    if (gr_visit_query(visit, "to").len > 0)
        gr_form_hidden(&form, "to", gr_visit_query(visit, "to"));
    gr_form_complaints(&form);
    gr_form_field(&form, &name);
    gr_form_field(&form, &password);
    gr_form_button(&form, NULL, NULL, "main", "Sign in");
    gr_form_close(&form);
    gr_list_free(&complaint);
    return gr_screen_close(&screen, err);
}

/* ---- the first page ---- */

static void keep_state(const gr_list *from, gr_list *out, gr_request_state state, bool *fits)
{
    for (size_t i = 0; *fits && i < from->count; i++)
        if (GR_AT(*from, gr_request, i)->state == state)
            *fits = gr_list_push(out, GR_AT(*from, gr_request, i));
}

static gr_status some(gr_screen *screen, const char *title, const gr_list *all,
                      gr_request_state state, gr_error *err)
{
    enum { FEW = 10 };
    gr_list chosen = GR_LIST(gr_request);
    gr_status status = GR_OK;
    bool fits = true;

    keep_state(all, &chosen, state, &fits);
    if (!fits)
        status = gr_fail_memory(err);
    if (status == GR_OK && chosen.count > 0) {
        gr_screen_heading(screen, 2, NULL, title);
        status = gr_request_table(screen, "The newest first", &chosen, 0, FEW, err);
        if (chosen.count > FEW)
            gr_screen_say(screen, "p", "more", "and %zu more, under Requests.", chosen.count - FEW);
    }
    gr_list_free(&chosen);
    return status;
}

static void ways_on(gr_screen *screen)
{
    static const struct {
        const char *pattern, *title, *text;
    } ways[] = {
        { "/ask", "Ask before a gift", "May I give this? The rules answer at once." },
        { "/queue", "Queue", "Requests that wait for a decision." },
        { "/findings", "Findings", "What the records show, with the question to ask." },
        { "/people", "People", "Who may be one person under two spellings." },
        { "/dashboard", "Dashboard", "How it stands, month by month." },
        { "/reports", "Reports", "The report and the register, to download." },
        { "/rules", "Rules", "The rulebooks in plain English." },
    };

    gr_html_start(&screen->html, "ul", "cards");
    for (size_t i = 0; i < GR_COUNT(ways); i++) {
        if (!gr_screen_may_go(screen->visit, "GET", ways[i].pattern))
            continue;
        gr_html_start(&screen->html, "li", NULL);
        gr_screen_link(screen, NULL, ways[i].title, "%s", ways[i].pattern);
        gr_html_element(&screen->html, "p", NULL, ways[i].text);
        gr_html_end_line(&screen->html);
    }
    gr_html_end_line(&screen->html);
}

static gr_status waiting(gr_screen *screen, const gr_list *all, gr_error *err)
{
    bool is_officer = gr_screen_may(screen->visit, GR_MAY_OFFICER | GR_MAY_AUDITOR);
    gr_status status = some(screen, is_officer ? "Waits for a decision" : "Waits for an officer",
                            all, GR_REQUEST_OPEN, err);

    if (status == GR_OK)
        status = some(screen, is_officer ? "Waits for who asked" : "Waits for your answer", all,
                      GR_REQUEST_ASKED, err);
    if (status == GR_OK && !is_officer)
        status = some(screen, "Approved, and not yet given", all, GR_REQUEST_APPROVED, err);
    return status;
}

gr_status gr_page_home(gr_visit *visit, gr_error *err)
{
    bool sees_requests = gr_screen_may_go(visit, "GET", "/requests");
    gr_list all = GR_LIST(gr_request);
    gr_screen screen;
    gr_status status = sees_requests ? gr_request_list(visit, false, &all, err) : GR_OK;

    if (status == GR_OK)
        status = gr_screen_open(&screen, visit, "/", GR_TEXT("Home"), err);
    if (status == GR_OK) {
        gr_html_start(&screen.html, "h1", NULL);
        gr_html_print(&screen.html, "Good day, ");
        gr_html_say(&screen.html, GR_TONE_NAME,
                    visit->who.shown.len > 0 ? visit->who.shown : visit->who.name);
        gr_html_end_line(&screen.html);
        status = waiting(&screen, &all, err);
        if (visit->who.role == GR_ROLE_ADMINISTRATOR)
            gr_screen_say(&screen, "p", NULL,
                          "Accounts and tokens are made on the command line: giftrule serve user "
                          "add.");
        gr_screen_heading(&screen, 2, NULL, "Where to go");
        ways_on(&screen);
        if (status == GR_OK)
            status = gr_screen_close(&screen, err);
        else
            gr_html_close(&screen.html);
    }
    gr_list_free(&all);
    return status;
}
