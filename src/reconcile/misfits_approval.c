/* src/reconcile/misfits_approval.c - what does not fit between gifts and their approvals. A gift whose approval has another
 * value, giver or day was given all the same: it counts as it does. Numbers are missing only on days that the approvals
 * cover; an approval was never used only if it has ended, and the gift log reaches that far. */
#include "base/os.h"
#include "reconcile/misfit.h"

#include <string.h>

typedef struct checking {
    gr_reconciliation *r;
    const gr_subject *subject;
    gr_arena *arena;
    gr_table known; /* approvals by number */
    bool *is_used;
} checking;

static gr_text id_of(const checking *c, uint32_t record)
{
    return gr_tally_id(c->r->tally, record);
}

/* The record by which the gift counts. */
static uint32_t counting(const checking *c, uint32_t gift)
{
    return gr_is_first(c->r, gift) ? gift : c->r->partner[gift];
}

static bool tell(checking *c, gr_misfit *misfit, uint32_t approval)
{
    gr_misfit_show(c->r, c->subject, misfit, misfit->record, GR_TEXT("the gift"));
    gr_misfit_show(c->r, c->subject, misfit, approval, GR_TEXT("the approval"));
    return gr_misfit_tell(c->r, c->subject, misfit);
}

/* ---- a gift and its approval ---- */

static bool tell_above(checking *c, uint32_t gift, uint32_t approval)
{
    const gr_seen *g = gr_seen_of(c->r, gift), *a = gr_seen_of(c->r, approval);
    gr_misfit misfit = gr_misfit_of(c->r, GR_MISMATCH_ABOVE_APPROVAL, gift);
    char cost[GR_MONEY_TEXT], most[GR_MONEY_TEXT], over[GR_MONEY_TEXT];
    bool may_have_tax = g->system == GR_SYSTEM_EXPENSES;

    if (g->least == GR_CENTS_UNKNOWN || a->most == GR_CENTS_UNKNOWN || g->least <= a->most)
        return true;
    misfit.reason = gr_arena_print(
        c->arena, "The gift cost %s %s, and the approval %.*s is for %s: %s more%s",
        gr_cents_print(g->least, cost), c->r->set->policy.currency.ptr, GR_SHOW(id_of(c, approval)),
        gr_cents_print(a->most, most), gr_cents_print(g->least - a->most, over),
        may_have_tax ? "; tax and delivery may be in what was expensed" : "");
    return tell(c, &misfit, approval);
}

static bool tell_other(checking *c, uint32_t gift, uint32_t approval)
{
    gr_reconciliation *r = c->r;
    gr_misfit misfit = gr_misfit_of(r, GR_MISMATCH_OTHER_APPROVAL, gift);
    bool is_other_giver = gr_giver_of(r, gift) != gr_giver_of(r, approval);
    gr_text for_whom, to_whom;
    gr_common people;

    if (!gr_common_find(r, gift, approval, &people))
        return false;
    if (!is_other_giver && people != GR_COMMON_NONE)
        return true;
    for_whom = gr_words_people(r, approval, c->arena);
    to_whom = gr_words_people(r, gift, c->arena);
    if (!for_whom.ptr || !to_whom.ptr)
        return false;
    misfit.reason =
        gr_arena_print(c->arena,
                       "The approval %.*s is for a gift of %.*s to %.*s, and this one was given by "
                       "%.*s to %.*s",
                       GR_SHOW(id_of(c, approval)), GR_SHOW(gr_words_giver(r, approval)),
                       GR_ALL(for_whom), GR_SHOW(gr_words_giver(r, gift)), GR_ALL(to_whom));
    return tell(c, &misfit, approval);
}

static bool tell_days(checking *c, uint32_t gift, uint32_t approval)
{
    const gr_detail *d = gr_detail_of(c->r, approval);
    gr_misfit misfit = gr_misfit_of(c->r, GR_MISMATCH_APPROVAL_DAYS, gift);
    gr_day day = gr_gift_of(c->r, gift)->day, first = gr_gift_of(c->r, approval)->day;
    char given[GR_DAY_TEXT], from[GR_DAY_TEXT], to[GR_DAY_TEXT];

    if (day >= first && !(d->has_end && day > d->ends))
        return true;
    misfit.reason = gr_arena_print(
        c->arena, "The gift was given on %s, and the approval %.*s is good from %s%s%s",
        gr_day_print(day, given), GR_SHOW(id_of(c, approval)), gr_day_print(first, from),
        d->has_end ? " to " : " on", d->has_end ? gr_day_print(d->ends, to) : "");
    return tell(c, &misfit, approval);
}

