/* src/ingest/compile.h - what the files that compile a format share. */
#ifndef GR_INGEST_COMPILE_H
#define GR_INGEST_COMPILE_H

#include "ingest/sprout.h"
#include "rulefile/rulefile.h"

typedef struct gr_compiler {
    gr_arena *arena;
    gr_problems *problems;
    gr_sprouts sprouts;
    gr_format_file *file;
    gr_list set, test, control, rule; /* of gr_set, gr_test, gr_control, gr_record_rule */
    gr_list records, recipients; /* of gr_sprout *: where paths start, of the rule being read */
    gr_record_rule *now;         /* the rule being read */
    bool no_memory;
} gr_compiler;

/* A new item, all zero; NULL when there are most already (told) or no memory (noted). */
void *gr_compile_add(gr_compiler *c, gr_list *list, size_t most, const gr_node *node);

/* Plants every path of a list in every place where this record, or its recipient, can stand. True
 * when one of them stands outside the record. */
bool gr_compile_plant(gr_compiler *c, const gr_node *node, const gr_list *from, gr_text paths,
                      gr_capture what);

gr_fact gr_compile_fact(gr_compiler *c, const gr_node *node, const char *attribute);

/* One <set>, with its words and places; from: where its paths start. */
void gr_compile_set(gr_compiler *c, const gr_node *node, const gr_list *from);

#endif
