/* tests/unit/test_reconcile.c - which records are taken for one gift, which of them counts, and what is found where they do
 * not go together. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "matchbox.h"

static int set_up(void **state)
{
    gr_error err = { 0 };
    gr_rules *rules;

    if (gr_rules_load("rules", NULL, 0, NULL, NULL, &rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    *state = rules;
    return 0;
}

static int tear_down(void **state)
{
    gr_rules_free(*state);
    return 0;
}

typedef struct told {
    const char *what;
    box in;
    const char *out;
} told;

static void check(const gr_rules *rules, const told *cases, size_t count)
{
    box_text *out = calloc(1, sizeof *out);

    assert_non_null(out);
    for (size_t i = 0; i < count; i++) {
        gr_hearing h;

        box_judge(rules, &cases[i].in, &h);
        box_print(&h, out);
        if (strcmp(out->bytes, cases[i].out) != 0)
            fail_msg("%s: '%s' and not '%s'", cases[i].what, out->bytes, cases[i].out);
        gr_hearing_close(&h);
    }
    free(out);
}

/* A log of all days, and a report of all days, of others. */
#define LOG_DAYS  ";G-0 2026-01-01 Zoe Zach 1.00;G-99 2026-12-31 Zoe Zach 1.00"
#define DANA_DAYS ";E-0 2026-01-01 Dana - 1.00 meal=yes;E-99 2026-12-31 Dana - 1.00 meal=yes"

static void test_content(void **state)
{
    static const told cases[] = {
        { "the same",
          { "G-1 2026-05-04 Dana Jane 100.00", "E-1 2026-05-04 Dana Jane 100.00", "" },
          "G-1=E-1:content" },
        { "to somebody whom each system numbers in its own way",
          { "G-1 2026-05-04 Dana Jane 100.00 number=R-1",
            "E-1 2026-05-04 Dana Jane 100.00 number=77", "" },
          "G-1=E-1:content" },
        { "to two people of one number",
          { "G-1 2026-05-04 Dana Jane 100.00" LOG_DAYS, "E-1 2026-05-04 Dana John 100.00 number=77",
            "" },
          "not-logged:E-1:v" },
        { "seven days later",
          { "G-1 2026-05-04 Dana Jane 100.00", "E-1 2026-05-11 Dana Jane 100.00", "" },
          "G-1=E-1:content" },
        { "seven days earlier",
          { "G-1 2026-05-11 Dana Jane 100.00", "E-1 2026-05-04 Dana Jane 100.00", "" },
          "G-1=E-1:content" },
        { "eight days later",
          { "G-1 2026-05-04 Dana Jane 100.00" LOG_DAYS, "E-1 2026-05-12 Dana Jane 100.00", "" },
          "not-logged:E-1:v" },
        { "one percent more",
          { "G-1 2026-05-04 Dana Jane 200.00", "E-1 2026-05-04 Dana Jane 202.02", "" },
          "G-1=E-1:content:expense-counts" },
        { "a cent too much",
          { "G-1 2026-05-04 Dana Jane 200.00", "E-1 2026-05-04 Dana Jane 202.03", "" },
          "not-logged:E-1:v" },
        { "a dollar less",
          { "G-1 2026-05-04 Dana Jane 20.00", "E-1 2026-05-04 Dana Jane 19.00", "" },
          "G-1=E-1:content" },
        { "a cent too little",
          { "G-1 2026-05-04 Dana Jane 20.00", "E-1 2026-05-04 Dana Jane 18.99", "" },
          "not-logged:E-1:v" },
        { "with the tax on top",
          { "G-1 2026-05-04 Dana Jane 100.00 tax=8.88", "E-1 2026-05-04 Dana Jane 108.88", "" },
          "G-1=E-1:content" },
        { "with a part of the tax on top",
          { "G-1 2026-05-04 Dana Jane 100.00 tax=8.88", "E-1 2026-05-04 Dana Jane 105.00", "" },
          "G-1=E-1:content" },
        { "the amount is not known",
          { "G-1 2026-05-04 Dana Jane -", "E-1 2026-05-04 Dana Jane 10.00", "" },
          "not-logged:E-1:v" },
        { "another giver",
          { "G-1 2026-05-04 Dana Jane 100.00", "E-1 2026-05-04 Raj Jane 100.00", "" },
          "not-logged:E-1:v" },
        { "another recipient",
          { "G-1 2026-05-04 Dana Jane 100.00", "E-1 2026-05-04 Dana John 100.00", "" },
          "not-logged:E-1:v" },
        { "one of two recipients",
          { "G-1 2026-05-04 Dana Jane+John 100.00", "E-1 2026-05-04 Dana John 100.00", "" },
          "G-1=E-1:content recipient-differs:G-1:r" },
        { "a meal is no gift by itself, and yet the expense of one",
          { "G-1 2026-05-04 Dana Jane 100.00 kind=meal", "E-1 2026-05-04 Dana Jane 100.00 meal=yes",
            "" },
          "G-1=E-1:content" },
        { "a meal that is in no log",
          { "G-1 2026-05-04 Dana Jane 100.00", "E-1 2026-05-04 Dana John 100.00 meal=yes", "" },
          "" },
    };

    check(*state, cases, GR_COUNT(cases));
}

