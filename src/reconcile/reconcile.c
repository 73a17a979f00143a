/* src/reconcile/reconcile.c - see reconcile.h. Where only one system has spoken nothing is matched, and next to nothing is
 * kept. Else in steps: givers who are called alike; log and expense by number, then by content; which of both counts;
 * approvals. */
#include "base/digest.h"
#include "base/os.h"
#include "people/fold.h"
#include "reconcile/matching.h"
#include "reconcile/misfit.h"

#include <string.h>

gr_status gr_reconciliation_create(const gr_ruleset *set, const gr_names *names,
                                   gr_reconciliation **out, gr_error *err)
{
    gr_reconciliation *r = gr_os_alloc(sizeof *r);

    if (!r)
        return gr_fail_memory(err);
    *r = (gr_reconciliation){ .set = set,
                              .names = names,
                              .seen = GR_LIST(gr_seen),
                              .detail = GR_LIST(gr_detail),
                              .text = GR_LIST(char),
                              .use = GR_LIST(gr_use) };
    *out = r;
    return GR_OK;
}

static void free_matches(gr_reconciliation *r)
{
    gr_os_free(r->partner);
    gr_os_free(r->means);
    gr_os_free(r->giver);
    gr_os_free(r->person);
    gr_os_free(r->expenses);
    r->partner = NULL;
    r->means = NULL;
    r->giver = NULL;
    r->person = NULL;
    r->expenses = NULL;
    gr_list_cut(&r->use, 0);
    r->count = (gr_reconciled){ 0 };
}

void gr_reconciliation_free(gr_reconciliation *r)
{
    if (!r)
        return;
    free_matches(r);
    gr_list_free(&r->seen);
    gr_list_free(&r->detail);
    gr_list_free(&r->text);
    gr_list_free(&r->use);
    gr_os_free(r);
}

bool gr_reconciliation_is_needed(const gr_reconciliation *r)
{
    int systems = 0;

    for (int s = GR_SYSTEM_LOG; s < GR_SYSTEMS; s++)
        systems += r->taken[s] > 0;
    return systems > 1;
}

/* ---- what is in force ---- */

static void stretch(gr_days *days, gr_day first, gr_day last)
{
    days->first = first < days->first ? first : days->first;
    days->last = last > days->last ? last : days->last;
}

static const gr_days no_days = { GR_DAY_LAST, GR_DAY_FIRST };

/* Returns how many systems there are. */
static int count_alive(gr_reconciliation *r)
{
    int systems = 0;

    memset(r->alive, 0, sizeof r->alive);
    for (uint32_t i = 0; i < r->seen.count; i++)
        if (!gr_gift_of(r, i)->is_dead)
            r->alive[gr_seen_of(r, i)->system]++;
    for (int s = GR_SYSTEM_LOG; s < GR_SYSTEMS; s++)
        systems += r->alive[s] > 0;
    return systems;
}

static void cover(gr_reconciliation *r)
{
    r->log = r->approvals = no_days;
    for (size_t g = 0; g < r->who.giver_count; g++)
        r->expenses[g] = no_days;
    for (uint32_t i = 0; i < r->seen.count; i++) {
        gr_day day = gr_gift_of(r, i)->day;
        const gr_detail *d = gr_detail_of(r, i);

        if (gr_is_alive(r, i, GR_SYSTEM_LOG))
            stretch(&r->log, day, day);
        else if (gr_is_alive(r, i, GR_SYSTEM_EXPENSES))
            stretch(&r->expenses[gr_giver_of(r, i)], day, day);
        else if (gr_is_alive(r, i, GR_SYSTEM_APPROVALS))
            stretch(&r->approvals, day, d->has_end && d->ends > day ? d->ends : day);
    }
}

/* ---- people ---- */

typedef struct called { /* folded */
    gr_text name, employer;
} called;

static bool are_alike(const called *a, const called *b)
{
    return gr_text_equal(a->name, b->name) && gr_text_equal(a->employer, b->employer);
}

/* Systems number people in their own ways: somebody is the same by number, or by name, and of a recipient by employer too,
 * where these are known. out: of each, the least number of those who are called alike. */
static bool join_alike(const gr_reconciliation *r, const gr_person *person, size_t count,
                       bool has_employer, uint32_t *out)
{
    gr_arena *arena = gr_arena_create();
    called *folded = gr_os_alloc(sizeof *folded * (count + 1));
    gr_table known = { 0 };
    bool fits = arena && folded;

    for (uint32_t i = 0; fits && i < count; i++) {
        called *one = &folded[i];
        size_t cursor = 0;
        uint64_t hash;
        uint32_t other;

        out[i] = i;
        one->name = gr_fold_name(r->names, person[i].name, arena);
        one->employer =
            has_employer ? gr_fold_firm(r->names, person[i].employer, arena) : GR_TEXT("");
        fits = one->name.ptr && one->employer.ptr;
        if (!fits || one->name.len == 0 || (has_employer && one->employer.len == 0))
            continue;
        hash = gr_hash(one->employer, gr_hash(one->name, 3));
        while ((other = gr_table_find(&known, hash, &cursor)) != GR_NONE &&
               !are_alike(&folded[other], one))
            ;
        if (other != GR_NONE)
            out[i] = other;
        else
            fits = gr_table_put(&known, hash, i);
    }
    gr_table_free(&known);
    gr_os_free(folded);
    gr_arena_free(arena);
    return fits;
}

