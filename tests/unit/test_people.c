/* tests/unit/test_people.c - who is surely one person, who possibly, and that the order of records does not matter. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "people/people.h"

typedef struct crowd {
    gr_arena *arena;
    gr_names names;
} crowd;

static int set_up(void **state)
{
    static crowd c;
    gr_problems problems = { 0 };
    gr_error err = { 0 };

    c.arena = gr_arena_create();
    assert_non_null(c.arena);
    assert_int_equal(gr_names_load("rules/names.xml", "rules/schema/names.xsd", c.arena, &problems,
                                   &c.names, &err),
                     GR_OK);
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    crowd *c = *state;

    gr_names_free(&c->names);
    gr_arena_free(c->arena);
    return 0;
}

typedef struct somebody {
    const char *id, *name, *employer, *email;
} somebody;

static uint32_t add(gr_people *people, const somebody *who)
{
    const gr_person person = { gr_text_of(who->id), gr_text_of(who->name),
                               gr_text_of(who->employer), gr_text_of(who->email) };
    uint32_t number = gr_people_recipient(people, &person);

    assert_int_not_equal(number, GR_NONE);
    return number;
}

static bool are_linked(const gr_who *who, uint32_t a, uint32_t b)
{
    for (uint32_t i = who->link_first[a]; i < who->link_first[a + 1]; i++)
        if (who->link[i] == b)
            return true;
    return false;
}

/* "same", "possible" or "other", which must be the same seen from either side. */
static const char *relation(const gr_who *who, uint32_t a, uint32_t b)
{
    uint32_t x = who->same[a], y = who->same[b];

    assert_int_equal(who->same[x], x);
    assert_int_equal(are_linked(who, x, y), are_linked(who, y, x));
    assert_false(are_linked(who, x, x));
    return x == y ? "same" : are_linked(who, x, y) ? "possible" : "other";
}

#define PERSON(id, name, employer)                                                                 \
    {                                                                                              \
        id, name, employer, NULL                                                                   \
    }
#define MAIL(id, name, employer, email)                                                            \
    {                                                                                              \
        id, name, employer, email                                                                  \
    }

