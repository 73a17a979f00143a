/* src/app/increment.h - judging again only those whose gifts have changed, or who they are: what is found of them takes
 * the place of what was found before, and all else stands. The result is that of judging everything. */
#ifndef GR_APP_INCREMENT_H
#define GR_APP_INCREMENT_H

#include "app/run.h"

/* Can it be done? Where other rules judged before, or a limit adds up over clients, everything has to be judged. */
gr_status gr_increment_is_possible(const gr_rules *rules, gr_ledger *ledger, bool *out,
                                   gr_error *err);

/* After the last batch, with gr_intake_load_people() before the first: judges, and keeps in the ledger what has changed.
 * What run then holds is of those who were judged; a report is made from the ledger. */
gr_status gr_increment_judge(const gr_rules *rules, gr_ledger *ledger, gr_run *run, gr_error *err);

#endif
