/* src/web/server.c - connections by libmicrohttpd. Its threads read requests and answer the quick ones; what takes seconds,
 * or may wait for the ledger, is answered by a thread of its own while the connection sleeps: it keeps nobody waiting. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "web/door.h"
#include "web/memory.h"
#include "web/parse.h"
#include "web/request.h"

#include <netdb.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef gr_web_request request;

/* ---- calls ---- */

static void answer_health(request *r)
{
    gr_error err = { .status = GR_OK };
    gr_desk *desk = gr_desks_take(&r->server->desks, &err);
    gr_status status = desk ? gr_desk_sign_in(desk, "", NULL, &err) : err.status;
    const char *text = status == GR_OK || status == GR_EINPUT ? "ok\n" /* nobody is called "" */
                                                              : "the ledger cannot be read\n";

    gr_web_set(r, text[0] == 'o' ? 200 : 503, "text/plain; charset=utf-8", "/health",
               gr_web_copy(text, strlen(text)), strlen(text));
    if (desk)
        gr_desks_give(&r->server->desks, desk, text[0] == 'o');
}

static gr_gauges gauges(gr_server *s)
{
    return (gr_gauges){ .connections = gr_links_count(s->links),
                        .sessions = gr_door_sessions(s->door),
                        .throttled = gr_door_throttled(s->door),
                        .cut = gr_links_cut_count(s->links) };
}

static void answer_metrics(request *r)
{
    size_t length = 0;
    char *text = gr_measures_print(&r->server->measures, gauges(r->server), &length);

    gr_web_set(r, text ? 200 : 500, "text/plain; version=0.0.4; charset=utf-8", "/metrics", text,
               length);
}

static void *answer_apart(void *context)
{
    request *r = context;
    atomic_uint *among = r->among;

    if (r->is_sign_in)
        gr_door_sign_in(r);
    else
        gr_web_ask(r);
    MHD_resume_connection(r->connection); /* from here on r may be gone */
    atomic_fetch_sub(among, 1);
    return NULL;
}

static enum MHD_Result refuse_busy(request *r)
{
    atomic_fetch_sub(r->among, 1);
    gr_web_refuse(r, 503, "too many calls of this kind are being answered",
                  "try again in a moment");
    return gr_web_queue(r);
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
    gr_web_refuse(r, 503, "there is no thread left", "try again in a moment");
    MHD_resume_connection(r->connection);
    return MHD_YES;
}

/* Whatever is posted may have to wait for who writes in the ledger, but for a check, which only reads. */
static bool is_write(const request *r)
{
    return strcmp(r->method, "POST") == 0 && strcmp(r->target, "/api/v1/check") != 0;
}

/* ---- requests ---- */

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
        gr_web_refuse(r, 400, gr_parsed_text(parsed), "write the address as it is documented");
    return parsed == GR_PARSED;
}

/* What two programs on the way might read in two ways. */
static bool is_ambiguous(const request *r)
{
    static const char *const once[] = { "Content-Length", "Content-Type", "Authorization",
                                        "Cookie",         "Origin",       "Idempotency-Key" };

    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
        if (gr_web_header_count(r, once[i]) > 1)
            return true;
    return gr_web_header(r, "Transfer-Encoding") && gr_web_header(r, "Content-Length");
}

static bool check(request *r)
{
    const char *host = gr_web_header(r, "Host");

    if (r->is_too_long)
        gr_web_refuse(r, 413, "there is too much content", "send less at once");
    else if (!host || !gr_host_is_good(host) || gr_web_header_count(r, "Host") != 1)
        gr_web_refuse(r, 400, "the request does not name a host", "send one Host header");
    else if (is_ambiguous(r))
        gr_web_refuse(r, 400, "a header that may stand once stands twice, or contradicts another",
                      "send each once");
    else if (r->length > 0 && memchr(r->body, '\0', r->length))
        gr_web_refuse(r, 400, "the content has a NUL character", "send text");
    else if (r->length > 0 && !gr_utf8_is_valid(r->body, r->length))
        gr_web_refuse(r, 400, "the content is not UTF-8", "send UTF-8");
    else
        return read_target(r);
    return false;
}

