/* src/app/checker_answer.c - what is told: every verdict on the gift and on those it would push over a limit; what is left
 * of the limit; who else the recipient may be. */
#include "app/checker_inside.h"

#include "engine/follow.h"

#include <stdlib.h>
#include <string.h>

/* What is told outlives people and records. */
static bool keep(const gr_checking *c, gr_text *text)
{
    *text = gr_arena_copy(c->arena, *text);
    return text->ptr != NULL;
}

/* ---- what is left ---- */

typedef struct leaving {
    gr_checking *c;
    uint32_t person;
    gr_recipient_answer *out;
    gr_allowance *allowance;
} leaving;

static gr_amount amount_left(gr_amount limit, gr_wide sum, int64_t den)
{
    gr_wide num = (gr_wide)limit.num * den - sum * limit.den, over = (gr_wide)limit.den * den;

    if (num <= 0)
        return (gr_amount){ 0, 1 };
    while (num > INT64_MAX || over > INT64_MAX) { /* never more than there is */
        num /= 2;
        over = over / 2 + over % 2;
    }
    return (gr_amount){ (int64_t)num, (int64_t)over };
}

/* The smallest that any sum of a period with the day in it leaves: also a later one, which the gift would raise. */
static void note_left(leaving *l, const gr_view *view)
{
    gr_allowance left;

    if (!view || view->period.from > l->c->planned->value[GR_F_DATE].number)
        return;
    left.certain = amount_left(view->row->amount, view->total.low, view->total.den);
    left.unbounded = view->total.unbounded;
    left.possible = view->total.unbounded
                        ? (gr_amount){ 0, 1 }
                        : amount_left(view->row->amount, view->total.high, view->total.den);
    if (!l->out->has_allowance || gr_amount_compare(left.certain, l->allowance->certain) < 0)
        l->allowance->certain = left.certain;
    if (!l->out->has_allowance || gr_amount_compare(left.possible, l->allowance->possible) < 0)
        l->allowance->possible = left.possible;
    l->allowance->unbounded = l->allowance->unbounded || left.unbounded;
    if (!l->out->has_allowance) {
        l->out->limit = view->row->amount;
        l->out->period = view->period;
    }
    l->out->has_allowance = true;
}

static void take_share(void *context, size_t entry, const gr_view *view, gr_verdict verdict)
{
    leaving *l = context;
    const gr_tally *tally = l->c->intake.tally;
    const gr_entry *e = GR_AT(tally->entry[l->c->checker->book], gr_entry, entry);

    (void)verdict;
    if (l->c->who.same[e->recipient] == l->person &&
        GR_AT(tally->gift, gr_gift, e->gift)->day > l->c->planned->value[GR_F_DATE].number)
        note_left(l, view);
}

static void take_person(void *context, uint32_t person, const gr_view *view)
{
    leaving *l = context;

    if (person == l->person)
        note_left(l, view);
}

static bool say_who(gr_checking *c, size_t i, gr_recipient_answer *out)
{
    const gr_recipient *r = &c->planned->recipient[i];
    uint32_t person = c->who.same[c->recipient[i]];
    const gr_person *shown = &c->who.recipient[person];

    for (uint32_t n = 0; n < c->who.recipient_count; n++)
        out->is_known = out->is_known || (c->kept[n] && c->who.same[n] == person);
    out->id = out->is_known ? shown->id : gr_recipient_text(r, GR_F_RECIPIENT_ID);
    out->name = out->is_known ? shown->name : gr_recipient_text(r, GR_F_NAME);
    out->employer = out->is_known ? shown->employer : gr_recipient_text(r, GR_F_EMPLOYER);
    return keep(c, &out->id) && keep(c, &out->name) && keep(c, &out->employer);
}

gr_status gr_checking_allow(gr_checking *c, gr_recipient_answer *out, bool is_after, gr_error *err)
{
    const gr_checker *checker = c->checker;
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < c->planned->recipient_count; i++) {
        leaving l = { c, c->who.same[c->recipient[i]], &out[i],
                      is_after ? &out[i].after : &out[i].before };
        const gr_following following = { take_share, take_person,
                                         (gr_day)c->planned->value[GR_F_DATE].number, &l.person,
                                         &l };

        if (!say_who(c, i, &out[i]))
            return gr_fail_memory(err);
        out[i].has_allowance = false;
        if (!checker->has_limit)
            continue;
        status =
            gr_follow(c->intake.tally, &c->who, checker->book, checker->limit, &following, err);
    }
    return status;
}

