/* src/app/filter_apply.c - leaves in a report what the filter takes. Account executives keep findings and references that
 * are taken, and what others gave to recipients who are asked for; sums of findings are of what is told, while gifts and
 * people stay those that were judged. What is about the whole firm is left out, with a note of how much it is. */
#include "app/filter_inside.h"

#include "app/executives.h"
#include "base/digest.h"
#include "base/table.h"

#include <string.h>

typedef struct applying {
    gr_filtering *f;
    gr_report *report;
    gr_table told; /* places in finding, by id: those that are taken, whoever gave */
    const gr_finding **finding;
    bool no_memory;
} applying;

static void *take(applying *a, size_t size)
{
    void *piece = gr_arena_alloc(a->f->arena, size ? size : 1);

    a->no_memory = a->no_memory || !piece;
    return piece;
}

/* ---- what is taken, whoever gave ---- */

static void mark_findings(applying *a)
{
    const gr_report *r = a->report;
    size_t all = 0;
    uint32_t n = 0;

    for (size_t e = 0; e < r->executive_count; e++)
        all += r->executive[e].finding_count;
    a->finding = take(a, sizeof *a->finding * all);
    for (size_t e = 0; a->finding && e < r->executive_count; e++) {
        for (size_t i = 0; i < r->executive[e].finding_count; i++) {
            const gr_finding *one = r->executive[e].finding[i];

            if (!gr_filtering_takes_finding(a->f, one))
                continue;
            a->finding[n] = one;
            a->no_memory = a->no_memory || !gr_table_put(&a->told, gr_hash(one->id, 0), n++);
        }
    }
}

static bool is_told(const applying *a, gr_text id)
{
    size_t cursor = 0;
    uint32_t i;

    while ((i = gr_table_find(&a->told, gr_hash(id, 0), &cursor)) != GR_NONE)
        if (gr_text_equal(a->finding[i]->id, id))
            return true;
    return false;
}

/* ---- an account executive ---- */

static void forget_findings(gr_summary *sum)
{
    sum->violations = sum->needs_review = sum->warnings = sum->decided = 0;
}

static const gr_text *keep_references(applying *a, const gr_text *reference, size_t *count)
{
    gr_text *kept = take(a, sizeof *kept * *count);
    size_t n = 0;

    for (size_t i = 0; kept && i < *count; i++)
        if (is_told(a, reference[i]))
            kept[n++] = reference[i];
    *count = n;
    return kept;
}

static void keep_findings(applying *a, gr_executive *who)
{
    const gr_finding **kept = take(a, sizeof *kept * who->finding_count);
    size_t n = 0;

    forget_findings(&who->summary);
    for (size_t i = 0; kept && i < who->finding_count; i++) {
        if (!is_told(a, who->finding[i]->id))
            continue;
        kept[n++] = who->finding[i];
        gr_summary_add_finding(&who->summary, who->finding[i]);
    }
    who->finding = kept;
    who->finding_count = n;
}

/* What others gave is a sum over all days: of some days, or of one verdict, it is told where findings are. */
static void keep_given(applying *a, gr_executive *who)
{
    gr_filtering *f = a->f;
    bool by_findings = f->has_verdict || f->has_from || f->has_to;
    gr_given *kept = take(a, sizeof *kept * who->given_count);
    size_t n = 0;

    for (size_t i = 0; kept && i < who->given_count; i++) {
        gr_given row = who->given[i];

        row.reference = keep_references(a, row.reference, &row.reference_count);
        if (gr_filtering_takes_recipient(f, row.recipient_id, row.recipient_name) &&
            gr_filtering_takes_client(f, row.employer) && (!by_findings || row.reference_count > 0))
            kept[n++] = row;
    }
    who->given = kept;
    who->given_count = n;
}

/* Whoever is asked for is told, if only that there is nothing; others where there is something. */
static bool keep_executive(applying *a, gr_executive *who)
{
    const gr_asked *asked = a->f->asked;
    bool is_about_people = asked[GR_ASK_EXECUTIVE].given.ptr || asked[GR_ASK_BRANCH].given.ptr;

    if (!gr_filtering_takes_executive(a->f, who))
        return false;
    keep_findings(a, who);
    who->reference = keep_references(a, who->reference, &who->reference_count);
    keep_given(a, who);
    return is_about_people || who->finding_count + who->reference_count + who->given_count > 0;
}

