/* src/app/resolve.c - an officer's decision on a finding. A fact is kept, and everything is judged again with it, in one
 * transaction; the other decisions leave verdicts alone. */
#include "app/resolve.h"

#include "base/writer.h"
#include "report/resolution.h"

/* ---- the decision ---- */

static gr_status pick(gr_resolving *r, gr_ledger *ledger)
{
    gr_status status = gr_ledger_finding_pick(ledger, r->finding, r->arena, &r->known, r->err);

    if (status != GR_OK)
        return status;
    r->out->decision.finding = r->known.finding.id;
    r->out->decision.revision = r->known.revision;
    r->out->decision.reason = r->reason;
    r->out->decision.author = r->author;
    r->out->own = (gr_finding_change){ .was = r->known.finding,
                                       .is = r->known.finding,
                                       .is_new = r->known.is_withdrawn,
                                       .is_gone = r->known.is_withdrawn };
    return GR_OK;
}

/* "F-86dc19cec416: payer of G-11 is firm (was unknown)" */
static gr_status note_down(gr_resolving *r, gr_text *note)
{
    *note =
        gr_arena_print(r->arena, "%.*s: %.*s", GR_ALL(r->known.finding.id), GR_ALL(r->out->said));
    return r->out->said.ptr && note->ptr ? GR_OK : gr_fail_memory(r->err);
}

/* ---- a fact ---- */

static gr_text say_of(const gr_resolving *r)
{
    const char *name = gr_fact_get(r->fact.fact)->name;

    if (r->fact.fact < GR_FACT_FIRST_OF_RECIPIENT)
        return gr_arena_print(r->arena, "%s of %.*s", name, GR_ALL(r->about.id));
    if (r->about.recipients <= 1)
        return gr_arena_print(r->arena, "%s of the recipient of %.*s", name, GR_ALL(r->about.id));
    return gr_arena_print(r->arena, "%s of recipient %u of %.*s", name,
                          (unsigned)r->fact.position + 1, GR_ALL(r->about.id));
}

static gr_status say_fact(gr_resolving *r, const gr_supplied *before)
{
    char room[GR_VALUE_TEXT];
    gr_text of = say_of(r);
    gr_text was = before ? gr_value_print(before->fact, &before->value, room) : GR_TEXT("unknown");

    if (!of.ptr)
        return gr_fail_memory(r->err);
    if (r->value.len == 0 && !before)
        return gr_fail(r->err, GR_EINPUT, GR_NOWHERE, "write the value behind the equals sign",
                       "no %.*s was supplied that could be taken back", GR_SHOW(of));
    r->out->said = r->value.len > 0 ? gr_arena_print(r->arena, "%.*s is %.*s (was %.*s)",
                                                     GR_ALL(of), GR_ALL(r->value), GR_ALL(was))
                                    : gr_arena_print(r->arena, "%.*s is unknown again (was %.*s)",
                                                     GR_ALL(of), GR_ALL(was));
    return r->out->said.ptr ? GR_OK : gr_fail_memory(r->err);
}

static gr_status put_fact(void *context, gr_ledger *ledger, gr_text *note, gr_error *err)
{
    gr_resolving *r = context;
    const gr_supplied *before;
    gr_status status = pick(r, ledger);

    (void)err; /* it is r->err */
    if (status == GR_OK)
        status = gr_resolve_place(r, ledger);
    if (status == GR_OK)
        status = gr_resolve_before(r, ledger, &before);
    if (status == GR_OK)
        status = say_fact(r, before);
    if (status == GR_OK)
        status = note_down(r, note);
    if (status == GR_OK)
        status = gr_ledger_supplied_add(ledger, &r->out->decision, &r->fact, r->value, r->err);
    return status;
}

static gr_status take_change(void *context, const gr_finding_known *was, const gr_finding_known *is,
                             gr_error *err)
{
    gr_resolving *r = context;
    bool is_new = !was || was->is_withdrawn;
    gr_finding_change change = { .was = was ? was->finding : is->finding,
                                 .is = is->finding,
                                 .is_new = is_new,
                                 .is_gone = is->is_withdrawn };

    if (gr_text_equal(is->finding.id, r->known.finding.id)) {
        r->out->own = change;
        return GR_OK;
    }
    return gr_list_push(&r->other, &change) ? GR_OK : gr_fail_memory(err);
}

