/* src/report/json_stream.h - a JSON document written member by member, so that only one of them is in memory.
 * Jansson prints the values; the brackets around them are written here and nowhere else. */
#ifndef GR_REPORT_JSON_STREAM_H
#define GR_REPORT_JSON_STREAM_H

#include <jansson.h>

#include "base/money.h"
#include "base/writer.h"

typedef struct gr_json {
    gr_writer *writer;
    unsigned depth;
    bool started; /* the bracket that is open has a member already */
    bool failed;  /* no memory; nothing more is written then */
} gr_json;

/* name: of the member; NULL inside an array. */
void gr_json_open(gr_json *json, const char *name, char bracket);
void gr_json_close(gr_json *json, char bracket);
/* Takes the value over; NULL means that there was no memory for it. */
void gr_json_put(gr_json *json, const char *name, json_t *value);

/* Values; NULL: no memory. What is no UTF-8 becomes U+FFFD. */
json_t *gr_json_text(gr_text text);
json_t *gr_json_number(uint64_t number);
/* Adds a member to an object; false: no memory, also when value is NULL. */
bool gr_json_set(json_t *object, const char *name, json_t *value);

#endif
