/* src/report/phrase_sum.c - the voice itself, and what is said of whole reports and of people. */
#include "report/phrase.h"

#include <stdarg.h>
#include <stdio.h>

void gr_voice_say(gr_voice voice, gr_tone tone, gr_text text)
{
    if (text.len > 0)
        voice.say(voice.to, tone, text);
}

void gr_voice_print(gr_voice voice, gr_tone tone, const char *format, ...)
{
    char text[512];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0)
        voice.say(voice.to, tone, gr_text_of(text));
}

void gr_voice_count(gr_voice voice, gr_tone tone, uint64_t count, const char *one, const char *many)
{
    gr_voice_print(voice, tone, "%llu %s", (unsigned long long)count, count == 1 ? one : many);
}

/* One of several counts with commas between; a count of none is not told. */
static void say_part(gr_voice voice, bool *started, gr_tone tone, uint64_t count, const char *one,
                     const char *many)
{
    if (count == 0)
        return;
    if (*started)
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", "));
    gr_voice_count(voice, tone, count, one, many);
    *started = true;
}

/* ---- how much there is ---- */

bool gr_phrase_verdicts(gr_voice voice, const gr_summary *summary)
{
    bool started = false;

    say_part(voice, &started, GR_TONE_RED, summary->violations, "violation", "violations");
    say_part(voice, &started, GR_TONE_YELLOW, summary->needs_review, "to review", "to review");
    say_part(voice, &started, GR_TONE_CYAN, summary->warnings, "warning", "warnings");
    say_part(voice, &started, GR_TONE_BOLD, summary->decided, "decided", "decided");
    return started;
}

void gr_phrase_headline(gr_voice voice, const gr_report *report)
{
    const gr_summary *sum = &report->summary;
    bool started = gr_phrase_verdicts(voice, sum);

    say_part(voice, &started, GR_TONE_BOLD, sum->quarantined, "record in quarantine",
             "records in quarantine");
    say_part(voice, &started, GR_TONE_BOLD, sum->refused, "input refused", "inputs refused");
    if (!started)
        gr_voice_say(voice, GR_TONE_BOLD, GR_TEXT("No findings"));
}

static void say_list(gr_voice voice, gr_tone tone, const gr_text *word, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        gr_voice_say(voice, GR_TONE_PLAIN, i ? GR_TEXT(", ") : GR_TEXT(""));
        gr_voice_say(voice, tone, word[i]);
    }
}

bool gr_phrase_part(gr_voice voice, const gr_report *report)
{
    if (report->role.len > 0) {
        gr_voice_print(voice, GR_TONE_BOLD, "For an %s%.*s.",
                       gr_text_is(report->role, "executive") ? "account " : "",
                       GR_ALL(report->role));
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" Left out: "));
        say_list(voice, GR_TONE_PLAIN, report->withheld, report->withheld_count);
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("."));
    }
    if (report->filter_count > 0) {
        gr_voice_say(voice, GR_TONE_BOLD,
                     report->role.len > 0 ? GR_TEXT(" Only: ") : GR_TEXT("Only: "));
        say_list(voice, GR_TONE_BOLD, report->filter, report->filter_count);
        gr_voice_say(voice, GR_TONE_PLAIN,
                     GR_TEXT(". Everything else is counted all the same, and not told here."));
    }
    return report->role.len + report->filter_count > 0;
}

static void say_bound(gr_voice voice, const char *word, bool has, gr_day day)
{
    char text[GR_DAY_TEXT];

    if (has)
        gr_voice_print(voice, GR_TONE_PLAIN, " %s %s", word, gr_day_print(day, text));
}

void gr_phrase_scope(gr_voice voice, const gr_report *report)
{
    const gr_summary *sum = &report->summary;
    char day[GR_DAY_TEXT];

    gr_voice_count(voice, GR_TONE_PLAIN, sum->gifts, "gift", "gifts");
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" by "));
    gr_voice_count(voice, GR_TONE_PLAIN, sum->account_executives, "account executive",
                   "account executives");
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" to "));
    gr_voice_count(voice, GR_TONE_PLAIN, sum->recipients, "recipient", "recipients");
    gr_voice_print(voice, GR_TONE_PLAIN, ", as of %s.", gr_day_print(report->as_of, day));
    if (report->has_from || report->has_to) {
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" Findings of gifts given"));
        say_bound(voice, "from", report->has_from, report->from);
        say_bound(voice, report->has_from ? "to" : "up to", report->has_to, report->to);
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" only."));
    }
    if (report->since.len > 0)
        gr_voice_print(voice, GR_TONE_PLAIN, " Findings that are new or changed since %.*s only.",
                       GR_ALL(report->since));
}

