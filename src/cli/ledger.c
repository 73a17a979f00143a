/* src/cli/ledger.c - giftrule ledger: one row for each thing that can be done with a ledger. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(const gr_arguments *arguments);
    const char *help; /* one line */
} actions[] = {
    { "resolve", gr_cmd_ledger_resolve, "decide on a finding" },
};

int gr_cmd_ledger(const gr_arguments *arguments)
{
    const char *action = arguments->rest_count > 0 ? arguments->rest[0] : "";

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(actions[i].name, action) == 0)
            return actions[i].run(arguments);
    fputs("giftrule: say what to do with the ledger\n  one of:", stderr);
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        fprintf(stderr, "%s giftrule ledger %s (%s)", i ? "," : "", actions[i].name,
                actions[i].help);
    fputc('\n', stderr);
    return GR_EXIT_USAGE;
}
