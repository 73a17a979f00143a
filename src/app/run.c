/* src/app/run.c - one thread reads exports, one takes the records in; then the verdicts, and the ledger's copy of
 * them. With a ledger all of it is one transaction, which a run that keeps nothing does not commit. */
#include "app/run.h"

#include "app/census.h"
#include "app/directory.h"
#include "app/gift_book.h"
#include "app/increment.h"
#include "app/verdicts.h"
#include "base/bounds.h"
#include "base/os.h"
#include "base/queue.h"
#include "ledger/decision_store.h"

#include "ledger/moment.h"
#include "report/words.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>

enum { GR_BATCHES = 6 };

typedef struct running {
    const gr_rules *rules;
    const gr_audit_options *options;
    gr_run run; /* becomes the caller's */
    gr_queue spare, full;
    atomic_bool has_failed; /* the intake; reading need not go on */
    gr_ledger *ledger;
    bool keep;
    int64_t since;     /* the run after which findings are told; 0: all */
    const gr_act *act; /* NULL: an audit */
    gr_text note;      /* for the audit trail, of an act */
} running;

/* ---- two threads and the batches between them ---- */

static gr_batch *fresh(void *context)
{
    running *a = context;

    return atomic_load(&a->has_failed) ? NULL : gr_queue_take(&a->spare);
}

static void put(void *context, gr_batch *batch)
{
    running *a = context;

    gr_queue_put(&a->full, batch);
}

static void *take_in(void *context)
{
    running *a = context;
    gr_batch *batch;

    while ((batch = gr_queue_take(&a->full))) {
        gr_intake_take(&a->run.intake, batch);
        if (a->run.intake.status != GR_OK)
            atomic_store(&a->has_failed, true);
        gr_batch_reset(batch);
        gr_queue_put(&a->spare, batch);
    }
    return NULL;
}

static gr_status read_beside(running *a, gr_ingest *ingest, gr_error *err)
{
    pthread_t thread;
    gr_status status;

    if (pthread_create(&thread, NULL, take_in, a) != 0)
        return gr_fail(err, GR_ENOMEM, GR_NOWHERE, "", "cannot start a thread");
    status = gr_ingest_run(ingest, a->options->inputs, a->options->input_count, err);
    gr_queue_close(&a->full);
    pthread_join(thread, NULL);
    if (a->run.intake.status != GR_OK) /* it failed first: the reading only followed */
        return gr_intake_end(&a->run.intake, err);
    return status == GR_OK ? gr_intake_end(&a->run.intake, err) : status;
}

static gr_status read_all(running *a, gr_error *err)
{
    gr_ingest *ingest = &a->run.ingest;
    gr_status status = GR_OK;
    gr_batch *batch;

    *ingest = (gr_ingest){ .formats = a->rules->formats,
                           .sink = { fresh, put, a },
                           .on_progress = a->options->on_progress,
                           .progress_context = a->options->context,
                           .arena = a->run.reading,
                           .refused = GR_LIST(gr_error),
                           .notes = GR_LIST(gr_text) };
    if (!gr_queue_open(&a->spare) || !gr_queue_open(&a->full))
        return gr_fail_memory(err); /* only when the system is out of everything */
    for (int i = 0; status == GR_OK && i < GR_BATCHES; i++) {
        if ((batch = gr_batch_create()))
            gr_queue_put(&a->spare, batch);
        else
            status = gr_fail_memory(err);
    }
    if (status == GR_OK)
        status = read_beside(a, ingest, err);
    gr_queue_close(&a->spare);
    while ((batch = gr_queue_take(&a->spare)))
        gr_batch_free(batch);
    gr_queue_free(&a->spare);
    gr_queue_free(&a->full);
    return status;
}

/* ---- verdicts ---- */

static gr_status judge_days(running *a, gr_day from, gr_day to, gr_error *err)
{
    gr_run *run = &a->run;

    gr_judgement_free(&run->judgement);
    run->judgement = (gr_judgement){ .arena = run->arena,
                                     .source = run->intake.origin.items,
                                     .from = from,
                                     .to = to,
                                     .as_of = run->as_of };
    return gr_verdicts_find(&run->intake, &run->who, &run->judgement, err);
}

static gr_status judge(running *a, gr_error *err)
{
    gr_status status = gr_intake_settle(&a->run.intake, &a->run.who, err);

    return status == GR_OK ? judge_days(a, a->run.from, a->run.to, err) : status;
}

