/* src/app/simulate_facts.c - what a simulation tells beside its findings: how much was judged by either set of rules, in
 * which choices and rulebooks the two differ, and what could not be judged by one of them or by both. */
#include "app/simulate.h"

#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef struct describing {
    const gr_ruleset *set[GR_SIDES];
    const gr_run *run; /* both */
    gr_simulation *out;
    gr_arena *arena;
    bool no_memory;
} describing;

static void *take(describing *d, size_t size)
{
    void *piece = gr_arena_zero(d->arena, size ? size : 1);

    d->no_memory = d->no_memory || !piece;
    return piece;
}

/* ---- how much ---- */

static void count_gifts(const gr_run *run, gr_simulated_side *out)
{
    const gr_list *gifts = &run->intake.tally->gift;

    for (size_t i = 0; i < gifts->count; i++) {
        const gr_gift *gift = GR_AT(*gifts, gr_gift, i);

        out->gifts += gr_gift_counts(gift) && gift->day >= run->from && gift->day <= run->to;
    }
}

void gr_simulate_count(const gr_run *run, gr_simulated_side *out)
{
    for (size_t i = 0; i < run->judgement.judged.count; i++) {
        gr_verdict verdict = GR_AT(run->judgement.judged, gr_judged, i)->finding.verdict;

        out->violations += verdict == GR_VIOLATION;
        out->needs_review += verdict == GR_NEEDS_REVIEW;
        out->warnings += verdict == GR_WARNING;
    }
    out->quarantined = run->intake.quarantined.count;
    out->refused = run->ingest.refused.count;
    count_gifts(run, out);
}

/* ---- which rules differ ---- */

/* The choices of all policies are the same ones, in the same order. */
static void compare_choices(describing *d)
{
    const gr_policy *in_use = &d->set[GR_IN_USE]->policy;
    const gr_policy *simulated = &d->set[GR_SIMULATED]->policy;
    gr_rule_difference *all = take(d, sizeof *all * in_use->choice_count);

    for (size_t i = 0; all && i < in_use->choice_count; i++)
        if (!gr_text_equal(in_use->choice[i].value, simulated->choice[i].value))
            all[d->out->choice_count++] =
                (gr_rule_difference){ in_use->choice[i].name,
                                      { in_use->choice[i].value, simulated->choice[i].value } };
    d->out->choice = all;
}

static gr_text digest_of(const gr_ruleset *set, gr_text id)
{
    for (size_t i = 0; i < set->book_count; i++)
        if (gr_text_equal(set->book[i].id, id))
            return gr_text_of(set->book[i].sha256);
    return GR_TEXT("");
}

static void compare_rulebooks(describing *d)
{
    size_t most = d->set[GR_IN_USE]->book_count + d->set[GR_SIMULATED]->book_count;
    gr_rule_difference *all = take(d, sizeof *all * most);

    for (int side = 0; all && side < GR_SIDES; side++) {
        for (size_t i = 0; i < d->set[side]->book_count; i++) {
            gr_text id = d->set[side]->book[i].id;
            gr_rule_difference one = {
                id, { digest_of(d->set[GR_IN_USE], id), digest_of(d->set[GR_SIMULATED], id) }
            };
            bool is_told = side == GR_SIMULATED && one.side[GR_IN_USE].len > 0;

            if (!is_told && !gr_text_equal(one.side[GR_IN_USE], one.side[GR_SIMULATED]))
                all[d->out->rulebook_count++] = one;
        }
    }
    d->out->rulebook = all;
}

/* ---- what was not judged ---- */

static int by_place(const void *a, const void *b)
{
    const gr_unjudged *x = a, *y = b;
    int order = strcmp(x->error->file, y->error->file);

    if (order == 0)
        order = (x->error->line > y->error->line) - (x->error->line < y->error->line);
    if (order == 0)
        order = (x->error->column > y->error->column) - (x->error->column < y->error->column);
    if (order == 0)
        order = gr_text_compare(x->record, y->record);
    return order ? order : strcmp(x->error->message, y->error->message);
}

