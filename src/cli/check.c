/* src/cli/check.c - giftrule check: may this be given? The exit status is the answer. */
#include "cli/command.h"

#include <stdio.h>

static int exit_of_word(gr_decision_word word)
{
    switch (word) {
    case GR_DECISION_APPROVED:
        return GR_EXIT_CLEAN;
    case GR_DECISION_REFERRED:
        return GR_EXIT_REFERRED;
    case GR_DECISION_DENIED:
        return GR_EXIT_FINDINGS;
    }
    return GR_EXIT_BUG;
}

static int fail(const char *what, const char *hint)
{
    fprintf(stderr, "giftrule: %s\n  %s\n", what, hint);
    return GR_EXIT_USAGE;
}

static int check_arguments(const gr_arguments *a)
{
    int ways = (a->stated_count > 0 && !a->given) + (a->rest_count > 0) + (a->cancel != NULL) +
               (a->given != NULL);

    if (!a->ledger)
        return fail("it is not said which ledger", "name it by --ledger FILE");
    if (ways == 0)
        return fail("there is nothing to check",
                    "state the gift, by --giver --recipient --cost --on; or name a gift log");
    if (ways > 1)
        return fail("it is asked for several things at once",
                    "state one gift, or name gift logs, or --cancel, or --given");
    if (a->reserve && (a->cancel || a->given))
        return fail("there is nothing to reserve", "leave out --reserve");
    return GR_EXIT_CLEAN;
}

/* The day of --on, where a gift is told to have been given. */
static const char *day_given(const gr_arguments *a)
{
    return a->given && a->stated_count == 1 ? a->stated[0].value : a->as_of;
}

static int check(const gr_arguments *arguments, const gr_report_style *style)
{
    char room[4096];
    size_t told = 0; /* errors of rule files */
    gr_check_options options = { .ledger = arguments->ledger,
                                 .author = gr_author(arguments),
                                 .as_of = day_given(arguments),
                                 .stated = arguments->stated,
                                 .stated_count = arguments->given ? 0 : arguments->stated_count,
                                 .inputs = (const char *const *)arguments->rest,
                                 .input_count = (size_t)arguments->rest_count,
                                 .reserve = arguments->reserve,
                                 .cancel = arguments->cancel,
                                 .given = arguments->given,
                                 .rules = gr_rules_folder(arguments, room, sizeof room),
                                 .settings = arguments->setting,
                                 .setting_count = arguments->setting_count,
                                 .on_error = gr_tell_error,
                                 .context = &told };
    gr_decision_word word = GR_DECISION_APPROVED;
    gr_error err = { 0 };
    gr_status status;

    if (!options.rules)
        return GR_EXIT_USAGE;
    status = gr_check(&options, style, gr_to_stdout, NULL, &word, &err);
    if (status != GR_OK && told > 0)
        return gr_exit_of(status);
    return gr_end_stdout(status, &err, exit_of_word(word));
}

int gr_cmd_check(const gr_arguments *arguments)
{
    gr_report_style style;
    int result = check_arguments(arguments);

    if (result != GR_EXIT_CLEAN)
        return result;
    return gr_read_style(arguments, GR_FORMAT_JSON, &style) ? check(arguments, &style)
                                                            : GR_EXIT_USAGE;
}
