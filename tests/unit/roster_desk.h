/* tests/unit/roster_desk.h - rosters for tests: a line is written as its kind and its facts, "executive id=AE-1
 * branch=New_York", with _ for a blank; in a contact, what stands behind a | is about the next recipient. */
#ifndef TESTS_UNIT_ROSTER_DESK_H
#define TESTS_UNIT_ROSTER_DESK_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "people/roster.h"

typedef struct desk {
    gr_arena *arena;
    gr_names names;
    gr_roster *roster;
    uint32_t lines;
} desk;

static inline void desk_open(desk *d)
{
    gr_problems problems = { 0 };
    gr_error err;

    *d = (desk){ .arena = gr_arena_create() };
    assert_non_null(d->arena);
    assert_int_equal(gr_names_load("rules/names.xml", "rules/schema/names.xsd", d->arena, &problems,
                                   &d->names, &err),
                     GR_OK);
    assert_int_equal(gr_roster_create(&d->roster, &err), GR_OK);
}

static inline void desk_close(desk *d)
{
    gr_roster_free(d->roster);
    gr_names_free(&d->names);
    gr_arena_free(d->arena);
}

static inline gr_value desk_value(desk *d, gr_fact fact, gr_text text)
{
    gr_text copy = gr_arena_copy(d->arena, text);
    gr_value value = { .text = copy };
    gr_day day = 0;
    gr_error err;

    for (size_t i = 0; i < copy.len; i++)
        if (copy.ptr[i] == '_')
            ((char *)(uintptr_t)copy.ptr)[i] = ' ';
    if (gr_fact_get(fact)->type == GR_FACT_DAY) {
        assert_int_equal(gr_day_parse(text, GR_NOWHERE, &day, &err), GR_OK);
        value.number = day;
    } else if (gr_fact_get(fact)->type == GR_FACT_WORD) {
        value.number = gr_fact_word_find(fact, text);
        assert_true(value.number >= 0);
    }
    return value;
}

/* Takes the line as number n of its file; recipient i of it gets the number 10 * n + i. */
static inline void desk_take_as(desk *d, const char *line, uint32_t n)
{
    gr_text rest = gr_text_of(line), word;
    gr_recipient recipient[4] = { { 0 } };
    uint32_t number[4];
    gr_record record = { .line = n, .column = 3, .recipient = recipient };
    gr_error err;

    assert_true(gr_text_word(&rest, &word));
    assert_true(gr_record_kind_find(word, &record.kind));
    record.recipient_count = record.kind == GR_RECORD_CONTACT;
    while (gr_text_word(&rest, &word)) {
        const char *equals = memchr(word.ptr, '=', word.len);
        size_t at = equals ? (size_t)(equals - word.ptr) : word.len;
        gr_fact fact = gr_fact_find(gr_text_slice(word, 0, at));

        if (gr_text_is(word, "|")) {
            record.recipient_count++;
            continue;
        }
        assert_int_not_equal(fact, GR_FACT_NONE);
        gr_record_set(&record,
                      fact >= GR_FACT_FIRST_OF_RECIPIENT ? &recipient[record.recipient_count - 1]
                                                         : NULL,
                      fact, desk_value(d, fact, gr_text_slice(word, at + 1, word.len)));
    }
    for (uint32_t i = 0; i < 4; i++)
        number[i] = 10 * n + i;
    assert_int_equal(
        gr_roster_take(d->roster, &record, GR_TEXT("roster.xml"), d->lines++, number, &err), GR_OK);
}

static inline void desk_take(desk *d, const char *line)
{
    desk_take_as(d, line, d->lines + 1);
}

static inline const gr_roster_facts *desk_settle(desk *d, gr_is_dead is_dead, void *context)
{
    gr_error err;

    assert_int_equal(gr_roster_settle(d->roster, &d->names, is_dead, context, &err), GR_OK);
    return gr_roster_get(d->roster);
}

#endif
