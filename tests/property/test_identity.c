/* tests/property/test_identity.c - laws of who is who: the order in which people come means nothing; one spelling more
 * never lowers a possible sum; merge and split is nothing, and so is to split nobody; after decisions an increment finds
 * what judging everything finds. GR_SEED=N repeats a run, GR_ROUNDS=N makes it longer. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "random.h"

#include "app/run.h"
#include "ledger/identity_store.h"
#include "people/people.h"

enum { MOST = 8 };

static uint64_t first_seed(void)
{
    return number_from("GR_SEED", 20260330);
}

static uint64_t rounds(uint64_t otherwise)
{
    return number_from("GR_ROUNDS", otherwise);
}

typedef struct court {
    gr_rules *rules;
    gr_arena *arena;
    char dir[40], log[64], more[64], ledger[64];
} court;

static int set_up(void **state)
{
    static court c;
    const gr_setting settings[] = { { "period", "calendar" }, { "gift-day", "given" } };
    gr_error err = { 0 };

    if (gr_rules_load("rules", settings, GR_COUNT(settings), NULL, NULL, &c.rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    c.arena = gr_arena_create();
    assert_non_null(c.arena);
    snprintf(c.dir, sizeof c.dir, "%s/giftrule-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(c.dir));
    snprintf(c.log, sizeof c.log, "%s/log.xml", c.dir);
    snprintf(c.more, sizeof c.more, "%s/more.xml", c.dir);
    snprintf(c.ledger, sizeof c.ledger, "%s/ledger", c.dir);
    *state = &c;
    return 0;
}

static void remove_ledger(const court *c)
{
    static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
    char path[80];

    for (size_t i = 0; i < GR_COUNT(ends); i++) {
        snprintf(path, sizeof path, "%s%s", c->ledger, ends[i]);
        unlink(path);
    }
}

static int tear_down(void **state)
{
    court *c = *state;

    gr_rules_free(c->rules);
    gr_arena_free(c->arena);
    remove_ledger(c);
    unlink(c->log);
    unlink(c->more);
    return rmdir(c->dir);
}

/* ---- people at random: few names, so that they meet ---- */

static const char *const names[] = {
    "Jane Roe",        "ROE, Jane",    "J. Roe",      "Jane Q. Roe",
    "Jane R. Roe",     "Janet Roe",    "Roe",         "Roe Jane",
    "Jane Roe Smith",  "Jane Smith",   "Jane Roe Jr", "Robert Kowalski",
    "Robert Kowalsky", "Bob Kowalski", "R. Kowalski", "Kowalski Robert",
    "RobertKowalski"
};
static const char *const employers[] = { "Acme", "ACME, Inc.", "Beta", "" };
static const char *const emails[] = {
    "", "", "", "jroe@acme.example", "JRoe@Acme.example", "gifts@acme.example"
};
static const char *const ids[] = { "", "", "", "R-1", "r-1", "R-2" };

#define ANY(random, list) gr_text_of((list)[dice_below(random, GR_COUNT(list))])

static gr_person anybody(dice *random, bool with_id)
{
    gr_person person = { .name = ANY(random, names), .employer = ANY(random, employers) };

    person.email = ANY(random, emails);
    person.id = with_id ? ANY(random, ids) : GR_TEXT("");
    return person;
}

typedef struct town {
    gr_people *people;
    gr_who who;
    uint32_t number[MOST + 1]; /* of each of them */
} town;

typedef struct ruling {
    size_t a, b;
    bool is_same;
} ruling;

/* In an order; with decisions on some of them. */
static town settle(const court *c, const gr_person *person, const size_t *order, size_t count,
                   const ruling *ruled, size_t ruled_count)
{
    town t = { 0 };
    gr_error err = { 0 };

    assert_int_equal(gr_people_create(&c->rules->names, &t.people, &err), GR_OK);
    for (size_t i = 0; i < count; i++)
        t.number[order[i]] = gr_people_recipient(t.people, &person[order[i]]);
    for (size_t i = 0; i < ruled_count; i++)
        assert_true(
            gr_people_rule(t.people, t.number[ruled[i].a], t.number[ruled[i].b], ruled[i].is_same));
    if (gr_people_settle(t.people, NULL, &t.who, &err) != GR_OK)
        fail_msg("%s", err.message);
    return t;
}

/* 2: gifts to b surely count for a; 1: possibly; 0: they do not. */
static int counts(const town *t, size_t a, size_t b)
{
    uint32_t x = t->who.same[t->number[a]], y = t->who.same[t->number[b]];

    if (x == y)
        return 2;
    for (uint32_t i = t->who.link_first[x]; i < t->who.link_first[x + 1]; i++)
        if (t->who.link[i] == y)
            return 1;
    return 0;
}

static void shuffle(dice *random, size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t k = dice_below(random, i), kept = order[k];

        order[k] = order[i - 1];
        order[i - 1] = kept;
    }
}

