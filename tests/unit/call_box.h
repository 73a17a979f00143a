/* tests/unit/call_box.h - a desk with a ledger of a few gifts, a roster and accounts of every role, and short ways to call
 * it. With GR_DESK_REPLIES=FILE what is answered below /api/ is added to that file, for tests/web/test_openapi.mjs. */
#ifndef GR_TESTS_CALL_BOX_H
#define GR_TESTS_CALL_BOX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk/desk.h"

typedef struct call_box {
    char dir[32], ledger[64];
    gr_rules *rules;
    gr_desk *desk;
    char token[5][64]; /* of each scope, in the order of their bits */
} call_box;

static inline void must(gr_status status, const gr_error *err)
{
    if (status != GR_OK)
        fail_msg("%s: %s (%s)", err->file, err->message, err->hint);
}

static const char *const scope_words[] = { "check", "reserve", "findings", "decide", "reports" };

static inline void box_accounts(call_box *box)
{
    static const struct {
        const char *name, *role, *giver;
    } accounts[] = {
        { "dana", "executive", "AE-017" }, { "eve", "executive", "AE-018" },
        { "sue", "supervisor", "AE-001" }, { "oli", "officer", NULL },
        { "aud", "auditor", NULL },        { "adm", "administrator", NULL },
    };
    gr_error err = { 0 };

    for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++) {
        gr_account_options o = { .ledger = box->ledger,
                                 .author = "tests",
                                 .name = accounts[i].name,
                                 .shown = accounts[i].name,
                                 .role = accounts[i].role,
                                 .giver = accounts[i].giver,
                                 .password = "a password of tests" };

        must(gr_account_keep(&o, &err), &err);
    }
    for (size_t i = 0; i < 5; i++) {
        gr_account_options o = { .ledger = box->ledger,
                                 .author = "tests",
                                 .name = scope_words[i],
                                 .shown = scope_words[i],
                                 .scopes = scope_words[i] };

        must(gr_token_keep(&o, box->token[i], &err), &err);
    }
}

static inline void box_write(const call_box *box, const char *name, const char *text)
{
    char path[96];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", box->dir, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Jane Roe has got 250.00 of 300.00; the roster has Sue as the supervisor of Dana. */
static inline void box_gifts(call_box *box)
{
    static const char log[] =
        "<gift-log xmlns=\"urn:giftrule:gift-log:1\">\n"
        "<gift id=\"G1\" date=\"2026-05-04\"><giver id=\"AE-017\">Dana "
        "Fox</giver><payer>firm</payer>"
        "<recipient id=\"R-88\"><name>Jane Roe</name><employer "
        "kind=\"institutional-customer\">Acme "
        "Pension Fund</employer></recipient><kind>goods</kind><occasion>none</occasion>"
        "<cost currency=\"USD\">250.00</cost></gift>\n"
        "<gift id=\"G2\" date=\"2026-05-05\"><giver id=\"AE-018\">Eve "
        "Hill</giver><payer>firm</payer>"
        "<recipient id=\"R-89\"><name>John Doe</name><employer "
        "kind=\"institutional-customer\">Acme "
        "Pension Fund</employer></recipient><kind>goods</kind>"
        "<cost currency=\"USD\">350.00</cost></gift>\n</gift-log>\n";
    char path[96];
    const char *input = path;
    gr_audit_options o = { .inputs = &input,
                           .input_count = 1,
                           .ledger = box->ledger,
                           .author = "tests",
                           .as_of = "2026-11-28" };
    gr_report *report;
    gr_error err = { 0 };

    box_write(box, "log.xml", log);
    snprintf(path, sizeof path, "%s/log.xml", box->dir);
    must(gr_audit(box->rules, &o, &report, &err), &err);
    assert_int_equal(gr_report_summary(report).gifts, 2);
    gr_report_free(report);
}

static inline int box_enter(void **state)
{
    call_box *box = calloc(1, sizeof *box);
    gr_desk_options o = { .rules_dir = "rules", .as_of = "2026-11-28" };
    gr_error err = { 0 };

    if (!box)
        return -1;
    snprintf(box->dir, sizeof box->dir, "/tmp/giftrule-XXXXXX");
    if (!mkdtemp(box->dir))
        return -1;
    snprintf(box->ledger, sizeof box->ledger, "%s/ledger", box->dir);
    must(gr_rules_load("rules", NULL, 0, NULL, NULL, &box->rules, &err), &err);
    box_gifts(box);
    box_accounts(box);
    o.ledger = box->ledger;
    must(gr_desk_open(box->rules, &o, &box->desk, &err), &err);
    *state = box;
    return 0;
}

static inline int box_leave(void **state)
{
    static const char *const names[] = { "ledger",         "ledger-wal",      "ledger-shm",
                                         "ledger-journal", "log.xml",         "ledger.people",
                                         "ledger-people",  "ledger.directory" };
    call_box *box = *state;
    char path[96];

    gr_desk_close(box->desk);
    gr_rules_free(box->rules);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", box->dir, names[i]);
        unlink(path);
    }
    rmdir(box->dir);
    free(box);
    return 0;
}

