/* src/cli/ledger.c - giftrule ledger: the actions as a table, each in a file of its own. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

typedef struct action {
    const char *name, *usage;
    int (*run)(const gr_arguments *arguments);
} action;

static const action actions[] = {
    { "verify", "[--seal FILE] LEDGER", gr_cmd_ledger_verify },
    { "history", "[--gift ID | --finding ID | --recipient NAME] LEDGER", gr_cmd_ledger_history },
    { "resolve", "FINDING --fact NAME=VALUE|--accept|--exempt NUMBER|--reopen --reason TEXT LEDGER",
      gr_cmd_ledger_resolve },
    { "diff", "A B LEDGER", gr_cmd_ledger_diff },
    { "key", "-o FILE", gr_cmd_ledger_key },
    { "seal", "--key FILE [-o FILE] LEDGER", gr_cmd_ledger_seal },
    { "backup", "-o FILE LEDGER", gr_cmd_ledger_backup },
    { "retention", "[--as-of DAY] LEDGER", gr_cmd_ledger_retention },
    { "hold", "--gift ID|--giver ID|--recipient ID|--all --reason TEXT LEDGER",
      gr_cmd_ledger_hold },
    { "release", "HOLD --reason TEXT LEDGER", gr_cmd_ledger_release },
    { "dispose", "--due|--before DAY [--yes --reason TEXT] LEDGER", gr_cmd_ledger_dispose },
    { "restore", "--from FILE [--force --reason TEXT] LEDGER", gr_cmd_ledger_restore },
};

enum { ACTIONS = sizeof actions / sizeof actions[0] };

const char *gr_ledger_named(const gr_arguments *arguments, int taken)
{
    int more = arguments->rest_count - 1 - taken;

    if (more == 0 && arguments->ledger)
        return arguments->ledger;
    if (more == 1 && !arguments->ledger)
        return arguments->rest[1 + taken];
    if (more == 0 && taken == 0)
        fprintf(stderr, "giftrule: no ledger is named\n  name it by --ledger FILE\n");
    else if (more <= 0)
        fprintf(stderr, "giftrule: something is missing\n  see: giftrule help ledger\n");
    else
        fprintf(stderr,
                "giftrule: '%s' is more than this action takes\n  see: giftrule help ledger\n",
                arguments->rest[arguments->rest_count - 1]);
    return NULL;
}

int gr_ledger_give_up(gr_status status, const gr_error *error)
{
    int result = gr_give_up(status, error);

    return result == GR_EXIT_INPUT ? GR_EXIT_SYSTEM : result;
}

int gr_cmd_ledger(const gr_arguments *arguments)
{
    const char *name = arguments->rest_count > 0 ? arguments->rest[0] : "";

    for (size_t i = 0; i < ACTIONS; i++)
        if (strcmp(actions[i].name, name) == 0)
            return actions[i].run(arguments);
    fprintf(stderr, "giftrule: say what to do with the ledger\n  one of:\n");
    for (size_t i = 0; i < ACTIONS; i++)
        fprintf(stderr, "    giftrule ledger %s %s\n", actions[i].name, actions[i].usage);
    return GR_EXIT_USAGE;
}
