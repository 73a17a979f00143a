/* src/desk/json_request.c - requests for a person to decide on: asked, listed, and what is done with one. */
#include <string.h>

#include "app/planned.h"
#include "desk/json_body.h"
#include "report/json_stream.h"

/* ---- told ---- */

/* What the rules said is kept as JSON already. */
static json_t *answer_of(const gr_request *request)
{
    json_t *answer = request->answer.len > 0 ? json_loadb(request->answer.ptr, request->answer.len,
                                                          JSON_REJECT_DUPLICATES, NULL)
                                             : NULL;

    return answer ? answer : json_null();
}

static json_t *gift_of(gr_visit *visit, const gr_request *request)
{
    gr_list stated = GR_LIST(gr_stated);
    gr_error err;
    json_t *gift = gr_planned_parse(request->stated, visit->arena, &stated, &err) == GR_OK
                       ? gr_json_stated(&stated)
                       : NULL;

    gr_list_free(&stated);
    return gift;
}

static json_t *brief_of(const gr_request *r)
{
    return json_pack("{s:o, s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:{s:o, s:o}}", "number",
                     gr_json_text(r->number), "revision", r->revision, "state",
                     gr_request_state_text(r->state), "account", gr_json_text(r->account),
                     "approval", r->approval.len > 0 ? gr_json_text(r->approval) : json_null(),
                     "note", gr_json_text(r->note), "author", gr_json_text(r->author), "moment",
                     gr_json_text(r->moment), "asked", gr_json_text(r->asked), "giver", "id",
                     gr_json_text(r->giver_id), "name", gr_json_text(r->giver_name));
}

static json_t *whole_of(gr_visit *visit, const gr_request *request)
{
    json_t *o = brief_of(request);

    if (o && gr_json_set(o, "gift", gift_of(visit, request)) &&
        gr_json_set(o, "answer", answer_of(request)))
        return o;
    json_decref(o);
    return NULL;
}

static gr_status tell(gr_visit *visit, const gr_request *request, gr_error *err)
{
    gr_json json;

    gr_json_start(visit, &json);
    gr_json_put(&json, "request", whole_of(visit, request));
    return gr_json_end(&json, err);
}

/* ---- read ---- */

enum { GR_MOST_LISTED = 1000, GR_LISTED = 100 };

gr_status gr_json_requests(gr_visit *visit, gr_error *err)
{
    static const char *const names[] = { "waiting", "giver", "limit", NULL };
    gr_request_wanted wanted = { .account = GR_TEXT(""),
                                 .giver_id = gr_visit_query(visit, "giver"),
                                 .only_waiting =
                                     gr_text_is(gr_visit_query(visit, "waiting"), "yes") };
    gr_list all = GR_LIST(gr_request);
    size_t most = 0, told = 0;
    gr_json json;
    gr_status status = gr_query_check(visit, names, err);

    if (status == GR_OK)
        status = gr_query_number(visit, "limit", GR_MOST_LISTED, GR_LISTED, &most, err);
    if (status == GR_OK)
        status = gr_requests_list(visit->desk->checker, &wanted, visit->arena, &all, err);
    if (status != GR_OK) {
        gr_list_free(&all);
        return status;
    }
    gr_json_start(visit, &json);
    gr_json_open(&json, "requests", '[');
    for (size_t i = 0; i < all.count && told < most; i++) {
        const gr_request *one = GR_AT(all, gr_request, i);

        if (!gr_visit_may_see(visit, one->account, one->giver_id))
            continue;
        gr_json_put(&json, NULL, brief_of(one));
        told++;
    }
    gr_json_close(&json, ']');
    gr_list_free(&all);
    return gr_json_end(&json, err);
}

static gr_status find(gr_visit *visit, gr_request *out, gr_error *err)
{
    gr_status status =
        gr_request_find(visit->desk->checker, visit->part[0], visit->arena, out, err);

    if (status == GR_OK && gr_visit_may_see(visit, out->account, out->giver_id))
        return GR_OK;
    if (status != GR_OK && status != GR_EINPUT)
        return status;
    visit->reply->status = 404;
    return gr_fail(err, GR_EINPUT, (gr_place){ "number", 0, 0 }, "look at its number again",
                   "there is no request '%.*s', or it is not yours", GR_SHOW(visit->part[0]));
}

gr_status gr_json_request(gr_visit *visit, gr_error *err)
{
    gr_request request;
    gr_status status = find(visit, &request, err);

    return status == GR_OK ? tell(visit, &request, err) : status;
}

/* ---- asked ---- */

