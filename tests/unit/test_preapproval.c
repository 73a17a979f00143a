/* tests/unit/test_preapproval.c - answers before a gift, made by hand: the words for a terminal, letter by letter, and the
 * JSON that other programs rely on. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "report/preapproval.h"

typedef struct sink {
    char bytes[16384];
    size_t used;
} sink;

static bool take(void *context, const char *bytes, size_t length)
{
    sink *s = context;

    if (s->used + length >= sizeof s->bytes)
        return false;
    memcpy(s->bytes + s->used, bytes, length);
    s->used += length;
    s->bytes[s->used] = '\0';
    return true;
}

static const char *print(const gr_preapproval *answers, size_t count, bool is_list,
                         gr_format format, sink *out)
{
    const gr_report_style style = { .format = format, .width = 80 };
    gr_writer writer;
    gr_error err = { 0 };

    out->used = 0;
    gr_writer_open(&writer, take, out);
    assert_int_equal(gr_preapprovals_print(answers, count, is_list, &style, &writer, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
    return out->bytes;
}

static const char *text_of(const gr_preapproval *answer, sink *out)
{
    return print(answer, 1, false, GR_FORMAT_TEXT, out);
}

static void expect(const gr_preapproval *answer, const char *part)
{
    static sink out;

    if (!strstr(text_of(answer, &out), part))
        fail_msg("'%s' is not in:\n%s", part, out.bytes);
}

static void expect_not(const gr_preapproval *answer, const char *part)
{
    static sink out;

    if (strstr(text_of(answer, &out), part))
        fail_msg("'%s' is in:\n%s", part, out.bytes);
}

/* ---- samples ---- */

#define CENTS(n)                                                                                   \
    {                                                                                              \
        n, 1                                                                                       \
    }

static const gr_recipient_answer jane = { .id = { "R-88", 4 },
                                          .name = { "Jane Roe", 8 },
                                          .employer = { "Acme Pension Fund", 17 },
                                          .is_known = true,
                                          .has_allowance = true,
                                          .before = { CENTS(11500), CENTS(11500), false },
                                          .after = { CENTS(3000), CENTS(3000), false },
                                          .limit = CENTS(30000) };

static const gr_rule_answer in_order = { .verdict = GR_COMPLIANT,
                                         .kind = { "limit", 5 },
                                         .rule = { "finra-3220", 10 },
                                         .clause = { "3220(a)", 7 },
                                         .has_limit = true,
                                         .limit = CENTS(30000),
                                         .total = { 27000, 27000, 1, false },
                                         .currency = { "USD", 3 },
                                         .reason = { "within the limit", 16 } };

/* 85.00 to Jane Roe, approved. */
static gr_preapproval sample(void)
{
    return (gr_preapproval){ .clearance = GR_APPROVED,
                             .giver_id = GR_TEXT("AE-017"),
                             .giver_name = GR_TEXT("Dana Fox"),
                             .day = gr_day_of((gr_date){ 2026, 12, 10 }),
                             .currency = GR_TEXT("USD"),
                             .cost = CENTS(8500),
                             .recipient = &jane,
                             .recipient_count = 1,
                             .rule = &in_order,
                             .rule_count = 1,
                             .has_largest = true,
                             .largest = CENTS(11500) };
}

/* ---- for a terminal ---- */

static void test_approved(void **state)
{
    static sink out;
    gr_preapproval a = sample();

    (void)state;
    assert_string_equal(
        text_of(&a, &out),
        "APPROVED: 85.00 USD from Dana Fox (AE-017) to Jane Roe (R-88) of Acme Pension\n"
        "Fund on 2026-12-10\n"
        "-----------------------------------------------------------------------------\n"
        "\n"
        "  Left of the limit   limit  before  after\n"
        "  Jane Roe           300.00  115.00  30.00\n"
        "\n"
        "  in order by finra-3220, 3220(a); 270.00 of 300.00: within the limit\n"
        "\n"
        "  Nothing is booked: --reserve keeps what is left for this gift. The largest\n"
        "  cost that would be approved is 115.00 USD.\n");
}

