/* src/engine/reading.c - see reading.h. */
#include "engine/reading.h"

#include <string.h>

void *gr_reading_take(gr_reading *r, size_t size)
{
    void *piece = gr_arena_zero(r->arena, size ? size : 1);

    r->no_memory = r->no_memory || !piece;
    return piece;
}

/* ---- dates and backing ---- */

gr_day gr_read_day(gr_reading *r, const gr_node *node, const char *name, gr_day silent)
{
    gr_error error;
    gr_day day = silent;

    if (gr_node_has(node, name) &&
        gr_day_parse(gr_node_attribute(node, name), node->at, &day, &error) != GR_OK)
        gr_problems_add(r->problems, &error);
    return day;
}

void gr_check_dates(gr_reading *r, const gr_node *node, gr_day from, gr_day to,
                    const gr_day *before, bool gapless)
{
    char text[GR_DAY_TEXT];

    if (to < from)
        gr_problem(r->problems, node->at, "exchange the two days",
                   "this row ends on %s, before it begins", gr_day_print(to, text));
    if (before && from <= *before)
        gr_problem(r->problems, node->at, "begin it on the day after the row before it ends",
                   "this row begins on %s, when the row before it is still in force",
                   gr_day_print(from, text));
    if (before && gapless && from > *before + 1)
        gr_problem(r->problems, node->at, "begin it on the day after the row before it ends",
                   "no row is in force from %s on", gr_day_print(*before + 1, text));
}

static bool is_source(gr_reading *r, gr_text id)
{
    for (const gr_node *s = gr_node_child(r->root, "source"); s; s = gr_node_again(s))
        if (gr_text_equal(gr_node_attribute(s, "id"), id))
            return true;
    return false;
}

static bool is_clause(gr_reading *r, gr_text id)
{
    for (const gr_node *c = gr_node_child(r->root, "clause"); c; c = gr_node_again(c))
        if (gr_text_equal(gr_node_attribute(c, "id"), id))
            return true;
    return false;
}

gr_text gr_read_clause(gr_reading *r, const gr_node *node)
{
    gr_text all = gr_node_attribute(node, "clause"), rest = all;

    while (rest.len > 0) {
        const char *end = memchr(rest.ptr, ';', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        gr_text one = gr_text_trim(gr_text_slice(rest, 0, len));

        if (!is_clause(r, one))
            gr_problem(r->problems, node->at, "declare it by a clause element at the top",
                       "the clause '%.*s' is not declared", GR_SHOW(one));
        rest = gr_text_slice(rest, end ? len + 1 : len, rest.len);
    }
    return all;
}

gr_point gr_add_point(gr_reading *r, const gr_node *node, gr_text what, unsigned wanted)
{
    gr_list *list = &r->book->conditions.point;
    gr_point_info info = { node->at, what, (uint8_t)wanted };

    r->no_memory = r->no_memory || !what.ptr || !gr_list_push(list, &info);
    return (gr_point)(list->count - 1);
}

void gr_read_backing(gr_reading *r, const gr_node *node, gr_text what, gr_text clause)
{
    gr_text rest = gr_node_attribute(node, "source"), id;
    gr_text sure = gr_node_attribute(node, "sure"), line;

    while (gr_text_word(&rest, &id))
        if (!is_source(r, id))
            gr_problem(r->problems, node->at, "declare it by a source element at the top",
                       "the source '%.*s' is not declared", GR_SHOW(id));
    if (gr_text_is(sure, "text"))
        return;
    line = gr_arena_print(r->arena, "%.*s (%.*s): %s", GR_ALL(what), GR_ALL(clause),
                          gr_text_is(sure, "summary") ? "known from summaries of the text"
                                                      : "derived; no source states it");
    r->no_memory = r->no_memory || !line.ptr || !gr_list_push(&r->unsure, &line);
}

static bool is_provision(const gr_node *node)
{
    return gr_node_is(node, "limit") || gr_node_is(node, "exclusion") || gr_node_is(node, "duty");
}

/* Findings name limits and duties by their ids, and so does who speaks of an exclusion. */
void gr_check_id(gr_reading *r, const gr_node *node)
{
    gr_text id = gr_node_attribute(node, "id");

    for (const gr_node *other = r->root->first; other != node; other = other->next)
        if (is_provision(other) && gr_text_equal(gr_node_attribute(other, "id"), id))
            gr_problem(r->problems, node->at, "give it another id", "the id '%.*s' is taken",
                       GR_SHOW(id));
}

/* ---- conditions ---- */

const gr_condition *gr_read_condition(gr_reading *r, const gr_node *node)
{
    return node ? gr_condition_read(node, r->policy, r->arena, &r->book->conditions, r->problems)
                : NULL;
}

const gr_condition *gr_read_inside(gr_reading *r, const gr_node *node, const char *name)
{
    const gr_node *child = gr_node_child(node, name);

    return child ? gr_read_condition(r, child->first) : NULL;
}
