/* src/app/plain_files.h - the rule files that have no prose: names, rates, formats, scenarios, schemas. They are compared
 * by their bytes. */
#ifndef GR_APP_PLAIN_FILES_H
#define GR_APP_PLAIN_FILES_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/list.h"

typedef struct gr_plain_file {
    gr_text name; /* below the rule folder */
    char sha256[GR_DIGEST_HEX];
} gr_plain_file;

/* Adds those of the rule folder dir to files, a list of gr_plain_file; their names are the arena's. */
gr_status gr_plain_files_read(const char *dir, gr_arena *arena, gr_list *files, gr_error *err);

#endif
