/* src/engine/judge.c - person by person, gift by gift in order of day and record id, each with everything counted in
 * its period up to and including it. A later rise of the limit cures nothing. */
#include "engine/judge.h"

#include "base/digest.h"
#include "base/os.h"
#include "engine/reason.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct judge {
    const gr_tally *tally;
    const gr_who *who;
    gr_judgement *out;
    gr_shares shares;
    const gr_rulebook *book;
    const gr_limit *limit;
    gr_list givers; /* of uint32_t: of one party, where each giver is added up apart */
    gr_group group;
    const gr_counted *counted; /* the group's items as the report shows them; made on first need */
    gr_case near; /* a warning that a later gift of the same period may make needless */
    bool has_near;
    uint32_t *told;   /* of each giver: the last finding that he or she was told of */
    uint32_t telling; /* findings told of so far */
    gr_error *err;
} judge;

void gr_judgement_free(gr_judgement *judgement)
{
    gr_list_free(&judgement->judged);
    gr_list_free(&judgement->contribution);
    gr_arena_free(judgement->second);
    judgement->second = NULL;
}

/* ---- findings ---- */

/* Where the recipient stands among those of the gift: unlike a name, a later record cannot change that. */
static uint32_t position_of(const judge *j, uint32_t gift, uint32_t recipient)
{
    size_t count;
    const uint32_t *all = gr_tally_recipients(j->tally, gift, &count);
    uint32_t i = 0;

    while (i + 1 < count && all[i] != recipient)
        i++;
    return i;
}

static void make_id(const gr_finding *f, uint32_t position, gr_arena *arena, gr_text *out)
{
    const gr_text parts[] = { f->rule, f->kind, f->provision, f->gift, f->giver_id };
    char hex[GR_DIGEST_HEX];
    gr_digest digest;

    gr_digest_start(&digest);
    for (size_t i = 0; i < GR_COUNT(parts); i++) {
        gr_digest_add(&digest, parts[i].ptr, parts[i].len);
        gr_digest_add(&digest, "", 1);
    }
    gr_digest_add(&digest, &f->day, sizeof f->day);
    gr_digest_add(&digest, &position, sizeof position);
    gr_digest_end(&digest, hex);
    *out = gr_arena_print(arena, "F-%.12s", hex);
}

/* What every finding has: the gift, its giver, its recipient, its place. */
static bool start_finding(judge *j, const gr_rulebook *book, uint32_t gift, uint32_t recipient,
                          gr_judged *out)
{
    const gr_gift *g = GR_AT(j->tally->gift, gr_gift, gift);
    const gr_person *person = &j->who->recipient[j->who->same[recipient]];
    const gr_person *giver = &j->who->giver[g->giver];
    gr_text id = gr_arena_copy(j->out->arena, gr_tally_id(j->tally, gift));

    *out = (gr_judged){ .giver = g->giver, .recipient = j->who->same[recipient] };
    out->finding = (gr_finding){ .rule = book->id,
                                 .day = g->day,
                                 .gift = id,
                                 .source = { j->out->source[g->source].ptr, g->line, 0 },
                                 .giver_id = giver->id,
                                 .giver_name = giver->name,
                                 .recipient_id = person->id,
                                 .recipient_name = person->name,
                                 .recipient_employer = person->employer,
                                 .currency = book->currency };
    return id.ptr != NULL;
}

/* low: what it surely counts, over the group's den. */
static bool fill_counted(judge *j, const gr_item *item, gr_wide low, gr_counted *counted)
{
    const gr_gift *g = GR_AT(j->tally->gift, gr_gift, item->entry->gift);
    const gr_person *giver = &j->who->giver[g->giver];
    const gr_entry *e = item->entry;
    bool is_partly = item->own && low < item->low;
    gr_span worth = { item->own && !is_partly && !item->is_open ? e->low : 0, e->high, e->den };
    gr_span count = { (int64_t)low, (int64_t)item->high, 1 };

    *counted = (gr_counted){
        .gift = gr_arena_copy(j->out->arena, gr_text_of(item->id)),
        .day = item->day,
        .giver_id = giver->id,
        .giver_name = giver->name,
        .value = j->limit->is_count ? count : worth,
        .source = { j->out->source[g->source].ptr, g->line, 0 },
        .note = gr_reason_item(&j->shares, item, is_partly, j->out->arena),
        .through_other = !item->own,
    };
    return counted->gift.ptr && counted->note.ptr;
}

/* All items of the group, made once for all findings about the person. */
static const gr_counted *counted_of_group(judge *j)
{
    gr_counted *list;

    if (j->counted)
        return j->counted;
    list = gr_arena_alloc(j->out->arena, sizeof *list * (j->group.count + 1));
    for (size_t i = 0; list && i < j->group.count; i++)
        if (!fill_counted(j, gr_group_item(&j->group, i), gr_group_item(&j->group, i)->low,
                          &list[i]))
            return NULL;
    return j->counted = list;
}

/* Where days differ, what is counted differs from finding to finding: each has a list of its own, with the judged
 * gift at its end. */
