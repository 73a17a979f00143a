/* tests/unit/test_policy.c - the firm's choices: as shipped, from the file, laid over by settings; every error with its
 * place and what could be written instead. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine_desk.h"

#define POLICY(choices)     "<policy xmlns='urn:giftrule:policy:1'>" choices "</policy>"
#define CHOICE(name, value) "<choice name='" name "' value='" value "'/>"

/* What a test does not choose: a policy must make every choice. */
static const struct {
    const char *name, *choice;
} others[] = {
    { "'firm-kinds'", CHOICE("firm-kinds", "broker-dealer") },
    { "'period'", CHOICE("period", "calendar") },
    { "'fiscal-start'", CHOICE("fiscal-start", "01-01") },
    { "'gift-day'", CHOICE("gift-day", "unstated") },
    { "'currency'", CHOICE("currency", "USD") },
    { "'nominal-value'", CHOICE("nominal-value", "50.00") },
    { "'near-limit'", CHOICE("near-limit", "0.80") },
    { "'customary-bereavement'", CHOICE("customary-bereavement", "500.00") },
    { "'extensive-entertainment'", CHOICE("extensive-entertainment", "1000.00") },
    { "'rates'", CHOICE("rates", "rates.xml") },
    { "'retention-years'", CHOICE("retention-years", "6") },
    { "'match-days'", CHOICE("match-days", "7") },
    { "'match-amount'", CHOICE("match-amount", "1.00 1%") },
    { "'approval-days'", CHOICE("approval-days", "30") },
};

static gr_status load(desk *d, const char *text, const gr_setting *settings, size_t count,
                      gr_policy *out, gr_error *err)
{
    const char *end = strstr(text, "</policy>");
    char whole[2048];
    size_t n = (size_t)snprintf(whole, sizeof whole, "%.*s", (int)(end - text), text);

    for (size_t i = 0; i < GR_COUNT(others); i++)
        if (!strstr(text, others[i].name))
            n += (size_t)snprintf(whole + n, sizeof whole - n, "%s", others[i].choice);
    snprintf(whole + n, sizeof whole - n, "</policy>");
    desk_write(d, whole);
    return gr_policy_load(d->file, "rules/schema/policy.xsd", settings, count, d->arena,
                          &d->problems, out, err);
}

static gr_text value_of(const gr_policy *policy, const char *name)
{
    for (size_t i = 0; i < policy->choice_count; i++)
        if (gr_text_is(policy->choice[i].name, name))
            return policy->choice[i].value;
    return GR_TEXT("(none)");
}

static void test_shipped(void **state)
{
    const gr_policy *p = &((desk *)*state)->policy;

    assert_int_equal(p->period, GR_CALENDAR);
    assert_int_equal(p->fiscal_month, 1);
    assert_int_equal(p->fiscal_day, 1);
    assert_int_equal(p->gift_day, GR_DAY_UNSTATED);
    assert_true(gr_text_is(p->currency, "USD"));
    assert_int_equal(p->amount[GR_POLICY_NOMINAL_VALUE].num, 5000);
    assert_int_equal(gr_amount_compare(p->near_limit, (gr_amount){ 4, 5 }), 0);
    assert_true(gr_text_is(p->firm_kinds, "broker-dealer"));
    for (size_t i = 0; i < p->choice_count; i++)
        assert_true(p->choice[i].value.len > 0 && !p->choice[i].set_for_run);
}

/* The file before silence, the setting before the file, the last setting before the others. */
static void test_layers(void **state)
{
    const gr_setting settings[] = { { "period", "trailing" },
                                    { "nominal-value", "20" },
                                    { "nominal-value", "25.50" } };
    gr_policy p;
    gr_error err = { 0 };

    assert_int_equal(load(*state,
                          POLICY(CHOICE("period", "fiscal") CHOICE("fiscal-start", "07-01")),
                          settings, GR_COUNT(settings), &p, &err),
                     GR_OK);
    assert_int_equal(p.period, GR_TRAILING);
    assert_int_equal(p.fiscal_month, 7);
    assert_int_equal(p.amount[GR_POLICY_NOMINAL_VALUE].num, 2550);
    assert_true(gr_text_is(value_of(&p, "nominal-value"), "25.50"));
    assert_true(gr_text_is(value_of(&p, "fiscal-start"), "07-01"));
}

