/* src/cli/people_roster.c - giftrule people roster. */
#include "cli/command.h"

#include <stdio.h>

int gr_cmd_people_roster(const gr_rules *rules, const gr_arguments *arguments,
                         const gr_report_style *style)
{
    gr_roster_options options = { .inputs = (const char *const *)arguments->rest + 1,
                                  .input_count = (size_t)arguments->rest_count - 1,
                                  .ledger = arguments->ledger,
                                  .author = gr_author(arguments) };
    gr_roster_counts counts = { 0 };
    gr_error err;
    gr_status status;
    int done;

    if (arguments->rest_count < 2) {
        fprintf(stderr, "giftrule: no roster is named\n"
                        "  name files or folders, or - for standard input\n");
        return GR_EXIT_USAGE;
    }
    status = gr_roster_tell(rules, &options, style, gr_to_stdout, NULL, &counts, &err);
    done = counts.errors > 0 ? GR_EXIT_FINDINGS : GR_EXIT_CLEAN;
    if (counts.refused > 0 || (options.ledger && !counts.kept))
        done = GR_EXIT_INPUT;
    return gr_end_stdout(status, &err, done);
}
