/* tests/unit/test_explain_people.c - the reason that is told for two people being one, or possibly one, is the reason
 * for which they were joined or linked: in crowds made at random, there is one exactly where they were. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "people/likeness.h"
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

static gr_person somebody(const char *id, const char *name, const char *employer)
{
    return (gr_person){ gr_text_of(id), gr_text_of(name), gr_text_of(employer), GR_TEXT("") };
}

static gr_likeness likeness(const crowd *c, const gr_person *a, const gr_person *b)
{
    gr_likeness like = { .bond = GR_BOND_NONE }, turned = { .bond = GR_BOND_NONE };
    gr_error err = { 0 };

    assert_int_equal(gr_likeness_find(&c->names, a, b, &like, &err), GR_OK);
    assert_int_equal(gr_likeness_find(&c->names, b, a, &turned, &err), GR_OK);
    assert_memory_equal(like.part, turned.part, sizeof like.part);
    assert_int_equal(like.score, turned.score);
    assert_int_equal(like.bond, turned.bond);
    return like;
}

static const struct {
    const char *a[3], *b[3]; /* id, name, employer */
    gr_bond bond;
    const char *words;
} pairs[] = {
    { { "R-1", "Jane Roe", "Acme" },
      { "R-1", "J. Doe", "Beta" },
      GR_BOND_SURE,
      "the same number: R-1" },
    { { "R-1", "Jane Roe", "Acme" },
      { "R-2", "Jane Roe", "Acme" },
      GR_BOND_CANDIDATE,
      "the same first name, last name and employer, and another number: jane roe, jane roe" },
    { { "R-1", "Jane Roe", "Acme" },
      { NULL, "ROE, JANE", "Acme, Inc." },
      GR_BOND_SURE,
      "the same name and employer when compared: jane roe, acme" },
    { { NULL, "Jane Roe", NULL },
      { NULL, "Roe, Jane", NULL },
      GR_BOND_SURE,
      "the same name and employer when compared: jane roe" },
    { { "R-1a", "Jane Roe", "Acme" },
      { "r-1A", "Roe, Jane", "ACME" },
      GR_BOND_POSSIBLE,
      "the same first name, last name and employer, and numbers that differ in capitals only: "
      "jane roe, jane roe" },
    { { NULL, "Jane Roe", "Acme" },
      { NULL, "Jane Roe", NULL },
      GR_BOND_POSSIBLE,
      "the same first name and last name, and one employer is not stated: jane roe, jane roe" },
    { { NULL, "Jane Roe", "Acme" },
      { NULL, "Roe", "Acme" },
      GR_BOND_POSSIBLE,
      "the same last name and employer, and one first name is not stated: jane roe, roe" },
    { { NULL, "Jane Roe", "Acme" },
      { NULL, "Jane Q. Roe", "Acme" },
      GR_BOND_POSSIBLE,
      "the same first name, last name and employer, and one middle name is not stated: jane roe, "
      "jane q roe" },
    { { NULL, "Jane R. Roe", "Acme" },
      { NULL, "Jane Q. Roe", "Acme" },
      GR_BOND_CANDIDATE,
      "the same first name, last name and employer, and another middle name: jane r roe, jane q "
      "roe" },
    { { NULL, "Jane Roe", "Acme" },
      { NULL, "J. Roe", "Acme" },
      GR_BOND_POSSIBLE,
      "the same last name and employer, and an initial that fits: jane roe, j roe" },
    { { NULL, "Robert Smith", "Acme" },
      { NULL, "Bob Smith", "Acme" },
      GR_BOND_POSSIBLE,
      "of names.xml: robert smith, bob smith" },
    { { NULL, "Jane Roe", "Acme" },
      { NULL, "Roe Jane", "Acme" },
      GR_BOND_POSSIBLE,
      "the same employer, and first and last name exchanged: jane roe, roe jane" },
    { { NULL, "Jane Kowalski", "Acme" },
      { NULL, "Jane Kowalsky", "Acme" },
      GR_BOND_POSSIBLE,
      "the same first name and employer, and last names that differ by a letter: jane kowalski, "
      "jane kowalsky" },
    { { NULL, "Jane Roe", "Acme" },
      { NULL, "Jane Roe", "Beta" },
      GR_BOND_CANDIDATE,
      "the same first name and last name, and another employer: jane roe, jane roe" },
    { { NULL, "Jane Roe", "Acme" },
      { NULL, "John Roe", "Acme" },
      GR_BOND_NONE,
      "the same last name and employer, and another first name: jane roe, john roe" },
    { { NULL, NULL, "Acme" }, { NULL, NULL, "Acme" }, GR_BOND_NONE, "the same employer" },
};