void gr_phrase_own(gr_voice voice, const gr_summary *summary)
{
    if (gr_phrase_verdicts(voice, summary))
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", in "));
    gr_voice_count(voice, GR_TONE_PLAIN, summary->gifts, "gift", "gifts");
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" to "));
    gr_voice_count(voice, GR_TONE_PLAIN, summary->recipients, "recipient", "recipients");
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("."));
}

bool gr_phrase_others(gr_voice voice, uint64_t count, uint64_t contributing)
{
    if (count == 0)
        return false;
    gr_voice_count(voice, GR_TONE_PLAIN, count, "account executive has", "account executives have");
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" no findings"));
    if (contributing > 0)
        gr_voice_print(voice, GR_TONE_PLAIN,
                       "; gifts of %llu of them count in findings listed above",
                       (unsigned long long)contributing);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("."));
    return true;
}

void gr_phrase_news(gr_voice voice, const gr_news *news)
{
    const gr_tone tone = GR_TONE_PLAIN;
    bool started = false;

    say_part(voice, &started, tone, news->records_new, "new record", "new records");
    say_part(voice, &started, tone, news->records_changed, "record changed or taken back",
             "records changed or taken back");
    say_part(voice, &started, tone, news->findings_new, "new finding", "new findings");
    say_part(voice, &started, tone, news->findings_changed, "finding changed", "findings changed");
    say_part(voice, &started, tone, news->findings_withdrawn, "finding withdrawn",
             "findings withdrawn");
    gr_voice_say(voice, tone, started ? GR_TEXT(".") : GR_TEXT("Nothing."));
}

void gr_phrase_matched(gr_voice voice, const gr_reconciled *n)
{
    gr_voice_count(voice, GR_TONE_PLAIN, n->matched, "gift was seen by both log and expenses",
                   "gifts were seen by both log and expenses");
    if (n->matched > 0)
        gr_voice_print(voice, GR_TONE_PLAIN,
                       ", and counted once: %llu by a number, %llu by giver, day and amount",
                       (unsigned long long)n->by_number, (unsigned long long)n->by_content);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("; "));
    gr_voice_count(voice, GR_TONE_PLAIN, n->log_only, "is in the log only", "are in the log only");
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", "));
    gr_voice_count(voice, GR_TONE_PLAIN, n->expense_only, "in the expenses only",
                   "in the expenses only");
    if (n->outside > 0)
        gr_voice_print(voice, GR_TONE_PLAIN, ", %llu of these on days of which there is no log",
                       (unsigned long long)n->outside);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("."));
}

void gr_phrase_approvals(gr_voice voice, const gr_reconciled *n)
{
    gr_voice_count(voice, GR_TONE_PLAIN, n->approvals, "approval", "approvals");
    gr_voice_print(voice, GR_TONE_PLAIN, ": %llu used, %llu not.",
                   (unsigned long long)n->approvals_used,
                   (unsigned long long)(n->approvals - n->approvals_used));
}

void gr_phrase_twin(gr_voice voice, const gr_twin *p)
{
    char day[GR_DAY_TEXT];

    gr_voice_print(voice, GR_TONE_PLAIN, "%s ", gr_day_print(p->day, day));
    gr_voice_say(voice, GR_TONE_NAME, p->counts);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", "));
    gr_phrase_place(voice, GR_TONE_PLAIN, p->at);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", and "));
    gr_voice_say(voice, GR_TONE_NAME, p->other);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(", "));
    gr_phrase_place(voice, GR_TONE_PLAIN, p->other_at);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(": "));
    gr_voice_say(voice, GR_TONE_PLAIN, p->why);
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("; the other: "));
    gr_voice_say(voice, GR_TONE_PLAIN, p->difference);
}

