/* tests/unit/desk_box.h - a folder of its own for each test with a ledger in it, for tests of the layers above the ledger. */
#ifndef GR_TESTS_DESK_BOX_H
#define GR_TESTS_DESK_BOX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/ledger.h"

typedef struct sandbox {
    char dir[32], path[64];
} sandbox;

static inline int enter(void **state)
{
    sandbox *box = calloc(1, sizeof *box);

    if (!box)
        return -1;
    snprintf(box->dir, sizeof box->dir, "/tmp/giftrule-XXXXXX");
    if (!mkdtemp(box->dir))
        return -1;
    snprintf(box->path, sizeof box->path, "%s/ledger", box->dir);
    *state = box;
    return 0;
}

static inline int leave(void **state)
{
    sandbox *box = *state;
    DIR *dir = opendir(box->dir);
    char path[320];

    for (struct dirent *one; dir && (one = readdir(dir)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", box->dir, one->d_name);
        unlink(path);
    }
    if (dir)
        closedir(dir);
    rmdir(box->dir);
    free(box);
    return 0;
}

static inline gr_ledger *open_ledger(const char *path)
{
    gr_ledger *ledger = NULL;
    gr_error err = { 0 };

    if (gr_ledger_open(path, &ledger, &err) != GR_OK)
        fail_msg("%s", err.message);
    return ledger;
}

#endif
