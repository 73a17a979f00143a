/* src/reconcile/nearest.c - see nearest.h. Looked at are some records before and after the day, of the same giver and of
 * the same people; nothing is decided by it. */
#include "reconcile/nearest.h"

enum { GR_LOOK = 24 }; /* records to each side */

typedef struct nearness { /* the less the nearer, the first difference decides */
    bool is_near;         /* people or amount agree: else it is another gift, and no miss */
    int apart;            /* how many of giver, people, day and amount do not agree */
    int days;
    uint32_t gap;
} nearness;

typedef struct looking {
    const gr_reconciliation *r;
    uint32_t record, best;
    nearness nearest;
    bool has_memory;
} looking;

void gr_unmatched_free(gr_unmatched *unmatched)
{
    gr_list_free(&unmatched->by_giver);
    gr_list_free(&unmatched->by_person);
}

bool gr_unmatched_make(const gr_reconciliation *r, gr_system system, gr_unmatched *out)
{
    gr_list persons = GR_LIST(uint32_t);
    bool fits = true;

    out->is_made = true;
    for (uint32_t i = 0; fits && i < r->seen.count; i++) {
        if (!gr_is_alive(r, i, system) || gr_is_matched(r, i) || !gr_is_gift(r, i))
            continue;
        fits = gr_key_push(r, &out->by_giver, gr_giver_of(r, i), GR_NONE, i) &&
               gr_persons_of(r, i, &persons);
        for (size_t k = 0; fits && k < persons.count; k++)
            fits = gr_key_push(r, &out->by_person, GR_NONE, *GR_AT(persons, uint32_t, k), i);
    }
    gr_keys_sort(&out->by_giver);
    gr_keys_sort(&out->by_person);
    gr_list_free(&persons);
    return fits;
}

static bool measure(const gr_reconciliation *r, uint32_t a, uint32_t b, nearness *out)
{
    bool fits = gr_amounts_fit(r, a, b);
    gr_common people;

    if (!gr_common_find(r, a, b, &people))
        return false;
    out->is_near = fits || people < GR_COMMON_UNNAMED;
    out->days = gr_days_between(r, a, b);
    out->gap = gr_gap(r, a, b);
    out->apart = (gr_giver_of(r, a) != gr_giver_of(r, b)) + 2 * (people >= GR_COMMON_UNNAMED) +
                 (out->days > r->set->policy.match_days) + !fits;
    return true;
}

static bool is_nearer(const looking *l, const nearness *than, uint32_t other)
{
    const nearness *n = &l->nearest;

    if (l->best == GR_NONE || than->apart != n->apart)
        return l->best == GR_NONE || than->apart < n->apart;
    if (than->days != n->days)
        return than->days < n->days;
    if (than->gap != n->gap)
        return than->gap < n->gap;
    return gr_record_order(l->r, other, l->best) < 0;
}

/* False: the group of the key is left, or nothing farther can be named. */
static bool look_at(looking *l, const gr_keyed *key, uint32_t giver, uint32_t person, gr_day day)
{
    nearness n;
    int days = key->day > day ? key->day - day : day - key->day;

    if (key->giver != giver || key->person != person || days > l->r->set->reconciling.nearest_days)
        return false;
    l->has_memory = l->has_memory && measure(l->r, l->record, key->record, &n);
    if (l->has_memory && n.is_near && is_nearer(l, &n, key->record)) {
        l->nearest = n;
        l->best = key->record;
    }
    return l->has_memory;
}

static void look_around(looking *l, const gr_list *keys, uint32_t giver, uint32_t person)
{
    gr_day day = gr_gift_of(l->r, l->record)->day;
    size_t at = gr_keys_find(keys, giver, person, day);

    for (size_t k = at; k < keys->count && k < at + GR_LOOK; k++)
        if (!look_at(l, GR_AT(*keys, gr_keyed, k), giver, person, day))
            break;
    for (size_t k = at; k > 0 && k + GR_LOOK > at; k--)
        if (!look_at(l, GR_AT(*keys, gr_keyed, k - 1), giver, person, day))
            break;
}

bool gr_nearest_find(const gr_reconciliation *r, const gr_unmatched *among, uint32_t record,
                     uint32_t *out)
{
    gr_list persons = GR_LIST(uint32_t);
    looking l = { .r = r, .record = record, .best = GR_NONE, .has_memory = true };

    look_around(&l, &among->by_giver, gr_giver_of(r, record), GR_NONE);
    l.has_memory = l.has_memory && gr_persons_of(r, record, &persons);
    for (size_t k = 0; l.has_memory && k < persons.count; k++)
        look_around(&l, &among->by_person, GR_NONE, *GR_AT(persons, uint32_t, k));
    gr_list_free(&persons);
    *out = l.best;
    return l.has_memory;
}
