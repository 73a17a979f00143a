/* tests/unit/test_desk_json.c - the JSON interface: a story from asking to giving, errors, keys of writes, hostile bodies. */
#include "call_box.h"

static const char *const post_check = "/api/v1/check";

static void assert_member(gr_reply reply, const char *path, const char *wanted)
{
    char room[240];

    assert_string_equal(box_member(reply, path, room, sizeof room), wanted);
}

/* ---- bodies ---- */

static void test_bodies(void **state)
{
    static const struct {
        const char *body;
        unsigned status;
        const char *file, *hint; /* of the error; hint: its beginning */
    } cases[] = {
        { "", 400, "body", "send one object" },
        { "[]", 400, "body", "put it into braces" },
        { "3", 400, "body", "put it into braces" },
        { "{\"cost\":\"1\",\"cost\":\"2\"}", 400, "body", "send one object" },
        { "{\"cost\":\"\xff\"}", 400, "body", "send one object" },
        { "{\"cost\":\"\\u0000\"}", 400, "body", "send one object" },
        { "{} {}", 400, "body", "send one object" },
        { "{\"cost\":85}", 400, "cost", "write it as a text" },
        { "{\"cost\":85.00}", 400, "cost", "write it as a text" },
        { "{\"cost\":null}", 400, "cost", "leave it out" },
        { "{\"cost\":[\"1\"]}", 400, "cost", "write one text" },
        { "{\"logo\":true}", 400, "logo", "write \"yes\" or \"no\"" },
        { "{\"csot\":\"85.00\"}", 400, "csot", "perhaps cost" },
        { "{\"host_presnt\":\"yes\"}", 400, "host_presnt", "perhaps host-present" },
        { "{\"employer\":\"Acme\"}", 400, "employer", "put it into one of the recipients" },
        { "{\"giver\":\"AE-017\"}", 400, "giver", "put it into braces" },
        { "{\"giver\":{\"ide\":\"AE-017\"}}", 400, "giver.ide", "one of id" },
        { "{\"recipients\":{}}", 400, "recipients", "list who gets it" },
        { "{\"recipients\":[]}", 400, "recipients", "list who gets it" },
        { "{\"recipients\":[3]}", 400, "recipients[0].", "put it into braces" },
        { "{\"recipients\":[{\"cost\":\"1\"}]}", 400, "recipients[0].cost",
          "put it beside the recipients" },
        { "{\"recipients\":[{},{\"nmae\":\"x\"}]}", 400, "recipients[1].nmae", "perhaps name" },
        { "{\"recipients\":[{\"name\":\"x\",\"employer-kind\":\"banks\"}]}", 400, "employer-kind",
          "one of institutional-customer" },
        { "{\"giver\":{\"id\":\"A\"},\"giver_id\":\"B\"}", 400, "giver-id", "state it once" },
        { "{\"giver\":{\"id\":\"A\"},\"recipients\":[{\"name\":\"x\"}],\"cost\":\"-1\","
          "\"date\":\"2026-12-10\"}",
          400, "cost", "" },
        { "{\"giver\":{\"id\":\"A\"},\"recipients\":[{\"name\":\"x\"}],\"cost\":\"1\","
          "\"date\":\"2026-02-30\"}",
          400, "date", "" },
        { "{\"giver\":{\"id\":\"A\"},\"cost\":\"1\",\"date\":\"2026-12-10\"}", 400, "name", "" },
        { GIFT("AE-017", "10.00"), 200, NULL, NULL },
    };
    call_box *box = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_reply reply = box_post(box, "oli", post_check, cases[i].body, NULL);
        char hint[240];

        if (reply.status != cases[i].status)
            fail_msg("%s: %u %.*s", cases[i].body, reply.status, (int)reply.length, reply.bytes);
        if (!cases[i].file)
            continue;
        assert_member(reply, "error.status", "usage");
        assert_member(reply, "error.file", cases[i].file);
        box_member(reply, "error.hint", hint, sizeof hint);
        if (strncmp(hint, cases[i].hint, strlen(cases[i].hint)) != 0)
            fail_msg("%s: %s", cases[i].body, hint);
    }
}

