/* src/desk/route.c - everything that can be asked for: where, by whom, and who answers. tests/unit/test_desk_roles.c holds
 * the same table to one that was written by hand. */
#include "desk/desk.h"

#include <stdio.h>
#include <string.h>

/* Who asks before a gift; who reads all; whoever has a page at all. */
#define ASKERS  (GR_MAY_EXECUTIVE | GR_MAY_SUPERVISOR | GR_MAY_OFFICER)
#define READERS (GR_MAY_OFFICER | GR_MAY_AUDITOR)
#define ALL     (ASKERS | GR_MAY_AUDITOR | GR_MAY_ADMINISTRATOR)
#define DECIDER GR_MAY_OFFICER
#define SEES    (ASKERS | GR_MAY_AUDITOR) /* requests: own ones, own people's, or all */
#define API     "/api/v1"

/* Of tokens. */
#define OF_ASKED (GR_SCOPE_RESERVE | GR_SCOPE_DECIDE)

#define PAGE(method, pattern, may, handler)                                                        \
    {                                                                                              \
        method, pattern, may, 0, false, false, false, handler                                      \
    }
#define SLOW_PAGE(method, pattern, may, handler)                                                   \
    {                                                                                              \
        method, pattern, may, 0, false, true, false, handler                                       \
    }
#define POST_PAGE(pattern, may, handler)                                                           \
    {                                                                                              \
        "POST", pattern, may, 0, false, false, true, handler                                       \
    }
#define SLOW_POST_PAGE(pattern, may, handler)                                                      \
    {                                                                                              \
        "POST", pattern, may, 0, false, true, true, handler                                        \
    }
#define JSON(pattern, may, scopes, is_slow, handler)                                               \
    {                                                                                              \
        "GET", API pattern, may, scopes, true, is_slow, false, handler                             \
    }
#define JSON_POST(pattern, may, scopes, is_slow, writes, handler)                                  \
    {                                                                                              \
        "POST", API pattern, may, scopes, true, is_slow, writes, handler                           \
    }

const gr_route gr_routes[] = {
    /* the one that must be quick is the first */
    JSON_POST("/check", ASKERS, GR_SCOPE_CHECK, false, false, gr_json_check),
    JSON_POST("/reserve", ASKERS, GR_SCOPE_RESERVE, false, true, gr_json_reserve),
    JSON("/approvals/:number", SEES, OF_ASKED | GR_SCOPE_FINDINGS, false, gr_json_approval),
    JSON_POST("/approvals/:number/cancel", ASKERS, GR_SCOPE_RESERVE, false, true, gr_json_cancel),
    JSON_POST("/approvals/:number/given", ASKERS, GR_SCOPE_RESERVE, false, true, gr_json_given),
    JSON("/requests", SEES, OF_ASKED, false, gr_json_requests),
    JSON_POST("/requests", ASKERS, GR_SCOPE_RESERVE, false, true, gr_json_request_ask),
    JSON("/requests/:number", SEES, OF_ASKED, false, gr_json_request),
    JSON_POST("/requests/:number/:deed", ASKERS, OF_ASKED, false, true, gr_json_request_deed),
    JSON("/findings", READERS, GR_SCOPE_FINDINGS, true, gr_json_findings),
    JSON_POST("/findings/:id/decisions", DECIDER, GR_SCOPE_DECIDE, true, true, gr_json_decide),
    JSON("/people", SEES, GR_SCOPE_FINDINGS | GR_SCOPE_CHECK, false, gr_json_people),
    JSON_POST("/people/decisions", DECIDER, GR_SCOPE_DECIDE, true, true, gr_json_identify),
    JSON("/people/:id", READERS, GR_SCOPE_FINDINGS, true, gr_json_person),
    JSON("/reports/:part", READERS, GR_SCOPE_REPORTS, true, gr_json_report),
    JSON("/openapi.json", GR_MAY_ANYBODY, 0, false, gr_json_openapi),

    PAGE("GET", "/sign-in", GR_MAY_ANYBODY, gr_page_sign_in),
    PAGE("GET", "/style.css", GR_MAY_ANYBODY, gr_page_style),
    PAGE("GET", "/script.js", GR_MAY_ANYBODY, gr_page_script),
    PAGE("GET", "/", ALL, gr_page_home),
    PAGE("GET", "/ask", ASKERS, gr_page_ask),
    POST_PAGE("/ask", ASKERS, gr_page_ask_post),
    PAGE("GET", "/ask/allowance", ASKERS, gr_page_allowance),
    PAGE("GET", "/ask/recipients", ASKERS, gr_page_recipients),
    PAGE("GET", "/requests", SEES, gr_page_requests),
    PAGE("GET", "/requests/:number", SEES, gr_page_request),
    POST_PAGE("/requests/:number/:deed", ASKERS, gr_page_request_post),
    PAGE("GET", "/queue", READERS, gr_page_queue),
    SLOW_PAGE("GET", "/findings", READERS, gr_page_findings),
    SLOW_PAGE("GET", "/findings/:id", READERS, gr_page_finding),
    SLOW_POST_PAGE("/findings/:id", DECIDER, gr_page_finding_post),
    SLOW_PAGE("GET", "/people", READERS, gr_page_people),
    SLOW_POST_PAGE("/people", DECIDER, gr_page_people_post),
    SLOW_PAGE("GET", "/dashboard", READERS, gr_page_dashboard),
    PAGE("GET", "/reports", READERS, gr_page_reports),
    SLOW_PAGE("GET", "/reports/:part.:format", READERS, gr_page_report),
    PAGE("GET", "/rules", ALL, gr_page_rules),
    PAGE("GET", "/rules/:id", ALL, gr_page_rule),
};

