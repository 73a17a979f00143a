/* src/app/scenario.c - runs rules/scenarios: gift logs with the verdicts that a rulebook must give. Each goes the way
 * of a real export, from its bytes in the file to the findings. */
#include "app/coverage.h"
#include "app/hearing.h"

#include <string.h>

typedef struct runner {
    const char *dir;
    const gr_scenario_listener *listener;
    gr_coverage coverage;
    gr_arena *arena;    /* of one scenario file */
    gr_rules *rules;    /* loaded with the choices of the scenario before */
    gr_text loaded_for; /* those choices in one text; in kept */
    gr_arena *kept;
    gr_scenario_counts counts;
    gr_error *err;
} runner;

typedef struct trial { /* one scenario at work */
    runner *r;
    const gr_node *node;
    gr_hearing hearing;
    gr_arena *arena; /* the hearing's */
    gr_text got;     /* what was not as expected */
} trial;

/* ---- rules with the scenario's choices ---- */

static gr_error wrong_choice(const runner *r, const gr_node *scenario)
{
    gr_error error;

    gr_fail(&error, GR_EINPUT, gr_node_child(scenario, "choice")->at, r->err->hint, "%s",
            r->err->message);
    if (r->listener->on_error)
        r->listener->on_error(r->listener->context, &error);
    return error;
}

static gr_status load_rules(runner *r, const gr_node *scenario)
{
    gr_status status;
    size_t count = gr_node_count(scenario, "choice"), i = 0;
    gr_setting *settings = gr_arena_zero(r->arena, sizeof *settings * (count + 1));
    gr_text all = GR_TEXT(" ");

    for (const gr_node *c = gr_node_child(scenario, "choice"); settings && c;
         c = gr_node_again(c)) {
        settings[i].name = gr_node_attribute(c, "name").ptr;
        settings[i].value = gr_node_attribute(c, "value").ptr;
        all = gr_arena_print(r->arena, "%s %s=%s", all.ptr ? all.ptr : "", settings[i].name,
                             settings[i].value);
        i++;
    }
    if (!settings || !all.ptr)
        return gr_fail_memory(r->err);
    if (r->rules && gr_text_equal(all, r->loaded_for))
        return GR_OK;
    gr_rules_free(r->rules);
    r->rules = NULL;
    r->loaded_for = gr_arena_copy(r->kept, all);
    status = gr_rules_load(r->dir, settings, count, r->listener->on_error, r->listener->context,
                           &r->rules, r->err);
    if (status == GR_EUSAGE) { /* a choice is wrong: it stands here, not on the command line */
        *r->err = wrong_choice(r, scenario);
        status = GR_EINPUT;
    }
    return status;
}

/* ---- the gift log ---- */

/* The bytes of the gift-log element as they stand in the file, and the line before its first. */
static gr_text cut_gift_log(gr_text bytes, const gr_node *log, uint32_t *line_offset)
{
    static const char end[] = "</gift-log>";
    const char *at = bytes.ptr, *stop;

    for (uint32_t line = 1; line < log->at.line; line++)
        at = strchr(at, '\n') + 1;
    at += log->at.column - 1;
    stop = strstr(at, end);
    *line_offset = log->at.line - 1;
    return (gr_text){ at, stop ? (size_t)(stop - at) + sizeof end - 1 : 0 };
}

/* ---- what is expected ---- */

static gr_text span_words(gr_arena *arena, gr_wide low, gr_wide high, int64_t den, bool unbounded)
{
    char a[GR_MONEY_TEXT], b[GR_MONEY_TEXT];

    gr_money_print(low, den, a);
    if (!unbounded && low == high)
        return gr_arena_print(arena, "%s", a);
    return gr_arena_print(arena, "%s..%s", a, unbounded ? "" : gr_money_print(high, den, b));
}

/* Adds "what: expected x, got y" when the scenario names this and it differs. */
static void compare(trial *t, const gr_node *expect, const char *what, gr_text got)
{
    gr_text wanted = gr_node_attribute(expect, what);

    if (!gr_node_has(expect, what) || gr_text_equal(wanted, got))
        return;
    t->got = gr_arena_print(t->arena, "%s%s%s %.*s where %.*s is expected", t->got.ptr,
                            t->got.len ? "; " : "", what, GR_ALL(got), GR_ALL(wanted));
}

/* Does the expectation leave this open, or name the same? */
static bool is_named(const gr_node *expect, const char *what, gr_text text)
{
    return !gr_node_has(expect, what) || gr_text_equal(gr_node_attribute(expect, what), text);
}

static bool is_meant(const gr_node *expect, const gr_finding *f)
{
    return is_named(expect, "gift", f->gift) && is_named(expect, "recipient", f->recipient_id) &&
           is_named(expect, "provision", f->provision);
}

