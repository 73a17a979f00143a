/* src/rulefile/complaint.h - what libxml2 says about a file, in the words of our own messages: one sentence,
 * the value at fault, and what to do next. Knows its texts, not its interface. */
#ifndef GR_RULEFILE_COMPLAINT_H
#define GR_RULEFILE_COMPLAINT_H

#include <stddef.h>

typedef struct gr_complaint {
    char message[512], hint[512];
} gr_complaint;

/* A message of a validation against a schema. What is not known here is passed on, tidied. */
void gr_complaint_of_schema(const char *text, gr_complaint *out);
/* What follows "the document is not well-formed: ". */
void gr_complaint_of_parser(const char *text, char *out, size_t size);

#endif
