/* src/cli/help.c - help, manual page and completion, all from the table of commands; and how errors
 * are shown. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#ifndef GR_PREFIX
#define GR_PREFIX "/usr/local"
#endif

/* "file:line:column: message" and, on a line of its own, the hint. */
void gr_print_error(const gr_error *error)
{
    fputs("giftrule: ", stderr);
    if (error->file[0])
        fputs(error->file, stderr);
    if (error->line > 0)
        fprintf(stderr, ":%u", error->line);
    if (error->column > 0)
        fprintf(stderr, ":%u", error->column);
    fprintf(stderr, "%s%s\n", error->file[0] ? ": " : "", error->message);
    if (error->hint[0])
        fprintf(stderr, "  %s\n", error->hint);
}

int gr_exit_of(gr_status status)
{
    switch (status) {
    case GR_OK:
        return GR_EXIT_CLEAN;
    case GR_EUSAGE:
        return GR_EXIT_USAGE;
    case GR_EINPUT:
    case GR_ELIMIT:
        return GR_EXIT_INPUT;
    case GR_EBUG:
        return GR_EXIT_BUG;
    default:
        return GR_EXIT_SYSTEM;
    }
}

static void print_option(const gr_option *option)
{
    char left[48];

    snprintf(left, sizeof left, "%s%c%s --%s%s%s", option->letter ? "-" : "  ",
             option->letter ? option->letter : ' ', option->letter ? "," : "", option->name,
             option->argument ? " " : "", option->argument ? option->argument : "");
    printf("  %-24s %s\n", left, option->help);
}

/* In lines of at most 78 letters. */
static void print_wrapped(const char *text)
{
    size_t column = 0;

    while (*text) {
        size_t n = strcspn(text, " ");

        if (column > 0 && column + 1 + n > 78) {
            putchar('\n');
            column = 0;
        }
        printf("%s%.*s", column ? " " : "", (int)n, text);
        column += n + (column > 0);
        text += n + (text[n] == ' ');
    }
    putchar('\n');
}

static void print_command_usage(const gr_command *command)
{
    static const gr_option help = { "help", NULL, "show this", 'h' };

    printf("usage: giftrule %s %s\n\n", command->name, command->usage);
    print_wrapped(command->about);
    puts("\noptions:");
    for (size_t i = 0; i < GR_MAX_OPTIONS && command->option[i].name; i++)
        print_option(&command->option[i]);
    print_option(&help);
}

void gr_print_usage(const gr_command *command)
{
    if (command) {
        print_command_usage(command);
        return;
    }
    puts("usage: giftrule COMMAND [OPTION]... [ARGUMENT]...\n\ncommands:");
    for (size_t i = 0; i < gr_command_count; i++)
        printf("  %-8s %s\n", gr_commands[i].name, gr_commands[i].help);
    puts("\n'giftrule help COMMAND' shows the options of a command.\n\nexit status: 0 clean, 1 "
         "findings, 2 wrong usage, 3 an input that cannot be read,\n"
         "4 disk, ledger or memory, 5 an error of giftrule itself, 6 referred to a person");
}

/* ---- the manual page ---- */

static void
print_roff(const char *text) /* a line must not begin with a dot, a hyphen is a hyphen */
{
    for (; *text; text++) {
        if (*text == '-' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
}

static void print_man_option(const gr_option *option)
{
    fputs(".TP\n", stdout);
    if (option->letter)
        printf("\\fB\\-%c\\fR, ", option->letter);
    fputs("\\fB\\-\\-", stdout);
    print_roff(option->name);
    printf("\\fR%s%s\n", option->argument ? " " : "", option->argument ? option->argument : "");
    print_roff(option->help);
    putchar('\n');
}

static void print_man(void)
{
    puts(".TH GIFTRULE 1 \"\" \"giftrule " GR_VERSION "\"\n.SH NAME\n"
         "giftrule \\- tells which gifts break the gift rules\n.SH SYNOPSIS");
    for (size_t i = 0; i < gr_command_count; i++) {
        printf("%s\\fBgiftrule %s\\fR ", i ? ".br\n" : "", gr_commands[i].name);
        print_roff(gr_commands[i].usage);
        putchar('\n');
    }
    puts(".SH COMMANDS");
    for (size_t i = 0; i < gr_command_count; i++) {
        printf(".SS %s\n", gr_commands[i].name);
        print_roff(gr_commands[i].about);
        putchar('\n');
        for (size_t k = 0; k < GR_MAX_OPTIONS && gr_commands[i].option[k].name; k++)
            print_man_option(&gr_commands[i].option[k]);
    }
    puts(".SH EXIT STATUS\n0 clean, 1 findings, 2 wrong usage, 3 an input that cannot be read at "
         "all, 4 disk, "
         "ledger or memory, 5 an error of giftrule itself, 6 referred to a person.\n.SH "
         "ENVIRONMENT\n"
         ".TP\nGIFTRULE_AUTHOR\nwho decides, where \\-\\-author is not given\n"
         ".TP\nGIFTRULE_RULES\nthe rule folder, where --rules is not given\n"
         ".TP\nGIFTRULE_AUTHOR\nwho does this, where --author is not given\n"
         ".TP\nNO_COLOR\nno colour on a terminal\n"
         ".TP\nSOURCE_DATE_EPOCH\nthe moment of the run, in seconds since 1970\n.SH FILES\n"
         ".TP\n" GR_PREFIX "/share/giftrule/rules\nthe rule files");
}

/* ---- completion ---- */

static void print_completion(void)
{
    puts("# bash completion for giftrule; made by: giftrule help --completion\n_giftrule()\n{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} words=\n    if [ \"$COMP_CWORD\" -eq 1 ]; then");
    fputs("        words=\"", stdout);
    for (size_t i = 0; i < gr_command_count; i++)
        printf("%s%s", i ? " " : "", gr_commands[i].name);
    puts("\"\n    else\n        case ${COMP_WORDS[1]} in");
    for (size_t i = 0; i < gr_command_count; i++) {
        printf("        %s) words=\"", gr_commands[i].name);
        for (size_t k = 0; k < GR_MAX_OPTIONS && gr_commands[i].option[k].name; k++)
            printf("%s--%s", k ? " " : "", gr_commands[i].option[k].name);
        puts("\" ;;");
    }
    puts("        esac\n    fi\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "    [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$word\"))\n}\n"
         "complete -o filenames -F _giftrule giftrule");
}

int gr_cmd_help(const gr_arguments *arguments)
{
    if (arguments->man) {
        print_man();
        return GR_EXIT_CLEAN;
    }
    if (arguments->completion) {
        print_completion();
        return GR_EXIT_CLEAN;
    }
    if (arguments->rest_count == 0) {
        gr_print_usage(NULL);
        return GR_EXIT_CLEAN;
    }
    for (size_t i = 0; i < gr_command_count; i++) {
        if (strcmp(gr_commands[i].name, arguments->rest[0]) == 0) {
            gr_print_usage(&gr_commands[i]);
            return GR_EXIT_CLEAN;
        }
    }
    fprintf(stderr, "giftrule: '%s' is not a command\n  see: giftrule help\n", arguments->rest[0]);
    return GR_EXIT_USAGE;
}
