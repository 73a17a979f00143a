/* tests/unit/test_worth.c - what a share is worth: each row of a valuation, tax and delivery, fees, shares, counts,
 * pieces, currencies; what is not stated opens an interval. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/worth.h"

#include "engine_desk.h"

/* Before 2026 without tax, after that without tax and delivery; the rows are those that a rulebook can have. */
static const char book_text[] =
    "<rulebook xmlns='urn:giftrule:rulebook:1' id='r' title='t' authority='a' currency='USD'>"
    "<summary>s</summary><source id='S' title='t'/><clause id='c' title='t'/><firm kinds='any'/>"
    "<limit id='annual' kind='limit' test='more-than' clause='c' verdict='violation'>"
    "<period basis='policy' clause='c' source='S' sure='text'/>"
    "<row from='1990-01-01' amount='100.00' source='S' sure='text'/></limit>"
    "<valuation from='2025-01-01' to='2025-12-31' clause='c' source='S' sure='text' "
    "cost-without='tax'>"
    "<worth title='all'><higher-of><amount fact='cost'/></higher-of></worth></valuation>"
    "<valuation from='2026-01-01' clause='c' source='S' sure='text' cost-without='tax delivery'>"
    "<worth title='ticket'><when><field fact='kind' is='ticket'/></when>"
    "<higher-of><amount fact='cost'/><amount fact='face-value'/></higher-of></worth>"
    "<worth title='card'><when><field fact='kind' is='gift-card'/></when>"
    "<between><amount fact='cost'/><amount fact='face-value'/></between></worth>"
    "<worth title='service'><when><field fact='kind' is='service'/></when>"
    "<higher-of><amount fact='cost'/><amount fact='market-value' "
    "absent='presumed'/></higher-of></worth>"
    "<worth title='travel'><when><field fact='kind' is='travel'/></when>"
    "<first-of><amount fact='market-value' absent='presumed'/><amount fact='cost'/></first-of>"
    "</worth>"
    "<worth title='other'><higher-of><amount fact='cost'/></higher-of></worth>"
    "</valuation></rulebook>";

static const char rates_text[] =
    "<rates xmlns='urn:giftrule:rates:1'><rate currency='EUR' into='USD' from='2026-01-01' "
    "to='2026-12-31' value='1.25'/></rates>";

typedef struct office {
    desk *desk;
    gr_ruleset set;
    gr_rulebook book;
} office;

static int set_up(void **state)
{
    static office o;
    gr_schema schema = { .path = "rules/schema/rulebook.xsd" };
    gr_error err = { 0 };
    void *desk_state;

    o = (office){ .desk = NULL };
    desk_open(&desk_state);
    o.desk = desk_state;
    o.set.policy = o.desk->policy;
    desk_write(o.desk, rates_text);
    assert_int_equal(gr_rates_load(o.desk->file, "rules/schema/rates.xsd", o.desk->arena,
                                   &o.desk->problems, &o.set.rates, &err),
                     GR_OK);
    desk_write(o.desk, book_text);
    if (gr_rulebook_load(o.desk->file, &schema, &o.desk->policy, o.desk->arena, &o.desk->problems,
                         &o.book, &err) != GR_OK)
        fail_msg("%s", err.message);
    gr_schema_close(&schema);
    *state = &o;
    return 0;
}

static int tear_down(void **state)
{
    office *o = *state;
    void *desk_state = o->desk;

    gr_rulebook_free(&o->book);
    return desk_close(&desk_state);
}

static gr_worth_found find(office *o, const char *line, size_t recipient)
{
    gr_record *record = desk_record(o->desk, line);
    gr_facts facts = desk_facts(record, recipient);
    gr_parts parts = gr_parts_of(record);
    gr_worth_found found;

    assert_true(gr_worth_find(&o->set, &o->book, &facts, &parts,
                              (gr_day)gr_record_find(record, NULL, GR_F_DATE)->number, &found));
    return found;
}

static const char *print_span(office *o, gr_span span)
{
    char low[GR_MONEY_TEXT], high[GR_MONEY_TEXT];

    gr_amount_print(gr_span_low(span), low);
    if (span.high == GR_UNBOUNDED)
        return gr_arena_print(o->desk->arena, "%s..", low).ptr;
    gr_amount_print(gr_span_high(span), high);
    return strcmp(low, high) == 0 ? gr_arena_print(o->desk->arena, "%s", low).ptr
                                  : gr_arena_print(o->desk->arena, "%s..%s", low, high).ptr;
}

