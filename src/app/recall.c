/* src/app/recall.c - a report from the ledger alone, as it stood at any moment. Nothing is judged again: what is told is
 * what was found then, by the rules of then. */
#include "app/filter.h"
#include "app/gift_book.h"
#include "app/recollect.h"
#include "app/audience.h"
#include "app/rules_kept.h"
#include "report/report.h"
#include "report/words.h"

/* Everything of one report; the arena holds it. */
typedef struct recall {
    gr_arena *arena;
    gr_recollection recollection;
    gr_names names;
    gr_filtering *filtering;
    gr_audience role;
    gr_mask *mask;         /* NULL: the role may see everything */
    gr_rules *rules;       /* where gifts are listed: those that judged them */
    gr_bookkeeper *keeper; /* the same */
} recall;

static void release(void *owned)
{
    recall r = *(recall *)owned;

    gr_mask_free(r.mask);
    gr_bookkeeper_free(r.keeper);
    gr_recollection_free(&r.recollection);
    gr_rules_free(r.rules);
    gr_names_free(&r.names);
    gr_filtering_free(r.filtering);
    gr_arena_free(r.arena);
}

/* Names are not judged by: without a rule folder they are compared a little less well. */
static gr_status load_names(const gr_recall_options *options, recall *r, gr_error *err)
{
    gr_problems problems = { 0 };
    gr_text path, schema;

    if (!options->rules)
        return GR_OK;
    path = gr_arena_print(r->arena, "%s/names.xml", options->rules);
    schema = gr_arena_print(r->arena, "%s/schema/names.xsd", options->rules);
    if (!path.ptr || !schema.ptr)
        return gr_fail_memory(err);
    return gr_names_load(path.ptr, schema.ptr, r->arena, &problems, &r->names, err);
}

static gr_status read_known(const gr_recall_options *options, gr_ledger *ledger, recall *r,
                            gr_moment *moment, gr_moment *since, gr_error *err)
{
    gr_status status =
        gr_ledger_moment_find(ledger, "--as-known-on", options->as_known_on, moment, err);

    if (status == GR_OK && options->since)
        status = gr_text_is(gr_text_of(options->since), "last")
                     ? gr_ledger_moment_before(ledger, moment->run, since, err)
                     : gr_ledger_moment_find(ledger, "--since", options->since, since, err);
    if (status == GR_OK)
        status = gr_recollection_load(ledger, moment->run, since->run, &r->names, r->arena,
                                      &r->recollection, err);
    if (status == GR_OK &&
        (gr_filtering_asks_recipients(r->filtering) || gr_audience_asks_recipients(r->role)))
        status = gr_ledger_list_recipients(ledger, r->arena, &r->recollection.recipient, err);
    if (status == GR_OK && moment->run > 0 && r->recollection.recalled.rules.sha256.len == 0)
        return gr_fail(err, GR_EINPUT, (gr_place){ options->ledger, 0, 0 },
                       "judge them: giftrule audit --ledger, without an export",
                       "the gifts of this ledger were not judged by then");
    return status;
}

/* Takes the ledger over. */
static gr_status open_book(const gr_recall_options *options, gr_ledger *ledger, int64_t run,
                           recall *r, gr_error *err)
{
    gr_book_wanted wanted = { .run = run, .rule = options->filter.rule, .filtering = r->filtering };
    gr_status status =
        gr_rules_of_ledger(ledger, options->ledger, run, &r->recollection.recalled.rules,
                           options->rules, &r->rules, err);

    if (status != GR_OK) {
        gr_ledger_close(ledger);
        return status;
    }
    wanted.rules = r->rules;
    status = gr_bookkeeper_open(&wanted, ledger, r->arena, &r->keeper, err);
    if (status == GR_OK)
        r->recollection.intake = gr_bookkeeper_gifts(r->keeper, &r->recollection.who);
    return status;
}

static gr_status read_ledger(const gr_recall_options *options, recall *r, gr_moment *moment,
                             gr_text *since, gr_error *err)
{
    gr_moment from = { 0, 0 };
    char text[GR_MOMENT_TEXT];
    gr_ledger *ledger;
    gr_status status = gr_ledger_open_reading(options->ledger, &ledger, err);

    if (status != GR_OK)
        return status;
    status = gr_ledger_look_back(ledger, GR_RUN_LAST, err);
    if (status == GR_OK)
        status = read_known(options, ledger, r, moment, &from, err);
    if (status == GR_OK && options->gifts)
        status = open_book(options, ledger, moment->run, r, err);
    else
        gr_ledger_close(ledger);
    *since = GR_TEXT("");
    if (status == GR_OK && options->since && from.run + from.seconds > 0) { /* else all is new */
        *since = gr_arena_copy(r->arena, gr_text_of(gr_moment_print(from.seconds, text)));
        status = since->ptr ? GR_OK : gr_fail_memory(err);
    }
    return status;
}

/* What is to be told of all that is known, and how much of it. */
static gr_status limit(recall *r, gr_report *report, gr_error *err)
{
    gr_recollection *all = &r->recollection;
    gr_filtering_known known = { all->recalled.standing.items, all->recalled.standing.count,
                                 all->recipient.items, all->recipient.count };

    gr_status status = gr_filtering_apply(r->filtering, &known, report, err);

    if (status == GR_OK && r->keeper)
        status = gr_bookkeeper_give(r->keeper, report, err);
    return status == GR_OK ? gr_audience_apply(r->role, &known, report, &r->mask, err) : status;
}

static gr_status make(const gr_recall_options *options, recall *r, gr_report **out, gr_error *err)
{
    gr_report *report = gr_arena_zero(r->arena, sizeof *report);
    recall *kept = gr_arena_alloc(r->arena, sizeof *kept);
    gr_moment moment = { 0, 0 };
    gr_status status = report && kept ? GR_OK : gr_fail_memory(err);

    if (status == GR_OK)
        status = load_names(options, r, err);
    if (status == GR_OK)
        status = gr_audience_find(options->role, &r->role, err);
    if (status == GR_OK)
        status = gr_filtering_make(&options->filter, &r->names, r->arena, &r->filtering, err);
    if (status == GR_OK)
        status = read_ledger(options, r, &moment, &report->since, err);
    if (status != GR_OK)
        return status;
    if (moment.seconds < 0)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "SOURCE_DATE_EPOCH", 0, 0 },
                       "write the seconds since 1970, or unset it", "this is no number of seconds");
    report->arena = r->arena;
    report->generated = moment.seconds;
    report->as_of = (gr_day)(moment.seconds / 86400);
    report->ledger = gr_arena_copy(r->arena, gr_text_of(options->ledger));
    if (!report->ledger.ptr || !gr_recollect(&r->recollection, r->arena, report))
        return gr_fail_memory(err);
    if (limit(r, report, err) != GR_OK)
        return err->status;
    *kept = *r; /* nothing is compared any more: the roster does not need its names */
    report->owned = kept;
    report->release = release;
    *out = report;
    return GR_OK;
}

gr_status gr_report_recall(const gr_recall_options *options, gr_report **out, gr_error *err)
{
    recall r = { .arena = gr_arena_create() };
    gr_status status = r.arena ? make(options, &r, out, err) : gr_fail_memory(err);

    if (status != GR_OK)
        release(&r);
    return status;
}