/* Deep, long and many. */
static void test_bounds(void **state)
{
    call_box *box = *state;
    size_t size = 2 * 1024 * 1024;
    char *body = calloc(1, size + 1);
    size_t n;

    assert_non_null(body);
    memset(body, '[', 100000);
    assert_int_equal(box_post(box, "oli", post_check, body, NULL).status, 400);
    memset(body, ' ', size);
    assert_int_equal(box_post(box, "oli", post_check, body, NULL).status, 413);
    n = (size_t)snprintf(body, size, "{\"description\":\"");
    memset(body + n, 'x', 5000);
    snprintf(body + n + 5000, size - n - 5000, "\"}");
    assert_int_equal(box_post(box, "oli", post_check, body, NULL).status, 413);
    n = (size_t)snprintf(body, size, "{\"recipients\":[{}");
    for (int i = 0; i < 100; i++)
        n += (size_t)snprintf(body + n, size - n, ",{}");
    snprintf(body + n, size - n, "]}");
    assert_int_equal(box_post(box, "oli", post_check, body, NULL).status, 413);
    free(body);
}

/* ---- what is no body ---- */

static void test_refusals(void **state)
{
    call_box *box = *state;
    const gr_parameter stray = { "colour", "blue" };
    gr_call typed = { .method = "POST", .path = post_check, .body = "{}", .length = 2 };
    gr_reply reply;

    assert_int_equal(box_get(box, "oli", "/api/v1/nothing").status, 404);
    assert_int_equal(box_get(box, "oli", "/api/v1/check/").status, 404);
    reply = box_get(box, "oli", post_check);
    assert_int_equal(reply.status, 405);
    assert_string_equal(reply.allow, "POST");
    assert_int_equal(box_ask(box, "oli", typed).status, 415);
    typed.type = "application/jsonx";
    assert_int_equal(box_ask(box, "oli", typed).status, 415);
    typed.type = "application/json; charset=utf-8";
    assert_int_equal(box_ask(box, "oli", typed).status, 400);
    reply = box_ask(
        box, "oli",
        (gr_call){
            .method = "GET", .path = "/api/v1/findings", .query = &stray, .query_count = 1 });
    assert_int_equal(reply.status, 400);
    assert_member(reply, "error.file", "colour");
    assert_int_equal(box_get(box, "oli", "/api/v1/approvals/PA-2026-9999").status, 404);
    assert_int_equal(box_get(box, "oli", "/api/v1/requests/RQ-2026-9999").status, 404);
    assert_int_equal(box_get(box, "oli", "/api/v1/people/nobody-at-all").status, 404);
    assert_int_equal(box_get(box, "oli", "/api/v1/reports/half").status, 404);
    assert_int_equal(box_post(box, "oli", "/api/v1/requests/RQ-1/burn", "{}", NULL).status, 404);
    reply = box_get(box, NULL, "/api/v1/openapi.json");
    assert_true(reply.is_static && reply.status == 200);
}

/* ---- keys ---- */

static void test_once(void **state)
{
    static const char reserve[] = "/api/v1/reserve";
    call_box *box = *state;
    char first[32], second[32];
    gr_reply reply = box_post(box, "reserve", reserve, GIFT("AE-017", "20.00"), "key-1");

    assert_int_equal(reply.status, 200);
    assert_member(reply, "decision", "approved");
    box_member(reply, "approval", first, sizeof first);
    assert_true(strncmp(first, "PA-", 3) == 0);
    reply = box_post(box, "reserve", reserve, GIFT("AE-017", "20.00"), "key-1");
    assert_member(reply, "approval", first);
    reply = box_post(box, "reserve", reserve, GIFT("AE-017", "20.00"), "key-2");
    box_member(reply, "approval", second, sizeof second);
    assert_string_not_equal(first, second);
    /* 10.00 of 300.00 are left: without the keys four would have been booked */
    assert_member(box_post(box, "reserve", reserve, GIFT("AE-017", "10.01"), NULL), "decision",
                  "denied");
    reply = box_post(box, "reserve", reserve, GIFT("AE-017", "9.00"), "key-1");
    assert_int_equal(reply.status, 409);
    assert_member(reply, "error.file", "Idempotency-Key");
    /* the key of somebody else is another key */
    assert_int_equal(box_post(box, "oli", reserve, GIFT("AE-017", "1.00"), "key-1").status, 200);
    assert_int_equal(box_post(box, "oli", reserve, GIFT("AE-017", "1.00"), "a key").status, 400);
    assert_int_equal(box_post(box, "oli", reserve, GIFT("AE-017", "1.00"), "").status, 400);
    /* what was refused may be sent again, repaired */
    assert_int_equal(box_post(box, "oli", reserve, "{}", "key-3").status, 400);
    assert_int_equal(box_post(box, "oli", reserve, GIFT("AE-017", "1.00"), "key-3").status, 200);
}

