/* src/web/main.c - giftrule-serve: the desk over HTTP; accounts and tokens for it. giftrule serve runs it. */
#define _GNU_SOURCE /* getopt_long */
#include "web/server.h"

#include <getopt.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { GR_EXIT_CLEAN, GR_EXIT_USAGE = 2, GR_EXIT_INPUT = 3, GR_EXIT_SYSTEM = 4, GR_EXIT_BUG = 5 };
enum { MOST_SETTINGS = 32 };

typedef struct arguments {
    const char *ledger, *rules, *listen, *cert, *key, *log, *author, *scopes, *format;
    const char *role, *giver, *shown;
    bool behind_proxy;
    gr_setting setting[MOST_SETTINGS];
    size_t setting_count;
    char **rest;
    int rest_count;
} arguments;

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

static int give_up(gr_status status, const gr_error *err)
{
    print_error(NULL, err);
    return exit_of(status);
}

static int wrong(const char *what, const char *hint)
{
    fprintf(stderr, "giftrule: %s\n  %s\n", what, hint);
    return GR_EXIT_USAGE;
}

static void print_usage(FILE *to)
{
    fputs(
        "usage: giftrule serve --ledger FILE [OPTION]...\n"
        "       giftrule serve token add NAME --scopes WORDS --ledger FILE\n"
        "       giftrule serve token close NAME --ledger FILE\n"
        "       giftrule serve token list --ledger FILE\n\n"
        "Answers other systems before gifts, over HTTP: POST /api/v1/check, reserve and more, by\n"
        "tokens; GET /api/v1/openapi.json describes it, /health and /metrics tell how it does.\n\n"
        "options:\n"
        "  --ledger FILE     the ledger\n"
        "  --rules DIR       the folder of rule files\n"
        "  --set NAME=VALUE  replace one choice of the policy\n"
        "  --listen ADDRESS  127.0.0.1:8220 by default; port 0: the system picks one\n"
        "  --cert FILE       certificate for TLS, with\n"
        "  --key FILE        its key\n"
        "  --behind-proxy    a proxy before it speaks TLS\n"
        "  --access-log FILE one line of JSON for each call; -: standard error\n"
        "  --scopes WORDS    of a token: check reserve findings decide reports\n"
        "  --author NAME     who makes it, for the trail\n"
        "  --format F        list: text or json\n",
        to);
}

/* ---- options ---- */

static bool take_setting(arguments *a, char *value)
{
    char *equals = strchr(value, '=');

    if (!equals || equals == value || a->setting_count == MOST_SETTINGS)
        return false;
    *equals = '\0';
    a->setting[a->setting_count++] = (gr_setting){ value, equals + 1 };
    return true;
}

static int read_arguments(int argc, char **argv, arguments *a)
{
    static const struct option table[] = {
        { "ledger", 1, NULL, 'l' },   { "rules", 1, NULL, 'r' },
        { "set", 1, NULL, 's' },      { "role", 1, NULL, 7 },
        { "giver", 1, NULL, 8 },      { "shown", 1, NULL, 9 },
        { "listen", 1, NULL, 1 },     { "cert", 1, NULL, 2 },
        { "key", 1, NULL, 3 },        { "behind-proxy", 0, NULL, 4 },
        { "access-log", 1, NULL, 5 }, { "author", 1, NULL, 'a' },
        { "scopes", 1, NULL, 6 },     { "format", 1, NULL, 'f' },
        { "help", 0, NULL, 'h' },     { NULL, 0, NULL, 0 }
    };
    const char **const texts[] = { NULL,    &a->listen, &a->cert, &a->key,   NULL,
                                   &a->log, &a->scopes, &a->role, &a->giver, &a->shown };
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
                return wrong("a setting is not NAME=VALUE", "write it like --set period=fiscal");
        } else if (found > 0 && found <= 9) {
            *texts[found] = optarg;
        } else {
            return wrong(found == ':' ? "an option needs a value" : "there is an unknown option",
                         "see: giftrule serve --help");
        }
    }
    a->rest = argv + optind;
    a->rest_count = argc - optind;
    return a->ledger ? GR_EXIT_CLEAN : wrong("it is not said which ledger", "name it by --ledger");
}

static const char *author_of(const arguments *a)
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

/* ---- tokens ---- */

static bool to_stdout(void *context, const char *bytes, size_t length)
{
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length;
}

static int add_token(const arguments *a, const gr_account_options *options)
{
    char token[64];
    gr_error err = { .status = GR_OK };

    if (!a->scopes)
        return wrong("it is not said what the token is for", "give --scopes 'check reserve'");
    if (gr_token_keep(options, token, &err) != GR_OK)
        return give_up(err.status, &err);
    printf("%s\n", token);
    fputs("It is told this once: only its digest is kept.\n", stderr);
    return GR_EXIT_CLEAN;
}

