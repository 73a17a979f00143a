/* src/report/prose_diff.c - the longest common subsequence of the lines of two documents, and what is not in it. Two
 * lines are the same when they say the same under the same headings, equally deep in lists: a law that moves from one
 * exclusion to another is told as gone and new, and the items of a list stay although its first words change. */
#include "report/prose_diff.h"

#include <stdint.h>
#include <string.h>

enum {
    MOST_CELLS = 4 * 1000 * 1000
}; /* of the table below: 16 MB; documents have hundreds of lines */

typedef struct change {
    bool is_new;
    size_t line;
} change;

typedef struct diff {
    const gr_list *before, *after;
    size_t from, before_to, after_to; /* without what is the same at both ends */
    gr_list changes;                  /* of change */
    bool no_memory;
} diff;

static const gr_line *at(const gr_list *lines, size_t i)
{
    return i < lines->count ? GR_AT(*lines, gr_line, i) : NULL;
}

/* ---- which lines are the same ---- */

static bool same_place(const diff *d, size_t before, size_t after)
{
    const gr_line *a = at(d->before, before), *b = at(d->after, after);

    if (!a || !b)
        return !a && !b;
    return a->kind == b->kind && (a->kind == GR_LINE_TEXT || gr_text_equal(a->id, b->id)) &&
           same_place(d, a->under, b->under);
}

static bool same(const diff *d, size_t before, size_t after)
{
    const gr_line *a = at(d->before, before), *b = at(d->after, after);

    return gr_text_equal(a->text, b->text) && same_place(d, a->under, b->under);
}

static void trim(diff *d)
{
    size_t least;

    d->before_to = d->before->count;
    d->after_to = d->after->count;
    least = d->before_to < d->after_to ? d->before_to : d->after_to;
    while (d->from < least && same(d, d->from, d->from))
        d->from++;
    while (d->before_to > d->from && d->after_to > d->from &&
           same(d, d->before_to - 1, d->after_to - 1)) {
        d->before_to--;
        d->after_to--;
    }
}

static void add(diff *d, bool is_new, size_t line)
{
    change c = { is_new, line };

    d->no_memory = !gr_list_push(&d->changes, &c) || d->no_memory;
}

/* length[i][k]: of the longest common subsequence of what begins at i and at k. */
static void fill(const diff *d, uint32_t *length, size_t rows, size_t columns)
{
    for (size_t i = rows; i-- > 0;) {
        for (size_t k = columns; k-- > 0;) {
            uint32_t *here = length + i * (columns + 1) + k;
            uint32_t below = here[columns + 1], right = here[1];

            if (same(d, d->from + i, d->from + k))
                *here = here[columns + 2] + 1;
            else
                *here = below > right ? below : right;
        }
    }
}

static void walk(diff *d, const uint32_t *length, size_t rows, size_t columns)
{
    size_t i = 0, k = 0;

    while (i < rows || k < columns) {
        const uint32_t *here = length + i * (columns + 1) + k;

        if (i < rows && k < columns && same(d, d->from + i, d->from + k)) {
            i++;
            k++;
        } else if (i < rows && (k == columns || here[columns + 1] >= here[1])) {
            add(d, false, d->from + i++);
        } else {
            add(d, true, d->from + k++);
        }
    }
}

static void find(diff *d, gr_arena *arena)
{
    size_t rows, columns;
    uint32_t *length;

    trim(d);
    rows = d->before_to - d->from;
    columns = d->after_to - d->from;
    if (rows >= MOST_CELLS || columns >= MOST_CELLS / (rows + 1)) {
        for (size_t i = d->from; i < d->before_to;
             i++) /* true, if not the least that can be said */
            add(d, false, i);
        for (size_t k = d->from; k < d->after_to; k++)
            add(d, true, k);
        return;
    }
    length = gr_arena_zero(arena, (rows + 1) * (columns + 1) * sizeof *length);
    if (!length) {
        d->no_memory = true;
        return;
    }
    fill(d, length, rows, columns);
    walk(d, length, rows, columns);
}

/* ---- telling them ---- */

static const gr_list *side(const diff *d, const change *c)
{
    return c->is_new ? d->after : d->before;
}

/* The heading of this level that a line stands under, or is. */
static const gr_line *heading_of(const gr_list *lines, size_t line, unsigned level)
{
    const gr_line *l = at(lines, line);

    while (l && !(l->kind == GR_LINE_HEADING && l->level == level))
        l = at(lines, l->under);
    return l;
}

