/* src/cli/ledger_retention.c - giftrule ledger retention, hold, release and dispose. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>

static int retain(const gr_arguments *arguments, const char *ledger, bool removes)
{
    gr_retention_options options = { .ledger = ledger,
                                     .author = gr_author(arguments),
                                     .as_of = arguments->as_of,
                                     .before = arguments->before,
                                     .reason = arguments->reason,
                                     .removes = removes };
    gr_report_style style = { .width = gr_terminal_width(), .colour = gr_terminal_has_colour() };
    gr_rules *rules;
    gr_error err;
    gr_status status;
    int result = gr_load_rules(arguments, &rules);

    if (result != GR_EXIT_CLEAN)
        return result;
    status = gr_retain(rules, &options, &style, gr_to_stdout, NULL, &err);
    result = status == GR_OK ? gr_end_stdout(GR_OK, &err, GR_EXIT_CLEAN)
                             : gr_ledger_give_up(status, &err);
    gr_rules_free(rules);
    return result;
}

int gr_cmd_ledger_retention(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 0);

    return ledger ? retain(arguments, ledger, false) : GR_EXIT_USAGE;
}

int gr_cmd_ledger_dispose(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 0);
    int result;

    if (!ledger)
        return GR_EXIT_USAGE;
    if (arguments->due == (arguments->before != NULL)) {
        fprintf(stderr, "giftrule: say what is to go\n  --due for all that is due, or --before DAY "
                        "for what of it was given before that day\n");
        return GR_EXIT_USAGE;
    }
    result = retain(arguments, ledger, arguments->yes);
    if (result == GR_EXIT_CLEAN && !arguments->yes)
        printf(
            "\nNothing was changed. With --yes and --reason TEXT they are disposed of for good.\n");
    return result;
}

static int hold(const gr_hold_options *options)
{
    int64_t number;
    gr_error err;
    gr_status status = gr_hold(options, &number, &err);

    if (status != GR_OK)
        return gr_ledger_give_up(status, &err);
    if (number > 0)
        printf("hold %lld\n", (long long)number);
    return gr_end_stdout(GR_OK, &err, GR_EXIT_CLEAN);
}

int gr_cmd_ledger_hold(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 0);
    const struct {
        const char *kind, *value;
    } kinds[] = { { "gift", arguments->gift },
                  { "giver", arguments->giver },
                  { "recipient", arguments->recipient },
                  { "all", arguments->all ? "" : NULL } };
    gr_hold_options options = { ledger, gr_author(arguments), NULL, NULL, arguments->reason, 0 };
    int given = 0;

    if (!ledger)
        return GR_EXIT_USAGE;
    for (int i = 0; i < 4; i++) {
        if (!kinds[i].value)
            continue;
        options.kind = kinds[i].kind;
        options.value = kinds[i].value;
        given++;
    }
    if (given == 1)
        return hold(&options);
    fprintf(stderr, "giftrule: say what is to be held\n  one of --gift ID, --giver ID, --recipient "
                    "ID, --all\n");
    return GR_EXIT_USAGE;
}

int gr_cmd_ledger_release(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 1);
    gr_hold_options options = { ledger, gr_author(arguments), NULL, NULL, arguments->reason, 0 };
    char *end = NULL;

    if (!ledger)
        return GR_EXIT_USAGE;
    options.release = strtoll(arguments->rest[1], &end, 10);
    if (*end == '\0' && options.release > 0)
        return hold(&options);
    fprintf(stderr, "giftrule: '%s' is no number of a hold\n  see: giftrule ledger retention\n",
            arguments->rest[1]);
    return GR_EXIT_USAGE;
}
