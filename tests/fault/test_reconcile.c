/* tests/fault/test_reconcile.c - matching with every call for memory failing in turn: a gift log, expenses and approvals that
 * do not go together in any of the ways there are. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <libxml/parser.h>

#include "fault.h"
#include "firm.h"

#define FOLDER "tests/golden/reconciliation/"

static gr_status audit(const gr_rules *rules, gr_report **out, gr_error *err)
{
    static const char *const inputs[] = { FOLDER "log.xml", FOLDER "concur.xml",
                                          FOLDER "approvals.xml" };
    gr_audit_options options = { .inputs = inputs,
                                 .input_count = GR_COUNT(inputs),
                                 .as_of = "2026-12-31" };

    return gr_audit(rules, &options, out, err);
}

static void arm(bool once, size_t n)
{
    if (once)
        fault_set_once(FAULT_MEMORY, n);
    else
        fault_set(FAULT_MEMORY, n);
}

/* It fails whole, or is right; an input that libxml2 took for broken is told of. */
static bool fails_well(const gr_rules *rules, const gr_summary *right, bool once, size_t n)
{
    gr_report *report = NULL;
    gr_error err = { 0 };
    gr_status status;
    bool met;

    arm(once, n);
    status = audit(rules, &report, &err);
    met = fault_met();
    fault_set(FAULT_NONE, 0);
    if (status == GR_OK && gr_report_summary(report).refused == 0) {
        gr_summary got = gr_report_summary(report);

        assert_memory_equal(&got, right, sizeof got);
    }
    if (status != GR_OK)
        assert_true(met && err.status == status && err.message[0]);
    gr_report_free(report);
    return met;
}

static void test_matching(void **state)
{
    gr_rules *rules = *state;
    gr_report *report = NULL;
    gr_summary right;
    gr_error err = { 0 };

    assert_int_equal(audit(rules, &report, &err), GR_OK);
    right = gr_report_summary(report);
    gr_report_free(report);
    assert_true(right.violations > 0 && right.needs_review > 0 && right.warnings > 0);
    for (int once = 0; once < 2; once++) {
        size_t before = fault_blocks();

        for (size_t n = 1; fails_well(rules, &right, once, n); n++) {
            xmlResetLastError();
            assert_int_equal(fault_blocks(), before);
        }
    }
}

static int open_rules(void **state)
{
    gr_error err = { 0 };
    gr_rules *rules;

    assert_int_equal(gr_rules_load("rules", NULL, 0, NULL, NULL, &rules, &err), GR_OK);
    *state = rules;
    return 0;
}

static int close_rules(void **state)
{
    gr_rules_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_matching) };

    firm_use_our_memory();
    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