static const char *digest_of_rulebook(const gr_ruleset *set, gr_text id)
{
    for (size_t i = 0; i < set->book_count; i++)
        if (gr_text_equal(set->book[i].id, id))
            return set->book[i].sha256;
    return "";
}

gr_status gr_run_keep_findings(const gr_rules *rules, gr_ledger *ledger, const gr_run *run,
                               gr_error *err)
{
    const gr_list *judged = &run->judgement.judged;
    gr_status status = GR_OK;

    gr_ledger_findings_start(ledger);
    for (size_t i = 0; status == GR_OK && i < judged->count; i++) {
        const gr_judged *one = GR_AT(*judged, gr_judged, i);
        const gr_finding *f = &one->finding;

        status = gr_ledger_finding_add(ledger, f, *GR_AT(run->intake.row, int64_t, one->gift),
                                       gr_text_of(digest_of_rulebook(rules->set, f->rule)), err);
    }
    return status;
}

/* Findings, who gave, and by which rules: what a report can be made from later. */
static gr_status keep_verdicts(running *a, gr_error *err)
{
    gr_run *run = &a->run;
    gr_rules_used used;
    gr_census census;
    gr_status status = gr_rules_describe(a->rules, run->arena, &used, err);

    if (status == GR_OK)
        status = gr_ledger_rules_add(a->ledger, &used, err);
    if (status == GR_OK)
        status = gr_run_keep_findings(a->rules, a->ledger, run, err);
    if (status == GR_OK)
        status = gr_ledger_findings_end(a->ledger, &run->news, err);
    if (status == GR_OK)
        status = gr_census_take(&run->intake, &run->who, GR_DAY_FIRST, GR_DAY_LAST, run->arena,
                                &census, err);
    if (status == GR_OK)
        status = gr_ledger_standing_add(a->ledger, census.giver, run->who.giver_count, true,
                                        &census.totals, err);
    return status;
}

/* The words of the audit trail: what this run has brought. */
static gr_text note_of(const running *a)
{
    const uint64_t *news = a->run.intake.news;

    if (a->act && a->act->start)
        return a->note;
    return gr_arena_print(a->run.arena, "%llu new, %llu changed",
                          (unsigned long long)news[GR_LEDGER_NEW],
                          (unsigned long long)(news[GR_LEDGER_CHANGED] + news[GR_LEDGER_AMENDED]));
}

/* Opening a ledger makes one. */
static bool is_there(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0;
}

static void tell_news(gr_run *run)
{
    run->news.records_new = run->intake.news[GR_LEDGER_NEW];
    run->news.records_changed =
        run->intake.news[GR_LEDGER_CHANGED] + run->intake.news[GR_LEDGER_AMENDED];
}

/* A report of what the ledger tells, as of the run that has just ended: others may have written since. */
static gr_status recollect(running *a, gr_error *err)
{
    gr_run *run = &a->run;
    gr_status status = gr_recollection_load(a->ledger, gr_ledger_last_run(a->ledger), a->since,
                                            &a->rules->names, run->arena, &run->recollection, err);

    run->is_recalled = status == GR_OK;
    if (status == GR_OK &&
        (gr_filtering_asks_recipients(run->filtering) || gr_audience_asks_recipients(run->role)))
        status =
            gr_ledger_list_recipients(a->ledger, run->arena, &run->recollection.recipient, err);
    return status;
}

/* Findings are kept of all gifts, whatever days the report is asked for. */
static gr_status judge_and_keep(running *a, gr_error *err)
{
    gr_run *run = &a->run;
    gr_text note = note_of(a);
    gr_status status =
        note.ptr ? gr_intake_settle(&run->intake, &run->who, err) : gr_fail_memory(err);

    if (status == GR_OK)
        status = judge_days(a, GR_DAY_FIRST, GR_DAY_LAST, err);
    if (status == GR_OK && a->act && a->act->check)
        status = a->act->check(a->act->context, run, err);
    if (status == GR_OK)
        status = keep_verdicts(a, err);
    tell_news(run);
    if (status == GR_OK && a->act && a->act->end)
        status = a->act->end(a->act->context, a->ledger, err);
    if (status == GR_OK)
        status = gr_ledger_commit(a->ledger, note, err);
    if (status == GR_OK && a->options->only_new)
        return recollect(a, err);
    if (status == GR_OK)
        status = gr_decided_load(&run->decided, a->ledger, gr_ledger_last_run(a->ledger),
                                 run->arena, err);
    if (status == GR_OK && (run->has_from || run->has_to))
        status = judge_days(a, run->from, run->to, err);
    return status;
}

