/* tests/unit/test_relations.c - gifts that a spouse, a child or an assistant took enter the possible sum of the one for
 * whom they may have been meant, in that direction only, and the finding asks just that. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/hearing.h"

#define LOG(gifts) "<gift-log xmlns='urn:giftrule:gift-log:1'>" gifts "</gift-log>"
#define TO(name)   "<recipient><name>" name "</name><employer>Acme</employer></recipient>"
#define GIFT(id, date, cost, more)                                                                 \
    "<gift id='" id "' date='" date                                                                \
    "'><giver id='A'/><payer>firm</payer><kind>goods</kind><cost>" cost "</cost>" more "</gift>"

enum { MOST = 3 };

typedef struct told { /* of one finding that needs review */
    const char *gift, *recipient, *note, *question;
} told;

static const struct {
    const char *log;
    struct {
        const char *principal, *other;
        gr_through through;
    } relation[MOST];
    told told[MOST];
} cases[] = {
    /* the later gift to the spouse is what may break the limit */
    { LOG(GIFT("1", "2026-05-01", "200.00", TO("Jane Roe"))
              GIFT("2", "2026-06-01", "200.00", TO("Mary Poe"))),
      { { "Jane Roe", "Mary Poe", GR_THROUGH_SPOUSE } },
      { { "2", "Jane Roe", "given to Mary Poe, spouse of Jane Roe",
          "Gift 2 of 2026-06-01: Was it meant for Jane Roe?" } } },
    /* the later gift to the principal */
    { LOG(GIFT("1", "2026-05-01", "200.00", TO("Mary Poe"))
              GIFT("2", "2026-06-01", "200.00", TO("Jane Roe"))),
      { { "Jane Roe", "Mary Poe", GR_THROUGH_CHILD } },
      { { "2", "Jane Roe", "given to Mary Poe, child of Jane Roe",
          "Gift 1 of 2026-05-01: Was it meant for Jane Roe?" } } },
    /* said twice, it counts once; said the first time, it counts */
    { LOG(GIFT("1", "2026-05-01", "100.00", TO("Jane Roe"))
              GIFT("2", "2026-06-01", "150.00", TO("Mary Poe"))),
      { { "Jane Roe", "Mary Poe", GR_THROUGH_ASSISTANT },
        { "Jane Roe", "Mary Poe", GR_THROUGH_ASSISTANT } },
      { { NULL, NULL, NULL, NULL } } },
    /* what the spouse alone got is told of the spouse, as a violation */
    { LOG(GIFT("1", "2026-05-01", "400.00", TO("Mary Poe"))),
      { { "Jane Roe", "Mary Poe", GR_THROUGH_SPOUSE } },
      { { NULL, NULL, NULL, NULL } } },
    /* two relatives, each within the limit */
    { LOG(GIFT("1", "2026-05-01", "200.00", TO("Mary Poe"))
              GIFT("2", "2026-06-01", "200.00", TO("Tim Roe"))
                  GIFT("3", "2027-06-01", "1.00", TO("Jane Roe"))),
      { { "Jane Roe", "Mary Poe", GR_THROUGH_SPOUSE },
        { "Jane Roe", "Tim Roe", GR_THROUGH_CHILD } },
      { { "2", "Jane Roe", "given to Tim Roe, child of Jane Roe",
          "Gift 2 of 2026-06-01: Was it meant for Jane Roe?" } } },
    /* a child of two: a finding about each of them, with names of their own */
    { LOG(GIFT("1", "2026-05-01", "200.00", TO("Jane Roe"))
              GIFT("2", "2026-05-02", "200.00", TO("Mary Poe"))
                  GIFT("3", "2026-06-01", "200.00", TO("Tim Roe"))),
      { { "Jane Roe", "Tim Roe", GR_THROUGH_CHILD }, { "Mary Poe", "Tim Roe", GR_THROUGH_CHILD } },
      { { "3", "Jane Roe", "given to Tim Roe, child of Jane Roe",
          "Gift 3 of 2026-06-01: Was it meant for Jane Roe?" },
        { "3", "Mary Poe", "given to Tim Roe, child of Mary Poe",
          "Gift 3 of 2026-06-01: Was it meant for Mary Poe?" } } },
    /* a declared spouse is not possibly the same person, from neither side */
    { LOG(GIFT("1", "2026-05-01", "200.00", TO("M. Roe"))
              GIFT("2", "2026-06-01", "200.00", TO("Mary Roe"))),
      { { "Mary Roe", "M. Roe", GR_THROUGH_SPOUSE } },
      { { "2", "Mary Roe", "given to M. Roe, spouse of Mary Roe",
          "Gift 1 of 2026-05-01: Was it meant for Mary Roe?" } } },
};

static void relate(gr_people *people, const char *principal, const char *other, gr_through through)
{
    const gr_person one = { .name = gr_text_of(principal), .employer = GR_TEXT("Acme") };
    const gr_person two = { .name = gr_text_of(other), .employer = GR_TEXT("Acme") };
    uint32_t a = gr_people_recipient(people, &one), b = gr_people_recipient(people, &two);

    assert_true(gr_people_relate(people, a, b, through));
}

static const gr_finding *find_review(const gr_judgement *j, size_t i)
{
    for (size_t k = 0; k < j->judged.count; k++) {
        const gr_finding *f = &GR_AT(j->judged, gr_judged, k)->finding;

        if (f->verdict == GR_NEEDS_REVIEW && f->has_limit && gr_text_is(f->rule, "finra-3220") &&
            i-- == 0)
            return f;
    }
    return NULL;
}

static bool has_note(const gr_finding *f, const char *note)
{
    for (size_t i = 0; i < f->counted_count; i++)
        if (gr_text_is(f->counted[i].note, note))
            return true;
    return false;
}

static void check_told(const gr_judgement *j, const told *all)
{
    size_t i = 0;

    for (; i < MOST && all[i].gift; i++) {
        const gr_finding *f = find_review(j, i);

        assert_non_null(f);
        assert_true(gr_text_is(f->gift, all[i].gift));
        assert_true(gr_text_is(f->recipient_name, all[i].recipient));
        assert_string_equal(f->question.ptr, all[i].question);
        assert_true(has_note(f, all[i].note));
        assert_true(i == 0 || !gr_text_equal(f->id, find_review(j, i - 1)->id));
    }
    assert_null(find_review(j, i));
}

static void test_relations(void **state)
{
    const gr_setting settings[] = { { "period", "calendar" }, { "gift-day", "given" } };
    gr_error err = { 0 };
    gr_rules *rules;

    (void)state;
    assert_int_equal(gr_rules_load("rules", settings, GR_COUNT(settings), NULL, NULL, &rules, &err),
                     GR_OK);
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_hearing h;

        assert_int_equal(gr_hearing_open(rules, &h, &err), GR_OK);
        assert_int_equal(gr_hearing_read(&h, GR_TEXT("log.xml"), gr_text_of(cases[i].log), 0, &err),
                         GR_OK);
        for (size_t k = 0; k < MOST && cases[i].relation[k].principal; k++)
            relate(h.intake.people, cases[i].relation[k].principal, cases[i].relation[k].other,
                   cases[i].relation[k].through);
        assert_int_equal(gr_hearing_judge(&h, &err), GR_OK);
        check_told(&h.judgement, cases[i].told);
        gr_hearing_close(&h);
    }
    gr_rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_relations) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
