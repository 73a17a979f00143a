/* src/app/simulate_ask.c - what a set of rules makes of the gifts that it found nothing about and the other set did. The
 * run keeps no compliant verdicts, since nearly all gifts have one; for a few they are made here, by the functions
 * that judged, from the tally of the run. */
#include "app/simulate.h"

#include "base/digest.h"
#include "engine/view.h"

#include <stdlib.h>

typedef struct wanted {
    gr_outcome *outcome;    /* to be filled */
    const gr_finding *like; /* what the other rules found */
    size_t book, limit;
    uint32_t gift, recipient; /* numbers of this run; GR_NONE: not found yet */
    uint32_t party, giver;    /* whose sum it is; giver GR_NONE: of all givers */
} wanted;

typedef struct asking {
    const gr_run *run;
    const gr_tally *tally;
    const gr_ruleset *set;
    gr_list wanted; /* of wanted */
    gr_arena *arena;
    gr_shares shares;
    gr_group group;
    const gr_counted *counted; /* the group's items; made on first need */
    gr_error *err;
} asking;

/* ---- the provision ---- */

static bool find_book(const gr_ruleset *set, gr_text id, size_t *out)
{
    for (*out = 0; *out < set->book_count; ++*out)
        if (gr_text_equal(set->book[*out].id, id))
            return true;
    return false;
}

static bool find_limit(const gr_rulebook *book, gr_text id, size_t *out)
{
    for (*out = 0; *out < book->limit_count; ++*out)
        if (gr_text_equal(book->limit[*out].id, id))
            return true;
    return false;
}

static bool has_duty(const gr_rulebook *book, gr_text id)
{
    for (size_t i = 0; i < book->duty_count; i++)
        if (gr_text_equal(book->duty[i].id, id))
            return true;
    return id.len == 0; /* that a day has a limit at all is asked of every rulebook */
}

static gr_silence find_provision(const gr_ruleset *set, wanted *w)
{
    const gr_finding *f = w->like;
    bool is_there;

    if (gr_text_is(f->rule, "reconciliation") || gr_text_is(f->rule, "detection"))
        return GR_SILENCE_NOT_FOUND; /* they are no rulebooks, and there is nothing to add up */
    if (!find_book(set, f->rule, &w->book))
        return GR_SILENCE_NO_RULEBOOK;
    is_there = f->has_limit ? find_limit(&set->book[w->book], f->provision, &w->limit)
                            : has_duty(&set->book[w->book], f->provision);
    return is_there ? GR_SILENCE_NONE : GR_SILENCE_NO_PROVISION;
}

/* ---- the gift, by another run's name for it ---- */

static bool is_person(const gr_person *person, gr_text id, gr_text name)
{
    return gr_text_equal(person->id, id) && gr_text_equal(person->name, name);
}

/* The last of the gift's recipients who is this person. */
static uint32_t find_recipient(const asking *a, uint32_t gift, const gr_finding *f)
{
    size_t count;
    const uint32_t *all = gr_tally_recipients(a->tally, gift, &count);

    while (count-- > 0) {
        const gr_person *person = &a->run->who.recipient[a->run->who.same[all[count]]];

        if (is_person(person, f->recipient_id, f->recipient_name) &&
            gr_text_equal(person->employer, f->recipient_employer))
            return all[count];
    }
    return GR_NONE;
}

static void note_gift(asking *a, const gr_table *by_id, uint32_t gift)
{
    gr_text id = gr_tally_id(a->tally, gift);
    const gr_gift *g = GR_AT(a->tally->gift, gr_gift, gift);
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(by_id, gr_hash(id, 0), &cursor)) != GR_NONE) {
        wanted *w = GR_AT(a->wanted, wanted, i);

        if (w->gift != GR_NONE || !gr_text_equal(w->like->gift, id) ||
            !is_person(&a->run->who.giver[g->giver], w->like->giver_id, w->like->giver_name))
            continue;
        w->recipient = find_recipient(a, gift, w->like);
        if (w->recipient != GR_NONE)
            w->gift = gift;
    }
}

static gr_status find_gifts(asking *a)
{
    gr_table by_id = { 0 };
    bool fits = true;

    for (size_t i = 0; fits && i < a->wanted.count; i++)
        fits =
            gr_table_put(&by_id, gr_hash(GR_AT(a->wanted, wanted, i)->like->gift, 0), (uint32_t)i);
    for (uint32_t i = 0; fits && i < a->tally->gift.count; i++) {
        const gr_gift *gift = GR_AT(a->tally->gift, gr_gift, i);

        if (gr_gift_counts(gift))
            note_gift(a, &by_id, i);
    }
    gr_table_free(&by_id);
    return fits ? GR_OK : gr_fail_memory(a->err);
}

/* ---- whose sum ---- */

