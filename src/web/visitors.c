/* src/web/visitors.c - people: signing in and out, sessions, and that a form came from a page of ours. */
#include "web/parse.h"
#include "web/server_inside.h"

#include <string.h>
#include <time.h>

#define GR_COOKIE "giftrule"

static int64_t seconds(void)
{
    return gr_web_micros() / 1000000;
}

bool gr_visitors_open(gr_visitors *v, bool is_secure)
{
    v->is_secure = is_secure;
    v->sessions = gr_sessions_create();
    v->throttle = gr_throttle_create();
    return v->sessions && v->throttle;
}

void gr_visitors_close(gr_visitors *v)
{
    gr_sessions_free(v->sessions);
    gr_throttle_free(v->throttle);
}

bool gr_visitor_find(gr_visitors *v, const char *cookies, gr_session *out)
{
    char id[GR_SECRET_TEXT];

    return cookies && gr_cookie_find(cookies, GR_COOKIE, id, sizeof id) &&
           gr_session_find(v->sessions, id, seconds(), out);
}

bool gr_visitor_may_post(const gr_session *session, const char *csrf, const char *origin,
                         const char *host)
{
    return csrf && gr_secret_same(csrf, session->csrf) &&
           (!origin || gr_origin_is_of(origin, host, NULL));
}

/* SameSite=Strict: no other site's link or form brings it. */
static void print_cookie(const gr_visitors *v, const char *id, const char *more, gr_signed *out)
{
    snprintf(out->cookie, sizeof out->cookie,
             GR_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict%s%s", id,
             v->is_secure ? "; Secure" : "", more);
}

gr_status gr_visitor_sign_in(gr_visitors *v, gr_desk *desk, const char *name, const char *password,
                             const char *to, const char *address, gr_signed *out, gr_error *err)
{
    int64_t now = gr_web_micros() / 1000;
    gr_session session;
    gr_status status;

    *out = (gr_signed){ .status = 303, .wait = gr_throttle_wait(v->throttle, name, address, now) };
    if (out->wait > 0) {
        out->status = 429;
        return GR_OK;
    }
    status = gr_desk_sign_in(desk, name, password, err);
    if (status == GR_EINPUT || status == GR_EUSAGE) {
        gr_throttle_failed(v->throttle, name, address, now);
        snprintf(out->location, sizeof out->location, "/sign-in?wrong=1");
        return GR_OK;
    }
    if (status != GR_OK)
        return status;
    gr_throttle_succeeded(v->throttle, name);
    if (!gr_session_begin(v->sessions, name, seconds(), &session))
        return gr_web_fail(err, GR_ENOMEM, "", "no session can be begun", "");
    print_cookie(v, session.id, "", out);
    snprintf(out->location, sizeof out->location, "%s", to && gr_path_is_own(to) ? to : "/");
    return GR_OK;
}

void gr_visitor_sign_out(gr_visitors *v, const gr_session *session, gr_signed *out)
{
    *out = (gr_signed){ .status = 303 };
    gr_session_end(v->sessions, session->id);
    print_cookie(v, "", "; Max-Age=0", out);
    snprintf(out->location, sizeof out->location, "/sign-in?out=1");
}
