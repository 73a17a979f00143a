/* src/desk/page_frame.c - what stands around every page: a way past the links, where one may go, who is signed in; and the
 * small pieces that pages are made of. */
#include "desk/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- who may ---- */

bool gr_screen_may(const gr_visit *visit, unsigned roles)
{
    return visit->is_known && (roles >> visit->who.role & 1) != 0;
}

bool gr_screen_may_go(const gr_visit *visit, const char *method, const char *pattern)
{
    for (size_t i = 0; i < gr_route_count; i++)
        if (strcmp(gr_routes[i].method, method) == 0 && strcmp(gr_routes[i].pattern, pattern) == 0)
            return gr_screen_may(visit, gr_routes[i].may);
    return false;
}

bool gr_screen_is_refusal(gr_status status)
{
    return status == GR_EUSAGE || status == GR_EINPUT || status == GR_ELIMIT;
}

/* ---- pieces ---- */

const char *gr_screen_text(gr_visit *visit, gr_text text)
{
    gr_text copy = gr_arena_copy(visit->arena, text);

    if (!copy.ptr)
        visit->out.failed = true; /* what could not be written fails the reply */
    return copy.ptr ? copy.ptr : "";
}

gr_text gr_screen_escape(gr_visit *visit, gr_text text)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = gr_arena_alloc(visit->arena, text.len * 3 + 1);
    size_t used = 0;

    if (!out) {
        visit->out.failed = true;
        return GR_TEXT("");
    }
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
            c == '-' || c == '_' || c == '.') {
            out[used++] = (char)c;
        } else {
            out[used++] = '%';
            out[used++] = digits[c >> 4];
            out[used++] = digits[c & 15];
        }
    }
    out[used] = '\0';
    return (gr_text){ out, used };
}

void gr_screen_heading(gr_screen *screen, unsigned level, const char *anchor, const char *text)
{
    static const char *const names[] = { "h1", "h2", "h3", "h4" };

    gr_html_start(&screen->html, names[level - 1], NULL);
    gr_html_attribute(&screen->html, "id", anchor);
    gr_html_text(&screen->html, gr_text_of(text));
    gr_html_end_line(&screen->html);
}

static gr_text print_text(gr_screen *screen, const char *format, va_list args)
{
    char room[1024];
    int length = vsnprintf(room, sizeof room, format, args);
    gr_text text = { room, length < 0                      ? 0
                           : length < (int)sizeof room - 1 ? (size_t)length
                                                           : sizeof room - 1 };

    return gr_arena_copy(screen->visit->arena, text);
}

void gr_screen_say(gr_screen *screen, const char *element, const char *style, const char *format,
                   ...)
{
    va_list args;

    va_start(args, format);
    gr_html_start(&screen->html, element, style);
    gr_html_text(&screen->html, print_text(screen, format, args));
    gr_html_end_line(&screen->html);
    va_end(args);
}

void gr_screen_fact(gr_screen *screen, const char *label, gr_text text)
{
    if (text.len == 0)
        return;
    gr_html_start(&screen->html, "div", NULL);
    gr_html_element(&screen->html, "dt", NULL, label);
    gr_html_start(&screen->html, "dd", NULL);
    gr_html_say(&screen->html, GR_TONE_NAME, text);
    gr_html_end(&screen->html);
    gr_html_end_line(&screen->html);
}

void gr_screen_done(gr_screen *screen, const char *text)
{
    gr_html_start(&screen->html, "p", "done");
    gr_html_attribute(&screen->html, "role", "status");
    gr_html_text(&screen->html, gr_text_of(text));
    gr_html_end_line(&screen->html);
}

void gr_screen_link(gr_screen *screen, const char *style, const char *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    gr_html_start(&screen->html, "a", style);
    gr_html_attribute_text(&screen->html, "href", print_text(screen, format, args));
    gr_html_text(&screen->html, gr_text_of(text));
    gr_html_end(&screen->html);
    va_end(args);
}

/* ---- pages of a list ---- */

size_t gr_screen_page(gr_visit *visit)
{
    uint64_t page = 1;

    if (!gr_text_number(gr_visit_query(visit, "page"), 1000000, &page) || page == 0)
        page = 1;
    return (size_t)page - 1;
}

void gr_screen_pager(gr_screen *screen, const char *path, gr_text query, size_t page, size_t rows,
                     size_t count)
{
    size_t pages = (count + rows - 1) / rows;
    const char *more = query.len > 0 ? "&" : "";

    if (pages < 2 && page == 0)
        return;
    gr_html_start(&screen->html, "nav", "pager");
    gr_html_attribute(&screen->html, "aria-label", "Pages of this list");
    if (page > 0)
        gr_screen_link(screen, NULL, "Previous page", "%s?%.*s%spage=%zu", path, GR_ALL(query),
                       more, page);
    gr_html_start(&screen->html, "span", NULL);
    gr_html_print(&screen->html, "Page %zu of %zu", page + 1, pages);
    gr_html_end(&screen->html);
    if (page + 1 < pages)
        gr_screen_link(screen, NULL, "Next page", "%s?%.*s%spage=%zu", path, GR_ALL(query), more,
                       page + 2);
    gr_html_end_line(&screen->html);
}

/* ---- where one may go ---- */

static const struct {
    const char *pattern, *title;
} places[] = {
    { "/", "Home" },
    { "/ask", "Ask" },
    { "/requests", "Requests" },
    { "/queue", "Queue" },
    { "/findings", "Findings" },
    { "/people", "People" },
    { "/dashboard", "Dashboard" },
    { "/reports", "Reports" },
    { "/rules", "Rules" },
};

