/* src/app/explain_sum.c - the sum of a limit, made again from the tally of the run: the same group, the same views, the
 * same items as when the finding was made. */
#include "app/explain.h"

#include <stdlib.h>

/* ---- the case ---- */

static uint32_t party_of(const gr_explaining *e, uint32_t recipient)
{
    const gr_who *who = &e->run->who;

    return e->limit->per == GR_PER_CLIENT ? who->client[recipient] : who->same[recipient];
}

/* The last share of the gift that the party got is the one that was judged. */
static const gr_item *find_item(const gr_explaining *e)
{
    for (size_t i = e->group.count; i-- > 0;) {
        const gr_item *item = gr_group_item(&e->group, i);

        if ((item->own || e->judged->is_through) && item->entry->gift == e->gift)
            return item;
    }
    return NULL;
}

static gr_status make_case(gr_explaining *e)
{
    const gr_tally *tally = e->run->intake.tally;
    size_t limit = (size_t)(e->limit - e->trace.book->limit);
    uint32_t giver = e->limit->per == GR_PER_GIVER ? e->judged->giver : GR_NONE;
    gr_status status = gr_shares_create(tally, &e->run->who, e->book, limit, &e->shares, e->err);

    if (status == GR_OK)
        status =
            gr_group_fill(&e->shares, party_of(e, e->judged->recipient), giver, &e->group, e->err);
    if (status != GR_OK)
        return status;
    e->sum = (gr_case){ .shares = &e->shares, .group = &e->group, .item = find_item(e) };
    if (!e->sum.item)
        return gr_explain_disagrees(e, "its share is not found again");
    gr_case_make(&e->sum);
    return e->sum.view_count > 0 ? GR_OK : gr_explain_disagrees(e, "no row is in force");
}

/* ---- the limit, the views ---- */

static void explain_limit(gr_explaining *e)
{
    const gr_limit *limit = e->limit;
    const gr_limit_row *row = e->sum.chosen->row;
    const gr_node *node = gr_trace_node(&e->trace, "limit", (size_t)(limit - e->trace.book->limit));
    const gr_node *period = gr_node_child(node, "period");
    gr_explained_limit *out = &e->out->limit;

    *out = (gr_explained_limit){
        .id = limit->id,
        .text = limit->text,
        .backing = gr_trace_backing(&e->trace, limit->clause, row->source, row->sure),
        .amount = row->amount,
        .line = GR_AT(e->trace.book->conditions.point, gr_point_info, row->point)->at.line,
        .reached_is_over = limit->reached_is_over,
        .is_count = limit->is_count,
        .is_conditional = limit->when != NULL,
        .added = limit->per == GR_PER_GIVER    ? GR_ADDED_GIVER
                 : limit->per == GR_PER_CLIENT ? GR_ADDED_CLIENT
                                               : GR_ADDED_RECIPIENT,
        .verdict = limit->verdict,
        .period_of_policy = limit->period_of_policy,
        .basis = limit->period_of_policy ? e->rules->set->policy.period : limit->period,
        .period =
            gr_trace_backing(&e->trace, limit->period_clause, gr_node_attribute(period, "source"),
                             gr_node_attribute(period, "sure")),
        .anchor = e->group.anchor,
    };
    out->backing.from = row->from;
    out->backing.to = row->to;
}

static void explain_views(gr_explaining *e)
{
    gr_explained_view *list = gr_trace_take(&e->trace, sizeof *list * e->sum.view_count);

    e->out->view = list;
    e->out->bases_differ = e->sum.bases_differ;
    e->out->days_differ = e->sum.days_differ;
    for (size_t i = 0; list && i < e->sum.view_count; i++) {
        const gr_view *view = &e->sum.view[i];

        list[e->out->view_count++] =
            (gr_explained_view){ view->day,   view->period,  view->row->amount,
                                 view->total, view->verdict, view == e->sum.chosen };
    }
}

/* ---- what to fetch ---- */

static bool want_counted(gr_explaining *e)
{
    const gr_item *item;
    size_t cursor = 0;
    gr_wide low;
    bool fits = true;

    while (fits && (item = gr_case_next(&e->sum, &cursor, &low)))
        fits = gr_explain_want(e, item->entry->gift);
    return fits;
}

/* Does the group have this share? Its items are in order of day. */
static bool is_in_group(const gr_explaining *e, uint32_t gift, gr_day day, uint32_t recipient)
{
    for (size_t i = gr_group_from(&e->group, day); i < e->group.count; i++) {
        const gr_item *item = gr_group_item(&e->group, i);

        if (item->day > day)
            return false;
        if (item->entry->gift == gift && item->entry->recipient == recipient)
            return true;
    }
    return false;
}

static bool pass(gr_explaining *e, uint32_t number, const gr_gift *gift)
{
    size_t count;
    const uint32_t *recipient = gr_tally_recipients(e->run->intake.tally, number, &count);
    gr_text id = gr_tally_id(e->run->intake.tally, number);

    for (uint32_t i = 0; i < count; i++) {
        gr_passed one = { number, i, gift->day, id };

        if (party_of(e, recipient[i]) == e->group.party &&
            !is_in_group(e, number, gift->day, recipient[i]) &&
            (!gr_list_push(&e->passed, &one) || !gr_explain_want(e, number)))
            return false;
    }
    return true;
}

static int by_place(const void *a, const void *b)
{
    const gr_passed *x = a, *y = b;
    int order = (x->day > y->day) - (x->day < y->day);

    if (order == 0)
        order = gr_text_compare(x->id, y->id);
    if (order == 0)
        order = (x->gift > y->gift) - (x->gift < y->gift);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* Gifts to the same party in the period, up to the judged one's day, of which nothing counts. */
static bool want_passed(gr_explaining *e)
{
    const gr_list *gifts = &e->run->intake.tally->gift;
    const gr_view *view = e->sum.chosen;

    if (view->period.basis == GR_ONE_GIFT)
        return true;
    for (uint32_t i = 0; i < gifts->count; i++) {
        const gr_gift *gift = GR_AT(*gifts, gr_gift, i);

        if (!gr_gift_counts(gift) || gift->day < view->period.from || gift->day > view->day ||
            (e->limit->per == GR_PER_GIVER && gift->giver != e->judged->giver))
            continue;
        if (!pass(e, i, gift))
            return false;
    }
    if (e->passed.count > 1)
        qsort(e->passed.items, e->passed.count, sizeof(gr_passed), by_place);
    return true;
}

gr_status gr_explain_sum(gr_explaining *e)
{
    gr_status status = make_case(e);
    const gr_total *total, *found = &e->judged->finding.total;

    if (status != GR_OK)
        return status;
    total = &e->sum.chosen->total;
    if (total->low != found->low || total->den != found->den ||
        total->unbounded != found->unbounded || (!total->unbounded && total->high != found->high))
        return gr_explain_disagrees(e, "the sum is another one");
    e->out->has_limit = true;
    e->out->is_sure = e->sum.chosen->is_sure;
    e->out->over = gr_is_over(e->limit, total->low, total->den, e->sum.chosen->row->amount)
                       ? GR_ANSWER_TRUE
                   : total->unbounded ||
                           gr_is_over(e->limit, total->high, total->den, e->sum.chosen->row->amount)
                       ? GR_ANSWER_UNKNOWN
                       : GR_ANSWER_FALSE;
    explain_limit(e);
    explain_views(e);
    return want_counted(e) && want_passed(e) ? GR_OK : gr_fail_memory(e->err);
}
