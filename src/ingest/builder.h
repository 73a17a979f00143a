/* src/ingest/builder.h - makes records out of the values that the reader finds, and hands them on
 * in batches. It knows nothing of XML: only places, values and the rules of a format. */
#ifndef GR_INGEST_BUILDER_H
#define GR_INGEST_BUILDER_H

#include "base/bounds.h"
#include "ingest/join.h"
#include "ingest/value.h"

typedef struct gr_slot { /* what was found for one set */
    gr_value value;
    const gr_error *error; /* the value cannot be read; told if it is the one that counts */
    gr_text *part;
    uint8_t rank; /* the choice it came from */
    uint8_t exponent;
    uint8_t depth; /* of its scope, when it stands outside the record */
} gr_slot;

typedef struct gr_held { /* a record that waits for what stands after it */
    gr_record record;
    gr_text raw;
    uint8_t rank[GR_MAX_SETS]; /* of the inherited sets */
    uint8_t rule;
} gr_held;

typedef struct gr_total_stated {
    bool stated;
    uint8_t depth;
    gr_amount amount; /* of a count: cents stand for ones */
    gr_place at;
    gr_text as_text;
} gr_total_stated;

typedef struct gr_scope { /* an open element above the records */
    size_t held_from;
    uint64_t seen; /* records when it began */
    gr_amount sum;
    bool sum_known;
} gr_scope;

/* What the reader must be able to give: the bytes of the record that is open, up to here. */
typedef gr_text (*gr_raw_text)(void *reader);

typedef struct gr_builder {
    gr_ingest *ingest;
    const gr_format_file *format;
    gr_join *join;   /* NULL: nothing is joined (a survey) */
    gr_arena *arena; /* of the source */
    gr_raw_text raw;
    void *reader;
    gr_source *source;
    uint32_t number;       /* of the source */
    uint64_t *run_records; /* of the whole run */
    gr_error *err;
    gr_status status; /* not GR_OK: the source is to be refused, or memory ended */

    gr_batch *batch;
    const gr_record_rule *rule; /* of the open record; NULL: none is open */
    gr_record *record;
    gr_arena *into; /* where its texts go */
    gr_error *bad;  /* the first thing wrong with it */
    bool skip_record, skip_recipient, retract, minus, has_bad;
    gr_error bad_space;
    gr_list recipients; /* of gr_recipient, of the open record */
    bool in_recipient;

    uint64_t filled, inherited_filled;
    gr_slot slot[GR_MAX_SETS], inherited[GR_MAX_SETS];
    gr_record draft; /* records that may have to wait are made here */
    gr_list held;    /* of gr_held */
    gr_scope scope[GR_MAX_DEPTH];
    int scopes;
    gr_total_stated total[GR_MAX_CONTROLS];
    uint64_t seen;
    gr_amount sum;
    bool sum_known;
} gr_builder;

gr_status gr_builder_open(gr_builder *b);
void gr_builder_free(gr_builder *b);

void gr_builder_scope(gr_builder *b, int depth);
void gr_builder_scope_end(gr_builder *b, int depth);

void gr_builder_record(gr_builder *b, const gr_record_rule *rule, uint32_t line, uint32_t column);
void gr_builder_record_end(gr_builder *b);
void gr_builder_recipient(gr_builder *b);
void gr_builder_recipient_end(gr_builder *b);

/* Uses a text for what the format says. depth: of the scope, for a value outside the record. When
 * it cannot be read *err says so, and the reader adds the place and gives it back with
 * gr_builder_wrong. */
gr_reading gr_builder_take(gr_builder *b, const gr_capture *capture, gr_text text, int depth,
                           gr_error *err);
void gr_builder_wrong(gr_builder *b, const gr_capture *capture, int depth, const gr_error *err);

/* The open record cannot be used; only the first reason is kept. */
void gr_builder_bad(gr_builder *b, const gr_error *err);

/* Puts one thing into quarantine. id may be empty; raw is copied and masked. */
void gr_builder_quarantine(gr_builder *b, const gr_error *error, gr_text id, gr_text raw);

/* Hands over the last batch; refused: nothing of the source is to be kept. */
void gr_builder_end(gr_builder *b, bool refused);

#endif
