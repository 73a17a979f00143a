/* src/cli/prose.c - giftrule rules show and giftrule rules diff: rule files in plain English, and what changed. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

static void tell(void *context, const gr_error *error)
{
    size_t *count = context;

    ++*count;
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
    style->format = GR_FORMAT_HTML;
    if (strcmp(arguments->format, "html") == 0)
        return true;
    fprintf(stderr, "giftrule: '%s' is not a format of rule files\n  one of text, html\n",
            arguments->format);
    return false;
}

static int fail_usage(const char *message, const char *hint)
{
    fprintf(stderr, "giftrule: %s\n  %s\n", message, hint);
    return GR_EXIT_USAGE;
}

/* What was written may still wait in stdout; errors of rule files have been told one by one. done: the exit status
 * when all went well. */
static int finish(gr_status status, const gr_error *error, size_t told, int done)
{
    if (status == GR_OK && fflush(stdout) != 0) {
        fail_usage("the page cannot be written", "make sure that the output can take it");
        return GR_EXIT_SYSTEM;
    }
    if (status == GR_OK)
        return done;
    if (told == 0)
        gr_print_error(error);
    return gr_exit_of(status);
}

int gr_cmd_rules_show(const gr_arguments *arguments, const char *folder)
{
    size_t told = 0;
    gr_prose_options options = { .dir = folder,
                                 .settings = arguments->setting,
                                 .setting_count = arguments->setting_count,
                                 .on = arguments->on,
                                 .on_error = tell,
                                 .context = &told };
    const char *rule = arguments->rest_count > 1 ? arguments->rest[1] : NULL;
    gr_report_style style;
    gr_error err;
    gr_status status;

    if (arguments->rest_count > 2)
        return fail_usage("one rule is shown at a time", "giftrule rules show RULE [--on DAY]");
    if (!read_style(arguments, &style))
        return GR_EXIT_USAGE;
    status = gr_rules_show(&options, rule, &style, to_stdout, NULL, &err);
    return finish(status, &err, told, GR_EXIT_CLEAN);
}

int gr_cmd_rules_diff(const gr_arguments *arguments, const char *folder)
{
    size_t told = 0;
    gr_prose_options options = { .dir = folder,
                                 .settings = arguments->setting,
                                 .setting_count = arguments->setting_count,
                                 .on_error = tell,
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
    if (!read_style(arguments, &style))
        return GR_EXIT_USAGE;
    status = gr_rules_diff(&options, arguments->rest[1], arguments->rest[2], &style, to_stdout,
                           NULL, &differs, &err);
    return finish(status, &err, told, differs ? GR_EXIT_FINDINGS : GR_EXIT_CLEAN);
}
