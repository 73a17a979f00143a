/* src/cli/ledger_verify.c - giftrule ledger verify. */
#include "cli/command.h"

int gr_cmd_ledger_verify(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 0);
    gr_report_style style;
    bool is_whole = false;
    gr_error err;
    gr_status status;

    if (!ledger || !gr_read_style(arguments, GR_FORMAT_JSON, &style))
        return GR_EXIT_USAGE;
    status = gr_verify(ledger, arguments->seal, arguments->public_key, &style, gr_to_stdout, NULL,
                       &is_whole, &err);
    if (status != GR_OK)
        return gr_ledger_give_up(status, &err);
    return gr_end_stdout(status, &err, is_whole ? GR_EXIT_CLEAN : GR_EXIT_FINDINGS);
}