/* ---- verdicts ---- */

static int by_weight(const void *a, const void *b)
{
    const gr_rule_answer *x = a, *y = b;
    int order = (int)y->verdict - (int)x->verdict;

    if (order == 0)
        order = gr_text_compare(x->rule, y->rule);
    if (order == 0)
        order = (x->gift.len > 0) - (y->gift.len > 0);
    if (order == 0)
        order = (x->recipient > y->recipient) - (x->recipient < y->recipient);
    if (order == 0)
        order = gr_text_compare(x->provision, y->provision);
    return order ? order : gr_text_compare(x->gift, y->gift);
}

static bool keep_rule(const gr_checking *c, gr_rule_answer *r)
{
    gr_text *const texts[] = { &r->kind,     &r->rule,   &r->clause,   &r->provision, &r->gift,
                               &r->currency, &r->reason, &r->question, &r->answers };

    for (size_t i = 0; i < GR_COUNT(texts); i++)
        if (!keep(c, texts[i]))
            return false;
    return true;
}

static gr_rule_answer rule_of(const gr_judged *judged, uint32_t gift)
{
    const gr_finding *f = &judged->finding;

    return (gr_rule_answer){ .verdict = f->verdict,
                             .kind = f->kind,
                             .rule = f->rule,
                             .clause = f->clause,
                             .provision = f->provision,
                             .recipient = judged->gift == gift ? f->position : 0,
                             .gift = judged->gift == gift ? GR_TEXT("") : f->gift,
                             .has_limit = f->has_limit,
                             .is_count = f->is_count,
                             .period = f->period,
                             .limit = f->limit,
                             .total = f->total,
                             .currency = f->currency,
                             .reason = f->reason,
                             .question = f->question,
                             .answers = f->answers };
}

/* ---- who else it may be ---- */

static gr_status tell_lookalikes(gr_checking *c, gr_preapproval *out, gr_error *err)
{
    gr_list found = GR_LIST(gr_lookalike);
    gr_lookalike *all;

    for (uint32_t i = 0; i < c->planned->recipient_count; i++) {
        uint32_t person = c->who.same[c->recipient[i]];

        for (uint32_t k = c->who.link_first[person]; k < c->who.link_first[person + 1]; k++) {
            const gr_person *other = &c->who.recipient[c->who.link[k]];
            gr_lookalike one = { i, other->id, other->name, other->employer, true };

            if (c->who.through[k] != GR_THROUGH_NONE)
                continue;
            if (!keep(c, &one.id) || !keep(c, &one.name) || !keep(c, &one.employer) ||
                !gr_list_push(&found, &one)) {
                gr_list_free(&found);
                return gr_fail_memory(err);
            }
        }
    }
    all = gr_arena_alloc(c->arena, (found.count + 1) * sizeof *all);
    if (all && found.count > 0)
        memcpy(all, found.items, found.count * sizeof *all);
    out->lookalike = all;
    out->lookalike_count = found.count;
    gr_list_free(&found);
    return all ? GR_OK : gr_fail_memory(err);
}

gr_status gr_checking_tell(gr_checking *c, const gr_judgement *judgement, uint32_t gift,
                           gr_preapproval *out, gr_error *err)
{
    gr_rule_answer *rule = gr_arena_alloc(c->arena, (judgement->judged.count + 1) * sizeof *rule);
    size_t count = 0;

    if (!rule)
        return gr_fail_memory(err);
    for (size_t i = 0; i < judgement->judged.count; i++) {
        const gr_judged *one = GR_AT(judgement->judged, gr_judged, i);

        if (!gr_checking_is_told(c, one, gift))
            continue;
        rule[count] = rule_of(one, gift);
        if (!keep_rule(c, &rule[count++]))
            return gr_fail_memory(err);
    }
    if (count > 1)
        qsort(rule, count, sizeof *rule, by_weight);
    out->rule = rule;
    out->rule_count = count;
    out->clearance = gr_checking_clearance(c, judgement, gift);
    return tell_lookalikes(c, out, err);
}
