/* src/report/ledger_history.c - the trail of a ledger, for a terminal and for other programs. */
#include "report/ledger.h"

#include "base/error.h"
#include "report/json_stream.h"
#include "report/text_page.h"

/* ---- text ---- */

static void table(gr_page *page, const gr_history *h)
{
    static const char *const heads[] = { "Entry", "Moment", "Author", "Action", "Note" };

    gr_grid_start(page, 0, "rlllw");
    for (size_t i = 0; i < GR_COUNT(heads); i++)
        gr_cell(page, gr_text_of(heads[i]));
    gr_row_end(page);
    for (size_t i = 0; i < h->entry_count; i++) {
        const gr_trail_entry *entry = &h->entry[i];

        gr_cell_print(page, "%lld", (long long)entry->run);
        gr_cell(page, entry->started);
        gr_cell(page, entry->author);
        gr_cell(page, entry->action);
        gr_cell(page, entry->note);
        gr_row_end(page);
    }
    gr_grid_end(page);
}

static void tell_change(gr_page *page, const gr_event_change *c)
{
    gr_paragraph_start(page, 4, 6);
    gr_say(page, GR_PLAIN, c->field);
    gr_say(page, GR_PLAIN, GR_TEXT(": "));
    if (c->before.len > 0) {
        gr_say(page, GR_PLAIN, c->before);
        gr_say(page, GR_PLAIN, c->after.len > 0 ? GR_TEXT(" -> ") : GR_TEXT(" -> nothing"));
    }
    gr_say(page, GR_PLAIN, c->after);
    gr_paragraph_end(page);
}

static void tell_event(gr_page *page, const gr_event *event)
{
    gr_paragraph_start(page, 2, 4);
    gr_say(page, GR_PLAIN, event->text);
    if (event->source.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(", from "));
        gr_say(page, GR_PLAIN, event->source);
    }
    gr_paragraph_end(page);
    for (size_t i = 0; i < event->change_count; i++)
        tell_change(page, &event->change[i]);
}

static void tell_entry(gr_page *page, const gr_trail_entry *entry)
{
    gr_blank(page);
    gr_paragraph_start(page, 0, 2);
    gr_say_print(page, GR_BOLD, "Entry %lld", (long long)entry->run);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say(page, GR_PLAIN, entry->started);
    gr_say(page, GR_PLAIN, GR_TEXT(", "));
    gr_say(page, GR_PLAIN, entry->action);
    if (entry->author.len > 0) {
        gr_say(page, GR_PLAIN, GR_TEXT(" by "));
        gr_say(page, GR_PLAIN, entry->author);
    }
    gr_paragraph_end(page);
    for (size_t i = 0; i < entry->event_count; i++)
        tell_event(page, &entry->event[i]);
}

static void detail(gr_page *page, const gr_history *h)
{
    gr_heading_start(page);
    gr_say(page, GR_BOLD, GR_TEXT("History of "));
    gr_say(page, GR_BOLD, h->about);
    gr_heading_end(page);
    for (size_t i = 0; i < h->entry_count; i++)
        tell_entry(page, &h->entry[i]);
}

gr_status gr_history_text(const gr_history *history, unsigned width, bool colour, gr_writer *writer,
                          gr_error *err)
{
    gr_page page;
    bool failed = true;

    if (gr_page_open(&page, writer, width, colour)) {
        if (history->about.len > 0)
            detail(&page, history);
        else
            table(&page, history);
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

static void put_event(gr_json *json, const gr_event *event)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "kind", json_string(event->kind));
    gr_json_put(json, "text", gr_json_text(event->text));
    gr_json_put(json, "source", text_or_null(event->source));
    gr_json_open(json, "changes", '[');
    for (size_t i = 0; i < event->change_count; i++) {
        const gr_event_change *c = &event->change[i];

        gr_json_open(json, NULL, '{');
        gr_json_put(json, "field", gr_json_text(c->field));
        gr_json_put(json, "before", text_or_null(c->before));
        gr_json_put(json, "after", text_or_null(c->after));
        gr_json_close(json, '}');
    }
    gr_json_close(json, ']');
    gr_json_close(json, '}');
}

gr_status gr_history_json(const gr_history *history, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_put(&json, "ledger", gr_json_text(history->ledger));
    gr_json_put(&json, "about", text_or_null(history->about));
    gr_json_open(&json, "runs", '[');
    for (size_t i = 0; i < history->entry_count && !writer->failed; i++) {
        const gr_trail_entry *entry = &history->entry[i];

        gr_json_open(&json, NULL, '{');
        gr_json_put(&json, "run", json_integer(entry->run));
        gr_json_put(&json, "moment", gr_json_text(entry->started));
        gr_json_put(&json, "author", gr_json_text(entry->author));
        gr_json_put(&json, "action", gr_json_text(entry->action));
        gr_json_put(&json, "note", gr_json_text(entry->note));
        if (history->about.len > 0) {
            gr_json_open(&json, "events", '[');
            for (size_t k = 0; k < entry->event_count; k++)
                put_event(&json, &entry->event[k]);
            gr_json_close(&json, ']');
        }
        gr_json_close(&json, '}');
    }
    gr_json_close(&json, ']');
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}
