/* src/ingest/stream.h - the bytes of one export: from a file, standard input or memory; inflated
 * when they are compressed; turned into UTF-8 when they are not. The digest is of the bytes as
 * they are on disk. */
#ifndef GR_INGEST_STREAM_H
#define GR_INGEST_STREAM_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/error.h"

typedef struct gr_stream gr_stream;

/* path "-" is standard input. Reads the first bytes already. */
gr_status gr_stream_open(const char *path, gr_stream **out, gr_error *err);
gr_status gr_stream_memory(const char *name, gr_text bytes, gr_stream **out, gr_error *err);
void gr_stream_free(gr_stream *stream);

/* The first bytes, inflated but in their own encoding; to recognise the export by. */
gr_text gr_stream_head(const gr_stream *stream);

/* Says what the encoding is; NULL: UTF-8. To be called before the first read. */
gr_status gr_stream_encoding(gr_stream *stream, const char *name, gr_error *err);

/* At most room bytes of UTF-8; *got is 0 at the end. */
gr_status gr_stream_read(gr_stream *stream, char *into, size_t room, size_t *got, gr_error *err);

uint64_t gr_stream_done(const gr_stream *stream);  /* bytes read so far, as on disk */
uint64_t gr_stream_total(const gr_stream *stream); /* 0 when unknown */
void gr_stream_digest(gr_stream *stream, char hex[GR_DIGEST_HEX]); /* once, at the end */

#endif
