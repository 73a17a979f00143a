/* src/reconcile/by_number.c - log and expense are one gift where one names the number of the other, or both name one
 * approval. A number goes before all else: an expense that names no attendee, or a wrong one, is still found. */
#include "reconcile/matching.h"

#include <stdlib.h>

/* Of a number that many records have: somebody writes it everywhere, and it says nothing. Each is then a candidate of
 * few others only, in order of day. */
enum { GR_MOST_OF_NUMBER = 64 };

typedef struct numbered {
    uint64_t hash;
    gr_text number;
    uint32_t record;
    gr_day day;
    uint64_t digest;
} numbered;

static int by_hash(const void *a, const void *b)
{
    const numbered *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->digest > y->digest) - (x->digest < y->digest);
}

static bool add(const gr_reconciliation *r, gr_list *list, gr_text number, uint32_t record)
{
    const gr_gift *gift = gr_gift_of(r, record);
    numbered one = { gr_number_hash(number), number, record, gift->day, gift->digest };

    return number.len == 0 || gr_list_push(list, &one);
}

static bool add_details(const gr_reconciliation *r, gr_system system, gr_means means, gr_list *list)
{
    for (size_t i = 0; i < r->detail.count; i++) {
        const gr_detail *d = GR_AT(r->detail, gr_detail, i);

        if (gr_is_alive(r, d->gift, system) && !gr_is_matched(r, d->gift) &&
            !add(r, list, gr_number_text(r, means == GR_BY_REFERENCE ? d->reference : d->approval),
                 d->gift))
            return false;
    }
    return true;
}

static bool is_wanted(const gr_list *wanted, uint64_t hash)
{
    size_t low = 0, high = wanted->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (GR_AT(*wanted, numbered, middle)->hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < wanted->count && GR_AT(*wanted, numbered, low)->hash == hash;
}

/* Records of the system whose own numbers are wanted: of a million most are not. */
static bool add_ids(const gr_reconciliation *r, gr_system system, const gr_list *wanted,
                    gr_list *list)
{
    for (uint32_t i = 0; wanted->count > 0 && i < r->seen.count; i++) {
        gr_text id = gr_tally_id(r->tally, i);

        if (gr_is_alive(r, i, system) && !gr_is_matched(r, i) &&
            is_wanted(wanted, gr_number_hash(id)) && !add(r, list, id, i))
            return false;
    }
    return true;
}

/* A number that was found in a text may be something else: then people or amount must agree as well. */
static bool is_plausible(const gr_reconciliation *r, uint32_t log, uint32_t expense, gr_means means,
                         bool *out)
{
    const gr_detail *d = gr_detail_of(r, expense);
    gr_common people;

    *out = !d || !(means == GR_BY_REFERENCE ? d->is_reference_found : d->is_approval_found) ||
           gr_giver_of(r, log) == gr_giver_of(r, expense) || gr_amounts_fit(r, log, expense);
    if (*out)
        return true;
    if (!gr_common_find(r, log, expense, &people))
        return false;
    *out = people < GR_COMMON_UNNAMED;
    return true;
}

/* logs and expenses are those of one number, in order. */
static bool pair_group(const gr_reconciliation *r, const numbered *log, size_t logs,
                       const numbered *expense, size_t expenses, gr_means means,
                       gr_list *candidates)
{
    for (size_t i = 0; i < logs; i++) {
        size_t from = i > GR_MOST_OF_NUMBER ? i - GR_MOST_OF_NUMBER : 0;

        for (size_t k = from; k < expenses && k < i + GR_MOST_OF_NUMBER; k++) {
            bool is_one;

            if (!gr_number_equal(log[i].number, expense[k].number))
                continue;
            if (!is_plausible(r, log[i].record, expense[k].record, means, &is_one) ||
                (is_one &&
                 !gr_candidate_add(r, log[i].record, expense[k].record, means, candidates)))
                return false;
        }
    }
    return true;
}

static void sort(gr_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(numbered), by_hash);
}

static size_t group_at(const gr_list *list, size_t at)
{
    uint64_t hash = GR_AT(*list, numbered, at)->hash;
    size_t end = at;

    while (end < list->count && GR_AT(*list, numbered, end)->hash == hash)
        end++;
    return end;
}

static bool pair_lists(const gr_reconciliation *r, gr_list *logs, gr_list *expenses, gr_means means,
                       gr_list *candidates)
{
    size_t i = 0, k = 0;

    sort(logs);
    sort(expenses);
    while (i < logs->count && k < expenses->count) {
        size_t i_end = group_at(logs, i), k_end = group_at(expenses, k);
        const numbered *log = GR_AT(*logs, numbered, i), *expense = GR_AT(*expenses, numbered, k);

        if (log->hash == expense->hash &&
            !pair_group(r, log, i_end - i, expense, k_end - k, means, candidates))
            return false;
        i = log->hash <= expense->hash ? i_end : i;
        k = expense->hash <= log->hash ? k_end : k;
    }
    return true;
}

/* The expense names a record of the log, or a record of the log names the expense. */
static bool find_references(const gr_reconciliation *r, gr_list *candidates)
{
    gr_list named = GR_LIST(numbered), ids = GR_LIST(numbered);
    bool fits = true;

    for (int from_log = 0; fits && from_log < 2; from_log++) {
        gr_list_cut(&named, 0);
        gr_list_cut(&ids, 0);
        fits =
            add_details(r, from_log ? GR_SYSTEM_LOG : GR_SYSTEM_EXPENSES, GR_BY_REFERENCE, &named);
        sort(&named);
        fits = fits && add_ids(r, from_log ? GR_SYSTEM_EXPENSES : GR_SYSTEM_LOG, &named, &ids);
        fits = fits && pair_lists(r, from_log ? &named : &ids, from_log ? &ids : &named,
                                  GR_BY_REFERENCE, candidates);
    }
    gr_list_free(&named);
    gr_list_free(&ids);
    return fits;
}

static bool find_shared_approvals(const gr_reconciliation *r, gr_list *candidates)
{
    gr_list logs = GR_LIST(numbered), expenses = GR_LIST(numbered);
    bool fits = add_details(r, GR_SYSTEM_LOG, GR_BY_APPROVAL, &logs) &&
                add_details(r, GR_SYSTEM_EXPENSES, GR_BY_APPROVAL, &expenses) &&
                pair_lists(r, &logs, &expenses, GR_BY_APPROVAL, candidates);

    gr_list_free(&logs);
    gr_list_free(&expenses);
    return fits;
}

gr_status gr_match_by_number(gr_reconciliation *r, gr_error *err)
{
    gr_list candidates = GR_LIST(gr_possible_pair);
    bool fits = find_references(r, &candidates) && find_shared_approvals(r, &candidates);
    gr_status status = fits ? gr_candidates_match(r, &candidates, err) : gr_fail_memory(err);

    gr_list_free(&candidates);
    return status;
}