/* Those of both sides once, in order; the side that each was met under is set already. */
static size_t merge(gr_unjudged *all, size_t count)
{
    size_t n = 0;

    qsort(all, count, sizeof *all, by_place);
    for (size_t i = 0; i < count; i++) {
        bool is_of_other_side = n > 0 && by_place(&all[n - 1], &all[i]) == 0 &&
                                all[n - 1].under[GR_IN_USE] != all[i].under[GR_IN_USE];

        if (is_of_other_side)
            all[n - 1].under[GR_IN_USE] = all[n - 1].under[GR_SIMULATED] = true;
        else
            all[n++] = all[i];
    }
    return n;
}

static void add_quarantined(describing *d)
{
    const gr_list *lists[GR_SIDES] = { &d->run[GR_IN_USE].intake.quarantined,
                                       &d->run[GR_SIMULATED].intake.quarantined };
    gr_unjudged *all = take(d, sizeof *all * (lists[0]->count + lists[1]->count));
    size_t n = 0;

    for (int side = 0; all && side < GR_SIDES; side++) {
        for (size_t i = 0; i < lists[side]->count; i++) {
            const gr_quarantined *q = GR_AT(*lists[side], gr_quarantined, i);

            all[n] = (gr_unjudged){ &q->error, q->record, { false, false } };
            all[n++].under[side] = true;
        }
    }
    d->out->quarantined = all;
    d->out->quarantined_count = all ? merge(all, n) : 0;
}

static void add_refused(describing *d)
{
    const gr_list *lists[GR_SIDES] = { &d->run[GR_IN_USE].ingest.refused,
                                       &d->run[GR_SIMULATED].ingest.refused };
    gr_unjudged *all = take(d, sizeof *all * (lists[0]->count + lists[1]->count));
    size_t n = 0;

    for (int side = 0; all && side < GR_SIDES; side++) {
        for (size_t i = 0; i < lists[side]->count; i++) {
            all[n] =
                (gr_unjudged){ GR_AT(*lists[side], gr_error, i), GR_TEXT(""), { false, false } };
            all[n++].under[side] = true;
        }
    }
    d->out->refused = all;
    d->out->refused_count = all ? merge(all, n) : 0;
}

static bool is_one_sided(const gr_unjudged *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].under[GR_IN_USE] != list[i].under[GR_SIMULATED])
            return true;
    return false;
}

/* ---- all together ---- */

static void describe_run(describing *d)
{
    const gr_run *run = &d->run[GR_IN_USE];
    gr_simulation *out = d->out;

    out->as_of = run->as_of;
    out->generated = run->generated;
    out->has_from = run->has_from;
    out->has_to = run->has_to;
    out->from = run->from;
    out->to = run->to;
    out->ledger = run->ledger;
    out->input = (const gr_source *)run->intake.source.items + run->intake.first_new;
    out->input_count = run->intake.source.count - run->intake.first_new;
    out->note = run->ingest.notes.items;
    out->note_count = run->ingest.notes.count;
}

gr_status gr_simulate_describe(const gr_rules *const *rules, const gr_run *run, gr_arena *arena,
                               gr_simulation *out, gr_error *err)
{
    describing d = { .set = { rules[GR_IN_USE]->set, rules[GR_SIMULATED]->set },
                     .run = run,
                     .out = out,
                     .arena = arena };
    const gr_change_counts *counts = &out->counts;

    describe_run(&d);
    compare_choices(&d);
    compare_rulebooks(&d);
    add_quarantined(&d);
    add_refused(&d);
    out->differs = counts->added + counts->gone + counts->changed > 0 ||
                   is_one_sided(out->quarantined, out->quarantined_count) ||
                   is_one_sided(out->refused, out->refused_count);
    return d.no_memory ? gr_fail_memory(err) : GR_OK;
}