static bool join_people(gr_reconciliation *r)
{
    return join_alike(r, r->who.giver, r->who.giver_count, false, r->giver) &&
           join_alike(r, r->who.recipient, r->who.recipient_count, true, r->person);
}

static bool open_matches(gr_reconciliation *r)
{
    size_t records = r->seen.count + 1, givers = r->who.giver_count + 1;

    r->partner = gr_os_alloc(sizeof *r->partner * records);
    r->means = gr_os_alloc(sizeof *r->means * records);
    r->giver = gr_os_alloc(sizeof *r->giver * givers);
    r->person = gr_os_alloc(sizeof *r->person * (r->who.recipient_count + 1));
    r->expenses = gr_os_alloc(sizeof *r->expenses * givers);
    if (!r->partner || !r->means || !r->giver || !r->person || !r->expenses)
        return false;
    for (size_t i = 0; i < records; i++)
        r->partner[i] = GR_NONE;
    memset(r->means, GR_BY_NOTHING, records);
    return join_people(r);
}

/* ---- which of two records counts ---- */

/* Is it added up for anybody, by any rulebook? */
static bool counts_at_all(const gr_reconciliation *r, uint32_t gift)
{
    for (size_t b = 0; b < r->set->book_count; b++) {
        size_t count;
        const gr_entry *entry = gr_tally_entries(r->tally, b, gift, &count);

        for (size_t i = 0; i < count; i++)
            if (entry[i].high > 0)
                return true;
    }
    return false;
}

/* Amounts that agree but for the tolerance, of which neither says what tax is in it: the higher one counts, or a gift
 * could pass under a limit by a dollar that the other record has. */
static bool is_higher(const gr_reconciliation *r, uint32_t record, uint32_t than)
{
    const gr_seen *x = gr_seen_of(r, record), *y = gr_seen_of(r, than);

    return x->least == x->most && y->least == y->most && x->most > y->most &&
           gr_amounts_fit(r, record, than);
}

/* The one that states more of what its value hangs on; else that of the log. But the higher of two amounts, where the
 * other counts as well; and what the firm has paid is no gift of the giver's own. An expense that names other people
 * than the log never counts in its place: whoever it leaves out would have got nothing. */
static bool is_expense_first(const gr_reconciliation *r, uint32_t log, uint32_t expense)
{
    bool is_first = __builtin_popcount(gr_seen_of(r, expense)->known) >
                    __builtin_popcount(gr_seen_of(r, log)->known);

    if (gr_payers_differ(r, log, expense))
        return true;
    if (is_first)
        return !(is_higher(r, log, expense) && counts_at_all(r, expense));
    return is_higher(r, expense, log) && counts_at_all(r, log);
}

static gr_status choose_first(gr_reconciliation *r, uint32_t log, uint32_t expense, gr_error *err)
{
    gr_common people;

    if (!gr_is_gift(r, expense))
        return GR_OK; /* it counts for nothing by itself */
    if (!gr_common_find(r, log, expense, &people))
        return gr_fail_memory(err);
    if (people == GR_COMMON_SAME && is_expense_first(r, log, expense))
        GR_AT(r->tally->gift, gr_gift, log)->is_double = 1;
    else
        GR_AT(r->tally->gift, gr_gift, expense)->is_double = 1;
    return GR_OK;
}

static gr_status mark_doubles(gr_reconciliation *r, gr_error *err)
{
    gr_status status = GR_OK;

    for (uint32_t i = 0; status == GR_OK && i < r->seen.count; i++)
        if (gr_seen_of(r, i)->system == GR_SYSTEM_LOG && gr_is_matched(r, i))
            status = choose_first(r, i, r->partner[i], err);
    return status;
}

/* ---- duties of the record that does not count ---- */

