/* src/app/ledger_retention.c - how long records are kept, legal holds, and disposal. The years of the policy count from
 * the end of the year in which a gift is added up, since later sums depend on it (SEA Rule 17a-4, by 3220(c)): the
 * calendar or the fiscal year; where a limit has years that begin on any day, two years from the gift, within which lies
 * every year of a gift whose sum may reach back to this one. */
#include "app/intake.h"
#include "app/run.h"
#include "base/os.h"
#include "engine/period.h"
#include "ledger/retention.h"
#include "report/ledger.h"

typedef struct retaining {
    const gr_rules *rules;
    const gr_retention_options *o;
    gr_arena *arena;
    gr_ledger *ledger;
    gr_retention told;
    gr_retention_wish wish;
    gr_day before;   /* GR_DAY_LAST: not asked for */
    bool is_matched; /* several systems may have seen one gift */
    gr_error *err;
} retaining;

/* ---- the cutoff ---- */

static bool is_rolling(gr_basis basis)
{
    return basis == GR_ANNIVERSARY || basis == GR_TRAILING || basis == GR_UNSTATED;
}

static void look_at_limits(retaining *r)
{
    const gr_ruleset *set = r->rules->set;
    gr_basis basis = set->policy.period;

    r->told.is_rolling = is_rolling(basis);
    r->wish.by_recipient = basis == GR_ANNIVERSARY || basis == GR_UNSTATED;
    for (size_t b = 0; b < set->book_count; b++) {
        for (size_t i = 0; i < set->book[b].limit_count; i++) {
            const gr_limit *limit = &set->book[b].limit[i];

            if (limit->period_of_policy)
                continue;
            r->told.is_rolling = r->told.is_rolling || is_rolling(limit->period);
            r->wish.by_recipient = r->wish.by_recipient || limit->period == GR_ANNIVERSARY;
        }
    }
}

static gr_day later(gr_day a, gr_day b)
{
    return a > b ? a : b;
}

static gr_day end_of_period(const retaining *r, gr_day day)
{
    const gr_policy *policy = &r->rules->set->policy;
    gr_day end = gr_period_of(GR_CALENDAR, policy, day, day).to;

    if (policy->period == GR_FISCAL || policy->period == GR_UNSTATED)
        end = later(end, gr_period_of(GR_FISCAL, policy, day, day).to);
    return r->told.is_rolling ? later(end, gr_day_add_years(day, 2) - 2) : end;
}

static bool is_due(const retaining *r, gr_day day)
{
    return gr_day_add_years(end_of_period(r, day), r->told.years) < r->told.as_of;
}

/* The last day that is due; ends of periods rise with the days. */
static gr_day find_cutoff(const retaining *r)
{
    gr_day low = GR_DAY_FIRST, high = r->told.as_of;

    while (low < high) {
        gr_day middle = low + (high - low + 1) / 2;

        if (is_due(r, middle))
            low = middle;
        else
            high = middle - 1;
    }
    return r->before <= low ? r->before - 1 : low;
}

static gr_status read_day(const char *option, const char *text, gr_day *out, gr_error *err)
{
    if (!text || gr_day_parse(gr_text_of(text), (gr_place){ option, 0, 0 }, out, err) == GR_OK)
        return GR_OK;
    return err->status = GR_EUSAGE;
}

static gr_status prepare(retaining *r)
{
    r->told.as_of = (gr_day)(gr_os_now() / 86400);
    r->before = GR_DAY_LAST;
    if (read_day("--as-of", r->o->as_of, &r->told.as_of, r->err) != GR_OK ||
        read_day("--before", r->o->before, &r->before, r->err) != GR_OK)
        return r->err->status;
    r->told.ledger = gr_text_of(r->o->ledger);
    r->told.before = gr_text_of(r->o->before);
    r->told.years = r->rules->set->policy.retention_years;
    look_at_limits(r);
    r->told.cutoff = r->wish.cutoff = find_cutoff(r);
    return GR_OK;
}

/* ---- who is who ---- */

static uint32_t root_of(uint32_t *person, uint32_t i)
{
    while (person[i] != i)
        i = person[i] = person[person[i]];
    return i;
}

/* Of each recipient, one number for all whom it is, or possibly is, one person with. */
static uint32_t *join_people(const gr_who *who, gr_arena *arena)
{
    uint32_t *person = gr_arena_alloc(arena, sizeof *person * (who->recipient_count + 1));

    for (uint32_t i = 0; person && i < who->recipient_count; i++)
        person[i] = who->same[i];
    for (uint32_t i = 0; person && i < who->recipient_count; i++)
        for (uint32_t k = who->link_first[i]; k < who->link_first[i + 1]; k++)
            person[root_of(person, i)] = root_of(person, who->link[k]);
    return person;
}

