/* tests/unit/engine_desk.h - what tests of the engine need: rule files from texts, records from lines such as
 * "kind=meal cost=12.00 | name=Jane | name=Joe", of which what stands after a bar is said of a recipient. */
#ifndef GR_TESTS_ENGINE_DESK_H
#define GR_TESTS_ENGINE_DESK_H

#include "engine/ruleset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DESK_RECIPIENTS = 8 };

typedef struct desk {
    char file[40];
    gr_arena *arena;
    gr_problems problems;
    gr_error seen[4]; /* the first problems */
    gr_policy policy; /* that of an empty file */
    gr_conditions conditions;
} desk;

static void desk_remember(void *context, const gr_error *error)
{
    desk *d = context;

    if (d->problems.count <= GR_COUNT(d->seen))
        d->seen[d->problems.count - 1] = *error;
}

static void desk_forget(desk *d)
{
    d->problems = (gr_problems){ .on_error = desk_remember, .context = d };
}

static void desk_write(desk *d, const char *text)
{
    FILE *file = fopen(d->file, "w");

    assert_non_null(file);
    assert_int_not_equal(fputs(text, file), EOF);
    assert_int_equal(fclose(file), 0);
    desk_forget(d);
}

static int desk_open(void **state)
{
    desk *d = calloc(1, sizeof *d);
    gr_error err = { 0 };
    int fd;

    assert_non_null(d);
    snprintf(d->file, sizeof d->file, "/tmp/giftrule-test-XXXXXX");
    fd = mkstemp(d->file);
    assert_true(fd >= 0);
    close(fd);
    d->arena = gr_arena_create();
    assert_non_null(d->arena);
    d->conditions = GR_NO_CONDITIONS;
    desk_write(d, "");
    assert_int_equal(gr_policy_load("rules/policy.xml", "rules/schema/policy.xsd", NULL, 0,
                                    d->arena, &d->problems, &d->policy, &err),
                     GR_OK);
    *state = d;
    return 0;
}

static int desk_close(void **state)
{
    desk *d = *state;

    gr_conditions_free(&d->conditions);
    gr_arena_free(d->arena);
    unlink(d->file);
    free(d);
    return 0;
}

/* The condition that an element is; NULL with what was wrong in d->problems. */
static inline const gr_condition *desk_condition(desk *d, const char *element)
{
    gr_rulefile file;
    gr_error err = { 0 };

    desk_write(d, element);
    assert_int_equal(gr_rulefile_load(d->file, NULL, d->arena, &d->problems, &file, &err), GR_OK);
    return gr_condition_read(file.root, &d->policy, d->arena, &d->conditions, &d->problems);
}

/* ---- records ---- */

static inline gr_value desk_value(gr_fact fact, gr_text text)
{
    gr_error err = { 0 };
    gr_value value = { .text = text };
    gr_day day;
    uint64_t number;

    switch (gr_fact_get(fact)->type) {
    case GR_FACT_DAY:
        assert_int_equal(gr_day_parse(text, GR_NOWHERE, &day, &err), GR_OK);
        value.number = day;
        break;
    case GR_FACT_MONEY:
        assert_int_equal(gr_money_parse(text, GR_NOWHERE, &value.amount, &err), GR_OK);
        break;
    case GR_FACT_NUMBER:
        assert_true(gr_text_number(text, INT32_MAX, &number));
        value.number = (int64_t)number;
        break;
    case GR_FACT_WORD:
        value.number = gr_fact_word_find(fact, text);
        assert_true(value.number >= 0);
        break;
    case GR_FACT_TEXT:
        break;
    }
    return value;
}

/* In the arena; a line without bars is a gift to one recipient of whom nothing is known. */
static inline gr_record *desk_record(desk *d, const char *line)
{
    gr_record *record = gr_arena_zero(d->arena, sizeof *record);
    gr_text rest = gr_arena_copy(d->arena, gr_text_of(line)), word;

    record->recipient = gr_arena_zero(d->arena, sizeof *record->recipient * DESK_RECIPIENTS);
    while (gr_text_word(&rest, &word)) {
        const char *equals = memchr(word.ptr, '=', word.len);
        size_t at = equals ? (size_t)(equals - word.ptr) : 0;
        gr_fact fact = gr_fact_find(gr_text_slice(word, 0, at));

        if (gr_text_is(word, "|")) {
            record->recipient_count++;
            continue;
        }
        assert_int_not_equal(fact, GR_FACT_NONE);
        gr_record_set(record,
                      record->recipient_count ? &record->recipient[record->recipient_count - 1]
                                              : &record->recipient[0],
                      fact, desk_value(fact, gr_text_slice(word, at + 1, word.len)));
    }
    if (record->recipient_count == 0)
        record->recipient_count = 1;
    return record;
}

/* The facts of the record and its i-th recipient, without a rulebook's presumptions. */
static inline gr_facts desk_facts(const gr_record *record, size_t i)
{
    gr_facts facts;

    memset(&facts, 0, sizeof facts);
    facts.record = record;
    facts.recipient = &record->recipient[i];
    return facts;
}

#endif
