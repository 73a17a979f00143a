/* src/web/door.c - who a visitor of a page is.
 *
 * A session is a random name in a cookie that scripts cannot read and other sites cannot send with forms; every form carries a
 * second secret of the session, and browsers say where a form comes from: all three must be right. The form for signing in
 * has no session yet: its secret stands in a cookie of its own. Passwords are compared one at a time, and not at all
 * for who has failed too often. */
#include "web/door.h"

#include "web/memory.h"
#include "web/parse.h"
#include "web/throttle.h"

#include <string.h>

struct gr_door {
    const gr_server_options *options;
    gr_sessions *sessions;
    gr_throttle *throttle;
    pthread_mutex_t comparing;
    atomic_uint_least64_t throttled;
};

static const char sign_in[] = "/sign-in", sign_out[] = "/sign-out";

gr_door *gr_door_open(const gr_server_options *options)
{
    gr_door *door = gr_web_alloc(sizeof *door);

    if (!door)
        return NULL;
    door->options = options;
    pthread_mutex_init(&door->comparing, NULL);
    door->sessions = gr_sessions_create();
    door->throttle = gr_throttle_create();
    if (door->sessions && door->throttle)
        return door;
    gr_door_close(door);
    return NULL;
}

void gr_door_close(gr_door *door)
{
    if (!door)
        return;
    gr_sessions_free(door->sessions);
    gr_throttle_free(door->throttle);
    pthread_mutex_destroy(&door->comparing);
    gr_web_free(door);
}

static int64_t seconds(void)
{
    return gr_web_micros() / 1000000;
}

size_t gr_door_sessions(gr_door *door)
{
    return gr_sessions_count(door->sessions, seconds());
}

uint64_t gr_door_throttled(gr_door *door)
{
    return atomic_load(&door->throttled);
}

/* ---- cookies ---- */

/* By the prefix a browser takes it from this host only, over TLS only, and no other host can plant one. */
static const char *session_cookie(const gr_web_request *r)
{
    return r->server->is_secure ? "__Host-giftrule" : "giftrule";
}

static const char *form_cookie(const gr_web_request *r)
{
    return r->server->is_secure ? "__Host-giftrule-form" : "giftrule-form";
}

static void set_cookie(gr_web_request *r, const char *name, const char *value)
{
    snprintf(r->cookie[r->cookie[0][0] ? 1 : 0], GR_WEB_COOKIE,
             "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value,
             r->server->is_secure ? "; Secure" : "", *value ? "" : "; Max-Age=0");
}

static bool read_cookie(const gr_web_request *r, const char *name, char value[GR_SECRET_TEXT])
{
    const char *header = gr_web_header(r, "Cookie");

    return header && gr_cookie_find(header, name, value, GR_SECRET_TEXT) &&
           strlen(value) == GR_SECRET_TEXT - 1;
}

static void begin_session(gr_web_request *r, const char *account)
{
    char old[GR_SECRET_TEXT];

    if (read_cookie(r, session_cookie(r),
                    old)) /* a new one at each sign-in: nobody knows it before */
        gr_session_end(r->server->door->sessions, old);
    if (gr_session_begin(r->server->door->sessions, account, seconds(), &r->session))
        set_cookie(r, session_cookie(r), r->session.id);
    else
        gr_web_refuse(r, 500, "no session could be begun", "try again in a moment");
}

/* ---- who ---- */

/* Whom a proxy has signed in, where we are told to trust it; NULL: nobody. */
static const char *proxied(const gr_web_request *r)
{
    const gr_server_options *options = r->server->door->options;

    if (!options->proxy_user || !r->link || strcmp(r->link->address, options->proxy_from) != 0)
        return NULL;
    return gr_web_header(r, options->proxy_user);
}

static void take_proxied(gr_web_request *r, const char *name)
{
    gr_error err = { .status = GR_OK };
    gr_desk *desk;
    gr_status status;

    if (strcmp(r->session.account, name) == 0)
        return;
    desk = gr_desks_take(&r->server->desks, &err);
    status = desk ? gr_desk_sign_in(desk, name, NULL, &err) : err.status;
    if (desk)
        gr_desks_give(&r->server->desks, desk, status == GR_OK || status == GR_EINPUT);
    if (status == GR_OK)
        begin_session(r, name);
    else if (status == GR_EINPUT)
        gr_web_refuse(r, 403, "you have no account here, or it is closed",
                      "ask an administrator for one");
    else
        gr_web_refuse(r, 503, "the ledger is in use", "try again in a moment");
}

