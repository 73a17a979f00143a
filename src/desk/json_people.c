/* src/desk/json_people.c - who is who: searched, told, and decided. */
#include "desk/json_body.h"
#include "report/json_stream.h"

enum { GR_MOST_PEOPLE = 50, GR_PEOPLE = 10 };

static const gr_report_style as_json = { .format = GR_FORMAT_JSON };

static bool pass_on(void *context, const char *bytes, size_t length)
{
    gr_writer *out = context;

    gr_write(out, bytes, length);
    return !out->failed;
}

gr_status gr_json_people(gr_visit *visit, gr_error *err)
{
    static const char *const names[] = { "q", "limit", NULL };
    gr_text typed = gr_text_trim(gr_visit_query(visit, "q"));
    gr_list person = GR_LIST(gr_person);
    size_t most = 0;
    gr_json json;
    gr_status status = gr_query_check(visit, names, err);

    if (status == GR_OK)
        status = gr_query_number(visit, "limit", GR_MOST_PEOPLE, GR_PEOPLE, &most, err);
    if (status == GR_OK && typed.len == 0)
        status = gr_fail(err, GR_EUSAGE, (gr_place){ "q", 0, 0 },
                         "the beginning of a name or of an id", "nobody is asked for");
    if (status == GR_OK)
        status = gr_visit_search(visit, typed, most, &person, err);
    if (status == GR_OK) {
        gr_json_start(visit, &json);
        gr_json_open(&json, "people", '[');
        for (size_t i = 0; i < person.count; i++) {
            const gr_person *p = GR_AT(person, gr_person, i);

            gr_json_put(&json, NULL,
                        json_pack("{s:o, s:o, s:o}", "id", gr_json_text(p->id), "name",
                                  gr_json_text(p->name), "employer", gr_json_text(p->employer)));
        }
        gr_json_close(&json, ']');
        status = gr_json_end(&json, err);
    }
    gr_list_free(&person);
    return status;
}

gr_status gr_json_person(gr_visit *visit, gr_error *err)
{
    const gr_audit_options options = { .ledger = visit->desk->options.ledger };
    gr_text id = gr_arena_copy(visit->arena, visit->part[0]);
    gr_status status = id.ptr ? gr_person_tell(visit->desk->rules, &options, id.ptr, &as_json,
                                               pass_on, &visit->out, err)
                              : gr_fail_memory(err);

    if (status == GR_EINPUT || status == GR_EUSAGE)
        visit->reply->status = 404;
    return status;
}

gr_status gr_json_identify(gr_visit *visit, gr_error *err)
{
    static const char *const names[] = { "decision", "a", "b", "reason", NULL };
    gr_text decision = GR_TEXT(""), a = GR_TEXT(""), b = GR_TEXT(""), reason = GR_TEXT("");
    gr_identity_options options = { .ledger = visit->desk->options.ledger,
                                    .author = visit->who.name.ptr };
    const json_t *body;
    gr_status status = gr_body_read(visit, false, &body, err);

    if (status == GR_OK)
        status = gr_body_check(body, names, err);
    if (status == GR_OK)
        status = gr_body_text(body, "decision", true, &decision, err);
    if (status == GR_OK)
        status = gr_body_text(body, "a", true, &a, err);
    if (status == GR_OK)
        status = gr_body_text(body, "b", true, &b, err);
    if (status == GR_OK)
        status = gr_body_text(body, "reason", true, &reason, err);
    options.splits = gr_text_is(decision, "split");
    if (status == GR_OK && !options.splits && !gr_text_is(decision, "merge"))
        status = gr_fail(err, GR_EUSAGE, (gr_place){ "decision", 0, 0 }, "one of merge, split",
                         "'%.*s' is no decision", GR_SHOW(decision));
    options.a = a.ptr;
    options.b = b.ptr;
    options.reason = reason.ptr;
    return status == GR_OK ? gr_identity_decide(visit->desk->rules, &options, &as_json, pass_on,
                                                &visit->out, err)
                           : status;
}
