/* src/detect/clusters.c - every longest stretch of days is a candidate; a heap gives the best of them. One that has lost
 * gifts to a better one goes back with what is left. */
#include "detect/clusters.h"

#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef struct candidate {
    size_t first, end;
    uint32_t gifts;
    gr_wide low;
} candidate;

typedef struct gathering {
    const gr_peer *peer;
    size_t count;
    const gr_gathering *by;
    uint32_t *gifts; /* of each peer: different gifts up to and with it */
    gr_wide *low;    /* before each peer: the sum */
    size_t *another; /* of each peer, differ_count times: the next one that differs in the key */
    bool *is_taken;
    gr_list heap; /* of candidate */
    bool no_memory;
} gathering;

/* ---- one stretch ---- */

static bool differs(const gathering *g, size_t first, size_t end)
{
    for (size_t d = 0; d < g->by->differ_count; d++)
        if (g->another[first * g->by->differ_count + d] >= end)
            return false;
    return true;
}

static bool measure(const gathering *g, size_t first, size_t end, candidate *out)
{
    *out = (candidate){ first, end, 0, 0 };
    if (first >= end)
        return false;
    out->gifts = g->gifts[end - 1] - g->gifts[first] + 1;
    out->low = g->low[end] - g->low[first];
    return out->gifts >= g->by->gifts && differs(g, first, end) &&
           (!g->by->is_enough || g->by->is_enough(g->by->context, g->peer[end - 1].day, out->low));
}

static bool is_better(const candidate *a, const candidate *b)
{
    if (a->gifts != b->gifts)
        return a->gifts > b->gifts;
    return a->low != b->low ? a->low > b->low : a->first < b->first;
}

/* ---- the heap ---- */

static candidate *at(const gathering *g, size_t i)
{
    return GR_AT(g->heap, candidate, i);
}

static void swap(candidate *a, candidate *b)
{
    candidate kept = *a;

    *a = *b;
    *b = kept;
}

static void push(gathering *g, const candidate *one)
{
    size_t i = g->heap.count;

    if (!gr_list_push(&g->heap, one)) {
        g->no_memory = true;
        return;
    }
    for (; i > 0 && is_better(at(g, i), at(g, (i - 1) / 2)); i = (i - 1) / 2)
        swap(at(g, i), at(g, (i - 1) / 2));
}

static bool pop(gathering *g, candidate *out)
{
    size_t i = 0, child;

    if (g->heap.count == 0)
        return false;
    *out = *at(g, 0);
    *at(g, 0) = *at(g, g->heap.count - 1);
    gr_list_cut(&g->heap, g->heap.count - 1);
    for (; (child = 2 * i + 1) < g->heap.count; i = child) {
        if (child + 1 < g->heap.count && is_better(at(g, child + 1), at(g, child)))
            child++;
        if (!is_better(at(g, child), at(g, i)))
            break;
        swap(at(g, child), at(g, i));
    }
    return true;
}

/* ---- all ---- */

static bool prepare(gathering *g)
{
    size_t n = g->count, d = g->by->differ_count;

    g->gifts = gr_os_alloc(sizeof *g->gifts * (n + 1));
    g->low = gr_os_alloc(sizeof *g->low * (n + 1));
    g->another = gr_os_alloc(sizeof *g->another * (n * d + 1));
    g->is_taken = gr_os_alloc(sizeof *g->is_taken * (n + 1));
    if (!g->gifts || !g->low || !g->another || !g->is_taken)
        return false;
    memset(g->is_taken, 0, sizeof *g->is_taken * (n + 1));
    g->low[0] = 0;
    for (size_t i = 0; i < n; i++) {
        bool is_first = i == 0 || g->peer[i].gift != g->peer[i - 1].gift;

        g->gifts[i] = (i > 0 ? g->gifts[i - 1] : 0) + is_first;
        g->low[i + 1] = g->low[i] + g->peer[i].low;
    }
    for (size_t i = n; i-- > 0;)
        for (size_t k = 0; k < d; k++)
            g->another[i * d + k] = i + 1 == n ? n
                                    : g->peer[i].differ[k] != g->peer[i + 1].differ[k]
                                        ? i + 1
                                        : g->another[(i + 1) * d + k];
    return true;
}

static bool fits(const gathering *g, size_t first, size_t last)
{
    return g->by->days == 0 || g->peer[last].day - g->peer[first].day < g->by->days;
}

/* Each stretch that cannot be longer. */
static void find_candidates(gathering *g)
{
    size_t first = 0;
    candidate one;

    for (size_t end = 1; end <= g->count; end++) {
        while (!fits(g, first, end - 1))
            first++;
        if ((end == g->count || !fits(g, first, end)) && measure(g, first, end, &one))
            push(g, &one);
    }
}

/* Without what better ones have taken. True: nothing of it was. */
static bool trim(const gathering *g, candidate *c)
{
    size_t first = c->first, end = c->end;

    while (first < end && g->is_taken[first])
        first++;
    while (end > first && g->is_taken[end - 1])
        end--;
    for (size_t i = first; i < end; i++)
        if (g->is_taken[i])
            end = i;
    if (first == c->first && end == c->end)
        return true;
    *c = (candidate){ first, end, 0, 0 };
    return false;
}

static int by_place(const void *a, const void *b)
{
    const gr_cluster *x = a, *y = b;

    return (x->first > y->first) - (x->first < y->first);
}

static void choose(gathering *g, gr_list *out)
{
    size_t before = out->count;
    candidate c;

    while (!g->no_memory && pop(g, &c)) {
        gr_cluster one;

        if (!trim(g, &c)) {
            if (measure(g, c.first, c.end, &c))
                push(g, &c);
            continue;
        }
        one = (gr_cluster){ c.first, c.end };
        memset(g->is_taken + c.first, true, (c.end - c.first) * sizeof *g->is_taken);
        g->no_memory = !gr_list_push(out, &one);
    }
    if (out->count > before + 1)
        qsort(GR_AT(*out, gr_cluster, before), out->count - before, sizeof(gr_cluster), by_place);
}

bool gr_clusters_find(const gr_peer *peer, size_t count, const gr_gathering *by, gr_list *out)
{
    gathering g = { .peer = peer, .count = count, .by = by, .heap = GR_LIST(candidate) };

    if (!prepare(&g))
        g.no_memory = true;
    if (!g.no_memory && count > 0)
        find_candidates(&g);
    choose(&g, out);
    gr_os_free(g.gifts);
    gr_os_free(g.low);
    gr_os_free(g.another);
    gr_os_free(g.is_taken);
    gr_list_free(&g.heap);
    return !g.no_memory;
}
