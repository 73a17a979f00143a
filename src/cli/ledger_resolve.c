/* src/cli/ledger_resolve.c - giftrule ledger resolve: what an officer decides on a finding. */
#include "cli/command.h"

#include <stdio.h>

static int resolve(const gr_rules *rules, const gr_arguments *arguments,
                   const gr_report_style *style)
{
    gr_resolve_options options = { .ledger = arguments->ledger,
                                   .finding = arguments->rest[1],
                                   .reason = arguments->reason,
                                   .author = gr_author(arguments),
                                   .fact = arguments->fact,
                                   .gift = arguments->gift,
                                   .accept = arguments->accept,
                                   .exempt = arguments->exempt,
                                   .reopen = arguments->reopen };
    gr_resolution *resolution = NULL;
    gr_error err;
    gr_status status = gr_resolve(rules, &options, &resolution, &err);

    if (status != GR_OK)
        return gr_give_up(status, &err);
    status = gr_resolution_write(resolution, style, gr_to_stdout, NULL, &err);
    gr_resolution_free(resolution);
    return gr_end_stdout(status, &err, GR_EXIT_CLEAN);
}

int gr_cmd_ledger_resolve(const gr_arguments *arguments)
{
    gr_report_style style;
    gr_rules *rules;
    int result;

    if (arguments->rest_count != 2) {
        fprintf(stderr,
                "giftrule: %s\n  name the finding, as the report prints it: F-0123456789ab\n",
                arguments->rest_count < 2 ? "it is not said which finding is resolved"
                                          : "one finding is resolved at a time");
        return GR_EXIT_USAGE;
    }
    if (!gr_read_style(arguments, GR_FORMAT_JSON, &style))
        return GR_EXIT_USAGE;
    result = gr_load_rules(arguments, &rules);
    if (result != GR_EXIT_CLEAN)
        return result;
    result = resolve(rules, arguments, &style);
    gr_rules_free(rules);
    return result;
}
