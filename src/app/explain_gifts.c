/* src/app/explain_gifts.c - the gifts of an explanation, in the order in which the finding counted them: each is judged
 * again with its record at hand, and must come out as it did. */
#include "app/explain.h"

#include <string.h>

typedef struct telling {
    gr_explaining *e;
    gr_explained_gift *gift;
    uint32_t *place; /* of each: among the recipients of its record */
    size_t count, room;
    gr_wide low, high; /* what has been counted so far */
    bool is_unbounded;
} telling;

/* ---- one share ---- */

static const gr_fetched *fetched(const gr_explaining *e, uint32_t gift)
{
    return gr_fetched_find(&e->wanted, gift);
}

static gr_traced traced(const gr_explaining *e, uint32_t gift, uint32_t place)
{
    const gr_fetched *f = fetched(e, gift);

    return (gr_traced){ f->record,
                        &f->record->recipient[place],
                        f->stated,
                        GR_AT(e->run->intake.tally->gift, gr_gift, gift)->day,
                        place,
                        f->supplied,
                        f->supplied_count };
}

static void name_source(gr_explaining *e, uint32_t gift, gr_explained_gift *out)
{
    const gr_gift *g = GR_AT(e->run->intake.tally->gift, gr_gift, gift);
    const gr_source *source = GR_AT(e->run->intake.source, gr_source, g->source);

    out->source = (gr_place){ source->file.ptr, g->line, 0 };
    out->format = source->format;
}

/* Where the next share of the same gift to the same number is looked for. */
static uint32_t first_place(const telling *t, const gr_entry *entry, const gr_entry *const *told)
{
    for (size_t i = t->count; i-- > 0;)
        if (told[i]->gift == entry->gift && told[i]->recipient == entry->recipient)
            return t->place[i] + 1;
    return 0;
}

static bool is_as_kept(gr_explaining *e, const gr_traced *share, const gr_ruling *kept,
                       gr_explained_gift *out)
{
    gr_ruling ruling;

    return gr_trace_share(&e->trace, share, e->limit, &ruling, out) != GR_FALSE &&
           memcmp(&ruling, kept, sizeof ruling) == 0;
}

/* Whether telling the share at this place of its gift gives what the tally has. */
static bool tell_at(telling *t, const gr_entry *entry, uint32_t place, gr_explained_gift *out)
{
    gr_explaining *e = t->e;
    const gr_ruling *kept = GR_AT(e->run->intake.tally->ruling, gr_ruling, entry->ruling);
    const gr_gift *gift = GR_AT(e->run->intake.tally->gift, gr_gift, entry->gift);
    gr_traced share = traced(e, entry->gift, place);
    gr_ruling as_kept = *kept;
    const gr_other_day *days;

    as_kept.differs_by_day = as_kept.may_lapse = false; /* told by the days themselves */
    if (is_as_kept(e, &share, &as_kept, out))
        return true;
    if (!gift->has_other_day)
        return false;
    days = gr_tally_other_day(e->run->intake.tally, entry->gift); /* no limit on its own day */
    share.day = days->first;
    if (is_as_kept(e, &share, &as_kept, out))
        return true;
    share.day = days->last;
    return is_as_kept(e, &share, &as_kept, out);
}

/* Recipients of one number: one number may stand in a gift more than once. */
static bool tell_share(telling *t, const gr_entry *entry, const gr_entry *const *told,
                       gr_explained_gift *out)
{
    size_t count;
    const uint32_t *recipient = gr_tally_recipients(t->e->run->intake.tally, entry->gift, &count);

    for (uint32_t i = first_place(t, entry, told); i < count; i++) {
        if (recipient[i] == entry->recipient && tell_at(t, entry, i, out)) {
            t->place[t->count] = i;
            return true;
        }
        if (t->e->trace.no_memory)
            return false;
    }
    return false;
}

static void tell_other_days(telling *t, const gr_entry *entry, const gr_other_day *days,
                            gr_explained_gift *out)
{
    gr_traced share = traced(t->e, entry->gift, t->place[t->count]);
    gr_explained_day *list = gr_trace_take(&t->e->trace, sizeof *list * 2);

    out->other_day = list;
    if (list)
        list[out->other_day_count++] = gr_trace_day(&t->e->trace, &share, days->first);
    if (list && days->last != days->first)
        list[out->other_day_count++] = gr_trace_day(&t->e->trace, &share, days->last);
}

static void tell_item(telling *t, const gr_item *item, gr_wide low, gr_explained_gift *out)
{
    const gr_entry *entry = item->entry;

    name_source(t->e, entry->gift, out);
    out->recipient = entry->recipient;
    out->counts = (gr_span){ entry->low, entry->high, entry->den };
    if (item->days)
        tell_other_days(t, entry, item->days, out);
    out->is_judged = (item->own || t->e->judged->is_through) && entry->gift == t->e->gift;
    out->is_own = item->own;
    out->is_partly = item->own && low < item->low;
    out->low = low;
    out->high = item->high;
    out->is_unbounded = item->is_unbounded;
    t->low += low;
    t->high += item->high;
    t->is_unbounded = t->is_unbounded || item->is_unbounded;
    out->sum_low = t->low;
    out->sum_high = t->high;
    out->sum_unbounded = t->is_unbounded;
}

/* ---- all that were counted ---- */

static bool is_value(const gr_explaining *e, const gr_item *item, gr_wide low,
                     const gr_counted *counted)
{
    gr_span value = counted->value;

    if (e->limit->is_count)
        return value.low == low && value.high == item->high;
    if (item->is_unbounded != (value.high == GR_UNBOUNDED))
        return false;
    return low == (gr_wide)value.low * e->group.den / value.den &&
           (item->is_unbounded ||
            item->high == ((gr_wide)value.high * e->group.den + value.den - 1) / value.den);
}

