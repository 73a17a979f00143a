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

#define OPTION_AUTHOR                                                                              \
    {                                                                                              \
        "author", "NAME", "who does this, for the trail (default: the user)", 'a'                  \
    }

/* Which findings and gifts are told; audit and report have the same. */
#define OPTIONS_FILTER                                                                             \
    { "executive", "WHO", "only of this account executive; id or name", 0 },                       \
        { "recipient", "WHO", "only of gifts to this recipient; id or name", 0 },                  \
        { "client", "NAME", "only of gifts to people of this employer", 0 },                       \
        { "branch", "NAME", "only of account executives of this branch", 0 },                      \
        { "rule", "ID", "only by this rulebook, whose limit gifts are listed with", 0 },           \
    {                                                                                              \
        "verdict", "V", "only violation, needs_review or warning", 0                               \
    }

#define OPTIONS_OUTPUT                                                                             \
    { "format", "F", "text, json, html, csv or xlsx (default: text)", 'f' },                       \
        { "output", "FILE", "write to FILE, or a folder of pages or tables, whole or not at all",  \
          'o' },                                                                                   \
        { "table", "NAME", "csv: this one of the tables, in one file", 't' },                      \
        { "subject", NULL, "only one line, for the subject of a mail", 0 },                        \
    {                                                                                              \
        "role", "ROLE", "leave out what officer, examiner, auditor or executive need not see", 0   \
    }