static void test_booked(void **state)
{
    gr_preapproval a = sample();

    (void)state;
    a.approval = GR_TEXT("PA-2026-0031");
    a.valid_to = gr_day_of((gr_date){ 2027, 1, 9 });
    expect(&a, "Booked as PA-2026-0031, valid until 2027-01-09");
    expect_not(&a, "--reserve");
}

/* What is left rounds down and sums round up: nobody is told to have a cent that is not there. */
static void test_rounding(void **state)
{
    gr_preapproval a = sample();
    gr_recipient_answer r = jane;
    gr_rule_answer rule = in_order;

    (void)state;
    r.before.certain = r.before.possible = (gr_amount){ 20000, 3 };
    r.after.certain = (gr_amount){ 1, 3 };
    r.after.possible = (gr_amount){ 0, 1 };
    rule.total = (gr_total){ 70001, 70001, 3, false };
    a.recipient = &r;
    a.rule = &rule;
    expect(&a, "300.00   66.66   0.00\n");
    expect(&a, "233.34 of 300.00");
}

static void test_intervals(void **state)
{
    gr_preapproval a = sample();
    gr_recipient_answer r = jane;
    gr_rule_answer rule = in_order;

    (void)state;
    r.after.possible = (gr_amount){ 0, 1 };
    rule.verdict = GR_NEEDS_REVIEW;
    rule.total.high = 30500;
    rule.question = GR_TEXT("Who paid?");
    a.clearance = GR_REFERRED;
    a.recipient = &r;
    a.rule = &rule;
    expect(&a, "REFERRED: ");
    expect(&a, "115.00  0.00 to 30.00");
    expect(&a, "to review by finra-3220, 3220(a); 270.00 to 305.00 of 300.00: ");
    expect(&a, "    Question: Who paid?\n");
    expect(&a, "Nothing is booked: the compliance officer decides.");
    rule.total.unbounded = true;
    expect(&a, "270.00 or more of 300.00: ");
    rule.is_count = true;
    rule.limit = (gr_amount){ 300, 1 };
    rule.total = (gr_total){ 400, 400, 1, false };
    expect(&a, "4 of 3 gifts: ");
}

static void test_currency(void **state)
{
    gr_preapproval a = sample();

    (void)state;
    a.currency = GR_TEXT("EUR");
    expect(&a, "85.00 EUR from");
    expect(&a, "270.00 of 300.00 USD: within");
    expect(&a, "approved is 115.00 EUR.");
}

static void test_missing(void **state)
{
    static const gr_if_known would[] = { { { "firm", 4 }, GR_DENIED },
                                         { { "giver", 5 }, GR_REFERRED },
                                         { { "third-party", 11 }, GR_DENIED } };
    static const gr_missing_fact missing[] = {
        { GR_F_PAYER, 0, { "Who paid?", 9 }, would, 3 },
        { GR_F_EMPLOYER, 0, { "For whom?", 9 }, NULL, 0 },
    };
    gr_recipient_answer two[] = { jane, jane };
    gr_preapproval a = sample();

    (void)state;
    a.clearance = GR_REFERRED;
    a.missing = missing;
    a.missing_count = 2;
    expect(&a, "    payer: Who paid?\n"
               "      If giver: still referred. If firm, third-party: denied.\n"
               "    employer: For whom?\n");
    expect(&a, "ask again with what is missing");
    a.recipient = two;
    a.recipient_count = 2;
    expect(&a, "    payer: Who paid?\n");
    expect(&a, "    employer of Jane Roe: For whom?\n");
}

