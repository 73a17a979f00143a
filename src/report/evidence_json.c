/* src/report/evidence_json.c - the audit trail's extract for programs: every entry with its hash and the one before. */
#include "report/evidence.h"

#include "report/json_stream.h"

static json_t *text_or_null(gr_text text)
{
    return text.len > 0 ? gr_json_text(text) : json_null();
}

static void put_link(gr_json *json, const gr_trail_link *link)
{
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "run", json_integer(link->run));
    gr_json_put(json, "moment", gr_json_text(link->started));
    gr_json_put(json, "program", gr_json_text(link->program));
    gr_json_put(json, "author", gr_json_text(link->author));
    gr_json_put(json, "action", gr_json_text(link->action));
    gr_json_put(json, "note", gr_json_text(link->note));
    gr_json_put(json, "rules_sha256", text_or_null(link->rules));
    gr_json_put(json, "hash_before", text_or_null(link->previous));
    gr_json_put(json, "hash", gr_json_text(link->hash));
    gr_json_close(json, '}');
}

gr_status gr_trail_json(const gr_bundle *bundle, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule", json_integer(1));
    gr_json_put(&json, "ledger", gr_json_text(bundle->ledger));
    gr_json_open(&json, "runs", '[');
    for (size_t i = 0; i < bundle->link_count && !writer->failed; i++)
        put_link(&json, &bundle->link[i]);
    gr_json_close(&json, ']');
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}
