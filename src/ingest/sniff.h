/* src/ingest/sniff.h - recognises an export by its first bytes: its encoding, its root, its
 * format. */
#ifndef GR_INGEST_SNIFF_H
#define GR_INGEST_SNIFF_H

#include "ingest/format.h"

typedef struct gr_sniffed {
    const gr_format_file *format;
    char encoding[48]; /* empty: UTF-8 */
} gr_sniffed;

/* Refuses what is empty, no XML, has a DOCTYPE or is of no known format. name is for messages. */
gr_status gr_sniff(const gr_formats *formats, const char *name, uint32_t line_offset, gr_text head,
                   gr_sniffed *out, gr_error *err);

#define GR_HINT_ENCODING "export it as UTF-8, or say in its first line which encoding it is in"

/* True for an error number of libxml2 that speaks of bytes that are no text. */
bool gr_is_encoding_error(int code);

#endif