static const struct {
    const char *name, *value;
    bool good;
    const char *hint;
} values[] = {
    { "period", "calendar", true, "" },
    { "period", "unstated", true, "" },
    { "period", "fiscall", false, "anniversary" },
    { "period", "Calendar", false, "calendar" },
    { "period", "", false, "calendar" },
    { "fiscal-start", "12-31", true, "" },
    { "fiscal-start", "02-28", true, "" },
    { "fiscal-start", "02-29", false, "02-29" },
    { "fiscal-start", "04-31", false, "07-01" },
    { "fiscal-start", "00-10", false, "07-01" },
    { "fiscal-start", "7-1", false, "07-01" },
    { "fiscal-start", "07/01", false, "07-01" },
    { "gift-day", "delivered", true, "" },
    { "gift-day", "booked", false, "ordered" },
    { "currency", "EUR", true, "" },
    { "currency", "usd", false, "USD" },
    { "currency", "US", false, "USD" },
    { "currency", "USDT", false, "USD" },
    { "nominal-value", "0", true, "" },
    { "nominal-value", "49.99", true, "" },
    { "nominal-value", "-1.00", false, "50.00" },
    { "nominal-value", "$50", false, "50.00" },
    { "near-limit", "0.00", true, "" },
    { "near-limit", "1.00", true, "" },
    { "near-limit", "1.01", false, "1.00" },
    { "near-limit", "80%", false, "1.00" },
    { "customary-bereavement", "x", false, "50.00" },
    { "extensive-entertainment", "1,000", false, "50.00" },
    { "retention-years", "3", true, "" },
    { "retention-years", "100", true, "" },
    { "retention-years", "2", false, "from 3 to 100" },
    { "retention-years", "101", false, "from 3 to 100" },
    { "retention-years", "6.5", false, "from 3 to 100" },
    { "retention-years", "", false, "from 3 to 100" },
    { "match-days", "0", true, "" },
    { "match-days", "60", true, "" },
    { "match-days", "61", false, "from 0 to 60" },
    { "match-days", "-1", false, "from 0 to 60" },
    { "match-amount", "0.50", true, "" },
    { "match-amount", "2%", true, "" },
    { "match-amount", "1% 2.00", true, "" },
    { "match-amount", "", false, "like 1.00 1%" },
    { "match-amount", "101%", false, "like 1.00 1%" },
    { "match-amount", "%", false, "like 1.00 1%" },
    { "match-amount", "1.00 1% 2", false, "like 1.00 1%" },
    { "match-amount", "a little", false, "like 1.00 1%" },
    { "approval-days", "0", true, "" },
    { "approval-days", "367", false, "from 0 to 366" },
    { "firm-kinds", "investment-adviser broker-dealer", true, "" },
    { "firm-kinds", "broker-dealer dealer", false, "municipal-advisor" },
    { "firm-kinds", "", false, "municipal-advisor" },
};

static void test_settings(void **state)
{
    for (size_t i = 0; i < GR_COUNT(values); i++) {
        gr_setting setting = { values[i].name, values[i].value };
        gr_policy p;
        gr_error err = { 0 };
        gr_status status = load(*state, POLICY(""), &setting, 1, &p, &err);

        assert_int_equal(status, values[i].good ? GR_OK : GR_EUSAGE);
        if (values[i].good) {
            assert_true(gr_text_is(value_of(&p, values[i].name), values[i].value));
            continue;
        }
        assert_int_equal(err.status, GR_EUSAGE);
        assert_string_equal(err.file, "--set");
        assert_non_null(strstr(err.message, *values[i].value ? values[i].value : "''"));
        assert_non_null(strstr(err.hint, values[i].hint));
    }
}

static void test_unknown(void **state)
{
    gr_setting setting = { "fiscal-year", "07-01" };
    gr_policy p;
    gr_error err = { 0 };

    assert_int_equal(load(*state, POLICY(""), &setting, 1, &p, &err), GR_EUSAGE);
    assert_non_null(strstr(err.message, "'fiscal-year'"));
    assert_non_null(strstr(err.hint, "fiscal-start"));
}

/* The same values in the file: all errors in one run, each with its line. */
static void test_file(void **state)
{
    desk *d = *state;
    gr_policy p;
    gr_error err = { 0 };

    assert_int_equal(
        load(d,
             POLICY("\n" CHOICE("period", "fiscall") "\n" CHOICE("gift-day", "given") //
                    "\n" CHOICE("yeer", "2026") "\n" CHOICE("currency", "dollar")),
             NULL, 0, &p, &err),
        GR_EINPUT);
    assert_int_equal(d->problems.count, 3);
    assert_int_equal(d->seen[0].line, 2);
    assert_int_equal(d->seen[1].line, 4);
    assert_int_equal(d->seen[2].line, 5);
    for (size_t i = 0; i < 3; i++)
        assert_true(d->seen[i].hint[0] && strcmp(d->seen[i].file, d->file) == 0);
    assert_non_null(strstr(err.message, "fiscall"));
}

/* Nothing is chosen for the firm: what the file leaves out, or chooses twice, is an error. */
static void test_whole(void **state)
{
    desk *d = *state;
    gr_policy p;
    gr_error err = { 0 };

    desk_write(d, POLICY(CHOICE("period", "fiscal")));
    assert_int_equal(gr_policy_load(d->file, "rules/schema/policy.xsd", NULL, 0, d->arena,
                                    &d->problems, &p, &err),
                     GR_EINPUT);
    assert_int_equal(d->problems.count, GR_COUNT(others) - 1);
    assert_non_null(strstr(err.message, "'firm-kinds'"));
    assert_int_equal(load(d, POLICY(CHOICE("period", "fiscal") "\n" CHOICE("period", "fiscal")),
                          NULL, 0, &p, &err),
                     GR_EINPUT);
    assert_int_equal(d->problems.count, 1);
    assert_int_equal(d->seen[0].line, 2);
    assert_non_null(strstr(err.message, "twice"));
}

static void test_amounts(void **state)
{
    (void)state;
    for (int i = 0; i < GR_POLICY_AMOUNT_COUNT; i++)
        assert_int_equal(
            gr_policy_amount_find(gr_text_of(gr_policy_amount_name((gr_policy_amount)i))), i);
    assert_int_equal(gr_policy_amount_find(GR_TEXT("near-limit")), -1);
    assert_int_equal(gr_policy_amount_find(GR_TEXT("")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),  cmocka_unit_test(test_layers),
        cmocka_unit_test(test_settings), cmocka_unit_test(test_file),
        cmocka_unit_test(test_amounts),  cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_whole),
    };

    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
