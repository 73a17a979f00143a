/* src/cli/ledger_backup.c - giftrule ledger backup and giftrule ledger restore. */
#include "cli/command.h"

#include <stdio.h>

int gr_cmd_ledger_backup(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 0);
    gr_error err;
    gr_status status;

    if (!ledger)
        return GR_EXIT_USAGE;
    if (!arguments->output) {
        fprintf(stderr, "giftrule: say where the backup goes\n  name it by -o FILE\n");
        return GR_EXIT_USAGE;
    }
    status = gr_backup(ledger, arguments->output, &err);
    return status == GR_OK ? GR_EXIT_CLEAN : gr_ledger_give_up(status, &err);
}

int gr_cmd_ledger_restore(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 0);
    gr_restore_options options = { arguments->from, ledger, gr_author(arguments), arguments->reason,
                                   arguments->force };
    char kept[4096];
    gr_error err;
    gr_status status;

    if (!ledger)
        return GR_EXIT_USAGE;
    if (!arguments->from) {
        fprintf(stderr, "giftrule: no backup is named\n  name it by --from FILE\n");
        return GR_EXIT_USAGE;
    }
    status = gr_restore(&options, kept, sizeof kept, &err);
    if (status != GR_OK)
        return gr_ledger_give_up(status, &err);
    printf("%s is restored from %s\n", ledger, arguments->from);
    if (kept[0])
        printf("the ledger that was there is kept as %s\n", kept);
    return gr_end_stdout(GR_OK, &err, GR_EXIT_CLEAN);
}
