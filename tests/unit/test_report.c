/* tests/unit/test_report.c - both formats of the report, from models made by hand. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/letter.h"
#include "report/report.h"

enum { ROOM = 256 * 1024, MANY = 43 };

typedef struct output {
    char bytes[ROOM];
    size_t used;
} output;

static bool take(void *context, const char *bytes, size_t length)
{
    output *out = context;

    if (length >= sizeof out->bytes - out->used)
        return false;
    memcpy(out->bytes + out->used, bytes, length);
    out->used += length;
    out->bytes[out->used] = '\0';
    return true;
}

static bool refuse(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return false;
}

static int open_output(void **state)
{
    *state = calloc(1, sizeof(output));
    return *state ? 0 : -1;
}

static int free_output(void **state)
{
    free(*state);
    return 0;
}

static const char *as_text(output *out, const gr_report *report, unsigned width, bool colour)
{
    gr_writer writer;
    gr_error err = { 0 };

    out->used = 0;
    gr_writer_open(&writer, take, out);
    assert_int_equal(gr_report_text(report, width, colour, &writer, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
    return out->bytes;
}

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

static gr_day day_of(int month, int day)
{
    return gr_day_of((gr_date){ 2026, month, day });
}

/* One executive with one violation across two gifts; tests change what they are about. */
typedef struct sample {
    gr_counted counted[MANY];
    gr_text presumption[1], reference[1];
    gr_finding finding[2];
    gr_executive executive[2];
    gr_report report;
} sample;

static gr_counted gift(const char *id, gr_day day, const char *who, const char *name, int64_t cents,
                       uint32_t line)
{
    return (gr_counted){ .gift = gr_text_of(id),
                         .day = day,
                         .giver_id = gr_text_of(who),
                         .giver_name = gr_text_of(name),
                         .value = { cents, cents, 1 },
                         .source = { "log.xml", line, 1 } };
}

static void fill_finding(sample *s)
{
    s->counted[0] = gift("G-0007", day_of(4, 11), "AE-004", "Kit Lane", 20000, 120);
    s->counted[1] = gift("G-0042", day_of(5, 4), "AE-017", "Dana Fox", 12500, 131);
    s->presumption[0] = GR_TEXT("the firm paid, so the gift is in relation to business");
    s->finding[0] =
        (gr_finding){ .id = GR_TEXT("F-0123456789ab"),
                      .verdict = GR_VIOLATION,
                      .kind = GR_TEXT("limit"),
                      .rule = GR_TEXT("finra-3220"),
                      .clause = GR_TEXT("3220(a)"),
                      .day = day_of(5, 4),
                      .gift = GR_TEXT("G-0042"),
                      .source = { "log.xml", 131, 5 },
                      .recipient_id = GR_TEXT("R-88"),
                      .recipient_name = GR_TEXT("Jane Roe"),
                      .recipient_employer = GR_TEXT("Acme Pension Fund"),
                      .has_limit = true,
                      .period = { GR_CALENDAR, day_of(1, 1), day_of(12, 31) },
                      .limit = { 30000, 1 },
                      .total = { 32500, 32500, 1, false },
                      .over = { 2500, 1 },
                      .currency = GR_TEXT("USD"),
                      .counted = s->counted,
                      .counted_count = 2,
                      .reason = GR_TEXT("Jane Roe received 325.00 in 2026, more than 300.00"),
                      .presumption = s->presumption,
                      .presumption_count = 1 };
}

static void fill(sample *s)
{
    memset(s, 0, sizeof *s);
    fill_finding(s);
    s->reference[0] = GR_TEXT("F-0123456789ab");
    s->executive[0] = (gr_executive){ .id = GR_TEXT("AE-004"),
                                      .name = GR_TEXT("Kit Lane"),
                                      .summary = { .gifts = 1, .recipients = 1 },
                                      .reference = s->reference,
                                      .reference_count = 1 };
    s->executive[1] = (gr_executive){ .id = GR_TEXT("AE-017"),
                                      .name = GR_TEXT("Dana Fox"),
                                      .summary = { .gifts = 1, .recipients = 1, .violations = 1 },
                                      .finding = s->finding,
                                      .finding_count = 1 };
    s->report = (gr_report){ .as_of = day_of(11, 23),
                             .generated = 1795424400,
                             .summary = { 2, 1, 2, 1, 0, 0, 0, 0 },
                             .executive = s->executive,
                             .executive_count = 2 };
}

