/* src/app/recollect.c - what the ledger remembers, dealt out as if it had just been judged. */
#include "app/recollect.h"

#include "app/executives.h"
#include "app/roster_report.h"
#include "base/digest.h"
#include "ledger/roster_read.h"

typedef struct recollecting {
    gr_recalled *recalled;
    gr_judgement *judgement;
    gr_table giver; /* places among the standings */
    bool no_memory;
} recollecting;

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

static bool add_giver(recollecting *r, uint32_t number)
{
    const gr_standing *giver = GR_AT(r->recalled->standing, gr_standing, number);

    return gr_table_put(&r->giver, hash_giver(giver->id, giver->name), number);
}

/* Whoever has a finding has given: somebody who is not there is added all the same. */
static uint32_t find_giver(recollecting *r, gr_text id, gr_text name)
{
    gr_standing one = { .id = id, .name = name };
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&r->giver, hash_giver(id, name), &cursor)) != GR_NONE)
        if (is_giver(GR_AT(r->recalled->standing, gr_standing, i), id, name))
            return i;
    i = (uint32_t)r->recalled->standing.count;
    if (!gr_list_push(&r->recalled->standing, &one) || !add_giver(r, i))
        r->no_memory = true;
    return i;
}

/* ---- findings ---- */

static bool is_told(const recollecting *r, size_t from, uint32_t giver)
{
    for (size_t i = from; i < r->judgement->contribution.count; i++)
        if (GR_AT(r->judgement->contribution, gr_contribution, i)->giver == giver)
            return true;
    return false;
}

/* Everybody else whose gifts were counted, once; of a warning nobody else is told. */
static void add_contributions(recollecting *r, const gr_finding *f, uint32_t giver)
{
    uint32_t finding = (uint32_t)r->judgement->judged.count;
    size_t from = r->judgement->contribution.count;

    for (size_t i = 0; f->verdict >= GR_NEEDS_REVIEW && i < f->counted_count; i++) {
        uint32_t other = find_giver(r, f->counted[i].giver_id, f->counted[i].giver_name);

        if (other != giver && !is_told(r, from, other) &&
            !gr_list_push(&r->judgement->contribution, &(gr_contribution){ other, finding }))
            r->no_memory = true;
    }
}

static void number_givers(recollecting *r)
{
    for (uint32_t i = 0; i < r->recalled->standing.count; i++)
        r->no_memory = r->no_memory || !add_giver(r, i);
    for (size_t i = 0; !r->no_memory && i < r->recalled->finding.count; i++) {
        const gr_finding *f = GR_AT(r->recalled->finding, gr_finding, i);
        gr_judged judged = { .finding = *f, .giver = find_giver(r, f->giver_id, f->giver_name) };

        add_contributions(r, f, judged.giver);
        if (!gr_list_push(&r->judgement->judged, &judged))
            r->no_memory = true;
    }
}

/* ---- the roster ---- */

typedef struct loading {
    gr_roster *roster;
    gr_arena *arena;
    gr_text file; /* of the line before */
    uint32_t lines;
} loading;

static gr_status take_line(void *context, const gr_source *source, const gr_record *record,
                           const gr_kept_record *kept, gr_error *err)
{
    loading *l = context;

    (void)kept;
    if (!l->file.ptr || !gr_text_equal(l->file, source->file))
        l->file = gr_arena_copy(l->arena, source->file);
    return l->file.ptr ? gr_roster_take(l->roster, record, l->file, l->lines++, NULL, err)
                       : gr_fail_memory(err);
}

static gr_status load_roster(gr_ledger *ledger, int64_t run, const gr_names *names, gr_arena *arena,
                             gr_recollection *out, gr_error *err)
{
    gr_names *none = gr_arena_zero(arena, sizeof *none); /* nothing is left out of names */
    loading l = { .arena = arena };
    gr_status status = none ? gr_roster_create(&out->roster, err) : gr_fail_memory(err);

    l.roster = out->roster;
    if (status == GR_OK)
        status = gr_ledger_each_roster_line(ledger, run, take_line, &l, err);
    return status == GR_OK ? gr_roster_settle(out->roster, names ? names : none, NULL, NULL, err)
                           : status;
}

/* Who stands on the roster may have given nothing, while others gave to the clients. */
static void number_roster(recollecting *r, const gr_roster *roster)
{
    const gr_list *all = &gr_roster_get(roster)->executive;

    for (size_t i = 0; !r->no_memory && i < all->count; i++) {
        const gr_roster_executive *one = GR_AT(*all, gr_roster_executive, i);

        find_giver(r, one->id, one->name);
    }
}

/* Gifts name their givers by the numbers that these got when the standings were read, first of all. */
static bool has_same_givers(const gr_recollection *recollection, size_t standings)
{
    const gr_who *who = recollection->who;
    bool are_same = who && who->giver_count >= standings;

    for (size_t i = 0; are_same && i < standings; i++) {
        const gr_standing *one = GR_AT(recollection->recalled.standing, gr_standing, i);

        are_same = is_giver(one, who->giver[i].id, who->giver[i].name);
    }
    return are_same;
}

/* ---- all ---- */

gr_status gr_recollection_load(gr_ledger *ledger, int64_t run, int64_t since, const gr_names *names,
                               gr_arena *arena, gr_recollection *out, gr_error *err)
{
    gr_status status = gr_ledger_recall(ledger, run, since, arena, &out->recalled, err);

    if (status == GR_OK)
        status = gr_decided_load(&out->decided, ledger, run, arena, err);
    return status == GR_OK ? load_roster(ledger, run, names, arena, out, err) : status;
}

bool gr_recollect(gr_recollection *recollection, gr_arena *arena, gr_report *report)
{
    gr_recalled *recalled = &recollection->recalled;
    recollecting r = { .recalled = recalled, .judgement = &recollection->judgement };
    bool has_gifts = has_same_givers(recollection, recalled->standing.count);
    gr_error err; /* nothing but memory can fail here */

    recollection->judgement.from = GR_DAY_FIRST;
    recollection->judgement.to = GR_DAY_LAST;
    recollection->judgement.judged = GR_LIST(gr_judged);
    recollection->judgement.contribution = GR_LIST(gr_contribution);
    number_givers(&r);
    number_roster(&r, recollection->roster);
    gr_decided_lay(&recollection->decided, &recollection->judgement);
    gr_table_free(&r.giver);
    if (r.no_memory)
        return false;
    report->summary.gifts = recalled->totals.gifts;
    report->summary.recipients = recalled->totals.recipients;
    report->expenses = recalled->totals.expenses;
    gr_report_set_rules(report, &recalled->rules);
    if (!gr_roster_quarantine(recollection->roster, &recalled->quarantined))
        return false;
    gr_report_set_quarantine(report, &recalled->quarantined);
    return gr_roster_make(&(gr_rostering){ .roster = recollection->roster,
                                           .arena = arena,
                                           .judgement = &recollection->judgement,
                                           .giver = recalled->standing.items,
                                           .giver_count = recalled->standing.count,
                                           .intake = has_gifts ? recollection->intake : NULL,
                                           .who = recollection->who },
                          report, &err) == GR_OK;
}

void gr_recollection_free(gr_recollection *recollection)
{
    gr_recalled_free(&recollection->recalled);
    gr_list_free(&recollection->recipient);
    gr_decided_free(&recollection->decided);
    gr_judgement_free(&recollection->judgement);
    gr_roster_free(recollection->roster);
}
