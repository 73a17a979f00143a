/* src/rulefile/rulefile.h - the files under rules/: read whole, checked against their schema, every error
 * with its place, and given on as a plain tree that knows nothing of libxml2. */
#ifndef GR_RULEFILE_RULEFILE_H
#define GR_RULEFILE_RULEFILE_H

#include "base/arena.h"
#include "base/list.h"
#include "base/problems.h"

typedef struct gr_attribute {
    const char *name;
    gr_text value;
    const struct gr_attribute *next;
} gr_attribute;

typedef struct gr_node {
    const char *name;
    gr_place at;
    gr_text text; /* all text inside, white space collapsed; of who only holds elements: empty */
    const gr_attribute *attribute;
    const struct gr_node *first, *next; /* child elements; next sibling */
} gr_node;

typedef struct gr_rulefile {
    const gr_node *root;
    gr_text bytes; /* the file as it stands on disk */
    char sha256[65];
} gr_rulefile;

/* The bytes of a file of bounded size, as they are. */
gr_status gr_rulefile_read(const char *path, gr_arena *arena, gr_text *out, gr_error *err);

/* Reads path and checks it against the schema file (NULL: none). Errors go to problems and make the result
 * GR_EINPUT; *out is then left alone. All memory is the arena's. */
gr_status gr_rulefile_load(const char *path, const char *schema, gr_arena *arena,
                           gr_problems *problems, gr_rulefile *out, gr_error *err);

/* The same for several files of one schema, which is parsed once; { .path = ... } to begin with. */
typedef struct gr_schema {
    const char *path;
    void *parsed; /* NULL: not yet */
} gr_schema;

gr_status gr_rulefile_load_by(const char *path, gr_schema *schema, gr_arena *arena,
                              gr_problems *problems, gr_rulefile *out, gr_error *err);
void gr_schema_close(gr_schema *schema);

/* The names of the files in dir that end in suffix, sorted by bytes; dir/name each. */
gr_status gr_rulefile_list(const char *dir, const char *suffix, gr_arena *arena, gr_list *paths,
                           gr_error *err);

gr_text gr_node_attribute(const gr_node *node, const char *name); /* "" when absent */
bool gr_node_has(const gr_node *node, const char *name);
bool gr_node_is(const gr_node *node, const char *name);
/* The first child of this name, and the next sibling of the same name. NULL: none. */
const gr_node *gr_node_child(const gr_node *node, const char *name);
const gr_node *gr_node_again(const gr_node *node);
size_t gr_node_count(const gr_node *node, const char *name); /* children of this name */

#endif
