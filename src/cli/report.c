/* src/cli/report.c - giftrule report: what the ledger knows, or knew. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

static const char *ledger_of(const gr_arguments *arguments)
{
    const char *named = arguments->ledger;

    if (!named && arguments->rest_count == 1)
        return arguments->rest[0];
    if (named && arguments->rest_count == 0)
        return named;
    fprintf(stderr, "giftrule: %s\n  write it like giftrule report --ledger gifts.db\n",
            named || arguments->rest_count > 0 ? "a report is made from one ledger"
                                               : "it is not said from which ledger");
    return NULL;
}

int gr_cmd_report(const gr_arguments *arguments)
{
    gr_recall_options options = { .ledger = ledger_of(arguments),
                                  .as_known_on = arguments->as_known_on,
                                  .since = arguments->since };
    gr_report *report = NULL;
    char room[4096];
    gr_report_style style;
    gr_error err;
    gr_status status;
    int result;

    if (!options.ledger || !gr_read_style(arguments, GR_FORMAT_JSON, &style))
        return GR_EXIT_USAGE;
    options.rules = gr_rules_folder_find(arguments, room, sizeof room);
    status = gr_report_recall(&options, &report, &err);
    if (status != GR_OK)
        return gr_give_up(status, &err);
    result = gr_give_report(report, arguments, &style);
    gr_report_free(report);
    return result;
}