/* As whoever judges sees them, and whether they are in force or not. */
static gr_status find_people(retaining *r, gr_intake *intake)
{
    gr_who who;
    gr_status status = gr_intake_load_people(intake, r->err);
    uint32_t *person, *by_row;

    if (status == GR_OK)
        status = gr_intake_relate(intake, r->err);
    if (status == GR_OK)
        status = gr_people_settle(intake->people, NULL, &who, r->err);
    if (status != GR_OK)
        return status;
    person = join_people(&who, r->arena);
    by_row = gr_arena_alloc(r->arena, sizeof *by_row * (intake->party.count + 1));
    if (!person || !by_row)
        return gr_fail_memory(r->err);
    for (size_t row = 0; row < intake->party.count; row++) {
        uint32_t number = *GR_AT(intake->party, uint32_t, row);

        by_row[row] = number == GR_NONE ? GR_NONE : root_of(person, number);
    }
    r->wish.person = by_row;
    r->wish.person_count = intake->party.count;
    return GR_OK;
}

static gr_status look_at_people(retaining *r)
{
    gr_intake intake;
    gr_status status = gr_intake_open(r->rules, r->ledger, r->arena, &intake, r->err);

    if (status != GR_OK)
        return status;
    status = find_people(r, &intake);
    gr_fetcher_close(intake.fetcher);
    gr_intake_close(&intake);
    return status;
}

/* ---- what belongs together ---- */

static gr_status look_at_source(void *context, int64_t row, const gr_source *source, gr_error *err)
{
    retaining *r = context;

    (void)row, (void)err;
    r->is_matched = r->is_matched || !gr_formats_stand_alone(r->rules->formats, source->format);
    return GR_OK;
}

static gr_status keep_pairs(retaining *r, const gr_intake *intake, const gr_list *pair)
{
    int64_t(*rows)[2] = gr_arena_alloc(r->arena, sizeof *rows * (pair->count + 1));

    if (!rows)
        return gr_fail_memory(r->err);
    for (size_t i = 0; i < pair->count; i++) {
        const gr_belonging *two = GR_AT(*pair, gr_belonging, i);

        rows[i][0] = *GR_AT(intake->row, int64_t, two->a);
        rows[i][1] = *GR_AT(intake->row, int64_t, two->b);
    }
    r->wish.pair = (const int64_t(*)[2])rows;
    r->wish.pair_count = pair->count;
    return GR_OK;
}

/* As whoever judges matches them. */
static gr_status find_pairs(retaining *r, gr_intake *intake)
{
    gr_list pair = GR_LIST(gr_belonging);
    gr_who who;
    gr_status status = gr_intake_load_ledger(intake, r->err);

    if (status == GR_OK)
        status = gr_intake_settle(intake, &who, r->err);
    if (status == GR_OK)
        status = gr_reconcile(intake->reconciliation, intake->tally, &who, r->err);
    if (status == GR_OK)
        status = gr_reconciliation_pairs(intake->reconciliation, &pair, r->err);
    if (status == GR_OK)
        status = keep_pairs(r, intake, &pair);
    gr_list_free(&pair);
    return status;
}

static gr_status look_at_pairs(retaining *r)
{
    gr_intake intake;
    gr_status status = gr_ledger_each_source(r->ledger, look_at_source, r, r->err);

    if (status != GR_OK || !r->is_matched)
        return status;
    status = gr_intake_open(r->rules, r->ledger, r->arena, &intake, r->err);
    if (status != GR_OK)
        return status;
    status = find_pairs(r, &intake);
    gr_intake_close(&intake);
    return status;
}

static gr_status find(retaining *r)
{
    gr_status status = r->wish.by_recipient ? look_at_people(r) : GR_OK;

    if (status == GR_OK)
        status = look_at_pairs(r);
    if (status == GR_OK)
        status = gr_ledger_due_find(r->ledger, &r->wish, r->err);
    return status == GR_OK ? gr_ledger_due_tell(r->ledger, r->arena, &r->told, r->err) : status;
}

/* ---- disposal ---- */

static gr_status remove_due(retaining *r)
{
    const gr_retention *t = &r->told;
    gr_text note = gr_arena_print(
        r->arena,
        "%llu records in %llu versions, %llu findings, %llu in quarantine, up to %.10s: %s",
        (unsigned long long)t->records, (unsigned long long)t->versions,
        (unsigned long long)t->findings, (unsigned long long)t->quarantined,
        gr_day_print(t->cutoff, (char[GR_DAY_TEXT]){ 0 }), r->o->reason);
    gr_status status = note.ptr ? gr_ledger_dispose(r->ledger, r->err) : gr_fail_memory(r->err);

    return status == GR_OK ? gr_ledger_commit(r->ledger, note, r->err) : status;
}

