/* src/cli/simulate.c - giftrule rules simulate: the same gifts by the rules in use and by others, and what differs. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

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
    fprintf(stderr, "giftrule: '%s' is not a format of a simulation\n  one of text, json\n",
            arguments->format);
    return false;
}

static int fail(gr_status status, const gr_error *error)
{
    gr_print_error(error);
    return gr_exit_of(status);
}

/* ---- the two sets of rules ---- */

/* False after a message; *result is then the exit status. */
static bool load(const char *folder, const gr_setting *settings, size_t count, gr_rules **out,
                 int *result)
{
    gr_error err;
    gr_status status = gr_rules_load(folder, settings, count, tell, NULL, out, &err);

    if (status == GR_OK)
        return true;
    if (status != GR_EINPUT) /* errors of rule files have been told one by one */
        gr_print_error(&err);
    *result = gr_exit_of(status);
    return false;
}

/* ---- the run ---- */

/* Large lists in blocks of their own, always. Otherwise glibc learns from what the first run gives back to keep such
 * blocks, and the second one's lists leave holes where they grow: a third more memory for a million gifts. */
static void keep_large_blocks_apart(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

static void tell_unread(const gr_simulation *simulation)
{
    for (size_t i = 0; gr_simulation_refusal(simulation, i); i++)
        gr_print_error(gr_simulation_refusal(simulation, i));
    for (size_t i = 0; gr_simulation_note(simulation, i); i++)
        fprintf(stderr, "giftrule: %s\n", gr_simulation_note(simulation, i));
}

static int write_out(const gr_simulation *simulation, const gr_report_style *style)
{
    gr_simulated sum = gr_simulation_summary(simulation);
    gr_error err;
    gr_status status = gr_simulation_write(simulation, style, to_stdout, NULL, &err);

    if (status != GR_OK)
        return fail(status, &err);
    if (fflush(stdout) != 0) {
        fputs("giftrule: the report cannot be written\n"
              "  make sure that the output can take it\n",
              stderr);
        return GR_EXIT_SYSTEM;
    }
    tell_unread(simulation);
    if (sum.refused > 0)
        return GR_EXIT_INPUT;
    return sum.differs ? GR_EXIT_FINDINGS : GR_EXIT_CLEAN;
}

static int simulate(const gr_rules *in_use, const gr_rules *simulated,
                    const gr_arguments *arguments, const gr_report_style *style)
{
    gr_audit_options options = { .inputs = (const char *const *)arguments->rest + 1,
                                 .input_count = (size_t)arguments->rest_count - 1,
                                 .ledger = arguments->ledger };
    gr_simulation *simulation = NULL;
    gr_error err;
    gr_status status;
    int result;

    keep_large_blocks_apart();
    status = gr_simulate(in_use, simulated, &options, &simulation, &err);
    if (status != GR_OK)
        return fail(status, &err);
    result = write_out(simulation, style);
    gr_simulation_free(simulation);
    return result;
}

int gr_cmd_rules_simulate(const gr_arguments *arguments, const char *folder)
{
    const char *against = arguments->against ? arguments->against : folder;
    gr_report_style style;
    gr_rules *in_use, *simulated;
    int result;

    if (!read_style(arguments, &style))
        return GR_EXIT_USAGE;
    if (!load(folder, NULL, 0, &in_use, &result))
        return result;
    if (load(against, arguments->setting, arguments->setting_count, &simulated, &result)) {
        result = simulate(in_use, simulated, arguments, &style);
        gr_rules_free(simulated);
    }
    gr_rules_free(in_use);
    return result;
}