static void test_best_first(void **state)
{
    static const told cases[] = {
        { "the nearer day",
          { "G-1 2026-05-04 Dana Jane 10.00;G-2 2026-05-08 Dana Jane 10.00",
            "E-1 2026-05-07 Dana Jane 10.00;E-2 2026-05-03 Dana Jane 10.00", "" },
          "G-1=E-2:content G-2=E-1:content" },
        { "the same amount, and not the nearer day",
          { "G-1 2026-05-04 Dana Jane 10.00;G-2 2026-05-08 Dana Jane 10.50",
            "E-1 2026-05-07 Dana Jane 10.00;E-2 2026-05-05 Dana Jane 10.50", "" },
          "G-1=E-1:content G-2=E-2:content" },
        { "alike: in the order of ids",
          { "G-2 2026-05-04 Dana Jane 10.00;G-1 2026-05-04 Dana Jane 10.00",
            "E-2 2026-05-04 Dana Jane 10.00;E-1 2026-05-04 Dana Jane 10.00", "" },
          "G-1=E-1:content G-2=E-2:content" },
        { "one expense for two gifts",
          { "G-1 2026-05-04 Dana Jane 10.00;G-2 2026-05-05 Dana Jane 10.00" LOG_DAYS,
            "E-1 2026-05-05 Dana Jane 10.00" DANA_DAYS, "" },
          "G-2=E-1:content not-expensed:G-1:w" },
        { "one gift for two expenses",
          { "G-1 2026-05-04 Dana Jane 10.00" LOG_DAYS,
            "E-1 2026-05-05 Dana Jane 10.00;E-2 2026-05-04 Dana Jane 10.00", "" },
          "G-1=E-2:content not-logged:E-1:v" },
        { "all recipients, and not one of them",
          { "G-1 2026-05-04 Dana Jane 10.00;G-2 2026-05-04 Dana Jane+John 10.00",
            "E-1 2026-05-04 Dana Jane+John 10.00;E-2 2026-05-04 Dana Jane 10.00", "" },
          "G-1=E-2:content G-2=E-1:content" },
        { "a gift, and not a meal",
          { "G-1 2026-05-04 Dana Jane 10.00",
            "E-1 2026-05-04 Dana Jane 10.00 meal=yes;E-2 2026-05-05 Dana Jane 10.00", "" },
          "G-1=E-2:content" },
    };

    check(*state, cases, GR_COUNT(cases));
}

static void test_numbers(void **state)
{
    static const told cases[] = {
        { "the log names the expense",
          { "G-1 2026-05-04 Dana Jane 10.00 reference=E-1", "E-1 2026-08-04 Raj John 10.00", "" },
          "G-1=E-1:reference recipient-differs:G-1:r" },
        { "in other letters",
          { "G-1 2026-05-04 Dana Jane 10.00 reference=e-1", "E-1 2026-05-04 Dana Jane 10.00", "" },
          "G-1=E-1:reference" },
        { "a gift in two expenses: the second is asked about",
          { "G-0001 2026-05-04 Dana Jane 280.00" LOG_DAYS,
            "E-1 2026-05-04 Dana Jane 140.00 note=G-0001;"
            "E-2 2026-05-05 Dana Jane 140.00 note=G-0001",
            "" },
          "G-0001=E-1:reference amount-differs:G-0001:r not-logged:E-2:r" },
        { "the expense names the log in its purpose",
          { "G-0001 2026-05-04 Dana Jane 10.00", "E-1 2026-06-04 Dana - 10.00 note=G-0001", "" },
          "G-0001=E-1:reference" },
        { "a text that only looks like a number",
          { "G-0001 2026-05-04 Dana Jane 10.00" LOG_DAYS,
            "E-1 2026-05-04 Raj John 99.00 note=G-0001", "" },
          "not-logged:E-1:v" },
        { "both name one approval",
          { "G-1 2026-05-04 Dana Jane 10.00 approval=PA-2026-001",
            "E-1 2026-06-30 Dana - 10.00 note=PA-2026-001", "" },
          "G-1=E-1:approval" },
        { "a reference goes before an approval",
          { "G-0001 2026-05-04 Dana Jane 10.00 approval=PA-2026-001;"
            "G-0002 2026-05-04 Dana Jane 10.00 reference=E-1",
            "E-1 2026-05-04 Dana Jane 10.00 note=PA-2026-001", "" },
          "G-0002=E-1:reference" },
        { "two expenses of one approval: the better one",
          { "G-1 2026-05-04 Dana Jane 10.00 approval=PA-2026-001",
            "E-1 2026-05-04 Dana Jane 40.00 note=PA-2026-001;"
            "E-2 2026-05-04 Dana Jane 10.00 note=PA-2026-001",
            "" },
          "G-1=E-2:approval not-logged:E-1:v" },
        { "the amounts differ",
          { "G-1 2026-05-04 Dana Jane 10.00 reference=E-1", "E-1 2026-05-04 Dana Jane 12.00", "" },
          "G-1=E-1:reference amount-differs:G-1:r" },
    };

    check(*state, cases, GR_COUNT(cases));
}

