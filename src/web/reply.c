/* src/web/reply.c - replies: of the desk, copied, since it goes on to the next call; and of our own, where a call does not
 * get as far as that. Every one has the same headers. */
#include "web/request.h"

#include "web/memory.h"
#include "web/parse.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

static const char *const headers[][2] = {
    { "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src "
      "'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" }, /* by none at all, browsers hide the origin of forms */
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
};

/* ---- what came ---- */

const char *gr_web_header(const gr_web_request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

typedef struct counting {
    const char *name;
    unsigned count;
} counting;

static enum MHD_Result count_header(void *context, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    counting *c = context;

    (void)kind, (void)value;
    c->count += strcasecmp(name, c->name) == 0;
    return MHD_YES;
}

unsigned gr_web_header_count(const gr_web_request *r, const char *name)
{
    counting c = { name, 0 };

    MHD_get_connection_values(r->connection, MHD_HEADER_KIND, count_header, &c);
    return c.count;
}

bool gr_web_is_api(const gr_web_request *r)
{
    return strncmp(r->target, "/api/", 5) == 0;
}

const char *gr_web_form(const gr_web_request *r, const char *name)
{
    for (size_t i = 0; i < r->call.form_count; i++)
        if (strcmp(r->form[i].name, name) == 0)
            return r->form[i].value;
    return "";
}

/* ---- replies ---- */

void gr_web_set(gr_web_request *r, unsigned status, const char *type, const char *route,
                char *bytes, size_t length)
{
    gr_web_free(r->bytes);
    r->status = status;
    r->type = type;
    r->route = route;
    r->bytes = bytes;
    r->bytes_length = length;
    r->is_answered = true;
}

void gr_web_refuse(gr_web_request *r, unsigned status, const char *message, const char *hint)
{
    bool is_json = gr_web_is_api(r);
    char text[1024];
    int n = is_json ? snprintf(text, sizeof text,
                               "{\"giftrule\": 1, \"error\": {\"status\": \"%s\", \"message\": "
                               "\"%s\", \"hint\": \"%s\"}}\n",
                               status >= 500 ? "system" : "usage", message, hint)
                    : snprintf(text, sizeof text,
                               "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                               "<title>Error %u</title><link rel=\"stylesheet\" "
                               "href=\"/style.css\"></head>\n<body class=\"report desk\"><main>"
                               "<h1>Error %u</h1><p>It could not be answered: %s.</p>"
                               "<p>What to do: %s.</p><p><a href=\"/\">To the first page</a></p>"
                               "</main></body></html>\n",
                               status, status, message, hint);

    gr_web_set(r, status, is_json ? "application/json" : "text/html; charset=utf-8", "(refused)",
               gr_web_copy(text, (size_t)n), (size_t)n);
}

static char *copy_or_null(const char *text)
{
    return text ? gr_web_copy(text, strlen(text)) : NULL;
}

void gr_web_redirect(gr_web_request *r, const char *where, const char *route)
{
    gr_web_free(r->location);
    r->location = copy_or_null(where);
    gr_web_set(r, 303, NULL, route, NULL, 0);
}

/* Whoever is shown the door comes back to the page that was wanted, if its name is a plain one. */
static char *door_of(const gr_web_request *r)
{
    char where[256];
    size_t plain = strspn(r->target, "/-._0123456789abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (strcmp(r->method, "GET") != 0 || r->target[plain] != '\0' || r->target[1] == '\0' ||
        !gr_path_is_own(r->target) || plain > 200)
        return copy_or_null("/sign-in");
    snprintf(where, sizeof where, "/sign-in?to=%s", r->target);
    return copy_or_null(where);
}

static void take_reply(gr_web_request *r, const gr_reply *reply)
{
    bool is_door = reply->location && strcmp(reply->location, "/sign-in") == 0;

    r->location = is_door ? door_of(r) : copy_or_null(reply->location);
    r->disposition = copy_or_null(reply->disposition);
    r->allow = copy_or_null(reply->allow);
    r->is_static = reply->is_static;
    gr_web_set(r, reply->status, reply->type,
               reply->route && *reply->route ? reply->route : "(none)",
               gr_web_copy(reply->bytes ? reply->bytes : "", reply->length), reply->length);
}

void gr_web_ask(gr_web_request *r)
{
    gr_desks *desks = &r->server->desks;
    gr_error err = { .status = GR_OK };
    gr_reply reply = { .status = 200 };
    gr_desk *desk = gr_desks_take(desks, &err);
    gr_status status = desk ? gr_desk_answer(desk, &r->call, &reply, &err) : err.status;

    if (status == GR_OK)
        take_reply(r, &reply);
    else if (status == GR_EBUSY)
        gr_web_refuse(r, 503, "the ledger is in use", "try again in a moment");
    else
        gr_web_refuse(r, 500, "the desk cannot answer", "the operator finds the reason in the log");
    if (status != GR_OK && status != GR_EBUSY)
        fprintf(stderr, "giftrule-serve: %s: %s\n", err.file, err.message);
    if (desk)
        gr_desks_give(desks, desk, status == GR_OK);
}

/* ---- sending ---- */

static void add_own_headers(const gr_web_request *r, struct MHD_Response *reply)
{
    char seconds[16];

    if (r->location)
        MHD_add_response_header(reply, "Location", r->location);
    if (r->disposition)
        MHD_add_response_header(reply, "Content-Disposition", r->disposition);
    if (r->allow)
        MHD_add_response_header(reply, "Allow", r->allow);
    for (size_t i = 0; i < 2; i++)
        if (r->cookie[i][0])
            MHD_add_response_header(reply, "Set-Cookie", r->cookie[i]);
    if (r->retry_after > 0 || r->status == 503) {
        snprintf(seconds, sizeof seconds, "%u", r->retry_after > 0 ? r->retry_after : 1);
        MHD_add_response_header(reply, "Retry-After", seconds);
    }
    if (r->status == 401)
        MHD_add_response_header(reply, "WWW-Authenticate", "Bearer");
    if (r->server->is_secure)
        MHD_add_response_header(reply, "Strict-Transport-Security", "max-age=31536000");
}

/* FNV-1a of the bytes: of what is the same for everybody it need only tell one version from the next. */
static void print_tag(const gr_web_request *r, char tag[20])
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < r->bytes_length; i++)
        h = (h ^ (unsigned char)r->bytes[i]) * UINT64_C(1099511628211);
    snprintf(tag, 20, "\"%016" PRIx64 "\"", h);
}

enum MHD_Result gr_web_queue(gr_web_request *r)
{
    struct MHD_Response *reply;
    const char *has = r->is_static ? gr_web_header(r, "If-None-Match") : NULL;
    enum MHD_Result result;
    char tag[20];

    if (r->is_static && r->bytes && r->status == 200) {
        print_tag(r, tag);
        if (has && strcmp(has, tag) == 0)
            gr_web_set(r, 304, NULL, r->route, NULL, 0);
    } else {
        r->is_static = false;
    }
    reply = MHD_create_response_from_buffer(
        r->bytes ? r->bytes_length : 0, r->bytes ? r->bytes : (void *)"", MHD_RESPMEM_MUST_COPY);
    if (!reply)
        return MHD_NO;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        MHD_add_response_header(reply, headers[i][0], headers[i][1]);
    MHD_add_response_header(reply, "Cache-Control", r->is_static ? "no-cache" : "no-store");
    if (r->is_static)
        MHD_add_response_header(reply, "ETag", tag);
    if (r->type)
        MHD_add_response_header(reply, "Content-Type", r->type);
    add_own_headers(r, reply);
    result = MHD_queue_response(r->connection, r->status, reply);
    MHD_destroy_response(reply);
    r->is_queued = true;
    return result;
}
