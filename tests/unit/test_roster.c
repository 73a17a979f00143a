/* tests/unit/test_roster.c - what a roster makes of its lines: who is who, what does not fit, who is asked for. */
#include "roster_desk.h"

#include <stdio.h>

#include "people/roster_lines.h"

/* ---- what does not fit ---- */

enum { MOST_LINES = 8 };

static const struct problem_case {
    const char *line[MOST_LINES];
    const char *expected; /* "weight line message; ..." */
} problems[] = {
    { { "executive id=1 giver-id=A", "executive id=2 giver-id=B supervisor=A" }, "" },
    { { "executive id=1 giver-id=A supervisor=B" },
      "warning 1 'B', the supervisor of 'A', is not on the roster; " },
    { { "executive id=1 giver-id=A supervisor=A" }, "error 1 'A' is his or her own supervisor; " },
    { { "executive id=1 giver-id=B supervisor=A", "executive id=2 giver-id=A supervisor=B",
        "executive id=3 giver-id=C supervisor=A" },
      "error 1 'B', 'A' supervise each other in a circle; " },
    /* two circles; who hangs on one of them is in neither */
    { { "executive id=1 giver-id=A supervisor=B", "executive id=2 giver-id=B supervisor=C",
        "executive id=3 giver-id=C supervisor=B", "executive id=4 giver-id=D supervisor=D" },
      "error 2 'B', 'C' supervise each other in a circle; error 4 'D' is his or her own "
      "supervisor; " },
    { { "executive id=1 giver-id=A ends=2025-01-31", "executive id=2 giver-id=B supervisor=A",
        "executive id=3 giver-id=C supervisor=A ends=2025-01-31" },
      "warning 2 'A', the supervisor of 'B', is in the firm until 2025-01-31 only; " },
    { { "executive id=1 giver-id=A crd=7", "executive id=2 giver-id=B crd=7",
        "executive id=3 giver-id=C" },
      "warning 2 'B' has the CRD number 7 of 'A'; " },
    /* of two formats: one id, said otherwise */
    { { "executive id=1 giver-id=A branch=Boston crd=7",
        "executive id=2 giver-id=A branch=Chicago crd=7" },
      "error 2 'A' stands at roster.xml:1 with another branch; " },
    { { "executive id=1 giver-id=A branch=Boston", "executive id=2 giver-id=A branch=Boston" },
      "" },
    { { "responsibility id=1 giver-id=A client=Acme" },
      "error 1 'A', who is to be responsible for Acme, is not on the roster; " },
    { { "executive id=1 giver-id=A starts=2024-01-01 ends=2024-12-31",
        "responsibility id=2 giver-id=A client=Acme starts=2023-12-31 ends=2024-12-31",
        "responsibility id=3 giver-id=A client=Birch starts=2024-01-01 ends=2025-01-01",
        "responsibility id=4 giver-id=A client=Cedar starts=2024-01-01 ends=2024-12-31" },
      "warning 2 'A' is responsible for Acme, and in the firm from 2024-01-01 only; "
      "warning 3 'A' is responsible for Birch, and in the firm until 2024-12-31 only; " },
    /* one account, two account executives: a day is enough */
    { { "executive id=1 giver-id=A", "executive id=2 giver-id=B",
        "responsibility id=3 giver-id=A client=Acme_Inc. account=1 ends=2024-06-01",
        "responsibility id=4 giver-id=B client=ACME account=1 starts=2024-06-01" },
      "warning 4 'A' and 'B' are both responsible for account '1' of Acme Inc. from 2024-06-01 to "
      "2024-06-01; " },
    { { "executive id=1 giver-id=A", "executive id=2 giver-id=B",
        "responsibility id=3 giver-id=A client=Acme account=1 ends=2024-05-31",
        "responsibility id=4 giver-id=B client=Acme account=1 starts=2024-06-01",
        "responsibility id=5 giver-id=B client=Acme account=2", /* another account */
        "responsibility id=6 giver-id=A client=Acme" },         /* the client as a whole */
      "" },
    { { "executive id=1 giver-id=A",
        "responsibility id=2 giver-id=A client=Acme starts=2024-01-01 ends=2024-05-31",
        "responsibility id=3 giver-id=A client=Acme starts=2024-06-02" },
      "note 3 nobody is responsible for Acme from 2024-06-01 to 2024-06-01; " },
    { { "executive id=1 giver-id=A",
        "responsibility id=2 giver-id=A client=Acme starts=2024-01-01 ends=2024-05-31",
        "responsibility id=3 giver-id=A client=Acme starts=2024-06-01" },
      "" },
    /* a longer line covers the gap between two others */
    { { "executive id=1 giver-id=A",
        "responsibility id=2 giver-id=A client=Acme account=1 starts=2024-01-01 ends=2024-12-31",
        "responsibility id=3 giver-id=A client=Acme account=2 starts=2024-02-01 ends=2024-02-10",
        "responsibility id=4 giver-id=A client=Acme account=2 starts=2024-09-01" },
      "" },
    { { "contact id=1 ended=retired name=Jane_Roe" },
      "warning 1 Jane Roe is gone (retired), and no day says since when; " },
    { { "contact id=1 ended=retired ends=2024-01-01 name=Jane_Roe" }, "" },
    { { "executive id=1 giver-id=A", "responsibility id=2 giver-id=A client=Acme",
        "event id=3 date=2024-01-01 client=Acme_LLC event=sale",
        "event id=4 date=2024-01-01 client=Birch event=sale" },
      "note 4 nobody is ever responsible for Birch, of the event; " },
    { { "event id=1 date=2024-01-01 client=Birch event=sale" }, "" }, /* nobody is for anybody */
};

