/* src/report/phrase_finding.c - what is said of one finding: what it is in a line, whom it concerns, by which
 * authority, what was decided on it. */
#include "report/phrase.h"

#include "report/words.h"

static const struct {
    const char *label;
    gr_tone tone;
} labels[] = {
    [GR_COMPLIANT] = { "COMPLIANT", GR_TONE_PLAIN },
    [GR_WARNING] = { "WARNING", GR_TONE_CYAN },
    [GR_NEEDS_REVIEW] = { "REVIEW", GR_TONE_YELLOW },
    [GR_VIOLATION] = { "VIOLATION", GR_TONE_RED },
};

const char *gr_verdict_label(gr_verdict verdict)
{
    return labels[verdict].label;
}

gr_tone gr_verdict_tone(gr_verdict verdict)
{
    return labels[verdict].tone;
}

const char *gr_basis_words(gr_basis basis)
{
    static const char *const words[GR_BASIS_COUNT] = {
        [GR_CALENDAR] = "calendar year",
        [GR_FISCAL] = "fiscal year",
        [GR_ANNIVERSARY] = "year of the recipient",
        [GR_TRAILING] = "trailing 12 months",
        [GR_UNSTATED] = "the policy states no period",
        [GR_QUARTER] = "quarter",
        [GR_ONE_DAY] = "one day",
        [GR_ONE_GIFT] = "one gift",
    };

    return words[basis];
}

bool gr_finding_is_near(const gr_finding *finding)
{
    return finding->verdict == GR_WARNING && finding->has_limit &&
           gr_text_is(finding->kind, "near-limit") && !finding->decision && !finding->past;
}

void gr_phrase_measure(gr_voice voice, gr_tone tone, const gr_finding *finding)
{
    char limit[GR_MONEY_TEXT], money[GR_MONEY_TEXT];
    gr_wide excess;
    int64_t den;

    if (!finding->has_limit) {
        gr_voice_say(voice, tone, finding->kind);
        return;
    }
    gr_finding_print_limit(finding, limit);
    if (finding->over.num > 0)
        gr_voice_print(voice, tone, "%s over the limit of %s",
                       gr_finding_print(finding, finding->over.num, finding->over.den, money),
                       limit);
    else if (finding->total.unbounded)
        gr_voice_print(voice, tone, "perhaps over the limit of %s, by an unknown amount", limit);
    else if (gr_finding_excess(finding, &excess, &den))
        gr_voice_print(voice, tone, "perhaps up to %s over the limit of %s",
                       gr_finding_print(finding, excess, den, money), limit);
    else
        gr_voice_print(voice, tone, "%s of the limit of %s",
                       gr_finding_print(finding, finding->total.high, finding->total.den, money),
                       limit);
}

bool gr_phrase_across(gr_voice voice, gr_tone tone, const gr_finding *finding)
{
    size_t givers = 0;

    if (!gr_finding_givers(finding, &givers))
        return false;
    if (finding->counted_count == 1)
        gr_voice_say(voice, tone, GR_TEXT(", with one gift"));
    else if (finding->counted_count > 1)
        gr_voice_print(voice, tone, ", across %zu gifts by ", finding->counted_count);
    if (finding->counted_count > 1 && givers > 1)
        gr_voice_print(voice, tone, "%zu people", givers);
    else if (finding->counted_count > 1)
        gr_voice_say(voice, tone, GR_TEXT("one person"));
    return true;
}

bool gr_phrase_finding(gr_voice voice, const gr_finding *finding)
{
    gr_tone tone = finding->decision ? GR_TONE_BOLD : labels[finding->verdict].tone;

    gr_voice_say(voice, tone, gr_text_of(labels[finding->verdict].label));
    gr_voice_say(voice, tone, GR_TEXT(": "));
    gr_phrase_measure(voice, GR_TONE_BOLD, finding);
    return !finding->has_limit || gr_phrase_across(voice, GR_TONE_BOLD, finding);
}

void gr_phrase_recipient(gr_voice voice, const gr_finding *finding)
{
    gr_phrase_person(voice, GR_TONE_NAME, finding->recipient_name, finding->recipient_id);
    if (finding->recipient_employer.len > 0) {
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" of "));
        gr_voice_say(voice, GR_TONE_NAME, finding->recipient_employer);
    }
}

/* What a rulebook judges is a gift; what is compared, or looks odd, may be an expense or an approval as well. */
static gr_text word_for_record(const gr_finding *finding)
{
    return gr_text_is(finding->rule, "detection") || gr_text_is(finding->rule, "reconciliation")
               ? GR_TEXT("Record ")
               : GR_TEXT("Gift ");
}

