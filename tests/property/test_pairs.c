/* tests/property/test_pairs.c - tests/people/pairs.tsv through names.xml as it is: how many of those who are one person
 * are joined or linked (recall), and how many of those who are joined or linked are one person (precision). The bounds are
 * a little under what was measured; GR_PAIRS=1 prints every pair that comes out wrong. What nobody can tell counts for
 * neither. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "people/likeness.h"
#include "people/people.h"

enum { FIELDS = 9, FEWEST = 500, PRECISION = 945, RECALL = 910 }; /* in a thousand */

typedef struct figures {
    unsigned pairs, same, found, different, alarms, open;
} figures;

typedef struct line {
    char bytes[1024];
    char *field[FIELDS];
} line;

static bool split(line *l)
{
    char *at = l->bytes;

    at[strcspn(at, "\n")] = '\0';
    for (int i = 0; i < FIELDS; i++) {
        l->field[i] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
        else
            return i == FIELDS - 1;
    }
    return false;
}

static gr_person person_at(const line *l, int first)
{
    return (gr_person){ .name = gr_text_of(l->field[first]),
                        .employer = gr_text_of(l->field[first + 1]),
                        .email = gr_text_of(l->field[first + 2]) };
}

static bool are_found(const gr_names *names, const gr_person *one, const gr_person *two)
{
    gr_people *people = NULL;
    gr_error err = { 0 };
    gr_who who;
    uint32_t a, b;
    bool found;

    assert_int_equal(gr_people_create(names, &people, &err), GR_OK);
    a = gr_people_recipient(people, one);
    b = gr_people_recipient(people, two);
    assert_int_equal(gr_people_settle(people, NULL, &who, &err), GR_OK);
    found = who.same[a] == who.same[b] || who.link_first[a + 1] > who.link_first[a];
    gr_people_free(people);
    return found;
}

static void count(const line *l, bool found, const gr_names *names, figures *f)
{
    bool is_same = strcmp(l->field[0], "same") == 0, is_open = strcmp(l->field[0], "may-be") == 0;
    gr_person one = person_at(l, 3), two = person_at(l, 6);
    gr_error err = { 0 };
    gr_likeness like;

    f->pairs++;
    f->open += is_open;
    f->same += is_same;
    f->different += !is_same && !is_open;
    f->found += is_same && found;
    f->alarms += !is_same && !is_open && found;
    if (is_open || is_same == found || !getenv("GR_PAIRS"))
        return;
    assert_int_equal(gr_likeness_find(names, &one, &two, &like, &err), GR_OK);
    print_message("%s: %s, %s: %s (%s) and %s (%s), %d points\n", found ? "alarm" : "missed",
                  l->field[1], l->field[2], l->field[3], l->field[4], l->field[6], l->field[7],
                  like.score);
}

static void test_pairs(void **state)
{
    gr_problems problems = { 0 };
    gr_arena *arena = gr_arena_create();
    FILE *file = fopen("tests/people/pairs.tsv", "r");
    figures f = { 0 };
    gr_error err = { 0 };
    gr_names names;
    line l;

    (void)state;
    assert_non_null(arena);
    assert_non_null(file);
    assert_int_equal(
        gr_names_load("rules/names.xml", "rules/schema/names.xsd", arena, &problems, &names, &err),
        GR_OK);
    while (fgets(l.bytes, sizeof l.bytes, file)) {
        gr_person one, two;
        bool found;

        if (l.bytes[0] == '#')
            continue;
        assert_true(split(&l));
        one = person_at(&l, 3);
        two = person_at(&l, 6);
        found = are_found(&names, &one, &two);
        assert_int_equal(are_found(&names, &two, &one), found);
        count(&l, found, &names, &f);
    }
    print_message(
        "%u pairs: of %u that are one person %u were found (recall %.3f); of %u that are two "
        "%u were taken for one (precision %.3f); %u nobody can tell\n",
        f.pairs, f.same, f.found, (double)f.found / f.same, f.different, f.alarms,
        (double)f.found / (f.found + f.alarms), f.open);
    assert_true(f.pairs >= FEWEST);
    assert_true(f.found * 1000 >= RECALL * f.same);
    assert_true(f.found * 1000 >= PRECISION * (f.found + f.alarms));
    fclose(file);
    gr_names_free(&names);
    gr_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_pairs) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
