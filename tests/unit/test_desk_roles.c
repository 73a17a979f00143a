/* tests/unit/test_desk_roles.c - every route as every role, as nobody, and with a token of each scope, held to a table that
 * was written by hand; and every route is in that table. */
#include "call_box.h"

/* e: executive, s: supervisor, o: officer, a: auditor, m: administrator; tokens: C check, R reserve, F findings, D decide,
 * P reports. Who is not in it is refused. *: everybody. */
static const struct {
    const char *method, *path, *may;
} matrix[] = {
    { "POST", "/api/v1/check", "esoC" },
    { "POST", "/api/v1/reserve", "esoR" },
    { "GET", "/api/v1/approvals/:number", "esoaRFD" },
    { "POST", "/api/v1/approvals/:number/cancel", "esoR" },
    { "POST", "/api/v1/approvals/:number/given", "esoR" },
    { "GET", "/api/v1/requests", "esoaRD" },
    { "POST", "/api/v1/requests", "esoR" },
    { "GET", "/api/v1/requests/:number", "esoaRD" },
    { "POST", "/api/v1/requests/:number/:deed", "esoRD" },
    { "GET", "/api/v1/findings", "oaF" },
    { "POST", "/api/v1/findings/:id/decisions", "oD" },
    { "GET", "/api/v1/people", "esoaFC" },
    { "GET", "/api/v1/people/:id", "oaF" },
    { "POST", "/api/v1/people/decisions", "oD" },
    { "GET", "/api/v1/reports/:part", "oaP" },
    { "GET", "/api/v1/openapi.json", "*" },
    { "GET", "/sign-in", "*" },
    { "GET", "/style.css", "*" },
    { "GET", "/script.js", "*" },
    { "GET", "/", "esoam" },
    { "GET", "/ask", "eso" },
    { "POST", "/ask", "eso" },
    { "GET", "/ask/allowance", "eso" },
    { "GET", "/ask/recipients", "eso" },
    { "GET", "/requests", "esoa" },
    { "GET", "/requests/:number", "esoa" },
    { "POST", "/requests/:number/:deed", "eso" },
    { "GET", "/queue", "oa" },
    { "GET", "/findings", "oa" },
    { "GET", "/findings/:id", "oa" },
    { "POST", "/findings/:id", "o" },
    { "GET", "/people", "oa" },
    { "POST", "/people", "o" },
    { "GET", "/dashboard", "oa" },
    { "GET", "/reports", "oa" },
    { "GET", "/reports/:part.:format", "oa" },
    { "GET", "/rules", "esoam" },
    { "GET", "/rules/:id", "esoam" },
};

static const struct {
    char letter;
    const char *name;
} visitors[] = {
    { 'e', "dana" },   { 's', "sue" },     { 'o', "oli" },     { 'a', "aud" },
    { 'm', "adm" },    { 'C', "check" },   { 'R', "reserve" }, { 'F', "findings" },
    { 'D', "decide" }, { 'P', "reports" }, { '-', NULL },      { '-', "nobody" },
};

static bool is_in_matrix(const gr_route *route)
{
    for (size_t i = 0; i < GR_COUNT(matrix); i++)
        if (strcmp(matrix[i].method, route->method) == 0 &&
            strcmp(matrix[i].path, route->pattern) == 0)
            return true;
    return false;
}

static void test_all_are_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < gr_route_count; i++)
        if (!is_in_matrix(&gr_routes[i]))
            fail_msg("%s %s is not in the matrix", gr_routes[i].method, gr_routes[i].pattern);
    assert_int_equal(gr_route_count, GR_COUNT(matrix));
}

/* "/requests/:number" as "/requests/x": nothing of that name is there, and nothing is changed. */
static const char *path_of(const char *pattern, char *room)
{
    size_t n = 0;

    while (*pattern) {
        if (*pattern != ':') {
            room[n++] = *pattern++;
            continue;
        }
        pattern += strcspn(pattern, "/.");
        room[n++] = 'x';
    }
    room[n] = '\0';
    return room;
}

static void test_matrix(void **state)
{
    call_box *box = *state;
    char path[64];

    for (size_t i = 0; i < GR_COUNT(matrix); i++)
        for (size_t v = 0; v < GR_COUNT(visitors); v++) {
            bool may = matrix[i].may[0] == '*' || strchr(matrix[i].may, visitors[v].letter) != NULL;
            bool is_json = strncmp(matrix[i].path, "/api/", 5) == 0, is_let_in;
            gr_reply reply = box_ask(box, visitors[v].name,
                                     (gr_call){ .method = matrix[i].method,
                                                .path = path_of(matrix[i].path, path),
                                                .body = "{}",
                                                .length = 2,
                                                .type = "application/json" });

            is_let_in =
                reply.status != 403 && reply.status != 401 &&
                !(reply.status == 303 && reply.location && strcmp(reply.location, "/sign-in") == 0);
            assert_string_equal(reply.route, matrix[i].path);
            if (may != is_let_in)
                fail_msg("%s %s as %s: %u", matrix[i].method, matrix[i].path,
                         visitors[v].name ? visitors[v].name : "nobody", reply.status);
            if (!may && visitors[v].letter == '-')
                assert_int_equal(reply.status, is_json ? 401 : 303);
            else if (!may)
                assert_int_equal(reply.status, 403);
        }
}

