/* src/report/ledger_diff.c - the ledger at two moments, for a terminal and for other programs. */
#include "report/ledger.h"

#include "base/error.h"
#include "report/json_stream.h"
#include "report/text_page.h"

static const char *const kinds[GR_DIFF_KINDS] = {
    [GR_DIFF_NEW] = "new", [GR_DIFF_CHANGED] = "changed", [GR_DIFF_GONE] = "gone"
};

/* ---- text ---- */

static void say_moment(gr_page *page, int64_t run, gr_text started)
{
    if (run == 0) {
        gr_say(page, GR_PLAIN, GR_TEXT("a moment without any entry"));
        return;
    }
    gr_say_print(page, GR_PLAIN, "entry %lld of ", (long long)run);
    gr_say(page, GR_PLAIN, started);
}

static void head(gr_page *page, const gr_diff *d)
{
    gr_heading_start(page);
    gr_say_print(page, GR_BOLD, "%llu new, %llu changed, %llu gone",
                 (unsigned long long)d->count[GR_DIFF_NEW],
                 (unsigned long long)d->count[GR_DIFF_CHANGED],
                 (unsigned long long)d->count[GR_DIFF_GONE]);
    gr_heading_end(page);
    gr_paragraph_start(page, 0, 0);
    gr_say(page, GR_PLAIN, GR_TEXT("Findings as of "));
    say_moment(page, d->after, d->after_started);
    gr_say(page, GR_PLAIN, GR_TEXT(" beside those as of "));
    say_moment(page, d->before, d->before_started);
    gr_say(page, GR_PLAIN, GR_TEXT(". Between them: "));
    gr_say_count(page, GR_PLAIN, d->came, "record", "records");
    gr_say_print(page, GR_PLAIN, " new, %llu corrected, %llu retracted.",
                 (unsigned long long)d->changed, (unsigned long long)d->retracted);
    gr_paragraph_end(page);
}

static void say_change(gr_page *page, unsigned indent, const gr_event_change *c)
{
    gr_paragraph_start(page, indent, indent + 2);
    gr_say(page, GR_PLAIN, c->field);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, c->before.len > 0 ? c->before : GR_TEXT("nothing"));
    gr_say(page, GR_PLAIN, GR_TEXT(" -> "));
    gr_say(page, GR_PLAIN, c->after.len > 0 ? c->after : GR_TEXT("nothing"));
    gr_paragraph_end(page);
}

static void say_cause(gr_page *page, const gr_event *cause)
{
    bool is_first = cause->change_count > 0 && cause->change[0].before.len == 0 &&
                    gr_text_is(cause->change[0].field, "id");

    gr_paragraph_start(page, 4, 6);
    gr_say_print(page, GR_PLAIN, "entry %lld: ", (long long)cause->run);
    gr_say(page, GR_PLAIN, cause->text);
    if (cause->source.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(", from "));
        gr_say(page, GR_PLAIN, cause->source);
    }
    gr_paragraph_end(page);
    for (size_t i = 0; !is_first && i < cause->change_count; i++)
        say_change(page, 6, &cause->change[i]);
}

/* The reason tells the arithmetic again: of a changed finding the numbers are enough. */
static bool is_told(const gr_event_change *c)
{
    return !gr_text_is(c->field, "reason");
}

/* What a new one is, or one that is gone was. */
static void say_field(gr_page *page, const gr_event_change *c)
{
    gr_paragraph_start(page, 2, 4);
    gr_say(page, GR_PLAIN, c->field);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    gr_say(page, GR_PLAIN, c->after.len > 0 ? c->after : c->before);
    gr_paragraph_end(page);
}

static void tell_finding(gr_page *page, const gr_diff_finding *f)
{
    gr_blank(page);
    gr_paragraph_start(page, 0, 2);
    gr_say_print(page, GR_BOLD, "%s ", kinds[f->kind]);
    gr_say(page, GR_BOLD, f->id);
    gr_say_print(page, GR_PLAIN, ": %.*s, %.*s, ", GR_SHOW(f->rule), GR_SHOW(f->clause));
    gr_say(page, GR_PLAIN, f->gift);
    gr_say(page, GR_PLAIN, GR_TEXT(" of "));
    gr_say(page, GR_PLAIN, f->day);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say(page, GR_PLAIN, f->giver);
    gr_say(page, GR_PLAIN, GR_TEXT(" to "));
    gr_say(page, GR_PLAIN, f->recipient);
    gr_paragraph_end(page);
    for (size_t i = 0; i < f->change_count; i++)
        if (f->kind != GR_DIFF_CHANGED)
            say_field(page, &f->change[i]);
        else if (is_told(&f->change[i]))
            say_change(page, 2, &f->change[i]);
    if (f->cause_count > 0) {
        gr_paragraph_start(page, 2, 2);
        gr_say(page, GR_PLAIN, GR_TEXT("Of what it counts:"));
        gr_paragraph_end(page);
    }
    for (size_t i = 0; i < f->cause_count; i++)
        say_cause(page, &f->cause[i]);
}