static void test_lookalikes(void **state)
{
    static gr_lookalike other[] = { { 0, { "R-7", 3 }, { "J. Roe", 6 }, { "ACME", 4 }, true },
                                    { 0, { "", 0 }, { "Jan Roe", 7 }, { "", 0 }, false } };
    gr_recipient_answer stranger = jane;
    gr_preapproval a = sample();

    (void)state;
    expect_not(&a, "New to the ledger");
    stranger.is_known = false;
    a.recipient = &stranger;
    expect(&a, "New to the ledger: Jane Roe. Is the name written");
    a.lookalike = other;
    a.lookalike_count = 2;
    expect(&a, "    J. Roe (R-7) of ACME; what that one got counts as possible\n"
               "    Jan Roe; what that one got does not count\n");
    expect_not(&a, "New to the ledger");
}

static void test_no_rule(void **state)
{
    gr_preapproval a = sample();

    (void)state;
    a.rule_count = 0;
    expect(&a, "No rule has anything against it");
    a.has_largest = false;
    expect_not(&a, "largest");
    a.has_largest = true;
    a.largest = (gr_amount){ 0, 1 };
    a.clearance = GR_DENIED;
    expect(&a, "Nothing is booked. No cost would be approved as it stands.");
}

/* Texts are others': what would move the cursor, or turn a line around, does not reach the terminal. */
static void test_hostile(void **state)
{
    gr_recipient_answer r = jane;
    gr_preapproval a = sample();

    (void)state;
    r.name = GR_TEXT("Eve\x1b[2J\xe2\x80\xae"
                     "APPROVED");
    a.recipient = &r;
    expect_not(&a, "\x1b");
    expect_not(&a, "\xe2\x80\xae");
}

static void test_order(void **state)
{
    static sink out;
    gr_preapproval a[] = { sample(), sample() };

    (void)state;
    a[0].record = GR_TEXT("PLAN-1");
    assert_non_null(strstr(print(a, 2, true, GR_FORMAT_TEXT, &out), "APPROVED: PLAN-1, 85.00"));
    assert_non_null(strstr(out.bytes, "asked about by itself"));
    a[1].approval = GR_TEXT("PA-2026-0001");
    assert_non_null(strstr(print(a, 2, true, GR_FORMAT_TEXT, &out), "one after the other"));
    assert_null(strstr(out.bytes, "asked about by itself"));
    assert_null(strstr(print(a, 1, true, GR_FORMAT_TEXT, &out), "by itself"));
}

/* ---- for other programs ---- */

static json_t *json_of(const gr_preapproval *answers, size_t count, bool is_list)
{
    static sink out;
    json_t *root = json_loads(print(answers, count, is_list, GR_FORMAT_JSON, &out), 0, NULL);

    assert_non_null(root);
    return root;
}

static void expect_json(json_t *value, const char *wanted)
{
    char *got = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

    assert_non_null(got);
    assert_string_equal(got, wanted);
    free(got);
}

static void test_json(void **state)
{
    gr_preapproval a = sample();
    json_t *root = json_of(&a, 1, false), *rule;

    (void)state;
    expect_json(json_object_get(root, "giftrule"), "1");
    expect_json(json_object_get(root, "decision"), "\"approved\"");
    expect_json(json_object_get(root, "approval"), "null");
    expect_json(json_object_get(root, "valid_to"), "null");
    expect_json(json_object_get(root, "largest"), "\"115.00\"");
    expect_json(json_object_get(root, "allowance"),
                "{\"before\":{\"certain\":\"115.00\",\"possible\":\"115.00\"},"
                "\"after\":{\"certain\":\"30.00\",\"possible\":\"30.00\"}}");
    rule = json_array_get(json_object_get(root, "rules"), 0);
    expect_json(json_object_get(rule, "rule"), "\"finra-3220\"");
    expect_json(json_object_get(rule, "clause"), "\"3220(a)\"");
    expect_json(json_object_get(rule, "verdict"), "\"compliant\"");
    expect_json(json_object_get(rule, "limit"), "\"300.00\"");
    expect_json(json_object_get(rule, "reason"), "\"within the limit\"");
    expect_json(json_object_get(rule, "question"), "null");
    json_decref(root);
}