static inline void box_record(const gr_call *call, const gr_reply *reply)
{
    const char *to = getenv("GR_DESK_REPLIES");
    FILE *file = to && strncmp(call->path, "/api/", 5) == 0 ? fopen(to, "a") : NULL;
    json_t *one;
    char *line;

    if (!file)
        return;
    one = json_pack("{s:s, s:s, s:i, s:s, s:s}", "method", call->method, "route", reply->route,
                    "status", (int)reply->status, "type", reply->type, "body", "");
    if (strcmp(reply->type, "application/json") == 0)
        json_object_set_new(one, "body", json_stringn(reply->bytes, reply->length));
    line = json_dumps(one, JSON_COMPACT);
    fprintf(file, "%s\n", line);
    free(line);
    json_decref(one);
    fclose(file);
}

/* Whoever is called "check", "reserve" ... comes with the token of that scope; NULL is nobody. */
static inline gr_reply box_ask(call_box *box, const char *who, gr_call call)
{
    gr_error err = { 0 };
    gr_reply reply;

    call.account = who;
    for (size_t i = 0; who && i < 5; i++)
        if (strcmp(who, scope_words[i]) == 0) {
            call.account = NULL;
            call.token = box->token[i];
        }
    must(gr_desk_answer(box->desk, &call, &reply, &err), &err);
    box_record(&call, &reply);
    return reply;
}

static inline gr_reply box_post(call_box *box, const char *who, const char *path, const char *body,
                                const char *once)
{
    return box_ask(box, who,
                   (gr_call){ .method = "POST",
                              .path = path,
                              .body = body,
                              .length = strlen(body),
                              .type = "application/json",
                              .once = once });
}

static inline gr_reply box_get(call_box *box, const char *who, const char *path)
{
    return box_ask(box, who, (gr_call){ .method = "GET", .path = path });
}

/* A member of a reply by its path, "request.number"; "" where there is none. */
static inline const char *box_member(gr_reply reply, const char *path, char *room, size_t size)
{
    json_t *root = json_loadb(reply.bytes, reply.length, 0, NULL);
    const json_t *at = root;
    char name[64];

    while (at && *path) {
        size_t n = strcspn(path, ".");

        snprintf(name, sizeof name, "%.*s", (int)n, path);
        at = json_object_get(at, name);
        path += n + (path[n] == '.');
    }
    snprintf(room, size, "%s", json_is_string(at) ? json_string_value(at) : "");
    json_decref(root);
    return room;
}

#define GIFT(giver, cost)                                                                          \
    "{\"giver\":{\"id\":\"" giver "\"},\"recipients\":[{\"id\":\"R-88\",\"name\":\"Jane Roe\","    \
    "\"employer\":\"Acme Pension Fund\",\"employer_kind\":\"institutional-customer\"}],"           \
    "\"cost\":\"" cost "\",\"date\":\"2026-12-10\",\"payer\":\"firm\",\"kind\":\"goods\"}"

#endif
