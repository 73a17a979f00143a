/* src/cli/people.c - giftrule people: the actions as a table, each in a file of its own. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

typedef struct action {
    const char *name, *usage;
    int (*run)(const gr_arguments *arguments);
} action;

static const action actions[] = {
    { "roster", "[--ledger LEDGER] FILE...", gr_cmd_people_roster },
};

enum { ACTIONS = sizeof actions / sizeof actions[0] };

int gr_cmd_people(const gr_arguments *arguments)
{
    const char *name = arguments->rest_count > 0 ? arguments->rest[0] : "";

    for (size_t i = 0; i < ACTIONS; i++)
        if (strcmp(actions[i].name, name) == 0)
            return actions[i].run(arguments);
    fprintf(stderr, "giftrule: say what to do about people\n  one of:\n");
    for (size_t i = 0; i < ACTIONS; i++)
        fprintf(stderr, "    giftrule people %s %s\n", actions[i].name, actions[i].usage);
    return GR_EXIT_USAGE;
}