gr_status gr_json_request_ask(gr_visit *visit, gr_error *err)
{
    gr_preapproval answer;
    gr_request request;
    gr_record gift;
    gr_status status = gr_body_gift(visit, &gift, err);

    if (status == GR_OK)
        status = gr_request_ask(visit->desk->checker, &visit->who, &gift, visit->as_of,
                                visit->arena, &request, &answer, err);
    if (status != GR_OK)
        return status;
    visit->reply->status = 201;
    return tell(visit, &request, err);
}

/* ---- done ---- */

static const struct deed {
    const char *word;
    gr_request_deed deed;
    bool decides; /* an officer does, or a system that may */
} deeds[] = {
    { "approve", GR_REQUEST_APPROVE, true }, { "deny", GR_REQUEST_DENY, true },
    { "ask", GR_REQUEST_ASK, true },         { "withdraw", GR_REQUEST_WITHDRAW, false },
    { "give", GR_REQUEST_GIVE, false },      { "answer", GR_REQUEST_ANSWER, false },
};

static gr_status find_deed(gr_visit *visit, const struct deed **out, gr_error *err)
{
    for (size_t i = 0; i < GR_COUNT(deeds); i++)
        if (gr_text_is(visit->part[1], deeds[i].word)) {
            *out = &deeds[i];
            return GR_OK;
        }
    visit->reply->status = 404;
    return gr_fail(err, GR_EUSAGE, (gr_place){ "deed", 0, 0 },
                   "one of approve, deny, ask, withdraw, give, answer",
                   "'%.*s' is nothing that can be done with a request", GR_SHOW(visit->part[1]));
}

static gr_status check_may(gr_visit *visit, const struct deed *deed, const gr_request *request,
                           gr_error *err)
{
    bool is_officer = visit->who.role == GR_ROLE_OFFICER;
    bool may = deed->decides
                   ? is_officer || (visit->who.role == GR_ROLE_SYSTEM &&
                                    (visit->who.scopes & GR_SCOPE_DECIDE) != 0)
                   : is_officer || gr_visit_is_own(visit, request->account, request->giver_id);

    if (may)
        return GR_OK;
    visit->reply->status = 403;
    return gr_fail(err, GR_EUSAGE, (gr_place){ "deed", 0, 0 },
                   deed->decides ? "an officer decides" : "whoever asked does that",
                   "you may not %s here", deed->word);
}

/* The facts of an answer, those of a gift that are new. */
static gr_status read_facts(gr_visit *visit, const json_t *body, const struct deed *deed,
                            gr_list *out, gr_error *err)
{
    const json_t *facts = json_object_get(body, "facts");

    if (!facts && deed->deed != GR_REQUEST_ANSWER)
        return GR_OK;
    if (!json_is_object(facts) || deed->deed != GR_REQUEST_ANSWER)
        return gr_fail(err, GR_EUSAGE, (gr_place){ "facts", 0, 0 },
                       deed->deed == GR_REQUEST_ANSWER
                           ? "write them as in a gift: {\"facts\": {\"logo\": \"no\"}}"
                           : "leave them out",
                       deed->deed == GR_REQUEST_ANSWER ? "no facts are given"
                                                       : "only an answer brings facts");
    return gr_body_facts(facts, visit->arena, out, err);
}

static gr_status change(gr_visit *visit, const struct deed *deed, gr_list *facts, gr_request *out,
                        gr_error *err)
{
    static const char *const names[] = { "note", "facts", NULL };
    gr_request_change c = {
        .deed = deed->deed, .who = &visit->who, .note = GR_TEXT(""), .as_of = visit->as_of
    };
    const json_t *body;
    gr_status status = gr_body_read(visit, true, &body, err);

    if (status == GR_OK)
        status = gr_body_check(body, names, err);
    if (status == GR_OK)
        status = gr_body_text(body, "note", deed->decides, &c.note, err);
    if (status == GR_OK)
        status = read_facts(visit, body, deed, facts, err);
    c.fact = facts->items;
    c.fact_count = facts->count;
    return status == GR_OK ? gr_request_change_state(visit->desk->checker, visit->part[0], &c,
                                                     visit->arena, out, err)
                           : status;
}

gr_status gr_json_request_deed(gr_visit *visit, gr_error *err)
{
    gr_list facts = GR_LIST(gr_stated);
    const struct deed *deed = NULL;
    gr_request request;
    gr_status status = find_deed(visit, &deed, err);

    if (status == GR_OK)
        status = find(visit, &request, err);
    if (status == GR_OK)
        status = check_may(visit, deed, &request, err);
    if (status == GR_OK)
        status = change(visit, deed, &facts, &request, err);
    gr_list_free(&facts);
    return status == GR_OK ? tell(visit, &request, err) : status;
}
