/* tests/property/court.h - the laws' rules and rounds. Judged is by every rulebook that is shipped, and by the examples of a
 * firm's own policy, for two kinds of firm and every kind of year. GR_SEED=N repeats a run, GR_ROUNDS=N makes it longer. */
#ifndef GR_TESTS_COURT_H
#define GR_TESTS_COURT_H

#include "verdicts.h"

static const char *const periods[] = { "calendar", "fiscal", "trailing", "anniversary",
                                       "unstated" };
/* Of the second kind the other step of MSRB G-20 counts, and FINRA's rules do not. */
static const char *const firms[] = { "broker-dealer municipal-advisor futures-firm",
                                     "municipal-advisor futures-firm" };

enum {
    PERIODS = GR_COUNT(periods),
    STEADY = 3, /* the first ones do not hang on earlier gifts */
    FIRMS = GR_COUNT(firms)
};

/* ---- rules ---- */

/* The examples stand outside of the folder that the program reads; here they are in force, in memory. */
static void add_examples(gr_ruleset *set)
{
    static const char *const examples[] = { "rules/examples/firm-entertainment.xml",
                                            "rules/examples/firm-gifts.xml" };
    gr_schema schema = { .path = "rules/schema/rulebook.xsd" };
    gr_rulebook *book =
        gr_arena_zero(set->arena, sizeof *book * (set->book_count + GR_COUNT(examples)));

    assert_non_null(book);
    memcpy(book, set->book, sizeof *book * set->book_count);
    set->book = book;
    for (size_t i = 0; i < GR_COUNT(examples); i++) {
        gr_problems problems = { .on_error = NULL };
        gr_error err = { 0 };

        if (gr_rulebook_load(examples[i], &schema, &set->policy, set->arena, &problems,
                             &book[set->book_count], &err) != GR_OK)
            fail_msg("%s:%u: %s", problems.first.file, problems.first.line, problems.first.message);
        set->book_count++;
    }
    gr_schema_close(&schema);
}

static gr_rules *load_rules(const gr_setting *settings, size_t count)
{
    gr_error err = { 0 };
    gr_rules *rules = NULL;

    if (gr_rules_load("rules", settings, count, NULL, NULL, &rules, &err) != GR_OK)
        fail_msg("%s:%u: %s", err.file, err.line, err.message);
    add_examples(rules->set);
    return rules;
}

/* Laws about rulebooks are none of what looks odd: a pattern sees more in less that is known. */
static inline gr_rules *without_detection(gr_rules *rules)
{
    rules->set->detection.odd_count = 0;
    return rules;
}

static inline gr_rules *load_for(size_t firm, size_t period)
{
    const gr_setting settings[] = { { "period", periods[period] },
                                    { "fiscal-start", "07-01" },
                                    { "firm-kinds", firms[firm] } };

    return load_rules(settings, GR_COUNT(settings));
}

/* Every limit changed. Done in memory: a rule folder may not be written by a test. */
static inline void change_limits(gr_rules *rules, void (*change)(gr_amount *amount))
{
    for (size_t b = 0; b < rules->set->book_count; b++) {
        gr_rulebook *book = &rules->set->book[b];
        gr_limit *limit = gr_arena_zero(rules->arena, sizeof *limit * (book->limit_count + 1));

        assert_non_null(limit);
        for (size_t i = 0; i < book->limit_count; i++) {
            size_t rows = book->limit[i].row_count;
            gr_limit_row *row = gr_arena_zero(rules->arena, sizeof *row * (rows + 1));

            assert_non_null(row);
            limit[i] = book->limit[i];
            memcpy(row, limit[i].row, sizeof *row * rows);
            for (size_t k = 0; k < rows; k++)
                change(&row[k].amount);
            limit[i].row = row;
        }
        book->limit = limit;
    }
}

/* ---- rounds ---- */

/* The first member of what a test program keeps for its laws. */
typedef struct running {
    bool is_open; /* a round has begun and not ended: it failed */
    uint64_t seed;
} running;

/* One round of a law: what it needs, made anew each time. */
typedef struct round_of {
    void *court; /* begins with a running */
    dice dice;
    size_t period, firm; /* of periods, of firms */
    made_log log, other; /* the same log twice */
} round_of;

typedef void (*law_of)(round_of *r);

static int tell_seed(void **state)
{
    running *c = *state;

    if (c->is_open)
        print_message("# it is GR_SEED=%llu GR_ROUNDS=1\n", (unsigned long long)c->seed);
    c->is_open = false;
    return 0;
}

/* Each round has a seed of its own, which is told when the law fails, so that it can be run alone. */
static void hold(void **state, const char *name, law_of law, size_t rounds)
{
    uint64_t seed = number_from("GR_SEED", 20260330);
    round_of *r = malloc(sizeof *r);
    running *now = *state;

    assert_non_null(r);
    rounds = (size_t)number_from("GR_ROUNDS", rounds);
    print_message("# %s: GR_SEED=%llu, %zu rounds\n", name, (unsigned long long)seed, rounds);
    for (size_t i = 0; i < rounds; i++) {
        r->court = *state;
        r->dice = (dice){ seed + i };
        r->period = dice_below(&r->dice, PERIODS);
        r->firm = dice_percent(&r->dice, 25);
        make_log(&r->dice, &r->log, 5, 30);
        r->other = r->log;
        *now = (running){ true, seed + i };
        law(r);
        now->is_open = false;
    }
    free(r);
}

#define LAW(test) cmocka_unit_test_teardown(test, tell_seed)

#endif
