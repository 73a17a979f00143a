/* src/cli/serve.c - giftrule serve: runs giftrule-serve, which stands beside this program. It is another one since TLS is a
 * lot to load for who only asks a question. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Does not come back, unless it failed. */
int gr_run_serve(char **argv)
{
    char name[4096 + 16];
    ssize_t n = readlink("/proc/self/exe", name, 4096);
    char *slash;

    name[n > 0 ? n : 0] = '\0';
    slash = strrchr(name, '/');
    memcpy(slash ? slash + 1 : name, "giftrule-serve", sizeof "giftrule-serve");
    execv(name, argv + 1);
    fprintf(stderr, "giftrule: %s: %s\n  it is installed with giftrule\n", name, strerror(errno));
    return GR_EXIT_SYSTEM;
}

/* For the help only: main runs the other program before options are read. */
int gr_cmd_serve(const gr_arguments *arguments)
{
    (void)arguments;
    return GR_EXIT_BUG;
}
