/* src/cli/arguments.c - options by the table of the command, read with getopt_long. */
#define _GNU_SOURCE /* getopt_long */
#include "cli/command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIRST_LONG = 256 }; /* options are told apart by 256 and their place in the table */

static void make_tables(const gr_command *command, struct option *table, char *letters)
{
    size_t n = 0, k = 0;

    letters[k++] = ':';
    for (; n < GR_MAX_OPTIONS && command->option[n].name; n++) {
        const gr_option *o = &command->option[n];

        table[n] = (struct option){ o->name, o->argument ? required_argument : no_argument, NULL,
                                    FIRST_LONG + (int)n };
        if (o->letter) {
            letters[k++] = o->letter;
            if (o->argument)
                letters[k++] = ':';
        }
    }
    table[n] = (struct option){ "help", no_argument, NULL, FIRST_LONG + GR_MAX_OPTIONS };
    letters[k++] = 'h';
    letters[k] = '\0';
}

static const gr_option *find_option(const gr_command *command, int found)
{
    if (found >= FIRST_LONG && found < FIRST_LONG + GR_MAX_OPTIONS)
        return &command->option[found - FIRST_LONG];
    for (size_t i = 0; i < GR_MAX_OPTIONS && command->option[i].name; i++)
        if (command->option[i].letter == found)
            return &command->option[i];
    return NULL;
}

static bool take_setting(gr_arguments *out, char *value)
{
    char *equals = strchr(value, '=');

    if (!equals || equals == value) {
        fprintf(stderr, "giftrule: '%s' is not NAME=VALUE\n  write it like --set period=fiscal\n",
                value);
        return false;
    }
    if (out->setting_count == GR_MAX_SETTINGS) {
        fprintf(stderr, "giftrule: more than %d choices\n  change policy.xml instead\n",
                GR_MAX_SETTINGS);
        return false;
    }
    *equals = '\0';
    out->setting[out->setting_count++] = (gr_setting){ value, equals + 1 };
    return true;
}

static bool take_option(const gr_command *command, const gr_option *option, char *value,
                        gr_arguments *out)
{
    static const char *const facts_too[] = { "giver", "recipient", "on", "fact" };
    const struct {
        const char *name;
        const char **text;
        bool *flag;
    } targets[] = {
        { "rules", &out->rules, NULL },
        { "ledger", &out->ledger, NULL },
        { "as-of", &out->as_of, NULL },
        { "on", &out->on, NULL },
        { "from", &out->from, NULL },
        { "to", &out->to, NULL },
        { "format", &out->format, NULL },
        { "output", &out->output, NULL },
        { "man", NULL, &out->man },
        { "coverage", NULL, &out->coverage },
        { "quiet", NULL, &out->quiet },
        { "completion", NULL, &out->completion },
        { "against", &out->against, NULL },
        { "as-known-on", &out->as_known_on, NULL },
        { "since", &out->since, NULL },
        { "new", NULL, &out->only_new },
        { "pairs", NULL, &out->pairs },
        { "author", &out->author, NULL },
        { "reason", &out->reason, NULL },
        { "fact", &out->fact, NULL },
        { "gift", &out->gift, NULL },
        { "exempt", &out->exempt, NULL },
        { "accept", NULL, &out->accept },
        { "reopen", NULL, &out->reopen },
        { "seal", &out->seal, NULL },
        { "key", &out->key, NULL },
        { "public-key", &out->public_key, NULL },
        { "before", &out->before, NULL },
        { "finding", &out->finding, NULL },
        { "giver", &out->giver, NULL },
        { "recipient", &out->recipient, NULL },
        { "executive", &out->executive, NULL },
        { "client", &out->client, NULL },
        { "branch", &out->branch, NULL },
        { "rule", &out->rule, NULL },
        { "verdict", &out->verdict, NULL },
        { "role", &out->role, NULL },
        { "table", &out->table, NULL },
        { "subject", NULL, &out->subject },
        { "force", NULL, &out->force },
        { "all", NULL, &out->all },
        { "due", NULL, &out->due },
        { "yes", NULL, &out->yes },
        { "reserve", NULL, &out->reserve },
        { "cancel", &out->cancel, NULL },
        { "given", &out->given, NULL },
    };

    if (strcmp(option->name, "set") == 0)
        return take_setting(out, value);
    for (size_t i = 0; command->states && i < sizeof facts_too / sizeof facts_too[0]; i++)
        if (strcmp(option->name, facts_too[i]) == 0)
            return gr_take_stated(option->name, value, out);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        if (strcmp(targets[i].name, option->name) != 0)
            continue;
        if (targets[i].text)
            *targets[i].text = value;
        else
            *targets[i].flag = true;
        return true;
    }
    return !command->states || gr_take_stated(option->name, value, out);
}