static void test_unnamed(void **state)
{
    static const told cases[] = {
        { "nothing else competes",
          { "G-1 2026-05-04 Dana Jane 10.00", "E-1 2026-05-05 Dana - 10.00", "" },
          "G-1=E-1:amount" },
        { "two gifts of one price",
          { "G-1 2026-05-04 Dana Jane 10.00;G-2 2026-05-04 Dana John 10.00",
            "E-1 2026-05-04 Dana - 10.00", "" },
          "not-logged:E-1:v" },
        { "two expenses of one price",
          { "G-1 2026-05-04 Dana Jane 10.00" LOG_DAYS,
            "E-1 2026-05-04 Dana - 10.00;E-2 2026-05-04 Dana - 10.00", "" },
          "not-logged:E-1:v not-logged:E-2:v" },
        { "the other one of two is matched by its recipient",
          { "G-1 2026-05-04 Dana Jane 10.00;G-2 2026-05-04 Dana John 10.00",
            "E-1 2026-05-04 Dana - 10.00;E-2 2026-05-04 Dana John 10.00", "" },
          "G-1=E-1:amount G-2=E-2:content" },
        { "a taxi names nobody, and is no gift",
          { "G-1 2026-05-04 Dana Jane 10.00" LOG_DAYS,
            "E-1 2026-05-04 Dana - 10.00 meal=yes" DANA_DAYS, "" },
          "not-expensed:G-1:w" },
    };

    check(*state, cases, GR_COUNT(cases));
}

static void test_one_side(void **state)
{
    static const told cases[] = {
        { "a log alone", { "G-1 2026-05-04 Dana Jane 10.00", "", "" }, "" },
        { "expenses alone", { "", "E-1 2026-05-04 Dana Jane 10.00", "" }, "" },
        { "before the log begins",
          { "G-1 2026-05-04 Dana John 10.00", "E-1 2026-05-03 Dana Jane 99.00", "" },
          "" },
        { "on its first day",
          { "G-1 2026-05-04 Dana John 10.00", "E-1 2026-05-04 Dana Jane 99.00", "" },
          "not-logged:E-1:v" },
        { "the giver's own money is never expensed",
          { "G-1 2026-05-04 Dana Jane 10.00 payer=giver" LOG_DAYS,
            "E-1 2026-01-01 Dana John 5.00 meal=yes" DANA_DAYS, "" },
          "" },
        { "nobody knows whose money it was",
          { "G-1 2026-05-04 Dana Jane 10.00 payer=-" LOG_DAYS,
            "E-1 2026-01-01 Dana John 5.00 meal=yes" DANA_DAYS, "" },
          "" },
        { "the giver's expenses end too early to tell",
          { "G-1 2026-05-04 Dana Jane 10.00",
            "E-1 2026-01-01 Dana - 5.00 meal=yes;E-2 2026-05-10 Dana - 5.00 meal=yes", "" },
          "" },
        { "they reach just far enough",
          { "G-1 2026-05-04 Dana Jane 10.00",
            "E-1 2026-01-01 Dana - 5.00 meal=yes;E-2 2026-05-11 Dana - 5.00 meal=yes", "" },
          "not-expensed:G-1:w" },
        { "the expenses of somebody else tell nothing",
          { "G-1 2026-05-04 Raj Jane 10.00", "E-1 2026-01-01 Dana - 5.00 meal=yes" DANA_DAYS, "" },
          "" },
    };

    check(*state, cases, GR_COUNT(cases));
}