static gr_text id_of(const gr_line *line)
{
    return line ? line->id : GR_TEXT("");
}

static bool same_section(const diff *d, const change *a, const change *b)
{
    for (unsigned level = 1; level <= GR_DOCUMENT_LEVELS; level++)
        if (!gr_text_equal(id_of(heading_of(side(d, a), a->line, level)),
                           id_of(heading_of(side(d, b), b->line, level))))
            return false;
    return true;
}

static void tell_section(gr_document *document, const diff *d, const change *c)
{
    const gr_line *section = heading_of(side(d, c), c->line, 2);
    const gr_line *part = heading_of(side(d, c), c->line, 3);

    gr_document_heading_start(document, 3, NULL);
    gr_document_say(document, GR_TONE_BOLD, section ? section->text : GR_TEXT("Title"));
    if (part) {
        gr_document_say(document, GR_TONE_BOLD, GR_TEXT(": "));
        gr_document_say(document, GR_TONE_BOLD, part->text);
    }
    gr_document_heading_end(document);
}

static bool is_changed(const diff *d, bool is_new, size_t line)
{
    for (size_t i = 0; i < d->changes.count; i++) {
        const change *c = GR_AT(d->changes, change, i);

        if (c->is_new == is_new && c->line == line)
            return true;
    }
    return false;
}

/* The item or the paragraph that the line stands under, if that is not told as changed itself. */
static const gr_line *context_of(const diff *d, const change *c)
{
    const gr_line *line = at(side(d, c), c->line);
    const gr_line *above = at(side(d, c), line->under);

    return above && above->kind == GR_LINE_TEXT && !is_changed(d, c->is_new, line->under) ? above
                                                                                          : NULL;
}

static gr_text without_colon(gr_text text)
{
    return gr_text_ends(text, GR_TEXT(":")) ? gr_text_slice(text, 0, text.len - 1) : text;
}

static void tell_change(gr_document *document, const diff *d, const change *c)
{
    const gr_line *above = context_of(d, c);
    gr_tone tone = c->is_new ? GR_TONE_NEW : GR_TONE_GONE;

    gr_document_item_start(document, NULL);
    gr_document_say(document, GR_TONE_BOLD, c->is_new ? GR_TEXT("new: ") : GR_TEXT("gone: "));
    gr_document_say(document, tone, at(side(d, c), c->line)->text);
    if (above) {
        gr_document_say(document, GR_TONE_QUIET, GR_TEXT(" [under: "));
        gr_document_say(document, GR_TONE_QUIET, without_colon(above->text));
        gr_document_say(document, GR_TONE_QUIET, GR_TEXT("]"));
    }
    gr_document_item_end(document);
}

/* A heading whose lines follow is told by the heading above them. */
static bool is_told_by_section(const diff *d, size_t i)
{
    const change *c = GR_AT(d->changes, change, i);
    const change *next = i + 1 < d->changes.count ? GR_AT(d->changes, change, i + 1) : NULL;

    return at(side(d, c), c->line)->kind == GR_LINE_HEADING && next && same_section(d, c, next);
}

static void tell(gr_document *document, const diff *d)
{
    const change *last = NULL;

    for (size_t i = 0; i < d->changes.count; i++) {
        const change *c = GR_AT(d->changes, change, i);

        if (!last || !same_section(d, last, c)) {
            if (last)
                gr_document_list_end(document);
            tell_section(document, d, c);
            gr_document_list_start(document, GR_LIST_PLAIN);
        }
        if (!is_told_by_section(d, i))
            tell_change(document, d, c);
        last = c;
    }
    if (last)
        gr_document_list_end(document);
}

bool gr_prose_diff(gr_document *document, gr_text heading, const gr_list *before,
                   const gr_list *after, gr_arena *arena, bool *differs)
{
    diff d = { .before = before, .after = after, .changes = GR_LIST(change) };

    find(&d, arena);
    if (!d.no_memory && d.changes.count > 0) {
        *differs = true;
        gr_document_heading_start(document, 2, NULL);
        gr_document_say(document, GR_TONE_BOLD, heading);
        gr_document_heading_end(document);
        tell(document, &d);
    }
    gr_list_free(&d.changes);
    return !d.no_memory;
}
