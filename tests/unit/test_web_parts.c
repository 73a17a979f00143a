/* tests/unit/test_web_parts.c - what of the server needs no connections: reading requests, sessions, the throttle. */
#include "base/text.h"
#include "web/bounds.h"
#include "web/parse.h"
#include "web/sessions.h"
#include "web/throttle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- reading ---- */

static void test_path(void **state)
{
    static const struct {
        const char *in;
        gr_parsed parsed;
        const char *out;
    } cases[] = {
        { "/", GR_PARSED, "/" },
        { "/a%20b", GR_PARSED, "/a b" },
        { "/a+b", GR_PARSED, "/a+b" },
        { "/Jos%C3%A9", GR_PARSED, "/Jos\xc3\xa9" },
        { "", GR_PARSE_NO_PATH, "" },
        { "*", GR_PARSE_NO_PATH, "" },
        { "http://x/", GR_PARSE_NO_PATH, "" },
        { "/%", GR_PARSE_PERCENT, "" },
        { "/%4", GR_PARSE_PERCENT, "" },
        { "/%4g", GR_PARSE_PERCENT, "" },
        { "/%00", GR_PARSE_ZERO, "" },
        { "/%FF", GR_PARSE_UTF8, "" },
        { "/%C0%AF", GR_PARSE_UTF8, "" },
        { "/%ED%A0%80", GR_PARSE_UTF8, "" },
        { "/a b", GR_PARSE_CONTROL, "" },
        { "/a%0D%0Ab", GR_PARSE_CONTROL, "" },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char path[64];

        snprintf(path, sizeof path, "%s", cases[i].in);
        assert_int_equal(gr_path_decode(path), cases[i].parsed);
        if (cases[i].parsed == GR_PARSED)
            assert_string_equal(path, cases[i].out);
    }
}

static void test_pairs(void **state)
{
    char form[] = "name=Jane+Roe&empty=&bare&&x=%26%3D&=v";
    char many[] = "a&b&c&d&e&f&g";
    gr_parameter item[6];
    size_t count;

    (void)state;
    assert_int_equal(gr_pairs_decode(form, item, 6, &count), GR_PARSED);
    assert_int_equal(count, 5);
    assert_string_equal(item[0].name, "name");
    assert_string_equal(item[0].value, "Jane Roe");
    assert_string_equal(item[1].value, "");
    assert_string_equal(item[2].name, "bare");
    assert_string_equal(item[3].value, "&=");
    assert_string_equal(item[4].name, "");
    assert_int_equal(gr_pairs_decode(many, item, 6, &count), GR_PARSE_MANY);
}

static void test_cookie(void **state)
{
    static const struct {
        const char *header, *value; /* NULL: none */
    } cases[] = {
        { "s=abc", "abc" },   { "a=1; s=abc ; b=2", "abc" },
        { "s=", "" },         { "xs=abc", NULL },
        { "s", NULL },        { "", NULL },
        { "s=1; s=2", NULL }, { "s=123456789", NULL }, /* too long */
    };
    char value[8];

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        bool found = gr_cookie_find(cases[i].header, "s", value, sizeof value);

        assert_int_equal(found, cases[i].value != NULL);
        if (found)
            assert_string_equal(value, cases[i].value);
    }
}

static void test_where(void **state)
{
    (void)state;
    assert_true(gr_path_is_own("/queue"));
    assert_false(gr_path_is_own("//evil.example"));
    assert_false(gr_path_is_own("/\\evil.example"));
    assert_false(gr_path_is_own("/a\r\nSet-Cookie: x"));
    assert_false(gr_path_is_own(""));
    assert_true(gr_origin_is_of("https://Desk.example", "desk.example", "https"));
    assert_false(gr_origin_is_of("http://desk.example", "desk.example", "https"));
    assert_true(gr_origin_is_of("http://desk.example", "desk.example", NULL));
    assert_false(gr_origin_is_of("https://desk.example.evil", "desk.example", "https"));
    assert_false(gr_origin_is_of("null", "null", NULL));
    assert_true(gr_host_is_good("[::1]:8220"));
    assert_false(gr_host_is_good("a/b"));
    assert_false(gr_host_is_good(""));
    assert_string_equal(gr_bearer_find("bearer abc"), "abc");
    assert_null(gr_bearer_find("Basic abc"));
    assert_null(gr_bearer_find("Bearer "));
    assert_null(gr_bearer_find("Bearer a b"));
}

/* ---- sessions ---- */