static size_t some_rulings(dice *random, ruling *out, size_t people)
{
    size_t count = dice_below(random, 4), n = 0;

    for (size_t i = 0; i < count; i++) {
        out[n] = (ruling){ dice_below(random, people), dice_below(random, people),
                           dice_below(random, 2) };
        n += out[n].a != out[n].b;
    }
    return n;
}

static void fail_with(const char *law, uint64_t seed, const gr_person *person, size_t a, size_t b)
{
    fail_msg("%s, seed %llu: '%s' of '%s' (%s, %s) and '%s' of '%s' (%s, %s)", law,
             (unsigned long long)seed, person[a].name.ptr, person[a].employer.ptr, person[a].id.ptr,
             person[a].email.ptr, person[b].name.ptr, person[b].employer.ptr, person[b].id.ptr,
             person[b].email.ptr);
}

static void test_order(void **state)
{
    for (uint64_t seed = first_seed(), end = seed + rounds(2000); seed < end; seed++) {
        dice random = { seed };
        gr_person person[MOST];
        size_t first[MOST], again[MOST];
        ruling ruled[4];
        size_t ruled_count;
        town x, y;

        for (size_t i = 0; i < MOST; i++)
            person[i] = anybody(&random, true);
        ruled_count = some_rulings(&random, ruled, MOST);
        shuffle(&random, first, MOST);
        shuffle(&random, again, MOST);
        x = settle(*state, person, first, MOST, ruled, ruled_count);
        y = settle(*state, person, again, MOST, ruled, ruled_count);
        for (size_t a = 0; a < MOST; a++) {
            const gr_person *p = &x.who.recipient[x.who.same[x.number[a]]];
            const gr_person *q = &y.who.recipient[y.who.same[y.number[a]]];

            if (!gr_text_equal(p->name, q->name) || !gr_text_equal(p->id, q->id) ||
                !gr_text_equal(p->employer, q->employer))
                fail_with("shown otherwise", seed, person, a, a);
            for (size_t b = 0; b < MOST; b++)
                if (counts(&x, a, b) != counts(&y, a, b))
                    fail_with("order", seed, person, a, b);
        }
        gr_people_free(x.people);
        gr_people_free(y.people);
    }
}

/* Nobody's gifts stop to count for somebody since one more way of writing somebody came in: unless an officer has said of
 * the one whom it turns out to be that it does not. So there are no splits here. */
static void test_one_more(void **state)
{
    for (uint64_t seed = first_seed(), end = seed + rounds(4000); seed < end; seed++) {
        dice random = { seed };
        gr_person person[MOST];
        size_t order[MOST];
        ruling ruled[4];
        size_t ruled_count;
        town x, y;

        for (size_t i = 0; i < MOST; i++)
            person[i] = anybody(&random, i + 1 < MOST);
        ruled_count = some_rulings(&random, ruled, MOST - 1);
        for (size_t i = 0; i < ruled_count; i++)
            ruled[i].is_same = true;
        shuffle(&random, order, MOST - 1);
        x = settle(*state, person, order, MOST - 1, ruled, ruled_count);
        order[MOST - 1] = MOST - 1;
        y = settle(*state, person, order, MOST, ruled, ruled_count);
        for (size_t a = 0; a + 1 < MOST; a++)
            for (size_t b = 0; b + 1 < MOST; b++)
                if (counts(&x, a, b) > 0 && counts(&y, a, b) == 0)
                    fail_with("one more", seed, person, a, b);
        gr_people_free(x.people);
        gr_people_free(y.people);
    }
}

/* ---- decisions in a ledger ---- */

static void write_log(const char *path, dice *random, const char *prefix)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs("<gift-log xmlns='urn:giftrule:gift-log:1'>\n", file);
    for (int i = 0; i < 8; i++) {
        gr_person p = anybody(random, false);

        fprintf(file,
                "<gift id='%s%d' date='2026-05-%02d'><giver id='A'/><payer>firm</payer><recipient",
                prefix, i, (int)dice_below(random, 28) + 1);
        if (dice_below(random, 2))
            fprintf(file, " id='R-%d'", (int)dice_below(random, 4) + 1);
        fprintf(file, "><name>%s</name>", p.name.ptr);
        if (p.employer.len > 0)
            fprintf(file, "<employer kind='vendor'>%s</employer>", p.employer.ptr);
        if (p.email.len > 0)
            fprintf(file, "<email>%s</email>", p.email.ptr);
        fprintf(file, "</recipient><kind>goods</kind><cost>%d.00</cost></gift>\n",
                (int)dice_below(random, 4) * 50 + 25);
    }
    fputs("</gift-log>\n", file);
    fclose(file);
}

/* Keeps; whole: judges everything anew. What it told of news. */
static gr_news audit(const court *c, const char *input, bool whole)
{
    const gr_audit_options options = { .inputs = &input,
                                       .input_count = input ? 1 : 0,
                                       .ledger = c->ledger,
                                       .from = whole ? "0001-01-01" : NULL };
    gr_error err = { 0 };
    gr_news news;
    gr_run run;

    if (gr_run_make(c->rules, &options, true, &run, &err) != GR_OK)
        fail_msg("%s (%s)", err.message, err.hint);
    news = run.news;
    gr_run_free(&run);
    return news;
}

