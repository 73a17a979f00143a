/* src/reconcile/misfit.c - from something that does not fit to a finding. It decides nothing. */
#include "reconcile/misfit.h"

#include <string.h>

bool gr_misfit_is_told(const gr_reconciliation *r, const gr_subject *s, gr_mismatch outcome,
                       uint32_t record)
{
    gr_day day = gr_gift_of(r, record)->day;

    return r->set->reconciling.outcome[outcome].verdict != GR_COMPLIANT && day >= s->out->from &&
           day <= s->out->to;
}

gr_misfit gr_misfit_of(const gr_reconciliation *r, gr_mismatch outcome, uint32_t record)
{
    const gr_mismatch_rule *rule = &r->set->reconciling.outcome[outcome];

    return (gr_misfit){ .outcome = outcome,
                        .record = record,
                        .verdict = rule->verdict,
                        .clause = rule->clause,
                        .question = rule->ask };
}

/* Shown is the cost as it is stated, without what may come on top: a sum of these would mean nothing. */
static gr_span value_of(const gr_seen *seen)
{
    if (seen->least == GR_CENTS_UNKNOWN)
        return (gr_span){ 0, GR_UNBOUNDED, 1 };
    return (gr_span){ seen->least, seen->least, 1 };
}

/* The first one who is somebody: a finding names one. */
static uint32_t recipient_of(const gr_reconciliation *r, uint32_t record)
{
    const gr_detail *d = gr_detail_of(r, record);
    size_t count;
    const uint32_t *recipient = gr_tally_recipients(r->tally, record, &count);

    for (size_t i = 0; i < count; i++)
        if (!(d && i < 64 && (d->own >> i & 1)))
            return recipient[i];
    return count > 0 ? recipient[0] : GR_NONE;
}

void gr_misfit_show(const gr_reconciliation *r, const gr_subject *s, gr_misfit *misfit,
                    uint32_t record, gr_text note)
{
    const gr_gift *g = gr_gift_of(r, record);
    const gr_person *giver = &r->who.giver[g->giver];

    misfit->shown[misfit->evidence_count] = record;
    misfit->evidence[misfit->evidence_count++] =
        (gr_counted){ .gift = gr_tally_id(r->tally, record),
                      .day = g->day,
                      .giver_id = giver->id,
                      .giver_name = giver->name,
                      .value = value_of(gr_seen_of(r, record)),
                      .source = { s->out->source[g->source].file.ptr, g->line, 0 },
                      .note = note,
                      .recipient = recipient_of(r, record) };
}

/* The tally lets its ids go before the findings. */
static bool keep_evidence(const gr_subject *s, const gr_misfit *misfit, gr_finding *f)
{
    size_t size = sizeof *f->counted * misfit->evidence_count;
    gr_counted *list = gr_arena_alloc(s->out->arena, size + 1);

    if (!list)
        return false;
    memcpy(list, misfit->evidence, size);
    for (size_t i = 0; i < misfit->evidence_count; i++) {
        list[i].gift = gr_arena_copy(s->out->arena, list[i].gift);
        if (!list[i].gift.ptr || !list[i].note.ptr)
            return false;
    }
    f->counted = list;
    f->counted_count = misfit->evidence_count;
    return true;
}

/* Whoever else gave something that is shown is told of the finding, once; of a warning nobody else is. */
static bool add_contributions(const gr_reconciliation *r, const gr_subject *s,
                              const gr_misfit *misfit, uint32_t giver)
{
    uint32_t told[GR_MISFIT_RECORDS];
    size_t count = 0;

    for (size_t i = 0; misfit->verdict >= GR_NEEDS_REVIEW && i < misfit->evidence_count; i++) {
        gr_contribution one = { gr_gift_of(r, misfit->shown[i])->giver,
                                (uint32_t)s->out->judged.count };
        bool is_new = one.giver != giver;

        for (size_t k = 0; k < count; k++)
            is_new = is_new && told[k] != one.giver;
        if (!is_new)
            continue;
        told[count++] = one.giver;
        if (!gr_list_push(&s->out->contribution, &one))
            return false;
    }
    return true;
}

bool gr_misfit_tell(const gr_reconciliation *r, const gr_subject *s, gr_misfit *misfit)
{
    const gr_mismatch_rule *rule = &r->set->reconciling.outcome[misfit->outcome];
    gr_judged judged;
    gr_finding *f = &judged.finding;

    if (!misfit->reason.ptr ||
        !gr_finding_start(s, GR_TEXT("reconciliation"), r->set->policy.currency, misfit->record,
                          recipient_of(r, misfit->record), &judged))
        return false;
    f->verdict = misfit->verdict;
    f->kind = rule->kind;
    f->provision = rule->id;
    f->clause = misfit->clause;
    f->reason = misfit->reason;
    f->question = misfit->verdict == GR_NEEDS_REVIEW ? misfit->question : GR_TEXT("");
    return keep_evidence(s, misfit, f) && gr_finding_name(s, &judged) &&
           add_contributions(r, s, misfit, judged.giver) && gr_list_push(&s->out->judged, &judged);
}
