/* src/app/roster.c - giftrule people roster: a roster is checked and shown, and with a ledger kept, by a run like any other,
 * unless it has errors: whoever gives a roster by hand is there to correct it. An audit keeps what it can. */
#include "app/run.h"
#include "base/os.h"
#include "base/writer.h"
#include "ingest/format.h"
#include "report/roster.h"

#include <stdlib.h>
#include <string.h>

typedef struct showing {
    const gr_rules *rules;
    gr_run run;
    gr_roster_view view;
    gr_list refused; /* of gr_error */
    bool is_refused; /* the run was undone for errors that are shown */
    bool no_memory;
} showing;

/* ---- files that are no rosters ---- */

static bool has_lines(const gr_format_file *file)
{
    for (size_t i = 0; i < file->rule_count; i++)
        if (!file->rule[i].is_addition && file->rule[i].kind >= GR_RECORD_EXECUTIVE)
            return true;
    return false;
}

static bool is_roster(const gr_formats *formats, gr_text format)
{
    for (size_t i = 0; i < formats->count; i++)
        if (gr_text_equal(formats->file[i].id, format))
            return has_lines(&formats->file[i]);
    return false;
}

/* What could not be read at all, and what could but has gifts in it. */
static bool find_refused(showing *s)
{
    const gr_intake *intake = &s->run.intake;
    const gr_list *unread = &s->run.ingest.refused;
    bool fits = true;

    gr_list_cut(&s->refused, 0);
    for (size_t i = 0; fits && i < unread->count; i++)
        fits = gr_list_push(&s->refused, GR_AT(*unread, gr_error, i));
    for (size_t i = intake->first_new; fits && i < intake->source.count; i++) {
        const gr_source *source = GR_AT(intake->source, gr_source, i);
        gr_error error;

        if (is_roster(s->rules->formats, source->format))
            continue;
        gr_fail(&error, GR_EINPUT, (gr_place){ source->file.ptr, 0, 0 },
                "give it to giftrule audit", "this is no roster, but an export of the format %.*s",
                GR_SHOW(source->format));
        fits = gr_list_push(&s->refused, &error);
    }
    return fits;
}

/* ---- what is shown ---- */

static void *take(showing *s, size_t size)
{
    void *piece = gr_arena_zero(s->run.arena, size ? size : 1);

    s->no_memory = s->no_memory || !piece;
    return piece;
}

static int by_branch(const void *a, const void *b)
{
    const gr_roster_member *x = a, *y = b;
    int order = gr_text_compare(x->staff.branch, y->staff.branch);

    return order ? order : gr_text_compare(x->id, y->id);
}

static void show_members(showing *s, const gr_roster_facts *facts)
{
    gr_roster_member *member = take(s, sizeof *member * facts->executive.count);

    for (size_t i = 0; member && i < facts->executive.count; i++) {
        const gr_roster_executive *one = GR_AT(facts->executive, gr_roster_executive, i);

        member[i] = (gr_roster_member){ .id = one->id,
                                        .name = one->name,
                                        .first = one->first,
                                        .last = one->last,
                                        .staff = { .branch = one->branch,
                                                   .crd = one->crd,
                                                   .registration = one->registration,
                                                   .supervisor = one->supervisor } };
        if (one->chief != GR_NONE)
            member[i].staff.supervisor_name =
                GR_AT(facts->executive, gr_roster_executive, one->chief)->name;
    }
    if (member && facts->executive.count > 1)
        qsort(member, facts->executive.count, sizeof *member, by_branch);
    s->view.member = member;
    s->view.member_count = facts->executive.count;
}

static void show_clients(showing *s, const gr_roster_facts *facts)
{
    gr_roster_client *client = take(s, sizeof *client * facts->duty.count);

    for (size_t i = 0; client && i < facts->duty.count; i++) {
        const gr_roster_duty *one = GR_AT(facts->duty, gr_roster_duty, i);
        const gr_roster_executive *who =
            GR_AT(facts->executive, gr_roster_executive, one->executive);

        client[i] = (gr_roster_client){ { one->client, one->account, one->first, one->last },
                                        who->id,
                                        who->name };
    }
    s->view.client = client;
    s->view.client_count = facts->duty.count;
}

static int by_weight(const void *a, const void *b)
{
    const gr_roster_fault *x = a, *y = b;
    int order = (int)y->trouble - (int)x->trouble;

    if (order == 0)
        order = strcmp(x->at.file, y->at.file);
    if (order == 0)
        order = (x->at.line > y->at.line) - (x->at.line < y->at.line);
    if (order == 0)
        order = (x->at.column > y->at.column) - (x->at.column < y->at.column);
    return order ? order : gr_text_compare(x->message, y->message);
}

/* A ledger tells of everything that it has set aside. */
static bool is_of_these(const showing *s, const gr_quarantined *one)
{
    const gr_intake *intake = &s->run.intake;

    for (size_t i = intake->first_new; i < intake->source.count; i++)
        if (strcmp(GR_AT(intake->source, gr_source, i)->file.ptr, one->error.file) == 0)
            return true;
    return false;
}

