/* src/people/names.h - rules/names.xml: first names that may stand for each other. Immutable after loading. */
#ifndef GR_PEOPLE_NAMES_H
#define GR_PEOPLE_NAMES_H

#include "base/problems.h"
#include "base/table.h"
#include "rulefile/rulefile.h"

typedef struct gr_names {
    gr_list member; /* of gr_name_member: a name and the line it stands on */
    gr_table known; /* members by name */
} gr_names;

gr_status gr_names_load(const char *path, const char *schema, gr_arena *arena,
                        gr_problems *problems, gr_names *out, gr_error *err);
void gr_names_free(gr_names *names);

/* Do both stand on one line? Both are folded already. */
bool gr_names_same(const gr_names *names, gr_text a, gr_text b);

#endif