/* Of a command that takes facts: one that has no row in its table, --quantity 2 or --quantity=2. The library knows which
 * facts there are, and which one was nearly meant. False: it is no such
 * option. */
static bool take_other_fact(const gr_command *command, int argc, char **argv, gr_arguments *out,
                            bool *failed)
{
    char *word = argv[optind - 1], *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    char *value = equals ? equals + 1 : optind < argc ? argv[optind] : NULL;

    if (!command->states || strncmp(word, "--", 2) != 0 || word[2] == '\0' || !value ||
        (!equals && strncmp(value, "--", 2) == 0))
        return false;
    for (size_t i = 0; i < GR_MAX_OPTIONS && command->option[i].name; i++)
        if (strlen(command->option[i].name) == length - 2 &&
            strncmp(command->option[i].name, word + 2, length - 2) == 0)
            return false; /* a switch with a value */
    if (equals)
        *equals = '\0';
    else
        optind++;
    *failed = !gr_take_stated(word + 2, value, out);
    return true;
}

bool gr_arguments_read(const gr_command *command, int argc, char **argv, gr_arguments *out)
{
    struct option table[GR_MAX_OPTIONS + 2] = { { 0 } };
    char letters[3 * GR_MAX_OPTIONS + 4];
    int found;

    *out = (gr_arguments){ 0 };
    make_tables(command, table, letters);
    opterr = 0;
    optind = 2;
    while ((found = getopt_long(argc, argv, letters, table, NULL)) != -1) {
        const gr_option *option = find_option(command, found);
        bool failed = false;

        if (found == 'h' || found == FIRST_LONG + GR_MAX_OPTIONS) {
            gr_print_usage(command);
            exit(GR_EXIT_CLEAN);
        }
        if (found == '?' && take_other_fact(command, argc, argv, out, &failed)) {
            if (failed)
                return false;
            continue;
        }
        if (!option) {
            fprintf(stderr, "giftrule: '%s' %s\n  see: giftrule help %s\n", argv[optind - 1],
                    found == ':' ? "needs a value" : "is not an option of this command",
                    command->name);
            return false;
        }
        if (!take_option(command, option, optarg, out))
            return false;
    }
    out->rest = argv + optind;
    out->rest_count = argc - optind;
    return true;
}

/* ---- who ---- */

/* ---- the rule folder ---- */

static bool has_rules(const char *dir)
{
    char name[4096];

    return snprintf(name, sizeof name, "%s/policy.xml", dir) < (int)sizeof name &&
           access(name, R_OK) == 0;
}

/* rules/ beside the folder of the program, as built, or share/giftrule/rules, as installed. */
static bool find_beside_program(char *room, size_t size)
{
    static const char *const places[] = { "../rules", "../share/giftrule/rules" };
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    char *slash;

    if (n <= 0)
        return false;
    self[n] = '\0';
    slash = strrchr(self, '/');
    if (!slash)
        return false;
    *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (snprintf(room, size, "%s/%s", self, places[i]) < (int)size && has_rules(room))
            return true;
    return false;
}

const char *gr_rules_folder_find(const gr_arguments *arguments, char *room, size_t size)
{
    const char *named = getenv("GIFTRULE_RULES");

    if (arguments->rules)
        return arguments->rules;
    if (named && *named)
        return named;
    if (has_rules("rules")) /* the shorter name makes the better message */
        return "rules";
    return find_beside_program(room, size) ? room : NULL;
}

const char *gr_rules_folder(const gr_arguments *arguments, char *room, size_t size)
{
    const char *folder = gr_rules_folder_find(arguments, room, size);

    if (!folder)
        fprintf(stderr, "giftrule: no rule folder is found\n  name it by --rules DIR\n");
    return folder;
}
