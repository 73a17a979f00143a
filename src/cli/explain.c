/* src/cli/explain.c - giftrule explain: how one finding was reached. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

static void tell(void *context, const gr_error *error)
{
    (void)context;
    gr_print_error(error);
}

static bool to_stdout(void *context, const char *bytes, size_t length)
{
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length;
}

static bool read_style(const gr_arguments *arguments, gr_report_style *style)
{
    *style = (gr_report_style){ GR_FORMAT_TEXT, gr_terminal_width(), gr_terminal_has_colour() };
    if (!arguments->format || strcmp(arguments->format, "text") == 0)
        return true;
    style->format = GR_FORMAT_JSON;
    if (strcmp(arguments->format, "json") == 0)
        return true;
    fprintf(stderr, "giftrule: '%s' is not a format of an explanation\n  one of text, json\n",
            arguments->format);
    return false;
}

static int fail(gr_status status, const gr_error *error)
{
    gr_print_error(error);
    return gr_exit_of(status);
}

static int write_out(const gr_explanation *explanation, const gr_report_style *style)
{
    gr_error err;
    gr_status status = gr_explanation_write(explanation, style, to_stdout, NULL, &err);

    if (status != GR_OK)
        return fail(status, &err);
    if (fflush(stdout) != 0) {
        fputs("giftrule: the explanation cannot be written\n"
              "  make sure that the output can take it\n",
              stderr);
        return GR_EXIT_SYSTEM;
    }
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
        return fail(status, &err);
    result = write_out(explanation, style);
    gr_explanation_free(explanation);
    return result;
}

int gr_cmd_explain(const gr_arguments *arguments)
{
    char room[4096];
    const char *folder;
    gr_report_style style;
    gr_rules *rules;
    gr_error err;
    gr_status status;
    int result;

    if (arguments->rest_count == 0) {
        fputs("giftrule: it is not said what to explain\n"
              "  name the finding, as the audit prints it: F-0123456789ab\n",
              stderr);
        return GR_EXIT_USAGE;
    }
    if (!read_style(arguments, &style))
        return GR_EXIT_USAGE;
    folder = gr_rules_folder(arguments, room, sizeof room);
    if (!folder)
        return GR_EXIT_USAGE;
    status = gr_rules_load(folder, arguments->setting, arguments->setting_count, tell, NULL, &rules,
                           &err);
    if (status != GR_OK) {
        if (status != GR_EINPUT) /* errors of rule files have been told one by one */
            gr_print_error(&err);
        return gr_exit_of(status);
    }
    result = explain(rules, arguments, &style);
    gr_rules_free(rules);
    return result;
}
