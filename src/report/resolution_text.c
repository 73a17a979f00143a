/* src/report/resolution_text.c - what came of a decision, for a terminal: what was decided, what it made of the finding,
 * and of others. */
#include "report/resolution.h"

#include "base/error.h"
#include "report/sections.h"

enum { MOST_OTHERS = 50 }; /* more are counted; a report lists them */

static const char *noun(gr_verdict verdict)
{
    return verdict == GR_VIOLATION      ? "a violation"
           : verdict == GR_NEEDS_REVIEW ? "to review"
                                        : "a warning";
}

/* "a violation, 25.00 over the limit of 300.00" */
static void say_verdict(gr_page *page, const gr_finding *finding)
{
    gr_say(page, GR_PLAIN, gr_text_of(noun(finding->verdict)));
    gr_say(page, GR_PLAIN, finding->has_limit ? GR_TEXT(", ") : GR_TEXT(" of the kind "));
    gr_phrase_measure(gr_page_voice(page), GR_TONE_PLAIN, finding);
}

static void head(gr_page *page, const gr_resolution *r)
{
    gr_heading_start(page);
    gr_say(page, GR_BOLD, r->decision.finding);
    gr_say(page, GR_BOLD, GR_TEXT(": "));
    gr_say(page, GR_BOLD, r->said);
    gr_heading_end(page);
    gr_paragraph_start(page, 0, 2);
    gr_say(page, GR_PLAIN, GR_TEXT("Decided by "));
    gr_phrase_signature(gr_page_voice(page), r->decision.author, r->decision.moment);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, r->decision.reason);
    gr_paragraph_end(page);
}

/* What a finding was, and what it is now. */
static void say_change(gr_page *page, const gr_finding_change *change)
{
    if (change->is_new) {
        gr_say(page, GR_PLAIN, GR_TEXT("no finding before; now "));
    } else {
        gr_say(page, GR_PLAIN, GR_TEXT("it was "));
        say_verdict(page, &change->was);
        gr_say(page, GR_PLAIN, GR_TEXT("; now "));
    }
    if (change->is_gone)
        gr_say(page, GR_PLAIN, GR_TEXT("it is no finding any more"));
    else
        say_verdict(page, &change->is);
    gr_say(page, GR_PLAIN, GR_TEXT("."));
}

/* What another decision leaves alone. */
static void say_state(gr_page *page, const gr_resolution *r)
{
    gr_say(page, GR_PLAIN, GR_TEXT("it stays "));
    say_verdict(page, &r->own.is);
    gr_say(page, GR_PLAIN,
           r->decision.kind == GR_DECISION_REOPEN
               ? GR_TEXT(", and counts as open again.")
               : GR_TEXT(", and counts as decided until it changes."));
}

static void say_subject(gr_page *page, const gr_finding *finding)
{
    char day[GR_DAY_TEXT];

    gr_say(page, GR_PLAIN, GR_TEXT("gift "));
    gr_say(page, GR_PLAIN, finding->gift);
    gr_say_print(page, GR_PLAIN, " of %s by ", gr_day_print(finding->day, day));
    gr_phrase_person(gr_page_voice(page), GR_TONE_PLAIN, finding->giver_name, finding->giver_id);
    if (finding->recipient_name.len + finding->recipient_id.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" to "));
        gr_phrase_recipient(gr_page_voice(page), finding);
    }
    gr_say(page, GR_PLAIN, GR_TEXT(", rule "));
    gr_say(page, GR_PLAIN, finding->rule);
}

static void own(gr_page *page, const gr_resolution *r)
{
    gr_paragraph_start(page, 0, 2);
    gr_say(page, GR_PLAIN, GR_TEXT("On "));
    say_subject(page, &r->own.is);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    if (r->is_judged && r->own.is_new && r->own.is_gone)
        gr_say(page, GR_PLAIN, GR_TEXT("it is no finding, as before."));
    else if (r->is_judged)
        say_change(page, &r->own);
    else
        say_state(page, r);
    gr_paragraph_end(page);
    if (r->finding)
        gr_section_finding(page, r->finding);
}

static void other(gr_page *page, const gr_finding_change *change)
{
    gr_paragraph_start(page, 2, 4);
    gr_say(page, GR_BOLD, change->is.id);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    say_subject(page, &change->is);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    say_change(page, change);
    gr_paragraph_end(page);
}

void gr_section_changes(gr_page *page, const gr_finding_change *change, size_t count,
                        const char *one, const char *many, bool has_new_rules)
{
    size_t shown = count < MOST_OTHERS ? count : MOST_OTHERS;

    gr_blank(page);
    if (count == 0) {
        gr_paragraph_start(page, 0, 2);
        gr_say_print(page, GR_PLAIN, "No %s.", one);
        gr_paragraph_end(page);
        return;
    }
    gr_heading_start(page);
    gr_say_count(page, GR_BOLD, count, one, many);
    gr_heading_end(page);
    if (has_new_rules)
        gr_paragraph(page, 0, NULL,
                     GR_TEXT("The rules are not those of the audit before, which may be why."));
    for (size_t i = 0; i < shown; i++)
        other(page, &change[i]);
    if (shown < count)
        gr_paragraph(page, 2, NULL, GR_TEXT("The report lists the others."));
}

gr_status gr_resolution_text(const gr_resolution *resolution, unsigned width, bool colour,
                             gr_writer *writer, gr_error *err)
{
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        head(&page, resolution);
        own(&page, resolution);
        if (resolution->is_judged)
            gr_section_changes(&page, resolution->other, resolution->other_count,
                               "other finding changed", "other findings changed",
                               resolution->has_new_rules);
        failed = page.failed;
    }
    gr_page_close(&page);
    return failed ? gr_fail_memory(err) : GR_OK;
}
