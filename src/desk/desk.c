/* src/desk/desk.c - one call from beginning to end: which route, who is it, may he or she, the answer; and what fails, as a
 * reply that says so. Fails itself only when the ledger cannot be used, or memory ends. */
#include "desk/desk.h"

#include <jansson.h>
#include <string.h>

#include "base/os.h"
#include "desk/memory.h"
#include "desk/once.h"

enum { GR_ALLOW_ROOM = 64, GR_MOST_BODY = 1024 * 1024 };

static const char reply_page[] = "text/html; charset=utf-8";
static const char reply_json[] = "application/json";

static bool append(void *context, const char *bytes, size_t length)
{
    gr_list *body = context;

    if (!gr_list_reserve(body, length))
        return false;
    memcpy((char *)body->items + body->count, bytes, length);
    body->count += length;
    return true;
}

/* ---- open and close ---- */

gr_status gr_desk_open(const gr_rules *rules, const gr_desk_options *options, gr_desk **out,
                       gr_error *err)
{
    gr_desk *desk = gr_os_alloc(sizeof *desk);
    gr_status status;

    if (!desk)
        return gr_fail_memory(err);
    *desk = (gr_desk){
        .rules = rules, .options = *options, .arena = gr_arena_create(), .body = GR_LIST(char)
    };
    status = desk->arena ? gr_desk_memory_create(&desk->memory, err) : gr_fail_memory(err);
    if (status == GR_OK)
        status = gr_checker_open(rules, options->ledger, &desk->checker, err);
    if (status == GR_OK)
        *out = desk;
    else
        gr_desk_close(desk);
    return status;
}

void gr_desk_close(gr_desk *desk)
{
    if (!desk)
        return;
    json_decref(desk->sent);
    gr_desk_memory_free(desk->memory); /* before the ledger */
    gr_checker_close(desk->checker);
    gr_list_free(&desk->body);
    gr_arena_free(desk->arena);
    gr_os_free(desk);
}

/* ---- what a visitor sent ---- */

static gr_text find_parameter(const gr_parameter *all, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].name, name) == 0)
            return gr_text_of(all[i].value);
    return GR_TEXT("");
}

gr_text gr_visit_query(const gr_visit *visit, const char *name)
{
    return find_parameter(visit->call->query, visit->call->query_count, name);
}

gr_text gr_visit_form(const gr_visit *visit, const char *name)
{
    return find_parameter(visit->call->form, visit->call->form_count, name);
}

/* ---- what fails ---- */

static void start_reply(gr_visit *visit, unsigned status, bool is_json)
{
    gr_list_cut(&visit->desk->body, 0);
    gr_writer_open(&visit->out, append, &visit->desk->body);
    visit->reply->status = status;
    visit->reply->type = is_json ? reply_json : reply_page;
    visit->reply->location = visit->reply->disposition = NULL;
}

static bool is_json_path(const gr_call *call)
{
    return gr_text_starts(gr_text_of(call->path), GR_TEXT("/api/"));
}

/* 0: it is no fault of the call. */
static unsigned http_status(const gr_visit *visit, const gr_error *error)
{
    if (error->status == GR_EBUSY)
        return 503;
    if (error->status != GR_EUSAGE && error->status != GR_EINPUT && error->status != GR_ELIMIT)
        return 0;
    if (visit->reply->status >= 400)
        return visit->reply->status;
    return error->status == GR_EUSAGE ? 400 : error->status == GR_EINPUT ? 409 : 413;
}

static gr_status answer_error(gr_visit *visit, unsigned status, const gr_error *error,
                              gr_error *err)
{
    bool is_json = is_json_path(visit->call);

    start_reply(visit, status, is_json);
    return (is_json ? gr_json_error : gr_page_error)(visit, status, error, err);
}

