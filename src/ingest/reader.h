/* src/ingest/reader.h - one export, from its first byte to its last. */
#ifndef GR_INGEST_READER_H
#define GR_INGEST_READER_H

#include "ingest/builder.h"
#include "ingest/sniff.h"
#include "ingest/stream.h"
#include "ingest/window.h"

typedef struct gr_reader gr_reader;

/* What outlives one source: buffers that are used again. */
typedef struct gr_reader_buffers {
    gr_window window;
    gr_list text; /* of char: the values of the elements that are open */
} gr_reader_buffers;

typedef struct gr_reading_job {
    gr_ingest *ingest;
    const gr_sniffed *sniffed;
    gr_stream *stream;
    gr_source *source;
    gr_join *join; /* NULL: nothing is joined */
    gr_reader_buffers *buffers;
    uint32_t number; /* of the source */
    uint32_t line_offset;
    size_t piece; /* bytes fed to the parser at a time; at most GR_PIECE */
    uint64_t *run_records;
} gr_reading_job;

/* GR_ENOMEM ends the run; any other failure refuses this export. The last batch has been put in
 * any case. The records of a format that adds to others go to job->join. */
gr_status gr_read_export(const gr_reading_job *job, gr_error *err);

/* gr_ingest_bytes with pieces of a given size, for tests: however the bytes come, the records are
 * the same. */
gr_status gr_ingest_pieces(gr_ingest *ingest, gr_text name, gr_text bytes, uint32_t line_offset,
                           size_t piece, gr_error *err);

#endif
