/* src/report/simulate_text.c - a simulation for a terminal: the counts first, then which rules differ, then what changes
 * for each account executive, with the sums of both sides beside each other. */
#include "report/simulate.h"

#include "base/error.h"
#include "report/sections.h"
#include "report/simulate_change.h"

enum { SHORT_DIGEST = 12 };

static void heading(gr_page *page, const char *words)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, gr_text_of(words));
    gr_heading_end(page);
}

/* ---- how much ---- */

static void say_counts(gr_page *page, gr_ink ink, const gr_change_counts *counts)
{
    gr_say_print(page, ink, "%llu new, %llu gone, %llu changed, %llu the same",
                 (unsigned long long)counts->added, (unsigned long long)counts->gone,
                 (unsigned long long)counts->changed, (unsigned long long)counts->same);
}

static void scope(gr_page *page, const gr_simulation *s)
{
    char day[GR_DAY_TEXT];

    gr_paragraph_start(page, 0, 0);
    gr_say(page, GR_PLAIN,
           GR_TEXT("Findings by the rules in use beside those by the simulated "
                   "rules, as of "));
    gr_say_print(page, GR_PLAIN, "%s.", gr_day_print(s->as_of, day));
    if (s->has_from)
        gr_say_print(page, GR_PLAIN, " Gifts given from %s on only.", gr_day_print(s->from, day));
    if (s->has_to)
        gr_say_print(page, GR_PLAIN, " Gifts given up to %s only.", gr_day_print(s->to, day));
    gr_paragraph_end(page);
}

static void add_count(gr_page *page, const char *name, uint64_t in_use, uint64_t simulated)
{
    gr_cell(page, gr_text_of(name));
    gr_cell_print(page, "%llu", (unsigned long long)in_use);
    gr_cell_print(page, "%llu", (unsigned long long)simulated);
    gr_row_end(page);
}

/* Rows of zeros are left out where they are about reading. */
static void sides(gr_page *page, const gr_simulation *s)
{
    const gr_simulated_side *a = &s->side[GR_IN_USE], *b = &s->side[GR_SIMULATED];

    gr_blank(page);
    gr_grid_start(page, 2, "lrr");
    gr_cell(page, GR_TEXT(""));
    gr_cell(page, GR_TEXT("in use"));
    gr_cell(page, GR_TEXT("simulated"));
    gr_row_end(page);
    add_count(page, "gifts", a->gifts, b->gifts);
    add_count(page, "violations", a->violations, b->violations);
    add_count(page, "to review", a->needs_review, b->needs_review);
    add_count(page, "warnings", a->warnings, b->warnings);
    if (a->quarantined + b->quarantined > 0)
        add_count(page, "records in quarantine", a->quarantined, b->quarantined);
    if (a->refused + b->refused > 0)
        add_count(page, "inputs refused", a->refused, b->refused);
    gr_grid_end(page);
}

/* ---- which rules differ ---- */

static void add_difference(gr_page *page, const gr_rule_difference *d, bool is_digest)
{
    gr_cell(page, d->name);
    for (int side = 0; side < GR_SIDES; side++)
        gr_cell(page, d->side[side].len == 0 && is_digest ? GR_TEXT("not there")
                      : is_digest ? gr_text_slice(d->side[side], 0, SHORT_DIGEST)
                                  : d->side[side]);
    gr_row_end(page);
}

static void rules(gr_page *page, const gr_simulation *s)
{
    heading(page, "Rules that differ");
    if (s->choice_count + s->rulebook_count == 0) {
        gr_paragraph_start(page, 0, 0);
        gr_say(page, GR_PLAIN, GR_TEXT("No choice of the policy and no rulebook."));
        if (s->differs)
            gr_say(page, GR_PLAIN,
                   GR_TEXT(" The difference comes from the other rule files: "
                           "detection, rates, names or formats."));
        gr_paragraph_end(page);
        return;
    }
    gr_grid_start(page, 2, "llw");
    gr_cell(page, GR_TEXT(""));
    gr_cell(page, GR_TEXT("in use"));
    gr_cell(page, GR_TEXT("simulated"));
    gr_row_end(page);
    for (size_t i = 0; i < s->choice_count; i++)
        add_difference(page, &s->choice[i], false);
    for (size_t i = 0; i < s->rulebook_count; i++)
        add_difference(page, &s->rulebook[i], true);
    gr_grid_end(page);
}

