/* src/ingest/sprout.c - growing and flattening the tree of a format. */
#include "ingest/sprout.h"

#include "base/bounds.h"

#include <string.h>

static gr_sprout *create(gr_sprouts *sprouts, gr_text name, unsigned position)
{
    gr_sprout *s = gr_arena_zero(sprouts->arena, sizeof *s);
    gr_text copy = gr_arena_copy(sprouts->arena, name);

    if (!s || !copy.ptr)
        return NULL;
    s->name = copy.ptr;
    s->position = position;
    s->capture = GR_LIST(gr_capture);
    s->all = sprouts->all;
    sprouts->all = s;
    sprouts->count++;
    return s;
}

bool gr_sprouts_open(gr_sprouts *sprouts, gr_arena *arena)
{
    *sprouts = (gr_sprouts){ arena, NULL, NULL, 0 };
    sprouts->root = create(sprouts, GR_TEXT(""), 0);
    return sprouts->root != NULL;
}

void gr_sprouts_free(gr_sprouts *sprouts)
{
    for (gr_sprout *s = sprouts->all; s; s = s->all)
        gr_list_free(&s->capture);
}

static gr_sprout *find(gr_sprout *first, gr_text name, unsigned position)
{
    while (first && !(gr_text_is(name, first->name) && first->position == position))
        first = first->next;
    return first;
}

static gr_sprout *append(gr_sprout **first, gr_sprout **last, gr_sprout *fresh)
{
    if (*last)
        (*last)->next = fresh;
    else
        *first = fresh;
    return *last = fresh;
}

static gr_sprout *step_to_attribute(gr_sprouts *sprouts, gr_sprout *from, gr_text name)
{
    gr_sprout *s = find(from->attribute, name, 0);

    if (s || !(s = create(sprouts, name, 0)))
        return s;
    s->above = from;
    s->inside = from->inside;
    return append(&from->attribute, &from->last_attribute, s);
}

static gr_sprout *step_to_child(gr_sprouts *sprouts, gr_sprout *from, gr_text name,
                                unsigned position)
{
    gr_sprout *s = find(from->first, name, position);

    if (s || !(s = create(sprouts, name, position)))
        return s;
    s->above = from;
    s->inside = from->inside;
    return append(&from->first, &from->last, s);
}

/* Takes "[3]" off the end of a step. */
static bool take_position(gr_text *step, unsigned *position)
{
    const char *open = step->len ? memchr(step->ptr, '[', step->len) : NULL;
    uint64_t n;

    *position = 0;
    if (!open)
        return true;
    if (step->ptr[step->len - 1] != ']' ||
        !gr_text_number((gr_text){ open + 1, (size_t)(step->ptr + step->len - 2 - open) }, 16384,
                        &n) ||
        n == 0)
        return false;
    *position = (unsigned)n;
    step->len = (size_t)(open - step->ptr);
    return true;
}

gr_sprout *gr_sprout_grow(gr_sprouts *sprouts, gr_sprout *from, gr_text path, bool *wrong)
{
    gr_sprout *s = from;

    if (gr_text_is(path, "."))
        return s;
    while (s && !*wrong) {
        const char *slash = path.len ? memchr(path.ptr, '/', path.len) : NULL;
        size_t length = slash ? (size_t)(slash - path.ptr) : path.len;
        gr_text step = gr_text_slice(path, 0, length);
        unsigned position = 0;

        if (step.len > 1 && step.ptr[0] == '@' && !slash)
            return step_to_attribute(sprouts, s, gr_text_slice(step, 1, step.len));
        *wrong = step.len == 0 || step.ptr[0] == '@' || step.ptr[0] == '[' ||
                 step.len >= GR_MAX_NAME || !take_position(&step, &position) ||
                 sprouts->count >= GR_MAX_SHAPES;
        if (!*wrong)
            s = step_to_child(sprouts, s, step, position);
        if (!slash)
            break;
        path = gr_text_slice(path, length + 1, path.len);
    }
    return *wrong ? NULL : s;
}

/* ---- flattening ---- */

static const gr_capture *copy_captures(gr_arena *arena, const gr_list *list)
{
    gr_capture *copy = gr_arena_alloc(arena, (list->count + 1) * sizeof *copy);

    if (copy && list->count)
        memcpy(copy, list->items, list->count * sizeof *copy);
    return copy;
}

static const gr_feature *copy_features(gr_arena *arena, const gr_sprout *first, uint16_t *count)
{
    size_t n = 0;
    gr_feature *copy;

    for (const gr_sprout *a = first; a; a = a->next)
        n++;
    copy = gr_arena_zero(arena, (n + 1) * sizeof *copy);
    *count = 0;
    for (const gr_sprout *a = first; a && copy; a = a->next) {
        copy[*count] =
            (gr_feature){ a->name, copy_captures(arena, &a->capture), (uint16_t)a->capture.count };
        if (!copy[(*count)++].capture)
            return NULL;
    }
    return copy;
}

static bool fill(gr_arena *arena, const gr_sprout *s, gr_shape *shape)
{
    *shape = (gr_shape){ .name = s->name,
                         .captures = (uint16_t)s->capture.count,
                         .position = (uint16_t)s->position,
                         .role = (uint8_t)s->role,
                         .rule = s->rule,
                         .is_scope = s->is_scope,
                         .inside = s->inside,
                         .deep = s->deep };
    shape->capture = copy_captures(arena, &s->capture);
    shape->attribute = copy_features(arena, s->attribute, &shape->attributes);
    return shape->capture && shape->attribute;
}

gr_status gr_sprouts_flatten(gr_sprouts *sprouts, gr_format_file *file, gr_error *err)
{
    gr_shape *shape = gr_arena_alloc(sprouts->arena, (sprouts->count + 1) * sizeof *shape);
    gr_sprout **queue = gr_arena_alloc(sprouts->arena, (sprouts->count + 1) * sizeof *queue);
    size_t count = 1;

    if (!shape || !queue)
        return gr_fail_memory(err);
    queue[0] = sprouts->root;
    for (size_t i = 0; i < count; i++) { /* breadth first: brothers come to stand together */
        if (!fill(sprouts->arena, queue[i], &shape[i]))
            return gr_fail_memory(err);
        queue[i]->number = (uint16_t)i;
        shape[i].child = (uint16_t)count;
        for (gr_sprout *child = queue[i]->first; child; child = child->next) {
            shape[i].cells |= child->position > 0;
            queue[count++] = child;
        }
        shape[i].children = (uint16_t)(count - shape[i].child);
    }
    file->shape = shape;
    file->shape_count = count;
    return GR_OK;
}
