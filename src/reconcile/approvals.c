/* src/reconcile/approvals.c - which gift was given by which approval: by its number; else the gift of the same giver to the
 * same person, in its days and within its value, that names no approval. An approval is used once: who uses it again is
 * told. */
#include "base/os.h"
#include "reconcile/matching.h"

#include <stdlib.h>
#include <string.h>

enum { GR_MOST_TRIED = 1024 };

typedef struct use { /* with what uses of one approval are ordered by */
    gr_use use;
    bool is_plain, is_found;
    gr_day day;
    const char *id;
    uint64_t digest;
} use;

typedef struct using
{
    gr_reconciliation *r;
    gr_table known; /* approvals by number */
    gr_list use;    /* of use */
    gr_list persons;
    bool *is_used;    /* of each record: an approval that was used */
    bool *has_number; /* of each record: a gift that names one */
}
using;

/* Of several that differ in capitals the one that is written so; else the first by what is in them, not by who came first. */
uint32_t gr_approval_find(const gr_reconciliation *r, const gr_table *known, gr_text number)
{
    size_t cursor = 0;
    uint32_t record, best = GR_NONE;
    bool is_exact = false;

    while ((record = gr_table_find(known, gr_number_hash(number), &cursor)) != GR_NONE) {
        gr_text id = gr_tally_id(r->tally, record);
        bool exact = gr_text_equal(number, id);

        if (!gr_number_equal(number, id) || (is_exact && !exact))
            continue;
        if (best == GR_NONE || exact > is_exact || gr_record_order(r, record, best) < 0)
            best = record;
        is_exact = is_exact || exact;
    }
    return best;
}

bool gr_approvals_index(const gr_reconciliation *r, gr_table *known)
{
    for (size_t i = 0; i < r->detail.count; i++) {
        uint32_t record = GR_AT(r->detail, gr_detail, i)->gift;

        if (gr_is_alive(r, record, GR_SYSTEM_APPROVALS) &&
            !gr_table_put(known, gr_number_hash(gr_tally_id(r->tally, record)), record))
            return false;
    }
    return true;
}

/* ---- by number ---- */

/* A gift that two systems have seen uses its approval once. */
static uint32_t gift_of(const gr_reconciliation *r, uint32_t record)
{
    uint32_t other = r->partner[record];

    return other != GR_NONE && gr_seen_of(r, record)->system == GR_SYSTEM_EXPENSES ? other : record;
}

static bool add_use(using *u, const gr_detail *d)
{
    gr_reconciliation *r = u->r;
    uint32_t gift = gift_of(r, d->gift);
    const gr_gift *g = gr_gift_of(r, gift);
    uint32_t approval = gr_approval_find(r, &u->known, gr_number_text(r, d->approval));
    use one = { { .approval = approval, .gift = gift },
                !gr_is_gift(r, gift),
                d->is_approval_found,
                g->day,
                gr_tally_id(r->tally, gift).ptr,
                g->digest };

    if (approval == GR_NONE && d->is_approval_found)
        return true; /* it only looked like a number */
    u->has_number[gift] = true;
    if (approval == GR_NONE)
        return true;
    u->is_used[approval] = true;
    return gr_list_push(&u->use, &one);
}

static bool use_by_number(using *u)
{
    for (size_t i = 0; i < u->r->detail.count; i++) {
        const gr_detail *d = GR_AT(u->r->detail, gr_detail, i);

        if (d->approval && (gr_is_alive(u->r, d->gift, GR_SYSTEM_LOG) ||
                            gr_is_alive(u->r, d->gift, GR_SYSTEM_EXPENSES)))
            if (!add_use(u, d))
                return false;
    }
    return true;
}

static int by_use(const void *a, const void *b)
{
    const use *x = a, *y = b;
    int order;

    if (x->use.approval != y->use.approval)
        return x->use.approval < y->use.approval ? -1 : 1;
    if (x->is_plain != y->is_plain)
        return x->is_plain ? 1 : -1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    order = strcmp(x->id, y->id);
    if (order == 0)
        order = (x->digest > y->digest) - (x->digest < y->digest);
    return order ? order : (int)x->is_found - (int)y->is_found;
}

/* The same gift, by the number of its log and by that of its expense, is one use. Later uses that were only found in a
 * text, or are of expenses that are no gifts, are not told: a second line about one basket is no second gift. */
static bool keep_uses(using *u)
{
    const use *first = NULL, *before = NULL;

    if (u->use.count > 1)
        qsort(u->use.items, u->use.count, sizeof(use), by_use);
    for (size_t i = 0; i < u->use.count; i++) {
        use *one = GR_AT(u->use, use, i);
        bool is_first = !first || first->use.approval != one->use.approval;

        if (!is_first && before->use.gift == one->use.gift)
            continue;
        before = one;
        if (is_first)
            first = one;
        else if (one->is_plain || one->is_found)
            continue;
        one->use.is_later = !is_first;
        if (!gr_list_push(&u->r->use, &one->use))
            return false;
    }
    return true;
}

/* ---- by content ---- */

