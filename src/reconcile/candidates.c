/* src/reconcile/candidates.c - from pairs that may be one gift to those that are, one to one. Most records have one
 * candidate only, whose only candidate they are; the others are sorted, the nearest first, and each is taken whose two
 * records are still free. Nothing here hangs on the order in which records came. */
#include "base/os.h"
#include "reconcile/matching.h"

#include <stdlib.h>
#include <string.h>

/* What weighs more stands higher. An amount that agrees to the cent says more than the day. */
enum {
    BITS_AMOUNT = 20,
    BITS_DAYS = 10,
    AT_NAME = 0,
    AT_AMOUNT = 1,
    AT_DAYS = AT_AMOUNT + BITS_AMOUNT,
    AT_INEXACT = AT_DAYS + BITS_DAYS,
    AT_PLAIN = AT_INEXACT + 1,
    AT_PEOPLE = AT_PLAIN + 1,
    AT_GIVER = AT_PEOPLE + 3,
    AT_MEANS = AT_GIVER + 1
};

static uint64_t bounded(uint32_t n, int bits)
{
    uint32_t most = (1u << bits) - 1;

    return n < most ? n : most;
}

/* A number that was put into its field says more than one that was found in a text. */
static uint64_t rank_of(const gr_reconciliation *r, uint32_t right, gr_means means)
{
    const gr_detail *d = gr_detail_of(r, right);
    bool is_found = d && ((means == GR_BY_REFERENCE && d->is_reference_found) ||
                          (means == GR_BY_APPROVAL && d->is_approval_found));

    return (uint64_t)means + (is_found ? 2 : 0);
}

static bool distance_of(const gr_reconciliation *r, uint32_t left, uint32_t right, gr_means means,
                        uint64_t *out)
{
    uint32_t gap = gr_gap(r, left, right);
    gr_common people;

    if (!gr_common_find(r, left, right, &people))
        return false;
    *out = rank_of(r, right, means) << AT_MEANS |
           (uint64_t)(gr_giver_of(r, left) != gr_giver_of(r, right)) << AT_GIVER |
           (uint64_t)people << AT_PEOPLE | (uint64_t)!gr_is_gift(r, right) << AT_PLAIN |
           (uint64_t)(gap != 0) << AT_INEXACT |
           bounded((uint32_t)gr_days_between(r, left, right), BITS_DAYS) << AT_DAYS |
           bounded(gap, BITS_AMOUNT) << AT_AMOUNT |
           (uint64_t)(gr_gift_of(r, left)->giver != gr_gift_of(r, right)->giver) << AT_NAME;
    return true;
}

bool gr_candidate_add(const gr_reconciliation *r, uint32_t left, uint32_t right, gr_means means,
                      gr_list *candidates)
{
    gr_possible_pair c = { .left = left, .right = right, .means = means };

    return distance_of(r, left, right, means, &c.distance) && gr_list_push(candidates, &c);
}

/* ---- choosing ---- */

typedef struct ranked { /* with what it is ordered by, when the distance is the same */
    gr_possible_pair candidate;
    const char *left, *right;
    uint64_t left_digest, right_digest;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    int order = (x->candidate.distance > y->candidate.distance) -
                (x->candidate.distance < y->candidate.distance);

    if (order == 0)
        order = strcmp(x->left, y->left);
    if (order == 0)
        order = strcmp(x->right, y->right);
    if (order == 0)
        order = (x->left_digest > y->left_digest) - (x->left_digest < y->left_digest);
    if (order == 0)
        order = (x->right_digest > y->right_digest) - (x->right_digest < y->right_digest);
    return order;
}

static ranked rank(const gr_reconciliation *r, const gr_possible_pair *c)
{
    return (ranked){ *c, gr_tally_id(r->tally, c->left).ptr, gr_tally_id(r->tally, c->right).ptr,
                     gr_gift_of(r, c->left)->digest, gr_gift_of(r, c->right)->digest };
}

static void count_one(uint8_t *count)
{
    *count = *count < 2 ? (uint8_t)(*count + 1) : 2;
}

/* How many candidates each record has: 0, 1, or more. */
static void count_rivals(const gr_list *candidates, uint8_t *rivals)
{
    for (size_t i = 0; i < candidates->count; i++) {
        const gr_possible_pair *c = GR_AT(*candidates, gr_possible_pair, i);

        count_one(&rivals[c->left]);
        count_one(&rivals[c->right]);
    }
}

/* Keeps those without a rival, and moves the others to contested. */
static bool part(const gr_reconciliation *r, gr_list *candidates, const uint8_t *rivals,
                 gr_list *contested)
{
    size_t n = 0;

    for (size_t i = 0; i < candidates->count; i++) {
        gr_possible_pair c = *GR_AT(*candidates, gr_possible_pair, i);

        if (rivals[c.left] == 1 && rivals[c.right] == 1) {
            *GR_AT(*candidates, gr_possible_pair, n++) = c;
        } else {
            ranked one = rank(r, &c);

            if (!gr_list_push(contested, &one))
                return false;
        }
    }
    gr_list_cut(candidates, n);
    return true;
}

/* rivals is used again: 3 is a record that is taken. */
static bool take_nearest(gr_list *contested, uint8_t *rivals, gr_list *candidates)
{
    if (contested->count > 1)
        qsort(contested->items, contested->count, sizeof(ranked), by_rank);
    for (size_t i = 0; i < contested->count; i++) {
        const gr_possible_pair *c = &GR_AT(*contested, ranked, i)->candidate;

        if (rivals[c->left] == 3 || rivals[c->right] == 3)
            continue;
        rivals[c->left] = rivals[c->right] = 3;
        if (!gr_list_push(candidates, c))
            return false;
    }
    return true;
}

gr_status gr_candidates_choose(const gr_reconciliation *r, gr_list *candidates, gr_error *err)
{
    gr_list contested = GR_LIST(ranked);
    uint8_t *rivals;
    bool fits;

    if (candidates->count == 0)
        return GR_OK;
    rivals = gr_os_alloc(r->seen.count);
    if (!rivals)
        return gr_fail_memory(err);
    memset(rivals, 0, r->seen.count);
    count_rivals(candidates, rivals);
    fits = part(r, candidates, rivals, &contested) && take_nearest(&contested, rivals, candidates);
    gr_os_free(rivals);
    gr_list_free(&contested);
    return fits ? GR_OK : gr_fail_memory(err);
}

gr_status gr_candidates_match(gr_reconciliation *r, gr_list *candidates, gr_error *err)
{
    gr_status status = gr_candidates_choose(r, candidates, err);

    for (size_t i = 0; status == GR_OK && i < candidates->count; i++) {
        const gr_possible_pair *c = GR_AT(*candidates, gr_possible_pair, i);

        r->partner[c->left] = c->right;
        r->partner[c->right] = c->left;
        r->means[c->left] = r->means[c->right] = (uint8_t)c->means;
    }
    return status;
}
