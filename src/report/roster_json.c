/* src/report/roster_json.c - a roster for other programs. The names are a contract: add, never rename. */
#include "report/roster.h"

#include "base/error.h"
#include "report/json_finding.h"
#include "report/json_roster.h"

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static json_t *member(const gr_roster_member *m)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id", gr_json_text(m->id), "name",
                     gr_json_text(m->name), "crd", text_or_null(m->staff.crd), "branch",
                     text_or_null(m->staff.branch), "supervisor", text_or_null(m->staff.supervisor),
                     "registrations", text_or_null(m->staff.registration), "from",
                     m->first > GR_DAY_FIRST ? gr_json_day(m->first) : json_null(), "to",
                     m->last < GR_DAY_LAST ? gr_json_day(m->last) : json_null());
}

static json_t *client(const gr_roster_client *one)
{
    json_t *o = gr_json_client(&one->client);

    if (gr_json_set(o, "executive", gr_json_text(one->executive)))
        return o;
    json_decref(o);
    return NULL;
}

static json_t *fault(const gr_roster_fault *one)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "kind",
                     gr_roster_trouble_text(one->trouble), "file",
                     gr_json_text(gr_text_of(one->at.file)), "line", gr_json_number(one->at.line),
                     "column", gr_json_number(one->at.column), "record", gr_json_text(one->record),
                     "message", gr_json_text(one->message), "hint", gr_json_text(one->hint));
}

static json_t *refusal(const gr_error *one)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "file", gr_json_text(gr_text_of(one->file)),
                     "line", gr_json_number(one->line), "column", gr_json_number(one->column),
                     "message", gr_json_text(gr_text_of(one->message)), "hint",
                     gr_json_text(gr_text_of(one->hint)));
}

gr_status gr_roster_json(const gr_roster_view *view, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_put(&json, "ledger", text_or_null(view->ledger));
    gr_json_put(&json, "kept", json_boolean(view->is_kept));
    gr_json_put(&json, "added", gr_json_number(view->added));
    gr_json_put(&json, "changed", gr_json_number(view->changed));
    gr_json_open(&json, "account_executives", '[');
    for (size_t i = 0; i < view->member_count && !writer->failed; i++)
        gr_json_put(&json, NULL, member(&view->member[i]));
    gr_json_close(&json, ']');
    gr_json_open(&json, "clients", '[');
    for (size_t i = 0; i < view->client_count && !writer->failed; i++)
        gr_json_put(&json, NULL, client(&view->client[i]));
    gr_json_close(&json, ']');
    gr_json_put(&json, "contacts", gr_json_number(view->contacts));
    gr_json_put(&json, "relations", gr_json_number(view->relations));
    gr_json_put(&json, "events", gr_json_number(view->events));
    gr_json_open(&json, "problems", '[');
    for (size_t i = 0; i < view->fault_count && !writer->failed; i++)
        gr_json_put(&json, NULL, fault(&view->fault[i]));
    gr_json_close(&json, ']');
    gr_json_open(&json, "refused", '[');
    for (size_t i = 0; i < view->refused_count && !writer->failed; i++)
        gr_json_put(&json, NULL, refusal(&view->refused[i]));
    gr_json_close(&json, ']');
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}
