/* tests/unit/test_detect.c - what the shipped detections make of records, one step after the other: taken, cut off, dead,
 * asked for or not. Records are written as in engine_desk.h, with giver and recipients by number. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "detect/detect.h"
#include "engine_desk.h"

enum { PEOPLE = 8, GIVERS = 4 };

typedef struct bench {
    desk *desk;
    gr_ruleset *set;
    gr_names names;
    gr_tally *tally;
    gr_detector *detector;
    gr_person recipient[PEOPLE], giver[GIVERS];
    uint32_t same[PEOPLE];
    gr_who who;
    gr_judgement out;
    bool wanted[PEOPLE];
} bench;

static void open_bench(bench *b, desk *d)
{
    static const gr_origin origin = { { "log.xml", 7 }, { "gift-log", 8 } };
    gr_error err = { 0 };

    memset(b, 0, sizeof *b);
    b->desk = d;
    desk_forget(d);
    assert_int_equal(gr_ruleset_load("rules", NULL, NULL, 0, &d->problems, &b->set, &err), GR_OK);
    assert_int_equal(gr_names_load("rules/names.xml", "rules/schema/names.xsd", d->arena,
                                   &d->problems, &b->names, &err),
                     GR_OK);
    assert_int_equal(gr_tally_create(b->set, &b->tally, &err), GR_OK);
    assert_int_equal(gr_detector_create(b->tally, &b->names, &b->detector, &err), GR_OK);
    for (uint32_t i = 0; i < PEOPLE; i++) {
        b->recipient[i].id = gr_arena_print(d->arena, "R-%u", i);
        b->recipient[i].name = gr_arena_print(d->arena, "Person %u", i);
        b->recipient[i].employer = i % 2 ? GR_TEXT("Beacon") : GR_TEXT("Acme Pension Fund, LLC");
        b->same[i] = i;
    }
    for (uint32_t i = 0; i < GIVERS; i++)
        b->giver[i].id = gr_arena_print(d->arena, "AE-%u", i);
    b->who = (gr_who){ .recipient = b->recipient,
                       .recipient_count = PEOPLE,
                       .same = b->same,
                       .giver = b->giver,
                       .giver_count = GIVERS };
    b->out = (gr_judgement){ .arena = d->arena,
                             .source = &origin,
                             .from = GR_DAY_FIRST,
                             .to = GR_DAY_LAST,
                             .judged = GR_LIST(gr_judged),
                             .contribution = GR_LIST(gr_contribution) };
}

static void close_bench(bench *b)
{
    gr_list_free(&b->out.judged);
    gr_list_free(&b->out.contribution);
    gr_detector_free(b->detector);
    gr_tally_free(b->tally);
    gr_names_free(&b->names);
    gr_ruleset_free(b->set);
}

static uint32_t take(bench *b, gr_record_kind kind, uint32_t giver, uint32_t first,
                     const char *line)
{
    gr_record *record = desk_record(b->desk, line);
    uint32_t gift = 0, to[DESK_RECIPIENTS];
    gr_error err = { 0 };

    record->kind = kind;
    for (uint32_t i = 0; i < DESK_RECIPIENTS; i++)
        to[i] = (first + i) % PEOPLE;
    assert_int_equal(
        gr_tally_add(b->tally, record, 0, gr_record_digest(record), giver, to, &gift, &err), GR_OK);
    assert_int_equal(gr_detector_take(b->detector, record, gift, to, &err), GR_OK);
    return gift;
}

/* "cash G-1; late-entry G-2": provisions and gifts, in the order found. */
static const char *found(bench *b)
{
    static char text[1024];
    gr_subject subject = { b->tally, &b->who, &b->out };
    gr_error err = { 0 };
    size_t n = 0;

    gr_list_cut(&b->out.judged, 0);
    gr_list_cut(&b->out.contribution, 0);
    assert_int_equal(gr_detector_find(b->detector, &subject, &err), GR_OK);
    text[0] = '\0';
    for (size_t i = 0; i < b->out.judged.count; i++) {
        const gr_finding *f = &GR_AT(b->out.judged, gr_judged, i)->finding;

        n += (size_t)snprintf(text + n, sizeof text - n, "%s%.*s %.*s", i ? "; " : "",
                              GR_ALL(f->provision), GR_ALL(f->gift));
    }
    return text;
}

static const gr_finding *first_finding(const bench *b)
{
    assert_true(b->out.judged.count > 0);
    return &GR_AT(b->out.judged, gr_judged, 0)->finding;
}

