/* src/people/settle_link.c - from two who met to links and candidates. Whoever is declared or decided to be two is not
 * linked; relations have links of their own, in one direction. */
#include "people/settling.h"

#include "base/digest.h"

#include <stdlib.h>
#include <string.h>

enum { GR_MAX_LINKS = 20 * 1000 * 1000 };

/* ---- who is two ---- */

static uint64_t hash_two(uint32_t a, uint32_t b)
{
    const uint32_t both[] = { a < b ? a : b, a < b ? b : a };

    return gr_hash((gr_text){ (const char *)both, sizeof both }, 0);
}

static bool are_parted(const gr_settling *s, uint32_t a, uint32_t b)
{
    const uint32_t *same = s->out->same;
    size_t relations = s->of->relation_count, cursor = 0;
    uint32_t i;

    while (s->parted.count > 0 &&
           (i = gr_table_find(&s->parted, hash_two(a, b), &cursor)) != GR_NONE) {
        bool is_relation = i < relations;
        uint32_t x =
            same[is_relation ? s->of->relation[i].principal : s->of->ruled[i - relations].a];
        uint32_t y = same[is_relation ? s->of->relation[i].other : s->of->ruled[i - relations].b];

        if ((x == a && y == b) || (x == b && y == a))
            return true;
    }
    return false;
}

static void part_two(gr_settling *s, uint32_t a, uint32_t b, size_t number)
{
    if (s->status == GR_OK && !gr_table_put(&s->parted, hash_two(a, b), (uint32_t)number))
        gr_settling_fail(s);
}

void gr_settling_part(gr_settling *s)
{
    const uint32_t *same = s->out->same;

    for (size_t i = 0; i < s->of->relation_count && s->status == GR_OK; i++) {
        const gr_relation *r = &s->of->relation[i];
        gr_pair p = { same[r->principal], same[r->other], r->through };

        if (p.a == p.b || !gr_settling_is_alive(s, r->principal) ||
            !gr_settling_is_alive(s, r->other))
            continue;
        part_two(s, p.a, p.b, i);
        if (!gr_list_push(&s->pairs, &p))
            gr_settling_fail(s);
    }
    for (size_t i = 0; i < s->of->ruled_count; i++) {
        const gr_ruled *r = &s->of->ruled[i];

        if (!r->is_same && same[r->a] != same[r->b])
            part_two(s, same[r->a], same[r->b], s->of->relation_count + i);
    }
}

/* ---- links ---- */

static void add_pair(gr_settling *s, uint32_t a, uint32_t b)
{
    uint32_t x = s->out->same[a], y = s->out->same[b];
    gr_pair forth = { x, y, GR_THROUGH_NONE }, back = { y, x, GR_THROUGH_NONE };
    gr_text last = s->node[a].parts.last;

    if (x == y || s->status != GR_OK || are_parted(s, x, y))
        return;
    if (s->pairs.count + 2 > GR_MAX_LINKS)
        s->status = gr_fail(s->err, GR_ELIMIT, GR_NOWHERE, "give these recipients ids",
                            "too many recipients of the last name '%.*s' are possibly one person",
                            GR_SHOW(last));
    else if (!gr_list_push(&s->pairs, &forth) || !gr_list_push(&s->pairs, &back))
        gr_settling_fail(s);
}

static uint32_t next_kin(const gr_settling *s, uint32_t person)
{
    return s->kin ? s->kin[person] : person;
}

/* All of the kin of both. */
void gr_settling_link(gr_settling *s, uint32_t one, uint32_t two)
{
    uint32_t a = s->out->same[one], b = s->out->same[two], x = a, y = b;

    do {
        do
            add_pair(s, x, y);
        while ((y = next_kin(s, y)) != b);
    } while ((x = next_kin(s, x)) != a);
}

void gr_settling_offer(gr_settling *s, uint32_t a, uint32_t b, const gr_likeness *like,
                       bool is_linked)
{
    uint32_t x = s->out->same[a], y = s->out->same[b];
    gr_candidate c = { x, y, a, b, like->score, is_linked };

    if (x > y)
        c = (gr_candidate){ y, x, b, a, like->score, c.is_linked };
    if (!s->of->candidate || like->score < s->names->weights.candidate)
        return;
    if (x != y && !are_parted(s, x, y) && !gr_list_push(s->of->candidate, &c))
        gr_settling_fail(s);
}

