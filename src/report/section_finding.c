/* src/report/section_finding.c - one finding: what it is in a line, whom it concerns, why, the arithmetic,
 * what was presumed, what to ask. */
#include "report/sections.h"

#include "report/words.h"

static const struct {
    const char *label;
    gr_ink ink;
} labels[] = {
    [GR_COMPLIANT] = { "COMPLIANT", GR_PLAIN },
    [GR_WARNING] = { "WARNING", GR_CYAN },
    [GR_NEEDS_REVIEW] = { "REVIEW", GR_YELLOW },
    [GR_VIOLATION] = { "VIOLATION", GR_RED },
};

static void say_across(gr_page *page, const gr_finding *finding)
{
    size_t givers = 0;

    if (!gr_finding_givers(finding, &givers)) {
        page->failed = true;
        return;
    }
    if (finding->counted_count == 1)
        gr_say(page, GR_BOLD, GR_TEXT(", with one gift"));
    else if (finding->counted_count > 1)
        gr_say_print(page, GR_BOLD, ", across %zu gifts by ", finding->counted_count);
    if (finding->counted_count > 1 && givers > 1)
        gr_say_print(page, GR_BOLD, "%zu people", givers);
    else if (finding->counted_count > 1)
        gr_say(page, GR_BOLD, GR_TEXT("one person"));
}

void gr_say_measure(gr_page *page, gr_ink ink, const gr_finding *finding)
{
    char limit[GR_MONEY_TEXT], money[GR_MONEY_TEXT];
    gr_wide excess;
    int64_t den;

    if (!finding->has_limit) {
        gr_say(page, ink, finding->kind);
        return;
    }
    gr_finding_print_limit(finding, limit);
    if (finding->over.num > 0)
        gr_say_print(page, ink, "%s over the limit of %s",
                     gr_finding_print(finding, finding->over.num, finding->over.den, money), limit);
    else if (finding->total.unbounded)
        gr_say_print(page, ink, "perhaps over the limit of %s, by an unknown amount", limit);
    else if (gr_finding_excess(finding, &excess, &den))
        gr_say_print(page, ink, "perhaps up to %s over the limit of %s",
                     gr_finding_print(finding, excess, den, money), limit);
    else
        gr_say_print(page, ink, "%s of the limit of %s",
                     gr_finding_print(finding, finding->total.high, finding->total.den, money),
                     limit);
}

static void headline(gr_page *page, const gr_finding *finding)
{
    gr_ink ink = finding->decision ? GR_BOLD : labels[finding->verdict].ink;

    gr_paragraph_start(page, 2, 6);
    gr_say(page, ink, gr_text_of(labels[finding->verdict].label));
    gr_say(page, ink, GR_TEXT(": "));
    gr_say_measure(page, GR_BOLD, finding);
    if (finding->has_limit)
        say_across(page, finding);
    gr_paragraph_end(page);
}

/* What a rulebook judges is a gift; what is compared, or looks odd, may be an expense or an approval as well. */
static gr_text say_record(const gr_finding *finding)
{
    return gr_text_is(finding->rule, "detection") || gr_text_is(finding->rule, "reconciliation")
               ? GR_TEXT("Record ")
               : GR_TEXT("Gift ");
}

void gr_say_subject(gr_page *page, const gr_finding *finding)
{
    char day[GR_DAY_TEXT];

    gr_paragraph_start(page, 4, 4);
    gr_say(page, GR_PLAIN, say_record(finding));
    gr_say(page, GR_PLAIN, finding->gift);
    gr_say_print(page, GR_PLAIN, " of %s", gr_day_print(finding->day, day));
    if (finding->recipient_name.len + finding->recipient_id.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" to "));
        gr_say_recipient(page, finding);
    }
    if (finding->source.file) {
        gr_say(page, GR_PLAIN, GR_TEXT(", "));
        gr_say_place(page, GR_PLAIN, finding->source);
    }
    gr_paragraph_end(page);
}

