/* src/cli/ledger_history.c - giftrule ledger history. */
#include "cli/command.h"

#include <stdio.h>

int gr_cmd_ledger_history(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 0);
    gr_history_options options = { ledger, arguments->gift, arguments->finding,
                                   arguments->recipient };
    gr_report_style style;
    gr_error err;
    gr_status status;

    if (!ledger || !gr_read_style(arguments, GR_FORMAT_JSON, &style))
        return GR_EXIT_USAGE;
    if ((options.gift != NULL) + (options.finding != NULL) + (options.recipient != NULL) > 1) {
        fprintf(stderr, "giftrule: one thing at a time\n  give --gift, --finding or --recipient\n");
        return GR_EXIT_USAGE;
    }
    status = gr_history_tell(&options, &style, gr_to_stdout, NULL, &err);
    return gr_end_stdout(status, &err, GR_EXIT_CLEAN);
}
