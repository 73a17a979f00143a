/* src/web/main.c - giftrule-serve: pages and the JSON interface over HTTP; accounts and tokens for them. giftrule serve runs it. */
#define _GNU_SOURCE /* getopt_long */
#include "web/command.h"
#include "web/server.h"

#include <getopt.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef gr_serve_arguments arguments;

static void print_error(void *context, const gr_error *error)
{
    size_t *count = context;

    if (count)
        ++*count;
    fprintf(stderr, "giftrule: %s", error->file);
    if (error->line > 0)
        fprintf(stderr, ":%u", error->line);
    fprintf(stderr, "%s%s\n", error->file[0] ? ": " : "", error->message);
    if (error->hint[0])
        fprintf(stderr, "  %s\n", error->hint);
}

static int exit_of(gr_status status)
{
    return status == GR_OK                              ? GR_EXIT_CLEAN
           : status == GR_EUSAGE                        ? GR_EXIT_USAGE
           : status == GR_EINPUT || status == GR_ELIMIT ? GR_EXIT_INPUT
           : status == GR_EBUG                          ? GR_EXIT_BUG
                                                        : GR_EXIT_SYSTEM;
}

int gr_serve_give_up(gr_status status, const gr_error *err)
{
    print_error(NULL, err);
    return exit_of(status);
}

int gr_serve_wrong(const char *what, const char *hint)
{
    fprintf(stderr, "giftrule: %s\n  %s\n", what, hint);
    return GR_EXIT_USAGE;
}

static void print_usage(FILE *to)
{
    fputs(
        "usage: giftrule serve --ledger FILE [OPTION]...\n"
        "       giftrule serve user add NAME --role ROLE --ledger FILE\n"
        "       giftrule serve user change|password|close NAME --ledger FILE\n"
        "       giftrule serve user list --ledger FILE\n"
        "       giftrule serve token add NAME --scopes WORDS --ledger FILE\n"
        "       giftrule serve token close NAME --ledger FILE\n"
        "       giftrule serve token list --ledger FILE\n\n"
        "Answers before gifts, over HTTP: people on pages, where they sign in; other systems by\n"
        "tokens, POST /api/v1/check, reserve and more, which GET /api/v1/openapi.json describes.\n"
        "/health and /metrics tell how it does. user add and password read a password from\n"
        "the terminal, or a line of standard input. SIGTERM ends it in order, SIGHUP begins a new "
        "log.\n\n"
        "options:\n"
        "  --ledger FILE     the ledger\n"
        "  --rules DIR       the folder of rule files\n"
        "  --set NAME=VALUE  replace one choice of the policy\n"
        "  --listen ADDRESS  127.0.0.1:8220 by default; port 0: the system picks one\n"
        "  --cert FILE       certificate for TLS, with\n"
        "  --key FILE        its key\n"
        "  --behind-proxy    a proxy before it speaks TLS, and tells X-Forwarded-For\n"
        "  --proxy-user NAME header in which a proxy says whom it has signed in, with\n"
        "  --proxy-from ADDRESS  that proxy's address; others are not believed\n"
        "  --access-log FILE one line of JSON for each call; -: standard error\n"
        "  --role ROLE       executive, supervisor, officer, auditor or administrator\n"
        "  --giver ID        of a user: the account executive that it is\n"
        "  --shown NAME      of a user: the name that others see\n"
        "  --scopes WORDS    of a token: check reserve findings decide reports\n"
        "  --author NAME     who makes it, for the trail\n"
        "  --format F        list: text or json\n",
        to);
}

/* ---- options ---- */

static bool take_setting(arguments *a, char *value)
{
    char *equals = strchr(value, '=');

    if (!equals || equals == value || a->setting_count == GR_WEB_SETTINGS)
        return false;
    *equals = '\0';
    a->setting[a->setting_count++] = (gr_setting){ value, equals + 1 };
    return true;
}

static int read_arguments(int argc, char **argv, arguments *a)
{
    static const struct option table[] = {
        { "ledger", 1, NULL, 'l' },     { "rules", 1, NULL, 'r' },
        { "set", 1, NULL, 's' },        { "listen", 1, NULL, 1 },
        { "cert", 1, NULL, 2 },         { "key", 1, NULL, 3 },
        { "behind-proxy", 0, NULL, 4 }, { "access-log", 1, NULL, 5 },
        { "author", 1, NULL, 'a' },     { "scopes", 1, NULL, 6 },
        { "role", 1, NULL, 7 },         { "giver", 1, NULL, 8 },
        { "shown", 1, NULL, 9 },        { "proxy-user", 1, NULL, 10 },
        { "proxy-from", 1, NULL, 11 },  { "format", 1, NULL, 'f' },
        { "help", 0, NULL, 'h' },       { NULL, 0, NULL, 0 }
    };
    const char **const texts[] = { NULL,      &a->listen, &a->cert,       &a->key,
                                   NULL,      &a->log,    &a->scopes,     &a->role,
                                   &a->giver, &a->shown,  &a->proxy_user, &a->proxy_from };
    int found;

    opterr = 0;
    while ((found = getopt_long(argc, argv, ":l:r:s:a:f:h", table, NULL)) != -1) {
        if (found == 'h') {
            print_usage(stdout);
            exit(GR_EXIT_CLEAN);
        } else if (found == 'l') {
            a->ledger = optarg;
        } else if (found == 'r') {
            a->rules = optarg;
        } else if (found == 'a') {
            a->author = optarg;
        } else if (found == 'f') {
            a->format = optarg;
        } else if (found == 4) {
            a->behind_proxy = true;
        } else if (found == 's') {
            if (!take_setting(a, optarg))
                return gr_serve_wrong("a setting is not NAME=VALUE",
                                      "write it like --set period=fiscal");
        } else if (found > 0 && found <= 11) {
            *texts[found] = optarg;
        } else {
            return gr_serve_wrong(found == ':' ? "an option needs a value"
                                               : "there is an unknown option",
                                  "see: giftrule serve --help");
        }
    }
    a->rest = argv + optind;
    a->rest_count = argc - optind;
    return a->ledger ? GR_EXIT_CLEAN
                     : gr_serve_wrong("it is not said which ledger", "name it by --ledger");
}

