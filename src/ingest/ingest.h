/* src/ingest/ingest.h - exports in, typed and placed records out. It knows formats, and no rules. */
#ifndef GR_INGEST_INGEST_H
#define GR_INGEST_INGEST_H

#include "base/problems.h"
#include "model/record.h"

/* The compiled format files of a rule folder; immutable after loading. */
typedef struct gr_formats gr_formats;

/* Reads every *.xml of dir, checked against the schema file. All memory is the arena's. */
gr_status gr_formats_load(const char *dir, const char *schema, gr_arena *arena,
                          gr_problems *problems, const gr_formats **out, gr_error *err);

/* Can what exports of this format hold be judged without other systems: gifts of a log, lines of a roster? Expenses and
 * approvals, and what a format holds that is not there any more, are matched with records of others. */
bool gr_formats_stand_alone(const gr_formats *formats, gr_text format);

/* Where records go. fresh gives an empty batch to fill (it may wait; NULL ends the run with GR_ENOMEM); put
 * hands a batch over for good. The last batch of a source has end set; a source that is refused after
 * batches were put ends with GR_BATCH_REFUSED, and nothing of it is to be kept. */
typedef struct gr_sink {
    gr_batch *(*fresh)(void *context);
    void (*put)(void *context, gr_batch *batch);
    void *context;
} gr_sink;

/* One run over inputs: what it needs, and what it tells. The lists and their texts live in arena. */
typedef struct gr_ingest {
    const gr_formats *formats;
    gr_sink sink;
    gr_on_progress on_progress; /* may be NULL */
    void *progress_context;
    gr_arena *arena;
    gr_list refused; /* of gr_error: inputs of which nothing was kept */
    gr_list notes;   /* of gr_text: what was passed over, and is no error */
} gr_ingest;

/* Reads files, the *.xml and *.xml.gz of folders (sorted by name), and "-" for standard input, in the
 * order given. Each input that can be opened and recognised becomes one source, numbered from 0 in that
 * order; documents that only add to others by a key are read first. An input that cannot be read is
 * refused and the rest goes on; only want of memory ends the run early. */
gr_status gr_ingest_run(gr_ingest *ingest, const char *const *inputs, size_t count, gr_error *err);

/* The same for bytes in memory, as one source named name. line_offset is added to every line. */
gr_status gr_ingest_bytes(gr_ingest *ingest, gr_text name, gr_text bytes, uint32_t line_offset,
                          gr_error *err);

#endif
