/* src/ingest/events.h - what the parser tells, followed through the tree of the format. Shared by
 * the files of the reader only. */
#ifndef GR_INGEST_EVENTS_H
#define GR_INGEST_EVENTS_H

#include "ingest/reader.h"

#include <libxml/parser.h>

typedef struct gr_frame { /* an element that is open, and known */
    const gr_shape *shape;
    uint64_t tag;      /* offset of the end of its start tag */
    uint32_t line;     /* of that */
    uint32_t text;     /* where its text begins */
    uint16_t next;     /* the child to look at first */
    uint16_t position; /* of the last Cell */
    bool is_null;
} gr_frame;

struct gr_reader {
    const gr_reading_job *job;
    const gr_format_file *format;
    xmlParserCtxt *parser;
    gr_window *window;
    gr_error *err;
    gr_status status;
    gr_shape *shape;     /* the format's, with the parser's names */
    gr_feature *feature; /* likewise */
    const char *nil, *index;
    gr_frame frames[GR_MAX_DEPTH + 2];
    int top;         /* of frames */
    unsigned depth;  /* elements open in all */
    unsigned skip;   /* of these, how many inside one that is not known */
    bool collecting; /* text is wanted */
    gr_list *text;   /* of char */
    uint64_t begin;  /* where the open record begins in the window */
    bool in_record, in_stray, at_end;
    gr_error wrong; /* of a value; here, so that the way of the good ones needs no room for it */
    gr_error stray; /* what is wrong with an unknown element outside the records */
    gr_list kept;   /* of char: the beginning of a record too long for the window */
    int64_t progress;
    gr_builder builder;
};

/* The handlers; their context is the reader. */
void gr_events_install(xmlSAXHandler *sax);

/* Offset of the byte where the parser stands. */
uint64_t gr_reader_here(const gr_reader *r);

/* Refuses the export: the parser cannot go on from where it stands, or the tag that is open is at
 * fault. */
void gr_refuse_here(gr_reader *r, const char *hint, const char *message);
void gr_refuse_tag(gr_reader *r, gr_status status, const char *hint, const char *message);

/* What the window has of the open record goes behind what was kept of it before. False: no memory.
 */
bool gr_reader_keep(gr_reader *r);

/* The bytes of the open record, up to here; context is the reader. */
gr_text gr_reader_raw(void *context);

#endif
