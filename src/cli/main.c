/* src/cli/main.c - the program: finds the subcommand, reads its options, runs it. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#define OPTION_RULES                                                                               \
    {                                                                                              \
        "rules", "DIR", "the folder of rule files (default: the one installed)", 'r'               \
    }
#define OPTION_SET                                                                                 \
    {                                                                                              \
        "set", "NAME=VALUE", "replace one choice of the policy for this run; repeatable", 's'      \
    }

const gr_command gr_commands[] = {
    { "audit",
      "[OPTION]... EXPORT...",
      gr_cmd_audit,
      "judge exports and report per account executive",
      "Reads exports (XML, also compressed by gzip; files, folders, or - for standard input), "
      "judges every gift "
      "by the rulebooks, and writes one report. Records that cannot be read go to quarantine and "
      "are "
      "listed; a file that is not well-formed changes nothing. Warnings alone leave the exit "
      "status 0.",
      { OPTION_RULES,
        OPTION_SET,
        { "ledger", "FILE", "remember everything in this ledger; judge with what it holds", 'l' },
        { "as-of", "DAY", "the day of the report (default: today)", 0 },
        { "from", "DAY", "report gifts given on this day or later; all are counted", 0 },
        { "to", "DAY", "report gifts given on this day or earlier", 0 },
        { "new", NULL, "with --ledger: report only findings that are new or changed by this run",
          'n' },
        { "format", "F", "text or json (default: text)", 'f' },
        { "output", "FILE", "write the report to FILE, whole or not at all", 'o' },
        { "quiet", NULL, "show no progress", 'q' } } },
    { "report",
      "[OPTION]... --ledger FILE",
      gr_cmd_report,
      "tell what a ledger knows, or knew at any moment",
      "Tells everything that was found in the gifts of a ledger, without judging anything again. "
      "With "
      "--as-known-on it tells what the ledger would have said then, to the byte: TIME is a day, a "
      "moment such as 2026-05-04T09:00:00Z (UTC), or a run of the ledger's history such as run:7.",
      { { "ledger", "FILE", "the ledger", 'l' },
        { "as-known-on", "TIME", "as it would have been told at this moment", 0 },
        { "since", "TIME", "only findings that are new or changed since this moment", 0 },
        { "format", "F", "text or json (default: text)", 'f' },
        { "output", "FILE", "write the report to FILE, whole or not at all", 'o' } } },
    { "explain",
      "FINDING [OPTION]... [EXPORT...]",
      gr_cmd_explain,
      "show how one finding was reached, step by step",
      "Judges the exports, or a ledger, again and tells of one finding all that is needed to reach "
      "it by hand: the rule and the limit in force, every gift that counts with its facts and its "
      "worth, each exclusion and duty with its conditions, the sum, and what is missing. FINDING "
      "is its id as the audit prints it, or the beginning of it. Nothing is kept. Exports are read "
      "twice: they are files or folders.",
      { OPTION_RULES,
        OPTION_SET,
        { "ledger", "FILE", "take gifts from this ledger too; it stays as it is", 'l' },
        { "from", "DAY", "as given to the audit that printed the finding", 0 },
        { "to", "DAY", "as given to the audit that printed the finding", 0 },
        { "format", "F", "text or json (default: text)", 'f' } } },
    { "rules",
      "check|test|show|diff|simulate [OPTION]... [RULE|A B|EXPORT...]",
      gr_cmd_rules,
      "check rule files, run their scenarios, tell them in plain English",
      "check reads every file of the rule folder and tells all errors. test judges the scenarios "
      "below "
      "rules/scenarios and tells those that do not come out as expected. show tells a rulebook, "
      "policy or detection in plain English; without RULE it lists the rulebooks. diff tells what "
      "changed between two days, or between two rule folders; exit status 1 if anything did. "
      "simulate judges the same gifts by the rules in use and by others, those of --against with "
      "--set laid over them, and tells which findings are new, gone or changed; exit status 1 if "
      "any are.",
      { OPTION_RULES,
        OPTION_SET,
        { "coverage", NULL, "test: also tell what of the rulebooks no scenario exercises", 0 },
        { "on", "DAY", "show: only what is in force on this day", 0 },
        { "format", "F", "show, diff: text or html; simulate: text or json", 'f' },
        { "against", "DIR", "simulate: the other folder of rule files (default: the same)", 0 },
        { "ledger", "FILE", "simulate: gifts of this ledger too; it stays as it is", 'l' } } },
    { "ledger",
      "resolve FINDING [OPTION]...",
      gr_cmd_ledger,
      "decide on a finding",
      "resolve keeps what an officer decides on a finding, with name, moment and reason: a fact "
      "that "
      "the record does not state, with which everything is judged again; that it is accepted as it "
      "is; or that it is exempt. What is accepted or exempt is listed, and counts as decided until "
      "the finding changes. FINDING is its id as the report prints it, or the beginning of it.",
      { OPTION_RULES,
        OPTION_SET,
        { "ledger", "FILE", "the ledger that holds the finding", 'l' },
        { "fact", "NAME=VALUE", "what the record does not state: payer=firm; payer= takes it back",
          0 },
        { "gift", "ID", "of --fact: another gift that the finding counts", 0 },
        { "accept", NULL, "it stays as it is", 0 },
        { "exempt", "NUMBER", "the number of an exemption that was granted", 0 },
        { "reopen", NULL, "end what was decided on it", 0 },
        { "reason", "TEXT", "why; nobody decides without a reason", 0 },
        { "author", "NAME", "who decides (default: GIFTRULE_AUTHOR, or the login name)", 0 },
        { "format", "F", "text or json (default: text)", 'f' } } },
    { "help",
      "[COMMAND]",
      gr_cmd_help,
      "show this, or the options of a command",
      "Without a command, lists all commands.",
      { { "man", NULL, "write the manual page", 0 },
        { "completion", NULL, "write the completion for bash", 0 } } },
};

const size_t gr_command_count = sizeof gr_commands / sizeof gr_commands[0];

static const gr_command *find_command(const char *name)
{
    for (size_t i = 0; i < gr_command_count; i++)
        if (strcmp(gr_commands[i].name, name) == 0)
            return &gr_commands[i];
    return NULL;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    const gr_command *command;
    gr_arguments arguments;

    if (!name) {
        gr_print_usage(NULL);
        return GR_EXIT_USAGE;
    }
    if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0) {
        puts("giftrule " GR_VERSION);
        return GR_EXIT_CLEAN;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    command = find_command(name);
    if (!command) {
        fprintf(stderr, "giftrule: '%s' is not a command\n  see: giftrule help\n", name);
        return GR_EXIT_USAGE;
    }
    if (!gr_arguments_read(command, argc, argv, &arguments))
        return GR_EXIT_USAGE;
    return command->run(&arguments);
}
