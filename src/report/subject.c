/* src/report/subject.c - see subject.h. */
#include "report/subject.h"

#include "base/error.h"
#include "report/letter.h"
#include "report/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct line {
    char *out;
    size_t used, letters;
    bool is_full;
} line;

/* One letter at a time, tamed: a name may have a line's end in it, which would begin another header of the mail. */
static void say(line *l, gr_text text)
{
    gr_letter letter;

    while (!l->is_full && gr_letter_tame(&text, &letter)) {
        l->is_full = l->letters >= GR_SUBJECT_LETTERS - 3;
        if (l->is_full)
            letter.bytes = GR_TEXT("...");
        memcpy(l->out + l->used, letter.bytes.ptr, letter.bytes.len);
        l->used += letter.bytes.len;
        l->letters++;
    }
}

static void say_count(line *l, bool *started, uint64_t count, const char *one, const char *many)
{
    char text[80];

    if (count == 0)
        return;
    snprintf(text, sizeof text, "%s%llu %s", *started ? ", " : "", (unsigned long long)count,
             count == 1 ? one : many);
    say(l, gr_text_of(text));
    *started = true;
}

/* What came with the audit; of a part it is not known. */
static void say_news(line *l, const gr_report *report)
{
    char text[80];

    if (report->since.len > 0) {
        say(l, GR_TEXT(", new since "));
        say(l, gr_text_slice(report->since, 0, 10));
    } else if (report->news.is_told && report->filter_count == 0 && !report->has_from &&
               !report->has_to) {
        snprintf(text, sizeof text, " (%llu new)", (unsigned long long)report->news.findings_new);
        say(l, gr_text_of(text));
    }
}

static void say_scope(line *l, const gr_report *report)
{
    char day[GR_DAY_TEXT];

    say(l, GR_TEXT(" - gifts as of "));
    say(l, gr_text_of(gr_day_print(report->as_of, day)));
    if (report->has_from) {
        say(l, GR_TEXT(", from "));
        say(l, gr_text_of(gr_day_print(report->from, day)));
    }
    if (report->has_to) {
        say(l, report->has_from ? GR_TEXT(" to ") : GR_TEXT(", up to "));
        say(l, gr_text_of(gr_day_print(report->to, day)));
    }
    for (size_t i = 0; i < report->filter_count; i++) {
        say(l, GR_TEXT(", only "));
        say(l, report->filter[i]);
    }
}

gr_text gr_subject_print(const gr_report *report, char out[GR_SUBJECT_TEXT])
{
    const gr_summary *sum = &report->summary;
    line l = { .out = out };
    bool started = false;

    say_count(&l, &started, sum->refused, "input refused", "inputs refused");
    say_count(&l, &started, sum->violations, "violation", "violations");
    say_count(&l, &started, sum->needs_review, "to review", "to review");
    say_count(&l, &started, sum->quarantined, "in quarantine", "in quarantine");
    say_count(&l, &started, sum->warnings, "warning", "warnings");
    if (!started)
        say(&l, GR_TEXT("No findings"));
    say_news(&l, report);
    say_scope(&l, report);
    out[l.used] = '\0';
    return (gr_text){ out, l.used };
}

gr_status gr_report_subject(const gr_report *report, gr_writer *writer, gr_error *err)
{
    char text[GR_SUBJECT_TEXT];

    gr_write_text(writer, gr_subject_print(report, text));
    gr_write(writer, "\n", 1);
    if (writer->failed)
        return gr_fail(err, GR_EIO, GR_NOWHERE, "make sure that the output can take it",
                       "the report cannot be written");
    return GR_OK;
}