void gr_phrase_subject(gr_voice voice, const gr_finding *finding)
{
    char day[GR_DAY_TEXT];

    gr_voice_say(voice, GR_TONE_PLAIN, word_for_record(finding));
    gr_voice_say(voice, GR_TONE_NAME, finding->gift);
    gr_voice_print(voice, GR_TONE_PLAIN, " of %s", gr_day_print(finding->day, day));
    if (finding->recipient_name.len + finding->recipient_id.len > 0) {
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" to "));
        gr_phrase_recipient(voice, finding);
    }
    if (finding->source.file) {
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", "));
        gr_phrase_place(voice, GR_TONE_PLAIN, finding->source);
    }
}

void gr_phrase_authority(gr_voice voice, const gr_finding *finding)
{
    if (finding->clause.len > 0) {
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("Clause "));
        gr_voice_say(voice, GR_TONE_PLAIN, finding->clause);
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", rule "));
    } else {
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("Rule "));
    }
    gr_voice_say(voice, GR_TONE_PLAIN, finding->rule);
    if (gr_text_is(finding->rule, "detection")) { /* by this name it is switched off */
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", check "));
        gr_voice_say(voice, GR_TONE_PLAIN, finding->provision);
    }
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", finding "));
    gr_voice_say(voice, GR_TONE_PLAIN, finding->id);
}

/* "Accepted by Chris Vale on 2026-11-23: reason" */
void gr_phrase_decision(gr_voice voice, const gr_decision *d, bool is_past)
{
    gr_tone tone = is_past ? GR_TONE_PLAIN : GR_TONE_BOLD;

    gr_voice_say(voice, tone, is_past ? GR_TEXT("Changed since it was ") : GR_TEXT(""));
    if (d->kind == GR_DECISION_EXEMPT) {
        gr_voice_say(voice, tone, is_past ? GR_TEXT("exempt under ") : GR_TEXT("Exempt under "));
        gr_voice_say(voice, tone, d->clause);
        gr_voice_say(voice, tone, GR_TEXT(", number "));
        gr_voice_say(voice, tone, d->exemption);
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", entered by "));
    } else {
        gr_voice_say(voice, tone, is_past ? GR_TEXT("accepted") : GR_TEXT("Accepted"));
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" by "));
    }
    gr_phrase_signature(voice, d->author, d->moment);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(": "));
    gr_voice_say(voice, GR_TONE_NAME, d->reason);
}

/* "Also called: ROE, JANE of ACME (the same name and employer when compared: jane roe, acme); ..." */
void gr_phrase_joined(gr_voice voice, const gr_finding *finding)
{
    gr_voice_say(voice, GR_TONE_BOLD, GR_TEXT("Also called:"));
    for (size_t i = 0; i < finding->joined_count; i++) {
        const gr_joined *j = &finding->joined[i];

        gr_voice_say(voice, GR_TONE_PLAIN, i > 0 ? GR_TEXT("; ") : GR_TEXT(" "));
        gr_phrase_person(voice, GR_TONE_NAME, j->name, j->id);
        if (j->employer.len > 0) {
            gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" of "));
            gr_voice_say(voice, GR_TONE_NAME, j->employer);
        }
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" ("));
        gr_voice_say(voice, GR_TONE_NAME, j->why);
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(")"));
    }
}

void gr_phrase_references(gr_voice voice, const gr_executive *who)
{
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("Gifts of this account executive also count in "));
    for (size_t i = 0; i < who->reference_count; i++) {
        gr_voice_say(voice, GR_TONE_PLAIN, i > 0 ? GR_TEXT(", ") : GR_TEXT(""));
        if (voice.refer)
            voice.refer(voice.to, who->reference[i]);
        else
            gr_voice_say(voice, GR_TONE_PLAIN, who->reference[i]);
    }
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", listed under others."));
}

void gr_phrase_period(gr_voice voice, const gr_finding *finding)
{
    char from[GR_DAY_TEXT], to[GR_DAY_TEXT];
    const gr_period *period = &finding->period;
    gr_text unit = finding->is_count ? GR_TEXT("gifts") : finding->currency;

    gr_day_print(period->from, from);
    gr_day_print(period->to, to);
    if (period->from == period->to)
        gr_voice_print(voice, GR_TONE_PLAIN, "%.*s, %s, %s", GR_ALL(unit), from,
                       gr_basis_words(period->basis));
    else
        gr_voice_print(voice, GR_TONE_PLAIN, "%.*s, %s to %s, %s", GR_ALL(unit), from, to,
                       gr_basis_words(period->basis));
}

gr_text gr_counted_note(const gr_counted *gift)
{
    return gift->through_other && gift->note.len == 0
               ? GR_TEXT("to somebody who is possibly the same person")
               : gift->note;
}
