/* src/app/executives.c - what was found, dealt out to those who gave, and sorted; nothing is decided here. */
#include "app/executives.h"

#include <stdlib.h>
#include <string.h>

typedef struct dealing {
    gr_arena *arena;
    const gr_judgement *judgement;
    gr_report *report;
    gr_executive *executive; /* by number of giver, then sorted */
    size_t givers;
    bool no_memory;
} dealing;

static void *take(dealing *a, size_t size)
{
    void *piece = gr_arena_zero(a->arena, size ? size : 1);

    a->no_memory = a->no_memory || !piece;
    return piece;
}

void gr_summary_add_finding(gr_summary *summary, const gr_finding *finding)
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

/* Findings, each under the giver of the gift that it is about. They stay where the engine put them. */
static void deal_findings(dealing *a)
{
    const gr_list *judged = &a->judgement->judged;
    const gr_finding **all = take(a, sizeof *all * judged->count);
    size_t givers = a->givers;

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
        gr_summary_add_finding(&e->summary, &one->finding);
        gr_summary_add_finding(&a->report->summary, &one->finding);
    }
    for (size_t g = 0; all && g < givers; g++)
        qsort((void *)(uintptr_t)a->executive[g].finding, a->executive[g].finding_count,
              sizeof(gr_finding *), by_weight);
}

static void deal_references(dealing *a)
{
    const gr_list *list = &a->judgement->contribution;
    gr_text *all;

    for (size_t i = 0; i < list->count; i++)
        a->executive[GR_AT(*list, gr_contribution, i)->giver].reference_count++;
    all = take(a, sizeof *all * list->count);
    for (size_t g = 0; all && g < a->givers; g++) {
        a->executive[g].reference = all;
        all += a->executive[g].reference_count;
        a->executive[g].reference_count = 0;
    }
    for (size_t i = 0; all && i < list->count; i++) {
        const gr_contribution *one = GR_AT(*list, gr_contribution, i);
        gr_executive *e = &a->executive[one->giver];

        ((gr_text *)(uintptr_t)e->reference)[e->reference_count++] =
            GR_AT(a->judgement->judged, gr_judged, one->finding)->finding.id;
    }
    for (size_t g = 0; all && g < a->givers; g++)
        qsort((void *)(uintptr_t)a->executive[g].reference, a->executive[g].reference_count,
              sizeof(gr_text), by_text);
}

static int by_id(const void *a, const void *b)
{
    const gr_executive *x = a, *y = b;
    int order = gr_text_compare(x->id, y->id);

    return order ? order : gr_text_compare(x->name, y->name);
}

/* Only who gave something that is reported, or has a finding: names of a refused file are left out. To the clients of
 * some, others gave. */
static void keep_executives(dealing *a)
{
    size_t n = 0, gave = 0;

    for (size_t g = 0; g < a->givers; g++) {
        const gr_executive *e = &a->executive[g];
        bool has_given = e->summary.gifts > 0 || e->finding_count > 0 || e->reference_count > 0;

        gave += has_given;
        if (has_given || e->given_count > 0)
            a->executive[n++] = *e;
    }
    qsort(a->executive, n, sizeof *a->executive, by_id);
    a->report->executive = a->executive;
    a->report->executive_count = n;
    a->report->summary.account_executives = gave;
}

bool gr_executives_make(gr_arena *arena, const gr_standing *giver, const gr_added *added,
                        size_t count, const gr_judgement *judgement, gr_report *report)
{
    dealing a = { .arena = arena, .judgement = judgement, .report = report, .givers = count };

    a.executive = take(&a, sizeof *a.executive * count);
    for (size_t g = 0; a.executive && g < count; g++) {
        a.executive[g].id = giver[g].id;
        a.executive[g].name = giver[g].name;
        a.executive[g].summary.gifts = giver[g].gifts;
        a.executive[g].summary.recipients = giver[g].recipients;
        if (!added)
            continue;
        a.executive[g].staff = added[g].staff;
        a.executive[g].given = added[g].given;
        a.executive[g].given_count = added[g].given_count;
    }
    if (a.no_memory)
        return false;
    deal_findings(&a);
    deal_references(&a);
    if (!a.no_memory)
        keep_executives(&a);
    return !a.no_memory;
}

void gr_report_set_rules(gr_report *report, const gr_rules_used *used)
{
    report->rulebook = used->rulebook;
    report->rulebook_count = used->rulebook_count;
    report->policy = used->choice;
    report->policy_count = used->choice_count;
    report->assumption = used->assumption;
    report->assumption_count = used->assumption_count;
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

void gr_report_set_quarantine(gr_report *report, const gr_list *quarantined)
{
    if (quarantined->count > 1)
        qsort(quarantined->items, quarantined->count, sizeof(gr_quarantined), by_place);
    report->quarantined = quarantined->items;
    report->quarantined_count = quarantined->count;
    report->summary.quarantined = quarantined->count;
}