static gr_silence find_party(const asking *a, wanted *w)
{
    const gr_who *who = &a->run->who;
    const gr_gift *gift;
    gr_per per;

    if (w->gift == GR_NONE)
        return GR_SILENCE_NO_GIFT;
    gift = GR_AT(a->tally->gift, gr_gift, w->gift);
    if (gift->day < a->run->from || gift->day > a->run->to)
        return GR_SILENCE_OTHER_DAY;
    if (!w->like->has_limit)
        return GR_SILENCE_DUTY_KEPT;
    per = a->set->book[w->book].limit[w->limit].per;
    w->giver = per == GR_PER_GIVER ? gift->giver : GR_NONE;
    w->party = per == GR_PER_CLIENT ? who->client[w->recipient] : who->same[w->recipient];
    return w->party == GR_NONE ? GR_SILENCE_NOT_COUNTED : GR_SILENCE_NONE;
}

/* One limit after the other, and what belongs to one sum together: it is then filled once. */
static int by_sum(const void *a, const void *b)
{
    const wanted *x = a, *y = b;
    int order = (x->book > y->book) - (x->book < y->book);

    if (order == 0)
        order = (x->limit > y->limit) - (x->limit < y->limit);
    if (order == 0)
        order = (x->party > y->party) - (x->party < y->party);
    return order ? order : (x->giver > y->giver) - (x->giver < y->giver);
}

/* Those of which only the sum is missing, sorted; the others have their answer. */
static void keep_open(asking *a)
{
    size_t n = 0;

    for (size_t i = 0; i < a->wanted.count; i++) {
        wanted *w = GR_AT(a->wanted, wanted, i);

        w->outcome->silence = find_party(a, w);
        if (w->outcome->silence == GR_SILENCE_NONE)
            *GR_AT(a->wanted, wanted, n++) = *w;
    }
    gr_list_cut(&a->wanted, n);
    if (n > 1)
        qsort(a->wanted.items, n, sizeof(wanted), by_sum);
}

/* ---- the sum ---- */

static void fill_counted(const asking *a, const gr_item *item, gr_wide low, gr_counted *out)
{
    const gr_gift *g = GR_AT(a->tally->gift, gr_gift, item->entry->gift);
    const gr_person *giver = &a->run->who.giver[g->giver];
    const gr_entry *e = item->entry;
    bool is_sure = item->own && !item->is_open && low == item->low;

    *out = (gr_counted){ .gift = gr_arena_copy(a->arena, gr_text_of(item->id)),
                         .day = item->day,
                         .giver_id = giver->id,
                         .giver_name = giver->name,
                         .value = { is_sure ? e->low : 0, e->high, e->den },
                         .source = { GR_AT(a->run->intake.origin, gr_origin, g->source)->file.ptr,
                                     g->line, 0 },
                         .through_other = !item->own };
    if (a->shares.limit->is_count)
        out->value = (gr_span){ (int64_t)low, (int64_t)item->high, 1 };
}

/* As in the judgement: one list for all gifts of a sum, but where days differ, one for each. */
static bool counted_of_group(asking *a, const gr_case *c, gr_finding *f)
{
    gr_counted *list;

    if (!a->counted) {
        list = gr_arena_alloc(a->arena, sizeof *list * (a->group.count + 1));
        for (size_t i = 0; list && i < a->group.count; i++) {
            const gr_item *item = gr_group_item(&a->group, i);

            fill_counted(a, item, item->low, &list[i]);
            if (!list[i].gift.ptr)
                return false;
        }
        a->counted = list;
    }
    f->counted = a->counted ? a->counted + c->chosen->start : NULL;
    f->counted_count = c->chosen->end - c->chosen->start;
    return a->counted != NULL;
}

static bool counted_of_case(const asking *a, const gr_case *c, gr_finding *f)
{
    gr_counted *list = gr_arena_alloc(a->arena, sizeof *list * (a->group.count + 1));
    size_t cursor = 0, n = 0;
    const gr_item *item;
    gr_wide low;

    if (!list)
        return false;
    while ((item = gr_case_next(c, &cursor, &low))) {
        if (item->entry == c->item->entry)
            continue;
        fill_counted(a, item, low, &list[n]);
        if (!list[n++].gift.ptr)
            return false;
    }
    fill_counted(a, c->item, c->item->low, &list[n]); /* the gift that is asked about, last */
    list[n].day = c->chosen->day;
    if (!list[n++].gift.ptr)
        return false;
    f->counted = list;
    f->counted_count = n;
    return true;
}

