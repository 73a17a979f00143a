/* src/cli/ledger_diff.c - giftrule ledger diff. */
#include "cli/command.h"

int gr_cmd_ledger_diff(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 2);
    gr_report_style style;
    bool differs = false;
    gr_error err;
    gr_status status;

    if (!ledger || !gr_read_style(arguments, GR_FORMAT_JSON, &style))
        return GR_EXIT_USAGE;
    status = gr_compare(ledger, arguments->rest[1], arguments->rest[2], &style, gr_to_stdout, NULL,
                        &differs, &err);
    if (status != GR_OK)
        return gr_ledger_give_up(status, &err);
    return gr_end_stdout(GR_OK, &err, differs ? GR_EXIT_FINDINGS : GR_EXIT_CLEAN);
}
