/* src/cli/explain.c - giftrule explain: how one finding was reached. */
#include "cli/command.h"

#include <stdio.h>

static int write_out(const gr_explanation *explanation, const gr_report_style *style)
{
    gr_error err;
    gr_status status = gr_explanation_write(explanation, style, gr_to_stdout, NULL, &err);

    int result = gr_end_stdout(status, &err, GR_EXIT_CLEAN);

    if (result != GR_EXIT_CLEAN)
        return result;
    for (size_t i = 0; gr_explanation_refusal(explanation, i); i++)
        gr_print_error(gr_explanation_refusal(explanation, i));
    return gr_explanation_refusal(explanation, 0) ? GR_EXIT_INPUT : GR_EXIT_CLEAN;
}

static int explain(const gr_rules *rules, const gr_arguments *arguments,
                   const gr_report_style *style)
{
    gr_audit_options options = { .inputs = (const char *const *)arguments->rest + 1,
                                 .input_count = (size_t)arguments->rest_count - 1,
                                 .ledger = arguments->ledger,
                                 .from = arguments->from,
                                 .to = arguments->to };
    gr_explanation *explanation = NULL;
    gr_error err;
    gr_status status = gr_explain(rules, &options, arguments->rest[0], &explanation, &err);
    int result;

    if (status != GR_OK)
        return gr_give_up(status, &err);
    result = write_out(explanation, style);
    gr_explanation_free(explanation);
    return result;
}

int gr_cmd_explain(const gr_arguments *arguments)
{
    gr_report_style style;
    gr_rules *rules;
    int result;

    if (arguments->rest_count == 0) {
        fputs("giftrule: it is not said what to explain\n"
              "  name the finding, as the audit prints it: F-0123456789ab\n",
              stderr);
        return GR_EXIT_USAGE;
    }
    if (!gr_read_style(arguments, GR_FORMAT_JSON, &style))
        return GR_EXIT_USAGE;
    result = gr_load_rules(arguments, &rules);
    if (result != GR_EXIT_CLEAN)
        return result;
    result = explain(rules, arguments, &style);
    gr_rules_free(rules);
    return result;
}
