/* tests/unit/test_judge.c - what scenarios cannot say of the verdicts: bounds to the fraction of a cent, warnings, ids,
 * other givers, days asked for. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "app/hearing.h"
#include "engine/view.h"

/* ---- one total against one limit ---- */

static void test_verdict_of(void **state)
{
    static const struct {
        gr_wide low, high;
        int64_t den;
        bool unbounded, is_certain, reached_is_over;
        gr_verdict verdict;
    } cases[] = {
        /* the limit is 300.00 */
        { 30000, 30000, 1, false, true, false, GR_COMPLIANT },
        { 30001, 30001, 1, false, true, false, GR_VIOLATION },
        { 90001, 90001, 3, false, true, false, GR_VIOLATION }, /* a third of a cent over */
        { 90000, 90000, 3, false, true, false, GR_COMPLIANT },
        { 29999, 30001, 1, false, true, false, GR_NEEDS_REVIEW },
        { 30001, 40000, 1, false, false, false, GR_NEEDS_REVIEW }, /* this gift may count nothing */
        { 0, 30000, 1, false, false, false, GR_COMPLIANT },
        { 0, 0, 1, true, false, false, GR_NEEDS_REVIEW },
        { 30001, 0, 1, true, true, false, GR_VIOLATION },
        { 29999, 29999, 1, false, true, true, GR_COMPLIANT },
        { 30000, 30000, 1, false, true, true, GR_VIOLATION },
        { 0, 30000, 1, false, false, true, GR_NEEDS_REVIEW },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_limit limit = { .verdict = GR_VIOLATION, .reached_is_over = cases[i].reached_is_over };
        gr_total total = { cases[i].low, cases[i].high, cases[i].den, cases[i].unbounded };

        assert_int_equal(gr_verdict_of(&limit, total, (gr_amount){ 30000, 1 }, cases[i].is_certain),
                         cases[i].verdict);
    }
}

/* ---- small gift logs ---- */

#define LOG(gifts) "<gift-log xmlns='urn:giftrule:gift-log:1'>" gifts "</gift-log>"
#define TO(name)   "<recipient><name>" name "</name><employer>Acme</employer></recipient>"
#define GIFT(id, date, giver, cost, more)                                                          \
    "<gift id='" id "' date='" date "'><giver id='" giver "'/><kind>goods</kind><cost>" cost       \
    "</cost>" more "</gift>"

typedef struct court {
    gr_rules *rules;
    gr_hearing hearing;
} court;