static gr_status look_back(void *context, gr_ledger *ledger, gr_error *err)
{
    gr_resolving *r = context;
    gr_status status = gr_ledger_run_moment(ledger, r->arena, &r->out->decision.moment, err);

    if (status == GR_OK)
        status = gr_ledger_has_new_rules(ledger, &r->out->has_new_rules, err);
    if (status == GR_OK)
        status = gr_ledger_each_change(ledger, r->arena, take_change, r, err);
    return status;
}

static void release_run(void *owned)
{
    gr_run *run = owned;

    gr_run_free(run); /* itself it lives in the resolution's arena */
}

/* What it counts is told from the run, whose texts it keeps alive. */
static gr_status keep_run(gr_resolving *r, const gr_run *run)
{
    const gr_list *judged = &run->judgement.judged;
    gr_run *kept = gr_arena_alloc(r->arena, sizeof *kept);

    if (!kept)
        return gr_fail_memory(r->err);
    for (size_t i = 0; i < judged->count; i++) {
        gr_finding *f = &GR_AT(*judged, gr_judged, i)->finding;

        if (!gr_text_equal(f->id, r->known.finding.id))
            continue;
        gr_decided_tell(&run->decided, f);
        r->out->finding = f;
    }
    *kept = *run;
    r->out->owned = kept;
    r->out->release = release_run;
    return GR_OK;
}

static gr_status keep_others(gr_resolving *r)
{
    size_t size = r->other.count * r->other.size;
    gr_finding_change *other = gr_arena_alloc(r->arena, size + 1);

    if (!other)
        return gr_fail_memory(r->err);
    for (size_t i = 0; i < r->other.count; i++)
        other[i] = *GR_AT(r->other, gr_finding_change, i);
    r->out->other = other;
    r->out->other_count = r->other.count;
    return GR_OK;
}

static gr_status supply(gr_resolving *r)
{
    const gr_act act = { .action = "resolve", .start = put_fact, .end = look_back, .context = r };
    const gr_audit_options options = { .ledger = r->options->ledger, .author = r->author.ptr };
    gr_run run;
    gr_status status = gr_run_act(r->rules, &options, &act, &run, r->err);

    r->out->is_judged = true;
    if (status == GR_OK)
        status = keep_others(r);
    if (status == GR_OK)
        status = keep_run(r, &run);
    if (status != GR_OK)
        gr_run_free(&run);
    return status;
}

/* ---- the other decisions ---- */

static const gr_rulebook *book_of(const gr_resolving *r)
{
    const gr_ruleset *set = r->rules->set;

    for (size_t i = 0; i < set->book_count; i++)
        if (gr_text_equal(set->book[i].id, r->known.finding.rule))
            return &set->book[i];
    return NULL;
}

/* The rulebook says who may exempt, since when, and by which clause. */
static gr_status check_exempt(gr_resolving *r)
{
    const gr_rulebook *book = book_of(r);
    const gr_exemption *e = book ? book->exemption : NULL;
    const gr_finding *f = &r->known.finding;
    char given[GR_DAY_TEXT], from[GR_DAY_TEXT];

    if (!e)
        return gr_fail(r->err, GR_EINPUT, GR_NOWHERE, "accept it, with the reason",
                       "by the rulebook %.*s nobody may exempt a gift", GR_SHOW(f->rule));
    if (f->day < e->from || f->day > e->to)
        return gr_fail(r->err, GR_EINPUT, GR_NOWHERE, "accept it, with the reason",
                       "%.*s is law from %s on, and the gift '%.*s' was given on %s",
                       GR_SHOW(e->clause), gr_day_print(e->from, from), GR_SHOW(f->gift),
                       gr_day_print(f->day, given));
    r->out->decision.exemption = r->exemption;
    r->out->decision.clause = e->clause;
    r->out->said = gr_arena_print(r->arena, "exempt under %.*s, number %.*s", GR_ALL(e->clause),
                                  GR_ALL(r->exemption));
    return GR_OK;
}