static gr_status refuse(gr_visit *visit, unsigned status, const char *file, const char *message,
                        const char *hint, gr_error *err)
{
    gr_error error = { .status = GR_EUSAGE };

    gr_fail(&error, GR_EUSAGE, (gr_place){ file, 0, 0 }, hint, "%s", message);
    return answer_error(visit, status, &error, err);
}

static gr_status refuse_route(gr_visit *visit, const char *allow, gr_error *err)
{
    gr_text methods = gr_arena_print(visit->arena, "%s", allow);

    if (!methods.ptr)
        return gr_fail_memory(err);
    if (methods.len == 0)
        return refuse(visit, 404, visit->call->path, "there is nothing here",
                      is_json_path(visit->call) ? "GET /api/v1/openapi.json lists what there is"
                                                : "begin at the first page",
                      err);
    visit->reply->allow = methods.ptr;
    return refuse(visit, 405, visit->call->path, "this cannot be done here by that method",
                  methods.ptr, err);
}

/* Whom the desk does not know is shown the door: a page leads to it. */
static gr_status refuse_nobody(gr_visit *visit, gr_error *err)
{
    if (is_json_path(visit->call))
        return refuse(visit, 401, "Authorization", "nobody is signed in, and there is no token",
                      "send 'Authorization: Bearer' with a token that is in force", err);
    start_reply(visit, 303, false);
    visit->reply->location = "/sign-in";
    return GR_OK;
}

static gr_status refuse_visitor(gr_visit *visit, gr_error *err)
{
    return refuse(visit, 403, visit->call->path,
                  visit->who.role == GR_ROLE_SYSTEM ? "this token may not be used for that"
                                                    : "your account may not do that",
                  visit->who.role == GR_ROLE_SYSTEM
                      ? "have a token made with the scope that it takes"
                      : "ask an officer, or an administrator for another role",
                  err);
}

/* ---- an answer ---- */

static bool may(const gr_visit *visit)
{
    const gr_route *route = visit->route;

    if (route->may & GR_MAY_ANYBODY)
        return true;
    if (!visit->is_known)
        return false;
    if (visit->who.role == GR_ROLE_SYSTEM)
        return (visit->who.scopes & route->scopes) != 0;
    return (route->may >> visit->who.role & 1) != 0;
}

static gr_status read_day(gr_visit *visit, gr_error *err)
{
    const char *as_of = visit->desk->options.as_of;
    int64_t now = gr_os_now();

    if (as_of)
        return gr_day_parse(gr_text_of(as_of), (gr_place){ "--as-of", 0, 0 }, &visit->as_of, err);
    if (now < 0)
        return gr_fail(err, GR_EBUG, (gr_place){ "SOURCE_DATE_EPOCH", 0, 0 },
                       "write the seconds since 1970, or unset it", "this is no number of seconds");
    visit->as_of = (gr_day)(now / 86400);
    return GR_OK;
}

/* Forms of pages were read by who calls, JSON by its handler: anything else is refused before. */
static gr_status check_body(gr_visit *visit, gr_error *err)
{
    gr_text type = gr_text_of(visit->call->type);

    if (visit->call->length > GR_MOST_BODY)
        return gr_fail(err, GR_ELIMIT, (gr_place){ "body", 0, 0 }, "at most 1 MiB",
                       "this is longer than is read");
    if (!visit->route->is_json || strcmp(visit->route->method, "POST") != 0)
        return GR_OK;
    if (type.len >= strlen(reply_json) &&
        gr_text_is(gr_text_slice(type, 0, strlen(reply_json)), reply_json) &&
        (type.len == strlen(reply_json) || type.ptr[strlen(reply_json)] == ';'))
        return GR_OK;
    visit->reply->status = 415;
    return gr_fail(err, GR_EUSAGE, (gr_place){ "Content-Type", 0, 0 },
                   "send it as application/json", "'%.60s' is not what is read here",
                   visit->call->type ? visit->call->type : "");
}

