/* src/cli/command.h - the subcommands and their options as tables: parsing, help, man page and shell completion are
 * all made from them. */
#ifndef GR_CLI_COMMAND_H
#define GR_CLI_COMMAND_H

#include "giftrule.h"

typedef struct gr_option {
    const char *name, *argument, *help; /* argument NULL: a switch */
    char letter;                        /* 0: no short form */
} gr_option;

enum { GR_MAX_OPTIONS = 40, GR_MAX_SETTINGS = 32, GR_MAX_STATED = 64 };

/* What the command line says, whichever command it is for. Everything borrows from argv. */
typedef struct gr_arguments {
    const char *rules, *ledger, *as_of, *on, *from, *to, *format, *output, *against;
    const char *as_known_on, *since;
    const char *author, *seal, *key, *public_key, *reason, *before, *fact, *exempt;
    const char *gift, *finding, *giver, *recipient;
    const char *executive, *client, *branch, *rule, *verdict, *role, *table;
    bool man, completion, quiet, coverage, only_new, pairs;
    bool accept, reopen, force, all, due, yes, subject, reserve;
    const char *cancel, *given;
    gr_stated stated[GR_MAX_STATED]; /* facts of a planned gift */
    size_t stated_count;
    unsigned recipients; /* of these, but the first */
    gr_setting setting[GR_MAX_SETTINGS];
    size_t setting_count;
    char **rest;
    int rest_count;
} gr_arguments;

typedef struct gr_command {
    const char *name, *usage;
    int (*run)(const gr_arguments *arguments);
    const char *help;  /* one line */
    const char *about; /* some sentences, for its own help and the man page */
    bool states;       /* options that are none of the program's are facts of a gift */
    gr_option option[GR_MAX_OPTIONS];
} gr_command;

extern const gr_command gr_commands[];
extern const size_t gr_command_count;

/* Exit statuses (giftrule(1)). */
enum {
    GR_EXIT_CLEAN,
    GR_EXIT_FINDINGS,
    GR_EXIT_USAGE,
    GR_EXIT_INPUT,
    GR_EXIT_SYSTEM,
    GR_EXIT_BUG,
    GR_EXIT_REFERRED
};

int gr_cmd_audit(const gr_arguments *arguments);
int gr_cmd_check(const gr_arguments *arguments);
int gr_cmd_serve(const gr_arguments *arguments);
int gr_run_serve(char **argv);
int gr_cmd_report(const gr_arguments *arguments);
int gr_cmd_explain(const gr_arguments *arguments);
int gr_cmd_ledger(const gr_arguments *arguments);
int gr_cmd_ledger_resolve(const gr_arguments *arguments);
int gr_cmd_people(const gr_arguments *arguments);
int gr_cmd_people_roster(const gr_rules *rules, const gr_arguments *arguments,
                         const gr_report_style *style);
int gr_cmd_rules(const gr_arguments *arguments);
int gr_cmd_rules_show(const gr_arguments *arguments, const char *folder);
int gr_cmd_rules_diff(const gr_arguments *arguments, const char *folder);
int gr_cmd_rules_simulate(const gr_arguments *arguments, const char *folder);
int gr_cmd_ledger(const gr_arguments *arguments);
int gr_cmd_help(const gr_arguments *arguments);

/* Finds the rule folder: --rules, GIFTRULE_RULES, or beside the program. NULL after a message. */
const char *gr_rules_folder(const gr_arguments *arguments, char *room, size_t size);
/* The same, without a message. */
const char *gr_rules_folder_find(const gr_arguments *arguments, char *room, size_t size);

/* Reads options from argv[2] on into *out. False after a message. */
bool gr_arguments_read(const gr_command *command, int argc, char **argv, gr_arguments *out);

/* Takes an option that states a fact. False after a message. */
bool gr_take_stated(const char *option, char *value, gr_arguments *out);

/* Who does what is kept in a ledger: --author, GIFTRULE_AUTHOR, or the login name; "" when there is none. */
const char *gr_author(const gr_arguments *arguments);

/* Of a ledger's action: its file by --ledger, or as the argument behind those that it takes itself, which are counted in
 * taken. NULL after a message. */
const char *gr_ledger_named(const gr_arguments *arguments, int taken);
/* Exit status of an action: what cannot be read there is the ledger's fault. */
int gr_ledger_give_up(gr_status status, const gr_error *error);

int gr_cmd_ledger_verify(const gr_arguments *arguments);
int gr_cmd_ledger_seal(const gr_arguments *arguments);
int gr_cmd_ledger_backup(const gr_arguments *arguments);
int gr_cmd_ledger_restore(const gr_arguments *arguments);
int gr_cmd_ledger_history(const gr_arguments *arguments);
int gr_cmd_ledger_diff(const gr_arguments *arguments);
int gr_cmd_ledger_retention(const gr_arguments *arguments);
int gr_cmd_ledger_dispose(const gr_arguments *arguments);
int gr_cmd_ledger_hold(const gr_arguments *arguments);
int gr_cmd_ledger_release(const gr_arguments *arguments);
int gr_cmd_ledger_key(const gr_arguments *arguments);

/* The rules of a folder, or of the arguments: an exit status, GR_EXIT_CLEAN with *out; else all is said. */
int gr_load_folder(const char *folder, const gr_setting *settings, size_t count, gr_rules **out);
int gr_load_rules(const gr_arguments *arguments, gr_rules **out);

/* Text, or the one other format that there is. False after a message. */
bool gr_read_style(const gr_arguments *arguments, gr_format other, gr_report_style *style);
/* Any format of a report, and which part of it. False after a message. */
bool gr_read_report_style(const gr_arguments *arguments, gr_report_part part,
                          gr_report_style *style);
/* Does it list gifts? */
bool gr_style_lists_gifts(const gr_report_style *style);
gr_filter gr_read_filter(const gr_arguments *arguments);

void gr_tell_error(void *context,
                   const gr_error *error); /* context: a size_t to count in, or NULL */
bool gr_to_stdout(void *context, const char *bytes, size_t length);
/* What was written may still wait in stdout. done: the exit status when all goes well. */
int gr_end_stdout(gr_status status, const gr_error *error, int done);
/* Writes a finished report where the arguments say; the exit status tells what it found. */
int gr_give_report(const gr_report *report, const gr_arguments *arguments,
                   const gr_report_style *style);
int gr_give_up(gr_status status, const gr_error *error); /* after a message, the exit status */

unsigned gr_terminal_width(void); /* of standard output, in columns */
bool gr_terminal_has_colour(void);

void gr_print_usage(const gr_command *command); /* NULL: of the program */
void gr_print_error(const gr_error *error);
int gr_exit_of(gr_status status);

#endif
