/* src/engine/judge.c - person by person, gift by gift in order of day and record id, each with everything counted in
 * its period up to and including it. A later rise of the limit cures nothing. */
#include "engine/judging.h"

#include "base/os.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

void gr_judgement_free(gr_judgement *judgement)
{
    gr_list_free(&judgement->judged);
    gr_list_free(&judgement->contribution);
    gr_arena_free(judgement->second);
    judgement->second = NULL;
}

/* ---- near the limit ---- */

static bool is_near(const gr_judging *j, const gr_view *view)
{
    gr_amount share = j->tally->set->policy.near_limit, from;
    bool adds_up = view->period.basis != GR_ONE_DAY && view->period.basis != GR_ONE_GIFT;

    if (!adds_up || j->limit->verdict == GR_WARNING || view->row->amount.num == 0)
        return false; /* a warning would come too late, or twice, or for nothing */
    return share.num > 0 && gr_amount_multiply(view->row->amount, share.num, share.den, &from) &&
           view->total.high * from.den >= (gr_wide)from.num * view->total.den;
}

static bool flush_near(gr_judging *j)
{
    bool had = j->has_near;

    j->has_near = false;
    return !had || gr_find_limit(j, &j->near, GR_WARNING, true);
}

/* One warning for a person and a period: at the last gift, if it is still near and nothing worse was found. */
static bool watch_near(gr_judging *j, const gr_case *c, gr_verdict verdict)
{
    bool same_period = j->has_near && (c->chosen->period.basis == GR_TRAILING ||
                                       c->chosen->period.from == j->near.chosen->period.from);

    if (same_period)
        j->has_near = false;
    if (!flush_near(j))
        return false;
    if (verdict != GR_COMPLIANT || !is_near(j, c->chosen))
        return true;
    j->near = *c;
    j->near.chosen = &j->near.view[c->chosen - c->view];
    j->has_near = true;
    return true;
}

/* ---- people ---- */

static bool is_asked_for(const gr_judging *j, gr_day day)
{
    return day >= j->out->from && day <= j->out->to;
}

/* Several shares of one gift to one person, written in two ways perhaps, are one question, asked at the last of the
 * person's own; else at the last that a relative took. */
static bool is_asked_elsewhere(const gr_judging *j, const gr_item *item)
{
    const gr_item *first = gr_group_item(&j->group, 0);
    const gr_item *end = gr_group_item(&j->group, j->group.count);

    for (const gr_item *i = item + 1; i < end && i->entry->gift == item->entry->gift; i++)
        if (i->own || (!item->own && i->through != GR_THROUGH_NONE))
            return true;
    for (const gr_item *i = item; !item->own && i > first && i[-1].entry->gift == i->entry->gift;
         i--)
        if (i[-1].own)
            return true;
    return false;
}

/* What a relative took is looked at with the sum of the one for whom it may have been meant, since that is not among the
 * relative's own; but not where nobody else got anything: that sum is told of the relative. */
static bool is_looked_at(const gr_judging *j, const gr_item *item)
{
    return item->own || (item->through != GR_THROUGH_NONE && j->group.persons > 1);
}

static bool is_told(const gr_judging *j, const gr_case *c, gr_verdict verdict)
{
    if (!c->item->own && c->chosen->period.basis == GR_ONE_GIFT)
        return false; /* by itself it is told of the relative */
    return verdict > GR_COMPLIANT || (c->item->own && j->out->keep_compliant);
}

static gr_status judge_item(gr_judging *j, const gr_item *item)
{
    gr_case c = { .shares = &j->shares, .group = &j->group, .item = item };
    gr_verdict verdict;

    if (!is_looked_at(j, item) || !is_asked_for(j, item->day) || is_asked_elsewhere(j, item))
        return GR_OK;
    verdict = gr_case_make(&c);
    if (c.view_count == 0)
        return GR_OK;
    if (item->own && !watch_near(j, &c, verdict))
        return gr_fail_memory(j->err);
    if (is_told(j, &c, verdict) && !gr_find_limit(j, &c, verdict, false))
        return gr_fail_memory(j->err);
    return GR_OK;
}