static const struct pair {
    somebody a, b;
    const char *relation;
} pairs[] = {
    { PERSON("R-1", "Jane Roe", "Acme"), PERSON("R-1", "J. Doe", "Beta"), "same" },
    { PERSON("R-1", "Jane Roe", "Acme"), PERSON("R-2", "Jane Roe", "Acme"), "other" },
    { PERSON("R-1", "Jane Roe", "Acme"), PERSON(NULL, "Jane Roe", "Acme"), "same" },
    { PERSON("R-1", "Jane Roe", "Acme"), PERSON(NULL, "ROE, JANE", "ACME, Inc."), "same" },
    { PERSON("R-1", "Jane Roe", "Acme"), PERSON(NULL, "J. Roe", "Acme"), "possible" },
    { PERSON("R-1", "Jane Roe", "Acme"), PERSON(NULL, "Jane Roe", NULL), "possible" },
    { PERSON("R-1", "Jane Roe", "Acme"), PERSON(NULL, "Jane Roe", "Beta"), "other" },
    { PERSON("R-1", "Jane Roe", "Acme"), PERSON(NULL, "John Roe", "Acme"), "other" },
    { PERSON("R-1", NULL, NULL), PERSON(NULL, "Jane Roe", "Acme"), "other" },
    { PERSON(NULL, "Jane Roe", "Acme"), PERSON(NULL, "Jane Roe", "Acme"), "same" },
    { PERSON(NULL, "Jane Roe", "Acme"), PERSON(NULL, "Jan\xC3\xA9 Roe", "Acme"), "same" },
    { PERSON(NULL, "Jane Roe", "Acme"), PERSON(NULL, "Roe", "Acme"), "possible" },
    { PERSON(NULL, "Jane Roe", "Acme"), PERSON(NULL, "Jane Q. Roe", "Acme"), "possible" },
    { PERSON(NULL, "Jane Roe", NULL), PERSON(NULL, "J. Roe", NULL), "possible" },
    { PERSON(NULL, "Jane Roe", "Acme"), PERSON(NULL, "J. Roe", NULL), "other" },
    { PERSON(NULL, "Robert Smith", "Acme"), PERSON(NULL, "Bob Smith", "Acme"), "possible" },
    { PERSON(NULL, "Robert Smith", "Acme"), PERSON(NULL, "Bill Smith", "Acme"), "other" },
    { PERSON(NULL, "Robert Smith", "Acme"), PERSON(NULL, "Bob Smyth", "Acme"), "other" },
    { PERSON(NULL, "Jane Roe", "Acme LLC"), PERSON(NULL, "Jane Roe, Ph.D.", "Acme L.L.C."),
      "same" },
    { PERSON(NULL, "Jane Roe", "JP Morgan"), PERSON(NULL, "Jane Roe", "J.P. Morgan"), "same" },
    { PERSON(NULL, "Jane Roe", "Smith & Sons"), PERSON(NULL, "Jane Roe", "Smith and Sons"),
      "same" },
    { PERSON(NULL, "Jane Roe", "The Acme Group"), PERSON(NULL, "Jane Roe", "Acme Group"), "same" },
    { PERSON(NULL, "J. Roe", "Acme"), PERSON(NULL, "J.Roe", "Acme"), "same" },
    { PERSON(NULL, "J. Roe", "Acme"), PERSON(NULL, "J. Q. Roe", "Acme"), "possible" },
    { PERSON(NULL, "\xD0\x98. Roe", "Acme"), PERSON(NULL, "\xD0\x98van Roe", "Acme"), "possible" },
    { PERSON(NULL, "\xD0\x98. Roe", "Acme"), PERSON(NULL, "\xD0\x94van Roe", "Acme"), "other" },
    { PERSON(NULL, "Robert Smith Jr.", "Acme"), PERSON(NULL, "Smith, Robert, Jr.", "Acme"),
      "same" },
    { PERSON(NULL, "Robert Smith Jr.", "Acme"), PERSON(NULL, "Robert Smith", "Acme"), "possible" },
    { PERSON(NULL, "Robert Smith III", "Acme"), PERSON(NULL, "Bob Smith", "Acme"), "possible" },
    { PERSON(NULL, "Robert Smith Jr.", "Acme"), PERSON(NULL, "Robert Smith Sr.", "Acme"), "other" },
    { PERSON("R-1", "Robert Smith Jr.", "Acme"), PERSON(NULL, "R. Smith", "Acme"), "possible" },
    { PERSON(NULL, "Robert Smith Jr.", "Acme"), PERSON(NULL, "Jane Roe Jr.", "Acme"), "other" },
    { PERSON(NULL, "Roe Jane", "Acme"), PERSON(NULL, "Jane Roe", "Acme"), "possible" },
    { PERSON("R-1", "Roe Jane", "Acme"), PERSON(NULL, "Jane Roe", "Acme"), "possible" },
    { PERSON(NULL, "Roe Jane", "Acme"), PERSON(NULL, "Jane Roe", "Beta"), "other" },
    { PERSON("R-1", "Roe Jane", "Acme"), PERSON("R-2", "Jane Roe", "Acme"), "other" },
    { PERSON("R-1a", "Jane Roe", "Acme"), PERSON("r-1A", "Roe, Jane", "ACME"), "possible" },
    { PERSON("R-1a", "Jane Roe", "Acme"), PERSON("r-1A", "Jane Roe", "Beta"), "other" },
    { PERSON("R-1", "J. Roe", "Acme"), PERSON(NULL, "Jane Roe", "Acme"), "possible" },
    { PERSON("R-1", "J. Roe", "Acme"), PERSON("R-2", "Jane Roe", "Acme"), "other" },
    { PERSON("R-1", "Roe", "Acme"), PERSON(NULL, "Jane Roe", "Acme"), "possible" },
    { PERSON("R-1", "Jane Roe", NULL), PERSON(NULL, "Jane Roe", "Acme"), "possible" },
    { PERSON("R-1", "Roe", "Acme"), PERSON(NULL, "J. Roe", "Acme"), "possible" },
    { PERSON(NULL, NULL, "Acme"), PERSON(NULL, NULL, "Acme"), "other" },
    { PERSON(NULL, "Jane Roe", "Acme"), PERSON(NULL, NULL, "Acme"), "other" },
    /* parts that speak against it */
    { PERSON(NULL, "Jane Q. Roe", "Acme"), PERSON(NULL, "Jane R. Roe", "Acme"), "other" },
    { PERSON(NULL, "Jane Quinn Roe", "Acme"), PERSON(NULL, "Jane Q. Roe", "Acme"), "possible" },
    { PERSON(NULL, "J. Q. Roe", "Acme"), PERSON(NULL, "Jane R. Roe", "Acme"), "other" },
    { PERSON(NULL, "John Smith", "Acme"), PERSON(NULL, "Jane Smith", "Acme"), "other" },
    /* a letter wrong, missing, too much, exchanged */
    { PERSON(NULL, "Jane Kowalski", "Acme"), PERSON(NULL, "Jane Kowalsky", "Acme"), "possible" },
    { PERSON(NULL, "Jane Miller", "Acme"), PERSON(NULL, "Jane Mller", "Acme"), "possible" },
    { PERSON(NULL, "Jane Miller", "Acme"), PERSON(NULL, "Jane Millner", "Acme"), "possible" },
    { PERSON(NULL, "Jane Miller", "Acme"), PERSON(NULL, "Jane Milelr", "Acme"), "possible" },
    { PERSON(NULL, "Jane Miller", "Acme"), PERSON(NULL, "Jane Hiller", "Acme"), "other" },
    { PERSON(NULL, "Jane Miller", "Acme"), PERSON(NULL, "Jane Miller2", "Acme"), "other" },
    { PERSON(NULL, "Jane Roe", "Acme"), PERSON(NULL, "Jane Row", "Acme"), "other" },
    { PERSON(NULL, "Michael Roe", "Acme"), PERSON(NULL, "Micheal Roe", "Acme"), "possible" },
    { PERSON(NULL, "Daniel Roe", "Acme"), PERSON(NULL, "Daniela Roe", "Acme"), "other" },
    { PERSON(NULL, "Mario Roe", "Acme"), PERSON(NULL, "Maria Roe", "Acme"), "other" },
    { PERSON(NULL, "J\xC3\xBCrgen M\xC3\xBCller", "Acme"),
      PERSON(NULL, "J\xC3\xBCrgen Mueller", "Acme"), "possible" },
    /* surnames of several words; names in one word or in two */
    { PERSON(NULL, "Maria Garcia Lopez", "Acme"), PERSON(NULL, "Maria Garcia", "Acme"),
      "possible" },
    { PERSON(NULL, "Jane Roe-Smith", "Acme"), PERSON(NULL, "Jane Smith", "Acme"), "possible" },
    { PERSON(NULL, "Jane Roe-Smith", "Acme"), PERSON(NULL, "Jane Roe", "Acme"), "possible" },
    { PERSON(NULL, "Omar al-Hassan", "Acme"), PERSON(NULL, "Omar Alhassan", "Acme"), "possible" },
    { PERSON(NULL, "Omar al-Hassan", "Acme"), PERSON(NULL, "Omar el Hassan", "Acme"), "possible" },
    { PERSON(NULL, "Wang Xiaoming", "Acme"), PERSON(NULL, "Xiao Ming Wang", "Acme"), "possible" },
    { PERSON(NULL, "Nguyen Van Anh", "Acme"), PERSON(NULL, "Anh Nguyen", "Acme"), "possible" },
    { PERSON(NULL, "J. Robert Smith", "Acme"), PERSON(NULL, "Robert Smith", "Acme"), "possible" },
    /* one address */
    { MAIL(NULL, "Jane Roe", "Acme", "jroe@acme.com"),
      MAIL(NULL, "J. Roe", "Beta", "JRoe@Acme.com "), "same" },
    { MAIL("R-1", "Jane Roe", "Acme", "jroe@acme.com"), MAIL(NULL, "J. Roe", NULL, "jroe@acme.com"),
      "same" },
    { MAIL("R-1", "Jane Roe", "Acme", "jroe@acme.com"),
      MAIL("R-2", "J. Roe", "Acme", "jroe@acme.com"), "possible" },
    { MAIL("R-1", NULL, NULL, "jroe@acme.com"), MAIL(NULL, "Jane Roe", "Acme", "jroe@acme.com"),
      "same" },
    { MAIL(NULL, "Jane Roe", "Acme", "gifts@acme.com"),
      MAIL(NULL, "Bob Poe", "Acme", "gifts@acme.com"), "possible" },
    { MAIL("R-1", "Jane Roe", "Acme", "gifts@acme.com"),
      MAIL("R-2", "Bob Poe", "Acme", "gifts@acme.com"), "other" },
    { MAIL(NULL, "Jane Roe", "Acme", "none"), MAIL(NULL, "Bob Poe", "Acme", "none"), "other" },
};