static void test_which_counts(void **state)
{
    static const told cases[] = {
        { "the log, since nothing speaks for the expense",
          { "G-1 2026-05-04 Dana Jane 10.00 kind=goods", "E-1 2026-05-04 Dana Jane 10.00", "" },
          "G-1=E-1:content" },
        { "the expense: it says what it was, and who paid",
          { "G-1 2026-05-04 Dana Jane 10.00 payer=-", "E-1 2026-05-04 Dana Jane 10.00", "" },
          "G-1=E-1:content:expense-counts" },
        { "but never with fewer recipients",
          { "G-1 2026-05-04 Dana Jane+John 10.00 payer=-", "E-1 2026-05-04 Dana Jane 10.00", "" },
          "G-1=E-1:content recipient-differs:G-1:r" },
        { "the log, whose value is uncertain, and the expense says who paid",
          { "G-1 2026-05-04 Dana Jane 10.00 payer=- occasion=birthday kind=goods logo=no",
            "E-1 2026-05-04 Dana Jane 10.00", "" },
          "G-1=E-1:content facts-elsewhere:G-1:w" },
        { "the higher amount: the limit lies between",
          { "G-1 2026-05-04 Dana Jane 298.00 kind=goods", "E-1 2026-05-04 Dana Jane 300.40", "" },
          "G-1=E-1:content:expense-counts" },
        { "the higher amount, though the expense says more",
          { "G-1 2026-05-04 Dana Jane 302.00 payer=-", "E-1 2026-05-04 Dana Jane 299.90", "" },
          "G-1=E-1:content" },
        { "not the higher amount, where tax is told",
          { "G-1 2026-05-04 Dana Jane 200.00 kind=goods tax=10.00",
            "E-1 2026-05-04 Dana Jane 211.00", "" },
          "G-1=E-1:content" },
        { "what the firm paid is no gift of the giver's own",
          { "G-1 2026-05-04 Dana Jane 400.00 payer=giver occasion=wedding kind=goods",
            "E-1 2026-05-05 Dana Jane 400.00", "" },
          "G-1=E-1:content:expense-counts" },
        { "and not the same one, where the expense names nobody",
          { "G-1 2026-05-04 Dana Jane 400.00 payer=giver occasion=wedding" LOG_DAYS,
            "E-1 2026-05-05 Dana - 400.00", "" },
          "not-logged:E-1:v" },
    };

    check(*state, cases, GR_COUNT(cases));
}