static void show_faults(showing *s, const gr_roster_facts *facts)
{
    const gr_list *problem = &facts->problem, *set_aside = &s->run.intake.quarantined;
    gr_roster_fault *fault = take(s, sizeof *fault * (problem->count + set_aside->count));
    size_t n = 0;

    for (size_t i = 0; fault && i < problem->count; i++) {
        const gr_roster_problem *one = GR_AT(*problem, gr_roster_problem, i);

        fault[n++] = (gr_roster_fault){ (gr_roster_trouble)one->weight, one->record, one->at,
                                        one->message, one->hint };
    }
    for (size_t i = 0; fault && i < set_aside->count; i++) {
        const gr_quarantined *one = GR_AT(*set_aside, gr_quarantined, i);

        if (!is_of_these(s, one))
            continue;
        fault[n++] =
            (gr_roster_fault){ GR_TROUBLE_ERROR, one->record, gr_error_place(&one->error),
                               gr_text_of(one->error.message), gr_text_of(one->error.hint) };
    }
    if (n > 1)
        qsort(fault, n, sizeof *fault, by_weight);
    s->view.fault = fault;
    s->view.fault_count = n;
}

static void show(showing *s, const char *ledger)
{
    const gr_roster_facts *facts = gr_roster_get(s->run.intake.roster);
    gr_roster_view *view = &s->view;

    view->ledger = gr_text_of(ledger);
    view->is_kept = ledger && !s->is_refused;
    view->added = s->run.intake.news[GR_LEDGER_NEW];
    view->changed = s->run.intake.news[GR_LEDGER_CHANGED] + s->run.intake.news[GR_LEDGER_AMENDED];
    view->contacts = facts->contact.count;
    view->relations = facts->relation.count;
    view->events = facts->event.count;
    view->refused = s->refused.items;
    view->refused_count = s->refused.count;
    show_members(s, facts);
    show_clients(s, facts);
    show_faults(s, facts);
}

/* ---- the run ---- */

static bool has_errors(const gr_roster *roster)
{
    const gr_list *all = &gr_roster_get(roster)->problem;

    for (size_t i = 0; i < all->count; i++)
        if (GR_AT(*all, gr_roster_problem, i)->weight == GR_ROSTER_ERROR)
            return true;
    return false;
}

/* Before anything is kept. The error is not told: what is wrong is shown. */
static gr_status check(void *context, const gr_run *run, gr_error *err)
{
    showing *s = context;

    s->run = *run;
    if (!find_refused(s))
        return gr_fail_memory(err);
    s->is_refused = s->refused.count > 0 || has_errors(run->intake.roster);
    return s->is_refused ? gr_fail(err, GR_EINPUT, GR_NOWHERE, "", "the roster has errors") : GR_OK;
}

static gr_status run(showing *s, const gr_roster_options *o, gr_error *err)
{
    const gr_act act = { .action = "roster", .context = s, .check = check, .makes_ledger = true };
    gr_audit_options options = {
        .inputs = o->inputs, .input_count = o->input_count, .ledger = o->ledger, .author = o->author
    };
    gr_status status = o->ledger ? gr_run_act(s->rules, &options, &act, &s->run, err)
                                 : gr_run_make(s->rules, &options, false, &s->run, err);

    if (status == GR_OK && !find_refused(s))
        return gr_fail_memory(err);
    return s->is_refused ? GR_OK : status;
}

static gr_status write(const gr_roster_view *view, const gr_report_style *style,
                       gr_on_output output, void *context, gr_error *err)
{
    gr_writer writer;
    gr_status status;

    gr_writer_open(&writer, output, context);
    if (style->format == GR_FORMAT_JSON)
        status = gr_roster_json(view, &writer, err);
    else
        status = gr_roster_text(view, style->width, style->colour, &writer, err);
    if (!gr_writer_close(&writer) && status == GR_OK)
        status = gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                         "the roster cannot be written");
    return status;
}

static gr_roster_counts count(const gr_roster_view *view)
{
    gr_roster_counts counts = { .refused = view->refused_count, .kept = view->is_kept };

    for (size_t i = 0; i < view->fault_count; i++) {
        counts.errors += view->fault[i].trouble == GR_TROUBLE_ERROR;
        counts.warnings += view->fault[i].trouble == GR_TROUBLE_WARNING;
    }
    return counts;
}

gr_status gr_roster_tell(const gr_rules *rules, const gr_roster_options *options,
                         const gr_report_style *style, gr_on_output output, void *context,
                         gr_roster_counts *counts, gr_error *err)
{
    showing s = { .rules = rules, .refused = GR_LIST(gr_error) };
    gr_status status = run(&s, options, err);

    if (status == GR_OK)
        show(&s, options->ledger);
    if (status == GR_OK && s.no_memory)
        status = gr_fail_memory(err);
    if (status == GR_OK)
        status = write(&s.view, style, output, context, err);
    if (status == GR_OK)
        *counts = count(&s.view);
    gr_list_free(&s.refused);
    gr_run_free(&s.run);
    return status;
}