static void check_pair(const crowd *c, const somebody *first, const somebody *second,
                       const char *expected)
{
    gr_people *people = NULL;
    gr_error err = { 0 };
    gr_who who;
    uint32_t a, b;

    assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
    a = add(people, first);
    b = add(people, second);
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
    assert_string_equal(relation(&who, a, b), expected);
    gr_people_free(people);
}

static void test_pairs(void **state)
{
    for (size_t i = 0; i < GR_COUNT(pairs); i++) {
        check_pair(*state, &pairs[i].a, &pairs[i].b, pairs[i].relation);
        check_pair(*state, &pairs[i].b, &pairs[i].a, pairs[i].relation);
    }
}

/* Two with ids share a name: whoever has it without id may be either, and is surely neither. */
static void test_namesakes(void **state)
{
    static const somebody all[] = { PERSON("R-1", "Jane Roe", "Acme"),
                                    PERSON("R-2", "Jane Roe", "Acme"),
                                    PERSON(NULL, "Jane Roe", "Acme"),
                                    PERSON(NULL, "Roe, Jane", "Acme") };
    crowd *c = *state;
    gr_people *people = NULL;
    gr_error err = { 0 };
    gr_who who;
    uint32_t n[4];

    assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
    for (size_t i = 0; i < 4; i++)
        n[i] = add(people, &all[i]);
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
    assert_string_equal(relation(&who, n[0], n[1]), "other");
    assert_string_equal(relation(&who, n[0], n[2]), "possible");
    assert_string_equal(relation(&who, n[1], n[3]), "possible");
    assert_string_equal(relation(&who, n[2], n[3]), "same");
    gr_people_free(people);
}