const size_t gr_route_count = GR_COUNT(gr_routes);

/* ---- finding ---- */

enum { GR_ROUTE_PARTS = 3, GR_ALLOW_ROOM = 64 };

/* What stands at a ":word", which ends where the pattern goes on: at the next '/', at the last '.' before it, at the end. */
static gr_text take_part(gr_text path, char end)
{
    size_t length = 0;

    while (length < path.len && path.ptr[length] != '/')
        length++;
    if (end != '.')
        return gr_text_slice(path, 0, length);
    while (length > 0 && path.ptr[length - 1] != '.')
        length--;
    return gr_text_slice(path, 0, length > 0 ? length - 1 : 0);
}

static bool matches(const char *pattern, gr_text path, gr_text *part)
{
    size_t parts = 0, at = 0;

    while (*pattern) {
        if (*pattern != ':') {
            if (at == path.len || path.ptr[at] != *pattern)
                return false;
            pattern++, at++;
            continue;
        }
        while (*pattern && *pattern != '/' && *pattern != '.')
            pattern++;
        part[parts] = take_part(gr_text_slice(path, at, path.len), *pattern);
        if (part[parts].len == 0)
            return false;
        at += part[parts++].len;
    }
    return at == path.len;
}

/* What is read can be asked for without its body too: the server leaves that away. */
static bool is_method(const gr_route *route, gr_text method)
{
    return gr_text_is(method, route->method) ||
           (gr_text_is(method, "HEAD") && strcmp(route->method, "GET") == 0);
}

static void add_method(char *allow, const gr_route *route)
{
    size_t used = strlen(allow);

    snprintf(allow + used, GR_ALLOW_ROOM - used, "%s%s%s", used > 0 ? ", " : "", route->method,
             strcmp(route->method, "GET") == 0 ? ", HEAD" : "");
}

const gr_route *gr_route_find(gr_text method, gr_text path, gr_text *part, char *allow)
{
    gr_text found[GR_ROUTE_PARTS] = { { "", 0 }, { "", 0 }, { "", 0 } };

    allow[0] = '\0';
    for (size_t i = 0; i < gr_route_count; i++) {
        if (!matches(gr_routes[i].pattern, path, found))
            continue;
        if (is_method(&gr_routes[i], method)) {
            memcpy(part, found, sizeof found);
            return &gr_routes[i];
        }
        /* "/people/decisions" is no "/people/:id" that could be read */
        if (!strstr(allow, gr_routes[i].method))
            add_method(allow, &gr_routes[i]);
    }
    return NULL;
}