static gr_status judge_group(gr_judging *j, uint32_t party, uint32_t giver)
{
    gr_status status = gr_group_fill(&j->shares, party, giver, &j->group, j->err);

    j->counted = NULL;
    for (size_t i = 0; status == GR_OK && i < j->group.count; i++)
        status = judge_item(j, gr_group_item(&j->group, i));
    if (status == GR_OK && !flush_near(j))
        status = gr_fail_memory(j->err);
    j->has_near = false;
    return status;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static gr_status judge_each_giver(gr_judging *j, uint32_t party)
{
    gr_status status = GR_OK;

    gr_list_cut(&j->givers, 0);
    for (uint32_t i = j->shares.first[party]; i < j->shares.first[party + 1]; i++) {
        const gr_entry *e = GR_AT(j->tally->entry[j->shares.book], gr_entry, j->shares.order[i]);

        if (!gr_list_push(&j->givers, &GR_AT(j->tally->gift, gr_gift, e->gift)->giver))
            return gr_fail_memory(j->err);
    }
    qsort(j->givers.items, j->givers.count, sizeof(uint32_t), by_number);
    for (size_t i = 0; status == GR_OK && i < j->givers.count; i++)
        if (i == 0 || *GR_AT(j->givers, uint32_t, i) != *GR_AT(j->givers, uint32_t, i - 1))
            status = judge_group(j, party, *GR_AT(j->givers, uint32_t, i));
    return status;
}

static gr_status judge_party(gr_judging *j, uint32_t party)
{
    return j->limit->per == GR_PER_GIVER ? judge_each_giver(j, party)
                                         : judge_group(j, party, GR_NONE);
}

/* ---- two threads, each with half of the parties ---- */

enum {
    GR_WORTH_A_THREAD = 50000
}; /* shares; judging half of them takes longer than a thread to start */

typedef struct half {
    gr_judging j;
    gr_judgement out;
    gr_error err;
    uint32_t from, to; /* parties */
    gr_status status;
} half;

/* Who is judged is judged whole: whoever stands for the person is marked as well. */
static bool is_wanted(const gr_judging *j, uint32_t party)
{
    return !j->out->wanted || j->limit->per == GR_PER_CLIENT || j->out->wanted[party];
}

/* Did anybody get anything that is added up for the party? */
static bool has_shares(const gr_judging *j, uint32_t party)
{
    const gr_who *who = j->who;

    if (j->shares.first[party] < j->shares.first[party + 1])
        return true;
    if (j->limit->per == GR_PER_CLIENT || !who->through)
        return false;
    for (uint32_t i = who->link_first[party]; i < who->link_first[party + 1]; i++)
        if (who->through[i] != GR_THROUGH_NONE)
            return true;
    return false;
}

static void *judge_parties(void *context)
{
    half *h = context;

    for (uint32_t p = h->from; h->status == GR_OK && p < h->to; p++)
        if (has_shares(&h->j, p) && is_wanted(&h->j, p))
            h->status = judge_party(&h->j, p);
    return NULL;
}

/* The party before which half of the shares lie. */
static uint32_t middle_party(const gr_shares *shares)
{
    uint32_t parties = (uint32_t)shares->parties, p = 0;

    while (p < parties && shares->first[p] < shares->first[parties] / 2)
        p++;
    return p;
}

/* What the second half found comes behind the first: the same order as with one thread. */
static bool append(gr_judgement *out, const gr_judgement *more)
{
    uint32_t before = (uint32_t)out->judged.count;

    for (size_t i = 0; i < more->judged.count; i++)
        if (!gr_list_push(&out->judged, GR_AT(more->judged, gr_judged, i)))
            return false;
    for (size_t i = 0; i < more->contribution.count; i++) {
        gr_contribution c = *GR_AT(more->contribution, gr_contribution, i);

        c.finding += before;
        if (!gr_list_push(&out->contribution, &c))
            return false;
    }
    return true;
}

static uint32_t *create_told(const gr_who *who)
{
    size_t size = sizeof(uint32_t) * (who->giver_count + 1);
    uint32_t *told = gr_os_alloc(size);

    return told ? memset(told, 0, size) : NULL;
}

static gr_status judge_halves(gr_judging *j)
{
    uint32_t middle = middle_party(&j->shares);
    half first = { .j = *j, .to = middle }, second = { .j = *j, .from = middle };
    pthread_t thread;
    bool has_thread;

    second.j.told = create_told(j->who);
    if (!second.j.told)
        return gr_fail_memory(j->err);
    second.to = (uint32_t)j->shares.parties;
    second.out = *j->out;
    second.out.arena = j->out->second;
    second.out.judged = GR_LIST(gr_judged);
    second.out.contribution = GR_LIST(gr_contribution);
    second.j.out = &second.out;
    second.j.err = &second.err;
    second.j.group.items = GR_LIST(gr_item);
    second.j.givers = GR_LIST(uint32_t);
    has_thread = pthread_create(&thread, NULL, judge_parties, &second) == 0;
    judge_parties(&first);
    if (has_thread)
        pthread_join(thread, NULL);
    else
        judge_parties(&second);
    j->group = first.j.group; /* its lists have grown */
    j->givers = first.j.givers;
    if (first.status == GR_OK && second.status != GR_OK) {
        *j->err = second.err;
        first.status = second.status;
    }
    if (first.status == GR_OK && !append(j->out, &second.out))
        first.status = gr_fail_memory(j->err);
    gr_list_free(&second.j.group.items);
    gr_list_free(&second.j.givers);
    gr_list_free(&second.out.judged);
    gr_list_free(&second.out.contribution);
    gr_os_free(second.j.told);
    j->telling = first.j.telling;
    return first.status;
}

static gr_status judge_whole(gr_judging *j)
{
    half all = { .j = *j, .to = (uint32_t)j->shares.parties };

    judge_parties(&all);
    j->group = all.j.group;
    j->givers = all.j.givers;
    j->telling = all.j.telling;
    return all.status;
}

static gr_status judge_limit(gr_judging *j, uint16_t book, size_t limit)
{
    bool for_two = j->tally->entry[book].count >= GR_WORTH_A_THREAD;
    gr_status status = gr_shares_create(j->tally, j->who, book, limit, &j->shares, j->err);

    if (status != GR_OK)
        return status;
    j->book = &j->tally->set->book[book];
    j->limit = j->shares.limit;
    if (for_two && !j->out->second)
        j->out->second = gr_arena_create();
    status = for_two && j->out->second ? judge_halves(j) : judge_whole(j);
    gr_shares_free(&j->shares);
    return status;
}

static gr_status judge_book(gr_judging *j, uint16_t book)
{
    gr_status status = GR_OK;

    if (j->tally->entry[book].count == 0)
        return GR_OK;
    for (size_t i = 0; status == GR_OK && i < j->tally->set->book[book].limit_count; i++)
        status = judge_limit(j, book, i);
    return status;
}

/* ---- duties ---- */

/* Do two breaches of a gift make one finding? Of the gift they do, and of one person who is named twice. */
static bool is_one_finding(const gr_judging *j, const gr_breach *a, const gr_breach *b)
{
    if (a->book != b->book || a->duty != b->duty)
        return false;
    return a->duty == GR_NO_LAW || j->tally->set->book[a->book].duty[a->duty].about_gift ||
           j->who->same[a->recipient] == j->who->same[b->recipient];
}

/* Is the same duty broken more surely, or first, for another recipient of the gift? A gift's breaches are
 * neighbours in the list. */
static bool is_told_elsewhere(const gr_judging *j, size_t i)
{
    const gr_list *list = &j->tally->breach;
    const gr_breach *breach = GR_AT(*list, gr_breach, i);
    size_t k = i;

    while (k > 0 && GR_AT(*list, gr_breach, k - 1)->gift == breach->gift)
        k--;
    for (; k < list->count && GR_AT(*list, gr_breach, k)->gift == breach->gift; k++) {
        const gr_breach *other = GR_AT(*list, gr_breach, k);

        if (k != i && is_one_finding(j, breach, other) &&
            (other->truth > breach->truth || (other->truth == breach->truth && k < i)))
            return true;
    }
    return false;
}

/* Duties are judged of whole gifts: of those that somebody got who is judged. */
static bool is_wanted_gift(const gr_judging *j, uint32_t gift)
{
    size_t count, i = 0;
    const uint32_t *recipient = gr_tally_recipients(j->tally, gift, &count);

    while (j->out->wanted && i < count && !j->out->wanted[recipient[i]])
        i++;
    return !j->out->wanted || i < count;
}

/* Where a duty is about the gift, the worst answer among its recipients is told, once. */
static gr_status judge_breaches(gr_judging *j)
{
    const gr_list *list = &j->tally->breach;

    for (size_t i = 0; i < list->count; i++) {
        const gr_breach *breach = GR_AT(*list, gr_breach, i);
        const gr_gift *gift = GR_AT(j->tally->gift, gr_gift, breach->gift);

        if ((gr_gift_counts(gift) || (breach->stands && !gift->is_dead)) &&
            is_asked_for(j, gift->day) && is_wanted_gift(j, breach->gift) &&
            !is_told_elsewhere(j, i) && !gr_find_breach(j, breach))
            return gr_fail_memory(j->err);
    }
    return GR_OK;
}

gr_status gr_judge(const gr_tally *tally, const gr_who *who, gr_judgement *judgement, gr_error *err)
{
    gr_judging j = { .tally = tally,
                     .who = who,
                     .out = judgement,
                     .told = create_told(who),
                     .err = err,
                     .givers = GR_LIST(uint32_t),
                     .group = { .items = GR_LIST(gr_item) } };
    gr_status status = j.told ? GR_OK : gr_fail_memory(err);

    judgement->judged = GR_LIST(gr_judged);
    judgement->contribution = GR_LIST(gr_contribution);
    judgement->second = NULL;
    for (uint16_t b = 0; status == GR_OK && b < tally->set->book_count; b++)
        status = judge_book(&j, b);
    if (status == GR_OK)
        status = judge_breaches(&j);
    gr_list_free(&j.group.items);
    gr_list_free(&j.givers);
    gr_os_free(j.told);
    if (status != GR_OK)
        gr_judgement_free(judgement);
    return status;
}
