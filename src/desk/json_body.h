/* src/desk/json_body.h - what systems send, strictly read: what is not known here is an error with its name, never passed
 * over, since a fact that is misspelt is a fact that is not judged. */
#ifndef GR_DESK_JSON_BODY_H
#define GR_DESK_JSON_BODY_H

#include <jansson.h>

#include "desk/desk.h"
#include "model/record.h"
#include "report/json_stream.h"

/* The object that was sent; the desk's until the next call. An empty body is an empty object where is_optional is set. */
gr_status gr_body_read(gr_visit *visit, bool is_optional, const json_t **out, gr_error *err);
/* Has the object members of these names only? names end with NULL. */
gr_status gr_body_check(const json_t *object, const char *const *names, gr_error *err);
/* A member that is a text; "" where it is not there, which is an error where it is needed. */
gr_status gr_body_text(const json_t *object, const char *name, bool is_needed, gr_text *out,
                       gr_error *err);
/* Facts of a gift as a list of gr_stated: {"giver": {}, "recipients": [{}], "cost": "85.00" ...}. */
gr_status gr_body_facts(const json_t *object, gr_arena *arena, gr_list *out, gr_error *err);
/* A whole gift, which the visitor may ask about. */
gr_status gr_body_gift(gr_visit *visit, gr_record *out, gr_error *err);
/* The reverse of gr_body_facts(), of what gr_planned_print() printed; NULL: no memory. */
json_t *gr_json_stated(const gr_list *stated);

/* Only these names may be in the query. */
gr_status gr_query_check(const gr_visit *visit, const char *const *names, gr_error *err);
/* A number of the query, from 0 to most; missing where it is not there. */
gr_status gr_query_number(const gr_visit *visit, const char *name, uint64_t most, uint64_t missing,
                          size_t *out, gr_error *err);
/* As a C string, NULL where it is not there or empty. */
const char *gr_query_word(const gr_visit *visit, const char *name);

/* Takes a stream of members to the reply: {"giftrule": 1, ... and closes it; fails only for want of memory. */
void gr_json_start(gr_visit *visit, gr_json *json);
gr_status gr_json_end(gr_json *json, gr_error *err);

#endif