/* The gift as the other rules' finding names it, with this run's sum. */
static bool add_sum(asking *a, const wanted *w, const gr_case *c)
{
    const gr_limit *limit = a->shares.limit;
    const gr_gift *gift = GR_AT(a->tally->gift, gr_gift, w->gift);
    gr_finding *f = gr_arena_alloc(a->arena, sizeof *f);

    if (!f)
        return false;
    *f = *w->like;
    f->id = f->question = f->answers = GR_TEXT("");
    f->reason = GR_TEXT("within the limit");
    f->verdict = GR_COMPLIANT;
    f->kind = limit->kind;
    f->clause = f->limit_clause = limit->clause;
    f->day = gift->day;
    f->source = (gr_place){ GR_AT(a->run->intake.origin, gr_origin, gift->source)->file.ptr,
                            gift->line, 0 };
    f->is_count = limit->is_count;
    f->period = c->chosen->period;
    f->limit = c->chosen->row->amount;
    f->total = c->chosen->total;
    f->over = (gr_amount){ 0, 1 };
    f->currency = a->set->book[w->book].currency;
    f->presumption_count = 0;
    w->outcome->finding = f;
    return a->group.many_days > 0 ? counted_of_case(a, c, f) : counted_of_group(a, c, f);
}

/* The last share of the gift to this party: the one that was judged; NULL: none is added up. */
static const gr_item *find_item(const asking *a, uint32_t gift)
{
    const gr_gift *g = GR_AT(a->tally->gift, gr_gift, gift);
    const char *id = GR_AT(a->tally->ids, char, g->id);
    size_t end = gr_group_after(&a->group, g->day, id, gift);

    while (end-- > 0 && gr_group_item(&a->group, end)->entry->gift == gift)
        if (gr_group_item(&a->group, end)->own)
            return gr_group_item(&a->group, end);
    return NULL;
}

static gr_status add_up(asking *a, const wanted *w)
{
    gr_case c = { .shares = &a->shares, .group = &a->group, .item = find_item(a, w->gift) };
    gr_verdict verdict;

    w->outcome->silence = GR_SILENCE_NOT_COUNTED;
    if (!c.item)
        return GR_OK;
    verdict = gr_case_make(&c);
    w->outcome->silence = GR_SILENCE_NO_ROW;
    if (c.view_count == 0)
        return GR_OK;
    w->outcome->silence = GR_SILENCE_NO_GIFT; /* a finding after all: told of under another name */
    if (verdict != GR_COMPLIANT)
        return GR_OK;
    w->outcome->silence = GR_SILENCE_NONE;
    return add_sum(a, w, &c) ? GR_OK : gr_fail_memory(a->err);
}

static bool is_same_limit(const wanted *a, const wanted *b)
{
    return a->book == b->book && a->limit == b->limit;
}

/* before: the one that was added up last; NULL: none under this limit. */
static gr_status add_up_next(asking *a, const wanted *w, const wanted *before)
{
    gr_status status = GR_OK;

    if (!before || before->party != w->party || before->giver != w->giver) {
        status = gr_group_fill(&a->shares, w->party, w->giver, &a->group, a->err);
        a->counted = NULL;
    }
    return status == GR_OK ? add_up(a, w) : status;
}

static gr_status add_up_all(asking *a)
{
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < a->wanted.count;) {
        const wanted *first = GR_AT(a->wanted, wanted, i), *before = NULL;

        status = gr_shares_create(a->tally, &a->run->who, (uint16_t)first->book, first->limit,
                                  &a->shares, a->err);
        if (status != GR_OK)
            break;
        for (; status == GR_OK && i < a->wanted.count; i++) {
            const wanted *w = GR_AT(a->wanted, wanted, i);

            if (!is_same_limit(first, w))
                break;
            status = add_up_next(a, w, before);
            before = w;
        }
        gr_shares_free(&a->shares);
    }
    return status;
}

/* ---- all together ---- */

static gr_status want(asking *a, int side, gr_change *change)
{
    wanted w = { .outcome = &change->side[side],
                 .like = change->side[side == GR_IN_USE ? GR_SIMULATED : GR_IN_USE].finding,
                 .gift = GR_NONE,
                 .recipient = GR_NONE };

    w.outcome->silence = find_provision(a->set, &w);
    if (w.outcome->silence != GR_SILENCE_NONE)
        return GR_OK;
    if (!a->tally)
        w.outcome->silence = GR_SILENCE_NOT_KEPT;
    else if (!gr_list_push(&a->wanted, &w))
        return gr_fail_memory(a->err);
    return GR_OK;
}

gr_status gr_simulate_ask(const gr_run *run, const gr_ruleset *set, int side,
                          gr_change *const *change, size_t count, gr_arena *arena, gr_error *err)
{
    asking a = { .run = run,
                 .tally = run->intake.tally,
                 .set = set,
                 .wanted = GR_LIST(wanted),
                 .arena = arena,
                 .group = { .items = GR_LIST(gr_item) },
                 .err = err };
    gr_status status = GR_OK;

    for (size_t i = 0; status == GR_OK && i < count; i++)
        if (!change[i]->side[side].finding)
            status = want(&a, side, change[i]);
    if (status == GR_OK && a.wanted.count > 0)
        status = find_gifts(&a);
    if (status == GR_OK) {
        keep_open(&a);
        status = add_up_all(&a);
    }
    gr_list_free(&a.wanted);
    gr_list_free(&a.group.items);
    return status;
}