static bool counted_of_case(judge *j, const gr_case *c, gr_finding *f)
{
    gr_counted *list = gr_arena_alloc(j->out->arena, sizeof *list * (j->group.count + 1));
    size_t cursor = 0, n = 0;
    gr_wide low;
    const gr_item *item;

    while (list && (item = gr_case_next(c, &cursor, &low)))
        if (item->entry != c->item->entry && !fill_counted(j, item, low, &list[n++]))
            return false;
    if (!list || !fill_counted(j, c->item, c->item->low, &list[n]))
        return false;
    list[n].day = c->chosen->day;
    f->counted = list;
    f->counted_count = n + 1;
    return true;
}

static bool add_counted(judge *j, const gr_case *c, gr_finding *f)
{
    const gr_counted *all;

    if (j->group.many_days > 0)
        return counted_of_case(j, c, f);
    all = counted_of_group(j);
    f->counted = all ? all + c->chosen->start : NULL;
    f->counted_count = c->chosen->end - c->chosen->start;
    return all != NULL;
}

/* Everybody else who gave something that was counted is told of the finding, once. */
static bool add_contributions(judge *j, const gr_case *c, uint32_t giver)
{
    uint32_t finding = (uint32_t)j->out->judged.count;
    const gr_item *item;
    size_t cursor = 0;
    gr_wide low;

    j->told[giver] = ++j->telling;
    while ((item = gr_case_next(c, &cursor, &low))) {
        uint32_t other = GR_AT(j->tally->gift, gr_gift, item->entry->gift)->giver;
        gr_contribution one = { other, finding };

        if (j->told[other] == j->telling)
            continue;
        j->told[other] = j->telling;
        if (!gr_list_push(&j->out->contribution, &one))
            return false;
    }
    return true;
}

static void fill_limit(judge *j, const gr_case *c, gr_verdict verdict, gr_finding *f)
{
    const gr_view *view = c->chosen;

    f->verdict = verdict;
    f->kind = j->limit->kind;
    f->clause = j->limit->clause;
    f->provision = j->limit->id;
    f->has_limit = true;
    f->is_count = j->limit->is_count;
    f->period = view->period;
    f->limit = view->row->amount;
    f->total = view->total;
    f->over = (gr_amount){ 0, 1 };
    if (gr_is_over(j->limit, view->total.low, view->total.den, f->limit)) {
        gr_wide over = view->total.low * f->limit.den - (gr_wide)f->limit.num * view->total.den;

        f->over = (gr_amount){ over < GR_UNBOUNDED ? (int64_t)over : GR_UNBOUNDED - 1,
                               view->total.den * f->limit.den };
    }
}

static bool add_limit_finding(judge *j, const gr_case *c, gr_verdict verdict, bool is_near)
{
    gr_judged judged;
    gr_finding *f = &judged.finding;

    if (!start_finding(j, j->book, c->item->entry->gift, c->item->entry->recipient, &judged))
        return false;
    fill_limit(j, c, verdict, f);
    if (!(is_near ? gr_reason_near : gr_reason_limit)(c, j->out->arena, f) || !add_counted(j, c, f))
        return false;
    make_id(f, position_of(j, c->item->entry->gift, c->item->entry->recipient), j->out->arena,
            &f->id);
    if (verdict >= GR_NEEDS_REVIEW && !add_contributions(j, c, judged.giver))
        return false;
    return f->id.ptr && gr_list_push(&j->out->judged, &judged);
}

/* ---- near the limit ---- */

static bool is_near(const judge *j, const gr_view *view)
{
    gr_amount share = j->tally->set->policy.near_limit, from;
    bool adds_up = view->period.basis != GR_ONE_DAY && view->period.basis != GR_ONE_GIFT;

    if (!adds_up || j->limit->verdict == GR_WARNING || view->row->amount.num == 0)
        return false; /* a warning would come too late, or twice, or for nothing */
    return share.num > 0 && gr_amount_multiply(view->row->amount, share.num, share.den, &from) &&
           view->total.high * from.den >= (gr_wide)from.num * view->total.den;
}

static bool flush_near(judge *j)
{
    bool had = j->has_near;

    j->has_near = false;
    return !had || add_limit_finding(j, &j->near, GR_WARNING, true);
}

/* One warning for a person and a period: at the last gift, if it is still near and nothing worse was found. */
static bool watch_near(judge *j, const gr_case *c, gr_verdict verdict)
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

static bool is_asked_for(const judge *j, gr_day day)
{
    return day >= j->out->from && day <= j->out->to;
}

/* Several shares of one gift to one person, written in two ways perhaps, are one question, asked at the last. */
static bool is_asked_later(const judge *j, const gr_item *item)
{
    const gr_item *end = gr_group_item(&j->group, j->group.count);

    for (const gr_item *i = item + 1; i < end && i->entry->gift == item->entry->gift; i++)
        if (i->own)
            return true;
    return false;
}