/* Two ids are possibly one person only where they differ in capitals. */
static bool is_link(const gr_settling *s, uint32_t a, uint32_t b, const gr_likeness *like)
{
    const gr_person_parts *x = &s->node[a].parts, *y = &s->node[b].parts;

    if (like->part[GR_PART_ID] == GR_ACCORD_CASE)
        return gr_text_equal(x->name, y->name) && gr_text_equal(x->employer, y->employer);
    return like->part[GR_PART_ID] != GR_ACCORD_DIFFERENT && like->bond >= GR_BOND_POSSIBLE;
}

/* Addresses are looked at by settle_unify.c, which knows how many share one. */
static gr_likeness compare_names(const gr_settling *s, uint32_t a, uint32_t b)
{
    gr_person_parts x = s->node[a].parts, y = s->node[b].parts;

    x.email = y.email = GR_TEXT("");
    return gr_likeness_of(s->names, &x, &y);
}

/* Is it another first name, or another id? */
static bool speaks_against(const gr_settling *s, uint32_t node, uint32_t other)
{
    gr_likeness like;

    if (s->node[node].parts.name.len == 0 || s->node[other].parts.name.len == 0)
        return false;
    like = gr_likeness_of(s->names, &s->node[node].parts, &s->node[other].parts);
    return like.part[GR_PART_FIRST] == GR_ACCORD_DIFFERENT ||
           like.part[GR_PART_ID] == GR_ACCORD_DIFFERENT;
}

/* An officer has said that one of them is somebody who cannot be the other: "J. Roe" who is Jane is not John. Whom an
 * address joins with that somebody has no say: it may come in any day, and must not take a link away. */
static bool is_decided_otherwise(const gr_settling *s, uint32_t one, uint32_t other)
{
    const uint32_t *same = s->out->same, *base = s->out->base;

    for (size_t i = 0; s->ruled && i < s->of->ruled_count; i++) {
        const gr_ruled *r = &s->of->ruled[i];
        uint32_t a = base[r->a], b = base[r->b];

        if (r->is_same && same[a] == same[b] && (a == one || b == one) &&
            speaks_against(s, a == one ? b : a, other))
            return true;
    }
    return false;
}

void gr_settling_meet(gr_settling *s, uint32_t a, uint32_t b)
{
    gr_likeness like;
    bool links;

    if (s->status != GR_OK || s->out->same[a] == s->out->same[b])
        return;
    like = compare_names(s, a, b);
    links = is_link(s, a, b, &like);
    if (!links && (!s->of->candidate || like.score < s->names->weights.candidate))
        return;
    if (is_decided_otherwise(s, a, b) || is_decided_otherwise(s, b, a))
        return;
    gr_settling_offer(s, a, b, &like, links);
    if (links)
        gr_settling_link(s, a, b);
}

/* ---- keeping ---- */

static int by_people(const void *a, const void *b)
{
    const gr_pair *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->through > y->through) - (x->through < y->through);
}

/* Of two pairs of nodes of the same persons the most alike comes first, then what is written so. */
static int by_score(const void *a, const void *b)
{
    const gr_candidate *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->x != y->x)
        return x->x < y->x ? -1 : 1;
    return (x->y > y->y) - (x->y < y->y);
}

static void keep_candidates(gr_list *list)
{
    gr_candidate *c = list->items;
    size_t kept = 0;

    if (list->count > 1)
        qsort(c, list->count, sizeof *c, by_score);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || c[i].a != c[kept - 1].a || c[i].b != c[kept - 1].b)
            c[kept++] = c[i];
    list->count = kept;
}

/* Pairs, sorted and each once, become the links of each person. Of two relations between two people the first of the
 * list of words stands. */
bool gr_settling_keep(gr_settling *s)
{
    const gr_pair *p = s->pairs.items;

    if (s->pairs.count > 1)
        qsort(s->pairs.items, s->pairs.count, sizeof *p, by_people);
    if (s->of->candidate)
        keep_candidates(s->of->candidate);
    memset(s->out->link_first, 0, sizeof *s->out->link_first * (s->count + 1));
    for (size_t i = 0; i < s->pairs.count; i++) {
        const uint8_t through = (uint8_t)p[i].through;

        if (i > 0 && p[i].a == p[i - 1].a && p[i].b == p[i - 1].b)
            continue;
        if (!gr_list_push(&s->out->link, &p[i].b) || !gr_list_push(&s->out->through, &through))
            return false;
        s->out->link_first[p[i].a + 1]++;
    }
    for (uint32_t i = 0; i < s->count; i++)
        s->out->link_first[i + 1] += s->out->link_first[i];
    return true;
}