void gr_phrase_span(gr_voice voice, gr_amount low, gr_amount high)
{
    char from[GR_MONEY_TEXT], to[GR_MONEY_TEXT];

    gr_amount_print(low, from);
    if (high.num == GR_UNBOUNDED)
        gr_voice_print(voice, GR_TONE_PLAIN, "%s or more", from);
    else if (gr_amount_compare(low, high) == 0)
        gr_voice_print(voice, GR_TONE_PLAIN, "%s", from);
    else
        gr_voice_print(voice, GR_TONE_PLAIN, "%s to %s", from, gr_amount_print(high, to));
}

void gr_phrase_given(gr_voice voice, const gr_rostered *roster)
{
    gr_voice_say(voice, GR_TONE_BOLD, GR_TEXT("Given by others to people of these clients"));
    if (!roster->has_gifts)
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(": the findings about it"));
    else if (roster->rule.len > 0)
        gr_voice_print(voice, GR_TONE_PLAIN, ", as %.*s counts it, in %.*s", GR_ALL(roster->rule),
                       GR_ALL(roster->currency));
}

void gr_phrase_forgotten(gr_voice voice)
{
    gr_voice_say(voice, GR_TONE_PLAIN,
                 GR_TEXT("A ledger does not remember what others gave to one's clients, but for "
                         "the findings about it; an audit with --from judges everything, and "
                         "tells it."));
}

/* ---- who ---- */

void gr_phrase_person(gr_voice voice, gr_tone tone, gr_text name, gr_text id)
{
    gr_tone plain = tone == GR_TONE_NAME ? GR_TONE_PLAIN : tone;

    if (name.len == 0 && id.len == 0)
        gr_voice_say(voice, plain, GR_TEXT("somebody without a name"));
    gr_voice_say(voice, tone, name);
    if (id.len == 0)
        return;
    gr_voice_say(voice, plain, name.len > 0 ? GR_TEXT(" (") : GR_TEXT(""));
    gr_voice_say(voice, tone == GR_TONE_NAME ? GR_TONE_ID : tone, id);
    gr_voice_say(voice, plain, name.len > 0 ? GR_TEXT(")") : GR_TEXT(""));
}

static void say_detail(gr_voice voice, bool *started, const char *word, gr_text text)
{
    if (text.len == 0)
        return;
    gr_voice_say(voice, GR_TONE_PLAIN, *started ? GR_TEXT(", ") : GR_TEXT(""));
    gr_voice_say(voice, GR_TONE_PLAIN, gr_text_of(word));
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" "));
    gr_voice_say(voice, GR_TONE_NAME, text);
    *started = true;
}

void gr_phrase_staff(gr_voice voice, const gr_staff *staff)
{
    bool started = false;

    say_detail(voice, &started, "Branch", staff->branch);
    if (staff->supervisor.len > 0) {
        gr_voice_say(voice, GR_TONE_PLAIN,
                     started ? GR_TEXT(", supervisor ") : GR_TEXT("Supervisor "));
        gr_phrase_person(voice, GR_TONE_NAME, staff->supervisor_name, staff->supervisor);
        started = true;
    }
    say_detail(voice, &started, "CRD", staff->crd);
    say_detail(voice, &started, "registered", staff->registration);
    if (started)
        gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT("."));
}

void gr_phrase_signature(gr_voice voice, gr_text author, gr_text moment)
{
    gr_voice_say(voice, author.len > 0 ? GR_TONE_NAME : GR_TONE_PLAIN,
                 author.len > 0 ? author : GR_TEXT("somebody who is not named"));
    gr_voice_say(voice, GR_TONE_PLAIN, GR_TEXT(" on "));
    gr_voice_say(voice, GR_TONE_PLAIN, gr_text_slice(moment, 0, 10)); /* its day */
}

void gr_phrase_place(gr_voice voice, gr_tone tone, gr_place place)
{
    gr_voice_say(voice, tone, gr_text_of(place.file));
    if (place.line > 0)
        gr_voice_print(voice, tone, ":%u", (unsigned)place.line);
    if (place.line > 0 && place.column > 0)
        gr_voice_print(voice, tone, ":%u", (unsigned)place.column);
}
