/* tests/unit/test_pages.c - the pages of the desk: every one of them is whole, keeps to the content security policy, and
 * labels its inputs; hostile texts stay texts; a request from asking to giving, as a browser without script sends it. */
#include "call_box.h"

#define HOSTILE "<script>alert(1)</script>\"'\xe2\x80\xae\x01</title>"

enum { MOST = 16 };

/* "a=1&b=2", not encoded: of texts without '&' and '='. */
static gr_reply ask(call_box *box, const char *who, const char *method, const char *path,
                    const char *sent)
{
    static char room[8192];
    gr_parameter all[MOST];
    size_t count = 0;
    bool is_form = strcmp(method, "POST") == 0;

    snprintf(room, sizeof room, "%s", sent);
    for (char *at = room; *at && count < MOST;) {
        char *end = at + strcspn(at, "&"), *equals = at + strcspn(at, "=");
        bool more = *end != '\0';

        *end = '\0';
        all[count].name = at;
        all[count++].value = *equals ? equals + 1 : "";
        *equals = '\0';
        at = end + more;
    }
    return box_ask(box, who,
                   (gr_call){ .method = method,
                              .path = path,
                              .form = is_form ? all : NULL,
                              .form_count = is_form ? count : 0,
                              .query = is_form ? NULL : all,
                              .query_count = is_form ? 0 : count,
                              .csrf = "of-this-session" });
}

static size_t count_of(gr_reply reply, const char *what)
{
    size_t count = 0, length = strlen(what);

    for (size_t i = 0; i + length <= reply.length; i++)
        count += memcmp(reply.bytes + i, what, length) == 0;
    return count;
}

static void assert_has(gr_reply reply, const char *what)
{
    if (count_of(reply, what) == 0)
        fail_msg("'%s' is not in %u %.*s", what, reply.status, (int)reply.length, reply.bytes);
}

static void assert_lacks(gr_reply reply, const char *what)
{
    if (count_of(reply, what) > 0)
        fail_msg("'%s' is in %.*s", what, (int)reply.length, reply.bytes);
}

/* What holds of every page. */
static void assert_page(gr_reply reply)
{
    static const char *const controls[] = { "<select", "<textarea", "type=\"text\"",
                                            "type=\"date\"", "type=\"password\"" };
    size_t inputs = 0;

    assert_string_equal(reply.type, "text/html; charset=utf-8");
    assert_has(reply, "</html>");
    assert_int_equal(count_of(reply, "<h1"), 1);
    assert_int_equal(count_of(reply, "<main"), 1);
    assert_has(reply, "href=\"#main\"");
    assert_lacks(reply, " style=");
    assert_lacks(reply, "<style");
    assert_lacks(reply, " onclick=");
    assert_lacks(reply, " onsubmit=");
    assert_lacks(reply, "javascript:");
    assert_int_equal(count_of(reply, "<script"), 1);
    assert_int_equal(count_of(reply, "<script src=\"/script.js\""), 1);
    for (size_t i = 0; i < GR_COUNT(controls); i++)
        inputs += count_of(reply, controls[i]);
    assert_int_equal(count_of(reply, "<label for="), inputs);
    assert_int_equal(count_of(reply, "method=\"post\""),
                     count_of(reply, "name=\"csrf\" value=\"of-this-session\""));
}

static gr_reply page(call_box *box, const char *who, const char *path, unsigned status)
{
    char room[256];
    const char *query = strchr(path, '?');
    gr_reply reply;

    snprintf(room, sizeof room, "%.*s", (int)strcspn(path, "?"), path);
    reply = ask(box, who, "GET", room, query ? query + 1 : "");
    if (reply.status != status)
        fail_msg("%s as %s: %u %.*s", path, who ? who : "nobody", reply.status, (int)reply.length,
                 reply.bytes);
    return reply;
}

/* ---- every page ---- */

