/* src/app/coverage.c - rules are loaded anew for each set of choices, but a rulebook's points have the same numbers
 * each time: bytes of all scenarios fall on the same places. */
#include "app/coverage.h"

#include <stdio.h>

typedef struct covered_book {
    gr_text id;
    const gr_point_info *point;
    uint8_t *seen;
    size_t count;
} covered_book;

static bool add_book(gr_coverage *c, const gr_rulebook *book)
{
    const gr_list *points = &book->conditions.point;
    covered_book b = { .id = gr_arena_copy(c->arena, book->id), .count = points->count };
    gr_point_info *info = gr_arena_zero(c->arena, sizeof *info * (points->count + 1));

    b.seen = gr_arena_zero(c->arena, points->count + 1);
    if (!b.id.ptr || !info || !b.seen)
        return false;
    for (size_t i = 0; i < points->count; i++) { /* their texts are those of rules that go away */
        info[i] = *GR_AT(*points, gr_point_info, i);
        info[i].at.file = gr_arena_copy(c->arena, gr_text_of(info[i].at.file)).ptr;
        info[i].what = gr_arena_copy(c->arena, info[i].what);
        if (!info[i].at.file || !info[i].what.ptr)
            return false;
    }
    b.point = info;
    return gr_list_push(&c->book, &b);
}

gr_status gr_coverage_open(gr_coverage *out, const char *dir, gr_arena *arena, gr_on_error on_error,
                           void *context, gr_error *err)
{
    static const gr_setting every_kind = { "firm-kinds", GR_FIRM_KINDS };
    gr_coverage c = { .arena = arena, .book = GR_LIST(covered_book) };
    gr_rules *rules;
    gr_status status = gr_rules_load(dir, &every_kind, 1, on_error, context, &rules, err);

    *out = c;
    if (status != GR_OK)
        return status;
    out->heard = gr_arena_zero(arena, sizeof *out->heard * (rules->set->book_count + 1));
    if (!out->heard)
        status = gr_fail_memory(err);
    for (size_t i = 0; status == GR_OK && i < rules->set->book_count; i++)
        if (!add_book(out, &rules->set->book[i]))
            status = gr_fail_memory(err);
    gr_rules_free(rules);
    return status;
}

void gr_coverage_close(gr_coverage *coverage)
{
    gr_list_free(&coverage->book);
}

uint8_t *const *gr_coverage_listen(gr_coverage *c, const gr_ruleset *set, gr_text rule)
{
    for (size_t i = 0; i < set->book_count; i++) {
        c->heard[i] = NULL;
        for (size_t k = 0; k < c->book.count && gr_text_equal(set->book[i].id, rule); k++)
            if (gr_text_equal(GR_AT(c->book, covered_book, k)->id, rule))
                c->heard[i] = GR_AT(c->book, covered_book, k)->seen;
    }
    return c->heard;
}

static const char *missing_words(uint8_t missing)
{
    return missing == GR_SEEN_TRUE    ? "no scenario where it holds"
           : missing == GR_SEEN_OTHER ? "no scenario where it does not hold"
                                      : "no scenario reaches it";
}

static void tell_point(const covered_book *book, size_t i, uint8_t missing,
                       gr_on_uncovered on_uncovered, void *context)
{
    const gr_point_info *info = &book->point[i];
    char what[512];
    gr_uncovered place = { book->id.ptr, info->at.file, info->at.line, info->at.column, what };

    snprintf(what, sizeof what, "%.*s: %s", GR_SHOW(info->what), missing_words(missing));
    on_uncovered(context, &place);
}

void gr_coverage_tell(const gr_coverage *coverage, gr_on_uncovered on_uncovered, void *context,
                      gr_scenario_counts *counts)
{
    for (size_t b = 0; b < coverage->book.count; b++) {
        const covered_book *book = GR_AT(coverage->book, covered_book, b);

        for (size_t i = 0; i < book->count; i++) {
            uint8_t missing = (uint8_t)(book->point[i].wanted & ~book->seen[i]);

            counts->covered += missing == 0;
            counts->uncovered += missing != 0;
            if (missing && on_uncovered)
                tell_point(book, i, missing, on_uncovered, context);
        }
    }
}