/* One address: joined if all agree; else nobody is, and all may be each other; of an office it says nothing. */
static void test_mailboxes(void **state)
{
    static const somebody all[] = { MAIL(NULL, "Jane Roe", "Acme", "roe@acme.example"),
                                    MAIL(NULL, "J. Roe", "Beta", "roe@acme.example"),
                                    MAIL(NULL, "John Roe", "Acme", "roe@acme.example"),
                                    MAIL("R-1", "Ann Poe", "Acme", "poe@acme.example"),
                                    MAIL(NULL, "A. Poe", "Beta", "poe@acme.example"),
                                    MAIL("R-2", "Ann Poe", "Beta", "poe@acme.example") };
    crowd *c = *state;
    gr_people *people = NULL;
    gr_error err = { 0 };
    gr_who who;
    uint32_t n[GR_COUNT(all) + 9];

    assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
    for (size_t i = 0; i < GR_COUNT(all); i++)
        n[i] = add(people, &all[i]);
    for (size_t i = 0; i < 9; i++) {
        char name[16];

        snprintf(name, sizeof name, "Abcdefghi%c Z", "klmnopqrs"[i]);
        n[GR_COUNT(all) + i] =
            add(people, &(somebody)MAIL(NULL, name, "Acme", "office@acme.example"));
    }
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
    for (int i = 0; i < 3; i++)
        assert_string_equal(relation(&who, n[i], n[(i + 1) % 3]), "possible");
    assert_string_equal(relation(&who, n[3], n[4]), "possible"); /* R-1 or R-2? */
    assert_string_equal(relation(&who, n[4], n[5]), "possible");
    assert_string_equal(relation(&who, n[6], n[7]), "other");
    gr_people_free(people);
}