static void test_approvals(void **state)
{
    static const told cases[] = {
        { "for two, and a gift to each of them",
          { "G-1 2026-05-04 Dana Jane 80.00 approval=PA-1;G-2 2026-05-05 Dana John 80.00 "
            "approval=PA-1",
            "", "PA-1 2026-05-01 Dana Jane+John 160.00 ends=2026-05-31" },
          "" },
        { "for two, and together above its value",
          { "G-1 2026-05-04 Dana Jane 80.00 approval=PA-1;G-2 2026-05-05 Dana John 80.01 "
            "approval=PA-1",
            "", "PA-1 2026-05-01 Dana Jane+John 160.00 ends=2026-05-31" },
          "approval-reused:G-2:r" },
        { "in other letters: the one that is written so",
          { "G-1 2026-05-04 Dana Jane 80.00 approval=PA-1", "",
            "pa-1 2026-05-01 Dana Jane 200.00;PA-1 2026-05-01 Dana Jane 50.00" },
          "above-approval:G-1:r" },
        { "used by its number",
          { "G-1 2026-05-04 Dana Jane 10.00 approval=PA-1" LOG_DAYS, "",
            "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "" },
        { "used by giver, recipient, day and value",
          { "G-1 2026-05-04 Dana Jane 10.00" LOG_DAYS, "",
            "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "" },
        { "never used, since the gift was worth more",
          { "G-1 2026-05-04 Dana Jane 10.01" LOG_DAYS, "",
            "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "approval-unused:PA-1:w" },
        { "not yet ended",
          { "G-0 2027-02-01 Zoe Zach 1.00", "", "PA-1 2026-05-01 Dana Jane 10.00 ends=2027-01-01" },
          "" },
        { "the log does not reach its end",
          { "G-0 2026-05-30 Zoe Zach 1.00", "", "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "" },
        { "without an end it may still be used",
          { "G-1 2026-12-04 Raj John 10.00", "", "PA-1 2026-05-01 Dana Jane 10.00" },
          "" },
        { "a cent more than was approved",
          { "G-1 2026-05-04 Dana Jane 10.01 approval=PA-1", "",
            "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "above-approval:G-1:r" },
        { "the tax comes on top",
          { "G-1 2026-05-04 Dana Jane 10.00 tax=0.88 approval=PA-1", "",
            "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "" },
        { "another giver, too late",
          { "G-1 2026-06-01 Raj Jane 10.00 approval=PA-1", "",
            "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "approval-days:G-1:r other-approval:G-1:r" },
        { "too early, to somebody else",
          { "G-1 2026-04-30 Dana John 10.00 approval=PA-1", "",
            "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "approval-days:G-1:r other-approval:G-1:r" },
        { "for whomever",
          { "G-1 2026-05-04 Dana John 10.00 approval=PA-1", "",
            "PA-1 2026-05-01 Dana - 10.00 ends=2026-05-31" },
          "" },
        { "no such approval",
          { "G-1 2026-05-04 Dana Jane 10.00 approval=PA-2" LOG_DAYS, "",
            "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "approval-unused:PA-1:w unknown-approval:G-1:r" },
        { "no such approval, of days whose approvals are not here",
          { "G-1 2026-04-30 Dana Jane 10.00 approval=PA-2", "",
            "PA-1 2026-05-01 Dana John 10.00 ends=2027-05-31" },
          "" },
        { "used twice: the later gift is told",
          { "G-2 2026-05-05 Dana Jane 10.00 approval=PA-1;"
            "G-1 2026-05-06 Dana Jane 10.00 approval=pa-1",
            "", "PA-1 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "approval-reused:G-1:r" },
        { "by log and expense: that is one gift",
          { "G-1 2026-05-05 Dana Jane 10.00 approval=PA-2026-001",
            "E-1 2026-05-06 Dana Jane 10.00 note=PA-2026-001",
            "PA-2026-001 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "G-1=E-1:approval" },
        { "by an expense alone",
          { "", "E-1 2026-05-06 Dana Jane 12.00 note=PA-2026-001",
            "PA-2026-001 2026-05-01 Dana Jane 10.00 ends=2026-05-31" },
          "above-approval:E-1:r" },
    };

    check(*state, cases, GR_COUNT(cases));
}

/* Between the days that are asked for only. */
static void test_days_asked_for(void **state)
{
    const box in = { "G-1 2026-05-04 Dana John 10.00", "E-1 2026-05-04 Dana Jane 99.00", "" };
    gr_hearing h;
    gr_error err = { 0 };

    box_judge(*state, &in, &h);
    for (int late = 0; late < 2; late++) {
        size_t found = 0;

        gr_judgement_free(&h.judgement);
        h.judgement.from = gr_day_of((gr_date){ 2026, 5, 4 + late });
        assert_int_equal(gr_verdicts_find(&h.intake, &h.who, &h.judgement, &err), GR_OK);
        for (size_t i = 0; i < h.judgement.judged.count; i++)
            found +=
                gr_text_is(GR_AT(h.judgement.judged, gr_judged, i)->finding.rule, "reconciliation");
        assert_int_equal(found, late ? 0 : 1);
    }
    gr_hearing_close(&h);
}

/* A source that is refused after all leaves nothing behind. */
static void test_cut(void **state)
{
    const box in = { "G-1 2026-05-04 Dana Jane 10.00 reference=E-1", "", "" };
    gr_reconciliation *r;
    gr_hearing h;

    box_judge(*state, &in, &h);
    r = h.intake.reconciliation;
    assert_false(gr_reconciliation_is_needed(r));
    box_read_expenses(&h, "E-1 2026-05-04 Dana Jane 10.00 note=PA-2026-001");
    assert_true(gr_reconciliation_is_needed(r));
    assert_int_equal(r->detail.count, 2);
    gr_reconciliation_cut(r, 1);
    assert_false(gr_reconciliation_is_needed(r));
    assert_int_equal(r->seen.count, 1);
    assert_int_equal(r->detail.count, 1);
    assert_true(gr_text_is(gr_number_text(r, gr_detail_of(r, 0)->reference), "E-1"));
    gr_tally_cut(h.intake.tally, 1);
    gr_hearing_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_content),   cmocka_unit_test(test_best_first),
        cmocka_unit_test(test_numbers),   cmocka_unit_test(test_unnamed),
        cmocka_unit_test(test_one_side),  cmocka_unit_test(test_which_counts),
        cmocka_unit_test(test_approvals), cmocka_unit_test(test_days_asked_for),
        cmocka_unit_test(test_cut),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
