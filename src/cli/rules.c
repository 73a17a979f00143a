/* src/cli/rules.c - giftrule rules: check and test; show and diff are in prose.c, simulate in simulate.c. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

static int check(const gr_arguments *arguments, const char *folder)
{
    size_t count = 0;
    gr_rules *rules;
    gr_error err;
    gr_status status = gr_rules_load(folder, arguments->setting, arguments->setting_count,
                                     gr_tell_error, &count, &rules, &err);

    if (status == GR_OK) {
        gr_rules_free(rules);
        printf("%s: the rule files are in order\n", folder);
        return GR_EXIT_CLEAN;
    }
    if (count == 0)
        gr_print_error(&err);
    return gr_exit_of(status);
}

static void tell_scenario(void *context, const gr_scenario_result *result)
{
    (void)context;
    if (!result->passed)
        printf("%s:%u: %s: %s\n  expected: %s\n  got: %s\n", result->file, result->line, result->id,
               result->title, result->expected, result->got);
}

static void tell_uncovered(void *context, const gr_uncovered *place)
{
    (void)context;
    printf("%s:%u:%u: %s\n", place->file, place->line, place->column, place->what);
}

static int test(const gr_arguments *arguments, const char *folder)
{
    const gr_scenario_listener listener = { .on_error = gr_tell_error,
                                            .on_scenario = tell_scenario,
                                            .on_uncovered =
                                                arguments->coverage ? tell_uncovered : NULL };
    gr_scenario_counts counts;
    gr_error err;
    gr_status status = gr_scenarios_run(folder, &listener, &counts, &err);

    if (status != GR_OK) {
        if (status != GR_EINPUT)
            gr_print_error(&err);
        return gr_exit_of(status);
    }
    if (arguments->coverage)
        printf("%zu of %zu places of the rulebooks are exercised\n", counts.covered,
               counts.covered + counts.uncovered);
    printf("%zu passed, %zu failed\n", counts.passed, counts.failed);
    return counts.failed > 0 || (arguments->coverage && counts.uncovered > 0) ? GR_EXIT_FINDINGS
                                                                              : GR_EXIT_CLEAN;
}

int gr_cmd_rules(const gr_arguments *arguments)
{
    char room[4096];
    const char *action = arguments->rest_count > 0 ? arguments->rest[0] : "";
    const char *folder = gr_rules_folder(arguments, room, sizeof room);

    if (!folder)
        return GR_EXIT_USAGE;
    if (strcmp(action, "check") == 0 && arguments->rest_count == 1)
        return check(arguments, folder);
    if (strcmp(action, "test") == 0 && arguments->rest_count == 1)
        return test(arguments, folder);
    if (strcmp(action, "show") == 0)
        return gr_cmd_rules_show(arguments, folder);
    if (strcmp(action, "diff") == 0)
        return gr_cmd_rules_diff(arguments, folder);
    if (strcmp(action, "simulate") == 0)
        return gr_cmd_rules_simulate(arguments, folder);
    fprintf(stderr, "giftrule: say what to do with the rules\n  one of: giftrule rules check, "
                    "giftrule rules test, giftrule rules show [RULE], giftrule rules diff A B, "
                    "giftrule rules simulate EXPORT...\n");
    return GR_EXIT_USAGE;
}