static void test_text_narrow(void **state)
{
    static const char golden[] = "1 violation\n"
                                 "-----------\n"
                                 "2 gifts by 2 account executives to 1 recipient, as of\n"
                                 "2026-11-23.\n"
                                 "\n"
                                 "Dana Fox (AE-017)\n"
                                 "-----------------\n"
                                 "1 violation, in 1 gift to 1 recipient.\n"
                                 "\n"
                                 "  VIOLATION: 25.00 over the limit of 300.00, across 2 gifts\n"
                                 "      by 2 people\n"
                                 "    Gift G-0042 of 2026-05-04 to Jane Roe (R-88) of Acme\n"
                                 "    Pension Fund, log.xml:131:5\n"
                                 "    Jane Roe received 325.00 in 2026, more than 300.00\n"
                                 "\n"
                                 "    2026-04-11  200.00  Kit Lane (AE-004), G-0007,\n"
                                 "                        log.xml:120\n"
                                 "    2026-05-04  125.00  Dana Fox (AE-017), G-0042,\n"
                                 "                        log.xml:131\n"
                                 "                ------\n"
                                 "    total       325.00  USD, 2026-01-01 to 2026-12-31,\n"
                                 "                        calendar year\n"
                                 "    limit       300.00  3220(a)\n"
                                 "    over         25.00\n"
                                 "\n"
                                 "    Presumed: the firm paid, so the gift is in relation to\n"
                                 "      business\n"
                                 "    Clause 3220(a), rule finra-3220, finding F-0123456789ab\n"
                                 "\n"
                                 "1 account executive has no findings; gifts of 1 of them\n"
                                 "count in findings listed above.\n"
                                 "\n"
                                 "This run\n"
                                 "--------\n"
                                 "  Generated  2026-11-23T09:00:00Z\n"
                                 "  Ledger     none: nothing was kept\n";
    sample s;

    fill(&s);
    assert_string_equal(as_text(*state, &s.report, 60, false), golden);
}

static void test_text_wide(void **state)
{
    static const char golden[] =
        "  REVIEW: perhaps up to 25.00 over the limit of 300.00, across 2 gifts by one person\n"
        "    Gift G-0042 of 2026-05-04 to Jane Roe (R-88) of Acme Pension Fund, log.xml:131:5\n"
        "    Jane Roe received 325.00 in 2026, more than 300.00\n"
        "\n"
        "                certain  possible\n"
        "    2026-04-11   200.00    200.00  Dana Fox (AE-017)  G-0007  log.xml:120\n"
        "    2026-05-04     0.00    125.00  Dana Fox (AE-017)  G-0042  log.xml:131  who paid?\n"
        "                -------  --------\n"
        "    total        200.00    325.00  USD, 2026-01-01 to 2026-12-31, calendar year\n"
        "    limit        300.00    300.00  3220(a)\n"
        "    over                    25.00\n"
        "\n"
        "    Question: Who paid for it?\n"
        "    Answers: the firm: a violation; the giver: compliant\n"
        "    Clause 3220(a), rule finra-3220, finding F-0123456789ab\n";
    sample s;
    gr_finding *f;

    fill(&s);
    f = &s.finding[0];
    f->verdict = GR_NEEDS_REVIEW;
    f->total = (gr_total){ 20000, 32500, 1, false };
    f->over = (gr_amount){ 0, 1 };
    f->presumption_count = 0;
    f->question = GR_TEXT("Who paid for it?");
    f->answers = GR_TEXT("the firm: a violation; the giver: compliant");
    s.counted[0].giver_id = GR_TEXT("AE-017");
    s.counted[0].giver_name = GR_TEXT("Dana Fox");
    s.counted[1].value.low = 0;
    s.counted[1].note = GR_TEXT("who paid?");
    assert_non_null(strstr(as_text(*state, &s.report, 100, false), golden));
}

static void test_text_empty(void **state)
{
    gr_report report = { .as_of = day_of(1, 1) };

    assert_string_equal(as_text(*state, &report, 0, false),
                        "No findings\n-----------\n"
                        "0 gifts by 0 account executives to 0 recipients, as of 2026-01-01.\n\n"
                        "This run\n--------\n"
                        "  Generated  1970-01-01T00:00:00Z\n"
                        "  Ledger     none: nothing was kept\n");
}

static void test_text_colour(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    text = as_text(*state, &s.report, 80, true);
    assert_non_null(strstr(text, "\033[1;31m1 violation\033[0m\n"));
    assert_non_null(strstr(text, "\033[1mDana Fox (AE-017)\033[0m\n"));
    assert_non_null(strstr(text, "  \033[1;31mVIOLATION: \033[0m\033[1m25.00 over"));
}

/* A gift log can be written by somebody who wishes to move the cursor of the reader. */
static void test_text_hostile(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    s.finding[0].recipient_name = GR_TEXT("Ja\033[2Jne\a \xC2\x9B"
                                          "31m\xFF \xE2\x80\xAE"
                                          "00.001 R\r\nGoe\t%s%n");
    s.counted[0].giver_name = GR_TEXT("\033]0;x\a");
    s.counted[0].source.file = "a\nb\x1b.xml";
    text = as_text(*state, &s.report, 100, false);
    assert_non_null(strstr(text, "Ja\xEF\xBF\xBD[2Jne\xEF\xBF\xBD \xEF\xBF\xBD"
                                 "31m\xEF\xBF\xBD \xEF\xBF\xBD"
                                 "00.001 R Goe %s%n (R-88)"));
    for (; *text; text++)
        assert_true((unsigned char)*text >= 0x20 || *text == '\n');
}