static gr_status check_decided(gr_resolving *r, gr_ledger *ledger)
{
    gr_decided decided = { .decision = GR_LIST(gr_decision *) };
    gr_status status = gr_decided_load(&decided, ledger, GR_RUN_LAST, r->arena, r->err);
    bool is_open = !gr_decided_find(&decided, r->known.finding.id);

    gr_decided_free(&decided);
    if (status == GR_OK && is_open)
        return gr_fail(r->err, GR_EINPUT, GR_NOWHERE, "there is nothing to end",
                       "nothing is decided on the finding %.*s", GR_SHOW(r->known.finding.id));
    return status;
}

static gr_status check_allowed(gr_resolving *r, gr_ledger *ledger)
{
    if (r->known.is_withdrawn)
        return gr_fail(r->err, GR_EINPUT, GR_NOWHERE, "there is nothing to decide on",
                       "the finding %.*s is not made any more", GR_SHOW(r->known.finding.id));
    switch (r->out->decision.kind) {
    case GR_DECISION_EXEMPT:
        return check_exempt(r);
    case GR_DECISION_REOPEN:
        r->out->said = GR_TEXT("open again");
        return check_decided(r, ledger);
    default:
        r->out->said = GR_TEXT("accepted as it is");
        return GR_OK;
    }
}

static gr_status decide_in(gr_resolving *r, gr_ledger *ledger)
{
    gr_deed deed = { 0, r->author, "resolve" };
    gr_text note = GR_TEXT("");
    gr_status status = gr_run_now(&deed.now, r->err);

    if (status == GR_OK)
        status = gr_ledger_begin(ledger, &deed, r->err);
    if (status == GR_OK)
        status = pick(r, ledger);
    if (status == GR_OK)
        status = check_allowed(r, ledger);
    if (status == GR_OK)
        status = note_down(r, &note);
    if (status == GR_OK)
        status = gr_ledger_decision_add(ledger, &r->out->decision, r->err);
    if (status == GR_OK)
        status = gr_ledger_run_moment(ledger, r->arena, &r->out->decision.moment, r->err);
    return status == GR_OK ? gr_ledger_commit(ledger, note, r->err) : status;
}

static void release_nothing(void *owned)
{
    (void)owned;
}

static gr_status decide(gr_resolving *r)
{
    gr_ledger *ledger;
    gr_status status = gr_run_open_ledger(r->options->ledger, &ledger, r->err);

    r->out->release = release_nothing;
    if (status != GR_OK)
        return status;
    status = decide_in(r, ledger);
    gr_ledger_close(ledger);
    return status;
}

/* ---- all ---- */

static gr_status resolve(gr_resolving *r)
{
    gr_status status = gr_resolve_check(r);

    if (status == GR_OK)
        status = r->options->fact ? supply(r) : decide(r);
    gr_list_free(&r->other);
    return status;
}

gr_status gr_resolve(const gr_rules *rules, const gr_resolve_options *options, gr_resolution **out,
                     gr_error *err)
{
    gr_resolving r = { .rules = rules,
                       .options = options,
                       .arena = gr_arena_create(),
                       .other = GR_LIST(gr_finding_change),
                       .err = err };
    gr_status status;

    if (r.arena)
        r.out = gr_arena_zero(r.arena, sizeof *r.out);
    if (r.out)
        r.out->arena = r.arena;
    status = r.out ? resolve(&r) : gr_fail_memory(err);
    if (status != GR_OK)
        gr_arena_free(r.arena);
    else
        *out = r.out;
    return status;
}

void gr_resolution_free(gr_resolution *resolution)
{
    gr_arena *arena;

    if (!resolution)
        return;
    arena = resolution->arena;
    resolution->release(resolution->owned);
    gr_arena_free(arena); /* resolution lives in it */
}

gr_status gr_resolution_write(const gr_resolution *resolution, const gr_report_style *style,
                              gr_on_output output, void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_resolution_json(resolution, &writer, err);
    else
        status = gr_resolution_text(resolution, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the decision cannot be told; it is kept");
    return status;
}