static void test_pages(void **state)
{
    static const struct {
        const char *who, *path, *has;
        unsigned status;
    } cases[] = {
        { NULL, "/sign-in", "type=\"password\"", 200 },
        { NULL, "/sign-in?wrong=1", "aria-describedby=\"in-name-wrong\"", 200 },
        { NULL, "/sign-in?out=1", "You are signed out", 200 },
        { "dana", "/", "Ask before a gift", 200 },
        { "adm", "/", "giftrule serve user add", 200 },
        { "oli", "/", "Queue", 200 },
        { "dana", "/ask", "For dana (", 200 },
        { "oli", "/ask", "Who gives it", 200 },
        { "dana", "/requests", "There are no requests yet.", 200 },
        { "dana", "/requests/RQ-2026-0001", "there is no request", 404 },
        { "oli", "/queue", "Nothing waits for a decision.", 200 },
        { "oli", "/findings", "50.00 over the limit of 300.00", 200 },
        { "aud", "/findings?list=decided", "There are none.", 200 },
        { "oli", "/findings?executive=AE-017", "aria-current=\"page\"", 200 },
        { "oli", "/findings/F-000000000000", "there is no finding", 404 },
        { "oli", "/people", "Who may be one person", 200 },
        { "oli", "/dashboard", "<svg", 200 },
        { "oli", "/reports", "formaction=\"/reports/register.xlsx\"", 200 },
        { "oli", "/reports/nothing.html", "no such report", 404 },
        { "dana", "/rules", "finra-3220", 200 },
        { "dana", "/rules/finra-3220", "300.00", 200 },
        { "dana", "/rules/policy", "policy", 200 },
        { "dana", "/rules/nothing", "there is no rule", 404 },
        { "dana", "/nothing", "There is nothing here", 404 },
        { "dana", "/queue", "This is not for you to do", 403 },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_reply reply = page(*state, cases[i].who, cases[i].path, cases[i].status);

        assert_page(reply);
        assert_has(reply, cases[i].has);
    }
}

/* The navigation leads where the visitor may go, and nowhere else. */
static void test_navigation(void **state)
{
    static const char *const places[] = { "/ask",    "/requests",  "/queue",   "/findings",
                                          "/people", "/dashboard", "/reports", "/rules" };
    static const char *const visitors[] = { "dana", "sue", "oli", "aud", "adm" };

    for (size_t v = 0; v < GR_COUNT(visitors); v++)
        for (size_t i = 0; i < GR_COUNT(places); i++) {
            bool may = ask(*state, visitors[v], "GET", places[i], "").status == 200;
            char link[64];

            snprintf(link, sizeof link, "<li><a href=\"%s\"", places[i]);
            if ((count_of(page(*state, visitors[v], "/", 200), link) > 0) != may)
                fail_msg("%s and %s", visitors[v], places[i]);
        }
}

static void test_beside(void **state)
{
    gr_reply style = page(*state, NULL, "/style.css", 200);

    assert_string_equal(style.type, "text/css; charset=utf-8");
    assert_true(style.is_static);
    assert_has(style, "prefers-color-scheme:dark");
    assert_string_equal(page(*state, NULL, "/script.js", 200).type,
                        "text/javascript; charset=utf-8");
}