static void assert_lines_fit(const char *text, unsigned width)
{
    while (*text) {
        size_t length = strcspn(text, "\n");

        assert_in_range(gr_text_columns((gr_text){ text, length }), 0, width);
        assert_true(length == 0 || text[length - 1] != ' ');
        text += length + (text[length] == '\n');
    }
}

static void test_text_widths(void **state)
{
    sample s;

    fill(&s);
    s.finding[0].recipient_name = GR_TEXT("\xE5\xB1\xB1\xE7\x94\xB0 M\xC3\xBCller");
    s.finding[0].recipient_employer = GR_TEXT(
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft");
    s.counted[1].note = GR_TEXT("the tax is not given apart and so the value has two ends");
    for (unsigned width = 40; width <= 200; width++)
        assert_lines_fit(as_text(*state, &s.report, width, false), width);
    assert_lines_fit(as_text(*state, &s.report, 1, false), 40);
}

static void test_text_many(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    for (int i = 0; i < MANY; i++)
        s.counted[i] = gift("G", day_of(1 + i / 28, 1 + i % 28), "AE-017", "Dana Fox", 1000, 1);
    s.finding[0].counted_count = MANY;
    text = as_text(*state, &s.report, 80, false);
    assert_non_null(strstr(text, "across 43 gifts by one person\n"));
    assert_non_null(strstr(text, "    2026-01-03   10.00  Dana Fox (AE-017)  G  log.xml:1\n"
                                 "                250.00  ... and 25 more\n"
                                 "    2026-02-01   10.00  Dana Fox"));
}

static void test_text_unbounded(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    s.finding[0].verdict = GR_NEEDS_REVIEW;
    s.finding[0].over = (gr_amount){ 0, 1 };
    s.finding[0].total = (gr_total){ 20000, 0, 1, true };
    s.counted[1].value = (gr_span){ 0, GR_UNBOUNDED, 1 };
    text = as_text(*state, &s.report, 100, false);
    assert_non_null(strstr(text, "perhaps over the limit of 300.00, by an unknown amount, across"));
    assert_non_null(strstr(text, "    total        200.00   unknown  USD"));
}

static void test_text_near_limit(void **state)
{
    const char *text;
    sample s;

    fill(&s);
    s.finding[0].verdict = GR_WARNING;
    s.finding[0].kind = GR_TEXT("near-limit");
    s.finding[0].total = (gr_total){ 28000, 28000, 1, false };
    text = as_text(*state, &s.report, 80, false);
    assert_non_null(strstr(text, "  Near the limit\n    2026-05-04  280.00  of 300.00  Jane Roe  "
                                 "Acme Pension Fund  G-0042\n"));
}

static void test_text_quarantine(void **state)
{
    gr_quarantined bad = { .error = { GR_EINPUT, 12, 5, "log.xml", "'x' is not an amount",
                                      "fix it" },
                           .record = GR_TEXT("G-0099") };
    gr_error refused = { GR_EINPUT, 1, 0, "june.xml", "the file is empty", "" };
    const char *text;
    sample s;

    fill(&s);
    s.report.quarantined = &bad;
    s.report.refused = &refused;
    s.report.quarantined_count = s.report.refused_count = 1;
    text = as_text(*state, &s.report, 80, false);
    assert_non_null(strstr(text, "  log.xml:12:5, record G-0099\n    'x' is not an amount\n"
                                 "    To do: fix it\n"));
    assert_non_null(strstr(text, "  june.xml:1\n    the file is empty\n\n"));
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

static void test_output_refused(void **state)
{
    sample *s = calloc(1, sizeof *s);
    gr_executive *many = calloc(100, sizeof *many);
    gr_writer writer;
    gr_error err = { 0 };

    (void)state;
    assert_true(s && many);
    fill(s);
    for (size_t i = 0; i < 100; i++)
        many[i] = s->executive[1];
    s->report.executive = many;
    s->report.executive_count = 100;
    gr_writer_open(&writer, refuse, NULL);
    assert_int_equal(gr_report_text(&s->report, 80, false, &writer, &err), GR_EIO);
    gr_writer_open(&writer, refuse, NULL);
    assert_int_equal(gr_report_json(&s->report, &writer, &err), GR_EIO);
    free(many);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_text_narrow, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_wide, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_empty, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_colour, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_hostile, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_widths, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_many, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_unbounded, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_near_limit, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_text_quarantine, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_finding, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_document, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_layout, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_unbounded, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_without_limit, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_hostile, open_output, free_output),
        cmocka_unit_test_setup_teardown(test_json_empty, open_output, free_output),
        cmocka_unit_test(test_output_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