/* One transaction: what was found to be due is what goes. */
static gr_status dispose_of(retaining *r)
{
    gr_deed deed = { gr_os_now(), gr_text_of(r->o->author), "dispose" };
    gr_status status = gr_ledger_open_present(r->o->ledger, &r->ledger, r->err);

    if (status == GR_OK)
        status = gr_ledger_begin_disposing(r->ledger, &deed, r->err);
    if (status == GR_OK)
        status = find(r);
    if (status == GR_OK && r->told.versions + r->told.quarantined > 0)
        status = remove_due(r);
    gr_ledger_close(r->ledger); /* what was not committed is undone */
    r->ledger = NULL;
    return status;
}

/* Who gave how much is told anew, without what is gone. */
static gr_status judge_again(retaining *r)
{
    gr_audit_options options = { .ledger = r->o->ledger, .author = r->o->author };
    gr_run run;
    gr_status status = gr_run_make(r->rules, &options, true, &run, r->err);

    gr_run_free(&run);
    return status;
}

/* Also where nothing is due now: one that was stopped before its end may have left remains. */
static gr_status scrub(retaining *r)
{
    gr_status status = gr_ledger_open_present(r->o->ledger, &r->ledger, r->err);

    if (status == GR_OK)
        status = gr_ledger_scrub(r->ledger, r->err);
    gr_ledger_close(r->ledger);
    r->ledger = NULL;
    return status;
}

static gr_status act(retaining *r)
{
    gr_status status;

    if (!r->o->removes) {
        status = gr_ledger_open_reading(r->o->ledger, &r->ledger, r->err);
        return status == GR_OK ? find(r) : status;
    }
    if (!r->o->reason || !*r->o->reason)
        return gr_fail(r->err, GR_EUSAGE, (gr_place){ "--yes", 0, 0 }, "say why by --reason TEXT",
                       "records are disposed of for a reason only");
    status = dispose_of(r);
    if (status == GR_OK)
        status = judge_again(r);
    if (status == GR_OK)
        status = scrub(r);
    r->told.is_done = true;
    return status;
}

gr_status gr_retain(const gr_rules *rules, const gr_retention_options *options,
                    const gr_report_style *style, gr_on_output output, void *context, gr_error *err)
{
    retaining r = { .rules = rules, .o = options, .arena = gr_arena_create(), .err = err };
    gr_writer writer;
    gr_status status = r.arena ? prepare(&r) : gr_fail_memory(err);

    if (status == GR_OK)
        status = act(&r);
    if (status == GR_OK) {
        gr_writer_open(&writer, output, context);
        status = gr_retention_text(&r.told, style->width, style->colour, &writer, err);
        if (!gr_writer_close(&writer) && status == GR_OK)
            status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                             "the list cannot be written");
    }
    gr_ledger_close(r.ledger);
    gr_arena_free(r.arena);
    return status;
}

/* ---- holds ---- */

static gr_status commit_hold(gr_ledger *ledger, const gr_hold_options *o, int64_t *number,
                             gr_arena *arena, gr_error *err)
{
    gr_text reason = gr_text_of(o->reason), note;
    gr_status status;

    if (o->release > 0) {
        status = gr_ledger_hold_release(ledger, o->release, reason, err);
        note = gr_arena_print(arena, "hold %lld is released: %s", (long long)o->release, o->reason);
    } else {
        status = gr_ledger_hold_add(ledger, o->kind, gr_text_of(o->value), reason, number, err);
        note = gr_arena_print(arena, "hold %lld on %s%s%s: %s", (long long)*number, o->kind,
                              o->value ? " " : "", o->value ? o->value : "", o->reason);
    }
    if (status == GR_OK && !note.ptr)
        status = gr_fail_memory(err);
    return status == GR_OK ? gr_ledger_commit(ledger, note, err) : status;
}

gr_status gr_hold(const gr_hold_options *o, int64_t *number, gr_error *err)
{
    gr_deed deed = { gr_os_now(), gr_text_of(o->author), o->release > 0 ? "release" : "hold" };
    gr_arena *arena = gr_arena_create();
    gr_ledger *ledger = NULL;
    gr_status status = arena ? GR_OK : gr_fail_memory(err);

    *number = 0;
    if (status == GR_OK && (!o->reason || !*o->reason))
        status = gr_fail(err, GR_EUSAGE, GR_NOWHERE, "say why by --reason TEXT",
                         "a hold is made, and released, for a reason only");
    if (status == GR_OK)
        status = gr_ledger_open_present(o->ledger, &ledger, err);
    if (status == GR_OK)
        status = gr_ledger_begin(ledger, &deed, err);
    if (status == GR_OK)
        status = commit_hold(ledger, o, number, arena, err);
    gr_ledger_close(ledger);
    gr_arena_free(arena);
    return status;
}