static bool is_told(const checking *c, gr_mismatch outcome, uint32_t record)
{
    return gr_misfit_is_told(c->r, c->subject, outcome, record);
}

static bool check_use(checking *c, uint32_t gift, uint32_t approval)
{
    return (!is_told(c, GR_MISMATCH_ABOVE_APPROVAL, gift) || tell_above(c, gift, approval)) &&
           (!is_told(c, GR_MISMATCH_OTHER_APPROVAL, gift) || tell_other(c, gift, approval)) &&
           (!is_told(c, GR_MISMATCH_APPROVAL_DAYS, gift) || tell_days(c, gift, approval));
}

static bool tell_reused(checking *c, uint32_t gift, uint32_t approval, uint32_t before)
{
    gr_misfit misfit = gr_misfit_of(c->r, GR_MISMATCH_APPROVAL_REUSED, gift);
    gr_text about = gr_words_record(c->r, before, c->arena);

    if (!about.ptr)
        return false;
    misfit.reason = gr_arena_print(c->arena, "The approval %.*s was used already, for %.*s",
                                   GR_SHOW(id_of(c, approval)), GR_ALL(about));
    gr_misfit_show(c->r, c->subject, &misfit, before, GR_TEXT("used it first"));
    return misfit.reason.ptr && tell(c, &misfit, approval);
}

enum { GR_MOST_OF_APPROVAL = 64 }; /* uses that are compared with each other */

/* An approval for several people may be used for a gift to each of them: by its giver, as long as all of them together
 * are within its value. */
static bool is_next_share(checking *c, size_t first, size_t now, bool *out)
{
    gr_reconciliation *r = c->r;
    const gr_use *use = GR_AT(r->use, gr_use, now);
    uint32_t gift = counting(c, use->gift), most = gr_seen_of(r, use->approval)->most;
    uint64_t sum = gr_seen_of(r, gift)->least;
    gr_common people;

    *out = false;
    if (now - first >= GR_MOST_OF_APPROVAL || gr_giver_of(r, gift) != gr_giver_of(r, use->approval))
        return true;
    if (!gr_common_find(r, gift, use->approval, &people))
        return false;
    for (size_t i = first; i < now && people <= GR_COMMON_SOME; i++) {
        uint32_t before = counting(c, GR_AT(r->use, gr_use, i)->gift);
        gr_common with;

        if (!gr_common_find(r, gift, before, &with))
            return false;
        people = with == GR_COMMON_NONE ? people : GR_COMMON_NONE;
        sum += gr_seen_of(r, before)->least;
    }
    *out = people <= GR_COMMON_SOME && most != GR_CENTS_UNKNOWN && sum <= most;
    return true;
}

/* An expense that is no gift uses an approval up; nothing else is said of it. */
static bool check_uses(checking *c)
{
    size_t first = 0;
    bool fits = true;

    for (size_t i = 0; fits && i < c->r->use.count; i++) {
        const gr_use *use = GR_AT(c->r->use, gr_use, i);
        uint32_t gift = counting(c, use->gift);
        bool is_share = false;

        c->is_used[use->approval] = true;
        first = use->is_later ? first : i;
        if (!gr_is_gift(c->r, gift))
            continue;
        if (use->is_later && !is_next_share(c, first, i, &is_share))
            return false;
        if (use->is_later && !is_share)
            fits = !is_told(c, GR_MISMATCH_APPROVAL_REUSED, gift) ||
                   tell_reused(c, gift, use->approval,
                               counting(c, GR_AT(c->r->use, gr_use, first)->gift));
        else
            fits = check_use(c, gift, use->approval);
    }
    return fits;
}

/* ---- numbers that no approval has ---- */