static bool ignore(void *context, const char *bytes, size_t length)
{
    (void)context, (void)bytes, (void)length;
    return true;
}

/* False: there is nothing to decide, or nobody of that name. */
static bool decide(const court *c, const char *a, const char *b, bool splits)
{
    const gr_identity_options options = {
        .ledger = c->ledger, .a = a, .b = b, .splits = splits, .reason = "seen", .author = "officer"
    };
    const gr_report_style style = { .format = GR_FORMAT_JSON };
    gr_error err = { 0 };
    gr_status status = gr_identity_decide(c->rules, &options, &style, ignore, NULL, &err);

    if (status != GR_OK && status != GR_EINPUT)
        fail_msg("%s (%s)", err.message, err.hint);
    return status == GR_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *line_of(gr_arena *arena, const gr_finding *f)
{
    return gr_arena_print(arena, "%.*s %d %.*s %.*s %zu %zu", GR_ALL(f->id), (int)f->verdict,
                          GR_ALL(f->reason), GR_ALL(f->question), f->counted_count, f->joined_count)
        .ptr;
}

/* What is in force, in lines, sorted. */
static const char *state_of(const court *c)
{
    const gr_audit_options options = { .ledger = c->ledger };
    gr_text text = GR_TEXT("");
    gr_error err = { 0 };
    const char **line;
    size_t count;
    gr_run run;

    assert_int_equal(gr_run_make(c->rules, &options, false, &run, &err), GR_OK);
    count = run.judgement.judged.count;
    line = gr_arena_alloc(c->arena, sizeof *line * (count + 1));
    for (size_t i = 0; i < count; i++)
        line[i] = line_of(c->arena, &GR_AT(run.judgement.judged, gr_judged, i)->finding);
    qsort(line, count, sizeof *line, by_text);
    for (size_t i = 0; i < count; i++)
        text = gr_arena_print(c->arena, "%s%s\n", text.ptr, line[i]);
    gr_run_free(&run);
    return text.ptr;
}

static const char *const people[] = { "R-1", "R-2", "R-3", "R-4" };

static void test_merge_then_split(void **state)
{
    const court *c = *state;
    size_t decided = 0;

    for (uint64_t seed = first_seed(), end = seed + rounds(12); seed < end; seed++) {
        dice random = { seed };
        bool splits = dice_below(&random, 2);
        size_t a = dice_below(&random, 4), b = (a + 1 + dice_below(&random, 3)) % 4;
        const char *before, *after;

        remove_ledger(c);
        write_log(c->log, &random, "G");
        audit(c, c->log, false);
        before = state_of(c);
        if (decide(c, people[a], people[b], splits)) {
            assert_false(decide(c, people[a], people[b], splits));
            assert_true(decide(c, people[b], people[a], !splits));
            decided++;
        }
        after = state_of(c);
        assert_string_equal(before, after);
    }
    assert_true(decided > 0 || rounds(12) < 12);
}

/* Nobody is not split from anybody, and nothing is kept. */
static void test_split_nobody(void **state)
{
    const court *c = *state;
    dice random = { first_seed() };
    const char *before, *after;

    remove_ledger(c);
    write_log(c->log, &random, "G");
    audit(c, c->log, false);
    before = state_of(c);
    assert_false(decide(c, "R-1", "nobody", true));
    assert_false(decide(c, "P-0123456789ab", "P-ba9876543210", true));
    after = state_of(c);
    assert_string_equal(before, after);
}

static void decide_any(const court *c, dice *random)
{
    size_t a = dice_below(random, 4), b = (a + 1 + dice_below(random, 3)) % 4;

    decide(c, people[a], people[b], dice_below(random, 2));
}

/* What an increment finds, with decisions made before it, is what judging everything finds. */
static void test_increment(void **state)
{
    const court *c = *state;

    for (uint64_t seed = first_seed(), end = seed + rounds(12); seed < end; seed++) {
        dice random = { seed };
        gr_news news;

        remove_ledger(c);
        write_log(c->log, &random, "G");
        write_log(c->more, &random, "H");
        audit(c, c->log, false);
        for (size_t i = 0; i < 3; i++)
            decide_any(c, &random);
        audit(c, c->more, false);
        news = audit(c, NULL, true);
        if (news.findings_new + news.findings_changed + news.findings_withdrawn > 0)
            fail_msg("seed %llu: %llu new, %llu changed, %llu withdrawn", (unsigned long long)seed,
                     (unsigned long long)news.findings_new,
                     (unsigned long long)news.findings_changed,
                     (unsigned long long)news.findings_withdrawn);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_one_more),
        cmocka_unit_test(test_merge_then_split),
        cmocka_unit_test(test_split_nobody),
        cmocka_unit_test(test_increment),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