/* Whose gifts, and whose requests. */
static void test_whose(void **state)
{
    static const struct {
        const char *who, *body;
        unsigned status;
    } cases[] = {
        { "dana", GIFT("AE-017", "10.00"), 200 }, { "dana", GIFT("AE-018", "10.00"), 403 },
        { "sue", GIFT("AE-001", "10.00"), 200 },  { "sue", GIFT("AE-018", "10.00"), 403 },
        { "oli", GIFT("AE-018", "10.00"), 200 },  { "check", GIFT("AE-018", "10.00"), 200 },
    };
    call_box *box = *state;
    char number[32], path[96];

    for (size_t i = 0; i < GR_COUNT(cases); i++)
        assert_int_equal(box_post(box, cases[i].who, "/api/v1/check", cases[i].body, NULL).status,
                         cases[i].status);
    box_member(box_post(box, "dana", "/api/v1/requests", GIFT("AE-017", "10.00"), NULL),
               "request.number", number, sizeof number);
    assert_true(strncmp(number, "RQ-", 3) == 0);
    snprintf(path, sizeof path, "/api/v1/requests/%s", number);
    assert_int_equal(box_get(box, "dana", path).status, 200);
    assert_int_equal(box_get(box, "oli", path).status, 200);
    assert_int_equal(box_get(box, "aud", path).status, 200);
    assert_int_equal(box_get(box, "decide", path).status, 200);
    assert_int_equal(box_get(box, "eve", path).status, 404);
    assert_int_equal(box_get(box, "sue", path).status, 404); /* there is no roster */
    assert_int_equal(box_get(box, "reserve", path).status, 404);
    snprintf(path, sizeof path, "/api/v1/requests/%s/approve", number);
    assert_int_equal(box_post(box, "dana", path, "{\"note\":\"mine\"}", NULL).status, 403);
    assert_int_equal(box_post(box, "eve", path, "{\"note\":\"hers\"}", NULL).status, 404);
}

static bool swallow(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length; /* what is told of the roster is tested elsewhere */
    return true;
}

/* A roster comes in, and the supervisor sees what her people asked for, and only that. */
static void test_supervisor(void **state)
{
    static const char roster[] =
        "<roster xmlns=\"urn:giftrule:roster:1\">\n"
        "<executive id=\"AE-001\"><name>Sue Long</name></executive>\n"
        "<executive id=\"AE-017\" supervisor=\"AE-001\"><name>Dana "
        "Fox</name></executive>\n"
        "<executive id=\"AE-018\"><name>Eve Hill</name></executive>\n</roster>\n";
    call_box *box = *state;
    char number[2][32], path[96];
    const char *input = path;
    gr_roster_options o = {
        .inputs = &input, .input_count = 1, .ledger = box->ledger, .author = "tests"
    };
    gr_report_style style = { .format = GR_FORMAT_TEXT };
    gr_roster_counts counts;
    gr_error err;

    box_member(box_post(box, "dana", "/api/v1/requests", GIFT("AE-017", "10.00"), NULL),
               "request.number", number[0], sizeof number[0]);
    box_member(box_post(box, "eve", "/api/v1/requests", GIFT("AE-018", "10.00"), NULL),
               "request.number", number[1], sizeof number[1]);
    box_write(box, "log.xml", roster);
    snprintf(path, sizeof path, "%s/log.xml", box->dir);
    must(gr_roster_tell(box->rules, &o, &style, swallow, NULL, &counts, &err), &err);
    assert_true(counts.kept);
    snprintf(path, sizeof path, "/api/v1/requests/%s", number[0]);
    assert_int_equal(box_get(box, "sue", path).status, 200);
    snprintf(path, sizeof path, "/api/v1/requests/%s/withdraw", number[0]);
    assert_int_equal(box_post(box, "sue", path, "", NULL).status, 403); /* she reads */
    snprintf(path, sizeof path, "/api/v1/requests/%s", number[1]);
    assert_int_equal(box_get(box, "sue", path).status, 404);
    assert_int_equal(box_post(box, "sue", "/api/v1/check", GIFT("AE-017", "1.00"), NULL).status,
                     200);
    assert_int_equal(box_post(box, "sue", "/api/v1/check", GIFT("AE-018", "1.00"), NULL).status,
                     403);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_are_there),
        cmocka_unit_test_setup_teardown(test_matrix, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_whose, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_supervisor, box_enter, box_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
