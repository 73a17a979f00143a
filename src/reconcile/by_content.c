/* src/reconcile/by_content.c - log and expense are one gift where giver, recipient, day and amount agree. Only records of
 * one giver, one recipient and near days are compared. An expense that names nobody is matched by giver, day and amount
 * if nothing else competes: else two gifts of one price to two people would be taken for one another. */
#include "reconcile/matching.h"

/* One giver and one recipient with hundreds of gifts within days of each other are not compared all with all: each sees
 * the nearest, and what is left over is compared again. */
enum { GR_MOST_TRIED = 1024, GR_MOST_FITTING = 64, GR_MOST_ROUNDS = 32, GR_MOST_LINKS = 16 };

typedef struct scanning {
    const gr_reconciliation *r;
    gr_list persons;    /* scratch */
    gr_list candidates; /* of gr_possible_pair */
    bool was_cut;       /* not all were compared */
} scanning;

static bool is_free(const gr_reconciliation *r, uint32_t record, gr_system system)
{
    return gr_is_alive(r, record, system) && !gr_is_matched(r, record) &&
           gr_seen_of(r, record)->most != GR_CENTS_UNKNOWN;
}

/* ---- keys by giver and recipient ---- */

static bool push_person(scanning *s, gr_list *keys, uint32_t person, bool with_links,
                        uint32_t record)
{
    const gr_who *who = &s->r->who;
    uint32_t giver = gr_giver_of(s->r, record), first = who->link_first[person];
    uint32_t end = who->link_first[person + 1];

    if (!gr_key_push(s->r, keys, giver, person, record))
        return false;
    if (end - first > GR_MOST_LINKS)
        end = first + GR_MOST_LINKS;
    for (uint32_t k = first; with_links && k < end; k++)
        if (!gr_key_push(s->r, keys, giver, s->r->person[who->link[k]], record))
            return false;
    return true;
}

/* A gift of the log is looked for under those too who are possibly the same. */
static bool collect(scanning *s, gr_system system, gr_list *keys)
{
    for (uint32_t i = 0; i < s->r->seen.count; i++) {
        if (!is_free(s->r, i, system))
            continue;
        if (!gr_persons_of(s->r, i, &s->persons))
            return false;
        for (size_t k = 0; k < s->persons.count; k++)
            if (!push_person(s, keys, *GR_AT(s->persons, uint32_t, k), system == GR_SYSTEM_LOG, i))
                return false;
    }
    gr_keys_sort(keys);
    return true;
}

/* ---- one log against the expenses around its day ---- */

static bool is_before(const gr_keyed *a, const gr_keyed *b, int days)
{
    if (a->giver != b->giver)
        return a->giver < b->giver;
    if (a->person != b->person)
        return a->person < b->person;
    return a->day < b->day - days;
}

static bool try_around(scanning *s, const gr_keyed *log, const gr_list *expenses, size_t from)
{
    int days = s->r->set->policy.match_days;
    size_t tried = 0, fitting = 0;

    for (size_t k = from; k < expenses->count; k++, tried++) {
        const gr_keyed *e = GR_AT(*expenses, gr_keyed, k);

        if (e->giver != log->giver || e->person != log->person || e->day > log->day + days)
            return true;
        if (tried == GR_MOST_TRIED || fitting == GR_MOST_FITTING)
            break;
        if (!gr_amounts_fit(s->r, log->record, e->record))
            continue;
        fitting++;
        if (!gr_candidate_add(s->r, log->record, e->record, GR_BY_CONTENT, &s->candidates))
            return false;
    }
    s->was_cut = s->was_cut || from + tried < expenses->count;
    return true;
}

static bool scan(scanning *s, const gr_list *logs, const gr_list *expenses)
{
    int days = s->r->set->policy.match_days;
    size_t from = 0;

    for (size_t i = 0; i < logs->count; i++) {
        const gr_keyed *log = GR_AT(*logs, gr_keyed, i);

        while (from < expenses->count && is_before(GR_AT(*expenses, gr_keyed, from), log, days))
            from++;
        if (!try_around(s, log, expenses, from))
            return false;
    }
    return true;
}

