/* tests/unit/test_condition.c - three-valued logic: every test a field can make on a fact that is so, is not so, or is
 * not known; Kleene's tables; which leaf decided; what the reader refuses. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine_desk.h"

#define T "<field fact='kind' is='meal'/>"              /* true of the record below */
#define F "<field fact='kind' is='goods' because='f'/>" /* false */
#define U "<field fact='payer' is='firm'/>"             /* unknown */

static gr_truth evaluate(desk *d, const char *element, const char *record)
{
    const gr_condition *c = desk_condition(d, element);
    gr_facts facts = desk_facts(desk_record(d, record), 0);

    assert_non_null(c);
    return gr_condition_evaluate(c, &facts, NULL);
}

static void test_leaves(void **state)
{
    static const struct {
        const char *element, *record;
        gr_truth truth;
    } cases[] = {
        { "<field fact='kind' is='meal ticket'/>", "kind=ticket", GR_TRUE },
        { "<field fact='kind' is='meal ticket'/>", "kind=goods", GR_FALSE },
        { "<field fact='kind' is='meal ticket'/>", "payer=firm", GR_UNKNOWN },
        { "<field fact='kind' known='yes'/>", "kind=goods", GR_TRUE },
        { "<field fact='kind' known='yes'/>", "payer=firm", GR_FALSE },
        { "<field fact='kind' known='no'/>", "kind=goods", GR_FALSE },
        { "<field fact='kind' known='no'/>", "payer=firm", GR_TRUE },
        { "<field fact='name' known='no'/>", "| name=Jane", GR_FALSE },
        { "<field fact='name' known='no'/>", "payer=firm", GR_TRUE },
        { "<field fact='cost' under='50.00'/>", "cost=49.99", GR_TRUE },
        { "<field fact='cost' under='50.00'/>", "cost=50.00", GR_FALSE },
        { "<field fact='cost' at-most='50.00'/>", "cost=50.00", GR_TRUE },
        { "<field fact='cost' at-most='50.00'/>", "cost=50.001", GR_FALSE },
        { "<field fact='cost' at-least='50.00'/>", "cost=50.00", GR_TRUE },
        { "<field fact='cost' at-least='50.00'/>", "cost=49.999", GR_FALSE },
        { "<field fact='cost' above='50.00'/>", "cost=50.00", GR_FALSE },
        { "<field fact='cost' above='50.00'/>", "cost=50.01", GR_TRUE },
        { "<field fact='cost' above='50.00'/>", "kind=meal", GR_UNKNOWN },
        { "<field fact='cost' under='policy:nominal-value'/>", "cost=49.99", GR_TRUE },
        { "<field fact='quantity' at-least='3'/>", "quantity=3", GR_TRUE },
        { "<field fact='quantity' above='3'/>", "quantity=3", GR_FALSE },
        { "<field fact='count' under='3'/>", "| count=2", GR_TRUE },
        { "<field fact='worth' under='3.00'/>", "cost=2.00", GR_UNKNOWN }, /* not computed here */
        { "<field fact='date' before='2026-03-30'/>", "date=2026-03-29", GR_TRUE },
        { "<field fact='date' before='2026-03-30'/>", "date=2026-03-30", GR_FALSE },
        { "<field fact='date' before='2026-03-30'/>", "kind=meal", GR_UNKNOWN },
        { "<field fact='ordered' before='fact:date'/>", "ordered=2026-03-29 date=2026-03-30",
          GR_TRUE },
        { "<field fact='ordered' before='fact:date'/>", "ordered=2026-03-30 date=2026-03-30",
          GR_FALSE },
        { "<field fact='ordered' before='fact:date'/>", "date=2026-03-30", GR_UNKNOWN },
        { "<field fact='ordered' before='fact:date'/>", "ordered=2026-03-30", GR_UNKNOWN },
        { "<field fact='description' matches='(?i)\\bplaque\\b'/>", "description=A-PLAQUE",
          GR_TRUE },
        { "<field fact='description' matches='(?i)\\bplaque\\b'/>", "description=plaques",
          GR_FALSE },
        { "<field fact='description' matches='x'/>", "kind=meal", GR_UNKNOWN },
        { "<judgment ask='Was it?'/>", "kind=meal", GR_UNKNOWN },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++)
        assert_int_equal(evaluate(*state, cases[i].element, cases[i].record), cases[i].truth);
}

