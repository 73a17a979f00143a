/* src/web/server.c - connections by libmicrohttpd. Its threads read requests and answer the quick ones; what takes seconds,
 * or may wait for the ledger, is answered by a thread of its own while the connection sleeps: it keeps nobody waiting. */
#include "web/memory.h"
#include "web/parse.h"
#include "web/server_inside.h"

#include <microhttpd.h>
#include <netdb.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct gr_server {
    gr_measures measures;
    gr_desks desks;
    gr_visitors visitors;
    struct MHD_Daemon *daemon;
    gr_listening at;
    char address[160];
    char *cert, *key;
    bool is_secure;
    atomic_uint connections, slow, writes, under_way;
};

/* One request on its way. */
typedef struct request {
    gr_server *server;
    struct MHD_Connection *connection;
    char *target; /* as it came; then cut and decoded */
    char *body;
    size_t length;
    bool is_begun, is_too_long, is_answered, is_queued;
    atomic_uint *among; /* of a call that has a thread of its own: how many there are of its kind */
    int64_t began;
    char method[16];
    gr_parameter query[GR_WEB_PARAMETERS], form[GR_WEB_PARAMETERS];
    gr_session session;
    bool is_signed_in;
    char address[GR_WEB_ADDRESS];
    gr_call call;
    /* the reply, copied: the desk goes on */
    unsigned status;
    const char *type, *route;
    char *bytes, *location, *disposition, *allow, *cookie;
    unsigned wait;
    size_t bytes_length;
} request;

/* ---- replies ---- */