static bool is_open_gift(const using *u, uint32_t record)
{
    const gr_reconciliation *r = u->r;

    return !u->has_number[record] && (gr_is_alive(r, record, GR_SYSTEM_LOG) ||
                                      (gr_is_alive(r, record, GR_SYSTEM_EXPENSES) &&
                                       gr_is_gift(r, record) && !gr_is_matched(r, record)));
}

static bool collect(using *u, gr_list *keys)
{
    gr_reconciliation *r = u->r;

    for (uint32_t i = 0; i < r->seen.count; i++) {
        if (!is_open_gift(u, i))
            continue;
        if (!gr_persons_of(r, i, &u->persons))
            return false;
        for (size_t k = 0; k < u->persons.count; k++)
            if (!gr_key_push(r, keys, gr_giver_of(r, i), *GR_AT(u->persons, uint32_t, k), i))
                return false;
    }
    gr_keys_sort(keys);
    return true;
}

static gr_day last_day(const gr_reconciliation *r, const gr_detail *approval)
{
    return approval->has_end
               ? approval->ends
               : gr_gift_of(r, approval->gift)->day + r->set->reconciling.nearest_days;
}

static bool try_gifts(using *u, const gr_list *keys, const gr_detail *approval, uint32_t person,
                      gr_list *candidates)
{
    gr_reconciliation *r = u->r;
    uint32_t giver = gr_giver_of(r, approval->gift);
    uint32_t most = gr_seen_of(r, approval->gift)->most;
    size_t at = gr_keys_find(keys, giver, person, gr_gift_of(r, approval->gift)->day);

    for (size_t tried = 0; at < keys->count && tried < GR_MOST_TRIED; at++, tried++) {
        const gr_keyed *gift = GR_AT(*keys, gr_keyed, at);

        if (gift->giver != giver || gift->person != person || gift->day > last_day(r, approval))
            return true;
        if (gr_seen_of(r, gift->record)->least <= most && most != GR_CENTS_UNKNOWN &&
            !gr_candidate_add(r, gift->record, approval->gift, GR_BY_CONTENT, candidates))
            return false;
    }
    return true;
}

static bool find_candidates(using *u, const gr_list *keys, gr_list *candidates)
{
    gr_list persons = GR_LIST(uint32_t);
    bool fits = true;

    for (size_t i = 0; fits && i < u->r->detail.count; i++) {
        const gr_detail *d = GR_AT(u->r->detail, gr_detail, i);

        if (!gr_is_alive(u->r, d->gift, GR_SYSTEM_APPROVALS) || u->is_used[d->gift])
            continue;
        fits = gr_persons_of(u->r, d->gift, &persons);
        for (size_t k = 0; fits && k < persons.count; k++)
            fits = try_gifts(u, keys, d, *GR_AT(persons, uint32_t, k), candidates);
    }
    gr_list_free(&persons);
    return fits;
}

static gr_status use_by_content(using *u, gr_error *err)
{
    gr_list keys = GR_LIST(gr_keyed), candidates = GR_LIST(gr_possible_pair);
    bool fits = collect(u, &keys) && find_candidates(u, &keys, &candidates);
    gr_status status = fits ? gr_candidates_choose(u->r, &candidates, err) : gr_fail_memory(err);

    for (size_t i = 0; status == GR_OK && i < candidates.count; i++) {
        const gr_possible_pair *c = GR_AT(candidates, gr_possible_pair, i);
        gr_use one = { .approval = c->right, .gift = c->left, .by_content = true };

        u->is_used[c->right] = true;
        if (!gr_list_push(&u->r->use, &one))
            status = gr_fail_memory(err);
    }
    gr_list_free(&keys);
    gr_list_free(&candidates);
    return status;
}

/* ---- all ---- */

static bool *create_flags(size_t count)
{
    bool *flags = gr_os_alloc(sizeof *flags * (count + 1));

    return flags ? memset(flags, 0, sizeof *flags * (count + 1)) : NULL;
}

static void count_used(using *u)
{
    for (size_t i = 0; i < u->r->detail.count; i++) {
        uint32_t record = GR_AT(u->r->detail, gr_detail, i)->gift;

        if (gr_is_alive(u->r, record, GR_SYSTEM_APPROVALS))
            u->r->count.approvals_used += u->is_used[record];
    }
}

gr_status gr_match_approvals(gr_reconciliation *r, gr_error *err)
{
    using u = { .r = r, .use = GR_LIST(use), .persons = GR_LIST(uint32_t) };
    gr_status status = GR_OK;

    if (r->alive[GR_SYSTEM_APPROVALS] == 0)
        return GR_OK;
    u.is_used = create_flags(r->seen.count);
    u.has_number = create_flags(r->seen.count);
    if (!u.is_used || !u.has_number || !gr_approvals_index(r, &u.known) || !use_by_number(&u) ||
        !keep_uses(&u))
        status = gr_fail_memory(err);
    if (status == GR_OK)
        status = use_by_content(&u, err);
    if (status == GR_OK)
        count_used(&u);
    gr_table_free(&u.known);
    gr_list_free(&u.use);
    gr_list_free(&u.persons);
    gr_os_free(u.is_used);
    gr_os_free(u.has_number);
    return status;
}