static void test_tables(void **state)
{
    static const char *const leaf[] = { F, U, T }; /* in the order of gr_truth */
    char text[256];

    for (int a = GR_FALSE; a <= GR_TRUE; a++) {
        snprintf(text, sizeof text, "<not>%s</not>", leaf[a]);
        assert_int_equal(evaluate(*state, text, "kind=meal"), GR_TRUE - a);
        for (int b = GR_FALSE; b <= GR_TRUE; b++) {
            snprintf(text, sizeof text, "<all>%s%s</all>", leaf[a], leaf[b]);
            assert_int_equal(evaluate(*state, text, "kind=meal"), a < b ? a : b);
            snprintf(text, sizeof text, "<any>%s%s</any>", leaf[a], leaf[b]);
            assert_int_equal(evaluate(*state, text, "kind=meal"), a > b ? a : b);
        }
    }
}

/* An interval is on one side of the bound, or nobody knows. */
static void test_worth(void **state)
{
    static const struct {
        const char *element;
        gr_span worth;
        gr_truth truth;
    } cases[] = {
        { "<field fact='worth' under='50.00'/>", { 0, 4999, 1 }, GR_TRUE },
        { "<field fact='worth' under='50.00'/>", { 0, 5000, 1 }, GR_UNKNOWN },
        { "<field fact='worth' under='50.00'/>", { 5000, 5000, 1 }, GR_FALSE },
        { "<field fact='worth' under='50.00'/>", { 14999, 14999, 3 }, GR_TRUE },
        { "<field fact='worth' at-least='50.00'/>", { 4999, GR_UNBOUNDED, 1 }, GR_UNKNOWN },
        { "<field fact='worth' at-least='50.00'/>", { 5000, GR_UNBOUNDED, 1 }, GR_TRUE },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        const gr_condition *c = desk_condition(*state, cases[i].element);
        gr_facts facts = desk_facts(desk_record(*state, "kind=meal"), 0);

        assert_non_null(c);
        facts.worth = cases[i].worth;
        facts.has_worth = true;
        assert_int_equal(gr_condition_evaluate(c, &facts, NULL), cases[i].truth);
    }
}

/* The leaf that decided, and the question that would settle it. */
static void test_decider(void **state)
{
    static const struct {
        const char *element;
        gr_truth truth;
        const char *because, *question;
    } cases[] = {
        { "<all>" T U F "</all>", GR_FALSE, "f", "What kind of thing was given?" },
        { "<all>" T U "</all>", GR_UNKNOWN, "",
          "Who paid: the firm, the giver personally, or a third party?" },
        { "<any>" F "<judgment ask='Was it?'/></any>", GR_UNKNOWN, "", "Was it?" },
        { "<not>" F "</not>", GR_TRUE, "f", "What kind of thing was given?" },
        { "<any>" F "<field fact='kind' is='cash' because='g'/></any>", GR_FALSE, "f", "" },
        { "<any><field fact='kind' is='cash'/>" F "</any>", GR_FALSE, "f", "" },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        const gr_condition *c = desk_condition(*state, cases[i].element), *leaf = NULL;
        gr_facts facts = desk_facts(desk_record(*state, "kind=meal"), 0);

        assert_non_null(c);
        assert_int_equal(gr_condition_evaluate(c, &facts, &leaf), cases[i].truth);
        assert_true(gr_text_is(leaf->because, cases[i].because));
        if (*cases[i].question)
            assert_true(gr_text_is(gr_condition_question(leaf), cases[i].question));
    }
}

/* A presumption stands in for a fact that is not stated, if its own condition surely holds; and is remembered. */
static void test_presumptions(void **state)
{
    static const struct {
        const char *record;
        gr_truth truth;
        uint32_t leaned;
    } cases[] = {
        { "reimbursed=yes payer=giver", GR_FALSE, 0 },
        { "reimbursed=no", GR_TRUE, 0 },
        { "payer=giver", GR_TRUE, 1 },
        { "payer=firm", GR_UNKNOWN, 0 },
        { "kind=meal", GR_UNKNOWN, 0 },
    };
    gr_presumption presumption = { .fact = GR_F_REIMBURSED, .word = GR_NO };
    const gr_condition *c = desk_condition(*state, "<field fact='reimbursed' is='no'/>");

    presumption.when = desk_condition(*state, "<field fact='payer' is='giver'/>");
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_facts facts = desk_facts(desk_record(*state, cases[i].record), 0);

        facts.presumption = &presumption;
        facts.presumption_count = 1;
        assert_int_equal(gr_condition_evaluate(c, &facts, NULL), cases[i].truth);
        assert_int_equal(facts.leaned, cases[i].leaned);
    }
}

