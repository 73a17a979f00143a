/* src/report/ledger_seal.c - a seal as JSON, small enough to be sent to somebody who keeps it. */
#include "report/ledger.h"

#include "base/error.h"
#include "report/json_stream.h"

enum { VERSION = 1 };

gr_status gr_seal_print(const gr_seal_said *seal, gr_writer *writer, gr_error *err)
{
    gr_json json = { writer, 0, false, false };

    gr_json_open(&json, NULL, '{');
    gr_json_put(&json, "giftrule_seal", json_integer(VERSION));
    gr_json_put(&json, "ledger", gr_json_text(seal->ledger));
    gr_json_put(&json, "run", json_integer(seal->run));
    gr_json_put(&json, "moment", gr_json_text(seal->moment));
    gr_json_put(&json, "hash", gr_json_text(seal->hash));
    gr_json_put(&json, "public_key", gr_json_text(seal->public_key));
    gr_json_put(&json, "signature", gr_json_text(seal->signature));
    gr_json_close(&json, '}');
    return json.failed ? gr_fail_memory(err) : GR_OK;
}

static gr_status fail(const char *path, uint32_t line, uint32_t column, const char *what,
                      gr_error *err)
{
    return gr_fail(err, GR_EINPUT, (gr_place){ path, line, column },
                   "name a file that giftrule ledger seal has written", "this is no seal: %s",
                   what);
}

static bool read_text(json_t *root, const char *name, gr_arena *arena, gr_text *out)
{
    json_t *value = json_object_get(root, name);

    if (!json_is_string(value))
        return false;
    *out = gr_arena_copy(arena, (gr_text){ json_string_value(value), json_string_length(value) });
    return true;
}

gr_status gr_seal_parse(gr_text bytes, const char *path, gr_arena *arena, gr_seal_said *out,
                        gr_error *err)
{
    gr_seal_said said = { .run = 0 };
    struct {
        const char *name;
        gr_text *to;
    } texts[] = { { "ledger", &said.ledger },
                  { "moment", &said.moment },
                  { "hash", &said.hash },
                  { "public_key", &said.public_key },
                  { "signature", &said.signature } };
    json_error_t at;
    json_t *root = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &at);
    const char *missing = NULL;
    bool fits = true;

    if (!root)
        return fail(path, at.line > 0 ? (uint32_t)at.line : 0,
                    at.column > 0 ? (uint32_t)at.column : 0, "it is not well-formed JSON", err);
    if (json_integer_value(json_object_get(root, "giftrule_seal")) != VERSION)
        missing = "it has no giftrule_seal of version 1";
    if (!json_is_integer(json_object_get(root, "run")))
        missing = missing ? missing : "it names no run";
    said.run = (int64_t)json_integer_value(json_object_get(root, "run"));
    for (size_t i = 0; i < GR_COUNT(texts); i++) {
        if (!read_text(root, texts[i].name, arena, texts[i].to))
            missing = missing ? missing : "a text is missing";
        else
            fits = fits && texts[i].to->ptr;
    }
    json_decref(root);
    if (missing)
        return fail(path, 0, 0, missing, err);
    if (!fits)
        return gr_fail_memory(err);
    *out = said;
    return GR_OK;
}
