/* src/engine/reconciling.c - every outcome must be decided by the file: one that it leaves out is an error of the file,
 * never a choice of ours. */
#include "engine/reconciling.h"

#include <string.h>

static const char *const names[GR_MISMATCH_COUNT] = {
    [GR_MISMATCH_NOT_LOGGED] = "not-logged",
    [GR_MISMATCH_NOT_EXPENSED] = "not-expensed",
    [GR_MISMATCH_AMOUNT_DIFFERS] = "amount-differs",
    [GR_MISMATCH_RECIPIENT_DIFFERS] = "recipient-differs",
    [GR_MISMATCH_FACTS_ELSEWHERE] = "facts-elsewhere",
    [GR_MISMATCH_ABOVE_APPROVAL] = "above-approval",
    [GR_MISMATCH_OTHER_APPROVAL] = "other-approval",
    [GR_MISMATCH_APPROVAL_DAYS] = "approval-days",
    [GR_MISMATCH_UNKNOWN_APPROVAL] = "unknown-approval",
    [GR_MISMATCH_APPROVAL_REUSED] = "approval-reused",
    [GR_MISMATCH_APPROVAL_UNUSED] = "approval-unused",
};

#define HINT                                                                                       \
    "one of not-logged, not-expensed, amount-differs, recipient-differs, facts-elsewhere, "        \
    "above-approval, other-approval, approval-days, unknown-approval, approval-reused, "           \
    "approval-unused"

static gr_mismatch find_outcome(gr_text id)
{
    gr_mismatch outcome = 0;

    while (outcome < GR_MISMATCH_COUNT && !gr_text_is(id, names[outcome]))
        outcome++;
    return outcome;
}

/* The schema knows the words; "none" is told as compliant, which is never told. */
static gr_verdict read_verdict(gr_text word)
{
    gr_verdict verdict = GR_COMPLIANT;

    gr_verdict_find(word, &verdict);
    return verdict;
}

static void read_outcome(const gr_node *n, gr_problems *problems, gr_reconciling *out)
{
    gr_text id = gr_node_attribute(n, "id");
    gr_mismatch outcome = find_outcome(id);

    if (outcome == GR_MISMATCH_COUNT) {
        gr_problem(problems, n->at, HINT, "'%.*s' is nothing that reconciliation finds",
                   GR_SHOW(id));
        return;
    }
    if (out->outcome[outcome].id.len > 0)
        gr_problem(problems, n->at, "keep one of them", "'%s' is decided twice", names[outcome]);
    out->outcome[outcome] =
        (gr_mismatch_rule){ .id = id,
                            .kind = gr_node_attribute(n, "kind"),
                            .clause = gr_node_attribute(n, "clause"),
                            .ask = gr_node_attribute(n, "ask"),
                            .text = gr_node_attribute(n, "text"),
                            .verdict = read_verdict(gr_node_attribute(n, "verdict")) };
}

/* Only numbers that another system gives are looked for, and only in texts. */
static gr_status read_number(const gr_node *n, gr_problems *problems, gr_number_pattern *out,
                             gr_error *err)
{
    gr_text in = gr_node_attribute(n, "in"), source = gr_node_attribute(n, "matches");
    gr_error error;
    gr_status status;

    out->number = gr_fact_find(gr_node_attribute(n, "fact"));
    out->in = gr_fact_find(in);
    if (out->in == GR_FACT_NONE || out->in >= GR_FACT_FIRST_OF_RECIPIENT ||
        gr_fact_get(out->in)->type != GR_FACT_TEXT) {
        gr_problem(problems, n->at, "name a text of the record, such as description",
                   "'%.*s' is no text in which a number may stand", GR_SHOW(in));
        return GR_OK;
    }
    status = gr_pattern_create(source, n->at, problems->trusts, &out->pattern, &error);
    if (status == GR_EINPUT) {
        gr_problems_add(problems, &error);
        return GR_OK;
    }
    if (status != GR_OK)
        *err = error;
    return status;
}

static gr_status read_numbers(const gr_node *root, gr_arena *arena, gr_problems *problems,
                              gr_reconciling *out, gr_error *err)
{
    size_t count = gr_node_count(root, "number");
    gr_status status = GR_OK;

    out->number = gr_arena_zero(arena, sizeof *out->number * (count + 1));
    if (!out->number)
        return gr_fail_memory(err);
    for (const gr_node *n = gr_node_child(root, "number"); status == GR_OK && n;
         n = gr_node_again(n))
        status = read_number(n, problems, &out->number[out->number_count++], err);
    return status;
}

static void read_nearest(const gr_node *root, gr_problems *problems, gr_reconciling *out)
{
    const gr_node *n = gr_node_child(root, "nearest");
    uint64_t days = 0;

    if (!gr_text_number(gr_node_attribute(n, "within-days"), 366, &days))
        gr_problem(problems, n->at, "whole days, from 0 to 366", "'%.*s' is no number of days",
                   GR_SHOW(gr_node_attribute(n, "within-days")));
    out->nearest_days = (int)days;
}

static void check_all_decided(const gr_reconciling *r, gr_place at, gr_problems *problems)
{
    for (size_t i = 0; i < GR_MISMATCH_COUNT; i++)
        if (r->outcome[i].id.len == 0)
            gr_problem(problems, at, "add an outcome of this id; its verdict may be none",
                       "it is not decided what '%s' is", names[i]);
}

gr_status gr_reconciling_load(const char *path, const char *schema, gr_arena *arena,
                              gr_problems *problems, gr_reconciling *out, gr_error *err)
{
    gr_reconciling r = { .number = NULL };
    gr_rulefile file;
    size_t before = problems->count;
    gr_status status = gr_rulefile_load(path, schema, arena, problems, &file, err);

    if (status != GR_OK)
        return status;
    status = read_numbers(file.root, arena, problems, &r, err);
    if (status == GR_OK) {
        read_nearest(file.root, problems, &r);
        for (const gr_node *n = gr_node_child(file.root, "outcome"); n; n = gr_node_again(n))
            read_outcome(n, problems, &r);
        if (problems->count == before)
            check_all_decided(&r, file.root->at, problems);
        r.file = gr_text_of(file.root->at.file);
        memcpy(r.sha256, file.sha256, sizeof r.sha256);
        if (problems->count > before)
            status = gr_problems_end(problems, err);
    }
    if (status == GR_OK)
        *out = r;
    else
        gr_reconciling_free(&r);
    return status;
}

void gr_reconciling_free(gr_reconciling *reconciling)
{
    for (size_t i = 0; i < reconciling->number_count; i++)
        gr_pattern_free(reconciling->number[i].pattern);
    reconciling->number_count = 0;
}