static void navigation(gr_screen *screen, const char *here)
{
    gr_html *html = &screen->html;

    gr_html_start(html, "nav", NULL);
    gr_html_attribute(html, "aria-label", "Parts of the desk");
    gr_html_start(html, "ul", NULL);
    for (size_t i = 0; i < GR_COUNT(places); i++) {
        if (!gr_screen_may_go(screen->visit, "GET", places[i].pattern))
            continue;
        gr_html_start(html, "li", NULL);
        gr_html_start(html, "a", NULL);
        gr_html_attribute(html, "href", places[i].pattern);
        if (here && strcmp(here, places[i].pattern) == 0)
            gr_html_attribute(html, "aria-current", "page");
        gr_html_print(html, "%s", places[i].title);
        gr_html_end(html);
        gr_html_end_line(html);
    }
    gr_html_end(html);
    gr_html_end_line(html);
}

static void signed_in(gr_screen *screen)
{
    const gr_account *who = &screen->visit->who;
    gr_html *html = &screen->html;
    gr_form form = gr_form_open(screen, NULL, "account", NULL, "/sign-out");

    gr_html_start(html, "span", NULL);
    gr_html_say(html, GR_TONE_NAME, who->shown.len > 0 ? who->shown : who->name);
    gr_html_print(html, ", %s ", gr_role_text(who->role));
    gr_html_end(html);
    gr_form_button(&form, NULL, NULL, "plain", "Sign out");
    gr_form_close(&form);
}

static void head(gr_screen *screen, const char *here)
{
    gr_html *html = &screen->html;

    gr_html_attribute(html, "class", "report desk");
    gr_html_start(html, "a", "skip");
    gr_html_attribute(html, "href", "#main");
    gr_html_print(html, "Skip to the content");
    gr_html_end_line(html);
    gr_html_start(html, "header", NULL);
    gr_html_start(html, "p", "brand");
    gr_html_print(html, "Gift desk");
    gr_html_end_line(html);
    if (screen->visit->is_known) {
        navigation(screen, here);
        signed_in(screen);
    }
    gr_html_end_line(html);
    gr_html_start(html, "main", NULL);
    gr_html_attribute(html, "id", "main");
    gr_html_text(html, GR_TEXT("\n"));
}

gr_status gr_screen_open(gr_screen *screen, gr_visit *visit, const char *here, gr_text title,
                         gr_error *err)
{
    gr_text whole = gr_arena_print(visit->arena, "%.*s - Gift desk", GR_ALL(title));

    *screen = (gr_screen){ .visit = visit };
    if (!whole.ptr ||
        !gr_html_open_linked(&screen->html, &visit->out, whole, "/style.css", "/script.js"))
        return gr_fail_memory(err);
    head(screen, here);
    return GR_OK;
}

gr_status gr_screen_close(gr_screen *screen, gr_error *err)
{
    char day[GR_DAY_TEXT];

    gr_html_end_line(&screen->html); /* main */
    gr_html_start(&screen->html, "footer", NULL);
    gr_screen_say(screen, "p", NULL, "giftrule " GR_VERSION ", as of %s.",
                  gr_day_print(screen->visit->as_of, day));
    gr_html_end_line(&screen->html);
    return gr_html_close(&screen->html) && !screen->visit->out.failed ? GR_OK : gr_fail_memory(err);
}

gr_status gr_screen_go(gr_visit *visit, gr_error *err, const char *format, ...)
{
    char room[512];
    va_list args;
    gr_text text;

    va_start(args, format);
    vsnprintf(room, sizeof room, format, args);
    va_end(args);
    text = gr_arena_copy(visit->arena, gr_text_of(room));
    if (!text.ptr)
        return gr_fail_memory(err);
    visit->reply->status = 303;
    visit->reply->location = text.ptr;
    return GR_OK;
}

/* ---- when it cannot be answered ---- */

static const char *title_of(unsigned status)
{
    switch (status) {
    case 401:
        return "Sign in first";
    case 403:
        return "This is not for you to do";
    case 404:
        return "There is nothing here";
    case 405:
        return "This cannot be done here";
    case 409:
        return "This cannot be done now";
    case 413:
        return "This is too much";
    case 429:
        return "Too many tries";
    case 503:
        return "The desk is busy";
    default:
        return status >= 500 ? "Something went wrong here" : "This could not be understood";
    }
}

gr_status gr_page_error(gr_visit *visit, unsigned status, const gr_error *error, gr_error *err)
{
    const char *title = title_of(status);
    gr_screen screen;

    visit->reply->status = status;
    if (gr_screen_open(&screen, visit, NULL, gr_text_of(title), err) != GR_OK)
        return err->status;
    gr_screen_say(&screen, "p", "eyebrow", "Error %u", status);
    gr_screen_heading(&screen, 1, NULL, title);
    if (error && error->message[0]) {
        gr_html_start(&screen.html, "p", "lead");
        gr_html_say(&screen.html, GR_TONE_NAME, gr_text_of(error->message));
        gr_html_print(&screen.html, ".");
        gr_html_end_line(&screen.html);
    }
    if (error && error->hint[0]) {
        gr_html_start(&screen.html, "p", NULL);
        gr_html_print(&screen.html, "What to do: ");
        gr_html_say(&screen.html, GR_TONE_NAME, gr_text_of(error->hint));
        gr_html_print(&screen.html, ".");
        gr_html_end_line(&screen.html);
    }
    gr_html_start(&screen.html, "p", NULL);
    gr_screen_link(&screen, NULL, visit->is_known ? "To the first page" : "Sign in", "%s",
                   visit->is_known ? "/" : "/sign-in");
    gr_html_end_line(&screen.html);
    return gr_screen_close(&screen, err);
}
