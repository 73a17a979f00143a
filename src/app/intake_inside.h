/* src/app/intake_inside.h - what the files of the intake share: intake.c takes in what exports bring, intake_ledger.c what
 * the ledger holds, intake_people.c says who is who. */
#ifndef GR_APP_INTAKE_INSIDE_H
#define GR_APP_INTAKE_INSIDE_H

#include "app/intake.h"

/* Keeps the first failure. */
void gr_intake_fail(gr_intake *intake, gr_status status);
/* False, as of the next: no memory, which is noted. */
bool gr_intake_keep(gr_intake *intake, gr_text text, gr_text *out);
bool gr_intake_add_source(gr_intake *intake, const gr_source *source);
/* before: the gift that this record replaces, or GR_NONE. */
void gr_intake_add_record(gr_intake *intake, uint32_t source, gr_text format, gr_record *record,
                          const gr_kept_record *kept, uint32_t before);

#endif