static void test_whole(void **state)
{
    static const struct {
        const char *record, *worth;
        gr_fact missing; /* GR_FACT_NONE: nothing */
    } cases[] = {
        { "cost=80.00", "80.00", GR_FACT_NONE },
        { "cost=0.00", "0.00", GR_FACT_NONE },
        { "kind=goods", "0.00..", GR_F_COST },
        { "cost=80.00 tax=5.00 delivery=9.00", "80.00", GR_FACT_NONE },
        { "cost=80.00 cost-tax=apart tax=5.00", "80.00", GR_FACT_NONE },
        { "cost=80.00 cost-tax=included", "0.00..80.00", GR_F_COST_TAX },
        { "cost=80.00 cost-tax=included tax=5.00", "75.00", GR_FACT_NONE },
        { "cost=80.00 cost-tax=included tax=5.00 delivery=9.00", "66.00", GR_FACT_NONE },
        { "cost=80.00 cost-tax=included tax=90.00", "0.00", GR_FACT_NONE },
        { "cost=80.00 fee=6.00", "80.00..86.00", GR_F_FEE },
        { "cost=80.00 fee=0.00", "80.00", GR_FACT_NONE },
        { "kind=ticket cost=80.00 face-value=60.00", "80.00", GR_FACT_NONE },
        { "kind=ticket cost=80.00 face-value=95.00", "95.00", GR_FACT_NONE },
        { "kind=ticket cost=80.00", "80.00..", GR_F_FACE_VALUE },
        { "kind=gift-card cost=80.00 face-value=100.00", "80.00..100.00", GR_FACT_NONE },
        { "kind=gift-card cost=100.00 face-value=80.00", "80.00..100.00", GR_FACT_NONE },
        { "kind=gift-card cost=80.00", "0.00..", GR_F_FACE_VALUE },
        { "kind=service cost=80.00", "80.00", GR_FACT_NONE },
        { "kind=service cost=80.00 market-value=120.00", "120.00", GR_FACT_NONE },
        { "kind=travel cost=80.00", "80.00", GR_FACT_NONE }, /* the first that is stated */
        { "kind=travel cost=80.00 market-value=60.00", "60.00", GR_FACT_NONE },
        { "kind=travel", "0.00..", GR_F_COST },
        { "currency=EUR cost=80.00", "100.00", GR_FACT_NONE },
        { "currency=EUR cost=0.01", "0.02", GR_FACT_NONE }, /* exactly 1.25 cents: shown upwards */
        { "currency=CHF cost=80.00", "0.00..", GR_F_CURRENCY },
        { "cost=92233720368547758.06", "92233720368547758.06", GR_FACT_NONE },
        { "cost=92233720368547758.06 fee=1.00", "92233720368547758.06..", GR_F_FEE },
    };
    char line[160];

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_worth_found found;

        snprintf(line, sizeof line, "date=2026-05-04 kind=goods %s", cases[i].record);
        found = find(*state, line, 0);
        assert_string_equal(print_span(*state, found.span), cases[i].worth);
        if (cases[i].missing == GR_FACT_NONE && strncmp(cases[i].record, "kind=gift-card", 14) != 0)
            assert_int_equal(found.missing, 0);
        if (cases[i].missing != GR_FACT_NONE)
            assert_true(found.missing >> cases[i].missing & 1);
    }
}

/* In 2025 this rulebook values without tax, but with delivery. */
static void test_with_delivery(void **state)
{
    static const struct {
        const char *record, *worth;
    } cases[] = {
        { "cost=80.00 tax=5.00 delivery=9.00", "89.00" },
        { "cost=80.00", "80.00" },
        { "cost=80.00 cost-tax=included tax=5.00 delivery=9.00", "75.00" },
        { "cost=80.00 cost-tax=included delivery=9.00", "0.00..80.00" },
    };
    char line[160];

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        snprintf(line, sizeof line, "date=2025-12-31 %s", cases[i].record);
        assert_string_equal(print_span(*state, find(*state, line, 0).span), cases[i].worth);
    }
}