static int run_token(const arguments *a)
{
    const gr_report_style style = { .format = a->format && strcmp(a->format, "json") == 0
                                                  ? GR_FORMAT_JSON
                                                  : GR_FORMAT_TEXT };
    const char *deed = a->rest_count > 1 ? a->rest[1] : "";
    gr_account_options options = { .ledger = a->ledger,
                                   .author = author_of(a),
                                   .name = a->rest_count > 2 ? a->rest[2] : NULL,
                                   .scopes = a->scopes };
    gr_error err = { .status = GR_OK };
    gr_status status;

    if (strcmp(deed, "list") == 0 && a->rest_count == 2) {
        status = gr_accounts_tell(a->ledger, &style, to_stdout, NULL, &err);
        return status == GR_OK ? GR_EXIT_CLEAN : give_up(status, &err);
    }
    if (a->rest_count != 3 || (strcmp(deed, "add") != 0 && strcmp(deed, "close") != 0))
        return wrong("it is not said what to do",
                     "token add NAME, token close NAME, or token list");
    if (strcmp(deed, "add") == 0)
        return add_token(a, &options);
    options.closes = true;
    status = gr_account_keep(&options, &err);
    return status == GR_OK ? GR_EXIT_CLEAN : give_up(status, &err);
}

/* ---- accounts ---- */

/* One line of standard input; not shown where a person types it. */
static bool read_password(char *out, size_t size)
{
    struct termios before, silent;
    bool is_person = tcgetattr(STDIN_FILENO, &before) == 0;

    if (is_person) {
        fputs("Password: ", stderr);
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    if (!fgets(out, (int)size, stdin))
        out[0] = '\0';
    if (is_person) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    out[strcspn(out, "\n")] = '\0';
    return out[0] != '\0';
}

static int keep_user(const arguments *a, const char *deed)
{
    char password[1024] = "";
    gr_account_options options = { .ledger = a->ledger,
                                   .author = author_of(a),
                                   .name = a->rest[2],
                                   .shown = a->shown,
                                   .role = a->role,
                                   .giver = a->giver,
                                   .closes = strcmp(deed, "close") == 0 };
    gr_error err = { .status = GR_OK };
    gr_status status;

    if (strcmp(deed, "change") != 0 && !options.closes && !read_password(password, sizeof password))
        return wrong("there is no password", "type it, or give it as a line of standard input");
    options.password = password[0] ? password : NULL;
    status = gr_account_keep(&options, &err);
    explicit_bzero(password, sizeof password);
    return status == GR_OK ? GR_EXIT_CLEAN : give_up(status, &err);
}

static int run_user(const arguments *a)
{
    const char *deed = a->rest_count > 1 ? a->rest[1] : "";

    if (strcmp(deed, "list") == 0 && a->rest_count == 2)
        return run_token(a); /* they stand in one list */
    if (a->rest_count != 3 || (strcmp(deed, "add") != 0 && strcmp(deed, "password") != 0 &&
                               strcmp(deed, "change") != 0 && strcmp(deed, "close") != 0))
        return wrong(
            "it is not said what to do",
            "user add NAME, user change NAME, user password NAME, user close NAME, or user list");
    return keep_user(a, deed);
}

/* ---- serving ---- */

static int open_log(const arguments *a, FILE **out)
{
    if (!a->log)
        return GR_EXIT_CLEAN;
    *out = strcmp(a->log, "-") == 0 ? stderr : fopen(a->log, "ae");
    return *out ? GR_EXIT_CLEAN : wrong("the access log cannot be written", a->log);
}

static int wait_for_end(gr_server *server, const sigset_t *signals)
{
    int got;

    printf("listening on %s\n", gr_server_address(server));
    fflush(stdout);
    sigwait(signals, &got);
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
                                  .behind_proxy = a->behind_proxy };
    gr_error err = { .status = GR_OK };
    gr_server *server = NULL;
    int result = open_log(a, &options.access_log);

    if (result != GR_EXIT_CLEAN)
        return result;
    if (gr_server_start(rules, &options, &server, &err) == GR_OK)
        result = wait_for_end(server, signals);
    else
        result = give_up(err.status, &err);
    if (options.access_log && options.access_log != stderr)
        fclose(options.access_log);
    return result;
}

/* Signals are waited for; threads that are started later do not get them. */
static void block_signals(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGINT);
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
        return wrong("there is more than can be used", "see: giftrule serve --help");
    if (!dir)
        return wrong("no rule folder is found", "name it by --rules DIR");
    if (gr_rules_load(dir, a->setting, a->setting_count, print_error, &told, &rules, &err) != GR_OK)
        return told > 0 ? exit_of(err.status) : give_up(err.status, &err);
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
        return run_token(&a);
    return a.rest_count > 0 && strcmp(a.rest[0], "user") == 0 ? run_user(&a) : serve(&a);
}
