/* src/ingest/value.h - the text of an export becomes the value of a fact. */
#ifndef GR_INGEST_VALUE_H
#define GR_INGEST_VALUE_H

#include "ingest/format.h"

typedef enum gr_reading {
    GR_READ_VALUE,
    GR_READ_NULL,  /* nothing stands there */
    GR_READ_WRONG, /* *err says what, without a place */
    GR_READ_MEMORY /* there is none left */
} gr_reading;

/* Reads text as the value of a set. exponent: decimals of an amount in minor units. Texts are
 * copied into arena. */
gr_reading gr_value_read(const gr_format_file *format, const gr_set *set, gr_text text,
                         unsigned exponent, gr_arena *arena, gr_value *out, gr_error *err);

/* The same for a value of several parts; those that are missing are empty. */
gr_reading gr_value_join(const gr_set *set, const gr_text *part, gr_arena *arena, gr_value *out,
                         gr_error *err);

/* True when the text says that there is nothing: it is empty, or one of the format's words for
 * that. */
bool gr_value_is_null(const gr_format_file *format, gr_text text);

#endif
