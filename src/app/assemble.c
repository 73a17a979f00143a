/* src/app/assemble.c - a report from a run that has just ended. */
#include "app/assemble.h"

#include "app/census.h"
#include "app/executives.h"
#include "app/pairs.h"
#include "app/roster_report.h"
#include "report/report.h"

typedef struct assembly {
    const gr_rules *rules;
    gr_run *run;
    gr_report *report;
    bool no_memory;
} assembly;

static void *take(assembly *a, size_t size)
{
    void *piece = gr_arena_zero(a->run->arena, size ? size : 1);

    a->no_memory = a->no_memory || !piece;
    return piece;
}

/* ---- account executives ---- */

static void add_executives(assembly *a)
{
    const gr_run *run = a->run;
    gr_error err; /* nothing but memory can fail here */
    gr_census census;

    gr_decided_lay(&a->run->decided, &a->run->judgement);
    if (gr_census_take(&run->intake, &run->who, run->from, run->to, run->arena, &census, &err) !=
            GR_OK ||
        gr_roster_make(&(gr_rostering){ run->intake.roster, run->arena, &run->judgement,
                                        census.giver, run->who.giver_count, &run->intake,
                                        &run->who },
                       a->report, &err) != GR_OK) {
        a->no_memory = true;
        return;
    }
    a->report->summary.gifts = census.totals.gifts;
    a->report->summary.recipients = census.totals.recipients;
    a->report->expenses = census.totals.expenses;
    a->run->known = (gr_filtering_known){ census.giver, run->who.giver_count, run->who.recipient,
                                          run->who.recipient_count };
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
    gr_report_set_rules(a->report, &used);
}

static void add_sources(assembly *a)
{
    gr_run *run = a->run;
    gr_report *r = a->report;

    r->input = (const gr_source *)run->intake.source.items + run->intake.first_new;
    r->input_count = run->intake.source.count - run->intake.first_new;
    if (!run->is_recalled) {
        a->no_memory =
            a->no_memory || !gr_roster_quarantine(run->intake.roster, &run->intake.quarantined);
        gr_report_set_quarantine(r, &run->intake.quarantined);
    }
    r->refused = run->ingest.refused.items;
    r->refused_count = run->ingest.refused.count;
    r->note = run->ingest.notes.items;
    r->note_count = run->ingest.notes.count;
    r->duplicates = run->intake.duplicates;
    r->news = run->news;
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
    a.report->since = run->since;
    if (run->is_recalled) {
        a.no_memory = !gr_recollect(&run->recollection, run->arena, a.report);
        run->known = (gr_filtering_known){ run->recollection.recalled.standing.items,
                                           run->recollection.recalled.standing.count,
                                           run->recollection.recipient.items,
                                           run->recollection.recipient.count };
    } else {
        add_rulebooks(&a);
        add_executives(&a);
        a.report->reconciled = gr_reconciliation_count(run->intake.reconciliation);
        if (run->lists_pairs && !gr_pairs_list(run, a.report))
            a.no_memory = true;
    }
    add_sources(&a);
    if (a.no_memory)
        return gr_fail_memory(err);
    if (gr_filtering_apply(run->filtering, &run->known, a.report, err) != GR_OK)
        return err->status;
    *kept = *run;
    a.report->arena = run->arena;
    a.report->owned = kept;
    a.report->release = release;
    *out = a.report;
    return GR_OK;
}