static void find_visitor(gr_web_request *r)
{
    char id[GR_SECRET_TEXT];
    const char *name = proxied(r);

    if (!read_cookie(r, session_cookie(r), id) ||
        !gr_session_find(r->server->door->sessions, id, seconds(), &r->session))
        r->session = (gr_session){ .account = "" };
    if (name && gr_web_header_count(r, r->server->door->options->proxy_user) != 1)
        gr_web_refuse(r, 400, "it is said twice who you are", "mend the proxy");
    else if (name && *name)
        take_proxied(r, name);
}

/* The secret of the form for signing in. */
static void find_form_secret(gr_web_request *r)
{
    if (read_cookie(r, form_cookie(r), r->form_secret))
        return;
    if (gr_secret_make(r->form_secret))
        set_cookie(r, form_cookie(r), r->form_secret);
}

/* ---- forms ---- */

static bool read_form(gr_web_request *r)
{
    const char *type = gr_web_header(r, "Content-Type");
    gr_parsed parsed;
    size_t room;

    if (r->length > 0 && (!type || !gr_media_is(type, "application/x-www-form-urlencoded"))) {
        gr_web_refuse(r, 415, "this is no form", "send it as application/x-www-form-urlencoded");
        return false;
    }
    room = r->body ? gr_pairs_count(r->body) : 0;
    if (room == 0)
        return true;
    room = room < GR_WEB_PARAMETERS ? room : GR_WEB_PARAMETERS;
    r->form = gr_web_alloc(room * sizeof *r->form);
    if (!r->form) {
        gr_web_refuse(r, 503, "there is no memory left", "try again in a moment");
        return false;
    }
    parsed = gr_pairs_decode(r->body, r->form, room, &r->call.form_count);
    if (parsed != GR_PARSED)
        gr_web_refuse(r, 400, gr_parsed_text(parsed), "send the form as the page has it");
    r->call.form = r->form;
    return parsed == GR_PARSED;
}

/* Behind a proxy we do not know by what scheme or name a browser came, unless the proxy tells. */
static bool is_from_here(const gr_web_request *r)
{
    const char *origin = gr_web_header(r, "Origin");
    const char *site = gr_web_header(r, "Sec-Fetch-Site");
    const char *forwarded = gr_web_header(r, "X-Forwarded-Host");
    const char *scheme = r->server->is_behind_proxy ? NULL : r->server->cert ? "https" : "http";

    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    if (!origin)
        return true;
    return gr_origin_is_of(origin, gr_web_header(r, "Host"), scheme) ||
           (r->server->is_behind_proxy && forwarded && gr_origin_is_of(origin, forwarded, scheme));
}

static bool is_ours(gr_web_request *r, const char *secret)
{
    if (is_from_here(r) && *secret && gr_secret_same(gr_web_form(r, "csrf"), secret))
        return true;
    gr_web_refuse(r, 403, "this form is not of a page of this session, or too old",
                  "go back, load the page again, and send it once more");
    return false;
}

/* ---- in and out ---- */

static void leave(gr_web_request *r)
{
    gr_session_end(r->server->door->sessions, r->session.id);
    set_cookie(r, session_cookie(r), "");
    gr_web_redirect(r, "/sign-in?out=1", sign_out);
}

static bool post(gr_web_request *r)
{
    if (!read_form(r))
        return false;
    r->call.body = NULL;
    r->call.length = 0;
    if (strcmp(r->target, sign_in) == 0) {
        find_form_secret(r);
        r->is_sign_in = is_ours(r, r->form_secret);
        return false;
    }
    if (!r->session.account[0])
        return true; /* the desk shows nobody in, and does nothing */
    if (!is_ours(r, r->session.csrf))
        return false;
    if (strcmp(r->target, sign_out) == 0) {
        leave(r);
        return false;
    }
    return true;
}