static const char *const headers[][2] = {
    { "Cache-Control", "no-store" },
    { "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src "
      "'self'; form-action 'self'; "
      "frame-ancestors 'none'; base-uri 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};

static void set(request *r, unsigned status, const char *type, const char *route, char *bytes,
                size_t length)
{
    r->status = status;
    r->type = type;
    r->route = route;
    r->bytes = bytes;
    r->bytes_length = length;
    r->is_answered = true;
}

/* An error of ours, with the fields of every error. The texts are our own: nothing in them needs escaping. */
static void refuse(request *r, unsigned status, const char *message, const char *hint)
{
    char text[512];
    int n = snprintf(text, sizeof text,
                     "{\"giftrule\": 1, \"error\": {\"status\": \"%s\", \"message\": \"%s\", "
                     "\"hint\": \"%s\"}}\n",
                     status >= 500 ? "system" : "usage", message, hint);

    set(r, status, "application/json", "(refused)", gr_web_copy(text, (size_t)n), (size_t)n);
}

static void add_wait(struct MHD_Response *reply, unsigned wait)
{
    char text[16];

    snprintf(text, sizeof text, "%u", wait);
    MHD_add_response_header(reply, "Retry-After", text);
}

static enum MHD_Result queue(request *r)
{
    struct MHD_Response *reply = MHD_create_response_from_buffer(
        r->bytes ? r->bytes_length : 0, r->bytes ? r->bytes : (void *)"", MHD_RESPMEM_MUST_COPY);
    enum MHD_Result result;

    if (!reply)
        return MHD_NO;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        MHD_add_response_header(reply, headers[i][0], headers[i][1]);
    if (r->type)
        MHD_add_response_header(reply, "Content-Type", r->type);
    if (r->location)
        MHD_add_response_header(reply, "Location", r->location);
    if (r->disposition)
        MHD_add_response_header(reply, "Content-Disposition", r->disposition);
    if (r->allow)
        MHD_add_response_header(reply, "Allow", r->allow);
    if (r->cookie)
        MHD_add_response_header(reply, "Set-Cookie", r->cookie);
    if (r->status == 503)
        MHD_add_response_header(reply, "Retry-After", "1");
    if (r->status == 429)
        add_wait(reply, r->wait);
    if (r->status == 401)
        MHD_add_response_header(reply, "WWW-Authenticate", "Bearer");
    if (r->server->is_secure)
        MHD_add_response_header(reply, "Strict-Transport-Security", "max-age=31536000");
    result = MHD_queue_response(r->connection, r->status, reply);
    MHD_destroy_response(reply);
    r->is_queued = true;
    return result;
}

/* ---- calls ---- */

static char *copy_or_null(const char *text)
{
    return text ? gr_web_copy(text, strlen(text)) : NULL;
}

static void take_reply(request *r, const gr_reply *reply)
{
    r->location = copy_or_null(reply->location);
    r->disposition = copy_or_null(reply->disposition);
    r->allow = copy_or_null(reply->allow);
    set(r, reply->status, reply->type, reply->route && *reply->route ? reply->route : "(none)",
        gr_web_copy(reply->bytes ? reply->bytes : "", reply->length), reply->length);
}

static void ask_desk(request *r)
{
    gr_desks *desks = &r->server->desks;
    gr_error err = { .status = GR_OK };
    gr_reply reply = { .status = 200 };
    gr_desk *desk = gr_desks_take(desks, &err);
    gr_status status = desk ? gr_desk_answer(desk, &r->call, &reply, &err) : err.status;

    if (status == GR_OK)
        take_reply(r, &reply);
    else if (status == GR_EBUSY)
        refuse(r, 503, "the ledger is in use", "try again in a moment");
    else
        refuse(r, 500, "it could not be answered", "the operator finds the reason in the log");
    if (status != GR_OK && status != GR_EBUSY)
        fprintf(stderr, "giftrule-serve: %s: %s\n", err.file, err.message);
    if (desk)
        gr_desks_give(desks, desk, status == GR_OK);
}

/* ---- people ---- */

static const char *field(const request *r, const char *name)
{
    for (size_t i = 0; i < r->call.form_count; i++)
        if (strcmp(r->form[i].name, name) == 0)
            return r->form[i].value;
    return NULL;
}

static void take_signed(request *r, const gr_signed *s)
{
    if (s->status == 429) {
        refuse(r, 429, "there were too many wrong passwords", "wait a while, then try again");
        r->wait = s->wait;
        return;
    }
    r->location = copy_or_null(s->location);
    r->cookie = s->cookie[0] ? copy_or_null(s->cookie) : NULL;
    set(r, s->status, "text/plain; charset=utf-8", r->target[6] == 'i' ? "/sign-in" : "/sign-out",
        NULL, 0);
}

static void sign_in(request *r)
{
    gr_error err = { .status = GR_OK };
    gr_desk *desk = gr_desks_take(&r->server->desks, &err);
    const char *name = field(r, "name"), *password = field(r, "password");
    gr_signed s;

    if (desk &&
        gr_visitor_sign_in(&r->server->visitors, desk, name ? name : "", password ? password : "",
                           field(r, "to"), r->address, &s, &err) == GR_OK)
        take_signed(r, &s);
    else
        refuse(r, err.status == GR_EBUSY ? 503 : 500, "nobody can be signed in",
               "try again in a moment");
    if (desk)
        gr_desks_give(&r->server->desks, desk, r->status < 500);
}

static void sign_out(request *r)
{
    gr_signed s;

    gr_visitor_sign_out(&r->server->visitors, &r->session, &s);
    take_signed(r, &s);
}

static void answer_health(request *r)
{
    gr_error err = { .status = GR_OK };
    gr_desk *desk = gr_desks_take(&r->server->desks, &err);

    set(r, desk ? 200 : 503, "text/plain; charset=utf-8", "/health",
        gr_web_copy(desk ? "ok\n" : "the ledger cannot be read\n", desk ? 3 : 26), desk ? 3 : 26);
    if (desk)
        gr_desks_give(&r->server->desks, desk, true);
}

static void answer_metrics(request *r)
{
    size_t length = 0;
    char *text =
        gr_measures_print(&r->server->measures, atomic_load(&r->server->connections), &length);

    set(r, text ? 200 : 500, "text/plain; version=0.0.4; charset=utf-8", "/metrics", text, length);
}

static void *answer_apart(void *context)
{
    request *r = context;
    atomic_uint *among = r->among;

    if (strcmp(r->target, "/sign-in") == 0)
        sign_in(r);
    else
        ask_desk(r);
    MHD_resume_connection(r->connection); /* from here on r may be gone */
    atomic_fetch_sub(among, 1);
    return NULL;
}

static enum MHD_Result refuse_busy(request *r)
{
    atomic_fetch_sub(r->among, 1);
    refuse(r, 503, "too many calls of this kind are being answered", "try again in a moment");
    return queue(r);
}

/* By a thread of its own, while the connection sleeps. */
static enum MHD_Result begin_apart(request *r, atomic_uint *among, unsigned most)
{
    pthread_t thread;

    r->among = among;
    if (atomic_fetch_add(among, 1) >= most)
        return refuse_busy(r);
    MHD_suspend_connection(r->connection);
    if (pthread_create(&thread, NULL, answer_apart, r) == 0) {
        pthread_detach(thread);
        return MHD_YES;
    }
    atomic_fetch_sub(among, 1);
    refuse(r, 503, "there is no thread left", "try again in a moment");
    MHD_resume_connection(r->connection);
    return MHD_YES;
}

/* Whatever is posted may have to wait for who writes in the ledger, but for a check, which only reads. */
static bool is_write(const request *r)
{
    return strcmp(r->method, "POST") == 0 && strcmp(r->target, "/api/v1/check") != 0;
}

/* ---- requests ---- */

static const char *header(const request *r, const char *name)
{
    return MHD_lookup_connection_value(r->connection, MHD_HEADER_KIND, name);
}

static bool read_target(request *r)
{
    char *question = strchr(r->target, '?');
    gr_parsed parsed;

    if (question)
        *question++ = '\0';
    parsed = gr_path_decode(r->target);
    if (parsed == GR_PARSED && question)
        parsed = gr_pairs_decode(question, r->query, GR_WEB_PARAMETERS, &r->call.query_count);
    if (parsed != GR_PARSED)
        refuse(r, 400, gr_parsed_text(parsed), "write the address as it is documented");
    return parsed == GR_PARSED;
}

static bool check(request *r)
{
    const char *host = header(r, "Host");

    if (r->is_too_long)
        refuse(r, 413, "there is too much content", "send less at once");
    else if (!host || !gr_host_is_good(host))
        refuse(r, 400, "the request does not name a host", "send one Host header");
    else if (r->length > 0 && memchr(r->body, '\0', r->length))
        refuse(r, 400, "the content has a NUL character", "send text");
    else if (r->length > 0 && !gr_utf8_is_valid(r->body, r->length))
        refuse(r, 400, "the content is not UTF-8", "send UTF-8");
    else
        return read_target(r);
    return false;
}

static bool is_post(const request *r)
{
    return strcmp(r->method, "POST") == 0;
}

/* The interface for systems knows tokens only: a cookie, which a browser sends by itself, says nothing there. */
static bool is_for_systems(const request *r)
{
    return strncmp(r->target, "/api/", 5) == 0;
}

static bool read_form(request *r)
{
    const char *type = header(r, "Content-Type");
    gr_parsed parsed = GR_PARSED;

    if (r->length > 0 && (!type || !gr_media_is(type, "application/x-www-form-urlencoded"))) {
        refuse(r, 415, "this is no form", "send application/x-www-form-urlencoded");
        return false;
    }
    if (r->length > 0)
        parsed = gr_pairs_decode(r->body, r->form, GR_WEB_PARAMETERS, &r->call.form_count);
    if (parsed != GR_PARSED)
        refuse(r, 400, gr_parsed_text(parsed), "send the form as the page has it");
    r->call.form = r->form;
    r->length = 0; /* it is no other content */
    return parsed == GR_PARSED;
}

/* Who is signed in, and whether what is posted came from a page of ours. */
static bool meet_visitor(request *r)
{
    const char *origin = header(r, "Origin"), *host = header(r, "Host");
    bool is_signing_in = strcmp(r->target, "/sign-in") == 0;

    if (is_for_systems(r))
        return true;
    r->is_signed_in = gr_visitor_find(&r->server->visitors, header(r, "Cookie"), &r->session);
    if (r->is_signed_in) {
        r->call.account = r->session.account;
        r->call.csrf = r->session.csrf;
    }
    if (!is_post(r))
        return true;
    if (!read_form(r))
        return false;
    if (is_signing_in
            ? !origin || gr_origin_is_of(origin, host, NULL)
            : !r->is_signed_in || gr_visitor_may_post(&r->session, field(r, "csrf"), origin, host))
        return true;
    refuse(r, 403, "this form is not of this session",
           "open the page again, and send it from there");
    return false;
}

static enum MHD_Result answer(request *r)
{
    const char *authorization;

    if (!check(r) || !meet_visitor(r))
        return queue(r);
    authorization = is_for_systems(r) ? header(r, "Authorization") : NULL;
    r->call.method = r->method;
    r->call.path = r->target;
    r->call.query = r->query;
    r->call.body = r->body;
    r->call.length = r->length;
    r->call.type = r->length > 0 ? header(r, "Content-Type") : NULL;
    r->call.token = authorization ? gr_bearer_find(authorization) : NULL;
    r->call.once = header(r, "Idempotency-Key");
    if (strcmp(r->target, "/health") == 0)
        answer_health(r);
    else if (strcmp(r->target, "/metrics") == 0)
        answer_metrics(r);
    else if (strcmp(r->target, "/sign-out") == 0 && is_post(r) && r->is_signed_in)
        sign_out(r);
    else if (gr_desk_is_slow(r->method, r->target))
        return begin_apart(r, &r->server->slow, GR_WEB_SLOW);
    else if (is_write(r))
        return begin_apart(r, &r->server->writes, GR_WEB_WRITES);
    else
        ask_desk(r);
    return queue(r);
}

static void take_body(request *r, const char *bytes, size_t length)
{
    char *more;

    if (r->is_too_long || r->length + length > GR_WEB_BODY) {
        r->is_too_long = true; /* read on, and forget it: the answer says why */
        return;
    }
    more = gr_web_resize(r->body, r->length + length + 1);
    if (!more) {
        r->is_too_long = true;
        return;
    }
    memcpy(more + r->length, bytes, length);
    r->body = more;
    r->length += length;
    r->body[r->length] = '\0';
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **state)
{
    request *r = *state;

    (void)context, (void)url, (void)version;
    if (!r)
        return MHD_NO; /* there was no memory */
    if (!r->is_begun) {
        r->is_begun = true;
        r->connection = connection;
        snprintf(r->method, sizeof r->method, "%s", method);
        return MHD_YES;
    }
    if (*size > 0) {
        take_body(r, data, *size);
        *size = 0;
        return MHD_YES;
    }
    return r->is_answered ? queue(r) : answer(r); /* answered: while it slept */
}

/* For the throttle only. Behind a proxy it is that of the proxy. */
static void find_address(request *r)
{
    const union MHD_ConnectionInfo *about =
        MHD_get_connection_info(r->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *at = about ? about->client_addr : NULL;

    if (at)
        getnameinfo(at,
                    at->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                              : sizeof(struct sockaddr_in),
                    r->address, sizeof r->address, NULL, 0, NI_NUMERICHOST);
}

/* The request as it came, before libmicrohttpd has decoded it. */
static void *on_target(void *context, const char *target, struct MHD_Connection *connection)
{
    gr_server *server = context;
    request *r = gr_web_alloc(sizeof *r);

    if (!r)
        return NULL;
    r->server = server;
    r->connection = connection;
    r->began = gr_web_micros();
    find_address(r);
    r->target = gr_web_copy(target, strlen(target));
    if (r->target) {
        atomic_fetch_add(&server->under_way, 1);
        return r;
    }
    gr_web_free(r);
    return NULL;
}

static void on_end(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode why)
{
    gr_server *server = context;
    request *r = *state;

    (void)connection, (void)why;
    if (!r)
        return;
    if (r->is_queued)
        gr_measure(&server->measures, r->method, r->route, r->status, r->bytes_length,
                   gr_web_micros() - r->began);
    gr_web_free(r->target);
    gr_web_free(r->body);
    gr_web_free(r->bytes);
    gr_web_free(r->location);
    gr_web_free(r->disposition);
    gr_web_free(r->allow);
    gr_web_free(r->cookie);
    gr_web_free(r);
    *state = NULL;
    atomic_fetch_sub(&server->under_way, 1);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode what)
{
    gr_server *server = context;

    (void)connection, (void)state;
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        atomic_fetch_add(&server->connections, 1);
    else
        atomic_fetch_sub(&server->connections, 1);
}

/* ---- start and stop ---- */

static gr_status start_daemon(gr_server *s, gr_error *err)
{
    struct MHD_OptionItem items[16] = { { 0 } };
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    size_t n = 0;

    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_LISTEN_SOCKET, s->at.fd, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_THREAD_POOL_SIZE, GR_WEB_THREADS, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_CONNECTION_LIMIT, GR_WEB_CONNECTIONS, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_PER_IP_CONNECTION_LIMIT,
                                          GR_WEB_CONNECTIONS_OF_ONE, NULL };
    items[n++] =
        (struct MHD_OptionItem){ MHD_OPTION_CONNECTION_TIMEOUT, GR_WEB_IDLE_SECONDS, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_CONNECTION_MEMORY_LIMIT, GR_WEB_POOL, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_target, s };
    items[n++] = (struct MHD_OptionItem){ MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_end, s };
    items[n++] =
        (struct MHD_OptionItem){ MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, s };
    if (s->cert) {
        flags |= MHD_USE_TLS;
        items[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, s->cert };
        items[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, s->key };
    }
    items[n] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
    s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_ARRAY, items,
                                 MHD_OPTION_END);
    if (s->daemon)
        return GR_OK;
    close(s->at.fd);
    return gr_web_fail(err, GR_EIO, s->at.address, "the server cannot be started",
                       s->cert ? "are certificate and key in PEM form, and of each other?" : "");
}

static gr_status read_tls(gr_server *s, const gr_server_options *o, gr_error *err)
{
    gr_status status = GR_OK;

    if (!o->cert != !o->key)
        return gr_web_fail(err, GR_EUSAGE, o->cert ? "--key" : "--cert", "one is not enough",
                           "give a certificate and its key");
    if (o->cert)
        status = gr_web_read(o->cert, &s->cert, err);
    if (status == GR_OK && o->key)
        status = gr_web_read(o->key, &s->key, err);
    s->is_secure = o->cert || o->behind_proxy;
    return status;
}

static void free_server(gr_server *s)
{
    gr_visitors_close(&s->visitors);
    gr_desks_close(&s->desks);
    gr_web_free(s->cert);
    gr_web_free(s->key);
    gr_web_free(s);
}

/* The first desk is opened before anybody asks: what is wrong with the ledger is told at once. */
static gr_status open_first(gr_server *s, gr_error *err)
{
    gr_desk *desk = gr_desks_take(&s->desks, err);

    if (!desk)
        return err->status;
    gr_desks_give(&s->desks, desk, true);
    return GR_OK;
}

gr_status gr_server_start(const gr_rules *rules, const gr_server_options *options, gr_server **out,
                          gr_error *err)
{
    gr_server *s = gr_web_alloc(sizeof *s);
    gr_status status;

    if (!s)
        return gr_web_fail(err, GR_ENOMEM, "", "there is no memory left", "");
    pthread_mutex_init(&s->measures.lock, NULL);
    pthread_mutex_init(&s->desks.lock, NULL);
    s->measures.log = options->access_log;
    s->desks.rules = rules;
    s->desks.options =
        (gr_desk_options){ .ledger = options->ledger, .rules_dir = options->rules_dir };
    status = read_tls(s, options, err);
    if (status == GR_OK && !gr_visitors_open(&s->visitors, s->is_secure))
        status = gr_web_fail(err, GR_ENOMEM, "", "there is no memory left", "");
    if (status == GR_OK)
        status = open_first(s, err);
    if (status == GR_OK)
        status = gr_listen(options->listen, &s->at, err);
    if (status == GR_OK && s->at.is_public && !s->is_secure) {
        close(s->at.fd);
        status = gr_web_fail(err, GR_EUSAGE, "--listen",
                             "this address is public, and nothing would be encrypted",
                             "give --cert and --key; or --behind-proxy, where a proxy does it");
    }
    if (status == GR_OK)
        status = start_daemon(s, err);
    if (status != GR_OK) {
        free_server(s);
        return status;
    }
    snprintf(s->address, sizeof s->address, "%s://%s", s->cert ? "https" : "http", s->at.address);
    *out = s;
    return GR_OK;
}

const char *gr_server_address(const gr_server *server)
{
    return server->address;
}

static bool is_busy(gr_server *s)
{
    return atomic_load(&s->under_way) + atomic_load(&s->slow) + atomic_load(&s->writes) > 0;
}

void gr_server_stop(gr_server *s)
{
    const struct timespec wait = { 0, 20 * 1000 * 1000 };
    int fd = MHD_quiesce_daemon(s->daemon);

    if (fd >= 0)
        close(fd);
    for (int i = 0; i < GR_WEB_STOP_SECONDS * 50 && is_busy(s); i++)
        nanosleep(&wait, NULL);
    MHD_stop_daemon(s->daemon);
    free_server(s);
}
