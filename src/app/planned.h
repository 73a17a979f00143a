/* src/app/planned.h - the facts of a gift that somebody plans, on their way to a record: from options, from a form, from
 * JSON, and to and from what the ledger keeps of a request. */
#ifndef GR_APP_PLANNED_H
#define GR_APP_PLANNED_H

#include "giftrule.h"
#include "model/record.h"

/* Makes a record of what is stated. Facts have the names of rule files (model/fact.h); "employer-kind" and other facts of a
 * recipient belong to the recipient with that number, from 0. GR_EUSAGE: no such fact, a value that is none of its kind,
 * a fact twice, or one of date, cost, giver (id or name) and recipient (id or name) is missing; err->file is the fact. */
gr_status gr_planned_read(const gr_stated *stated, size_t count, gr_arena *arena, gr_record *out,
                          gr_error *err);

/* "cost=85.00" a line; of a recipient "1 name=Jane Roe". What is printed reads back as it was. .ptr NULL: no memory. */
gr_text gr_planned_print(const gr_record *record, gr_arena *arena);
/* Adds to a list of gr_stated; texts are the arena's. */
gr_status gr_planned_parse(gr_text text, gr_arena *arena, gr_list *out, gr_error *err);

#endif