static bool tell_unknown(checking *c, const gr_detail *d)
{
    gr_reconciliation *r = c->r;
    gr_misfit misfit = gr_misfit_of(r, GR_MISMATCH_UNKNOWN_APPROVAL, d->gift);
    gr_day day = gr_gift_of(r, d->gift)->day;
    char first[GR_DAY_TEXT], last[GR_DAY_TEXT];

    if (day < r->approvals.first || day > r->approvals.last)
        return true; /* the approvals of that time are not here */
    misfit.reason = gr_arena_print(
        c->arena,
        "The gift names the approval %.*s, and the approvals from %s to %s have none of "
        "that number",
        GR_SHOW(gr_number_text(r, d->approval)), gr_day_print(r->approvals.first, first),
        gr_day_print(r->approvals.last, last));
    gr_misfit_show(r, c->subject, &misfit, d->gift, GR_TEXT("the gift"));
    return gr_misfit_tell(r, c->subject, &misfit);
}

static bool check_numbers(checking *c)
{
    gr_reconciliation *r = c->r;
    bool fits = true;

    for (size_t i = 0; fits && i < r->detail.count; i++) {
        const gr_detail *d = GR_AT(r->detail, gr_detail, i);
        bool is_log = gr_is_alive(r, d->gift, GR_SYSTEM_LOG);

        if (d->approval && !d->is_approval_found && gr_is_gift(r, d->gift) &&
            (is_log ||
             (gr_is_alive(r, d->gift, GR_SYSTEM_EXPENSES) && !gr_is_matched(r, d->gift))) &&
            is_told(c, GR_MISMATCH_UNKNOWN_APPROVAL, d->gift) &&
            gr_approval_find(r, &c->known, gr_number_text(r, d->approval)) == GR_NONE)
            fits = tell_unknown(c, d);
    }
    return fits;
}

/* ---- approvals that nobody used ---- */

/* The last day of which anybody knows what was given. */
static gr_day last_known(const gr_reconciliation *r)
{
    gr_day last = r->alive[GR_SYSTEM_LOG] > 0 ? r->log.last : GR_DAY_FIRST;

    for (size_t g = 0; r->alive[GR_SYSTEM_LOG] == 0 && g < r->who.giver_count; g++)
        last = r->expenses[g].last > last ? r->expenses[g].last : last;
    return last;
}

static bool tell_unused(checking *c, const gr_detail *d)
{
    gr_reconciliation *r = c->r;
    gr_misfit misfit = gr_misfit_of(r, GR_MISMATCH_APPROVAL_UNUSED, d->gift);
    char cost[GR_MONEY_TEXT], ends[GR_DAY_TEXT];
    gr_text people = gr_words_people(r, d->gift, c->arena);

    if (!people.ptr)
        return false;
    misfit.reason = gr_arena_print(
        c->arena, "The approval %.*s of %s %s for %.*s ended on %s, and no gift was given by it",
        GR_SHOW(id_of(c, d->gift)), gr_cents_print(gr_seen_of(r, d->gift)->most, cost),
        r->set->policy.currency.ptr, GR_ALL(people), gr_day_print(d->ends, ends));
    gr_misfit_show(r, c->subject, &misfit, d->gift, GR_TEXT("the approval"));
    return gr_misfit_tell(r, c->subject, &misfit);
}

static bool check_unused(checking *c)
{
    gr_reconciliation *r = c->r;
    gr_day known = last_known(r);
    bool fits = true;

    for (size_t i = 0; fits && i < r->detail.count; i++) {
        const gr_detail *d = GR_AT(r->detail, gr_detail, i);

        if (gr_is_alive(r, d->gift, GR_SYSTEM_APPROVALS) && !c->is_used[d->gift] && d->has_end &&
            d->ends < c->subject->out->as_of && d->ends <= known &&
            is_told(c, GR_MISMATCH_APPROVAL_UNUSED, d->gift))
            fits = tell_unused(c, d);
    }
    return fits;
}

gr_status gr_find_approval_misfits(gr_reconciliation *r, const gr_subject *subject, gr_error *err)
{
    checking c = { .r = r, .subject = subject, .arena = subject->out->arena };
    bool fits;

    if (r->alive[GR_SYSTEM_APPROVALS] == 0)
        return GR_OK;
    c.is_used = gr_os_alloc(r->seen.count);
    if (!c.is_used)
        return gr_fail_memory(err);
    memset(c.is_used, 0, r->seen.count);
    fits =
        gr_approvals_index(r, &c.known) && check_uses(&c) && check_numbers(&c) && check_unused(&c);
    gr_table_free(&c.known);
    gr_os_free(c.is_used);
    return fits ? GR_OK : gr_fail_memory(err);
}