static void print_problems(const gr_roster_facts *facts, char *out, size_t size)
{
    static const char *const words[] = { "note", "warning", "error" };
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = 0; i < facts->problem.count; i++) {
        const gr_roster_problem *p = GR_AT(facts->problem, gr_roster_problem, i);

        assert_true(p->hint.len > 0 && p->at.file && p->at.column == 3);
        n += (size_t)snprintf(out + n, size - n, "%s %u %.*s; ", words[p->weight], p->at.line,
                              GR_ALL(p->message));
    }
}

static void check_problems(const struct problem_case *one, bool backwards)
{
    char got[2000];
    size_t count = 0;
    desk d;

    desk_open(&d);
    while (count < MOST_LINES && one->line[count])
        count++;
    for (size_t i = 0; i < count; i++) {
        size_t k = backwards ? count - 1 - i : i;

        desk_take_as(&d, one->line[k], (uint32_t)k + 1);
    }
    print_problems(desk_settle(&d, NULL, NULL), got, sizeof got);
    assert_string_equal(got, one->expected);
    print_problems(desk_settle(&d, NULL, NULL), got, sizeof got); /* settled again: the same */
    assert_string_equal(got, one->expected);
    desk_close(&d);
}

static void test_problems(void **state)
{
    (void)state;
    for (size_t i = 0; i < GR_COUNT(problems); i++) {
        check_problems(&problems[i], false);
        check_problems(&problems[i], true);
    }
}

/* ---- an error makes a line unusable ---- */

static void test_unusable(void **state)
{
    const gr_roster_facts *facts;
    desk d;

    (void)state;
    desk_open(&d);
    desk_take(&d, "executive id=1 giver-id=A supervisor=B");
    desk_take(&d, "executive id=2 giver-id=B supervisor=A");
    desk_take(&d, "executive id=3 giver-id=C supervisor=A");
    desk_take(&d, "executive id=4 giver-id=C supervisor=B branch=Boston");
    desk_take(&d, "responsibility id=5 giver-id=X client=Acme");
    facts = desk_settle(&d, NULL, NULL);
    assert_int_equal(facts->executive.count, 3);
    for (size_t i = 0; i < 3; i++) /* a circle, and two lines that contradict each other */
        assert_int_equal(GR_AT(facts->executive, gr_roster_executive, i)->chief, GR_NONE);
    assert_int_equal(GR_AT(facts->executive, gr_roster_executive, 2)->branch.len, 0);
    assert_int_equal(facts->duty.count, 0);
    desk_close(&d);
}

/* ---- lines that go again ---- */

static bool is_second(void *context, uint32_t gift)
{
    (void)context;
    return gift == 1;
}

static void test_dead(void **state)
{
    const gr_roster_facts *facts;
    desk d;

    (void)state;
    desk_open(&d);
    desk_take(&d, "executive id=1 giver-id=A");
    desk_take(&d, "contact id=2 recipient-id=R-1 | name=Ann through=spouse");
    assert_int_equal(desk_settle(&d, NULL, NULL)->contact.count, 1);
    facts = desk_settle(&d, is_second, NULL);
    assert_int_equal(facts->contact.count, 0);
    assert_int_equal(facts->relation.count, 0);
    assert_int_equal(facts->executive.count, 1);
    desk_close(&d);
}

/* A refused source is forgotten; other records than lines are not noted at all. */
static void test_cut(void **state)
{
    desk d;

    (void)state;
    desk_open(&d);
    assert_true(gr_roster_is_empty(d.roster));
    desk_take(&d, "gift id=G-1 giver-id=A");
    assert_true(gr_roster_is_empty(d.roster));
    desk_take(&d, "executive id=1 giver-id=A");
    desk_take(&d, "contact id=2 recipient-id=R-1 | name=Ann through=spouse");
    assert_true(gr_roster_is_news(d.roster, 2));
    assert_false(gr_roster_is_news(d.roster, 3));
    gr_roster_cut(d.roster, 2);
    assert_false(gr_roster_is_news(d.roster, 2));
    assert_int_equal(desk_settle(&d, NULL, NULL)->contact.count, 0);
    assert_int_equal(desk_settle(&d, NULL, NULL)->relation.count, 0);
    gr_roster_cut(d.roster, 0);
    assert_true(gr_roster_is_empty(d.roster));
    desk_close(&d);
}

