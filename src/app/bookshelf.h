/* src/app/bookshelf.h - the rule files of a folder as they are written: for telling them, not for judging by them. The
 * schemas are checked, nothing is compiled. */
#ifndef GR_APP_BOOKSHELF_H
#define GR_APP_BOOKSHELF_H

#include "engine/policy.h"
#include "report/prose.h"

typedef struct gr_shelf_file {
    const gr_node *root;
    gr_prose_file file;
} gr_shelf_file;

typedef struct gr_bookshelf {
    gr_arena *arena; /* owns all of it */
    const char *dir;
    gr_policy policy;
    gr_shelf_file policy_file, detection;
    gr_list books; /* of gr_shelf_file, by the names of their files */
} gr_bookshelf;

/* All errors of all files go to problems. On success the shelf is to be closed. */
gr_status gr_bookshelf_open(const char *dir, const gr_setting *settings, size_t setting_count,
                            gr_problems *problems, gr_bookshelf *out, gr_error *err);
void gr_bookshelf_close(gr_bookshelf *shelf);

gr_text gr_shelf_id(const gr_shelf_file *book);
const gr_shelf_file *gr_bookshelf_find(const gr_bookshelf *shelf, gr_text id); /* NULL: none */

#endif
