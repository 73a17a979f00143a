/* tests/unit/test_report_json.c - the report for other programs: its names, and the exact bytes. */
#include "report_sample.h"

#include <jansson.h>

static json_t *as_json(output *out, const gr_report *report)
{
    gr_writer writer;
    gr_error err = { 0 };
    json_t *root;

    out->used = 0;
    gr_writer_open(&writer, take, out);
    assert_int_equal(gr_report_json(report, &writer, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
    root = json_loads(out->bytes, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    return root;
}

static const char *string_at(json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));

    assert_non_null(text);
    return text;
}

static json_t *first_finding(json_t *root)
{
    json_t *executive = json_array_get(json_object_get(root, "account_executives"), 1);
    json_t *finding = json_array_get(json_object_get(executive, "findings"), 0);

    assert_non_null(finding);
    return finding;
}

static void test_json_finding(void **state)
{
    sample s;
    json_t *root, *finding, *total, *counted;

    fill(&s);
    s.finding[0].over = (gr_amount){ 5001, 2 }; /* between two cents: up */
    root = as_json(*state, &s.report);
    finding = first_finding(root);
    assert_string_equal(string_at(finding, "verdict"), "violation");
    assert_string_equal(string_at(finding, "limit"), "300.00");
    assert_string_equal(string_at(finding, "over"), "25.01");
    assert_string_equal(string_at(json_object_get(finding, "period"), "basis"), "calendar");
    assert_string_equal(string_at(json_object_get(finding, "recipient"), "name"), "Jane Roe");
    total = json_object_get(finding, "total");
    assert_string_equal(string_at(total, "certain"), "325.00");
    assert_string_equal(string_at(total, "possible"), "325.00");
    counted = json_array_get(json_object_get(finding, "counted"), 0);
    assert_string_equal(string_at(counted, "giver"), "AE-004");
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(counted, "source"), "line")), 120);
    assert_null(json_object_get(finding, "question"));
    assert_int_equal(json_array_size(json_object_get(finding, "presumptions")), 1);
    json_decref(root);
}

static void test_json_document(void **state)
{
    static const char *const names[] = { "giftrule",   "run",     "summary", "account_executives",
                                         "quarantine", "refused", "notes",   "assumptions" };
    gr_source input = { .file = GR_TEXT("log.xml"), .format = GR_TEXT("gift-log"), .records = 2 };
    gr_choice choice = { GR_TEXT("period"), GR_TEXT("fiscal"), true };
    sample s;
    json_t *root, *run;
    void *at;

    fill(&s);
    s.report.input = &input;
    s.report.policy = &choice;
    s.report.input_count = s.report.policy_count = 1;
    root = as_json(*state, &s.report);
    at = json_object_iter(root);
    for (size_t i = 0; i < GR_COUNT(names); i++, at = json_object_iter_next(root, at))
        assert_string_equal(json_object_iter_key(at), names[i]);
    assert_null(at);
    run = json_object_get(root, "run");
    assert_string_equal(string_at(run, "as_of"), "2026-11-23");
    assert_string_equal(string_at(run, "generated"), "2026-11-23T09:00:00Z");
    assert_string_equal(string_at(json_object_get(run, "policy"), "period"), "fiscal");
    assert_int_equal(json_array_size(json_object_get(run, "inputs")), 1);
    json_decref(root);
}

/* The brackets written by hand give the very bytes that jansson gives for the whole. */
static void test_json_layout(void **state)
{
    output *out = *state;
    sample s;
    json_t *root;
    char *whole;

    fill(&s);
    root = as_json(out, &s.report);
    whole = json_dumps(root, JSON_INDENT(2));
    assert_non_null(whole);
    assert_int_equal(out->used, strlen(whole) + 1);
    assert_memory_equal(out->bytes, whole, strlen(whole));
    free(whole);
    json_decref(root);
}

static void test_json_unbounded(void **state)
{
    sample s;
    json_t *root, *finding, *value;

    fill(&s);
    s.finding[0].total.unbounded = true;
    s.counted[0].value.high = GR_UNBOUNDED;
    root = as_json(*state, &s.report);
    finding = first_finding(root);
    assert_true(json_is_null(json_object_get(json_object_get(finding, "total"), "possible")));
    value = json_object_get(json_array_get(json_object_get(finding, "counted"), 0), "value");
    assert_true(json_is_null(json_object_get(value, "possible")));
    json_decref(root);
}

static void test_json_without_limit(void **state)
{
    static const char *const absent[] = { "period", "limit", "total", "over" };
    sample s;
    json_t *root;

    fill(&s);
    s.finding[0].has_limit = false;
    root = as_json(*state, &s.report);
    for (size_t i = 0; i < GR_COUNT(absent); i++)
        assert_null(json_object_get(first_finding(root), absent[i]));
    json_decref(root);
}

static void test_json_hostile(void **state)
{
    sample s;
    json_t *root;

    fill(&s);
    s.finding[0].reason = GR_TEXT("a\xFF\"\n\033\\\xED\xA0\x80z");
    root = as_json(*state, &s.report);
    assert_string_equal(string_at(first_finding(root), "reason"),
                        "a\xEF\xBF\xBD\"\n\033\\\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
    json_decref(root);
}

static void test_json_empty(void **state)
{
    gr_report report = { .as_of = day_of(1, 1) };
    json_t *root = as_json(*state, &report);

    assert_int_equal(json_array_size(json_object_get(root, "account_executives")), 0);
    assert_true(json_is_null(json_object_get(json_object_get(root, "run"), "ledger")));
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_json_finding, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_document, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_layout, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_unbounded, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_without_limit, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_hostile, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_empty, open_output, free_output),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