/* ---- contacts and relations ---- */

/* Whoever stands with a relation is none of the contacts, wherever in the line; the first contact is meant. */
static void test_contacts(void **state)
{
    const gr_roster_facts *facts;
    const gr_roster_relation *relation;
    desk d;

    (void)state;
    desk_open(&d);
    desk_take(&d, "contact id=1 name=Ann_Roe through=spouse | recipient-id=R-1 name=Jane_Roe "
                  "employer=Acme | name=Bob_Roe through=child");
    facts = desk_settle(&d, NULL, NULL);
    assert_int_equal(facts->contact.count, 1);
    assert_int_equal(GR_AT(facts->contact, gr_roster_contact, 0)->recipient, 11);
    assert_true(gr_text_is(GR_AT(facts->contact, gr_roster_contact, 0)->name, "Jane Roe"));
    assert_int_equal(facts->relation.count, 2);
    relation = GR_AT(facts->relation, gr_roster_relation, 1);
    assert_int_equal(relation->principal, 11);
    assert_int_equal(relation->other, 12);
    assert_true(gr_text_is(gr_fact_word_get(GR_F_THROUGH, relation->through), "child"));
    desk_close(&d);
}

/* ---- who gave ---- */

static const struct giver_case {
    const char *id, *name, *expected; /* "" : nobody */
} givers[] = {
    { "AE-1", "Somebody Else", "AE-1" },
    { "AE-9", "Dana Fox", "" }, /* an id that the roster does not have is not that of a namesake */
    { "", "FOX, Dana", "AE-1" },
    { "", "Mr. Dana Fox", "AE-1" },
    { "", "Lee Park", "" }, /* two of them */
    { "", "Nobody", "" },
    { "", "", "" },
};

static void test_givers(void **state)
{
    gr_error err;
    desk d;

    (void)state;
    desk_open(&d);
    desk_take(&d, "executive id=1 giver-id=AE-2 giver-name=Lee_Park");
    desk_take(&d, "executive id=2 giver-id=AE-1 giver-name=Dana_Fox");
    desk_take(&d, "executive id=3 giver-id=AE-3 giver-name=Park,_Lee");
    desk_settle(&d, NULL, NULL);
    for (size_t i = 0; i < GR_COUNT(givers); i++) {
        const gr_roster_facts *facts = gr_roster_get(d.roster);
        uint32_t place;

        assert_int_equal(gr_roster_find_giver(d.roster, gr_text_of(givers[i].id),
                                              gr_text_of(givers[i].name), &place, &err),
                         GR_OK);
        if (givers[i].expected[0] == '\0')
            assert_int_equal(place, GR_NONE);
        else
            assert_true(gr_text_is(GR_AT(facts->executive, gr_roster_executive, place)->id,
                                   givers[i].expected));
    }
    desk_close(&d);
}

/* ---- clients ---- */

static void test_clients(void **state)
{
    size_t first, count;
    gr_error err;
    desk d;

    (void)state;
    desk_open(&d);
    desk_take(&d, "executive id=1 giver-id=A");
    desk_take(&d, "responsibility id=2 giver-id=A client=Birch_Bank");
    desk_take(&d, "responsibility id=3 giver-id=A client=Acme_Fund,_L.P. starts=2025-01-01");
    desk_take(&d, "responsibility id=4 giver-id=A client=acme_fund");
    desk_settle(&d, NULL, NULL);
    for (int again = 0; again < 2; again++) { /* the second time it is known */
        assert_int_equal(
            gr_roster_find_client(d.roster, GR_TEXT("The Acme Fund"), &first, &count, &err), GR_OK);
        assert_int_equal(first, 0);
        assert_int_equal(count, 2);
        assert_int_equal(gr_roster_find_client(d.roster, GR_TEXT("Birch"), &first, &count, &err),
                         GR_OK);
        assert_int_equal(count, 0);
        assert_int_equal(gr_roster_find_client(d.roster, GR_TEXT(""), &first, &count, &err), GR_OK);
        assert_int_equal(count, 0);
    }
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_problems), cmocka_unit_test(test_unusable),
        cmocka_unit_test(test_dead),     cmocka_unit_test(test_cut),
        cmocka_unit_test(test_contacts), cmocka_unit_test(test_givers),
        cmocka_unit_test(test_clients),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
