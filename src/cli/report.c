/* src/cli/report.c - giftrule report: what the ledger knows, or knew. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

typedef enum action { ACTION_REPORT, ACTION_REGISTER, ACTION_PACKAGES, ACTION_BUNDLE } action;

/* A word in front is an action; what else stands there is the ledger. */
static action action_of(const gr_arguments *arguments, int *taken)
{
    static const char *const names[] = { NULL, "register", "packages", "bundle" };

    *taken = 0;
    for (int i = ACTION_REGISTER; arguments->rest_count > 0 && i <= ACTION_BUNDLE; i++) {
        if (strcmp(arguments->rest[0], names[i]) == 0) {
            *taken = 1;
            return (action)i;
        }
    }
    return ACTION_REPORT;
}

static const char *ledger_of(const gr_arguments *arguments, int taken)
{
    const char *named = arguments->ledger;
    int rest = arguments->rest_count - taken;

    if (!named && rest == 1)
        return arguments->rest[taken];
    if (named && rest == 0)
        return named;
    fprintf(stderr, "giftrule: %s\n  write it like giftrule report --ledger gifts.db\n",
            named || rest > 0 ? "a report is made from one ledger"
                              : "it is not said from which ledger");
    return NULL;
}

static int give_packages(const gr_report *report, const gr_arguments *arguments)
{
    size_t count = 0;
    gr_error err;
    gr_status status = gr_packages_save(report, arguments->key, arguments->output, &count, &err);

    if (status != GR_OK)
        return gr_give_up(status, &err);
    printf("%zu packages in %s\n", count, arguments->output);
    return gr_end_stdout(GR_OK, NULL, GR_EXIT_CLEAN);
}

static int bundle(const gr_recall_options *recall, const gr_arguments *arguments)
{
    gr_bundle_options options = { *recall, arguments->key, arguments->output };
    gr_error err;
    gr_status status = gr_bundle_save(&options, &err);

    if (status != GR_OK)
        return gr_give_up(status, &err);
    printf("bundle in %s: README.html tells what is in it\n", arguments->output);
    return gr_end_stdout(GR_OK, NULL, GR_EXIT_CLEAN);
}

static int report(const gr_recall_options *options, action what, const gr_arguments *arguments,
                  const gr_report_style *style)
{
    gr_report *report = NULL;
    gr_error err;
    gr_status status = gr_report_recall(options, &report, &err);
    int result;

    if (status != GR_OK)
        return gr_give_up(status, &err);
    result = what == ACTION_PACKAGES ? give_packages(report, arguments)
                                     : gr_give_report(report, arguments, style);
    gr_report_free(report);
    return result;
}

int gr_cmd_report(const gr_arguments *arguments)
{
    char room[4096];
    int taken;
    action what = action_of(arguments, &taken);
    gr_recall_options options = { .ledger = ledger_of(arguments, taken),
                                  .as_known_on = arguments->as_known_on,
                                  .since = arguments->since,
                                  .filter = gr_read_filter(arguments),
                                  .role = arguments->role };
    gr_report_style style;

    if (!options.ledger ||
        !gr_read_report_style(
            arguments, what == ACTION_REGISTER ? GR_REPORT_REGISTER : GR_REPORT_WHOLE, &style))
        return GR_EXIT_USAGE;
    if (what >= ACTION_PACKAGES && !arguments->output) {
        fputs("giftrule: it is not said into which folder\n  name it with --output DIR\n", stderr);
        return GR_EXIT_USAGE;
    }
    options.rules = gr_rules_folder_find(arguments, room, sizeof room);
    options.gifts = what >= ACTION_PACKAGES || gr_style_lists_gifts(&style);
    return what == ACTION_BUNDLE ? bundle(&options, arguments)
                                 : report(&options, what, arguments, &style);
}