static void keep_executives(applying *a)
{
    gr_report *r = a->report;
    gr_executive *kept = take(a, sizeof *kept * r->executive_count);
    size_t n = 0;

    forget_findings(&r->summary);
    for (size_t i = 0; kept && i < r->executive_count; i++) {
        kept[n] = r->executive[i];
        if (!keep_executive(a, &kept[n]))
            continue;
        r->summary.violations += kept[n].summary.violations;
        r->summary.needs_review += kept[n].summary.needs_review;
        r->summary.warnings += kept[n].summary.warnings;
        r->summary.decided += kept[n].summary.decided;
        n++;
    }
    r->executive = kept;
    r->executive_count = n;
}

/* ---- the whole firm ---- */

static void add_note(applying *a, size_t count, const char *one, const char *many)
{
    gr_report *r = a->report;
    gr_text *note;

    if (count == 0 || !(note = take(a, sizeof *note * (r->note_count + 1))))
        return;
    if (r->note_count > 0)
        memcpy(note, r->note, sizeof *note * r->note_count);
    note[r->note_count] =
        gr_arena_print(a->f->arena, "%zu %s the filter", count, count == 1 ? one : many);
    a->no_memory = a->no_memory || !note[r->note_count].ptr;
    r->note = note;
    r->note_count++;
}

/* It is not known of whom a record is that could not be read. */
static void leave_out_firm(applying *a)
{
    gr_report *r = a->report;
    gr_rostered *roster = r->roster ? take(a, sizeof *roster) : NULL;

    add_note(a, r->quarantined_count, "record in quarantine is not listed because of",
             "records in quarantine are not listed because of");
    add_note(a, r->pair_count, "pair of records is not listed because of",
             "pairs of records are not listed because of");
    r->quarantined_count = r->pair_count = 0;
    r->summary.quarantined = 0;
    if (!roster)
        return;
    *roster = *r->roster;
    add_note(a, roster->remark_count, "remark on the roster is not listed because of",
             "remarks on the roster are not listed because of");
    roster->branch_count = roster->supervisor_count = roster->remark_count = 0;
    r->roster = roster;
}

/* ---- what is said of it ---- */

static gr_status put_into_words(applying *a, const gr_filtering_known *known, gr_error *err)
{
    gr_filtering *f = a->f;
    gr_text *word = take(a, sizeof *word * (GR_ASK_COUNT + 1));
    size_t n = 0;

    if (!word)
        return gr_fail_memory(err);
    for (int i = 0; i < GR_ASK_COUNT; i++)
        if (f->asked[i].given.ptr &&
            gr_filtering_find(f, (gr_asking)i, known, a->report, &word[n++], err) != GR_OK)
            return err->status;
    if (f->has_verdict)
        word[n++] = gr_arena_print(f->arena, "verdict %s", gr_verdict_text(f->verdict));
    a->report->filter = word;
    a->report->filter_count = n;
    if (f->has_from || f->has_to) {
        a->report->has_from = f->has_from;
        a->report->has_to = f->has_to;
        a->report->from = f->from;
        a->report->to = f->to;
    }
    return n > 0 && !word[n - 1].ptr ? gr_fail_memory(err) : GR_OK;
}

gr_status gr_filtering_apply(gr_filtering *filtering, const gr_filtering_known *known,
                             gr_report *report, gr_error *err)
{
    applying a = { .f = filtering, .report = report };

    filtering->everybody = report->executive;
    filtering->everybody_count = report->executive_count;
    if (!gr_filtering_is_on(filtering))
        return GR_OK;
    if (put_into_words(&a, known, err) != GR_OK)
        return err->status;
    mark_findings(&a);
    if (!a.no_memory)
        keep_executives(&a);
    gr_table_free(&a.told);
    if (report->filter_count > 0)
        leave_out_firm(&a);
    return a.no_memory || filtering->no_memory ? gr_fail_memory(err) : GR_OK;
}
