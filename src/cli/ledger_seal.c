/* src/cli/ledger_seal.c - giftrule ledger key and giftrule ledger seal. */
#include "cli/command.h"

#include <stdio.h>

int gr_cmd_ledger_key(const gr_arguments *arguments)
{
    char public_key[65];
    gr_error err;
    gr_status status;

    if (!arguments->output || arguments->rest_count != 1) {
        fprintf(stderr, "giftrule: say where the key goes\n  giftrule ledger key -o FILE\n");
        return GR_EXIT_USAGE;
    }
    status = gr_key_create(arguments->output, public_key, &err);
    if (status != GR_OK)
        return gr_give_up(status, &err);
    printf("public key: %s\n", public_key);
    return gr_end_stdout(GR_OK, &err, GR_EXIT_CLEAN);
}

int gr_cmd_ledger_seal(const gr_arguments *arguments)
{
    const char *ledger = gr_ledger_named(arguments, 0);
    gr_seal_options options = { ledger, gr_author(arguments), arguments->key, arguments->output };
    gr_error err;
    gr_status status;

    if (!ledger)
        return GR_EXIT_USAGE;
    if (!arguments->key) {
        fprintf(stderr, "giftrule: no key is named\n  name it by --key FILE; giftrule ledger key "
                        "makes one\n");
        return GR_EXIT_USAGE;
    }
    status = gr_seal(&options, gr_to_stdout, NULL, &err);
    return status == GR_OK ? gr_end_stdout(GR_OK, &err, GR_EXIT_CLEAN)
                           : gr_ledger_give_up(status, &err);
}