static void test_session(void **state)
{
    gr_sessions *sessions = gr_sessions_create();
    gr_session made, found;

    (void)state;
    assert_true(gr_session_begin(sessions, "dana", 100, &made));
    assert_string_not_equal(made.id, made.csrf);
    assert_true(gr_session_find(sessions, made.id, 101, &found));
    assert_string_equal(found.account, "dana");
    assert_false(gr_session_find(sessions, made.csrf, 101, &found));
    assert_false(gr_session_find(sessions, "", 101, &found));
    assert_int_equal(gr_sessions_count(sessions, 101), 1);
    gr_session_end(sessions, made.id);
    assert_false(gr_session_find(sessions, made.id, 101, &found));
    assert_int_equal(gr_sessions_count(sessions, 101), 0);
    gr_sessions_free(sessions);
}

static void test_session_ends(void **state)
{
    gr_sessions *sessions = gr_sessions_create();
    gr_session idle, used, found;
    int64_t now = 0;

    (void)state;
    assert_true(gr_session_begin(sessions, "idle", now, &idle));
    assert_true(gr_session_begin(sessions, "used", now, &used));
    assert_true(gr_session_find(sessions, idle.id, GR_WEB_SESSION_IDLE - 1, &found));
    assert_false(gr_session_find(sessions, idle.id, 2 * GR_WEB_SESSION_IDLE - 1, &found));
    for (now = 0; now < GR_WEB_SESSION_END; now += GR_WEB_SESSION_IDLE - 1)
        assert_true(gr_session_find(sessions, used.id, now, &found));
    assert_false(gr_session_find(sessions, used.id, GR_WEB_SESSION_END, &found));
    gr_sessions_free(sessions);
}

static void test_sessions_of_one(void **state)
{
    gr_sessions *sessions = gr_sessions_create();
    gr_session first, other, made;

    (void)state;
    assert_true(gr_session_begin(sessions, "dana", 1, &first));
    assert_true(gr_session_begin(sessions, "olga", 1, &other));
    for (int i = 0; i < GR_SESSIONS_OF_ONE; i++)
        assert_true(gr_session_begin(sessions, "dana", 2 + i, &made));
    assert_false(gr_session_find(sessions, first.id, 20, &made));
    assert_true(gr_session_find(sessions, other.id, 20, &made));
    assert_int_equal(gr_sessions_count(sessions, 20), GR_SESSIONS_OF_ONE + 1);
    gr_sessions_free(sessions);
}

/* ---- the throttle ---- */

static void test_throttle_name(void **state)
{
    gr_throttle *throttle = gr_throttle_create();
    unsigned last = 0, wait = 0;
    int64_t now = 1000;

    (void)state;
    for (int i = 0; i < GR_THROTTLE_NAME_FREE - 1; i++) {
        gr_throttle_failed(throttle, "dana", "10.0.0.1", now);
        assert_int_equal(gr_throttle_wait(throttle, "dana", "10.0.0.2", now), 0);
    }
    for (int i = 0; i < 10; i++) {
        gr_throttle_failed(throttle, "dana", "10.0.0.1", now);
        wait = gr_throttle_wait(throttle, "dana", "10.0.0.2", now);
        assert_true(wait > last || wait == GR_THROTTLE_NAME_LONGEST);
        last = wait;
    }
    assert_int_equal(last, GR_THROTTLE_NAME_LONGEST);
    assert_int_equal(gr_throttle_wait(throttle, "olga", "10.0.0.2", now), 0);
    assert_int_equal(gr_throttle_wait(throttle, "dana", "10.0.0.2", now + last * INT64_C(1000)), 0);
    gr_throttle_succeeded(throttle, "dana");
    assert_int_equal(gr_throttle_wait(throttle, "dana", "10.0.0.2", now), 0);
    gr_throttle_free(throttle);
}

static void test_throttle_address(void **state)
{
    gr_throttle *throttle = gr_throttle_create();
    char name[16];

    (void)state;
    for (int i = 0; i < GR_THROTTLE_ADDRESS_FREE; i++) {
        snprintf(name, sizeof name, "user%d", i);
        assert_int_equal(gr_throttle_wait(throttle, name, "10.0.0.1", 1000), 0);
        gr_throttle_failed(throttle, name, "10.0.0.1", 1000);
    }
    assert_int_equal(gr_throttle_wait(throttle, "dana", "10.0.0.1", 1000), 1);
    gr_throttle_succeeded(throttle, "user0"); /* one's own account does not help to guess others' */
    assert_int_equal(gr_throttle_wait(throttle, "dana", "10.0.0.1", 1000), 1);
    assert_int_equal(gr_throttle_wait(throttle, "dana", "10.0.0.2", 1000), 0);
    gr_throttle_free(throttle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_path),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_cookie),
        cmocka_unit_test(test_where),
        cmocka_unit_test(test_session),
        cmocka_unit_test(test_session_ends),
        cmocka_unit_test(test_sessions_of_one),
        cmocka_unit_test(test_throttle_name),
        cmocka_unit_test(test_throttle_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
