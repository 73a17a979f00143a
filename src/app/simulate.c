/* src/app/simulate.c - the same gifts judged twice, by other rules first and then by those in use, and what differs.
 * Both runs keep their sums until the findings have been compared, so that both sides of a change are added up also
 * where one of them found nothing. Of a million gifts that would take twice the memory of an audit: of many, the
 * first run's are let go. Nothing is written anywhere. */
#include "app/simulate.h"

#include "base/digest.h"
#include "base/os.h"
#include "report/simulate.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { GR_MOST_KEPT = 200000 }; /* gifts of which the first run's sums are kept: 15 MB */

typedef struct placed { /* a change, and whose it is */
    gr_change change;
    uint32_t executive;
} placed;

typedef struct simulating {
    const gr_rules *rules[GR_SIDES];
    gr_run run[GR_SIDES];
    gr_simulation *simulation;
    gr_arena *arena;   /* of the simulation */
    gr_list change;    /* of placed * */
    gr_list executive; /* of gr_simulated_executive */
    gr_table known;    /* executives by id, or by name */
    gr_error *err;
} simulating;

static gr_status take(simulating *s, size_t size, void **out)
{
    *out = gr_arena_zero(s->arena, size ? size : 1);
    return *out ? GR_OK : gr_fail_memory(s->err);
}

/* ---- inputs: everything is read twice ---- */

static gr_status check_input(const char *input, gr_error *err)
{
    static const char *const hint = "write it into a file first";
    struct stat about;

    if (strcmp(input, "-") == 0)
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, hint,
                       "gifts are judged twice, and standard input can be read once only");
    if (stat(input, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))
        return gr_fail(err, GR_EUSAGE, (gr_place){ input, 0, 0 }, hint,
                       "gifts are judged twice, and this can be read once only");
    return GR_OK;
}

static const gr_source *input_of(const gr_run *run, size_t *count)
{
    *count = run->intake.source.count - run->intake.first_new;
    return (const gr_source *)run->intake.source.items + run->intake.first_new;
}

/* What was kept of both has the same bytes: nobody wrote into a file between the two readings. */
static gr_status check_unchanged(simulating *s)
{
    size_t count[GR_SIDES], k = 0;
    const gr_source *in_use = input_of(&s->run[GR_IN_USE], &count[GR_IN_USE]);
    const gr_source *simulated = input_of(&s->run[GR_SIMULATED], &count[GR_SIMULATED]);

    for (size_t i = 0; i < count[GR_IN_USE]; i++) {
        size_t at = k;

        while (at < count[GR_SIMULATED] && !gr_text_equal(simulated[at].file, in_use[i].file))
            at++;
        if (at == count[GR_SIMULATED])
            continue; /* one of the two refused it */
        if (strcmp(simulated[at].sha256, in_use[i].sha256) != 0)
            return gr_fail(s->err, GR_EINPUT, (gr_place){ in_use[i].file.ptr, 0, 0 },
                           "try again when nobody writes to it",
                           "it changed while the gifts were judged twice");
        k = at + 1;
    }
    return GR_OK;
}

/* ---- account executives ---- */

static gr_text giver_key(const gr_finding *f)
{
    return f->giver_id.len ? f->giver_id : f->giver_name;
}

static bool is_of(const gr_simulated_executive *e, const gr_finding *f)
{
    return gr_text_equal(e->id, f->giver_id) &&
           (f->giver_id.len > 0 || gr_text_equal(e->name, f->giver_name));
}

/* The number of the giver of a finding; GR_NONE: no memory. */
static uint32_t number_executive(simulating *s, const gr_finding *f)
{
    uint64_t hash = gr_hash(giver_key(f), f->giver_id.len > 0);
    gr_simulated_executive fresh = { .id = f->giver_id, .name = f->giver_name };
    uint32_t number = (uint32_t)s->executive.count, found;
    size_t cursor = 0;

    while ((found = gr_table_find(&s->known, hash, &cursor)) != GR_NONE)
        if (is_of(GR_AT(s->executive, gr_simulated_executive, found), f))
            return found;
    return gr_list_push(&s->executive, &fresh) && gr_table_put(&s->known, hash, number) ? number
                                                                                        : GR_NONE;
}

static void count_change(gr_change_counts *counts, gr_change_kind kind)
{
    counts->added += kind == GR_CHANGE_NEW;
    counts->changed += kind == GR_CHANGE_CHANGED;
    counts->gone += kind == GR_CHANGE_GONE;
}

