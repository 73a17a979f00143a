/* tests/fuzz/fuzz_desk.c - any call gets a reply: a status, a type, and below /api/ whole JSON; never a failure, never a
 * crash. The first line is who calls (0 nobody, 1 an officer, 2 an account executive, 3 an auditor), a space, and the
 * method; then a path; then a line of the query, "name=value&name=value"; the rest is the body, which forms are read from
 * too. The ledger is a small one in a folder of its own. */
#include "desk/desk.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_PARAMETERS = 16 };

static struct {
    char dir[32], ledger[64];
    gr_rules *rules;
    gr_desk *desk;
} bench;

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void add_account(const char *name, const char *role, const char *giver)
{
    gr_account_options o = { .ledger = bench.ledger,
                             .author = "fuzz",
                             .name = name,
                             .shown = name,
                             .role = role,
                             .giver = giver,
                             .password = "a password of tests" };
    gr_error err;

    must(gr_account_keep(&o, &err) == GR_OK);
}

static void clean(void)
{
    static const char *const names[] = { "ledger", "ledger-wal", "ledger-shm", "ledger-people" };
    char path[96];

    gr_desk_close(bench.desk);
    gr_rules_free(bench.rules);
    for (size_t i = 0; i < GR_COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", bench.dir, names[i]);
        unlink(path);
    }
    rmdir(bench.dir);
}

static void start(void)
{
    gr_desk_options o = { .rules_dir = "rules", .as_of = "2026-11-28" };
    gr_ledger *ledger;
    gr_error err;

    snprintf(bench.dir, sizeof bench.dir, "/tmp/giftrule-XXXXXX");
    must(mkdtemp(bench.dir) != NULL);
    snprintf(bench.ledger, sizeof bench.ledger, "%s/ledger", bench.dir);
    atexit(clean);
    must(gr_rules_load("rules", NULL, 0, NULL, NULL, &bench.rules, &err) == GR_OK);
    must(gr_ledger_open(bench.ledger, &ledger, &err) == GR_OK);
    gr_ledger_close(ledger);
    add_account("oli", "officer", NULL);
    add_account("dana", "executive", "AE-017");
    add_account("aud", "auditor", NULL);
    o.ledger = bench.ledger;
    must(gr_desk_open(bench.rules, &o, &bench.desk, &err) == GR_OK);
}

/* Takes a line off the front, with an end. */
static char *take_line(char **rest)
{
    char *line = *rest, *end = strchr(line, '\n');

    if (!end) {
        *rest = line + strlen(line);
        return line;
    }
    *end = '\0';
    *rest = end + 1;
    return line;
}

static size_t split(char *text, gr_parameter *out)
{
    size_t count = 0;

    while (*text && count < MOST_PARAMETERS) {
        char *end = strchr(text, '&'), *equals;

        if (end)
            *end = '\0';
        equals = strchr(text, '=');
        if (equals)
            *equals = '\0';
        out[count++] = (gr_parameter){ text, equals ? equals + 1 : "" };
        if (!end)
            break;
        text = end + 1;
    }
    return count;
}

static void answer(const gr_call *call)
{
    gr_error err = { .status = GR_OK };
    gr_reply reply;
    json_t *root;

    must(gr_desk_answer(bench.desk, call, &reply, &err) == GR_OK);
    must(reply.status >= 200 && reply.status < 600 && reply.type && reply.route);
    if (strcmp(reply.type, "application/json") != 0)
        return;
    root = json_loadb(reply.bytes, reply.length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    must(json_is_object(root));
    json_decref(root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const who[] = { NULL, "oli", "dana", "aud" };
    gr_parameter query[MOST_PARAMETERS], form[MOST_PARAMETERS];
    char *bytes = malloc(size + 1), *copy, *rest = bytes, *first;
    size_t used;
    gr_call call = { .type = "application/json", .query = query, .form = form };

    if (!bench.desk)
        start();
    must(bytes != NULL);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    first = take_line(&rest);
    call.account = who[(unsigned char)first[0] % 4];
    call.method = first[0] && first[1] ? first + 2 : "GET";
    call.path = take_line(&rest);
    call.query_count = split(take_line(&rest), query);
    used = (size_t)(rest - bytes);
    call.body = rest;
    call.length = used < size ? size - used : 0;
    copy = malloc(call.length + 1); /* as a form it is cut into pieces */
    must(copy != NULL);
    memcpy(copy, rest, call.length);
    copy[call.length] = '\0';
    call.form_count = split(copy, form);
    answer(&call);
    free(copy);
    free(bytes);
    return 0;
}
