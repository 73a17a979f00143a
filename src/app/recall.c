/* src/app/recall.c - a report from the ledger alone, as it stood at any moment. Nothing is judged again: what is told is
 * what was found then, by the rules of then. */
#include "app/executives.h"
#include "base/digest.h"
#include "base/os.h"
#include "ledger/recall.h"
#include "report/report.h"

typedef struct recall {
    gr_arena *arena; /* of the report */
    gr_recalled recalled;
    gr_judgement judgement; /* the findings, each with the number of its giver */
    gr_table giver;         /* places among the standings */
    bool no_memory;
} recall;

/* ---- givers by number ---- */

static uint64_t hash_giver(gr_text id, gr_text name)
{
    return id.len > 0 ? gr_hash(id, 1) : gr_hash(name, 2);
}

static bool is_giver(const gr_standing *giver, gr_text id, gr_text name)
{
    if (giver->id.len > 0 || id.len > 0)
        return gr_text_equal(giver->id, id);
    return gr_text_equal(giver->name, name);
}

static bool add_giver(recall *r, uint32_t number)
{
    const gr_standing *giver = GR_AT(r->recalled.standing, gr_standing, number);

    return gr_table_put(&r->giver, hash_giver(giver->id, giver->name), number);
}

/* Whoever has a finding has given: somebody who is not there is added all the same. */
static uint32_t find_giver(recall *r, gr_text id, gr_text name)
{
    gr_standing one = { .id = id, .name = name };
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&r->giver, hash_giver(id, name), &cursor)) != GR_NONE)
        if (is_giver(GR_AT(r->recalled.standing, gr_standing, i), id, name))
            return i;
    i = (uint32_t)r->recalled.standing.count;
    if (!gr_list_push(&r->recalled.standing, &one) || !add_giver(r, i))
        r->no_memory = true;
    return i;
}

/* ---- findings ---- */

static bool is_told(const recall *r, size_t from, uint32_t giver)
{
    for (size_t i = from; i < r->judgement.contribution.count; i++)
        if (GR_AT(r->judgement.contribution, gr_contribution, i)->giver == giver)
            return true;
    return false;
}

/* Everybody else whose gifts were counted, once; of a warning nobody else is told. */
static void add_contributions(recall *r, const gr_finding *f, uint32_t giver)
{
    uint32_t finding = (uint32_t)r->judgement.judged.count;
    size_t from = r->judgement.contribution.count;

    for (size_t i = 0; f->verdict >= GR_NEEDS_REVIEW && i < f->counted_count; i++) {
        uint32_t other = find_giver(r, f->counted[i].giver_id, f->counted[i].giver_name);

        if (other != giver && !is_told(r, from, other) &&
            !gr_list_push(&r->judgement.contribution, &(gr_contribution){ other, finding }))
            r->no_memory = true;
    }
}

static void number_givers(recall *r)
{
    for (uint32_t i = 0; i < r->recalled.standing.count; i++)
        r->no_memory = r->no_memory || !add_giver(r, i);
    for (size_t i = 0; !r->no_memory && i < r->recalled.finding.count; i++) {
        const gr_finding *f = GR_AT(r->recalled.finding, gr_finding, i);
        gr_judged judged = { .finding = *f, .giver = find_giver(r, f->giver_id, f->giver_name) };

        add_contributions(r, f, judged.giver);
        if (!gr_list_push(&r->judgement.judged, &judged))
            r->no_memory = true;
    }
}

/* ---- the report ---- */

static void release(void *owned)
{
    recall r = *(recall *)owned; /* the arena holds it */

    gr_recalled_free(&r.recalled);
    gr_list_free(&r.judgement.judged);
    gr_list_free(&r.judgement.contribution);
    gr_table_free(&r.giver);
    gr_arena_free(r.arena);
}

static bool fill_report(recall *r, gr_report *report)
{
    number_givers(r);
    if (r->no_memory)
        return false;
    report->summary.gifts = r->recalled.totals.gifts;
    report->summary.recipients = r->recalled.totals.recipients;
    report->expenses = r->recalled.totals.expenses;
    gr_report_set_rules(report, &r->recalled.rules);
    gr_report_set_quarantine(report, &r->recalled.quarantined);
    return gr_executives_make(r->arena, r->recalled.standing.items, r->recalled.standing.count,
                              &r->judgement, report);
}

static gr_status read_ledger(const gr_recall_options *options, recall *r, gr_moment *moment,
                             gr_error *err)
{
    gr_ledger *ledger;
    gr_status status = gr_ledger_open_reading(options->ledger, &ledger, err);

    if (status != GR_OK)
        return status;
    status = gr_ledger_moment_find(ledger, "--as-known-on", options->as_known_on, moment, err);
    if (status == GR_OK)
        status = gr_ledger_recall(ledger, moment->run, r->arena, &r->recalled, err);
    gr_ledger_close(ledger);
    if (status == GR_OK && moment->run > 0 && r->recalled.rules.sha256.len == 0)
        return gr_fail(err, GR_EINPUT, (gr_place){ options->ledger, 0, 0 },
                       "judge them: giftrule audit --ledger, without an export",
                       "the gifts of this ledger were not judged by then");
    return status;
}

static gr_status make(const gr_recall_options *options, recall *r, gr_report **out, gr_error *err)
{
    gr_report *report = gr_arena_zero(r->arena, sizeof *report);
    recall *kept = gr_arena_alloc(r->arena, sizeof *kept);
    gr_moment moment = { 0, 0 };
    gr_status status = report && kept ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK)
        status = read_ledger(options, r, &moment, err);
    if (status != GR_OK)
        return status;
    if (moment.seconds < 0)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "SOURCE_DATE_EPOCH", 0, 0 },
                       "write the seconds since 1970, or unset it", "this is no number of seconds");
    report->arena = r->arena;
    report->generated = moment.seconds;
    report->as_of = (gr_day)(moment.seconds / 86400);
    report->ledger = gr_arena_copy(r->arena, gr_text_of(options->ledger));
    if (!report->ledger.ptr || !fill_report(r, report))
        return gr_fail_memory(err);
    *kept = *r;
    report->owned = kept;
    report->release = release;
    *out = report;
    return GR_OK;
}

gr_status gr_report_recall(const gr_recall_options *options, gr_report **out, gr_error *err)
{
    recall r = { .arena = gr_arena_create() };
    gr_status status = GR_OK;

    r.judgement.judged = GR_LIST(gr_judged);
    r.judgement.contribution = GR_LIST(gr_contribution);
    status = r.arena ? make(options, &r, out, err) : gr_fail_memory(err);
    if (status != GR_OK)
        release(&r);
    return status;
}
