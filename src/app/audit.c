/* src/app/audit.c - the batch audit: one run that is kept, and its report. Gifts are listed from a ledger: where none is to
 * be kept, a private one is made, and gone before the audit ends. */
#include "app/assemble.h"

#include "app/gift_book.h"
#include "base/os.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME = 4096 };

/* ---- a ledger for this audit alone ---- */

static gr_status make_private(char folder[NAME], char ledger[NAME + 16], gr_error *err)
{
    const char *place = getenv("TMPDIR");
    int n = snprintf(folder, NAME, "%s/giftrule-XXXXXX", place && *place ? place : "/tmp");

    if (n >= NAME - 16 || !mkdtemp(folder))
        return gr_fail_io(err, folder, "make");
    snprintf(ledger, NAME + 16, "%s/ledger", folder);
    return GR_OK;
}

/* Whoever has it open goes on reading. */
static void remove_private(const char *folder)
{
    static const char *const names[] = { "ledger", "ledger-wal", "ledger-shm", "ledger-journal" };
    char name[NAME + 16];

    for (size_t i = 0; i < GR_COUNT(names); i++) {
        snprintf(name, sizeof name, "%s/%s", folder, names[i]);
        gr_os_remove(name);
    }
    gr_os_remove_folder(folder);
}

/* ---- gifts ---- */

static gr_status open_book(const gr_rules *rules, const gr_audit_options *options, gr_run *run,
                           gr_error *err)
{
    gr_book_wanted wanted = { .rules = rules,
                              .run = run->last_run,
                              .rule = options->filter.rule,
                              .filtering = run->filtering };
    gr_ledger *ledger;
    gr_status status = gr_ledger_open_reading(options->ledger, &ledger, err);

    if (!run->is_recalled) { /* all of it is there already */
        wanted.intake = &run->intake;
        wanted.who = &run->who;
    }
    if (status == GR_OK)
        status = gr_bookkeeper_open(&wanted, ledger, run->arena, &run->keeper, err);
    if (status == GR_OK && run->is_recalled)
        run->recollection.intake = gr_bookkeeper_gifts(run->keeper, &run->recollection.who);
    return status;
}

/* A recalled report is made with its gifts. Of a run that has judged everything they are borrowed, once the run is where it
 * stays: in the report. */
static gr_status audit(const gr_rules *rules, const gr_audit_options *options, gr_report **out,
                       gr_error *err)
{
    gr_run run;
    gr_report *report = NULL;
    gr_status status = gr_run_make(rules, options, true, &run, err);

    if (status == GR_OK && options->gifts && run.is_recalled)
        status = open_book(rules, options, &run, err);
    if (status == GR_OK)
        status = gr_assemble(rules, &run, &report, err);
    if (status != GR_OK) {
        gr_run_free(&run);
        return status;
    }
    if (options->gifts && !run.is_recalled)
        status = open_book(rules, options, report->owned, err);
    if (status == GR_OK && options->gifts)
        status = gr_bookkeeper_give(((gr_run *)report->owned)->keeper, report, err);
    if (status == GR_OK)
        *out = report;
    else
        gr_report_free(report);
    return status;
}

/* Nothing is said of a ledger that nobody keeps. */
static gr_status audit_private(const gr_rules *rules, const gr_audit_options *options,
                               gr_report **out, gr_error *err)
{
    char folder[NAME], ledger[NAME + 16];
    gr_audit_options with = *options;
    gr_status status = make_private(folder, ledger, err);

    if (status != GR_OK)
        return status;
    with.ledger = ledger;
    status = audit(rules, &with, out, err);
    remove_private(folder);
    if (status != GR_OK)
        return status;
    (*out)->ledger = GR_TEXT("");
    (*out)->news = (gr_news){ .is_told = false };
    return GR_OK;
}

static gr_status make_report(const gr_rules *rules, const gr_audit_options *options,
                             gr_report **out, gr_error *err)
{
    if (!options->gifts || options->ledger || options->only_new || options->input_count == 0)
        return audit(rules, options, out, err); /* of the last two it tells what is missing */
    return audit_private(rules, options, out, err);
}

gr_status gr_audit(const gr_rules *rules, const gr_audit_options *options, gr_report **out,
                   gr_error *err)
{
    gr_report *report = NULL;
    gr_status status = make_report(rules, options, &report, err);
    gr_run *run;

    if (status != GR_OK)
        return status;
    run = report->owned;
    status = gr_audience_apply(run->role, &run->known, report, &run->mask, err);
    if (status == GR_OK)
        *out = report;
    else
        gr_report_free(report);
    return status;
}
