/* src/cli/audit.c - giftrule audit. */
#include "cli/command.h"

#include <stdio.h>
#include <unistd.h>

/* ---- progress: one line on a terminal's stderr ---- */

static void show_progress(void *context, const char *file, uint64_t done, uint64_t total,
                          uint64_t records)
{
    (void)context;
    if (total > 0)
        fprintf(stderr, "\r\033[K%s: %llu%%, %llu records", file,
                (unsigned long long)(done * 100 / total), (unsigned long long)records);
    else
        fprintf(stderr, "\r\033[K%s: %llu records", file, (unsigned long long)records);
}

static bool wants_progress(const gr_arguments *arguments)
{
    return !arguments->quiet && isatty(STDERR_FILENO);
}

/* ---- the run ---- */

static int audit(const gr_rules *rules, const gr_arguments *arguments, const gr_report_style *style)
{
    gr_audit_options options = { .inputs = (const char *const *)arguments->rest,
                                 .input_count = (size_t)arguments->rest_count,
                                 .ledger = arguments->ledger,
                                 .author = gr_author(arguments),
                                 .as_of = arguments->as_of,
                                 .from = arguments->from,
                                 .to = arguments->to,
                                 .only_new = arguments->only_new,
                                 .pairs = arguments->pairs,
                                 .gifts = gr_style_lists_gifts(style),
                                 .filter = gr_read_filter(arguments),
                                 .role = arguments->role,
                                 .on_progress = wants_progress(arguments) ? show_progress : NULL };
    gr_report *report = NULL;
    gr_error err;
    gr_status status = gr_audit(rules, &options, &report, &err);
    int result;

    if (options.on_progress)
        fputs("\r\033[K", stderr);
    if (status != GR_OK)
        return gr_give_up(status, &err);
    result = gr_give_report(report, arguments, style);
    for (size_t i = 0; gr_report_refusal(report, i); i++)
        gr_print_error(gr_report_refusal(report, i));
    for (size_t i = 0; gr_report_note(report, i); i++)
        fprintf(stderr, "giftrule: %s\n", gr_report_note(report, i));
    gr_report_free(report);
    return result;
}

int gr_cmd_audit(const gr_arguments *arguments)
{
    gr_report_style style;
    gr_rules *rules;
    int result;

    if (!gr_read_report_style(arguments, GR_REPORT_WHOLE, &style))
        return GR_EXIT_USAGE;
    result = gr_load_rules(arguments, &rules);
    if (result != GR_EXIT_CLEAN)
        return result;
    result = audit(rules, arguments, &style);
    gr_rules_free(rules);
    return result;
}
