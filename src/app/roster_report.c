/* src/app/roster_report.c - see roster_report.h. */
#include "app/roster_report.h"

#include "app/roster_given.h"
#include "base/os.h"

#include <stdlib.h>
#include <string.h>

typedef struct adding {
    const gr_rostering *from;
    const gr_roster_facts *facts;
    gr_rostered *out;
    uint32_t *giver;      /* by number of giver: the place in the roster, or GR_NONE */
    gr_staff *staff;      /* by place */
    gr_given_rows *given; /* by place */
    gr_error *err;
    bool no_memory;
} adding;

static void *take(adding *a, size_t size)
{
    void *piece = gr_arena_zero(a->from->arena, size ? size : 1);

    a->no_memory = a->no_memory || !piece;
    return piece;
}

static const gr_roster_executive *executive_at(const adding *a, size_t i)
{
    return GR_AT(a->facts->executive, gr_roster_executive, i);
}

/* ---- remarks ---- */

bool gr_roster_quarantine(const gr_roster *roster, gr_list *quarantined)
{
    const gr_list *all = &gr_roster_get(roster)->problem;
    bool fits = true;

    for (size_t i = 0; fits && i < all->count; i++) {
        const gr_roster_problem *one = GR_AT(*all, gr_roster_problem, i);
        gr_quarantined q = { .record = one->record, .raw = GR_TEXT("") };

        if (one->weight != GR_ROSTER_ERROR)
            continue;
        gr_fail(&q.error, GR_EINPUT, one->at, one->hint.ptr, "%.*s", GR_ALL(one->message));
        fits = gr_list_push(quarantined, &q);
    }
    return fits;
}

/* Texts of the roster are copied: it may be settled again. */
static gr_text copy(adding *a, gr_text text)
{
    gr_text kept = gr_arena_copy(a->from->arena, text);

    a->no_memory = a->no_memory || !kept.ptr;
    return kept;
}

static void add_remarks(adding *a)
{
    const gr_list *all = &a->facts->problem;
    gr_roster_remark *remark = take(a, sizeof *remark * all->count);

    for (size_t i = 0; remark && i < all->count; i++) {
        const gr_roster_problem *one = GR_AT(*all, gr_roster_problem, i);

        if (one->weight != GR_ROSTER_ERROR)
            remark[a->out->remark_count++] =
                (gr_roster_remark){ one->weight == GR_ROSTER_WARNING, one->record, one->at,
                                    copy(a, one->message), copy(a, one->hint) };
    }
    a->out->remark = remark;
}

/* ---- who everybody is ---- */

static void fill_staff(adding *a)
{
    for (size_t i = 0; i < a->facts->executive.count; i++) {
        const gr_roster_executive *one = executive_at(a, i);
        const gr_roster_executive *chief =
            one->chief != GR_NONE ? executive_at(a, one->chief) : NULL;

        a->staff[i].place = (uint32_t)i;
        a->staff[i].branch = one->branch;
        a->staff[i].crd = one->crd;
        a->staff[i].registration = one->registration;
        a->staff[i].supervisor = one->supervisor;
        a->staff[i].supervisor_name = chief ? chief->name : GR_TEXT("");
    }
}

/* Duties are in the order of clients and days, and so are those of each. */
static void fill_clients(adding *a)
{
    const gr_list *all = &a->facts->duty;
    gr_client *client = take(a, sizeof *client * all->count);

    for (size_t i = 0; i < all->count; i++)
        a->staff[GR_AT(*all, gr_roster_duty, i)->executive].client_count++;
    for (size_t e = 0; client && e < a->facts->executive.count; e++) {
        a->staff[e].client = client;
        client += a->staff[e].client_count;
        a->staff[e].client_count = 0;
    }
    for (size_t i = 0; client && i < all->count; i++) {
        const gr_roster_duty *one = GR_AT(*all, gr_roster_duty, i);
        gr_staff *staff = &a->staff[one->executive];

        ((gr_client *)(uintptr_t)staff->client)[staff->client_count++] =
            (gr_client){ one->client, one->account, one->first, one->last };
    }
}

static gr_status find_places(adding *a)
{
    gr_status status = GR_OK;

    for (size_t g = 0; status == GR_OK && g < a->from->giver_count; g++)
        status = gr_roster_find_giver(a->from->roster, a->from->giver[g].id, a->from->giver[g].name,
                                      &a->giver[g], a->err);
    return status;
}

/* What others gave is told to the one with the id, not to somebody who is known by the same name only. */
static const gr_added *deal(adding *a)
{
    gr_added *added = take(a, sizeof *added * a->from->giver_count);

    for (size_t g = 0; added && g < a->from->giver_count; g++) {
        uint32_t place = a->giver[g];

        if (place == GR_NONE)
            continue;
        added[g].staff = &a->staff[place];
        if (!gr_text_equal(a->from->giver[g].id, executive_at(a, place)->id))
            continue;
        added[g].given = a->given[place].row;
        added[g].given_count = a->given[place].count;
    }
    return added;
}

/* The rulebook that sets a limit for everybody, in money: others are about some recipients only. */
static uint16_t find_book(const gr_rostering *from, gr_rostered *out)
{
    const gr_ruleset *set = from->intake ? from->intake->rules->set : NULL;

    out->has_gifts = set != NULL;
    for (uint16_t b = 0; set && b < set->book_count; b++) {
        const gr_rulebook *book = &set->book[b];

        if (book->scope || book->limit_count == 0 || book->limit[0].is_count)
            continue;
        out->rule = book->id;
        out->currency = book->currency;
        return b;
    }
    return GR_NO_BOOK;
}