/* Nobody expects a warning that the limit is near: such a gift is compliant. */
static bool is_near(const gr_finding *f)
{
    return f->verdict == GR_WARNING && gr_text_is(f->kind, "near-limit");
}

/* The worst finding that is meant, and the one about the limit; NULL when there is none. */
static const gr_finding *find_findings(const trial *t, const gr_node *expect, gr_text rule,
                                       const gr_finding **limit)
{
    const gr_finding *worst = NULL;

    *limit = NULL;
    for (size_t i = 0; i < t->hearing.judgement.judged.count; i++) {
        const gr_finding *f = &GR_AT(t->hearing.judgement.judged, gr_judged, i)->finding;

        if (!gr_text_equal(f->rule, rule) || is_near(f) || !is_meant(expect, f))
            continue;
        if (!worst || f->verdict > worst->verdict)
            worst = f;
        if (f->has_limit && (!*limit || f->verdict > (*limit)->verdict))
            *limit = f;
    }
    return worst;
}

static const gr_rulebook *find_rulebook(const trial *t, gr_text rule)
{
    const gr_ruleset *set = t->r->rules->set;

    for (size_t b = 0; b < set->book_count; b++)
        if (gr_text_equal(set->book[b].id, rule))
            return &set->book[b];
    return NULL;
}

/* A gift that is surely excluded has no finding: it counts nothing, against the limit of its day. */
static void compare_excluded(trial *t, const gr_node *expect, gr_text rule)
{
    const gr_rulebook *book = find_rulebook(t, rule);
    const gr_list *gifts = &t->hearing.intake.tally->gift;

    compare(t, expect, "counted", GR_TEXT("0.00"));
    if (!book) /* detection has no limits */
        return;
    for (size_t i = 0; i < book->limit_count; i++) {
        const gr_limit *limit = &book->limit[i];

        for (uint32_t g = 0; is_named(expect, "provision", limit->id) && g < gifts->count; g++) {
            const gr_limit_row *row = gr_limit_on(limit, GR_AT(*gifts, gr_gift, g)->day);
            char amount[GR_MONEY_TEXT];

            if (row && gr_text_equal(gr_tally_id(t->hearing.intake.tally, g),
                                     gr_node_attribute(expect, "gift")))
                compare(t, expect, "limit", gr_text_of(gr_amount_print(row->amount, amount)));
        }
    }
}

static bool has_gift(const trial *t, gr_text id)
{
    for (uint32_t g = 0; g < t->hearing.intake.tally->gift.count; g++)
        if (gr_text_equal(gr_tally_id(t->hearing.intake.tally, g), id))
            return true;
    return false;
}

static void check_expect(trial *t, const gr_node *expect, gr_text rule)
{
    const gr_finding *limit, *worst = find_findings(t, expect, rule, &limit);
    char amount[GR_MONEY_TEXT];

    if (!has_gift(t, gr_node_attribute(expect, "gift"))) {
        t->got = gr_arena_print(t->arena, "%s%sthe gift log has no gift '%s'", t->got.ptr,
                                t->got.len ? "; " : "", gr_node_attribute(expect, "gift").ptr);
        return;
    }
    compare(t, expect, "verdict",
            gr_text_of(gr_verdict_text(worst ? worst->verdict : GR_COMPLIANT)));
    if (worst && worst->verdict != GR_COMPLIANT) {
        compare(t, expect, "kind", worst->kind);
        compare(t, expect, "clause", worst->clause);
    }
    if (limit) {
        const gr_span *own = &limit->counted[limit->counted_count - 1].value;

        compare(t, expect, "limit", gr_text_of(gr_amount_print(limit->limit, amount)));
        compare(t, expect, "total",
                span_words(t->arena, limit->total.low, limit->total.high, limit->total.den,
                           limit->total.unbounded));
        compare(t, expect, "counted",
                span_words(t->arena, own->low, own->high, own->den, own->high == GR_UNBOUNDED));
    } else {
        compare_excluded(t, expect, rule);
    }
    if (t->got.len > 0 && worst && worst->reason.len > 0)
        t->got = gr_arena_print(t->arena, "%s (%.*s)", t->got.ptr, GR_ALL(worst->reason));
}

/* ---- one scenario ---- */

static gr_status judge_trial(trial *t, gr_text bytes, gr_error *err)
{
    const gr_node *log = gr_node_child(t->node, "gift-log");
    uint32_t line_offset;
    gr_text part = cut_gift_log(bytes, log, &line_offset);
    gr_status status =
        gr_hearing_read(&t->hearing, gr_text_of(log->at.file), part, line_offset, err);

    return status == GR_OK ? gr_hearing_judge(&t->hearing, err) : status;
}