static void title(gr_page *page, const char *words)
{
    gr_blank(page);
    gr_heading_start(page);
    gr_say(page, GR_BOLD, gr_text_of(words));
    gr_heading_end(page);
}

static void others(gr_page *page, const gr_diff *d)
{
    if (d->decision_count > 0)
        title(page, "Decisions");
    for (size_t i = 0; i < d->decision_count; i++)
        say_cause(page, &d->decision[i]);
    if (d->rule_count > 0)
        title(page, "Rules");
    for (size_t i = 0; i < d->rule_count; i++)
        say_change(page, 2, &d->rule[i]);
}

gr_status gr_diff_text(const gr_diff *diff, unsigned width, bool colour, gr_writer *writer,
                       gr_error *err)
{
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        head(&page, diff);
        for (size_t i = 0; i < diff->finding_count && !writer->failed; i++)
            tell_finding(&page, &diff->finding[i]);
        others(&page, diff);
        failed = page.failed;
    }
    gr_page_close(&page);
    return failed ? gr_fail_memory(err) : GR_OK;
}

/* ---- JSON ---- */

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static void put_changes(gr_json *json, const char *name, const gr_event_change *list, size_t count)
{
    gr_json_open(json, name, '[');
    for (size_t i = 0; i < count; i++) {
        gr_json_open(json, NULL, '{');
        gr_json_put(json, "field", gr_json_text(list[i].field));
        gr_json_put(json, "before", text_or_null(list[i].before));
        gr_json_put(json, "after", text_or_null(list[i].after));
        gr_json_close(json, '}');
    }
    gr_json_close(json, ']');
}

static void put_events(gr_json *json, const char *name, const gr_event *list, size_t count)
{
    gr_json_open(json, name, '[');
    for (size_t i = 0; i < count; i++) {
        gr_json_open(json, NULL, '{');
        gr_json_put(json, "run", json_integer(list[i].run));
        gr_json_put(json, "kind", json_string(list[i].kind));
        gr_json_put(json, "text", gr_json_text(list[i].text));
        gr_json_put(json, "source", text_or_null(list[i].source));
        put_changes(json, "changes", list[i].change, list[i].change_count);
        gr_json_close(json, '}');
    }
    gr_json_close(json, ']');
}

static void put_moment(gr_json *json, const char *name, int64_t run, gr_text started)
{
    gr_json_open(json, name, '{');
    gr_json_put(json, "run", json_integer(run));
    gr_json_put(json, "moment", text_or_null(started));
    gr_json_close(json, '}');
}

static void put_finding(gr_json *json, const gr_diff_finding *f)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "change", json_string(kinds[f->kind]));
    gr_json_put(json, "id", gr_json_text(f->id));
    gr_json_put(json, "rule", gr_json_text(f->rule));
    gr_json_put(json, "clause", gr_json_text(f->clause));
    gr_json_put(json, "gift", gr_json_text(f->gift));
    gr_json_put(json, "date", gr_json_text(f->day));
    gr_json_put(json, "giver", gr_json_text(f->giver));
    gr_json_put(json, "recipient", gr_json_text(f->recipient));
    put_changes(json, "changes", f->change, f->change_count);
    put_events(json, "records", f->cause, f->cause_count);
    gr_json_close(json, '}');
}

gr_status gr_diff_json(const gr_diff *diff, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_put(&json, "ledger", gr_json_text(diff->ledger));
    put_moment(&json, "before", diff->before, diff->before_started);
    put_moment(&json, "after", diff->after, diff->after_started);
    gr_json_open(&json, "summary", '{');
    for (int k = 0; k < GR_DIFF_KINDS; k++)
        gr_json_put(&json, kinds[k], gr_json_number(diff->count[k]));
    gr_json_put(&json, "records_new", gr_json_number(diff->came));
    gr_json_put(&json, "records_changed", gr_json_number(diff->changed));
    gr_json_put(&json, "records_retracted", gr_json_number(diff->retracted));
    gr_json_close(&json, '}');
    gr_json_open(&json, "findings", '[');
    for (size_t i = 0; i < diff->finding_count && !writer->failed; i++)
        put_finding(&json, &diff->finding[i]);
    gr_json_close(&json, ']');
    put_events(&json, "decisions", diff->decision, diff->decision_count);
    put_changes(&json, "rules", diff->rule, diff->rule_count);
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}
