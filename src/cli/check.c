/* src/cli/check.c - giftrule check: may this be given? The exit status is the answer. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

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

static bool states(const gr_arguments *a, const char *fact)
{
    for (size_t i = 0; i < a->stated_count; i++)
        if (strcmp(a->stated[i].fact, fact) == 0)
            return true;
    return false;
}

/* All that is missing, at once and by the names of options. */
static int check_stated(const gr_arguments *a)
{
    static const struct {
        const char *option, *fact[3];
    } needed[] = {
        { "--giver ID", { "giver-id", "giver-name" } },
        { "--recipient NAME", { "name", "recipient-id" } },
        { "--cost AMOUNT", { "cost", "market-value", "face-value" } },
        { "--on DAY", { "date" } },
    };
    char missing[128] = "";
    size_t used = 0;

    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        bool is_there = false;

        for (size_t k = 0; k < 3 && needed[i].fact[k]; k++)
            is_there = is_there || states(a, needed[i].fact[k]);
        if (!is_there)
            used += (size_t)snprintf(missing + used, sizeof missing - used, "%s%s",
                                     used > 0 ? ", " : "", needed[i].option);
    }
    if (used == 0)
        return GR_EXIT_CLEAN;
    fprintf(stderr, "giftrule: the gift is not told in full\n  add %s\n", missing);
    return GR_EXIT_USAGE;
}

/* Of an approval that ends only its day is told, and of one that is cancelled nothing. */
static int check_ending(const gr_arguments *a)
{
    if (a->reserve)
        return fail("there is nothing to reserve", "leave out --reserve");
    if (a->cancel && a->given)
        return fail("an approval is either cancelled or given", "leave out one of them");
    for (size_t i = 0; i < a->stated_count; i++)
        if (a->cancel || strcmp(a->stated[i].fact, "date") != 0)
            return fail("an approval's gift is known, and its facts are not stated again",
                        a->cancel ? "say --cancel NUMBER only" : "say --given NUMBER --on DAY");
    if (a->stated_count > 1)
        return fail("two days are told", "say --given NUMBER --on DAY");
    if (a->rest_count > 0)
        return fail("it is asked for several things at once",
                    "state one gift, or name gift logs, or --cancel, or --given");
    return GR_EXIT_CLEAN;
}

static int check_arguments(const gr_arguments *a)
{
    if (!a->ledger)
        return fail("it is not said which ledger", "name it by --ledger FILE");
    if (a->cancel || a->given)
        return check_ending(a);
    if (a->stated_count > 0 && a->rest_count > 0)
        return fail("it is asked for several things at once",
                    "state one gift, or name gift logs, or --cancel, or --given");
    if (a->rest_count > 0)
        return GR_EXIT_CLEAN;
    if (a->stated_count == 0)
        return fail("there is nothing to check",
                    "state the gift, by --giver --recipient --cost --on; or name a gift log");
    return check_stated(a);
}

/* The day of --on, where a gift is told to have been given. */
static const char *day_given(const gr_arguments *a)
{
    return a->given && a->stated_count > 0 ? a->stated[0].value : a->as_of;
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