/* ---- account executives ---- */

static void executive(gr_page *page, const gr_simulated_executive *who)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_phrase_person(gr_page_voice(page), GR_TONE_BOLD, who->name, who->id);
    gr_heading_end(page);
    gr_paragraph_start(page, 0, 0);
    say_counts(page, GR_PLAIN, &who->counts);
    gr_say(page, GR_PLAIN, GR_TEXT("."));
    gr_paragraph_end(page);
    for (size_t i = 0; i < who->change_count && !page->writer->failed; i++)
        gr_section_change(page, who->change[i]);
}

static void executives(gr_page *page, const gr_simulation *s)
{
    uint64_t unchanged = 0;

    for (size_t i = 0; i < s->executive_count && !page->writer->failed; i++) {
        if (s->executive[i].change_count > 0)
            executive(page, &s->executive[i]);
        else
            unchanged++;
    }
    if (unchanged == 0)
        return;
    gr_blank(page);
    gr_paragraph_start(page, 0, 0);
    gr_say_count(page, GR_PLAIN, unchanged, "account executive has", "account executives have");
    gr_say(page, GR_PLAIN, GR_TEXT(" the same findings under both."));
    gr_paragraph_end(page);
}

/* ---- what was not judged ---- */

static void show_unjudged(gr_page *page, const gr_unjudged *u)
{
    gr_paragraph_start(page, 2, 4);
    gr_phrase_place(gr_page_voice(page), GR_TONE_BOLD, gr_error_place(u->error));
    if (u->record.len > 0) {
        gr_say(page, GR_PLAIN, u->error->file[0] ? GR_TEXT(", record ") : GR_TEXT("Record "));
        gr_say(page, GR_PLAIN, u->record);
    }
    gr_paragraph_end(page);
    gr_paragraph(page, 4, NULL, gr_text_of(u->error->message));
    if (u->error->hint[0])
        gr_paragraph(page, 4, "Hint:", gr_text_of(u->error->hint));
    if (!u->under[GR_SIMULATED])
        gr_paragraph(page, 4, NULL, GR_TEXT("Under the rules in use only."));
    if (!u->under[GR_IN_USE])
        gr_paragraph(page, 4, NULL, GR_TEXT("Under the simulated rules only."));
}

static void unjudged(gr_page *page, const char *words, const gr_unjudged *list, size_t count)
{
    if (count > 0)
        heading(page, words);
    for (size_t i = 0; i < count && !page->writer->failed; i++)
        show_unjudged(page, &list[i]);
}

/* ---- how it came about ---- */

/* The section of the audit's report, with what the simulation has of it. */
static void run(gr_page *page, const gr_simulation *s)
{
    gr_report view = { .generated = s->generated,
                       .ledger = s->ledger,
                       .input = s->input,
                       .input_count = s->input_count,
                       .note = s->note,
                       .note_count = s->note_count };

    gr_section_notes(page, &view);
    gr_section_run(page, &view);
}

gr_status gr_simulation_text(const gr_simulation *simulation, unsigned width, bool colour,
                             gr_writer *writer, gr_error *err)
{
    const gr_simulation *s = simulation;
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        gr_heading_start(&page);
        say_counts(&page, GR_BOLD, &s->counts);
        gr_heading_end(&page);
        scope(&page, s);
        sides(&page, s);
        rules(&page, s);
        unjudged(&page, "Inputs refused: nothing of them was judged", s->refused, s->refused_count);
        executives(&page, s);
        unjudged(&page, "Records in quarantine: not judged until they are corrected",
                 s->quarantined, s->quarantined_count);
        run(&page, s);
        failed = page.failed;
    }
    gr_page_close(&page);
    if (failed)
        return gr_fail_memory(err);
    if (writer->failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the report cannot be written");
    return GR_OK;
}
