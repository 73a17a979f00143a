/* tests/unit/test_detection.c - which expense entries are gifts, and how they were booked: by the rules that are shipped,
 * on words that are near each other; and what a detection file may not say. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine_desk.h"

#define DETECTION(rules) "<detection xmlns='urn:giftrule:detection:1'>" rules "</detection>"

static gr_record *expense(desk *d, const char *type, const char *name, const char *merchant,
                          const char *description)
{
    static const gr_fact facts[] = { GR_F_EXPENSE_TYPE, GR_F_EXPENSE_NAME, GR_F_MERCHANT,
                                     GR_F_DESCRIPTION };
    const char *const texts[] = { type, name, merchant, description };
    gr_record *record = desk_record(d, "date=2026-05-04 cost=80.00");

    record->kind = GR_RECORD_EXPENSE;
    for (size_t i = 0; i < GR_COUNT(facts); i++)
        if (texts[i])
            gr_record_set(record, NULL, facts[i], (gr_value){ .text = gr_text_of(texts[i]) });
    return record;
}

static void assert_word(const gr_record *record, gr_fact fact, const char *word)
{
    const gr_value *value = gr_record_find(record, NULL, fact);

    assert_int_equal(value != NULL, word != NULL);
    if (value && word)
        assert_true(gr_text_is(gr_fact_word_get(fact, value->number), word));
}

static void test_shipped(void **state)
{
    static const struct {
        const char *type, *name, *merchant, *description, *booked, *kind; /* kind NULL: no gift */
    } cases[] = {
        { "GIFTS", "Gifts - Clients", NULL, NULL, "gift", "goods" },
        { NULL, "Business gift", "Acme", "Fruit", "gift", "goods" },
        { NULL, "Tickets", NULL, NULL, "entertainment", "ticket" },
        { "GIFTT", "Gifts", NULL, "Two theatre tickets", "gift", "ticket" },
        { "DINNR", "Dinner", "Trattoria", "Dinner with client", "meal", NULL },
        { "DINNR", "Dinner", "Trattoria", "Client gift: gift card", "meal", "gift-card" },
        { "BUSML", "Business meal", "City Florist", NULL, "meal", "goods" },
        { NULL, "Airfare", "Gift Shop Airlines", NULL, "travel", NULL },
        { NULL, "Office supplies", "Staples", "Paper", NULL, NULL },
        { NULL, "Office supplies", "Staples", "Holiday gift for J. Roe", NULL, "goods" },
        { NULL, "Training", NULL, "A gifted trainer", NULL, NULL },
        { NULL, NULL, NULL, NULL, NULL, NULL },
    };
    gr_detection detection;
    gr_error err = { 0 };
    desk *d = *state;

    desk_forget(d);
    assert_int_equal(gr_detection_load("rules/detection.xml", "rules/schema/detection.xsd",
                                       &d->policy, d->arena, &d->problems, &detection, &err),
                     GR_OK);
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_record *record =
            expense(d, cases[i].type, cases[i].name, cases[i].merchant, cases[i].description);

        gr_detection_apply(&detection, record);
        assert_int_equal(record->kind, cases[i].kind ? GR_RECORD_GIFT : GR_RECORD_EXPENSE);
        assert_word(record, GR_F_BOOKED_AS, cases[i].booked);
        assert_word(record, GR_F_KIND, cases[i].kind);
    }
    gr_detection_free(&detection);
}

/* What the export states is not overruled; the first rule that surely holds decides. */
static void test_first_and_stated(void **state)
{
    gr_detection detection;
    gr_error err = { 0 };
    desk *d = *state;
    gr_record *record;

    desk_write(d, DETECTION("<booking as='meal'><field fact='merchant' matches='x'/></booking>"
                            "<booking as='gift'><field fact='cost' at-least='1.00'/></booking>"
                            "<gift id='a' kind='cash'><field fact='payer' is='firm'/></gift>"
                            "<gift id='b' kind='ticket'><field fact='booked-as' is='gift'/></gift>"
                            "<gift id='c' kind='goods'><field fact='cost' known='yes'/></gift>"));
    assert_int_equal(gr_detection_load(d->file, "rules/schema/detection.xsd", &d->policy, d->arena,
                                       &d->problems, &detection, &err),
                     GR_OK);
    record = expense(d, NULL, NULL, NULL, NULL);
    gr_detection_apply(&detection, record);
    assert_word(record, GR_F_BOOKED_AS, "gift");
    assert_word(record, GR_F_KIND, "ticket");
    record = desk_record(d, "cost=80.00 booked-as=other kind=service");
    gr_detection_apply(&detection, record);
    assert_word(record, GR_F_BOOKED_AS, "other");
    assert_word(record, GR_F_KIND, "service");
    assert_int_equal(record->kind, GR_RECORD_GIFT);
    gr_detection_free(&detection);
}

static void test_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { DETECTION("<gift id='a' kind='good'><field fact='cost' known='yes'/></gift>"), "'good'" },
        { DETECTION("<booking as='lunch'><field fact='cost' known='yes'/></booking>"), "'lunch'" },
        { DETECTION("<gift id='a' kind='goods'><field fact='price' known='yes'/></gift>"),
          "'price'" },
        { DETECTION("<gift id='a' kind='goods'/>"), "gift" },
        { DETECTION("<gift kind='goods'><field fact='cost' known='yes'/></gift>"), "id" },
        { "<detection", "" },
    };
    desk *d = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_detection detection;
        gr_error err = { 0 };

        desk_write(d, cases[i].text);
        assert_int_equal(gr_detection_load(d->file, "rules/schema/detection.xsd", &d->policy,
                                           d->arena, &d->problems, &detection, &err),
                         GR_EINPUT);
        assert_true(d->problems.count > 0 && d->seen[0].line > 0);
        assert_non_null(strstr(d->seen[0].message, cases[i].message));
        assert_true(err.message[0] && strcmp(err.message, d->seen[0].message) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_first_and_stated),
        cmocka_unit_test(test_refused),
    };

    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
