/* src/app/supplement.h - what officers told the ledger of records that are silent: loaded once for a run. */
#ifndef GR_APP_SUPPLEMENT_H
#define GR_APP_SUPPLEMENT_H

#include "base/table.h"
#include "ledger/ledger.h"
#include "model/supplied.h"

typedef struct gr_supplement {
    gr_table known; /* by format and record id */
    gr_list
        supplied; /* of gr_supplied *; they and their texts live in the arena that it was loaded into */
} gr_supplement;

/* Adds all that is in force; frees with gr_supplement_free(), also after a failure. */
gr_status gr_supplement_load(gr_supplement *supplement, gr_ledger *ledger, gr_arena *arena,
                             gr_error *err);
void gr_supplement_free(gr_supplement *supplement);

/* Lays over a record what it does not state itself; a recipient that it does not have is passed over. laid: a list of
 * gr_supplied * that gets those that are used; NULL: nobody wants to know. False: no memory for it. */
bool gr_supplement_lay(const gr_supplement *supplement, gr_text format, gr_record *record,
                       gr_list *laid);

#endif
