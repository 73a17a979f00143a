/* src/cli/prose.c - giftrule rules show and giftrule rules diff: rule files in plain English, and what changed. */
#include "cli/command.h"

#include <stdio.h>

static int fail_usage(const char *message, const char *hint)
{
    fprintf(stderr, "giftrule: %s\n  %s\n", message, hint);
    return GR_EXIT_USAGE;
}

/* Errors of rule files have been told one by one. */
static int finish(gr_status status, const gr_error *error, size_t told, int done)
{
    return status != GR_OK && told > 0 ? gr_exit_of(status) : gr_end_stdout(status, error, done);
}

int gr_cmd_rules_show(const gr_arguments *arguments, const char *folder)
{
    size_t told = 0;
    gr_prose_options options = { .dir = folder,
                                 .settings = arguments->setting,
                                 .setting_count = arguments->setting_count,
                                 .on = arguments->on,
                                 .on_error = gr_tell_error,
                                 .context = &told };
    const char *rule = arguments->rest_count > 1 ? arguments->rest[1] : NULL;
    gr_report_style style;
    gr_error err;
    gr_status status;

    if (arguments->rest_count > 2)
        return fail_usage("one rule is shown at a time", "giftrule rules show RULE [--on DAY]");
    if (!gr_read_style(arguments, GR_FORMAT_HTML, &style))
        return GR_EXIT_USAGE;
    status = gr_rules_show(&options, rule, &style, gr_to_stdout, NULL, &err);
    return finish(status, &err, told, GR_EXIT_CLEAN);
}

int gr_cmd_rules_diff(const gr_arguments *arguments, const char *folder)
{
    size_t told = 0;
    gr_prose_options options = { .dir = folder,
                                 .settings = arguments->setting,
                                 .setting_count = arguments->setting_count,
                                 .on_error = gr_tell_error,
                                 .context = &told };
    gr_report_style style;
    bool differs = false;
    gr_error err;
    gr_status status;

    if (arguments->rest_count != 3)
        return fail_usage("two things are compared", "name two rule folders, or two days like "
                                                     "2026-03-30");
    if (arguments->on)
        return fail_usage("--on is for rules show", "name the two days instead");
    if (!gr_read_style(arguments, GR_FORMAT_HTML, &style))
        return GR_EXIT_USAGE;
    status = gr_rules_diff(&options, arguments->rest[1], arguments->rest[2], &style, gr_to_stdout,
                           NULL, &differs, &err);
    return finish(status, &err, told, differs ? GR_EXIT_FINDINGS : GR_EXIT_CLEAN);
}