/* ---- a story ---- */

static void test_approval(void **state)
{
    call_box *box = *state;
    char number[32], path[96];
    gr_reply reply =
        box_post(box, "reserve", "/api/v1/reserve", GIFT("AE-017", "40.00"), "story-1");

    box_member(reply, "approval", number, sizeof number);
    snprintf(path, sizeof path, "/api/v1/approvals/%s", number);
    reply = box_get(box, "dana", path);
    assert_member(reply, "state", "open");
    assert_member(reply, "gift.cost", "40.00");
    assert_int_equal(box_get(box, "eve", path).status, 404);
    snprintf(path, sizeof path, "/api/v1/approvals/%s/cancel", number);
    assert_int_equal(box_post(box, "eve", path, "", NULL).status, 404);
    reply = box_post(box, "dana", path, "{\"reason\":\"not needed\"}", "story-2");
    assert_int_equal(reply.status, 200);
    assert_member(reply, "state", "cancelled");
    assert_int_equal(box_post(box, "dana", path, "{}", NULL).status, 409);
    assert_int_equal(box_post(box, "dana", path, "{\"reason\":\"not needed\"}", "story-2").status,
                     200);
    reply = box_post(box, "reserve", "/api/v1/reserve", GIFT("AE-017", "40.00"), NULL);
    box_member(reply, "approval", number, sizeof number);
    snprintf(path, sizeof path, "/api/v1/approvals/%s/given", number);
    assert_int_equal(box_post(box, "oli", path, "{\"date\":\"10 May\"}", NULL).status, 400);
    assert_member(box_post(box, "oli", path, "{\"date\":\"2026-12-11\"}", NULL), "state", "given");
    snprintf(path, sizeof path, "/api/v1/approvals/%s", number);
    assert_member(box_get(box, "reserve", path), "state", "given");
}

/* A fact is missing: it is referred, and an officer approves. */
static void test_request(void **state)
{
    static const char referred[] =
        "{\"giver\":{\"id\":\"AE-018\"},\"recipients\":[{\"name\":\"Mary Major\",\"employer\":"
        "\"Acme Pension Fund\",\"employer_kind\":\"institutional-customer\"}],\"cost\":\"350.00\","
        "\"date\":\"2026-12-10\",\"payer\":\"firm\",\"kind\":\"goods\"}";
    call_box *box = *state;
    char number[32], path[96];
    gr_reply reply = box_post(box, "eve", "/api/v1/requests", referred, NULL);

    assert_int_equal(reply.status, 201);
    box_member(reply, "request.number", number, sizeof number);
    snprintf(path, sizeof path, "/api/v1/requests/%s", number);
    assert_int_equal(box_get(box, "eve", path).status, 200);
    assert_int_equal(box_get(box, "oli", "/api/v1/requests").status, 200);
    snprintf(path, sizeof path, "/api/v1/requests/%s/withdraw", number);
    reply = box_post(box, "eve", path, "{\"facts\":{}}", NULL);
    assert_int_equal(reply.status, 400);
    snprintf(path, sizeof path, "/api/v1/requests/%s/approve", number);
    reply = box_post(box, "decide", path, "{}", NULL);
    assert_int_equal(reply.status, 400);
    assert_member(reply, "error.file", "note");
}

