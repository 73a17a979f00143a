/* src/ingest/inputs.h - what the user named becomes a list of files. */
#ifndef GR_INGEST_INPUTS_H
#define GR_INGEST_INPUTS_H

#include "ingest/ingest.h"

typedef struct gr_input {
    const char *path; /* "-": standard input */
    gr_error *error;  /* it cannot be read: why; NULL: it can, so far */
} gr_input;

/* Opens folders; their files are sorted by name, and those that are no XML become notes. Fills
 * inputs, a list of gr_input. */
gr_status gr_inputs_find(gr_ingest *ingest, const char *const *names, size_t count, gr_list *inputs,
                         gr_error *err);

#endif