static void test_pairs(void **state)
{
    crowd *c = *state;

    for (size_t i = 0; i < GR_COUNT(pairs); i++) {
        gr_person a = somebody(pairs[i].a[0], pairs[i].a[1], pairs[i].a[2]);
        gr_person b = somebody(pairs[i].b[0], pairs[i].b[1], pairs[i].b[2]);
        gr_text words;
        gr_error err = { 0 };

        assert_int_equal(gr_likeness_print(&c->names, &a, &b, c->arena, &words, &err), GR_OK);
        if (!gr_text_ends(words, gr_text_of(pairs[i].words)))
            fail_msg("'%s' does not end in '%s'", words.ptr, pairs[i].words);
        assert_int_equal(likeness(c, &a, &b).bond, pairs[i].bond);
    }
}

/* ---- crowds ---- */

static const char *const ids[] = { NULL, NULL, NULL, "R-1", "r-1", "R-2", "R-3" };
static const char *const names[] = { "Jane Roe",
                                     "ROE, Jane",
                                     "J. Roe",
                                     "Roe",
                                     "Jane Q. Roe",
                                     "John Roe",
                                     "Roe Jane",
                                     "Robert Smith",
                                     "Bob Smith",
                                     "R. Smith",
                                     "Bill Smith",
                                     "Smith",
                                     "Robert Smith Jr",
                                     "Smith Robert",
                                     "Jane R. Roe",
                                     "Robert Smyth",
                                     "Robert Smith Sr",
                                     "Robert Smith Lee",
                                     "Robert Lee",
                                     "RobertSmith",
                                     "Jane Kowalski",
                                     "Jane Kowalsky",
                                     "Janeth Kowalski",
                                     "Janteh Kowalski",
                                     NULL };
static const char *const employers[] = { "Acme", "ACME, Inc.", "Beta", NULL };

static size_t below(uint64_t *random, size_t bound)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(*random >> 33) % bound;
}

static bool are_linked(const gr_who *who, uint32_t a, uint32_t b)
{
    for (uint32_t i = who->link_first[a]; i < who->link_first[a + 1]; i++)
        if (who->link[i] == b)
            return true;
    return false;
}

/* Two ids are linked when they differ in capitals only, with one name and employer. */
static bool should_link(const crowd *c, const gr_person *a, const gr_person *b)
{
    gr_likeness like = likeness(c, a, b);
    gr_person x = *a, y = *b;

    x.id = y.id = GR_TEXT("");
    if (like.part[GR_PART_ID] == GR_ACCORD_CASE)
        return likeness(c, &x, &y).bond == GR_BOND_SURE;
    return like.bond >= GR_BOND_POSSIBLE && like.part[GR_PART_ID] == GR_ACCORD_NONE;
}