static gr_status judge_item(judge *j, const gr_item *item)
{
    gr_case c = { .shares = &j->shares, .group = &j->group, .item = item };
    gr_verdict verdict;

    if (!item->own || !is_asked_for(j, item->day) || is_asked_later(j, item))
        return GR_OK;
    verdict = gr_case_make(&c);
    if (c.view_count == 0)
        return GR_OK;
    if (!watch_near(j, &c, verdict))
        return gr_fail_memory(j->err);
    if ((verdict > GR_COMPLIANT || j->out->keep_compliant) &&
        !add_limit_finding(j, &c, verdict, false))
        return gr_fail_memory(j->err);
    return GR_OK;
}

static gr_status judge_group(judge *j, uint32_t party, uint32_t giver)
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

static gr_status judge_each_giver(judge *j, uint32_t party)
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

static gr_status judge_party(judge *j, uint32_t party)
{
    return j->limit->per == GR_PER_GIVER ? judge_each_giver(j, party)
                                         : judge_group(j, party, GR_NONE);
}

/* ---- two threads, each with half of the parties ---- */

enum {
    GR_WORTH_A_THREAD = 50000
}; /* shares; judging half of them takes longer than a thread to start */

typedef struct half {
    judge j;
    gr_judgement out;
    gr_error err;
    uint32_t from, to; /* parties */
    gr_status status;
} half;

static void *judge_parties(void *context)
{
    half *h = context;

    for (uint32_t p = h->from; h->status == GR_OK && p < h->to; p++)
        if (h->j.shares.first[p] < h->j.shares.first[p + 1])
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

static gr_status judge_halves(judge *j)
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

static gr_status judge_whole(judge *j)
{
    half all = { .j = *j, .to = (uint32_t)j->shares.parties };

    judge_parties(&all);
    j->group = all.j.group;
    j->givers = all.j.givers;
    j->telling = all.j.telling;
    return all.status;
}

static gr_status judge_limit(judge *j, uint16_t book, size_t limit)
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

static gr_status judge_book(judge *j, uint16_t book)
{
    gr_status status = GR_OK;

    if (j->tally->entry[book].count == 0)
        return GR_OK;
    for (size_t i = 0; status == GR_OK && i < j->tally->set->book[book].limit_count; i++)
        status = judge_limit(j, book, i);
    return status;
}

/* ---- duties ---- */

static bool add_breach_finding(judge *j, const gr_breach *breach)
{
    const gr_rulebook *book = &j->tally->set->book[breach->book];
    gr_judged judged;
    gr_finding *f = &judged.finding;

    if (!start_finding(j, book, breach->gift, breach->recipient, &judged))
        return false;
    if (breach->duty == GR_NO_LAW) {
        f->verdict = GR_NEEDS_REVIEW;
        f->kind = GR_TEXT("record");
        f->clause = book->limit[0].clause;
    } else {
        const gr_duty *duty = &book->duty[breach->duty];

        f->verdict = breach->truth == GR_TRUE || duty->verdict < GR_NEEDS_REVIEW ? duty->verdict
                                                                                 : GR_NEEDS_REVIEW;
        f->kind = duty->kind;
        f->provision = duty->id;
        f->clause = gr_claim_law(&duty->claim, f->day)->clause;
    }
    if (!gr_reason_breach(j->tally, breach, j->who, j->out->arena, f))
        return false;
    make_id(f, position_of(j, breach->gift, breach->recipient), j->out->arena, &f->id);
    return f->id.ptr && gr_list_push(&j->out->judged, &judged);
}

/* Is the same duty broken more surely, or first, for another recipient of the gift? A gift's breaches are
 * neighbours in the list. */
static bool is_told_elsewhere(const gr_list *list, size_t i)
{
    const gr_breach *breach = GR_AT(*list, gr_breach, i);
    size_t k = i;

    while (k > 0 && GR_AT(*list, gr_breach, k - 1)->gift == breach->gift)
        k--;
    for (; k < list->count && GR_AT(*list, gr_breach, k)->gift == breach->gift; k++) {
        const gr_breach *other = GR_AT(*list, gr_breach, k);

        if (k != i && other->book == breach->book && other->duty == breach->duty &&
            (other->truth > breach->truth || (other->truth == breach->truth && k < i)))
            return true;
    }
    return false;
}

/* A duty is about the gift: among its recipients the worst answer is told, once. */
static gr_status judge_breaches(judge *j)
{
    const gr_list *list = &j->tally->breach;

    for (size_t i = 0; i < list->count; i++) {
        const gr_breach *breach = GR_AT(*list, gr_breach, i);
        const gr_gift *gift = GR_AT(j->tally->gift, gr_gift, breach->gift);

        if (!gift->is_dead && is_asked_for(j, gift->day) && !is_told_elsewhere(list, i) &&
            !add_breach_finding(j, breach))
            return gr_fail_memory(j->err);
    }
    return GR_OK;
}

gr_status gr_judge(const gr_tally *tally, const gr_who *who, gr_judgement *judgement, gr_error *err)
{
    judge j = { .tally = tally,
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