static void test_checks(void **state)
{
    static const struct {
        gr_record_kind kind;
        const char *line, *found;
    } cases[] = {
        { GR_RECORD_GIFT, "id=G date=2026-05-04 cost=50.00 kind=cash | name=J", "cash G" },
        { GR_RECORD_EXPENSE, "id=G date=2026-05-04 cost=50.00 kind=cash | name=J", "" },
        { GR_RECORD_APPROVAL, "id=G date=2026-05-04 cost=50.00 kind=cash | name=J", "" },
        { GR_RECORD_EXPENSE, "id=G date=2026-05-04 cost=50.00 changed-after-approval=yes | name=J",
          "edited-expense G" },
        { GR_RECORD_GIFT, "id=G date=2026-05-04 cost=20.00 changed-after-approval=yes | name=Jane",
          "" }, /* the rulebook tells it */
        { GR_RECORD_GIFT, "id=G date=2026-01-01 entered=2026-03-02 cost=20.00 | name=Jane",
          "late-entry G" }, /* after 60 days */
        { GR_RECORD_GIFT, "id=G date=2026-01-01 entered=2026-03-01 cost=20.00 | name=Jane", "" },
        { GR_RECORD_GIFT, "id=G date=2026-01-01 cost=20.00 | name=Jane", "" },
        { GR_RECORD_GIFT, "id=G date=2026-05-04 kind=goods cost=900.00 | name=Jane | count=2",
          "guest-count-gift G" },
        { GR_RECORD_GIFT, "id=G date=2026-05-04 kind=goods cost=900.01 | name=Jane | count=2", "" },
        { GR_RECORD_GIFT, "id=G date=2026-05-04 kind=goods cost=900.00 sharers=unnamed | name=Jane",
          "" }, /* nobody knows how many */
        { GR_RECORD_GIFT, "id=G date=2026-05-04 kind=goods cost=60.00", "unnamed-guests G" },
        { GR_RECORD_GIFT, "id=G date=2026-05-04 kind=ticket face-value=150.00 cost=150.00 | name=J",
          "ticket-host G" },
        { GR_RECORD_GIFT,
          "id=G date=2026-05-04 kind=ticket face-value=150.00 cost=150.00 | name=J | name=D "
          "employer-kind=own-firm",
          "" }, /* one of the firm was there */
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        bench b;

        open_bench(&b, *state);
        take(&b, cases[i].kind, 0, 0, cases[i].line);
        assert_string_equal(found(&b), cases[i].found);
        assert_false(gr_detector_needs_all(b.detector));
        close_bench(&b);
    }
}

/* People who are not named are told with figures; the finding is about the one who is. */
static void test_words(void **state)
{
    bench b;

    open_bench(&b, *state);
    take(&b, GR_RECORD_GIFT, 1, 0, "id=G date=2026-05-04 cost=50.00 kind=gift-card | name=Jane");
    assert_string_equal(found(&b), "cash G");
    assert_true(gr_text_is(first_finding(&b)->reason,
                           "It is cash, or as good as cash: the kind of thing is a gift card"));
    assert_true(gr_text_is(first_finding(&b)->recipient_name, "Person 0"));
    assert_true(gr_text_is(first_finding(&b)->giver_id, "AE-1"));
    assert_true(gr_text_is(first_finding(&b)->clause, "3220(a)"));
    assert_int_equal(first_finding(&b)->question.len, 0);
    close_bench(&b);
}

static void test_events(void **state)
{
    static const struct {
        const char *event, *found, *words;
    } cases[] = {
        { "id=E date=2026-05-04 event=mandate client=ACME_Pension_Fund", "near-event G",
          "It was given near an event of the recipient's firm: on the day of the mandate of "
          "2026-05-04, Acme Pension Fund, LLC, the cost is 150.00" },
        { "id=E date=2026-06-03 event=sale client=ACME_Pension_Fund", "near-event G",
          "It was given near an event of the recipient's firm: 30 days before the sale of "
          "2026-06-03, Acme Pension Fund, LLC, the cost is 150.00" },
        { "id=E date=2026-06-04 event=sale client=ACME_Pension_Fund", "", NULL },
        { "id=E date=2026-04-04 event=sale client=ACME_Pension_Fund", "near-event G", NULL },
        { "id=E date=2026-04-03 event=sale client=ACME_Pension_Fund", "", NULL },
        { "id=E date=2026-05-04 event=renewal client=ACME_Pension_Fund", "", NULL },
        { "id=E date=2026-05-04 event=mandate client=Beacon", "", NULL },
        { "id=E date=2026-05-04 event=mandate", "", NULL },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        bench b;
        uint32_t event;

        open_bench(&b, *state);
        take(&b, GR_RECORD_GIFT, 0, 0,
             "id=G date=2026-05-04 kind=goods cost=150.00 | name=Jane employer=Acme");
        assert_false(gr_detector_needs_all(b.detector));
        event = take(&b, GR_RECORD_EVENT, 0, 0, cases[i].event);
        assert_string_equal(found(&b), cases[i].found);
        if (cases[i].words)
            assert_string_equal(first_finding(&b)->reason.ptr, cases[i].words);
        assert_int_equal(gr_detector_needs_all(b.detector),
                         strstr(cases[i].event, "client") != NULL);
        gr_tally_kill(b.tally, event);
        assert_string_equal(found(&b), "");
        close_bench(&b);
    }
}