/* Only what has changed is judged; the report is then what the ledger tells. */
static gr_status judge_increment(running *a, gr_error *err)
{
    gr_text note = note_of(a);
    gr_status status =
        note.ptr ? gr_increment_judge(a->rules, a->ledger, &a->run, err) : gr_fail_memory(err);

    tell_news(&a->run);
    if (status == GR_OK)
        status = gr_ledger_commit(a->ledger, note, err);
    return status == GR_OK ? recollect(a, err) : status;
}

/* Where only news are asked for: since the last run, which is told by its moment. */
static gr_status find_since(running *a, gr_error *err)
{
    char text[32], moment[GR_MOMENT_TEXT];
    gr_moment last = { 0, 0 };
    gr_status status;

    a->since = gr_ledger_last_run(a->ledger);
    if (!a->options->only_new || a->since == 0) {
        a->since = 0;
        return GR_OK;
    }
    snprintf(text, sizeof text, "run:%lld", (long long)a->since);
    status = gr_ledger_moment_find(a->ledger, "--new", text, &last, err);
    if (status != GR_OK)
        return status;
    a->run.since = gr_arena_copy(a->run.arena, gr_text_of(gr_moment_print(last.seconds, moment)));
    return a->run.since.ptr ? GR_OK : gr_fail_memory(err);
}

static gr_status read_and_judge(running *a, gr_error *err)
{
    gr_run *run = &a->run;
    bool is_increment = false;
    gr_status status = GR_OK;

    if (a->keep && !a->act && !run->has_from && !run->has_to)
        status = gr_increment_is_possible(a->rules, a->ledger, &is_increment, err);
    if (status == GR_OK && a->keep)
        status = find_since(a, err);
    if (status == GR_OK)
        status = is_increment ? gr_intake_load_people(&run->intake, err)
                              : gr_intake_load_ledger(&run->intake, err);
    if (status == GR_OK)
        status = read_all(a, err);
    if (status != GR_OK)
        return status;
    if (is_increment)
        return judge_increment(a, err);
    if (a->keep)
        return judge_and_keep(a, err);
    status = judge(a, err);
    if (status == GR_OK)
        status = gr_decided_load(&run->decided, a->ledger, GR_RUN_LAST, run->arena, err);
    return status;
}

/* Who only looks, and brings nothing, waits for no writer. What is brought is compared with the ledger by being added to
 * it, and undone. */
static gr_status open_ledger(running *a, const gr_deed *deed, gr_error *err)
{
    const char *path = a->options->ledger;
    gr_status status;

    if (!a->keep && a->options->input_count == 0)
        return gr_ledger_open_reading(path, &a->ledger, err);
    status = a->keep && (!a->act || a->act->makes_ledger)
                 ? gr_ledger_open(path, &a->ledger, err)
                 : gr_run_open_ledger(path, &a->ledger, err);
    return status == GR_OK ? gr_ledger_begin(a->ledger, deed, err) : status;
}

gr_status gr_run_open_ledger(const char *path, gr_ledger **out, gr_error *err)
{
    if (!is_there(path))
        return gr_fail(err, GR_EINPUT, (gr_place){ path, 0, 0 },
                       "make it with: giftrule audit --ledger", "there is no ledger of this name");
    return gr_ledger_open(path, out, err);
}

static gr_status run_with_ledger(running *a, gr_error *err)
{
    gr_deed deed = { gr_os_now(), gr_text_of(a->options->author),
                     a->act ? a->act->action : "audit" };
    gr_error lost;
    gr_status status = open_ledger(a, &deed, err);

    a->run.intake.ledger = a->ledger;
    if (status == GR_OK && a->act && a->act->start)
        status = a->act->start(a->act->context, a->ledger, &a->note, err);
    if (status == GR_OK)
        status = read_and_judge(a, err);
    gr_fetcher_close(a->run.intake.fetcher);
    a->run.intake.fetcher = NULL;
    if (status == GR_OK)
        a->run.last_run = gr_ledger_last_run(a->ledger);
    gr_ledger_close(a->ledger);
    a->run.intake.ledger = NULL;
    if (status == GR_OK && a->keep)
        (void)gr_directory_refresh(a->rules, a->options->ledger, &lost); /* else a check does it */
    return status;
}

static gr_status run_without(running *a, gr_error *err)
{
    gr_status status = read_all(a, err);

    return status == GR_OK ? judge(a, err) : status;
}

/* ---- options ---- */

