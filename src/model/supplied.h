/* src/model/supplied.h - a fact on which a record is silent, supplied by an officer; and values of facts as people write
 * them. What the record itself states goes before it. */
#ifndef GR_MODEL_SUPPLIED_H
#define GR_MODEL_SUPPLIED_H

#include "base/error.h"
#include "model/record.h"

typedef struct gr_supplied {
    gr_text format, gift; /* which record */
    uint32_t position;    /* of the recipient, from 0; of no meaning for a fact of the gift */
    gr_fact fact;
    gr_value value;
    gr_text author, moment, reason; /* as of a decision */
    gr_text finding;                /* for which it was supplied */
} gr_supplied;

/* Facts by which a record is known, and which nobody can supply. */
bool gr_fact_is_fixed(gr_fact fact);
/* Up to five facts that are called nearly so, "perhaps payer, parent"; "" when none is. */
const char *gr_fact_near(gr_text name, char out[GR_FACT_HINT]);

/* A word, a day, an amount, a number, as in the gift log. The value's text borrows from text. GR_EUSAGE. */
gr_status gr_value_parse(gr_fact fact, gr_text text, gr_place at, gr_value *out, gr_error *err);
/* The reverse; an amount between two cents goes up. room has space for what is no text. */
enum { GR_VALUE_TEXT = 64 };
gr_text gr_value_print(gr_fact fact, const gr_value *value, char room[GR_VALUE_TEXT]);

#endif
