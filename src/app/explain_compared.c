/* src/app/explain_compared.c - how a finding was reached that no rulebook makes: gift log, expenses and approvals were
 * compared. What there is to tell is which records were looked at, and what the firm's files say of it. */
#include "app/explain.h"

static const gr_mismatch_rule *rule_of(const gr_explaining *e)
{
    const gr_reconciling *rules = &e->rules->set->reconciling;

    for (size_t i = 0; i < GR_MISMATCH_COUNT; i++)
        if (gr_text_equal(rules->outcome[i].id, e->judged->finding.provision))
            return &rules->outcome[i];
    return NULL;
}

bool gr_explain_is_compared(const gr_explaining *e)
{
    return gr_text_is(e->judged->finding.rule, "reconciliation");
}

gr_status gr_explain_compared(gr_explaining *e)
{
    const gr_reconciling *rules = &e->rules->set->reconciling;
    const gr_mismatch_rule *rule = rule_of(e);

    if (!rule)
        return gr_explain_disagrees(e, "its outcome is not found again");
    e->out->rule = (gr_explained_rule){ .id = GR_TEXT("reconciliation"),
                                        .title = GR_TEXT("gift log, expenses and approvals "
                                                         "compared"),
                                        .authority = GR_TEXT("the firm"),
                                        .file = rules->file,
                                        .sha256 = gr_text_of(rules->sha256),
                                        .firm_kinds = GR_TEXT("any") };
    e->out->is_compared = e->out->has_duty = true;
    e->out->duty = rule->id;
    e->out->duty_text = rule->text;
    e->out->duty_verdict = e->judged->finding.verdict;
    return GR_OK;
}

/* "expense E-7 in concur.xml:120, matched by the approval number PA-2026-0031" */
gr_status gr_explain_other_record(gr_explaining *e, uint32_t gift, gr_explained_gift *out)
{
    const gr_intake *intake = &e->run->intake;
    gr_arena *arena = e->run->arena;
    gr_text why = GR_TEXT("");
    uint32_t other = gr_reconciliation_other(intake->reconciliation, gift, arena, &why);
    const gr_gift *g;
    gr_text format;

    if (other == GR_NONE)
        return GR_OK;
    g = GR_AT(intake->tally->gift, gr_gift, other);
    format = e->run->judgement.source[g->source].format;
    out->other_record = gr_arena_print(
        arena, "%.*s of %.*s, %s:%u, %.*s", GR_SHOW(gr_tally_id(intake->tally, other)),
        GR_ALL(format), e->run->judgement.source[g->source].file.ptr, g->line, GR_ALL(why));
    return out->other_record.ptr && why.ptr ? GR_OK : gr_fail_memory(e->err);
}
