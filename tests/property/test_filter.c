/* tests/property/test_filter.c - filtered reports add up to the whole: each finding is told by one account executive's filter
 * and no other's, and so by verdict, by rule and by month; what one recipient got is told by that one's. What a filter tells
 * it tells as the whole report does. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "archive.h"

static gr_report *recall(const archive *a, gr_filter filter)
{
    gr_recall_options options = { .ledger = a->ledger, .rules = "rules", .filter = filter };
    gr_report *report = NULL;
    gr_error err = { 0 };

    if (gr_report_recall(&options, &report, &err) != GR_OK)
        fail_msg("%s: %s (%s)", err.file, err.message, err.hint);
    return report;
}

static const gr_finding *find(const gr_report *report, gr_text id)
{
    for (size_t e = 0; e < report->executive_count; e++)
        for (size_t i = 0; i < report->executive[e].finding_count; i++)
            if (gr_text_equal(report->executive[e].finding[i]->id, id))
                return report->executive[e].finding[i];
    return NULL;
}

static size_t count_findings(const gr_report *report)
{
    size_t n = 0;

    for (size_t e = 0; e < report->executive_count; e++)
        n += report->executive[e].finding_count;
    return n;
}

/* Sums are of what is told, and it is told as in the whole. */
static void check_part(const gr_report *part, const gr_report *whole)
{
    gr_summary s = gr_report_summary(part);

    assert_int_equal(s.violations + s.needs_review + s.warnings + s.decided, count_findings(part));
    assert_int_equal(s.gifts, whole->summary.gifts);
    for (size_t e = 0; e < part->executive_count; e++) {
        const gr_executive *who = &part->executive[e];

        for (size_t i = 0; i < who->finding_count; i++) {
            const gr_finding *as = find(whole, who->finding[i]->id);

            assert_non_null(as);
            assert_true(gr_text_equal(as->reason, who->finding[i]->reason));
            assert_int_equal(as->counted_count, who->finding[i]->counted_count);
        }
        for (size_t i = 0; i < who->reference_count; i++)
            assert_non_null(find(whole, who->reference[i]));
    }
}

typedef struct parts { /* of one way to divide */
    const archive *archive;
    const gr_report *whole;
    size_t told;
    gr_summary sum;
} parts;

static void add_part(parts *p, gr_filter filter)
{
    gr_report *part = recall(p->archive, filter);
    gr_summary s = gr_report_summary(part);

    check_part(part, p->whole);
    p->told += count_findings(part);
    p->sum.violations += s.violations;
    p->sum.needs_review += s.needs_review;
    p->sum.warnings += s.warnings;
    gr_report_free(part);
}

static void assert_whole(const char *how, const parts *p)
{
    gr_summary s = gr_report_summary(p->whole);

    if (p->told != count_findings(p->whole) || p->sum.violations != s.violations ||
        p->sum.needs_review != s.needs_review || p->sum.warnings != s.warnings)
        fail_msg("%s, %zu of %zu findings are told", how, p->told, count_findings(p->whole));
}

static void by_executive(const archive *a, const gr_report *whole)
{
    parts p = { .archive = a, .whole = whole };

    for (size_t e = 0; e < whole->executive_count; e++)
        add_part(&p, (gr_filter){ .executive = whole->executive[e].id.ptr });
    assert_whole("by account executive", &p);
}

static void by_verdict(const archive *a, const gr_report *whole)
{
    parts p = { .archive = a, .whole = whole };

    for (int v = GR_WARNING; v <= GR_VIOLATION; v++)
        add_part(&p, (gr_filter){ .verdict = gr_verdict_text((gr_verdict)v) });
    assert_whole("by verdict", &p);
}

static void by_rule(const archive *a, const gr_report *whole)
{
    parts p = { .archive = a, .whole = whole };
    size_t others = 0;
    char name[64];

    for (size_t i = 0; i < whole->rulebook_count; i++) {
        snprintf(name, sizeof name, "%.*s", GR_ALL(whole->rulebook[i].id));
        add_part(&p, (gr_filter){ .rule = name });
    }
    for (size_t e = 0; e < whole->executive_count; e++)
        for (size_t i = 0; i < whole->executive[e].finding_count; i++)
            others += gr_text_is(whole->executive[e].finding[i]->rule, "detection");
    if (others > 0)
        add_part(&p, (gr_filter){ .rule = "detection" });
    assert_whole("by rule", &p);
}

static void by_days(const archive *a, const gr_report *whole)
{
    static const char *const days[][2] = { { NULL, "2025-12-31" },
                                           { "2026-01-01", "2026-03-29" },
                                           { "2026-03-30", NULL } };
    parts p = { .archive = a, .whole = whole };

    for (size_t i = 0; i < GR_COUNT(days); i++)
        add_part(&p, (gr_filter){ .from = days[i][0], .to = days[i][1] });
    assert_whole("by days", &p);
}

/* Somebody's filter tells at least every finding that names that one. */
static void by_recipient(const archive *a, const gr_report *whole)
{
    for (size_t e = 0; e < whole->executive_count; e++) {
        for (size_t i = 0; i < whole->executive[e].finding_count && i < 3; i++) {
            const gr_finding *f = whole->executive[e].finding[i];
            char name[256];
            gr_report *part;

            if (f->recipient_name.len == 0)
                continue;
            snprintf(name, sizeof name, "%.*s", GR_ALL(f->recipient_name));
            part = recall(a, (gr_filter){ .recipient = name });
            check_part(part, whole);
            assert_non_null(find(part, f->id));
            gr_report_free(part);
        }
    }
}

static void parts_make_the_whole(round_of *r)
{
    archive *a = r->court;
    const gr_rules *rules = rules_of(a, r->firm, r->period);
    const char *inputs[] = { a->export };
    gr_audit_options options = { .inputs = inputs, .input_count = 1, .ledger = a->ledger };
    char *text = print_log(&r->log, 0, r->log.count);
    gr_report *audited = NULL, *whole;
    gr_error err = { 0 };

    remove_ledger(a);
    write_export(a, text);
    free(text);
    set_clock(0);
    if (gr_audit(rules, &options, &audited, &err) != GR_OK)
        fail_msg("%s", err.message);
    gr_report_free(audited);
    whole = recall(a, (gr_filter){ 0 });
    by_executive(a, whole);
    by_verdict(a, whole);
    by_rule(a, whole);
    by_days(a, whole);
    by_recipient(a, whole);
    gr_report_free(whole);
}

static void test_parts(void **state)
{
    hold(state, "parts make the whole", parts_make_the_whole, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = { LAW(test_parts) };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