static void authority(gr_page *page, const gr_finding *finding)
{
    gr_paragraph_start(page, 4, 6);
    if (finding->clause.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT("Clause "));
        gr_say(page, GR_PLAIN, finding->clause);
        gr_say(page, GR_PLAIN, GR_TEXT(", rule "));
    } else {
        gr_say(page, GR_PLAIN, GR_TEXT("Rule "));
    }
    gr_say(page, GR_PLAIN, finding->rule);
    if (gr_text_is(finding->rule, "detection")) { /* by this name it is switched off */
        gr_say(page, GR_PLAIN, GR_TEXT(", check "));
        gr_say(page, GR_PLAIN, finding->provision);
    }
    gr_say(page, GR_PLAIN, GR_TEXT(", finding "));
    gr_say(page, GR_PLAIN, finding->id);
    gr_paragraph_end(page);
}

void gr_say_signature(gr_page *page, gr_text author, gr_text moment)
{
    gr_say(page, GR_PLAIN, author.len > 0 ? author : GR_TEXT("somebody who is not named"));
    gr_say(page, GR_PLAIN, GR_TEXT(" on "));
    gr_say(page, GR_PLAIN, gr_text_slice(moment, 0, 10)); /* its day */
}

/* "Accepted by Chris Vale on 2026-11-23: reason" */
static void decision(gr_page *page, const gr_decision *d, bool is_past)
{
    gr_ink ink = is_past ? GR_PLAIN : GR_BOLD;

    gr_paragraph_start(page, 4, 6);
    gr_say(page, ink, is_past ? GR_TEXT("Changed since it was ") : GR_TEXT(""));
    if (d->kind == GR_DECISION_EXEMPT) {
        gr_say(page, ink, is_past ? GR_TEXT("exempt under ") : GR_TEXT("Exempt under "));
        gr_say(page, ink, d->clause);
        gr_say(page, ink, GR_TEXT(", number "));
        gr_say(page, ink, d->exemption);
        gr_say(page, GR_PLAIN, GR_TEXT(", entered by "));
    } else {
        gr_say(page, ink, is_past ? GR_TEXT("accepted") : GR_TEXT("Accepted"));
        gr_say(page, GR_PLAIN, GR_TEXT(" by "));
    }
    gr_say_signature(page, d->author, d->moment);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, d->reason);
    gr_paragraph_end(page);
}

void gr_section_decision(gr_page *page, const gr_finding *finding)
{
    if (finding->decision)
        decision(page, finding->decision, false);
    else if (finding->past)
        decision(page, finding->past, true);
}

/* "Also called: ROE, JANE of ACME (the same name and employer when compared: jane roe, acme); ..." */
static void also_called(gr_page *page, const gr_finding *finding)
{
    gr_paragraph_start(page, 4, 6);
    gr_say(page, GR_BOLD, GR_TEXT("Also called:"));
    for (size_t i = 0; i < finding->joined_count; i++) {
        const gr_joined *j = &finding->joined[i];

        gr_say(page, GR_PLAIN, i > 0 ? GR_TEXT("; ") : GR_TEXT(" "));
        gr_say_person(page, GR_PLAIN, j->name, j->id);
        if (j->employer.len > 0) {
            gr_say(page, GR_PLAIN, GR_TEXT(" of "));
            gr_say(page, GR_PLAIN, j->employer);
        }
        gr_say(page, GR_PLAIN, GR_TEXT(" ("));
        gr_say(page, GR_PLAIN, j->why);
        gr_say(page, GR_PLAIN, GR_TEXT(")"));
    }
    gr_paragraph_end(page);
}

void gr_section_finding(gr_page *page, const gr_finding *finding)
{
    gr_blank(page);
    headline(page, finding);
    gr_section_decision(page, finding);
    gr_say_subject(page, finding);
    if (finding->reason.len > 0)
        gr_paragraph(page, 4, NULL, finding->reason);
    if (finding->has_limit || finding->counted_count > 0) {
        gr_blank(page);
        gr_section_counted(page, finding);
        gr_blank(page);
    }
    if (finding->joined_count > 0)
        also_called(page, finding);
    for (size_t i = 0; i < finding->presumption_count; i++)
        gr_paragraph(page, 4, "Presumed:", finding->presumption[i]);
    if (finding->question.len > 0)
        gr_paragraph(page, 4, "Question:", finding->question);
    if (finding->answers.len > 0)
        gr_paragraph(page, 4, "Answers:", finding->answers);
    authority(page, finding);
}