static void test_reading(void **state)
{
    call_box *box = *state;
    const gr_parameter verdict = { "verdict", "violation" }, wrong = { "verdict", "guilty" },
                       typed = { "q", "jane" };
    gr_reply reply = box_ask(
        box, "findings",
        (gr_call){
            .method = "GET", .path = "/api/v1/findings", .query = &verdict, .query_count = 1 });
    char path[96], id[32];
    json_t *root, *one;

    assert_int_equal(reply.status, 200);
    root = json_loadb(reply.bytes, reply.length, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(root, "total")), 1);
    one = json_array_get(json_object_get(root, "findings"), 0);
    snprintf(id, sizeof id, "%s", json_string_value(json_object_get(one, "id")));
    json_decref(root);
    reply = box_ask(
        box, "findings",
        (gr_call){
            .method = "GET", .path = "/api/v1/findings", .query = &wrong, .query_count = 1 });
    assert_int_equal(reply.status, 400);
    assert_member(reply, "error.file", "verdict");
    reply = box_ask(
        box, "dana",
        (gr_call){ .method = "GET", .path = "/api/v1/people", .query = &typed, .query_count = 1 });
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.bytes, "Jane Roe"));
    assert_null(strstr(reply.bytes, "John Doe"));
    assert_int_equal(box_get(box, "aud", "/api/v1/people/R-88").status, 200);
    assert_int_equal(box_get(box, "reports", "/api/v1/reports/whole").status, 200);
    assert_int_equal(box_get(box, "reports", "/api/v1/reports/register").status, 200);
    snprintf(path, sizeof path, "/api/v1/findings/%s/decisions", id);
    assert_int_equal(box_post(box, "oli", path, "{\"decision\":\"accept\"}", NULL).status, 400);
    assert_int_equal(box_post(box, "oli", path,
                              "{\"decision\":\"accept\",\"reason\":\"r\",\"fact\":\"cost\"}", NULL)
                         .status,
                     400);
    reply = box_post(box, "oli", path, "{\"decision\":\"accept\",\"reason\":\"seen\"}", "d-1");
    assert_int_equal(reply.status, 200);
    assert_member(reply, "decision.author", "oli");
    assert_int_equal(
        box_post(box, "oli", path, "{\"decision\":\"accept\",\"reason\":\"seen\"}", "d-1").status,
        200);
}

/* ---- the document ---- */

static void test_document(void **state)
{
    call_box *box = *state;
    gr_reply reply = box_get(box, NULL, "/api/v1/openapi.json");
    json_t *root = json_loadb(reply.bytes, reply.length, JSON_REJECT_DUPLICATES, NULL), *methods;
    json_t *published = json_load_file("include/openapi.json", 0, NULL);
    size_t described = 0, routes = 0;
    const char *path, *method;
    json_t *item, *operation;

    assert_non_null(root);
    assert_true(json_equal(root, published));
    json_object_foreach(json_object_get(root, "paths"), path, item)
    {
        json_object_foreach(item, method, operation)
        {
            described++;
        }
    }
    for (size_t i = 0; i < gr_route_count; i++) {
        char name[64] = "";
        size_t n = 0;
        const char *c = gr_routes[i].pattern;

        if (!gr_routes[i].is_json)
            continue;
        routes++;
        for (c += strlen("/api/v1"); *c; c++) {
            if (*c != ':') {
                name[n++] = *c;
                continue;
            }
            name[n++] = '{';
            for (; c[1] && c[1] != '/'; c++)
                name[n++] = c[1];
            name[n++] = '}';
        }
        methods = json_object_get(json_object_get(root, "paths"), name);
        if (!json_object_get(methods, strcmp(gr_routes[i].method, "GET") == 0 ? "get" : "post"))
            fail_msg("%s %s is not described", gr_routes[i].method, name);
    }
    assert_int_equal(routes, described);
    json_decref(root);
    json_decref(published);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_bodies, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_bounds, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_refusals, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_once, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_approval, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_request, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_reading, box_enter, box_leave),
        cmocka_unit_test_setup_teardown(test_document, box_enter, box_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
