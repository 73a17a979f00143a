/* src/ingest/join.h - facts that stand in a second document: kept until the record comes that they
 * belong to. */
#ifndef GR_INGEST_JOIN_H
#define GR_INGEST_JOIN_H

#include "base/table.h"
#include "ingest/format.h"

/* One row of such a document: an attendee's share of one entry. */
typedef struct gr_addition {
    gr_text format; /* id of the format it was read with */
    gr_text entry;  /* id of the record; empty: not known (yet) */
    gr_text stem;   /* name of the file without folder and ending: perhaps an entry's id */
    gr_text key;    /* of the recipient */
    gr_recipient facts;
    gr_text raw;
    uint32_t line, column;
    bool used;
    bool guessed;   /* the document names no entry; this one has the recipient */
    bool by_stem;   /* the same, and the file bears its name */
    bool ambiguous; /* several entries have the recipient */
} gr_addition;

typedef struct gr_join {
    gr_arena *arena;
    gr_list additions; /* of gr_addition */
    gr_table by_key;
    bool unnamed; /* there are rows that name no entry */
} gr_join;

bool gr_join_open(gr_join *join);
void gr_join_free(gr_join *join);

/* Keeps a record of a joining document named file. All texts are copied. */
gr_status gr_join_keep(gr_join *join, const gr_format_file *format, const gr_record *record,
                       gr_text raw, gr_text file, gr_error *err);

/* Notes which entry has the recipients of unnamed rows. */
gr_status gr_join_survey(gr_join *join, const gr_record *record, gr_error *err);

/* Adds what the rows of a format say to the recipients of a record, whose texts are in arena. */
gr_status gr_join_apply(gr_join *join, gr_text format, gr_record *record, gr_arena *arena,
                        gr_error *err);

#endif
