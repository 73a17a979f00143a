/* src/engine/view.c - where the policy chooses no year, or no day of the gift, every one is tried; if the verdicts
 * disagree, a person must choose. A gift whose days differ counts for certain in another one's total only when
 * all its days lie in the period; in its own total it counts on whichever day. */
#include "engine/view.h"

bool gr_is_over(const gr_limit *limit, gr_wide sum, int64_t den, gr_amount amount)
{
    gr_wide left = sum * amount.den, right = (gr_wide)amount.num * den;

    return limit->reached_is_over ? left >= right : left > right;
}

/* Surely over is what the limit says it is; perhaps over needs a person, unless the limit only warns. */
gr_verdict gr_verdict_of(const gr_limit *limit, gr_total total, gr_amount amount, bool is_certain)
{
    if (is_certain && gr_is_over(limit, total.low, total.den, amount))
        return limit->verdict;
    if (total.unbounded || gr_is_over(limit, total.high, total.den, amount))
        return limit->verdict < GR_NEEDS_REVIEW ? limit->verdict : GR_NEEDS_REVIEW;
    return GR_COMPLIANT;
}

/* ---- one view ---- */

static gr_truth counts(const gr_case *c, const gr_view *view, const gr_item *item)
{
    if (item->entry->gift == c->item->entry->gift)
        return GR_TRUE;
    if (view->period.basis == GR_ONE_GIFT)
        return GR_FALSE;
    return gr_item_within(item, view->period.from, view->day, c->item->id, c->item->entry->gift);
}

static void add_many_days(const gr_case *c, gr_view *view)
{
    for (size_t i = 0; i < c->group->count; i++) {
        const gr_item *item = gr_group_item(c->group, i);
        gr_truth truth = item->days ? counts(c, view, item) : GR_FALSE;

        if (truth == GR_FALSE)
            continue;
        view->total.low += truth == GR_TRUE ? item->low : 0;
        view->total.high += item->high;
        view->total.unbounded = view->total.unbounded || item->is_unbounded;
    }
}

/* Does any share of the gift surely count for the person? The item is the last of them. */
static bool is_certain(const gr_case *c)
{
    const gr_item *first = gr_group_item(c->group, 0);

    for (const gr_item *i = c->item;; i--) {
        if (i->own && i->low > 0)
            return true;
        if (i == first || i[-1].entry->gift != c->item->entry->gift)
            return false;
    }
}

/* Its shares stand side by side, up to end. */
static size_t first_of_gift(const gr_case *c, size_t end)
{
    while (end > 0 && gr_group_item(c->group, end - 1)->entry->gift == c->item->entry->gift)
        end--;
    return end;
}

static void add_view(gr_case *c, gr_basis basis, gr_day day)
{
    const gr_policy *policy = &c->shares->tally->set->policy;
    const gr_group *group = c->group;
    gr_view *view = &c->view[c->view_count];

    *view = (gr_view){ .day = day, .row = gr_limit_on(c->shares->limit, day) };
    if (!view->row) { /* on that day there is no limit: nothing to add up, and nothing wrong */
        view->verdict = GR_COMPLIANT;
        c->days_without++;
        return;
    }
    view->period = gr_period_of(basis, policy, group->anchor < day ? group->anchor : day, day);
    view->end = gr_group_after(group, day, c->item->id, c->item->entry->gift);
    view->start = basis == GR_ONE_GIFT ? first_of_gift(c, view->end)
                                       : gr_group_from(group, view->period.from);
    view->total = gr_group_total(group, view->start, view->end);
    if (group->many_days > 0)
        add_many_days(c, view);
    view->is_sure = is_certain(c) && gr_is_over(c->shares->limit, view->total.low, view->total.den,
                                                view->row->amount);
    view->verdict = gr_verdict_of(c->shares->limit, view->total, view->row->amount, view->is_sure);
    gr_cover(c->shares->tally->seen ? c->shares->tally->seen[c->shares->book] : NULL,
             view->row->point, view->verdict == GR_COMPLIANT ? GR_FALSE : GR_TRUE);
    c->view_count++;
}

/* ---- all views ---- */

static void add_views_of_day(gr_case *c, gr_day day)
{
    const gr_limit *limit = c->shares->limit;
    gr_basis basis = limit->period_of_policy ? c->shares->tally->set->policy.period : limit->period;

    if (basis != GR_UNSTATED)
        add_view(c, basis, day);
    for (int i = 0; basis == GR_UNSTATED && i < GR_YEARS; i++)
        add_view(c, (gr_basis)i, day);
}

/* Shown is the worst view, since it has the most to explain. */
static gr_verdict choose_view(gr_case *c)
{
    c->chosen = &c->view[0];
    for (size_t i = 1; i < c->view_count; i++)
        if (c->view[i].verdict > c->chosen->verdict)
            c->chosen = &c->view[i];
    for (size_t i = 0; i < c->view_count; i++) {
        if (c->view[i].verdict == c->chosen->verdict)
            continue;
        if (c->view[i].day != c->chosen->day)
            c->days_differ = true;
        else
            c->bases_differ = true;
    }
    if (c->days_without > 0 && c->chosen->verdict != GR_COMPLIANT)
        c->days_differ = true;
    if (c->days_differ && c->bases_differ)
        c->days_differ = false; /* one question at a time: the year first */
    return c->days_differ || c->bases_differ ? GR_NEEDS_REVIEW : c->chosen->verdict;
}

gr_verdict gr_case_make(gr_case *c)
{
    const gr_other_day *days = c->item->days;

    c->view_count = c->days_without = 0;
    c->days_differ = c->bases_differ = false;
    add_views_of_day(c, c->item->day);
    if (days)
        add_views_of_day(c, days->first);
    if (days && days->last != days->first)
        add_views_of_day(c, days->last);
    return c->view_count > 0 ? choose_view(c) : GR_COMPLIANT;
}

const gr_item *gr_case_next(const gr_case *c, size_t *cursor, gr_wide *low)
{
    const gr_view *view = c->chosen;
    bool all = c->group->many_days > 0; /* then items outside the slice may count */
    size_t end = all ? c->group->count : view->end;

    if (*cursor < view->start && !all)
        *cursor = view->start;
    while (*cursor < end) {
        size_t i = (*cursor)++;
        const gr_item *item = gr_group_item(c->group, i);
        gr_truth truth = item->days                          ? counts(c, view, item)
                         : i >= view->start && i < view->end ? GR_TRUE
                                                             : GR_FALSE;

        if (truth == GR_FALSE)
            continue;
        *low = truth == GR_TRUE ? item->low : 0;
        return item;
    }
    return NULL;
}