static gr_status handle(gr_visit *visit, gr_error *err)
{
    bool is_once = gr_once_is_asked(visit), is_done = false;
    gr_status status = read_day(visit, err);

    if (status == GR_OK)
        status = check_body(visit, err);
    if (status == GR_OK && is_once)
        status = gr_once_repeat(visit, &is_done, err);
    if (status != GR_OK || is_done)
        return status;
    status = visit->route->handler(visit, err);
    if (visit->is_forestalled) {
        start_reply(visit, 200, true);
        status = gr_once_repeat(visit, &is_done, err);
        if (status == GR_OK && !is_done)
            status = gr_fail(err, GR_EBUSY, GR_NOWHERE, "send it again",
                             "another request with this key is being answered");
    }
    if (status == GR_OK && visit->trouble.status != GR_OK) {
        *err = visit->trouble;
        status = err->status;
    }
    if (status == GR_OK && is_once && !is_done && !visit->is_kept && visit->reply->status < 400)
        gr_once_note_after(visit);
    return status;
}

static gr_status handle_or_tell(gr_visit *visit, gr_error *err)
{
    gr_error error = { .status = GR_OK };
    unsigned status;

    if (handle(visit, &error) == GR_OK)
        return GR_OK;
    status = http_status(visit, &error);
    if (status != 0)
        return answer_error(visit, status, &error, err);
    *err = error;
    return error.status;
}

static gr_status visit_route(gr_visit *visit, gr_error *err)
{
    const gr_call *call = visit->call;
    char allow[GR_ALLOW_ROOM];
    gr_status status = gr_desk_memory_freshen(visit->desk, err);

    if (status == GR_OK)
        status = gr_desk_identify(visit->desk, call, &visit->who, &visit->is_known, err);
    if (status != GR_OK)
        return status;
    visit->route =
        gr_route_find(gr_text_of(call->method), gr_text_of(call->path), visit->part, allow);
    if (!visit->route)
        return refuse_route(visit, allow, err);
    visit->reply->route = visit->route->pattern;
    if (!may(visit))
        return visit->is_known ? refuse_visitor(visit, err) : refuse_nobody(visit, err);
    start_reply(visit, 200, visit->route->is_json);
    return handle_or_tell(visit, err);
}

gr_status gr_desk_answer(gr_desk *desk, const gr_call *call, gr_reply *reply, gr_error *err)
{
    gr_visit visit = { .desk = desk, .call = call, .reply = reply, .arena = desk->arena };
    gr_status status;

    gr_arena_reset(desk->arena);
    json_decref(desk->sent);
    desk->sent = NULL;
    *reply = (gr_reply){ .route = "" };
    start_reply(&visit, 200, false);
    status = visit_route(&visit, err);
    if (status == GR_EBUSY) /* met before there was a handler: by the ledger itself */
        status = refuse(&visit, 503, "", "the ledger is in use by another process",
                        "send it again in a moment", err);
    if (status == GR_OK && (!gr_writer_close(&visit.out) || !gr_list_reserve(&desk->body, 1)))
        status = gr_fail_memory(err);
    if (status != GR_OK)
        return status;
    ((char *)desk->body.items)[desk->body.count] = '\0'; /* for whoever reads it as a text */
    reply->bytes = desk->body.items;
    reply->length = desk->body.count;
    return GR_OK;
}

bool gr_desk_is_slow(const char *method, const char *path)
{
    gr_text part[3];
    char allow[GR_ALLOW_ROOM];
    const gr_route *route = gr_route_find(gr_text_of(method), gr_text_of(path), part, allow);

    return route && route->is_slow;
}

gr_status gr_desk_sign_in(gr_desk *desk, const char *name, const char *password, gr_error *err)
{
    gr_ledger *ledger = gr_checker_ledger(desk->checker);
    gr_account account;
    gr_status status;

    gr_arena_reset(desk->arena);
    status = password
                 ? gr_account_verify(ledger, gr_text_of(name), password, desk->arena, &account, err)
                 : gr_account_find(ledger, gr_text_of(name), desk->arena, &account, err);
    return status;
}
