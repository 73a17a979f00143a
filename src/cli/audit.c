/* src/cli/audit.c - giftrule audit. */
#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

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

/* ---- the terminal ---- */

static unsigned terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long given = columns ? strtol(columns, NULL, 10) : 0;

    if (given >= 20 && given <= 1000)
        return (unsigned)given;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        return size.ws_col;
    return 80;
}

static bool wants_colour(const gr_arguments *arguments)
{
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

    return !arguments->output && isatty(STDOUT_FILENO) && !(none && *none) &&
           !(term && strcmp(term, "dumb") == 0);
}

static bool read_style(const gr_arguments *arguments, gr_report_style *style)
{
    *style = (gr_report_style){ GR_FORMAT_TEXT, terminal_width(), wants_colour(arguments) };
    if (!arguments->format || strcmp(arguments->format, "text") == 0)
        return true;
    style->format = GR_FORMAT_JSON;
    if (strcmp(arguments->format, "json") == 0)
        return true;
    fprintf(stderr, "giftrule: '%s' is not a format\n  one of text, json\n", arguments->format);
    return false;
}

/* ---- the run ---- */

static gr_status write_report(const gr_report *report, const gr_arguments *arguments,
                              const gr_report_style *style, gr_error *err)
{
    gr_status status;

    if (arguments->output && strcmp(arguments->output, "-") != 0)
        return gr_report_save(report, style, arguments->output, err);
    status = gr_report_write(report, style, to_stdout, NULL, err);
    if (status == GR_OK && fflush(stdout) != 0) {
        *err = (gr_error){ .status = GR_EIO,
                           .message = "the report cannot be written",
                           .hint = "make sure that the output can take it" };
        status = GR_EIO;
    }
    return status;
}

static int exit_of_report(const gr_report *report)
{
    gr_summary s = gr_report_summary(report);

    if (s.refused > 0)
        return GR_EXIT_INPUT;
    return s.violations + s.needs_review + s.quarantined > 0 ? GR_EXIT_FINDINGS : GR_EXIT_CLEAN;
}

static int audit(const gr_rules *rules, const gr_arguments *arguments, const gr_report_style *style)
{
    gr_audit_options options = { .inputs = (const char *const *)arguments->rest,
                                 .input_count = (size_t)arguments->rest_count,
                                 .ledger = arguments->ledger,
                                 .as_of = arguments->as_of,
                                 .from = arguments->from,
                                 .to = arguments->to,
                                 .on_progress = wants_progress(arguments) ? show_progress : NULL };
    gr_report *report = NULL;
    gr_error err;
    gr_status status = gr_audit(rules, &options, &report, &err);
    int result;

    if (options.on_progress)
        fputs("\r\033[K", stderr);
    if (status == GR_OK)
        status = write_report(report, arguments, style, &err);
    if (status != GR_OK) {
        gr_print_error(&err);
        gr_report_free(report);
        return gr_exit_of(status);
    }
    for (size_t i = 0; gr_report_refusal(report, i); i++)
        gr_print_error(gr_report_refusal(report, i));
    for (size_t i = 0; gr_report_note(report, i); i++)
        fprintf(stderr, "giftrule: %s\n", gr_report_note(report, i));
    result = exit_of_report(report);
    gr_report_free(report);
    return result;
}

int gr_cmd_audit(const gr_arguments *arguments)
{
    char room[4096];
    const char *folder;
    gr_report_style style;
    gr_rules *rules;
    gr_error err;
    gr_status status;
    int result;

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
    result = audit(rules, arguments, &style);
    gr_rules_free(rules);
    return result;
}