static bool note_pair(simulating *s, const gr_pair *pair)
{
    const gr_finding *was = pair->side[GR_IN_USE], *now = pair->side[GR_SIMULATED];
    gr_change_kind kind = !was ? GR_CHANGE_NEW : !now ? GR_CHANGE_GONE : GR_CHANGE_CHANGED;
    uint32_t executive = number_executive(s, now ? now : was);
    gr_change_counts *counts;
    placed *p;

    if (executive == GR_NONE)
        return false;
    counts = &GR_AT(s->executive, gr_simulated_executive, executive)->counts;
    if (was && now && gr_simulate_compare(was, now) == 0) {
        counts->same++;
        s->simulation->counts.same++;
        return true;
    }
    count_change(counts, kind);
    count_change(&s->simulation->counts, kind);
    p = gr_arena_alloc(s->arena, sizeof *p);
    if (!p)
        return false;
    *p =
        (placed){ { .kind = kind, .side = { { .finding = was }, { .finding = now } } }, executive };
    return gr_list_push(&s->change, &p);
}

static gr_status match(simulating *s)
{
    gr_list pair = GR_LIST(gr_pair);
    bool fits =
        gr_simulate_match(&s->run[GR_IN_USE].judgement, &s->run[GR_SIMULATED].judgement, &pair);

    for (size_t i = 0; fits && i < pair.count; i++)
        fits = note_pair(s, GR_AT(pair, gr_pair, i));
    gr_list_free(&pair);
    return fits ? GR_OK : gr_fail_memory(s->err);
}

/* ---- changes, each under its account executive ---- */

static gr_verdict worst_of(const gr_change *c)
{
    gr_verdict worst = GR_COMPLIANT;

    for (int side = 0; side < GR_SIDES; side++)
        if (c->side[side].finding && c->side[side].finding->verdict > worst)
            worst = c->side[side].finding->verdict;
    return worst;
}

static const gr_finding *shown_of(const gr_change *c)
{
    return c->side[c->kind == GR_CHANGE_GONE ? GR_IN_USE : GR_SIMULATED].finding;
}

static int by_weight(const void *a, const void *b)
{
    const gr_change *x = *(const gr_change *const *)a, *y = *(const gr_change *const *)b;
    const gr_finding *f = shown_of(x), *g = shown_of(y);
    int order = (int)x->kind - (int)y->kind;

    if (order == 0)
        order = (int)worst_of(y) - (int)worst_of(x);
    if (order == 0)
        order = (f->day > g->day) - (f->day < g->day);
    if (order == 0)
        order = gr_text_compare(f->gift, g->gift);
    if (order == 0)
        order = gr_text_compare(f->rule, g->rule);
    return order ? order : gr_text_compare(f->id, g->id);
}

static int by_id(const void *a, const void *b)
{
    const gr_simulated_executive *x = a, *y = b;
    int order = gr_text_compare(x->id, y->id);

    return order ? order : gr_text_compare(x->name, y->name);
}

/* all: the changes in the order of the list. */
static gr_status deal(simulating *s, gr_change *const *all)
{
    gr_simulated_executive *executive = s->executive.items;
    gr_change **dealt;
    gr_status status = take(s, sizeof *dealt * s->change.count, (void **)&dealt);

    if (status != GR_OK)
        return status;
    for (size_t e = 0; e < s->executive.count; e++) {
        const gr_change_counts *counts = &executive[e].counts;

        executive[e].change = (const gr_change *const *)dealt;
        dealt += counts->added + counts->changed + counts->gone;
    }
    for (size_t i = 0; i < s->change.count; i++) {
        gr_simulated_executive *e = &executive[(*GR_AT(s->change, placed *, i))->executive];

        ((gr_change **)(uintptr_t)e->change)[e->change_count++] = all[i];
    }
    for (size_t e = 0; e < s->executive.count; e++)
        qsort((void *)(uintptr_t)executive[e].change, executive[e].change_count,
              sizeof(gr_change *), by_weight);
    return GR_OK;
}

static gr_status ask_both(simulating *s, gr_change *const *all)
{
    size_t count = s->change.count;
    gr_status status = GR_OK;

    for (int side = 0; status == GR_OK && side < GR_SIDES; side++)
        status =
            gr_simulate_ask(&s->run[side], s->rules[side]->set, side, all, count, s->arena, s->err);
    for (size_t i = 0; status == GR_OK && i < count; i++) {
        const gr_finding *was = all[i]->side[GR_IN_USE].finding;
        const gr_finding *now = all[i]->side[GR_SIMULATED].finding;

        all[i]->same_shown = was && now && gr_simulate_same_shown(was, now);
        if (was && now)
            all[i]->differs = gr_simulate_compare(was, now);
    }
    return status;
}

static gr_status arrange(simulating *s)
{
    gr_change **all;
    gr_simulated_executive *kept;
    gr_status status = take(s, sizeof *all * s->change.count, (void **)&all);

    for (size_t i = 0; status == GR_OK && i < s->change.count; i++)
        all[i] = &(*GR_AT(s->change, placed *, i))->change;
    if (status == GR_OK)
        status = ask_both(s, all);
    if (status == GR_OK)
        status = deal(s, all);
    if (status == GR_OK)
        status = take(s, sizeof *kept * s->executive.count, (void **)&kept);
    if (status != GR_OK)
        return status;
    if (s->executive.count > 0)
        memcpy(kept, s->executive.items, sizeof *kept * s->executive.count);
    qsort(kept, s->executive.count, sizeof *kept, by_id);
    s->simulation->executive = kept;
    s->simulation->executive_count = s->executive.count;
    return GR_OK;
}