/* Where no fact of gr_condition_needs() is there, the condition is not true: over all small records. */
static void test_gate(void **state)
{
    static const char *const elements[] = {
        T,
        U,
        "<not>" T "</not>",
        "<all>" T U "</all>",
        "<any>" T U "</any>",
        "<any>" T "<field fact='cost' known='no'/></any>",
        "<all><field fact='cost' known='no'/>" U "</all>",
        "<field fact='cost' at-least='1.00'/>",
        "<all><not>" T "</not>" U "</all>",
        "<judgment ask='?'/>",
        "<field fact='worth' under='9'/>",
    };
    static const char *const records[] = { "date=2026-01-01",  "kind=meal", "kind=goods",
                                           "payer=firm",       "cost=2.00", "kind=meal payer=firm",
                                           "payer=firm cost=2" };
    size_t turned_away = 0;

    for (size_t e = 0; e < GR_COUNT(elements); e++) {
        const gr_condition *c = desk_condition(*state, elements[e]);
        gr_gate gate = gr_gate_of(c);

        for (size_t r = 0; r < GR_COUNT(records); r++) {
            gr_record *record = desk_record(*state, records[r]);
            gr_facts facts = desk_facts(record, 0);

            if (!gr_gate_lets(&gate, &facts))
                assert_int_not_equal(gr_condition_evaluate(c, &facts, NULL), GR_TRUE);
            turned_away += !gr_gate_lets(&gate, &facts);
        }
    }
    assert_int_equal(turned_away, 30); /* most of those for which it is not true */
}

static void test_refused(void **state)
{
    static const struct {
        const char *element, *message, *hint;
    } cases[] = {
        { "<field fact='kin' is='meal'/>", "'kin'", "gift log" },
        { "<field fact='kind'/>", "no test", "matches" },
        { "<field fact='kind' is='meal' known='yes'/>", "more than one test", "matches" },
        { "<field fact='kind' is='meel'/>", "'meel'", "meal" },
        { "<field fact='cost' is='meal'/>", "'cost'", "word" },
        { "<field fact='kind' under='5.00'/>", "'kind'", "amounts" },
        { "<field fact='cost' under='five'/>", "'five'", "412.50" },
        { "<field fact='cost' under='policy:nominal'/>", "'nominal'", "policy.xml" },
        { "<field fact='cost' before='2026-01-01'/>", "'cost'", "days" },
        { "<field fact='date' before='2026-02-29'/>", "2026-02-29", "" },
        { "<field fact='date' before='fact:cost'/>", "fact:cost", "fact:date" },
        { "<field fact='cost' matches='x'/>", "'cost'", "texts" },
        { "<field fact='description' matches='('/>", "'('", "regular expressions" },
        { "<field fact='worth' known='yes'/>", "'worth'", "computes" },
        { "<all>" T "<not><field fact='who' is='me'/></not></all>", "'who'", "gift log" },
    };
    desk *d = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        assert_null(desk_condition(d, cases[i].element));
        assert_int_equal(d->problems.count, 1);
        assert_non_null(strstr(d->seen[0].message, cases[i].message));
        assert_non_null(strstr(d->seen[0].hint, cases[i].hint));
        assert_int_equal(d->seen[0].line, 1);
    }
}

static void test_depth(void **state)
{
    desk *d = *state;
    char text[1024] = "";
    size_t used = 0;

    for (int i = 0; i < 20; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "<not>");
    used += (size_t)snprintf(text + used, sizeof text - used, T);
    for (int i = 0; i < 20; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "</not>");
    assert_null(desk_condition(d, text));
    assert_int_equal(d->problems.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leaves),       cmocka_unit_test(test_tables),
        cmocka_unit_test(test_worth),        cmocka_unit_test(test_decider),
        cmocka_unit_test(test_presumptions), cmocka_unit_test(test_gate),
        cmocka_unit_test(test_refused),      cmocka_unit_test(test_depth),
    };

    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