static void fill_call(request *r)
{
    r->call.method = r->method;
    r->call.path = r->target;
    r->call.query = r->query;
    r->call.body = r->body;
    r->call.length = r->length;
    r->call.type = r->length > 0 ? gr_web_header(r, "Content-Type") : NULL;
}

/* Systems have tokens, and no cookies: no other site can send anything in their name. */
static void take_token(request *r)
{
    const char *authorization = gr_web_header(r, "Authorization");

    r->call.token = authorization ? gr_bearer_find(authorization) : NULL;
    r->call.once = gr_web_header(r, "Idempotency-Key");
}

static enum MHD_Result ask(request *r)
{
    if (gr_desk_is_slow(r->method, r->target))
        return begin_apart(r, &r->server->slow, GR_WEB_SLOW);
    if (is_write(r))
        return begin_apart(r, &r->server->writes, GR_WEB_WRITES);
    gr_web_ask(r);
    return gr_web_queue(r);
}

static enum MHD_Result answer(request *r)
{
    gr_link_answering(r->link);
    if (!check(r))
        return gr_web_queue(r);
    fill_call(r);
    if (strcmp(r->target, "/health") == 0)
        answer_health(r);
    else if (strcmp(r->target, "/metrics") == 0)
        answer_metrics(r);
    else if (gr_web_is_api(r))
        take_token(r);
    else if (!gr_door_enter(r) && r->is_sign_in)
        return begin_apart(r, &r->server->sign_ins, GR_WEB_SIGN_INS);
    return r->is_answered ? gr_web_queue(r) : ask(r);
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
    return r->is_answered ? gr_web_queue(r) : answer(r); /* answered: while it slept */
}

static gr_link *link_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
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
    r->link = link_of(connection);
    r->began = gr_web_micros();
    r->target = gr_web_copy(target, strlen(target));
    if (r->target && r->link) {
        atomic_fetch_add(&server->under_way, 1);
        return r;
    }
    gr_web_free(r->target);
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
    gr_link_waiting(r->link);
    if (r->body)
        explicit_bzero(r->body, r->length); /* there may be a password in it */
    gr_web_free(r->target);
    gr_web_free(r->body);
    gr_web_free(r->form);
    gr_web_free(r->bytes);
    gr_web_free(r->location);
    gr_web_free(r->disposition);
    gr_web_free(r->allow);
    gr_web_free(r);
    *state = NULL;
    atomic_fetch_sub(&server->under_way, 1);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **state,
                          enum MHD_ConnectionNotificationCode what)
{
    gr_server *server = context;
    const union MHD_ConnectionInfo *at, *fd;
    char address[GR_WEB_ADDRESS] = "";
    socklen_t size;

    if (what != MHD_CONNECTION_NOTIFY_STARTED) {
        gr_link_close(server->links, *state);
        return;
    }
    at = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!at || !fd)
        return;
    size = at->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                  : sizeof(struct sockaddr_in);
    getnameinfo(at->client_addr, size, address, sizeof address, NULL, 0, NI_NUMERICHOST);
    *state = gr_link_open(server->links, fd->connect_fd, address);
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
    gr_desks_close(&s->desks);
    gr_door_close(s->door);
    gr_links_free(s->links);
    gr_web_free(s->cert);
    gr_web_free(s->key);
    if (s->measures.log && s->measures.log != stderr)
        fclose(s->measures.log);
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
    s->is_behind_proxy = options->behind_proxy;
    s->door = gr_door_open(options);
    s->links = gr_links_create();
    status = s->door && s->links ? read_tls(s, options, err)
                                 : gr_web_fail(err, GR_ENOMEM, "", "there is no memory left", "");
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

void gr_server_tend(gr_server *s)
{
    gr_links_cut(s->links, gr_web_micros());
}

bool gr_server_reopen_log(gr_server *s, const char *path)
{
    FILE *file = fopen(path, "ae"), *old;

    if (!file)
        return false;
    pthread_mutex_lock(&s->measures.lock);
    old = s->measures.log;
    s->measures.log = file;
    pthread_mutex_unlock(&s->measures.lock);
    return fclose(old) == 0;
}

static bool is_busy(gr_server *s)
{
    return atomic_load(&s->under_way) + atomic_load(&s->slow) + atomic_load(&s->writes) +
               atomic_load(&s->sign_ins) >
           0;
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
