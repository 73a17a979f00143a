/* src/app/checker_judge.c - judging with the planned gift and without it. The gift is the last of the tally, and is taken
 * out again: so it is tried with another cost, or with a fact more. */
#include "app/checker_inside.h"

#include "base/os.h"

#include <stdlib.h>
#include <string.h>

/* ---- who is judged ---- */

static bool is_linked(const gr_who *who, uint32_t from, uint32_t to)
{
    for (uint32_t k = who->link_first[from]; k < who->link_first[from + 1]; k++)
        if (who->link[k] == to)
            return true;
    return false;
}

/* Whoever gets it, those who may be that one, and those for whom it may be meant. Of others, who were read because they may
 * be one of these, not everything is here. */
static void want(gr_checking *c, uint32_t person)
{
    for (uint32_t i = 0; i < c->who.recipient_count; i++) {
        uint32_t other = c->who.same[i];

        c->wanted[i] = c->wanted[i] || other == person || is_linked(&c->who, other, person) ||
                       is_linked(&c->who, person, other);
    }
}

static gr_status choose_wanted(gr_checking *c, gr_error *err)
{
    size_t count = c->who.recipient_count;
    bool *alive = gr_intake_find_alive(&c->intake);

    c->wanted = gr_arena_zero(c->arena, count + 1);
    c->kept = gr_arena_zero(c->arena, count + 1);
    if (!c->wanted || !c->kept || !alive) {
        gr_os_free(alive);
        return gr_fail_memory(err);
    }
    memcpy(c->kept, alive, count);
    gr_os_free(alive);
    for (size_t r = 0; r < c->planned->recipient_count; r++)
        want(c, c->who.same[c->recipient[r]]);
    return GR_OK;
}

static gr_status settle(gr_checking *c, gr_error *err)
{
    bool *alive = gr_intake_find_alive(&c->intake);
    gr_status status = alive ? GR_OK : gr_fail_memory(err);

    for (size_t i = 0; alive && i < c->planned->recipient_count; i++)
        alive[c->recipient[i]] = true;
    if (status == GR_OK)
        status = gr_people_settle(c->intake.people, alive, &c->who, err);
    gr_os_free(alive);
    if (status == GR_OK && gr_ruleset_adds_per_client(c->checker->rules->set))
        status = gr_people_clients(c->intake.people, &c->who, err);
    return status;
}

/* ---- before ---- */

static gr_judgement start(const gr_checking *c, bool keep_compliant)
{
    return (gr_judgement){ .arena = c->arena,
                           .source = c->intake.origin.items,
                           .keep_compliant = keep_compliant,
                           .wanted = c->wanted,
                           .from = GR_DAY_FIRST,
                           .to = GR_DAY_LAST,
                           .as_of = c->as_of,
                           .judged = GR_LIST(gr_judged),
                           .contribution = GR_LIST(gr_contribution) };
}

static int by_id(const void *a, const void *b)
{
    return gr_text_compare(((const gr_found_before *)a)->id, ((const gr_found_before *)b)->id);
}

static gr_status judge_before(gr_checking *c, gr_error *err)
{
    gr_judgement judgement = start(c, false);
    gr_status status = gr_judge(c->intake.tally, &c->who, &judgement, err);

    for (size_t i = 0; status == GR_OK && i < judgement.judged.count; i++) {
        const gr_finding *f = &GR_AT(judgement.judged, gr_judged, i)->finding;

        if (!gr_list_push(&c->before, &(gr_found_before){ f->id, f->verdict }))
            status = gr_fail_memory(err);
    }
    if (c->before.count > 1)
        qsort(c->before.items, c->before.count, sizeof(gr_found_before), by_id);
    gr_judgement_free(&judgement);
    return status;
}

gr_status gr_checking_open(gr_checking *c, gr_error *err)
{
    gr_status status = gr_intake_open(c->checker->rules, NULL, c->arena, &c->intake, err);

    c->before = GR_LIST(gr_found_before);
    c->source_row = GR_LIST(int64_t);
    if (status == GR_OK)
        status = gr_checking_load(c, err);
    if (status == GR_OK)
        status = settle(c, err);
    if (status == GR_OK) /* what two systems have seen counts once */
        status = gr_reconcile(c->intake.reconciliation, c->intake.tally, &c->who, err);
    if (status == GR_OK)
        status = choose_wanted(c, err);
    return status == GR_OK ? judge_before(c, err) : status;
}

void gr_checking_free(gr_checking *c)
{
    gr_list_free(&c->before);
    gr_list_free(&c->source_row);
    gr_intake_close(&c->intake);
}

/* ---- with the gift ---- */

gr_status gr_checking_judge(gr_checking *c, const gr_record *record, bool keep_compliant,
                            gr_judgement *out, uint32_t *gift, gr_error *err)
{
    gr_status status = gr_tally_add(c->intake.tally, record, c->source, gr_record_digest(record),
                                    c->giver, c->recipient, gift, err);

    *out = start(c, keep_compliant);
    return status == GR_OK ? gr_judge(c->intake.tally, &c->who, out, err) : status;
}

void gr_checking_undo(gr_checking *c, uint32_t gift)
{
    gr_tally_cut(c->intake.tally, gift);
}

bool gr_checking_is_told(const gr_checking *c, const gr_judged *judged, uint32_t gift)
{
    gr_found_before key = { .id = judged->finding.id };
    const gr_found_before *was;

    if (judged->gift == gift)
        return true;
    if (judged->finding.verdict <= GR_WARNING)
        return false;
    was = c->before.count == 0 ? NULL
                               : bsearch(&key, c->before.items, c->before.count, sizeof key, by_id);
    return !was || was->verdict < judged->finding.verdict;
}

gr_clearance gr_checking_clearance(const gr_checking *c, const gr_judgement *judgement,
                                   uint32_t gift)
{
    gr_clearance worst = GR_APPROVED;

    for (size_t i = 0; i < judgement->judged.count; i++) {
        const gr_judged *one = GR_AT(judgement->judged, gr_judged, i);

        if (!gr_checking_is_told(c, one, gift))
            continue;
        if (one->finding.verdict == GR_VIOLATION)
            return GR_DENIED;
        if (one->finding.verdict == GR_NEEDS_REVIEW)
            worst = GR_REFERRED;
    }
    return worst;
}

gr_status gr_checking_try(gr_checking *c, const gr_record *record, gr_clearance *out, gr_error *err)
{
    gr_judgement judgement;
    uint32_t gift = 0;
    gr_status status = gr_checking_judge(c, record, false, &judgement, &gift, err);

    if (status == GR_OK) {
        *out = gr_checking_clearance(c, &judgement, gift);
        gr_checking_undo(c, gift);
    }
    gr_judgement_free(&judgement);
    return status;
}
