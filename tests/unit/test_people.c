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
    const char *id, *name, *employer;
} somebody;

static uint32_t add(gr_people *people, const somebody *who)
{
    uint32_t number = gr_people_recipient(people, gr_text_of(who->id), gr_text_of(who->name),
                                          gr_text_of(who->employer));

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

static const struct pair {
    somebody a, b;
    const char *relation;
} pairs[] = {
    { { "R-1", "Jane Roe", "Acme" }, { "R-1", "J. Doe", "Beta" }, "same" },
    { { "R-1", "Jane Roe", "Acme" }, { "R-2", "Jane Roe", "Acme" }, "other" },
    { { "R-1", "Jane Roe", "Acme" }, { NULL, "Jane Roe", "Acme" }, "same" },
    { { "R-1", "Jane Roe", "Acme" }, { NULL, "ROE, JANE", "ACME, Inc." }, "same" },
    { { "R-1", "Jane Roe", "Acme" }, { NULL, "J. Roe", "Acme" }, "possible" },
    { { "R-1", "Jane Roe", "Acme" }, { NULL, "Jane Roe", NULL }, "possible" },
    { { "R-1", "Jane Roe", "Acme" }, { NULL, "Jane Roe", "Beta" }, "other" },
    { { "R-1", "Jane Roe", "Acme" }, { NULL, "John Roe", "Acme" }, "other" },
    { { "R-1", NULL, NULL }, { NULL, "Jane Roe", "Acme" }, "other" },
    { { NULL, "Jane Roe", "Acme" }, { NULL, "Jane Roe", "Acme" }, "same" },
    { { NULL, "Jane Roe", "Acme" }, { NULL, "Jan\xC3\xA9 Roe", "Acme" }, "same" },
    { { NULL, "Jane Roe", "Acme" }, { NULL, "Roe", "Acme" }, "possible" },
    { { NULL, "Jane Roe", "Acme" }, { NULL, "Jane Q. Roe", "Acme" }, "possible" },
    { { NULL, "Jane Roe", NULL }, { NULL, "J. Roe", NULL }, "possible" },
    { { NULL, "Jane Roe", "Acme" }, { NULL, "J. Roe", NULL }, "other" },
    { { NULL, "Robert Smith", "Acme" }, { NULL, "Bob Smith", "Acme" }, "possible" },
    { { NULL, "Robert Smith", "Acme" }, { NULL, "Bill Smith", "Acme" }, "other" },
    { { NULL, "Robert Smith", "Acme" }, { NULL, "Bob Smyth", "Acme" }, "other" },
    { { NULL, "Jane Roe", "Acme LLC" }, { NULL, "Jane Roe, Ph.D.", "Acme L.L.C." }, "same" },
    { { NULL, "Jane Roe", "JP Morgan" }, { NULL, "Jane Roe", "J.P. Morgan" }, "same" },
    { { NULL, "Jane Roe", "Smith & Sons" }, { NULL, "Jane Roe", "Smith and Sons" }, "same" },
    { { NULL, "Jane Roe", "The Acme Group" }, { NULL, "Jane Roe", "Acme Group" }, "same" },
    { { NULL, "J. Roe", "Acme" }, { NULL, "J.Roe", "Acme" }, "same" },
    { { NULL, "J. Roe", "Acme" }, { NULL, "J. Q. Roe", "Acme" }, "possible" },
    { { NULL, "\xD0\x98. Roe", "Acme" }, { NULL, "\xD0\x98van Roe", "Acme" }, "possible" },
    { { NULL, "\xD0\x98. Roe", "Acme" }, { NULL, "\xD0\x94van Roe", "Acme" }, "other" },
    { { NULL, "Robert Smith Jr.", "Acme" }, { NULL, "Smith, Robert, Jr.", "Acme" }, "same" },
    { { NULL, "Robert Smith Jr.", "Acme" }, { NULL, "Robert Smith", "Acme" }, "possible" },
    { { NULL, "Robert Smith III", "Acme" }, { NULL, "Bob Smith", "Acme" }, "possible" },
    { { NULL, "Robert Smith Jr.", "Acme" }, { NULL, "Robert Smith Sr.", "Acme" }, "possible" },
    { { "R-1", "Robert Smith Jr.", "Acme" }, { NULL, "R. Smith", "Acme" }, "possible" },
    { { NULL, "Robert Smith Jr.", "Acme" }, { NULL, "Jane Roe Jr.", "Acme" }, "other" },
    { { NULL, "Roe Jane", "Acme" }, { NULL, "Jane Roe", "Acme" }, "possible" },
    { { "R-1", "Roe Jane", "Acme" }, { NULL, "Jane Roe", "Acme" }, "possible" },
    { { NULL, "Roe Jane", "Acme" }, { NULL, "Jane Roe", "Beta" }, "other" },
    { { "R-1", "Roe Jane", "Acme" }, { "R-2", "Jane Roe", "Acme" }, "other" },
    { { "R-1a", "Jane Roe", "Acme" }, { "r-1A", "Roe, Jane", "ACME" }, "possible" },
    { { "R-1a", "Jane Roe", "Acme" }, { "r-1A", "Jane Roe", "Beta" }, "other" },
    { { "R-1", "J. Roe", "Acme" }, { NULL, "Jane Roe", "Acme" }, "possible" },
    { { "R-1", "J. Roe", "Acme" }, { "R-2", "Jane Roe", "Acme" }, "other" },
    { { "R-1", "Roe", "Acme" }, { NULL, "Jane Roe", "Acme" }, "possible" },
    { { "R-1", "Jane Roe", NULL }, { NULL, "Jane Roe", "Acme" }, "possible" },
    { { "R-1", "Roe", "Acme" }, { NULL, "J. Roe", "Acme" }, "possible" },
    { { NULL, NULL, "Acme" }, { NULL, NULL, "Acme" }, "other" },
    { { NULL, "Jane Roe", "Acme" }, { NULL, NULL, "Acme" }, "other" },
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
    static const somebody all[] = { { "R-1", "Jane Roe", "Acme" },
                                    { "R-2", "Jane Roe", "Acme" },
                                    { NULL, "Jane Roe", "Acme" },
                                    { NULL, "Roe, Jane", "Acme" } };
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

/* ---- order ---- */

static const somebody crowd_of[] = {
    { "R-1", "Jane Roe", "Acme" },     { NULL, "ROE, Jane", "Acme" },
    { NULL, "J. Roe", "Acme Inc" },    { NULL, "Jane Roe", NULL },
    { "R-2", "R. Smith", "Beta" },     { "R-2", "Robert Smith", "Beta" },
    { NULL, "Bob Smith", "Beta" },     { NULL, "Robert Smith", "BETA" },
    { "R-3", "Robert Smith", "Beta" }, { NULL, "Robert Smith", "Gamma" },
    { NULL, "Smith", "Beta" },         { "R-4", NULL, NULL },
    { NULL, "Bob Smith Jr.", "Beta" }, { "r-2", "Smith, Robert", "Beta" },
    { NULL, "Smith Robert", "Beta" },  { "R-5", "R. Smith", "Beta" },
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
        snprintf(whole, sizeof whole, id ? "%s Roe" : "%s%u Roe", name, i);
        add(people, &(somebody){ number, whole, "Acme" });
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
    add(people, &(somebody){ NULL, "J. Q. Roe", "Acme" });
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
    add_many(people, 5000, NULL, "Jane Q");
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
        cmocka_unit_test(test_pairs),    cmocka_unit_test(test_namesakes),
        cmocka_unit_test(test_order),    cmocka_unit_test(test_many),
        cmocka_unit_test(test_too_many), cmocka_unit_test(test_givers),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
