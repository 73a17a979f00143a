/* src/ingest/mask.h - blanks card and bank numbers in the raw text of a record. */
#ifndef GR_INGEST_MASK_H
#define GR_INGEST_MASK_H

#include "ingest/format.h"

/* Overwrites, in place, the content of every element and attribute that the format masks. */
void gr_mask(const gr_format_file *format, char *raw, size_t length);

#endif
