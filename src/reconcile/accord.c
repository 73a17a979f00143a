/* src/reconcile/accord.c - how far two records agree: on the people, the amount, the day. It decides nothing. */
#include "reconcile/matching.h"

#include <stdlib.h>
#include <string.h>

/* ---- people ---- */

static bool is_of_firm(const gr_detail *detail, size_t place)
{
    return detail && place < 64 && (detail->own >> place & 1);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

bool gr_persons_of(const gr_reconciliation *r, uint32_t record, gr_list *persons)
{
    const gr_detail *detail = gr_detail_of(r, record);
    size_t count, n = 0;
    const uint32_t *recipient = gr_tally_recipients(r->tally, record, &count);

    gr_list_cut(persons, 0);
    for (size_t i = 0; i < count; i++) {
        uint32_t same = r->who.same[recipient[i]], person = r->person[same];
        const gr_person *about = &r->who.recipient[same];

        if (!is_of_firm(detail, i) && about->id.len + about->name.len > 0 &&
            !gr_list_push(persons, &person))
            return false;
    }
    if (persons->count > 1)
        qsort(persons->items, persons->count, sizeof(uint32_t), by_number);
    for (size_t i = 0; i < persons->count; i++) {
        uint32_t person = *GR_AT(*persons, uint32_t, i);

        if (n == 0 || *GR_AT(*persons, uint32_t, n - 1) != person)
            *GR_AT(*persons, uint32_t, n++) = person;
    }
    gr_list_cut(persons, n);
    return true;
}

static size_t count_common(const gr_list *a, const gr_list *b)
{
    size_t i = 0, k = 0, common = 0;

    while (i < a->count && k < b->count) {
        uint32_t x = *GR_AT(*a, uint32_t, i), y = *GR_AT(*b, uint32_t, k);

        common += x == y;
        i += x <= y;
        k += y <= x;
    }
    return common;
}

static bool is_linked(const gr_reconciliation *r, uint32_t person, const gr_list *others)
{
    const gr_who *who = &r->who;

    for (uint32_t k = who->link_first[person]; k < who->link_first[person + 1]; k++)
        if (others->count > 0 && bsearch(&r->person[who->link[k]], others->items, others->count,
                                         sizeof(uint32_t), by_number))
            return true;
    return false;
}

static gr_common accord_of(const gr_reconciliation *r, const gr_list *a, const gr_list *b)
{
    size_t common = count_common(a, b);

    if (a->count == 0 || b->count == 0)
        return GR_COMMON_UNNAMED;
    if (common == a->count && common == b->count)
        return GR_COMMON_SAME;
    if (common > 0)
        return GR_COMMON_SOME;
    for (size_t i = 0; i < a->count; i++)
        if (is_linked(r, *GR_AT(*a, uint32_t, i), b))
            return GR_COMMON_POSSIBLE;
    return GR_COMMON_NONE;
}

bool gr_common_find(const gr_reconciliation *r, uint32_t a, uint32_t b, gr_common *out)
{
    gr_list one = GR_LIST(uint32_t), other = GR_LIST(uint32_t);
    bool fits = gr_persons_of(r, a, &one) && gr_persons_of(r, b, &other);

    if (fits)
        *out = accord_of(r, &one, &other);
    gr_list_free(&one);
    gr_list_free(&other);
    return fits;
}

/* ---- amounts and days ---- */

uint32_t gr_gap(const gr_reconciliation *r, uint32_t a, uint32_t b)
{
    const gr_seen *x = gr_seen_of(r, a), *y = gr_seen_of(r, b);

    if (x->most == GR_CENTS_UNKNOWN || y->most == GR_CENTS_UNKNOWN)
        return GR_CENTS_UNKNOWN;
    if (x->least > y->most)
        return x->least - y->most;
    return y->least > x->most ? y->least - x->most : 0;
}

bool gr_amounts_fit(const gr_reconciliation *r, uint32_t a, uint32_t b)
{
    const gr_policy *policy = &r->set->policy;
    const gr_seen *x = gr_seen_of(r, a), *y = gr_seen_of(r, b);
    uint32_t gap = gr_gap(r, a, b), larger = x->most > y->most ? x->most : y->most;
    gr_amount apart = { gap, 1 }, share;

    if (gap == GR_CENTS_UNKNOWN)
        return false;
    return gap == 0 || gr_amount_compare(apart, policy->match_amount) <= 0 ||
           (gr_amount_multiply((gr_amount){ larger, 1 }, policy->match_share.num,
                               policy->match_share.den, &share) &&
            gr_amount_compare(apart, share) <= 0);
}

bool gr_payers_differ(const gr_reconciliation *r, uint32_t log, uint32_t expense)
{
    const gr_seen *l = gr_seen_of(r, log), *e = gr_seen_of(r, expense);

    return (l->known & GR_KNOWS_PAYER) && !l->is_firm_paid && e->is_firm_paid;
}

int gr_days_between(const gr_reconciliation *r, uint32_t a, uint32_t b)
{
    return abs(gr_gift_of(r, a)->day - gr_gift_of(r, b)->day);
}

int gr_record_order(const gr_reconciliation *r, uint32_t a, uint32_t b)
{
    uint64_t x = gr_gift_of(r, a)->digest, y = gr_gift_of(r, b)->digest;
    int order = gr_text_compare(gr_tally_id(r->tally, a), gr_tally_id(r->tally, b));

    return order ? order : (x > y) - (x < y);
}

/* ---- keys ---- */

static int by_key(const void *a, const void *b)
{
    const gr_keyed *x = a, *y = b;

    if (x->giver != y->giver)
        return x->giver < y->giver ? -1 : 1;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->digest > y->digest) - (x->digest < y->digest);
}

void gr_keys_sort(gr_list *keys)
{
    if (keys->count > 1)
        qsort(keys->items, keys->count, sizeof(gr_keyed), by_key);
}

size_t gr_keys_find(const gr_list *keys, uint32_t giver, uint32_t person, gr_day day)
{
    const gr_keyed wanted = { .giver = giver, .person = person, .day = day };
    size_t low = 0, high = keys->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (by_key(GR_AT(*keys, gr_keyed, middle), &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool gr_key_push(const gr_reconciliation *r, gr_list *keys, uint32_t giver, uint32_t person,
                 uint32_t record)
{
    const gr_gift *gift = gr_gift_of(r, record);
    gr_keyed key = { giver, person, gift->day, record, gift->digest };

    return gr_list_push(keys, &key);
}