/* What is decided holds, also against the names; and only between whom it was decided. */
static void test_decisions(void **state)
{
    static const somebody all[] = { PERSON("R-1", "Jane Roe", "Acme"),
                                    PERSON(NULL, "J. Roe", "Acme"),
                                    PERSON(NULL, "John Roe", "Acme"),
                                    PERSON("R-2", "Ann Poe", "Beta"),
                                    PERSON(NULL, "A. Poe", "Beta") };
    crowd *c = *state;
    gr_people *people = NULL;
    gr_error err = { 0 };
    gr_who who;
    uint32_t n[GR_COUNT(all)];

    assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
    for (size_t i = 0; i < GR_COUNT(all); i++)
        n[i] = add(people, &all[i]);
    assert_true(gr_people_rule(people, n[1], n[0], true));
    assert_true(gr_people_rule(people, n[3], n[4], false));
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
    assert_string_equal(relation(&who, n[0], n[1]), "same");
    assert_string_equal(relation(&who, n[1], n[2]), "other"); /* who is Jane is not John */
    assert_string_equal(relation(&who, n[3], n[4]), "other");
    assert_true(gr_people_rule(people, n[1], n[4], true));
    assert_true(gr_people_rule(people, n[4], n[0], false)); /* which cannot both be */
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
    assert_string_equal(relation(&who, n[1], n[4]), "possible");
    gr_people_free(people);
}

/* ---- order ---- */

static const somebody crowd_of[] = {
    PERSON("R-1", "Jane Roe", "Acme"),     PERSON(NULL, "ROE, Jane", "Acme"),
    PERSON(NULL, "J. Roe", "Acme Inc"),    PERSON(NULL, "Jane Roe", NULL),
    PERSON("R-2", "R. Smith", "Beta"),     PERSON("R-2", "Robert Smith", "Beta"),
    PERSON(NULL, "Bob Smith", "Beta"),     PERSON(NULL, "Robert Smith", "BETA"),
    PERSON("R-3", "Robert Smith", "Beta"), PERSON(NULL, "Robert Smith", "Gamma"),
    PERSON(NULL, "Smith", "Beta"),         PERSON("R-4", NULL, NULL),
    PERSON(NULL, "Bob Smith Jr.", "Beta"), PERSON("r-2", "Smith, Robert", "Beta"),
    PERSON(NULL, "Smith Robert", "Beta"),  PERSON("R-5", "R. Smith", "Beta"),
};

enum { CROWD = GR_COUNT(crowd_of) };

/* What is known of everybody after they came in this order: relations by pair, and the names shown. */
static void settle_in_order(const crowd *c, const size_t *order,
                            const char *relations[CROWD][CROWD], const char *shown[CROWD])
{
    gr_people *people = NULL;
    gr_error err = { 0 };
    gr_who who;
    uint32_t n[CROWD];

    assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
    for (size_t i = 0; i < CROWD; i++)
        n[order[i]] = add(people, &crowd_of[order[i]]);
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
    for (size_t i = 0; i < CROWD; i++) {
        shown[i] = gr_arena_copy(c->arena, who.recipient[who.same[n[i]]].name).ptr;
        for (size_t k = 0; k < CROWD; k++)
            relations[i][k] = relation(&who, n[i], n[k]);
    }
    gr_people_free(people);
}