static size_t first_breach(const gr_tally *tally, uint32_t gift)
{
    size_t low = 0, high = tally->breach.count; /* in the order of gifts */

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (GR_AT(tally->breach, gr_breach, middle)->gift < gift)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool breaks(const gr_tally *tally, uint32_t gift, const gr_breach *like)
{
    for (size_t i = first_breach(tally, gift); i < tally->breach.count; i++) {
        const gr_breach *b = GR_AT(tally->breach, gr_breach, i);

        if (b->gift != gift)
            break;
        if (b->book == like->book && b->duty == like->duty)
            return true;
    }
    return false;
}

/* A basket that is logged as a gift and booked as a meal counts by the log, and was booked as a meal all the same. What is
 * only unknown by one record is not told: the other one may know. */
static void keep_duties(gr_reconciliation *r)
{
    for (size_t i = 0; i < r->tally->breach.count; i++) {
        gr_breach *b = GR_AT(r->tally->breach, gr_breach, i);

        b->stands = gr_gift_of(r, b->gift)->is_double && b->truth == GR_TRUE &&
                    b->duty != GR_NO_LAW && !breaks(r->tally, r->partner[b->gift], b);
    }
}

/* ---- all ---- */

static bool is_outside(const gr_reconciliation *r, uint32_t expense)
{
    gr_day day = gr_gift_of(r, expense)->day;

    return day < r->log.first || day > r->log.last;
}

static void count_matches(gr_reconciliation *r)
{
    gr_reconciled *n = &r->count;

    n->is_told = true;
    n->logged = r->alive[GR_SYSTEM_LOG];
    n->approvals = r->alive[GR_SYSTEM_APPROVALS];
    for (uint32_t i = 0; i < r->seen.count; i++) {
        bool is_log = gr_is_alive(r, i, GR_SYSTEM_LOG);
        bool is_expense = gr_is_alive(r, i, GR_SYSTEM_EXPENSES);

        n->expensed += is_expense && gr_is_gift(r, i);
        n->log_only += is_log && !gr_is_matched(r, i);
        if (is_expense && gr_is_gift(r, i) && !gr_is_matched(r, i)) {
            n->expense_only++;
            n->outside += is_outside(r, i);
        }
        if (!is_log || !gr_is_matched(r, i))
            continue;
        n->matched++;
        n->by_number += r->means[i] <= GR_BY_APPROVAL;
        n->by_content += r->means[i] > GR_BY_APPROVAL;
    }
}

gr_status gr_reconcile(gr_reconciliation *r, gr_tally *tally, const gr_who *who, gr_error *err)
{
    gr_status status;

    if (r->partner) /* judged once already, of other days */
        for (uint32_t i = 0; i < tally->gift.count; i++)
            GR_AT(tally->gift, gr_gift, i)->is_double = 0;
    free_matches(r);
    r->tally = tally;
    r->who = *who;
    if (!gr_reconciliation_is_needed(r))
        return GR_OK;
    if (count_alive(r) < 2)
        return GR_OK;
    if (!open_matches(r))
        return gr_fail_memory(err);
    cover(r);
    status = gr_match_by_number(r, err);
    if (status == GR_OK)
        status = gr_match_by_content(r, err);
    if (status == GR_OK)
        status = mark_doubles(r, err);
    if (status == GR_OK) {
        keep_duties(r);
        status = gr_match_approvals(r, err);
    }
    if (status == GR_OK)
        count_matches(r);
    return status;
}

gr_status gr_reconciliation_find(gr_reconciliation *r, const gr_subject *subject, gr_error *err)
{
    gr_status status;

    if (!r->partner)
        return GR_OK;
    status = gr_find_misfits(r, subject, err);
    return status == GR_OK ? gr_find_approval_misfits(r, subject, err) : status;
}

gr_status gr_reconciliation_pairs(const gr_reconciliation *r, gr_list *pair, gr_error *err)
{
    bool fits = true;

    for (uint32_t i = 0; r->partner && fits && i < r->seen.count; i++)
        if (gr_seen_of(r, i)->system == GR_SYSTEM_LOG && gr_is_matched(r, i))
            fits = gr_list_push(pair, &(gr_belonging){ i, r->partner[i] });
    for (size_t i = 0; fits && i < r->use.count; i++) {
        const gr_use *use = GR_AT(r->use, gr_use, i);

        fits = gr_list_push(pair, &(gr_belonging){ use->gift, use->approval });
    }
    return fits ? GR_OK : gr_fail_memory(err);
}

gr_reconciled gr_reconciliation_count(const gr_reconciliation *r)
{
    return r->count;
}

static gr_place place_of(const gr_reconciliation *r, const gr_origin *source, uint32_t record)
{
    const gr_gift *gift = gr_gift_of(r, record);

    return (gr_place){ source[gift->source].file.ptr, gift->line, 0 };
}

bool gr_reconciliation_pair(const gr_reconciliation *reconciliation, const gr_origin *source,
                            uint32_t gift, gr_arena *arena, gr_twin *out)
{
    const gr_reconciliation *r = reconciliation;
    uint32_t other = r->partner ? r->partner[gift] : GR_NONE;

    if (other == GR_NONE || !gr_is_first(r, gift) || gr_gift_of(r, gift)->is_dead)
        return false;
    *out = (gr_twin){ .counts = gr_arena_copy(arena, gr_tally_id(r->tally, gift)),
                      .other = gr_arena_copy(arena, gr_tally_id(r->tally, other)),
                      .at = place_of(r, source, gift),
                      .other_at = place_of(r, source, other),
                      .day = gr_gift_of(r, gift)->day,
                      .why = gr_words_means(r, gift, arena),
                      .difference = gr_words_difference(r, gift, other, arena) };
    return true;
}
