/* src/app/assemble.c - what was found, counted and sorted; nothing is decided here. */
#include "app/assemble.h"

#include "app/census.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

typedef struct assembly {
    const gr_rules *rules;
    gr_run *run;
    gr_report *report;
    gr_executive *executive; /* by number of giver, then sorted */
    bool no_memory;
} assembly;

static void *take(assembly *a, size_t size)
{
    void *piece = gr_arena_zero(a->run->arena, size ? size : 1);

    a->no_memory = a->no_memory || !piece;
    return piece;
}

/* ---- account executives ---- */

static void count_finding(gr_summary *summary, const gr_finding *finding)
{
    summary->decided += finding->decision != NULL;
    if (finding->decision)
        return;
    summary->violations += finding->verdict == GR_VIOLATION;
    summary->needs_review += finding->verdict == GR_NEEDS_REVIEW;
    summary->warnings += finding->verdict == GR_WARNING;
}

static int by_weight(const void *a, const void *b)
{
    const gr_finding *x = *(const gr_finding *const *)a, *y = *(const gr_finding *const *)b;
    int order = (x->decision != NULL) - (y->decision != NULL);

    if (order == 0)
        order = (int)y->verdict - (int)x->verdict;
    if (order == 0)
        order = (x->day > y->day) - (x->day < y->day);
    if (order == 0)
        order = gr_text_compare(x->gift, y->gift);
    if (order == 0)
        order = gr_text_compare(x->rule, y->rule);
    return order ? order : gr_text_compare(x->id, y->id);
}

static int by_text(const void *a, const void *b)
{
    return gr_text_compare(*(const gr_text *)a, *(const gr_text *)b);
}

static void add_decisions(assembly *a)
{
    gr_list *judged = &a->run->judgement.judged;

    for (size_t i = 0; i < judged->count; i++)
        gr_decided_tell(&a->run->decided, &GR_AT(*judged, gr_judged, i)->finding);
}

/* Findings, each under the giver of the gift that it is about. They stay where the engine put them. */
static void deal_findings(assembly *a)
{
    const gr_list *judged = &a->run->judgement.judged;
    const gr_finding **all = take(a, sizeof *all * judged->count);
    size_t givers = a->run->who.giver_count;

    for (size_t i = 0; i < judged->count; i++)
        a->executive[GR_AT(*judged, gr_judged, i)->giver].finding_count++;
    for (size_t g = 0; all && g < givers; g++) {
        a->executive[g].finding = all;
        all += a->executive[g].finding_count;
        a->executive[g].finding_count = 0;
    }
    for (size_t i = 0; all && i < judged->count; i++) {
        const gr_judged *one = GR_AT(*judged, gr_judged, i);
        gr_executive *e = &a->executive[one->giver];

        ((const gr_finding **)(uintptr_t)e->finding)[e->finding_count++] = &one->finding;
        count_finding(&e->summary, &one->finding);
        count_finding(&a->report->summary, &one->finding);
    }
    for (size_t g = 0; all && g < givers; g++)
        qsort((void *)(uintptr_t)a->executive[g].finding, a->executive[g].finding_count,
              sizeof(gr_finding *), by_weight);
}

static void deal_references(assembly *a)
{
    const gr_list *list = &a->run->judgement.contribution;
    gr_text *all;

    for (size_t i = 0; i < list->count; i++)
        a->executive[GR_AT(*list, gr_contribution, i)->giver].reference_count++;
    all = take(a, sizeof *all * list->count);
    for (size_t g = 0; all && g < a->run->who.giver_count; g++) {
        a->executive[g].reference = all;
        all += a->executive[g].reference_count;
        a->executive[g].reference_count = 0;
    }
    for (size_t i = 0; all && i < list->count; i++) {
        const gr_contribution *one = GR_AT(*list, gr_contribution, i);
        gr_executive *e = &a->executive[one->giver];

        ((gr_text *)(uintptr_t)e->reference)[e->reference_count++] =
            GR_AT(a->run->judgement.judged, gr_judged, one->finding)->finding.id;
    }
    for (size_t g = 0; all && g < a->run->who.giver_count; g++)
        qsort((void *)(uintptr_t)a->executive[g].reference, a->executive[g].reference_count,
              sizeof(gr_text), by_text);
}

static int by_id(const void *a, const void *b)
{
    const gr_executive *x = a, *y = b;
    int order = gr_text_compare(x->id, y->id);

    return order ? order : gr_text_compare(x->name, y->name);
}