const char *gr_serve_author(const gr_serve_arguments *a)
{
    const char *named = getenv("GIFTRULE_AUTHOR");
    const struct passwd *login = getpwuid(geteuid());

    if (a->author)
        return a->author;
    return named && *named ? named : login ? login->pw_name : "";
}

static bool has_rules(const char *dir)
{
    char name[4096];

    return snprintf(name, sizeof name, "%s/policy.xml", dir) < (int)sizeof name &&
           access(name, R_OK) == 0;
}

/* As giftrule finds it. */
static const char *find_rules(const arguments *a, char *room, size_t size)
{
    static const char *const places[] = { "../rules", "../share/giftrule/rules" };
    const char *named = getenv("GIFTRULE_RULES");
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    char *slash;

    if (a->rules)
        return a->rules;
    if (named && *named)
        return named;
    if (has_rules("rules"))
        return "rules";
    self[n > 0 ? n : 0] = '\0';
    slash = strrchr(self, '/');
    if (slash)
        *slash = '\0';
    for (size_t i = 0; slash && i < 2; i++)
        if (snprintf(room, size, "%s/%s", self, places[i]) < (int)size && has_rules(room))
            return room;
    return NULL;
}

/* ---- serving ---- */

static int open_log(const arguments *a, FILE **out)
{
    if (!a->log)
        return GR_EXIT_CLEAN;
    *out = strcmp(a->log, "-") == 0 ? stderr : fopen(a->log, "ae");
    return *out ? GR_EXIT_CLEAN : gr_serve_wrong("the access log cannot be written", a->log);
}

static int wait_for_end(gr_server *server, const gr_server_options *options, const char *log,
                        const sigset_t *signals)
{
    const struct timespec second = { 1, 0 };
    bool has_log = options->access_log && options->access_log != stderr;
    int got = 0;

    printf("listening on %s\n", gr_server_address(server));
    fflush(stdout);
    while (got != SIGTERM && got != SIGINT) {
        got = sigtimedwait(signals, NULL, &second);
        if (got == SIGHUP && has_log && !gr_server_reopen_log(server, log))
            fprintf(stderr, "giftrule-serve: %s: a new log cannot be written\n", log);
        gr_server_tend(server);
    }
    gr_server_stop(server);
    return GR_EXIT_CLEAN;
}

static int run_server(const arguments *a, const gr_rules *rules, const char *dir,
                      const sigset_t *signals)
{
    gr_server_options options = { .ledger = a->ledger,
                                  .rules_dir = dir,
                                  .listen = a->listen ? a->listen : "127.0.0.1:8220",
                                  .cert = a->cert,
                                  .key = a->key,
                                  .behind_proxy = a->behind_proxy,
                                  .proxy_user = a->proxy_user,
                                  .proxy_from = a->proxy_from };
    gr_error err = { .status = GR_OK };
    gr_server *server = NULL;
    int result = open_log(a, &options.access_log);

    if (result != GR_EXIT_CLEAN)
        return result;
    if (gr_server_start(rules, &options, &server, &err) == GR_OK)
        result = wait_for_end(server, &options, a->log, signals);
    else
        result = gr_serve_give_up(err.status, &err);
    return result;
}

/* Signals are waited for; threads that are started later do not get them. */
static void block_signals(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGINT);
    sigaddset(signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static int serve(const arguments *a)
{
    char room[4096];
    const char *dir = find_rules(a, room, sizeof room);
    gr_rules *rules = NULL;
    gr_error err = { .status = GR_OK };
    size_t told = 0;
    sigset_t signals;
    int result;

    if (a->rest_count > 0)
        return gr_serve_wrong("there is more than can be used", "see: giftrule serve --help");
    if (!a->proxy_user != !a->proxy_from)
        return gr_serve_wrong("--proxy-user and --proxy-from need each other",
                              "name the header, and the proxy that is believed");
    if (!dir)
        return gr_serve_wrong("no rule folder is found", "name it by --rules DIR");
    if (gr_rules_load(dir, a->setting, a->setting_count, print_error, &told, &rules, &err) != GR_OK)
        return told > 0 ? exit_of(err.status) : gr_serve_give_up(err.status, &err);
    block_signals(&signals);
    result = run_server(a, rules, dir, &signals);
    gr_rules_free(rules);
    return result;
}

int main(int argc, char **argv)
{
    arguments a = { .ledger = NULL };
    int result = read_arguments(argc, argv, &a);

    if (result != GR_EXIT_CLEAN)
        return result;
    if (a.rest_count > 0 && strcmp(a.rest[0], "token") == 0)
        return gr_serve_token(&a);
    return a.rest_count > 0 && strcmp(a.rest[0], "user") == 0 ? gr_serve_user(&a) : serve(&a);
}