static void tell(trial *t, bool passed)
{
    gr_text expected = GR_TEXT("");
    gr_scenario_result result = { .id = gr_node_attribute(t->node, "id").ptr,
                                  .title = gr_node_attribute(t->node, "title").ptr,
                                  .file = t->node->at.file,
                                  .line = t->node->at.line,
                                  .passed = passed };

    for (const gr_node *e = gr_node_child(t->node, "expect"); e; e = gr_node_again(e))
        expected = gr_arena_print(t->arena, "%s%s%s %s", expected.ptr ? expected.ptr : "",
                                  expected.len ? ", " : "", gr_node_attribute(e, "gift").ptr,
                                  gr_node_attribute(e, "verdict").ptr);
    result.expected = expected.ptr ? expected.ptr : "";
    result.got = passed ? "as expected" : t->got.ptr ? t->got.ptr : "";
    t->r->counts.passed += passed;
    t->r->counts.failed += !passed;
    if (t->r->listener->on_scenario)
        t->r->listener->on_scenario(t->r->listener->context, &result);
}

/* Without its rulebook every gift would be compliant. */
static void check_expects(trial *t, gr_text rule)
{
    if (!find_rulebook(t, rule) && !gr_text_is(rule, "detection")) {
        t->got =
            gr_arena_print(t->arena, "there is no rulebook '%.*s' for this firm", GR_SHOW(rule));
        return;
    }
    for (const gr_node *e = gr_node_child(t->node, "expect"); e; e = gr_node_again(e))
        check_expect(t, e, rule);
}

static gr_status run_trial(runner *r, const gr_node *scenario, gr_text bytes)
{
    trial t = { .r = r, .node = scenario, .got = GR_TEXT("") };
    gr_text rule = gr_node_attribute(scenario, "rule");
    gr_status status = load_rules(r, scenario);
    gr_error error;

    if (status == GR_OK)
        status = gr_hearing_open(r->rules, &t.hearing, r->err);
    t.arena = t.hearing.arena;
    if (status == GR_OK) {
        t.hearing.intake.tally->seen = gr_coverage_listen(&r->coverage, r->rules->set, rule);
        status = judge_trial(&t, bytes, &error);
        if (status == GR_EINPUT || status == GR_ELIMIT) {
            t.got = gr_arena_print(t.arena, "line %u: %s", error.line, error.message);
            status = GR_OK;
        } else if (status != GR_OK) {
            *r->err = error;
        } else {
            check_expects(&t, rule);
        }
    }
    if (status == GR_OK)
        tell(&t, t.got.len == 0);
    gr_hearing_close(&t.hearing);
    return status;
}

/* ---- all of them ---- */

static gr_status run_file(runner *r, const char *path)
{
    gr_problems problems = { .on_error = r->listener->on_error, .context = r->listener->context };
    gr_text schema = gr_arena_print(r->arena, "%s/schema/scenarios.xsd", r->dir);
    gr_rulefile file;
    gr_status status = gr_rulefile_load(path, schema.ptr, r->arena, &problems, &file, r->err);

    if (status != GR_OK)
        return status;
    for (const gr_node *s = gr_node_child(file.root, "scenario"); status == GR_OK && s;
         s = gr_node_again(s))
        status = run_trial(r, s, file.bytes);
    return status;
}

static gr_status run_files(runner *r)
{
    gr_list paths = GR_LIST(gr_text);
    gr_text folder = gr_arena_print(r->arena, "%s/scenarios", r->dir);
    gr_status status = folder.ptr ? gr_rulefile_list(folder.ptr, ".xml", r->arena, &paths, r->err)
                                  : gr_fail_memory(r->err);

    for (size_t i = 0; status == GR_OK && i < paths.count; i++)
        status = run_file(r, GR_AT(paths, gr_text, i)->ptr);
    gr_list_free(&paths);
    return status;
}

gr_status gr_scenarios_run(const char *dir, const gr_scenario_listener *listener,
                           gr_scenario_counts *counts, gr_error *err)
{
    runner r = { .dir = dir,
                 .listener = listener,
                 .arena = gr_arena_create(),
                 .kept = gr_arena_create(),
                 .err = err };
    gr_status status = GR_OK;

    if (!r.arena || !r.kept)
        status = gr_fail_memory(err);
    if (status == GR_OK)
        status =
            gr_coverage_open(&r.coverage, dir, r.kept, listener->on_error, listener->context, err);
    if (status == GR_OK)
        status = run_files(&r);
    if (status == GR_OK) {
        gr_coverage_tell(&r.coverage, listener->on_uncovered, listener->context, &r.counts);
        *counts = r.counts;
    }
    gr_coverage_close(&r.coverage);
    gr_rules_free(r.rules);
    gr_arena_free(r.arena);
    gr_arena_free(r.kept);
    return status;
}
