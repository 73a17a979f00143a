/* src/desk/json_query.c - queries as strictly read as bodies, and the frame of replies and errors. */
#include <stdio.h>
#include <string.h>

#include "desk/json_body.h"
#include "report/json_stream.h"

enum { GR_QUERY_HINT = 240 };

gr_status gr_query_check(const gr_visit *visit, const char *const *names, gr_error *err)
{
    const gr_call *call = visit->call;
    char hint[GR_QUERY_HINT] = "leave it out";
    size_t used = 0;

    for (size_t i = 0; names[i] && used < sizeof hint; i++)
        used += (size_t)snprintf(hint + used, sizeof hint - used, "%s%s", i > 0 ? ", " : "one of ",
                                 names[i]);
    for (size_t i = 0; i < call->query_count; i++) {
        gr_place at = { call->query[i].name, 0, 0 };
        size_t known = 0;

        while (names[known] && strcmp(names[known], call->query[i].name) != 0)
            known++;
        if (!names[known])
            return gr_fail(err, GR_EUSAGE, at, hint, "there is no parameter '%.60s'", at.file);
        for (size_t k = 0; k < i; k++)
            if (strcmp(call->query[k].name, at.file) == 0)
                return gr_fail(err, GR_EUSAGE, at, "give it once", "it is given twice");
    }
    return GR_OK;
}

gr_status gr_query_number(const gr_visit *visit, const char *name, uint64_t most, uint64_t missing,
                          size_t *out, gr_error *err)
{
    gr_text text = gr_visit_query(visit, name);
    uint64_t number = missing;
    char hint[GR_QUERY_HINT];

    snprintf(hint, sizeof hint, "digits, at most %llu", (unsigned long long)most);
    if (text.len > 0 && !gr_text_number(text, most, &number))
        return gr_fail(err, GR_EUSAGE, (gr_place){ name, 0, 0 }, hint,
                       "'%.*s' is not such a number", GR_SHOW(text));
    *out = (size_t)number;
    return GR_OK;
}

const char *gr_query_word(const gr_visit *visit, const char *name)
{
    gr_text text = gr_visit_query(visit, name);

    return text.len > 0 ? text.ptr : NULL;
}

/* ---- replies ---- */

void gr_json_start(gr_visit *visit, gr_json *json)
{
    *json = (gr_json){ &visit->out, 0, false, false };
    gr_json_open(json, NULL, '{');
    gr_json_put(json, "giftrule", json_integer(1));
}

gr_status gr_json_end(gr_json *json, gr_error *err)
{
    gr_json_close(json, '}');
    return json->failed ? gr_fail_memory(err) : GR_OK;
}

static const char *word_of(gr_status status)
{
    static const char *const words[] = { "ok",     "usage", "input", "limit", "memory",
                                         "device", "full",  "busy",  "bug" };

    return words[status];
}

gr_status gr_json_error(gr_visit *visit, unsigned status, const gr_error *error, gr_error *err)
{
    gr_json json;

    visit->reply->status = status;
    gr_json_start(visit, &json);
    gr_json_open(&json, "error", '{');
    gr_json_put(&json, "status", json_string(word_of(error->status)));
    gr_json_put(&json, "message", gr_json_text(gr_text_of(error->message)));
    gr_json_put(&json, "hint", gr_json_text(gr_text_of(error->hint)));
    gr_json_put(&json, "file", gr_json_text(gr_text_of(error->file)));
    gr_json_put(&json, "line", json_integer(error->line));
    gr_json_put(&json, "column", json_integer(error->column));
    gr_json_close(&json, '}');
    return gr_json_end(&json, err);
}
