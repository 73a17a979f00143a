/* src/cli/people.c - giftrule people: the actions as a table; what one finds out about rosters is in a file of its own. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

typedef struct action {
    const char *name, *usage;
    int (*run)(const gr_rules *rules, const gr_arguments *arguments, const gr_report_style *style);
} action;

/* Exports from the argument at first on, and the ledger. */
static gr_audit_options options_of(const gr_arguments *arguments, int first)
{
    return (gr_audit_options){ .inputs = (const char *const *)arguments->rest + first,
                               .input_count = (size_t)(arguments->rest_count - first),
                               .ledger = arguments->ledger };
}

static int candidates(const gr_rules *rules, const gr_arguments *arguments,
                      const gr_report_style *style)
{
    const gr_audit_options options = options_of(arguments, 1);
    gr_error err;
    gr_status status = gr_candidates_tell(rules, &options, style, gr_to_stdout, NULL, &err);

    return gr_end_stdout(status, &err, GR_EXIT_CLEAN);
}

static int show(const gr_rules *rules, const gr_arguments *arguments, const gr_report_style *style)
{
    gr_audit_options options;
    gr_error err;
    gr_status status;

    if (arguments->rest_count < 2) {
        fprintf(stderr, "giftrule: it is not said who is shown\n"
                        "  name a person by P-0123456789ab, an id, or words of the name\n");
        return GR_EXIT_USAGE;
    }
    options = options_of(arguments, 2);
    status = gr_person_tell(rules, &options, arguments->rest[1], style, gr_to_stdout, NULL, &err);
    return gr_end_stdout(status, &err, GR_EXIT_CLEAN);
}

static int decide(const gr_rules *rules, const gr_arguments *arguments,
                  const gr_report_style *style, bool splits)
{
    gr_identity_options options = { .ledger = arguments->ledger,
                                    .splits = splits,
                                    .reason = arguments->reason,
                                    .author = gr_author(arguments) };
    gr_error err;
    gr_status status;

    if (arguments->rest_count != 3) {
        fprintf(stderr, "giftrule: two people are named\n"
                        "  as giftrule people candidates prints them: P-0123456789ab\n");
        return GR_EXIT_USAGE;
    }
    options.a = arguments->rest[1];
    options.b = arguments->rest[2];
    status = gr_identity_decide(rules, &options, style, gr_to_stdout, NULL, &err);
    return gr_end_stdout(status, &err, GR_EXIT_CLEAN);
}

static int merge(const gr_rules *rules, const gr_arguments *arguments, const gr_report_style *style)
{
    return decide(rules, arguments, style, false);
}

static int split(const gr_rules *rules, const gr_arguments *arguments, const gr_report_style *style)
{
    return decide(rules, arguments, style, true);
}

static const action actions[] = {
    { "candidates", "[--ledger FILE] [EXPORT...]", candidates },
    { "show", "PERSON|NAME [--ledger FILE] [EXPORT...]", show },
    { "merge", "PERSON PERSON --reason TEXT --ledger FILE", merge },
    { "split", "PERSON PERSON --reason TEXT --ledger FILE", split },
    { "roster", "[--ledger FILE] ROSTER...", gr_cmd_people_roster },
};

enum { ACTIONS = sizeof actions / sizeof actions[0] };

static int run(const action *one, const gr_arguments *arguments)
{
    gr_report_style style;
    gr_rules *rules;
    int result;

    if (!gr_read_style(arguments, GR_FORMAT_JSON, &style))
        return GR_EXIT_USAGE;
    result = gr_load_rules(arguments, &rules);
    if (result != GR_EXIT_CLEAN)
        return result;
    result = one->run(rules, arguments, &style);
    gr_rules_free(rules);
    return result;
}

int gr_cmd_people(const gr_arguments *arguments)
{
    const char *name = arguments->rest_count > 0 ? arguments->rest[0] : "";

    for (size_t i = 0; i < ACTIONS; i++)
        if (strcmp(actions[i].name, name) == 0)
            return run(&actions[i], arguments);
    fprintf(stderr, "giftrule: say what to do with people\n  one of:\n");
    for (size_t i = 0; i < ACTIONS; i++)
        fprintf(stderr, "    giftrule people %s %s\n", actions[i].name, actions[i].usage);
    return GR_EXIT_USAGE;
}