static int set_up(void **state)
{
    static court c;
    const gr_setting settings[] = { { "period", "calendar" },
                                    { "near-limit", "0.80" },
                                    { "gift-day", "given" } };
    gr_error err = { 0 };

    if (gr_rules_load("rules", settings, GR_COUNT(settings), NULL, NULL, &c.rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    gr_rules_free(((court *)*state)->rules);
    return 0;
}

static gr_judgement *hear(court *c, const char *log)
{
    gr_error err = { 0 };

    assert_int_equal(gr_hearing_open(c->rules, &c->hearing, &err), GR_OK);
    if (gr_hearing_read(&c->hearing, GR_TEXT("log.xml"), gr_text_of(log), 0, &err) != GR_OK)
        fail_msg("%s", err.message);
    assert_int_equal(gr_hearing_judge(&c->hearing, &err), GR_OK);
    return &c->hearing.judgement;
}

/* The i-th finding of this verdict and gift ("" for any); NULL when there are fewer. */
static const gr_finding *find(const gr_judgement *j, gr_verdict verdict, const char *gift, size_t i)
{
    for (size_t k = 0; k < j->judged.count; k++) {
        const gr_finding *f = &GR_AT(j->judged, gr_judged, k)->finding;

        if (f->verdict == verdict && (!*gift || gr_text_is(f->gift, gift)) && i-- == 0)
            return f;
    }
    return NULL;
}

/* One warning for a person and a year, at the last gift; none where something worse was found. */
static void test_near_limit(void **state)
{
    static const struct {
        const char *log, *gift; /* gift NULL: no warning */
    } cases[] = {
        { LOG(GIFT("1", "2026-05-01", "A", "239.99", TO("Jane"))), NULL },
        { LOG(GIFT("1", "2026-05-01", "A", "240.00", TO("Jane"))), "1" },
        { LOG(GIFT("1", "2026-05-01", "A", "240.00", TO("Jane"))
                  GIFT("2", "2026-06-01", "A", "60.00", TO("Jane"))),
          "2" },
        { LOG(GIFT("1", "2026-05-01", "A", "240.00", TO("Jane"))
                  GIFT("2", "2026-06-01", "A", "60.01", TO("Jane"))),
          NULL },
        { LOG(GIFT("1", "2026-05-01", "A", "240.00", TO("Jane"))
                  GIFT("2", "2027-06-01", "A", "10.00", TO("Jane"))),
          "1" },
        { LOG(GIFT("1", "2026-05-01", "A", "480.00", TO("Jane") TO("Joe"))), "1" },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        const gr_judgement *j = hear(*state, cases[i].log);
        const gr_finding *warning = find(j, GR_WARNING, "", 0);

        assert_int_equal(warning != NULL, cases[i].gift != NULL);
        if (warning && cases[i].gift) {
            assert_true(gr_text_is(warning->gift, cases[i].gift));
            assert_true(gr_text_is(warning->kind, "near-limit"));
        }
        gr_hearing_close(&((court *)*state)->hearing);
    }
}

/* Everybody whose gift was counted is told, once; the giver of the gift has the finding itself. */
static void test_contributions(void **state)
{
    court *c = *state;
    const gr_judgement *j = hear(c, LOG(GIFT("1", "2026-05-01", "A", "100.00", TO("Jane")) //
                                        GIFT("2", "2026-05-02", "B", "100.00", TO("Jane")) //
                                        GIFT("3", "2026-05-03", "B", "100.00", TO("Jane")) //
                                        GIFT("4", "2026-05-04", "C", "0.01", TO("Jane"))   //
                                        GIFT("5", "2026-05-05", "D", "1.00", TO("Joe"))));
    const gr_finding *f = find(j, GR_VIOLATION, "", 0);

    assert_non_null(f);
    assert_true(gr_text_is(f->gift, "4") && gr_text_is(f->giver_id, "C"));
    assert_null(find(j, GR_VIOLATION, "", 1));
    assert_int_equal(f->counted_count, 4);
    assert_int_equal(f->over.num, f->over.den);
    assert_int_equal(j->contribution.count, 2);
    gr_hearing_close(&c->hearing);
}

/* Two duties broken by one gift are two findings with ids of their own. */
static void test_ids(void **state)
{
    court *c = *state;
    const gr_judgement *j =
        hear(c, LOG(GIFT("1", "2026-05-01", "A", "10.00",
                         "<booked-as>meal</booked-as>"
                         "<changed-after-approval>yes</changed-after-approval>" TO("Jane"))));
    const gr_finding *a = find(j, GR_NEEDS_REVIEW, "1", 0), *b = find(j, GR_NEEDS_REVIEW, "1", 1);

    assert_true(a && b);
    assert_true(gr_text_equal(a->kind, b->kind));
    assert_false(gr_text_equal(a->id, b->id));
    assert_int_equal(a->id.len, 14);
    gr_hearing_close(&c->hearing);
}

/* One person written in two ways in one gift got two shares: one finding, of both. */
static void test_two_shares(void **state)
{
    court *c = *state;
    const gr_judgement *j =
        hear(c, LOG(GIFT("1", "2026-05-01", "A", "303.00", TO("Jane Roe") TO("ROE, JANE"))));
    const gr_finding *f = find(j, GR_VIOLATION, "1", 0);

    assert_non_null(f);
    assert_true(f->total.low == (gr_wide)30300 * f->total.den);
    assert_int_equal(j->judged.count, 1);
    gr_hearing_close(&c->hearing);
}

/* Findings of some days only; but everything counts. */
static void test_days(void **state)
{
    court *c = *state;
    const gr_day may = gr_day_of((gr_date){ 2026, 5, 1 });
    gr_error err = { 0 };
    gr_judgement *j = hear(c, LOG(GIFT("1", "2026-05-01", "A", "400.00", TO("Jane")) //
                                  GIFT("2", "2026-05-02", "A", "1.00", TO("Jane"))   //
                                  GIFT("3", "2026-05-03", "A", "1.00", TO("Jane"))));

    gr_judgement_free(j);
    j->from = j->to = may + 1;
    j->keep_compliant = false;
    assert_int_equal(gr_judge(c->hearing.intake.tally, &c->hearing.who, j, &err), GR_OK);
    assert_int_equal(j->judged.count, 1);
    assert_true(gr_text_is(find(j, GR_VIOLATION, "", 0)->gift, "2"));
    assert_true(find(j, GR_VIOLATION, "", 0)->total.low == 40100);
    gr_hearing_close(&c->hearing);
}

/* What is retracted counts nothing, wherever it stands in the log. */
static void test_retracted(void **state)
{
    court *c = *state;
    const gr_judgement *j = hear(c, LOG(GIFT("1", "2026-05-01", "A", "300.00", TO("Jane")) //
                                        GIFT("2", "2026-05-02", "A", "1.00", TO("Jane"))   //
                                        "<gift id='1' retracted='yes'/>"));

    assert_null(find(j, GR_VIOLATION, "", 0));
    assert_null(find(j, GR_COMPLIANT, "1", 0));
    assert_non_null(find(j, GR_COMPLIANT, "2", 0));
    gr_hearing_close(&c->hearing);
}

/* On one day the record id decides which gift takes the total over, by bytes. */
static void test_same_day(void **state)
{
    court *c = *state;
    const gr_judgement *j = hear(c, LOG(GIFT("9", "2026-05-01", "A", "200.00", TO("Jane")) //
                                        GIFT("10", "2026-05-01", "B", "200.00", TO("Jane"))));

    assert_non_null(find(j, GR_VIOLATION, "9", 0));
    assert_null(find(j, GR_VIOLATION, "10", 0));
    gr_hearing_close(&c->hearing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdict_of),    cmocka_unit_test(test_near_limit),
        cmocka_unit_test(test_contributions), cmocka_unit_test(test_ids),
        cmocka_unit_test(test_two_shares),    cmocka_unit_test(test_days),
        cmocka_unit_test(test_retracted),     cmocka_unit_test(test_same_day),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
