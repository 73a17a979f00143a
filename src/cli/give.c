/* src/cli/give.c - what every command does alike: load the rules it needs, choose a format, write to standard output. */
#include "cli/command.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void gr_tell_error(void *context, const gr_error *error)
{
    size_t *count = context;

    if (count)
        ++*count;
    gr_print_error(error);
}

bool gr_to_stdout(void *context, const char *bytes, size_t length)
{
    (void)context;
    return fwrite(bytes, 1, length, stdout) == length;
}

int gr_give_up(gr_status status, const gr_error *error)
{
    gr_print_error(error);
    return gr_exit_of(status);
}

int gr_load_folder(const char *folder, const gr_setting *settings, size_t count, gr_rules **out)
{
    gr_error err;
    gr_status status = gr_rules_load(folder, settings, count, gr_tell_error, NULL, out, &err);

    if (status != GR_OK && status != GR_EINPUT) /* errors of rule files have been told one by one */
        gr_print_error(&err);
    return gr_exit_of(status);
}

int gr_load_rules(const gr_arguments *arguments, gr_rules **out)
{
    char room[4096];
    const char *folder = gr_rules_folder(arguments, room, sizeof room);

    return folder ? gr_load_folder(folder, arguments->setting, arguments->setting_count, out)
                  : GR_EXIT_USAGE;
}

const char *gr_author(const gr_arguments *arguments)
{
    const char *named = getenv("GIFTRULE_AUTHOR");
    const struct passwd *login;

    if (arguments->author && *arguments->author)
        return arguments->author;
    if (named && *named)
        return named;
    login = getpwuid(geteuid());
    return login ? login->pw_name : "";
}

bool gr_read_style(const gr_arguments *arguments, gr_format other, gr_report_style *style)
{
    const char *name = other == GR_FORMAT_JSON ? "json" : "html";
    const char *given = arguments->format ? arguments->format : "text";

    *style = (gr_report_style){ .format = strcmp(given, name) == 0 ? other : GR_FORMAT_TEXT,
                                .width = gr_terminal_width(),
                                .colour = !arguments->output && gr_terminal_has_colour() };
    if (style->format == other || strcmp(given, "text") == 0)
        return true;
    fprintf(stderr, "giftrule: '%s' is not a format\n  one of text, %s\n", given, name);
    return false;
}

bool gr_read_report_style(const gr_arguments *arguments, gr_report_part part,
                          gr_report_style *style)
{
    static const char *const names[] = { [GR_FORMAT_TEXT] = "text",
                                         [GR_FORMAT_JSON] = "json",
                                         [GR_FORMAT_HTML] = "html",
                                         [GR_FORMAT_CSV] = "csv",
                                         [GR_FORMAT_XLSX] = "xlsx" };
    const char *given = arguments->format ? arguments->format : "text";
    size_t i = 0;

    while (i < sizeof names / sizeof names[0] && strcmp(names[i], given) != 0)
        i++;
    if (i == sizeof names / sizeof names[0]) {
        fprintf(stderr, "giftrule: '%s' is not a format\n  one of text, json, html, csv, xlsx\n",
                given);
        return false;
    }
    *style = (gr_report_style){ (gr_format)i, gr_terminal_width(),
                                !arguments->output && gr_terminal_has_colour(),
                                arguments->subject ? GR_REPORT_SUBJECT : part, arguments->table };
    return true;
}

bool gr_style_lists_gifts(const gr_report_style *style)
{
    return style->part == GR_REPORT_REGISTER ||
           (style->part == GR_REPORT_WHOLE && style->format >= GR_FORMAT_HTML);
}

gr_filter gr_read_filter(const gr_arguments *arguments)
{
    return (gr_filter){ .executive = arguments->executive,
                        .recipient = arguments->recipient,
                        .client = arguments->client,
                        .branch = arguments->branch,
                        .rule = arguments->rule,
                        .verdict = arguments->verdict,
                        .from = arguments->from,
                        .to = arguments->to };
}

int gr_end_stdout(gr_status status, const gr_error *error, int done)
{
    if (status != GR_OK)
        return gr_give_up(status, error);
    if (fflush(stdout) == 0)
        return done;
    fputs("giftrule: the output cannot be written\n  make sure that it can take it\n", stderr);
    return GR_EXIT_SYSTEM;
}

static int exit_of_report(const gr_report *report)
{
    gr_summary s = gr_report_summary(report);

    if (s.refused > 0)
        return GR_EXIT_INPUT;
    return s.violations + s.needs_review + s.quarantined > 0 ? GR_EXIT_FINDINGS : GR_EXIT_CLEAN;
}

int gr_give_report(const gr_report *report, const gr_arguments *arguments,
                   const gr_report_style *style)
{
    int done = exit_of_report(report);
    gr_error err;
    gr_status status;

    if (!arguments->output || strcmp(arguments->output, "-") == 0) {
        status = gr_report_write(report, style, gr_to_stdout, NULL, &err);
        return gr_end_stdout(status, &err, done);
    }
    status = gr_report_save(report, style, arguments->output, &err);
    return status == GR_OK ? done : gr_give_up(status, &err);
}