/* Nothing is made up: what there is not is null. */
static void test_json_without(void **state)
{
    gr_recipient_answer r = jane;
    gr_rule_answer rule = in_order;
    gr_preapproval a = sample();
    json_t *root;

    (void)state;
    r.has_allowance = false;
    rule.has_limit = false;
    a.recipient = &r;
    a.rule = &rule;
    a.has_largest = false;
    root = json_of(&a, 1, false);
    expect_json(json_object_get(root, "allowance"), "null");
    expect_json(json_object_get(root, "largest"), "null");
    expect_json(json_object_get(json_array_get(json_object_get(root, "rules"), 0), "limit"),
                "null");
    json_decref(root);
}

/* At the top stands what is left for whoever has the least. */
static void test_json_tightest(void **state)
{
    gr_recipient_answer three[] = { jane, jane, jane };
    gr_preapproval a = sample();
    json_t *root;

    (void)state;
    three[0].has_allowance = false;
    three[0].before.possible = (gr_amount){ 0, 1 };
    three[2].before.possible = (gr_amount){ 301, 3 };
    a.recipient = three;
    a.recipient_count = 3;
    root = json_of(&a, 1, false);
    expect_json(json_object_get(json_object_get(root, "allowance"), "before"),
                "{\"certain\":\"115.00\",\"possible\":\"1.00\"}");
    assert_int_equal(json_array_size(json_object_get(root, "recipients")), 3);
    json_decref(root);
}

static void test_json_list(void **state)
{
    gr_preapproval a[] = { sample(), sample(), sample() };
    json_t *root, *answers;

    (void)state;
    a[1].clearance = GR_DENIED;
    a[2].clearance = GR_REFERRED;
    root = json_of(a, 3, true);
    answers = json_object_get(root, "answers");
    expect_json(json_object_get(root, "decision"), "\"denied\"");
    assert_int_equal(json_array_size(answers), 3);
    expect_json(json_object_get(json_array_get(answers, 2), "decision"), "\"referred\"");
    json_decref(root);
}

static void test_json_missing(void **state)
{
    static const gr_if_known would[] = { { { "firm", 4 }, GR_APPROVED },
                                         { { "giver", 5 }, GR_DENIED } };
    static const gr_missing_fact missing = { GR_F_PAYER, 0, { "Who paid?", 9 }, would, 2 };
    static const gr_lookalike other = { 0, { "R-7", 3 }, { "J. Roe", 6 }, { "", 0 }, true };
    gr_preapproval a = sample();
    json_t *root;

    (void)state;
    a.missing = &missing;
    a.missing_count = 1;
    a.lookalike = &other;
    a.lookalike_count = 1;
    root = json_of(&a, 1, false);
    expect_json(json_array_get(json_object_get(root, "missing"), 0),
                "{\"fact\":\"payer\",\"recipient\":null,\"question\":\"Who paid?\","
                "\"would\":{\"firm\":\"approved\",\"giver\":\"denied\"}}");
    expect_json(json_array_get(json_object_get(root, "candidates"), 0),
                "{\"recipient\":0,\"id\":\"R-7\",\"name\":\"J. Roe\",\"employer\":null,"
                "\"counts\":true}");
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_approved),      cmocka_unit_test(test_booked),
        cmocka_unit_test(test_rounding),      cmocka_unit_test(test_intervals),
        cmocka_unit_test(test_currency),      cmocka_unit_test(test_missing),
        cmocka_unit_test(test_lookalikes),    cmocka_unit_test(test_no_rule),
        cmocka_unit_test(test_hostile),       cmocka_unit_test(test_order),
        cmocka_unit_test(test_json),          cmocka_unit_test(test_json_without),
        cmocka_unit_test(test_json_tightest), cmocka_unit_test(test_json_list),
        cmocka_unit_test(test_json_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