static gr_status match_round(gr_reconciliation *r, scanning *s, size_t *matched, gr_error *err)
{
    gr_list logs = GR_LIST(gr_keyed), expenses = GR_LIST(gr_keyed);
    gr_status status = GR_OK;
    bool fits;

    s->was_cut = false;
    gr_list_cut(&s->candidates, 0);
    fits = collect(s, GR_SYSTEM_EXPENSES, &expenses);
    if (fits && expenses.count > 0)
        fits = collect(s, GR_SYSTEM_LOG, &logs) && scan(s, &logs, &expenses);
    gr_list_free(&logs);
    gr_list_free(&expenses);
    status = fits ? gr_candidates_match(r, &s->candidates, err) : gr_fail_memory(err);
    *matched = s->candidates.count;
    return status;
}

/* ---- expenses that name nobody ---- */

static bool collect_unnamed(scanning *s, gr_list *keys)
{
    for (uint32_t i = 0; i < s->r->seen.count; i++) {
        if (!is_free(s->r, i, GR_SYSTEM_EXPENSES) || !gr_is_gift(s->r, i))
            continue;
        if (!gr_persons_of(s->r, i, &s->persons) ||
            (s->persons.count == 0 && !gr_key_push(s->r, keys, gr_giver_of(s->r, i), GR_NONE, i)))
            return false;
    }
    return true;
}

static bool collect_logs(scanning *s, gr_list *keys)
{
    for (uint32_t i = 0; i < s->r->seen.count; i++)
        if (is_free(s->r, i, GR_SYSTEM_LOG) &&
            !gr_key_push(s->r, keys, gr_giver_of(s->r, i), GR_NONE, i))
            return false;
    gr_keys_sort(keys);
    return true;
}

/* Where nobody is named, a gift of the giver's own and one that the firm paid are two. */
static bool pay_differs(const gr_reconciliation *r, uint32_t a, uint32_t b)
{
    return gr_seen_of(r, a)->system == GR_SYSTEM_LOG ? gr_payers_differ(r, a, b)
                                                     : gr_payers_differ(r, b, a);
}

/* The only gift of the log that fits; GR_NONE: there is none, or more than one, or too many to tell. */
static uint32_t find_only(const gr_reconciliation *r, const gr_list *keys, const gr_keyed *one)
{
    int days = r->set->policy.match_days;
    uint32_t found = GR_NONE;
    size_t tried = 0;

    for (size_t k = gr_keys_find(keys, one->giver, GR_NONE, one->day - days); k < keys->count;
         k++, tried++) {
        const gr_keyed *other = GR_AT(*keys, gr_keyed, k);

        if (other->giver != one->giver || other->day > one->day + days)
            return found;
        if (tried == GR_MOST_TRIED)
            return GR_NONE;
        if (!gr_amounts_fit(r, one->record, other->record) ||
            pay_differs(r, one->record, other->record))
            continue;
        if (found != GR_NONE)
            return GR_NONE;
        found = other->record;
    }
    return found;
}

/* Nothing competes where each is the only one for the other. */
static gr_status match_unnamed(gr_reconciliation *r, scanning *s, gr_error *err)
{
    gr_list logs = GR_LIST(gr_keyed), expenses = GR_LIST(gr_keyed);
    bool fits = collect_unnamed(s, &expenses);

    gr_list_cut(&s->candidates, 0);
    gr_keys_sort(&expenses);
    if (fits && expenses.count > 0)
        fits = collect_logs(s, &logs);
    for (size_t i = 0; fits && i < expenses.count; i++) {
        const gr_keyed *expense = GR_AT(expenses, gr_keyed, i);
        uint32_t log = find_only(r, &logs, expense);
        gr_keyed back = { .giver = expense->giver, .record = log };

        if (log == GR_NONE)
            continue;
        back.day = gr_gift_of(r, log)->day;
        if (find_only(r, &expenses, &back) == expense->record)
            fits = gr_candidate_add(r, log, expense->record, GR_BY_AMOUNT, &s->candidates);
    }
    gr_list_free(&logs);
    gr_list_free(&expenses);
    return fits ? gr_candidates_match(r, &s->candidates, err) : gr_fail_memory(err);
}

gr_status gr_match_by_content(gr_reconciliation *r, gr_error *err)
{
    scanning s = { .r = r,
                   .persons = GR_LIST(uint32_t),
                   .candidates = GR_LIST(gr_possible_pair),
                   .was_cut = true };
    gr_status status = GR_OK;
    size_t matched = 1;

    for (int i = 0; status == GR_OK && s.was_cut && matched > 0 && i < GR_MOST_ROUNDS; i++)
        status = match_round(r, &s, &matched, err);
    if (status == GR_OK)
        status = match_unnamed(r, &s, err);
    gr_list_free(&s.persons);
    gr_list_free(&s.candidates);
    return status;
}