/* ---- the whole ---- */

static void let_go(gr_run *run)
{
    gr_tally_free(run->intake.tally);
    run->intake.tally = NULL;
}

static gr_status judge(simulating *s, const gr_audit_options *options, int side)
{
    gr_run *run = &s->run[side];
    gr_status status = gr_run_make(s->rules[side], options, false, run, s->err);

    gr_list_free(&run->judgement.contribution); /* who contributed is not told here */
    if (status == GR_OK)
        gr_simulate_count(run, &s->simulation->side[side]);
    return status;
}

static gr_status judge_twice(simulating *s, const gr_audit_options *options)
{
    gr_status status = GR_OK;

    if (options->input_count == 0 && !options->ledger)
        return gr_fail(s->err, GR_EUSAGE, GR_NOWHERE, "name files or folders, or a ledger",
                       "there are no gifts to simulate with");
    for (size_t i = 0; status == GR_OK && i < options->input_count; i++)
        status = check_input(options->inputs[i], s->err);
    if (status == GR_OK)
        status = judge(s, options, GR_SIMULATED);
    if (status == GR_OK && s->run[GR_SIMULATED].intake.tally->gift.count > GR_MOST_KEPT)
        let_go(&s->run[GR_SIMULATED]);
    if (status == GR_OK)
        status = judge(s, options, GR_IN_USE);
    return status == GR_OK ? check_unchanged(s) : status;
}

static gr_status compare(simulating *s)
{
    gr_status status = match(s);

    if (status == GR_OK)
        status = arrange(s);
    if (status == GR_OK)
        status = gr_simulate_describe(s->rules, s->run, s->arena, s->simulation, s->err);
    return status;
}

/* The findings keep the names of people and files alive; what was added up is needed no more. */
static gr_status hand_over(simulating *s)
{
    gr_run *kept;
    gr_status status = take(s, sizeof s->run, (void **)&kept);

    if (status != GR_OK)
        return status;
    for (int side = 0; side < GR_SIDES; side++) {
        let_go(&s->run[side]);
        kept[side] = s->run[side];
    }
    s->simulation->arena = s->arena;
    s->simulation->owned = kept;
    return GR_OK;
}

static gr_status simulate(simulating *s, const gr_audit_options *options)
{
    gr_status status = take(s, sizeof *s->simulation, (void **)&s->simulation);

    if (status == GR_OK)
        status = judge_twice(s, options);
    if (status == GR_OK)
        status = compare(s);
    return status == GR_OK ? hand_over(s) : status;
}

gr_status gr_simulate(const gr_rules *in_use, const gr_rules *simulated,
                      const gr_audit_options *options, gr_simulation **out, gr_error *err)
{
    simulating s = { .rules = { in_use, simulated },
                     .arena = gr_arena_create(),
                     .change = GR_LIST(placed *),
                     .executive = GR_LIST(gr_simulated_executive),
                     .err = err };
    gr_status status = s.arena ? simulate(&s, options) : gr_fail_memory(err);

    gr_list_free(&s.change);
    gr_list_free(&s.executive);
    gr_table_free(&s.known);
    if (status == GR_OK) {
        *out = s.simulation;
        return GR_OK;
    }
    for (int side = 0; side < GR_SIDES; side++)
        gr_run_free(&s.run[side]);
    gr_arena_free(s.arena);
    return status;
}

void gr_simulation_free(gr_simulation *simulation)
{
    gr_run run[GR_SIDES];
    gr_arena *arena;

    if (!simulation)
        return;
    arena = simulation->arena;
    memcpy(run, simulation->owned, sizeof run);
    for (int side = 0; side < GR_SIDES; side++)
        gr_run_free(&run[side]);
    gr_arena_free(arena); /* simulation lives in it */
}

/* ---- what a finished simulation is asked for ---- */

gr_simulated gr_simulation_summary(const gr_simulation *simulation)
{
    const gr_change_counts *counts = &simulation->counts;

    return (gr_simulated){ .added = counts->added,
                           .gone = counts->gone,
                           .changed = counts->changed,
                           .same = counts->same,
                           .quarantined = simulation->quarantined_count,
                           .refused = simulation->refused_count,
                           .differs = simulation->differs };
}

const gr_error *gr_simulation_refusal(const gr_simulation *simulation, size_t i)
{
    return i < simulation->refused_count ? simulation->refused[i].error : NULL;
}

const char *gr_simulation_note(const gr_simulation *simulation, size_t i)
{
    return i < simulation->note_count ? simulation->note[i].ptr : NULL;
}

gr_status gr_simulation_write(const gr_simulation *simulation, const gr_report_style *style,
                              gr_on_output output, void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_simulation_json(simulation, &writer, err);
    else
        status = gr_simulation_text(simulation, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the report cannot be written");
    return status;
}