/* Only who gave something that is reported, or has a finding: names of a refused file are left out. */
static void keep_executives(assembly *a)
{
    size_t n = 0;

    for (size_t g = 0; g < a->run->who.giver_count; g++)
        if (a->executive[g].summary.gifts > 0 || a->executive[g].finding_count > 0 ||
            a->executive[g].reference_count > 0)
            a->executive[n++] = a->executive[g];
    qsort(a->executive, n, sizeof *a->executive, by_id);
    a->report->executive = a->executive;
    a->report->executive_count = n;
    a->report->summary.account_executives = n;
}

static void count(assembly *a)
{
    const gr_run *run = a->run;
    gr_error err;
    gr_census census;

    if (gr_census_take(&run->intake, &run->who, run->from, run->to, run->arena, &census, &err) !=
        GR_OK) {
        a->no_memory = true; /* nothing else can fail there */
        return;
    }
    for (size_t g = 0; g < run->who.giver_count; g++) {
        a->executive[g].id = census.giver[g].id;
        a->executive[g].name = census.giver[g].name;
        a->executive[g].summary.gifts = census.giver[g].gifts;
        a->executive[g].summary.recipients = census.giver[g].recipients;
    }
    a->report->summary.gifts = census.totals.gifts;
    a->report->summary.recipients = census.totals.recipients;
    a->report->expenses = census.totals.expenses;
}

static void add_executives(assembly *a)
{
    a->executive = take(a, sizeof *a->executive * a->run->who.giver_count);
    if (!a->executive)
        return;
    count(a);
    add_decisions(a);
    deal_findings(a);
    deal_references(a);
    if (!a->no_memory)
        keep_executives(a);
}

/* ---- rulebooks, sources, quarantine ---- */

static void add_rulebooks(assembly *a)
{
    gr_rules_used used;
    gr_error err;

    if (gr_rules_describe(a->rules, a->run->arena, &used, &err) != GR_OK) {
        a->no_memory = true; /* nothing else can fail there */
        return;
    }
    a->report->rulebook = used.rulebook;
    a->report->rulebook_count = used.rulebook_count;
    a->report->policy = used.choice;
    a->report->policy_count = used.choice_count;
    a->report->assumption = used.assumption;
    a->report->assumption_count = used.assumption_count;
}

static int by_place(const void *a, const void *b)
{
    const gr_error *x = &((const gr_quarantined *)a)->error,
                   *y = &((const gr_quarantined *)b)->error;
    int order = strcmp(x->file, y->file);

    if (order == 0)
        order = (x->line > y->line) - (x->line < y->line);
    return order ? order : (x->column > y->column) - (x->column < y->column);
}

static void add_sources(assembly *a)
{
    gr_run *run = a->run;
    gr_report *r = a->report;

    r->input = (const gr_source *)run->intake.source.items + run->intake.first_new;
    r->input_count = run->intake.source.count - run->intake.first_new;
    if (run->intake.quarantined.count > 1)
        qsort(run->intake.quarantined.items, run->intake.quarantined.count, sizeof(gr_quarantined),
              by_place);
    r->quarantined = run->intake.quarantined.items;
    r->quarantined_count = run->intake.quarantined.count;
    r->refused = run->ingest.refused.items;
    r->refused_count = run->ingest.refused.count;
    r->note = run->ingest.notes.items;
    r->note_count = run->ingest.notes.count;
    r->duplicates = run->intake.duplicates;
    r->summary.quarantined = r->quarantined_count;
    r->summary.refused = r->refused_count;
}

/* ---- the report owns the run ---- */

static void release(void *owned)
{
    gr_run run = *(gr_run *)owned; /* the run's own arena holds it */

    gr_run_free(&run);
}

gr_status gr_assemble(const gr_rules *rules, gr_run *run, gr_report **out, gr_error *err)
{
    assembly a = { .rules = rules, .run = run };
    gr_run *kept = take(&a, sizeof *kept);

    a.report = take(&a, sizeof *a.report);
    if (a.no_memory)
        return gr_fail_memory(err);
    a.report->as_of = run->as_of;
    a.report->generated = run->generated;
    a.report->has_from = run->has_from;
    a.report->has_to = run->has_to;
    a.report->from = run->from;
    a.report->to = run->to;
    a.report->ledger = run->ledger;
    add_rulebooks(&a);
    add_executives(&a);
    add_sources(&a);
    if (a.no_memory)
        return gr_fail_memory(err);
    *kept = *run;
    a.report->arena = run->arena;
    a.report->owned = kept;
    a.report->release = release;
    *out = a.report;
    return GR_OK;
}