static void test_order(void **state)
{
    const char *first[CROWD][CROWD], *again[CROWD][CROWD], *shown[CROWD], *shown_again[CROWD];
    size_t order[CROWD];
    uint64_t random = 3220;

    for (size_t i = 0; i < CROWD; i++)
        order[i] = i;
    settle_in_order(*state, order, first, shown);
    for (int round = 0; round < 200; round++) {
        for (size_t i = CROWD; i > 1; i--) {
            size_t k =
                (size_t)((random = random * 6364136223846793005u + 1442695040888963407u) >> 33) % i;
            size_t kept = order[k];

            order[k] = order[i - 1];
            order[i - 1] = kept;
        }
        settle_in_order(*state, order, again, shown_again);
        for (size_t i = 0; i < CROWD; i++) {
            assert_string_equal(shown[i], shown_again[i]);
            for (size_t k = 0; k < CROWD; k++)
                assert_string_equal(first[i][k], again[i][k]);
        }
    }
    assert_string_equal(shown[1], "Jane Roe");
    assert_string_equal(shown[4], "Robert Smith");
}

/* ---- many ---- */

/* Adds count people of the last name Roe at one employer, of whom id and name tell apart by number. */
static void add_many(gr_people *people, uint32_t count, const char *id, const char *name)
{
    for (uint32_t i = 0; i < count; i++) {
        char number[64] = "", whole[64];

        if (id)
            snprintf(number, sizeof number, "%s%u", id, i);
        if (id)
            snprintf(whole, sizeof whole, "%s Roe", name);
        else
            snprintf(whole, sizeof whole, "%s%u Roe", name, i);
        add(people, &(somebody)PERSON(number, whole, "Acme"));
    }
}

/* Many of one surname who are few of one first name are soon told apart. */
static void test_many(void **state)
{
    crowd *c = *state;
    gr_people *people = NULL;
    gr_error err = { 0 };
    gr_who who;

    assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
    add_many(people, 40000, NULL, "First");
    add_many(people, 40000, "A", "Jane");
    add_many(people, 40000, "B", "J.");
    add(people, &(somebody)PERSON(NULL, "J. Q. Roe", "Acme"));
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
    assert_int_equal(who.link_first[who.recipient_count], 2 * 80000);
    gr_people_free(people);
}

/* Whom nobody could look through is not kept, and the surname is told. */
static void test_too_many(void **state)
{
    crowd *c = *state;
    gr_people *people = NULL;
    gr_error err = { 0 };
    gr_who who;

    assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
    add_many(people, 5000, NULL, "Jane Q R");
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_ELIMIT);
    assert_string_equal(err.message,
                        "too many recipients of the last name 'roe' are possibly one person");
    gr_people_free(people);
}

static void test_givers(void **state)
{
    crowd *c = *state;
    gr_people *people = NULL;
    gr_error err = { 0 };
    uint32_t dana;

    assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
    dana = gr_people_giver(people, GR_TEXT("AE-1"), GR_TEXT("Dana Fox"));
    assert_int_equal(gr_people_giver(people, GR_TEXT("AE-1"), GR_TEXT("")), dana);
    assert_int_not_equal(gr_people_giver(people, GR_TEXT(""), GR_TEXT("Dana Fox")), dana);
    assert_int_not_equal(gr_people_giver(people, GR_TEXT("AE-2"), GR_TEXT("Dana Fox")), dana);
    gr_people_free(people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),     cmocka_unit_test(test_namesakes),
        cmocka_unit_test(test_mailboxes), cmocka_unit_test(test_decisions),
        cmocka_unit_test(test_order),     cmocka_unit_test(test_many),
        cmocka_unit_test(test_too_many),  cmocka_unit_test(test_givers),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