static void test_reports(void **state)
{
    static const struct {
        const char *path, *type, *begins;
    } cases[] = {
        { "/reports/report.json", "application/json", "{" },
        { "/reports/report.html", "text/html; charset=utf-8", "<!DOCTYPE html>" },
        { "/reports/report.csv", "text/csv; charset=utf-8", "" },
        { "/reports/register.txt", "text/plain; charset=utf-8", "" },
        { "/reports/report.xlsx",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK" },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_reply reply = page(*state, "oli", cases[i].path, 200);

        assert_string_equal(reply.type, cases[i].type);
        assert_memory_equal(reply.bytes, cases[i].begins, strlen(cases[i].begins));
        assert_non_null(strstr(reply.disposition, "attachment; filename=\"gift-re"));
    }
}

/* ---- asking ---- */

#define TICKET                                                                                     \
    "name=Ann Lee&employer=Acme Pension Fund&employer-kind=institutional-customer&"                \
    "date=2026-12-10&cost=80.00&kind=ticket"

static void test_check_keeps_nothing(void **state)
{
    gr_reply reply = ask(*state, "dana", "POST", "/ask",
                         "do=check&name=Jane Roe&recipient-id=R-88&employer=Acme Pension Fund&"
                         "date=2026-12-10&cost=85.00&kind=goods&payer=firm&occasion=none");

    assert_int_equal(reply.status, 200);
    assert_page(reply);
    assert_has(reply, "data-answer=\"denied\"");
    assert_has(reply, "<strong>50.00</strong>"); /* left before it */
    assert_has(reply, "Up to a cost of <strong>50.00 USD</strong>");
    assert_has(reply, "value=\"85.00\"");
    assert_has(page(*state, "dana", "/requests", 200), "There are no requests yet.");
}

static void test_what_is_wrong(void **state)
{
    gr_reply reply = ask(*state, "dana", "POST", "/ask",
                         "do=ask&cost=12 dollars&kind=nonsense&employer=" HOSTILE);

    assert_int_equal(reply.status, 422);
    assert_page(reply);
    assert_has(reply, "href=\"#in-date\"");
    assert_has(reply, "aria-describedby=\"in-cost-hint in-cost-wrong\"");
    assert_has(reply, "aria-describedby=\"in-kind-wrong\"");
    assert_has(reply, "id=\"in-name-wrong\"");
    assert_has(reply, "value=\"12 dollars\"");
    reply = ask(*state, "oli", "POST", "/ask", "do=check&name=X&date=2026-12-10&cost=1.00");
    assert_int_equal(reply.status, 422);
    assert_has(reply, "Say who gives it");
    /* an account executive asks for nobody else, whatever the form says */
    reply = ask(*state, "dana", "POST", "/ask", "do=check&giver-id=AE-018&" TICKET);
    assert_int_equal(reply.status, 200);
    assert_lacks(reply, "AE-018");
}

static void test_hostile(void **state)
{
    static char sent[8192];
    static char many[4097];
    gr_reply reply;

    memset(many, 'x', sizeof many - 1);
    snprintf(sent, sizeof sent,
             "do=check&name=" HOSTILE "&employer=%.4000s" HOSTILE "&date=2026-12-10&cost=10.00&"
             "description=" HOSTILE,
             many);
    reply = ask(*state, "dana", "POST", "/ask", sent);
    assert_page(reply);
    assert_lacks(reply, "alert(1)</script>");
    assert_lacks(reply, "\xe2\x80\xae");
    assert_has(reply, "&lt;script&gt;alert(1)");
    reply = page(*state, "oli", "/findings?executive=" HOSTILE "&recipient=\"><b>", 422);
    assert_page(reply);
    assert_lacks(reply, "\"><b>");
    reply = page(*state, "oli", "/queue?done=deny&number=" HOSTILE, 200);
    assert_page(reply);
    assert_lacks(reply, "alert(1)</script>");
    assert_page(page(*state, "oli", "/requests/" HOSTILE, 404));
}

static void test_more_people(void **state)
{
    gr_reply reply = ask(*state, "dana", "POST", "/ask", "do=person&name=Ann");

    assert_int_equal(reply.status, 200);
    assert_has(reply, "name=\"1.name\"");
    reply = ask(*state, "dana", "POST", "/ask",
                "do=check&name=Ann Lee&1.name=Bo Ek&1.employer=Fund&3.name=&date=2026-12-10&"
                "cost=10.00");
    assert_page(reply);
    assert_int_equal(count_of(reply, "class=\"allowance\""), 2);
}

static void test_as_one_types(void **state)
{
    gr_reply reply = page(*state, "dana", "/ask/recipients?q=jan", 200);

    assert_has(reply, "data-id=\"R-88\"");
    assert_lacks(reply, "<html");
    assert_lacks(page(*state, "dana", "/ask/recipients?q=" HOSTILE, 200), "<script");
    reply = page(*state, "dana",
                 "/ask/allowance?name=Jane Roe&recipient-id=R-88&date=2026-12-10&cost=1", 200);
    assert_has(reply, "<strong>50.00</strong>");
    assert_lacks(reply, "<html");
    assert_has(page(*state, "dana", "/ask/allowance?name=Jane Roe", 200), "With recipient, day");
}

/* ---- a request from asking to giving ---- */

static void assert_goes(gr_reply reply, const char *location)
{
    if (reply.status != 303)
        fail_msg("%u %.*s", reply.status, (int)reply.length, reply.bytes);
    assert_string_equal(reply.location, location);
}

#define ONE "/requests/RQ-2026-0001"

static void test_story(void **state)
{
    gr_reply reply;

    assert_goes(ask(*state, "dana", "POST", "/ask", "do=ask&" TICKET), ONE "?done=asked");
    assert_page(page(*state, "dana", ONE "?done=asked", 200));
    assert_has(page(*state, "dana", "/", 200), "Waits for an officer");
    page(*state, "eve", ONE, 404); /* not hers */
    assert_int_equal(ask(*state, "dana", "POST", ONE "/approve", "note=please").status, 403);
    assert_int_equal(ask(*state, "oli", "POST", ONE "/withdraw", "").status, 403);
    assert_int_equal(ask(*state, "oli", "POST", ONE "/dance", "").status, 404);

    reply = page(*state, "oli", "/queue", 200);
    assert_page(reply);
    assert_has(reply, "action=\"" ONE "/approve\"");
    reply = ask(*state, "oli", "POST", ONE "/ask", "note= ");
    assert_int_equal(reply.status, 422);
    assert_page(reply);
    assert_has(reply, "Write the question");
    assert_goes(ask(*state, "oli", "POST", ONE "/ask", "note=What is on it?&from=queue"),
                "/queue?done=ask&number=RQ-2026-0001");

    reply = page(*state, "dana", ONE, 200);
    assert_page(reply);
    assert_has(reply, "What is on it?");
    assert_has(reply, "name=\"face-value\"");
    reply = ask(*state, "dana", "POST", ONE "/answer", "face-value=eighty");
    assert_int_equal(reply.status, 422);
    assert_has(reply, "value=\"eighty\"");
    assert_goes(ask(*state, "dana", "POST", ONE "/answer",
                    "face-value=80.00&host-present=no&payer=firm&occasion=none"),
                ONE "?done=answer");
    reply = page(*state, "dana", ONE, 200);
    assert_has(reply, "data-state=\"approved\"");
    assert_goes(ask(*state, "dana", "POST", ONE "/given", ""), ONE "?done=given");
    assert_has(page(*state, "dana", ONE, 200), "data-state=\"given\"");
    assert_int_equal(ask(*state, "dana", "POST", ONE "/given", "").status, 422);
}

/* ---- findings and people ---- */

static void test_finding(void **state)
{
    gr_reply reply = page(*state, "oli", "/findings", 200);
    const char *at = strstr(reply.bytes, "/findings/F-");
    char path[64], gone[80];

    assert_non_null(at);
    snprintf(path, sizeof path, "%.*s", (int)strcspn(at, "\""), at);
    reply = page(*state, "oli", path, 200);
    assert_page(reply);
    assert_has(reply, "How the total comes about");
    assert_lacks(page(*state, "aud", path, 200), "method=\"post\" action=\"/findings");
    reply = ask(*state, "oli", "POST", path, "do=accept&reason=");
    assert_int_equal(reply.status, 422);
    assert_page(reply);
    assert_has(reply, "in-reason-wrong");
    snprintf(gone, sizeof gone, "%s?done=accept", path);
    assert_goes(ask(*state, "oli", "POST", path, "do=accept&reason=<script>alert(1)</script>\"'"),
                gone);
    reply = page(*state, "oli", gone, 200);
    assert_page(reply);
    assert_lacks(reply, "alert(1)</script>");
    assert_has(reply, "Open it again");
}

static void test_people(void **state)
{
    gr_reply reply = ask(*state, "oli", "POST", "/people", "do=merge&a=P-1&b=P-2&reason=");

    assert_int_equal(reply.status, 422);
    assert_page(reply);
    assert_int_equal(ask(*state, "oli", "POST", "/people", "do=dance").status, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pages, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_navigation, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_beside, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_reports, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_check_keeps_nothing, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_what_is_wrong, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_hostile, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_more_people, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_as_one_types, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_story, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_finding, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_people, box_enter, box_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