static gr_status tell_next(telling *t, const gr_item *item, gr_wide low, const gr_entry **told)
{
    const gr_finding *f = &t->e->judged->finding;
    gr_explained_gift *out = &t->gift[t->count];

    if (t->count == t->room)
        return gr_explain_disagrees(t->e, "it counts more gifts");
    if (!tell_share(t, item->entry, told, out))
        return t->e->trace.no_memory ? gr_fail_memory(t->e->err)
                                     : gr_explain_disagrees(t->e, "a gift counts otherwise");
    tell_item(t, item, low, out);
    out->note = f->counted[t->count].note;
    if (gr_explain_other_record(t->e, item->entry->gift, out) != GR_OK)
        return GR_ENOMEM;
    if (!gr_text_equal(out->id, f->counted[t->count].gift) ||
        !is_value(t->e, item, low, &f->counted[t->count]))
        return gr_explain_disagrees(t->e, "a gift counts another amount");
    told[t->count++] = item->entry;
    return GR_OK;
}

/* In the order of the finding: where days differ, the judged gift comes last. */
static gr_status tell_counted(telling *t, const gr_entry **told)
{
    const gr_case *c = &t->e->sum;
    bool is_last_apart = t->e->group.many_days > 0;
    gr_status status = GR_OK;
    const gr_item *item;
    size_t cursor = 0;
    gr_wide low;

    while (status == GR_OK && (item = gr_case_next(c, &cursor, &low)))
        if (!is_last_apart || item->entry != c->item->entry)
            status = tell_next(t, item, low, told);
    if (status == GR_OK && is_last_apart)
        status = tell_next(t, c->item, c->item->low, told);
    return status;
}

static gr_status check_sum(const telling *t)
{
    const gr_total *total = &t->e->judged->finding.total;

    if (t->count != t->e->judged->finding.counted_count)
        return gr_explain_disagrees(t->e, "it counts fewer gifts");
    if (t->low != total->low || t->is_unbounded != total->unbounded ||
        (!total->unbounded && t->high != total->high))
        return gr_explain_disagrees(t->e, "the gifts add up to another sum");
    return GR_OK;
}

static gr_status tell_sum(gr_explaining *e)
{
    size_t room = e->judged->finding.counted_count;
    telling t = { .e = e,
                  .gift = gr_trace_take(&e->trace, sizeof *t.gift * room),
                  .place = gr_trace_take(&e->trace, sizeof *t.place * room),
                  .room = room };
    const gr_entry **told = gr_trace_take(&e->trace, sizeof *told * room);
    gr_status status;

    if (!t.gift || !t.place || !told)
        return gr_fail_memory(e->err);
    status = tell_counted(&t, told);
    if (status == GR_OK)
        status = check_sum(&t);
    e->out->gift = t.gift;
    e->out->gift_count = t.count;
    return status;
}

/* ---- what the sum passed over ---- */

static void tell_passed(gr_explaining *e)
{
    gr_left_out *list = gr_trace_take(&e->trace, sizeof *list * e->passed.count);

    e->out->left_out = list;
    for (size_t i = 0; list && i < e->passed.count; i++) {
        const gr_passed *one = GR_AT(e->passed, gr_passed, i);
        gr_traced share = traced(e, one->gift, one->place);
        gr_explained_gift about;

        name_source(e, one->gift, &about);
        list[e->out->left_out_count++] = (gr_left_out){
            .id = one->id,
            .day = one->day,
            .source = about.source,
            .giver_id = gr_record_text(share.record, GR_F_GIVER_ID),
            .giver_name = gr_record_text(share.record, GR_F_GIVER_NAME),
            .why = gr_trace_left_out(&e->trace, &share, e->limit),
        };
    }
}

/* ---- the gift of a duty ---- */

static gr_answer broken_by(const gr_explained_gift *gift, gr_text duty)
{
    for (size_t i = 0; i < gift->duties.claimed_count; i++)
        if (gr_text_equal(gift->duties.claimed[i].id, duty))
            return gift->duties.claimed[i].broken;
    return GR_ANSWER_FALSE;
}

static gr_status tell_breach(gr_explaining *e)
{
    gr_explained_gift *gift = gr_trace_take(&e->trace, sizeof *gift);
    size_t count;
    const uint32_t *recipient = gr_tally_recipients(e->run->intake.tally, e->gift, &count);

    for (uint32_t i = 0; gift && i < count; i++) {
        gr_traced share = traced(e, e->gift, i);
        gr_ruling ruling;

        if (recipient[i] != e->breach->recipient)
            continue;
        gr_trace_share(&e->trace, &share, NULL, &ruling, gift);
        if (e->trace.no_memory)
            break;
        if (e->out->has_duty && !e->breach->differs_by_day && /* then its own day says otherwise */
            broken_by(gift, e->out->duty) != (gr_answer)e->breach->truth)
            continue;
        name_source(e, e->gift, gift);
        gift->recipient = recipient[i];
        gift->is_own = gift->is_judged = true;
        e->out->gift = gift;
        e->out->gift_count = 1;
        return gr_explain_other_record(e, e->gift, gift);
    }
    return e->trace.no_memory ? gr_fail_memory(e->err)
                              : gr_explain_disagrees(e, "the duty is not broken");
}

gr_status gr_explain_gifts(gr_explaining *e)
{
    gr_status status;

    if (e->breach)
        return tell_breach(e);
    status = tell_sum(e);
    if (status == GR_OK)
        tell_passed(e);
    return status;
}
