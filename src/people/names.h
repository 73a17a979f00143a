/* src/people/names.h - rules/names.xml: what is left out of names, and first names that may stand for each other.
 * Immutable after loading. */
#ifndef GR_PEOPLE_NAMES_H
#define GR_PEOPLE_NAMES_H

#include "base/problems.h"
#include "base/table.h"
#include "people/weights.h"

typedef enum gr_name_kind {
    GR_NAME_FIRST,      /* a first name that may stand for others */
    GR_NAME_TITLE,      /* "dr", in front of a person's name */
    GR_NAME_CREDENTIAL, /* "cfa", behind it */
    GR_NAME_SUFFIX,     /* "jr", which tells father and son apart */
    GR_NAME_PARTICLE,   /* "de", "van", "al", in front of a last name */
    GR_NAME_LEGAL_FORM  /* "llc", behind a firm's name */
} gr_name_kind;

typedef struct gr_names {
    gr_list member; /* of gr_name_member: a word, its kind and the line it stands on */
    gr_table known; /* members by word */
    gr_weights weights;
    char sha256[65]; /* of the file */
} gr_names;

gr_status gr_names_load(const char *path, const char *schema, gr_arena *arena,
                        gr_problems *problems, gr_names *out, gr_error *err);
void gr_names_free(gr_names *names);

/* All words are folded already. */
bool gr_names_has(const gr_names *names, gr_name_kind kind, gr_text word);
/* The next line that this first name stands on; false after the last. *cursor starts at 0. */
bool gr_names_line(const gr_names *names, gr_text first, size_t *cursor, uint32_t *line);
bool gr_names_same(const gr_names *names, gr_text a, gr_text b); /* first names of one line? */

#endif