static gr_status add_staff(const gr_rostering *from, gr_report *report, const gr_added **added,
                           gr_error *err)
{
    adding a = { .from = from, .facts = gr_roster_get(from->roster), .err = err };
    gr_status status;

    *added = NULL;
    if (gr_roster_is_empty(from->roster))
        return GR_OK;
    a.out = take(&a, sizeof *a.out);
    a.giver = take(&a, sizeof *a.giver * from->giver_count);
    a.staff = take(&a, sizeof *a.staff * a.facts->executive.count);
    a.given = take(&a, sizeof *a.given * a.facts->executive.count);
    if (a.no_memory)
        return gr_fail_memory(err);
    add_remarks(&a);
    fill_staff(&a);
    fill_clients(&a);
    status = find_places(&a);
    if (status == GR_OK)
        status = gr_roster_given(from, a.giver, find_book(from, a.out), a.given, err);
    if (status != GR_OK)
        return status;
    *added = deal(&a);
    report->roster = a.out;
    return a.no_memory ? gr_fail_memory(err) : GR_OK;
}

/* ---- sums ---- */

static void add_summary(gr_summary *sum, const gr_summary *more)
{
    sum->gifts += more->gifts;
    sum->violations += more->violations;
    sum->needs_review += more->needs_review;
    sum->warnings += more->warnings;
    sum->decided += more->decided;
}

static int by_name(const void *a, const void *b)
{
    return gr_text_compare(((const gr_unit *)a)->name, ((const gr_unit *)b)->name);
}

static gr_unit *find_branch(gr_unit *unit, size_t count, gr_text name)
{
    gr_unit key = { .name = name };

    return count == 0 ? NULL : bsearch(&key, unit, count, sizeof *unit, by_name);
}

/* Branches of the roster, each once; and one without a name for everybody else. */
static gr_unit *list_branches(adding *a, size_t *count)
{
    size_t n = 0, all = a->facts->executive.count;
    gr_unit *unit = take(a, sizeof *unit * (all + 1));

    *count = 0;
    if (!unit)
        return NULL;
    for (size_t i = 0; i < all; i++)
        unit[i].name = executive_at(a, i)->branch;
    unit[all].name = GR_TEXT("");
    qsort(unit, all + 1, sizeof *unit, by_name);
    for (size_t i = 0; i <= all; i++)
        if (n == 0 || !gr_text_equal(unit[n - 1].name, unit[i].name))
            unit[n++] = unit[i];
    *count = n;
    return unit;
}

static bool is_bare(const gr_unit *unit)
{
    return unit->staff == 0 && unit->sum.gifts + unit->sum.violations + unit->sum.needs_review +
                                       unit->sum.warnings + unit->sum.decided ==
                                   0;
}

static void sum_branches(adding *a, const gr_report *report)
{
    size_t count, n = 0;
    gr_unit *unit = list_branches(a, &count);

    for (size_t i = 0; unit && i < a->facts->executive.count; i++)
        find_branch(unit, count, executive_at(a, i)->branch)->staff++;
    for (size_t i = 0; unit && i < report->executive_count; i++) {
        const gr_executive *e = &report->executive[i];

        add_summary(&find_branch(unit, count, e->staff ? e->staff->branch : GR_TEXT(""))->sum,
                    &e->summary);
    }
    for (size_t i = 0; unit && i < count; i++)
        if (!is_bare(&unit[i]))
            unit[n++] = unit[i];
    a->out->branch = unit;
    a->out->branch_count = n;
}

/* Chains have no circles: the check has cut them. */
static void sum_supervisors(adding *a, const gr_report *report)
{
    size_t all = a->facts->executive.count, n = 0;
    gr_unit *unit = take(a, sizeof *unit * all);

    for (size_t i = 0; unit && i < all; i++) {
        uint32_t chief = executive_at(a, i)->chief;

        unit[i].id = executive_at(a, i)->id;
        unit[i].name = executive_at(a, i)->name;
        if (chief != GR_NONE)
            unit[chief].staff++;
        for (; chief != GR_NONE; chief = executive_at(a, chief)->chief)
            unit[chief].all_staff++;
    }
    for (size_t i = 0; unit && i < report->executive_count; i++) {
        const gr_executive *e = &report->executive[i];
        uint32_t chief = e->staff ? executive_at(a, e->staff->place)->chief : GR_NONE;

        if (chief != GR_NONE)
            add_summary(&unit[chief].sum, &e->summary);
        for (; chief != GR_NONE; chief = executive_at(a, chief)->chief)
            add_summary(&unit[chief].all, &e->summary);
    }
    for (size_t i = 0; unit && i < all; i++)
        if (unit[i].staff > 0)
            unit[n++] = unit[i];
    a->out->supervisor = unit;
    a->out->supervisor_count = n;
}

static gr_status add_sums(const gr_rostering *from, gr_report *report, gr_error *err)
{
    adding a = { .from = from, .facts = gr_roster_get(from->roster), .err = err };

    if (!report->roster)
        return GR_OK;
    a.out = (gr_rostered *)(uintptr_t)report->roster;
    sum_branches(&a, report);
    sum_supervisors(&a, report);
    return a.no_memory ? gr_fail_memory(err) : GR_OK;
}

gr_status gr_roster_make(const gr_rostering *from, gr_report *report, gr_error *err)
{
    const gr_added *added;
    gr_status status = add_staff(from, report, &added, err);

    if (status != GR_OK)
        return status;
    if (!gr_executives_make(from->arena, from->giver, added, from->giver_count, from->judgement,
                            report))
        return gr_fail_memory(err);
    return add_sums(from, report, err);
}