/* No kind: any of the rows may apply, up to the first that surely does. */
static void test_unknown_row(void **state)
{
    gr_worth_found found = find(*state, "date=2026-05-04 cost=80.00 face-value=100.00", 0);

    assert_string_equal(print_span(*state, found.span), "80.00..100.00");
    assert_true(found.missing >> GR_F_KIND & 1);
}

static void test_parts(void **state)
{
    static const struct {
        const char *record;
        size_t recipient;
        const char *worth;
    } cases[] = {
        { "cost=300.00 | name=A | name=B | name=C", 0, "100.00" },
        { "cost=100.00 | name=A | name=B | name=C", 2, "33.34" },
        { "cost=300.00 | name=A share=50.00 | name=B", 0, "50.00" },
        { "cost=300.00 | name=A share=50.00 | name=B", 1, "250.00" },
        { "cost=300.00 | name=A share=50.00 | name=B | name=C", 2, "125.00" },
        { "cost=300.00 | name=A share=100.00 | name=B share=100.00", 1, "100.00" },
        { "cost=300.00 | name=A share=400.00 | name=B", 1, "0.00" },
        { "cost=0.00 | name=A share=10.00 | name=B", 0, "0.00" },
        { "cost=300.00 | count=3", 0, "100.00" }, /* three people without a name: equal parts */
        { "cost=300.00 | name=Team count=3", 0, "100.00..300.00" }, /* one may have had it all */
        { "cost=400.00 | name=Team count=3 | name=B", 0, "100.00..300.00" },
        { "cost=400.00 | name=Team count=3 | name=B", 1, "100.00" },
        { "cost=300.00 | name=A count=0", 0, "300.00" },
        { "cost=300.00 cost-tax=included | name=A | name=B", 0, "0.00..150.00" },
        { "currency=EUR cost=300.00 | name=A share=100.00 | name=B", 0, "125.00" },
    };
    char line[160];

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        snprintf(line, sizeof line, "date=2026-05-04 kind=goods %s", cases[i].record);
        assert_string_equal(print_span(*state, find(*state, line, cases[i].recipient).span),
                            cases[i].worth);
    }
}

/* 100.00 by three is exactly a third: three of them are 100.00 again. */
static void test_exact(void **state)
{
    gr_span span =
        find(*state, "date=2026-05-04 kind=goods cost=100.00 | name=A | name=B | name=C", 1).span;

    assert_int_equal(gr_amount_compare(gr_span_low(span), (gr_amount){ 10000, 3 }), 0);
    assert_int_equal(gr_amount_compare(gr_span_high(span), (gr_amount){ 10000, 3 }), 0);
}

static void test_unit(void **state)
{
    static const struct {
        const char *record, *unit;
    } cases[] = {
        { "cost=120.00", "120.00" },
        { "cost=120.00 quantity=1", "120.00" },
        { "cost=120.00 quantity=10", "12.00" },
        { "cost=120.00 quantity=0", "120.00" },
        { "cost=120.00 quantity=4 | name=A | name=B", "30.00" },
        { "cost=120.00 | name=A | name=B", "60.00..120.00" }, /* one piece, or one for each */
        { "cost=120.00 | name=A share=15.00 | name=B", "15.00..120.00" },
    };
    char line[160];

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        snprintf(line, sizeof line, "date=2026-05-04 kind=goods %s", cases[i].record);
        assert_string_equal(print_span(*state, find(*state, line, 0).unit), cases[i].unit);
    }
}

static void test_no_valuation(void **state)
{
    office *o = *state;
    gr_record *record = desk_record(o->desk, "cost=80.00");
    gr_facts facts = desk_facts(record, 0);
    gr_parts parts = gr_parts_of(record);
    gr_worth_found found;
    gr_day before = gr_day_of((gr_date){ 2024, 12, 31 });

    assert_false(gr_worth_find(&o->set, &o->book, &facts, &parts, before, &found));
    assert_true(gr_worth_find(&o->set, &o->book, &facts, &parts, before + 1, &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),        cmocka_unit_test(test_with_delivery),
        cmocka_unit_test(test_unknown_row),  cmocka_unit_test(test_parts),
        cmocka_unit_test(test_exact),        cmocka_unit_test(test_unit),
        cmocka_unit_test(test_no_valuation),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