bool gr_door_enter(gr_web_request *r)
{
    find_visitor(r);
    if (r->is_answered)
        return false;
    if (strcmp(r->method, "POST") == 0 && !post(r))
        return false;
    if (r->session.account[0]) {
        r->call.account = r->session.account;
        r->call.csrf = r->session.csrf;
    } else if (strcmp(r->target, sign_in) == 0) {
        find_form_secret(r);
        r->call.csrf = r->form_secret;
    }
    return true;
}

/* ---- name and password ---- */

/* The address that failures are counted by. A network of IPv6 belongs to one guesser. */
static void find_address(const gr_web_request *r, char address[GR_WEB_ADDRESS])
{
    const char *forwarded = r->server->is_behind_proxy ? gr_web_header(r, "X-Forwarded-For") : NULL;
    int colons = 0;

    if (!forwarded || !gr_forwarded_find(forwarded, address, GR_WEB_ADDRESS))
        snprintf(address, GR_WEB_ADDRESS, "%s", r->link ? r->link->address : "");
    if (strncmp(address, "::ffff:", 7) == 0)
        return;
    for (char *p = address; *p; p++)
        if (*p == ':' && ++colons == 4)
            p[1] = '\0';
}

static void refuse_throttled(gr_web_request *r, unsigned wait)
{
    atomic_fetch_add(&r->server->door->throttled, 1);
    r->retry_after = wait;
    gr_web_refuse(r, 429, "there were too many tries to sign in",
                  wait > 60 ? "wait for some minutes" : "wait for a minute");
    r->route = sign_in;
}

/* The form again, with what is wrong. */
static void answer_wrong(gr_web_request *r)
{
    r->query[0] = (gr_parameter){ "wrong", "1" };
    r->query[1] = (gr_parameter){ "to", gr_web_form(r, "to") };
    r->call.query_count = 2;
    r->call.method = "GET";
    r->call.csrf = r->form_secret;
    gr_web_ask(r);
    if (r->status == 200)
        r->status = 403;
}

static void let_in(gr_web_request *r, const char *name)
{
    const char *to = gr_web_form(r, "to");

    begin_session(r, name);
    if (r->is_answered)
        return;
    set_cookie(r, form_cookie(r), "");
    gr_web_redirect(r, gr_path_is_own(to) ? to : "/", sign_in);
}

static gr_status compare(gr_web_request *r, const char *name, const char *password)
{
    gr_error err = { .status = GR_OK };
    gr_desk *desk = gr_desks_take(&r->server->desks, &err);
    gr_status status = desk ? gr_desk_sign_in(desk, name, password, &err) : err.status;

    if (desk)
        gr_desks_give(&r->server->desks, desk, status == GR_OK || status == GR_EINPUT);
    if (status != GR_OK && status != GR_EINPUT && status != GR_EBUSY)
        fprintf(stderr, "giftrule-serve: %s: %s\n", err.file, err.message);
    return status;
}

/* One at a time: whoever sends many guesses at once meets what the first ones have cost. */
void gr_door_sign_in(gr_web_request *r)
{
    gr_door *door = r->server->door;
    const char *name = gr_web_form(r, "name"), *password = gr_web_form(r, "password");
    bool is_possible = *name && strlen(name) < GR_WEB_NAME;
    char address[GR_WEB_ADDRESS];
    gr_status status = GR_EINPUT;
    unsigned wait;

    find_address(r, address);
    pthread_mutex_lock(&door->comparing);
    wait = gr_throttle_wait(door->throttle, name, address, gr_web_micros() / 1000);
    if (wait == 0) {
        status = is_possible ? compare(r, name, password) : GR_EINPUT;
        if (status == GR_EINPUT)
            gr_throttle_failed(door->throttle, name, address, gr_web_micros() / 1000);
        else if (status == GR_OK)
            gr_throttle_succeeded(door->throttle, name);
    }
    pthread_mutex_unlock(&door->comparing);
    if (wait > 0)
        refuse_throttled(r, wait);
    else if (status == GR_OK)
        let_in(r, name);
    else if (status == GR_EINPUT)
        answer_wrong(r);
    else
        gr_web_refuse(r, 503, "the ledger is in use", "try again in a moment");
}