const gr_command gr_commands[] = {
    { "audit", "[OPTION]... EXPORT...", gr_cmd_audit,
      "judge exports and report per account executive",
      "Reads exports (XML, also compressed by gzip; files, folders, or - for standard input), "
      "judges every gift "
      "by the rulebooks, and writes one report. Records that cannot be read go to quarantine and "
      "are "
      "listed; a file that is not well-formed changes nothing. Warnings alone leave the exit "
      "status 0.",
      .option = { OPTION_RULES,
                  OPTION_SET,
                  { "ledger", "FILE",
                    "remember everything in this ledger; judge with what it holds", 'l' },
                  OPTION_AUTHOR,
                  { "as-of", "DAY", "the day of the report (default: today)", 0 },
                  { "from", "DAY", "report gifts given on this day or later; all are counted", 0 },
                  { "to", "DAY", "report gifts given on this day or earlier", 0 },
                  { "new", NULL,
                    "with --ledger: report only findings that are new or changed by this run",
                    'n' },
                  { "pairs", NULL, "also list which records were taken for one gift, and why",
                    'p' },
                  OPTIONS_FILTER,
                  OPTIONS_OUTPUT,
                  { "quiet", NULL, "show no progress", 'q' } } },
    { .name = "check",
      .usage =
          "--ledger FILE --giver ID --recipient NAME --cost AMOUNT --on DAY [OPTION]... | LOG...",
      .run = gr_cmd_check,
      .help = "may this be given? approved, denied or referred, before the gift",
      .about =
          "Judges a gift that is not yet given with everything that the ledger has of its "
          "recipients, approvals that are open among it, and answers: approved, denied, or "
          "referred "
          "to a person; what is left of the limit before and after; every rule with its clause; "
          "which facts are missing and what each would change; the largest cost that would be "
          "approved. Every fact of a gift log is an option by its name, listed here or not, "
          "such as --quantity 2; --fact states the same. "
          "--recipient may be repeated; what follows it is about that person. With --reserve what "
          "is approved is "
          "booked under a number, and counts until the gift comes in, it is cancelled, or it "
          "expires. LOG is a gift log of planned gifts, each asked about by itself. Exit status: 0 "
          "approved, 1 denied, 6 referred.",
      .states = true,
      .option = { { "ledger", "FILE", "the ledger", 'l' },
                  { "giver", "ID", "who gives it", 0 },
                  { "giver-name", "NAME", "the same by name", 0 },
                  { "recipient", "NAME", "who gets it", 0 },
                  { "recipient-id", "ID", "the same by number", 0 },
                  { "employer", "NAME", "for whom the recipient works", 0 },
                  { "employer-kind", "KIND", "what kind of firm that is", 0 },
                  { "email", "ADDRESS", "of the recipient", 0 },
                  { "capacity", "KIND", "in which capacity the recipient gets it", 0 },
                  { "cost", "AMOUNT", "without tax and delivery", 0 },
                  { "currency", "CODE", "of the amounts", 0 },
                  { "tax", "AMOUNT", "tax", 0 },
                  { "delivery", "AMOUNT", "delivery", 0 },
                  { "market-value", "AMOUNT", "what it is worth on that day", 0 },
                  { "face-value", "AMOUNT", "of a ticket or a gift card", 0 },
                  { "on", "DAY", "when it will be given; with --given: when it was", 0 },
                  { "kind", "KIND", "goods, ticket, meal, entertainment, gift-card ...", 0 },
                  { "description", "TEXT", "what it is", 0 },
                  { "payer", "WHO", "firm, giver or third-party", 0 },
                  { "reimbursed", "YES", "yes or no", 0 },
                  { "occasion", "WHAT", "none, holiday, birthday, wedding ...", 0 },
                  { "relationship", "WHAT", "none, friend or family", 0 },
                  { "logo", "WHOSE", "no, firm or recipient", 0 },
                  { "host-present", "YES", "yes, partly or no", 0 },
                  { "product", "WHAT", "connected with the sale of which product", 0 },
                  { "fact", "NAME=VALUE", "any fact of a gift log; --NAME VALUE says the same", 0 },
                  { "reserve", NULL, "book what is approved", 0 },
                  { "cancel", "NUMBER", "end the approval of this number", 0 },
                  { "given", "NUMBER", "the gift of this approval was given", 0 },
                  { "as-of", "DAY", "the day of asking (default: today)", 0 },
                  OPTION_RULES,
                  OPTION_SET,
                  OPTION_AUTHOR,
                  { "format", "F", "text or json (default: text)", 'f' } } },
    { "report", "[register|packages|bundle] [OPTION]... --ledger FILE", gr_cmd_report,
      "tell what a ledger knows, or knew at any moment; the register of gifts",
      "Tells everything that was found in the gifts of a ledger, without judging anything again. "
      "With "
      "--as-known-on it tells what the ledger would have said then, to the byte: TIME is a day, a "
      "moment such as 2026-05-04T09:00:00Z (UTC), or a run of the ledger's history such as run:7. "
      "register lists every gift with its facts, what it counts and what was decided, as the "
      "separate record that FINRA 3220(c) asks for. packages makes a folder for each account "
      "executive, with that person's data only. bundle puts together what an examiner asks for, "
      "with digests and a signature.",
      .option = { { "ledger", "FILE", "the ledger", 'l' },
                  OPTION_RULES,
                  { "as-known-on", "TIME", "as it would have been told at this moment", 0 },
                  { "since", "TIME",
                    "only findings that are new or changed since this moment; last: by the last "
                    "run",
                    0 },
                  { "from", "DAY", "only of gifts given on this day or later", 0 },
                  { "to", "DAY", "only of gifts given on this day or earlier", 0 },
                  OPTIONS_FILTER,
                  OPTIONS_OUTPUT,
                  { "key", "FILE", "packages, bundle: sign the list of digests with this key",
                    0 } } },
    { "explain", "FINDING [OPTION]... [EXPORT...]", gr_cmd_explain,
      "show how one finding was reached, step by step",
      "Judges the exports, or a ledger, again and tells of one finding all that is needed to reach "
      "it by hand: the rule and the limit in force, every gift that counts with its facts and its "
      "worth, each exclusion and duty with its conditions, the sum, and what is missing. FINDING "
      "is its id as the audit prints it, or the beginning of it. Nothing is kept. Exports are read "
      "twice: they are files or folders.",
      .option = { OPTION_RULES,
                  OPTION_SET,
                  { "ledger", "FILE", "take gifts from this ledger too; it stays as it is", 'l' },
                  { "from", "DAY", "as given to the audit that printed the finding", 0 },
                  { "to", "DAY", "as given to the audit that printed the finding", 0 },
                  { "format", "F", "text or json (default: text)", 'f' } } },
    { "rules", "check|test|show|diff|simulate [OPTION]... [RULE|A B|EXPORT...]", gr_cmd_rules,
      "check rule files, run their scenarios, tell them in plain English",
      "check reads every file of the rule folder and tells all errors. test judges the scenarios "
      "below "
      "rules/scenarios and tells those that do not come out as expected. show tells a rulebook, "
      "policy or detection in plain English; without RULE it lists the rulebooks. diff tells what "
      "changed between two days, or between two rule folders; exit status 1 if anything did. "
      "simulate judges the same gifts by the rules in use and by others, those of --against with "
      "--set laid over them, and tells which findings are new, gone or changed; exit status 1 if "
      "any are.",
      .option = { OPTION_RULES,
                  OPTION_SET,
                  { "coverage", NULL, "test: also tell what of the rulebooks no scenario exercises",
                    0 },
                  { "on", "DAY", "show: only what is in force on this day", 0 },
                  { "format", "F", "show, diff: text or html; simulate: text or json", 'f' },
                  { "against", "DIR",
                    "simulate: the other folder of rule files (default: the same)", 0 },
                  { "ledger", "FILE", "simulate: gifts of this ledger too; it stays as it is",
                    'l' } } },
    { "ledger", "ACTION [OPTION]... [FILE]", gr_cmd_ledger,
      "decide on findings; verify, seal, back up, look back into a ledger",
      "resolve keeps what an officer decides on a finding, with name, moment and reason: a "
      "fact that the record does not state, with which everything is judged again; that it is "
      "accepted as it is; or that it is exempt. What is accepted or exempt is listed, and "
      "counts as decided until the finding changes. verify checks the ledger against its own "
      "trail, which chains a digest of every row that was kept, and tells what is not as it "
      "was written; with --seal also whether it still has what was sealed; exit status 1 if "
      "anything does not fit. history tells who did what when; of one record also each of its "
      "versions, field by field, and of a finding when it came and went. diff tells what was "
      "found otherwise at moment B than at A (a day, 2026-05-04T09:00:00Z, or run:7), and "
      "why; exit status 1 if anything differs. key makes a key for seals; seal signs the "
      "ledger as it stands, to be kept elsewhere. backup copies a ledger that may be in use; "
      "restore puts a backup in its place, unless that lacks what the ledger has. retention "
      "lists what has been kept long enough; hold keeps it longer, until release; dispose "
      "removes it for good, and tells only what it would do without --yes. FILE is the "
      "ledger, or --ledger names it.",
      .option = { { "ledger", "FILE", "the ledger", 'l' },
                  { "format", "F", "resolve, verify, history, diff: text or json (default: text)",
                    'f' },
                  OPTION_RULES,
                  OPTION_SET,
                  OPTION_AUTHOR,
                  { "reason", "TEXT",
                    "resolve, restore, hold, release, dispose: why; nobody decides without a "
                    "reason",
                    0 },
                  { "fact", "NAME=VALUE",
                    "resolve: what the record does not state: payer=firm; payer= takes it back",
                    0 },
                  { "accept", NULL, "resolve: it stays as it is", 0 },
                  { "exempt", "NUMBER", "resolve: the number of an exemption that was granted", 0 },
                  { "reopen", NULL, "resolve: end what was decided on it", 0 },
                  { "gift", "ID",
                    "history, hold: of this record; resolve --fact: of another gift that counts",
                    0 },
                  { "finding", "ID", "history: of this finding", 0 },
                  { "recipient", "NAME", "history, hold: of what this recipient got; id or name",
                    0 },
                  { "giver", "NAME", "hold: of what this giver gave; id or name", 0 },
                  { "all", NULL, "hold: of everything", 0 },
                  { "as-of", "DAY", "retention, dispose: due on this day (default: today)", 0 },
                  { "due", NULL, "dispose: of all that is due", 0 },
                  { "before", "DAY", "dispose: of what is due and was given before this day", 0 },
                  { "yes", NULL, "dispose: for good", 0 },
                  { "seal", "FILE", "verify: a seal that was made of this ledger", 0 },
                  { "public-key", "HEX", "verify: the key that the seal must be made with", 0 },
                  { "key", "FILE", "seal: the key to sign with", 0 },
                  { "output", "FILE", "key, seal, backup: write it to FILE", 'o' },
                  { "from", "FILE", "restore: the backup", 0 },
                  { "force", NULL, "restore: even if the backup lacks what the ledger has", 0 } } },
    { "people", "ACTION [OPTION]... [PERSON...] [EXPORT...]", gr_cmd_people,
      "who is who: who may be one person, what was decided; rosters",
      "candidates lists pairs of recipients who may be one person, the best first, with the points "
      "that names.xml gives for each part in which they agree. show tells of one person every way "
      "in which records call that one, and why they are one; employers over time; to whom gifts "
      "may count too, and what was decided. merge decides that two are one person, split that "
      "they are two: kept in the ledger with name, moment and reason, while everything is judged "
      "again. The opposite of what was decided makes it as if nothing had been said. PERSON is "
      "named as candidates and show print it, P-0123456789ab, or the beginning of it, or by an id "
      "that only one person has; show also takes words of a name. candidates and show keep "
      "nothing, and take exports, a ledger, or both. roster checks rosters and shows them: account "
      "executives by branch with their supervisors, clients and who is responsible for them, and "
      "what does not fit together; exit status 1 if lines cannot be used. With --ledger the roster "
      "is kept too, unless it has errors, and everything in the ledger is judged again by it.",
      .option = { OPTION_RULES,
                  OPTION_SET,
                  { "ledger", "FILE", "the ledger", 'l' },
                  { "reason", "TEXT", "merge, split: why; nobody decides without a reason", 0 },
                  OPTION_AUTHOR,
                  { "format", "F", "text or json (default: text)", 'f' } } },
    { "serve", "[user|token ACTION [NAME]] --ledger FILE [OPTION]...", gr_cmd_serve,
      "pre-approval and reports in a browser, and a JSON interface",
      "Runs giftrule-serve: pages for people who have an account, and the JSON interface below "
      "/api/v1 for systems that have a token; GET /api/v1/openapi.json describes it. It listens on "
      "127.0.0.1:8220 unless --listen says otherwise; on a public address only with --cert and "
      "--key, or --behind-proxy. user add NAME --role ROLE makes an account, token add NAME "
      "--scopes "
      "WORDS a token. giftrule serve "
      "--help lists all options.",
      .option = { { "ledger", "FILE", "the ledger", 'l' } } },
    { "help", "[COMMAND]", gr_cmd_help, "show this, or the options of a command",
      "Without a command, lists all commands.",
      .option = { { "man", NULL, "write the manual page", 0 },
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
    if (strcmp(name, "serve") == 0)
        return gr_run_serve(argv);
    command = find_command(name);
    if (!command) {
        fprintf(stderr, "giftrule: '%s' is not a command\n  see: giftrule help\n", name);
        return GR_EXIT_USAGE;
    }
    if (!gr_arguments_read(command, argc, argv, &arguments))
        return GR_EXIT_USAGE;
    return command->run(&arguments);
}