static gr_status read_day(const char *option, const char *text, gr_day silent, bool *has,
                          gr_day *out, gr_error *err)
{
    gr_status status;

    *has = text != NULL;
    *out = silent;
    if (!text)
        return GR_OK;
    status = gr_day_parse(gr_text_of(text), (gr_place){ option, 0, 0 }, out, err);
    return status == GR_OK ? GR_OK : (err->status = GR_EUSAGE);
}

gr_status gr_run_now(int64_t *out, gr_error *err)
{
    *out = gr_os_now();
    if (*out < 0)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "SOURCE_DATE_EPOCH", 0, 0 },
                       "write the seconds since 1970, or unset it", "this is no number of seconds");
    return GR_OK;
}

static gr_status read_options(running *a, gr_error *err)
{
    gr_run *run = &a->run;
    const gr_audit_options *o = a->options;
    const char *from = o->from ? o->from : o->filter.from, *to = o->to ? o->to : o->filter.to;
    bool has_as_of;

    run->ledger = gr_text_of(o->ledger);
    run->lists_pairs = o->pairs;
    if (gr_run_now(&run->generated, err) != GR_OK)
        return err->status;
    if (read_day("--as-of", o->as_of, (gr_day)(run->generated / 86400), &has_as_of, &run->as_of,
                 err) != GR_OK ||
        read_day("--from", from, GR_DAY_FIRST, &run->has_from, &run->from, err) != GR_OK ||
        read_day("--to", to, GR_DAY_LAST, &run->has_to, &run->to, err) != GR_OK)
        return err->status;
    if (run->to < run->from)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "--to", 0, 0 }, "exchange the two days",
                       "'%s' is before '%s'", to ? to : "", from ? from : "");
    if (o->only_new && (!o->ledger || run->has_from || run->has_to))
        return gr_fail(err, GR_EUSAGE, (gr_place){ "--new", 0, 0 },
                       "give --ledger, and neither --from nor --to",
                       "what is new is told against a whole ledger");
    if (o->input_count == 0 && !o->ledger)
        return gr_fail(err, GR_EUSAGE, GR_NOWHERE, "name files or folders, or - for standard input",
                       "there is nothing to audit");
    return GR_OK;
}

void gr_run_free(gr_run *run)
{
    gr_bookkeeper_free(run->keeper);
    gr_judgement_free(&run->judgement);
    gr_recollection_free(&run->recollection);
    gr_decided_free(&run->decided);
    gr_intake_close(&run->intake);
    gr_list_free(&run->ingest.refused);
    gr_list_free(&run->ingest.notes);
    gr_mask_free(run->mask);
    gr_filtering_free(run->filtering);
    gr_arena_free(run->reading);
    gr_arena_free(run->arena);
    run->arena = run->reading = NULL;
    run->filtering = NULL;
    run->mask = NULL;
}

/* By day it is the judgement that leaves out. */
static gr_status make_filtering(running *a, gr_error *err)
{
    gr_filter filter = a->options->filter;

    filter.from = filter.to = NULL;
    if (gr_audience_find(a->options->role, &a->run.role, err) != GR_OK)
        return err->status;
    return gr_filtering_make(&filter, &a->rules->names, a->run.arena, &a->run.filtering, err);
}

static gr_status make(const gr_rules *rules, const gr_audit_options *options, bool keep,
                      const gr_act *act, gr_run *out, gr_error *err)
{
    running a = { .rules = rules, .options = options, .keep = keep, .act = act };
    gr_status status = read_options(&a, err);

    atomic_init(&a.has_failed, false);
    if (status == GR_OK) {
        a.run.arena = gr_arena_create();
        a.run.reading = gr_arena_create();
        if (!a.run.arena || !a.run.reading)
            status = gr_fail_memory(err);
    }
    if (status == GR_OK)
        status = make_filtering(&a, err);
    if (status == GR_OK)
        status = gr_intake_open(rules, NULL, a.run.arena, &a.run.intake, err);
    if (status == GR_OK)
        status = options->ledger ? run_with_ledger(&a, err) : run_without(&a, err);
    *out = a.run;
    return status;
}

gr_status gr_run_make(const gr_rules *rules, const gr_audit_options *options, bool keep,
                      gr_run *out, gr_error *err)
{
    return make(rules, options, keep, NULL, out, err);
}

gr_status gr_run_act(const gr_rules *rules, const gr_audit_options *options, const gr_act *act,
                     gr_run *out, gr_error *err)
{
    return make(rules, options, true, act, out, err);
}
