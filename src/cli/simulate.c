/* src/cli/simulate.c - giftrule rules simulate: the same gifts by the rules in use and by others, and what differs. */
#include "cli/command.h"

#include <stdio.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

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
    gr_status status = gr_simulation_write(simulation, style, gr_to_stdout, NULL, &err);

    int result = gr_end_stdout(status, &err, GR_EXIT_CLEAN);

    if (result != GR_EXIT_CLEAN)
        return result;
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
        return gr_give_up(status, &err);
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

    if (!gr_read_style(arguments, GR_FORMAT_JSON, &style))
        return GR_EXIT_USAGE;
    result = gr_load_folder(folder, NULL, 0, &in_use);
    if (result != GR_EXIT_CLEAN)
        return result;
    result = gr_load_folder(against, arguments->setting, arguments->setting_count, &simulated);
    if (result == GR_EXIT_CLEAN) {
        result = simulate(in_use, simulated, arguments, &style);
        gr_rules_free(simulated);
    }
    gr_rules_free(in_use);
    return result;
}
