/* src/ingest/accept.h - the second half of the builder: records that wait, are complete, or are
 * not. */
#ifndef GR_INGEST_ACCEPT_H
#define GR_INGEST_ACCEPT_H

#include "ingest/builder.h"

bool gr_accept_batch(gr_builder *b); /* a batch with room for one record is there */

/* The open record has all facts of its own: accepts it, holds it, or quarantines it. */
void gr_accept(gr_builder *b, const uint8_t *rank);

/* A value that goes first has come: lets go what waited only for it. */
void gr_release_decided(gr_builder *b);

/* A text from outside the record must live as long as the record. */
gr_reading gr_copy_inherited(gr_builder *b, const gr_set *set, bool is_inherited, gr_value *value);

gr_place gr_record_place(const gr_builder *b, const gr_record *record);

#endif