static const char part_a[] = "id=A date=2026-05-04 kind=goods merchant=Wines cost=160.00 | name=J";
static const char part_b[] = "id=B date=2026-05-05 kind=goods merchant=WINES cost=160.00 | name=J";

static void test_patterns(void **state)
{
    bench b;
    uint32_t first;

    open_bench(&b, *state);
    first = take(&b, GR_RECORD_GIFT, 0, 2, part_a);
    take(&b, GR_RECORD_GIFT, 1, 2, part_b);
    assert_string_equal(found(&b), "split-givers B");
    assert_int_equal(first_finding(&b)->counted_count, 2);
    assert_string_equal(first_finding(&b)->reason.ptr,
                        "One purchase may have been split over several givers: 2 gifts by 2 people "
                        "to Person 2 from WINES between 2026-05-04 and 2026-05-05, 320.00 USD "
                        "together, each at most 300.00");
    assert_int_equal(b.out.contribution.count, 1); /* the other giver is told */
    b.out.to = first_finding(&b)->day - 1;
    assert_string_equal(found(&b), "");
    b.out.to = GR_DAY_LAST;
    GR_AT(b.tally->gift, gr_gift, first)->is_double = 1;
    assert_string_equal(found(&b), "");
    GR_AT(b.tally->gift, gr_gift, first)->is_double = 0;
    b.out.wanted = b.wanted;
    assert_string_equal(found(&b), "");
    b.wanted[2] = true;
    assert_string_equal(found(&b), "split-givers B");
    gr_detector_cut(b.detector, first + 1);
    assert_string_equal(found(&b), "");
    close_bench(&b);
}

/* Two spellings of one person are one. */
static void test_people(void **state)
{
    bench b;

    open_bench(&b, *state);
    take(&b, GR_RECORD_GIFT, 0, 2, part_a);
    take(&b, GR_RECORD_GIFT, 1, 4, part_b);
    assert_string_equal(found(&b), "");
    b.same[4] = 2;
    assert_string_equal(found(&b), "split-givers B");
    close_bench(&b);
}

/* A pattern over gifts to several people is not told of a part of them, and asks for all. */
static void test_across(void **state)
{
    static const char *const lines[] = {
        "id=A date=2026-05-04 kind=goods merchant=X cost=295.00 | name=J",
        "id=B date=2026-06-04 kind=goods merchant=Y cost=296.00 | name=K",
        "id=C date=2026-07-04 kind=goods merchant=Z cost=297.00 | name=L",
    };
    bench b;

    open_bench(&b, *state);
    for (uint32_t i = 0; i < GR_COUNT(lines); i++)
        take(&b, GR_RECORD_GIFT, 0, i, lines[i]);
    assert_true(gr_detector_needs_all(b.detector));
    assert_string_equal(found(&b), "just-under-limit C");
    assert_int_equal(first_finding(&b)->recipient_name.len, 0);
    b.out.wanted = b.wanted;
    memset(b.wanted, true, sizeof b.wanted);
    assert_string_equal(found(&b), "");
    gr_detector_cut(b.detector, 0);
    assert_false(gr_detector_needs_all(b.detector));
    close_bench(&b);
}

/* In whatever order they come, the same is found, with the same words. */
static void test_order(void **state)
{
    static const char *const lines[] = {
        "id=A date=2026-05-04 kind=goods merchant=Wines cost=160.00 | name=J",
        "id=B date=2026-05-04 kind=goods merchant=WINES cost=170.00 | name=J",
        "id=C date=2026-05-05 kind=goods merchant=Wines,LLC cost=180.00 | name=J",
        "id=D date=2026-05-09 kind=goods merchant=wines cost=190.00 | name=J",
        "id=E date=2026-05-10 kind=goods merchant=WINES cost=150.00 | name=J",
    };
    char first[1024] = "", now[1024];

    for (unsigned turn = 0; turn < GR_COUNT(lines); turn++) {
        bench b;

        open_bench(&b, *state);
        for (unsigned i = 0; i < GR_COUNT(lines); i++) {
            unsigned k = turn % 2 ? (turn + 5 - i) % 5 : (turn + 2 * i) % 5;

            take(&b, GR_RECORD_GIFT, k % 3, 2, lines[k]);
        }
        snprintf(now, sizeof now, "%s; ", found(&b));
        for (size_t i = 0; i < b.out.judged.count; i++)
            snprintf(now + strlen(now), sizeof now - strlen(now), "%s %s; ",
                     GR_AT(b.out.judged, gr_judged, i)->finding.id.ptr,
                     GR_AT(b.out.judged, gr_judged, i)->finding.reason.ptr);
        if (turn == 0)
            memcpy(first, now, sizeof first);
        assert_string_equal(now, first);
        close_bench(&b);
    }
    assert_non_null(strstr(first, "split-givers"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checks), cmocka_unit_test(test_words),
        cmocka_unit_test(test_events), cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_people), cmocka_unit_test(test_across),
        cmocka_unit_test(test_order),
    };

    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