static void check_crowd(const crowd *c, const gr_who *who)
{
    for (uint32_t a = 0; a < who->recipient_count; a++) {
        const gr_person *one = &who->recipient[a];

        if (who->same[a] != a) /* somebody was joined to another one */
            assert_int_equal(likeness(c, one, &who->recipient[who->same[a]]).bond, GR_BOND_SURE);
        for (uint32_t b = 0; b < who->recipient_count; b++)
            if (a != b && who->same[a] == a && who->same[b] == b)
                if (should_link(c, one, &who->recipient[b]) != are_linked(who, a, b))
                    fail_msg("%s,%s,%s and %s,%s,%s", one->id.ptr, one->name.ptr, one->employer.ptr,
                             who->recipient[b].id.ptr, who->recipient[b].name.ptr,
                             who->recipient[b].employer.ptr);
    }
}

static gr_person anybody(uint64_t *random)
{
    const char *id = ids[below(random, GR_COUNT(ids))];
    const char *name = names[below(random, GR_COUNT(names))];

    return somebody(id, name, employers[below(random, GR_COUNT(employers))]);
}

static void add_anybody(gr_people *people, uint64_t *random)
{
    const gr_person person = anybody(random);

    assert_int_not_equal(gr_people_recipient(people, &person), UINT32_MAX);
}

static void test_crowds(void **state)
{
    crowd *c = *state;
    uint64_t random = 20260330;

    for (int round = 0; round < 300; round++) {
        gr_people *people = NULL;
        gr_error err = { 0 };
        gr_who who;

        assert_int_equal(gr_people_create(&c->names, &people, &err), GR_OK);
        for (int i = 0; i < 14; i++)
            add_anybody(people, &random);
        assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
        check_crowd(c, &who);
        gr_people_free(people);
    }
}

/* ---- who is not alive ---- */

typedef struct town {
    gr_people *people;
    gr_who who;
} town;

static town settle_town(const crowd *c, const gr_person *person, size_t count, const bool *alive)
{
    town t = { 0 };
    gr_error err = { 0 };

    assert_int_equal(gr_people_create(&c->names, &t.people, &err), GR_OK);
    for (size_t i = 0; i < count; i++)
        gr_people_recipient(t.people, &person[i]);
    assert_int_equal(gr_people_settle(t.people, alive, &t.who, &err), GR_OK);
    return t;
}

/* of: of each of the few, its number among all. */
static void assert_alike(const gr_who *all, const gr_who *few, const uint32_t *of)
{
    for (uint32_t a = 0; a < few->recipient_count; a++) {
        const gr_person *x = &all->recipient[all->same[of[a]]], *y = &few->recipient[few->same[a]];

        assert_true(gr_text_equal(x->name, y->name) && gr_text_equal(x->employer, y->employer));
        for (uint32_t b = 0; b < few->recipient_count; b++) {
            assert_int_equal(all->same[of[a]] == all->same[of[b]], few->same[a] == few->same[b]);
            assert_int_equal(are_linked(all, all->same[of[a]], all->same[of[b]]),
                             are_linked(few, few->same[a], few->same[b]));
        }
    }
}

static void test_alive(void **state)
{
    crowd *c = *state;
    uint64_t random = 20261128;

    for (int round = 0; round < 300; round++) {
        gr_person all[14], few[14];
        bool alive[14];
        uint32_t of[14], n = 0;
        town whole, part;

        for (uint32_t i = 0; i < 14; i++) { /* numbers tell apart what is spelt alike */
            all[i] = anybody(&random);
            for (uint32_t k = 0; k < i; k++)
                if (gr_text_equal(all[i].id, all[k].id) &&
                    gr_text_equal(all[i].name, all[k].name) &&
                    gr_text_equal(all[i].employer, all[k].employer))
                    all[i] = somebody(NULL, NULL, NULL);
            alive[i] = below(&random, 3) > 0;
            if (alive[i]) {
                of[n] = i;
                few[n++] = all[i];
            }
        }
        whole = settle_town(c, all, 14, alive);
        part = settle_town(c, few, n, NULL);
        assert_alike(&whole.who, &part.who, of);
        gr_people_free(whole.people);
        gr_people_free(part.people);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_alive),
        cmocka_unit_test(test_crowds),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
