/* src/app/rules_kept.h - the rules by which a ledger was judged. */
#ifndef GR_APP_RULES_KEPT_H
#define GR_APP_RULES_KEPT_H

#include "app/rules.h"
#include "ledger/ledger.h"

/* The rules that judged the ledger at the end of a run, which used describes (gr_ledger_recall()): those of the folder at
 * hand, if they are the same, with the choices that were set for that run; else those that the ledger has kept. Where
 * nothing was judged yet, those of the folder. folder may be NULL. Free *out with gr_rules_free(). GR_EINPUT: they are
 * neither at hand nor kept, or another version of the program has judged by them. */
gr_status gr_rules_of_ledger(gr_ledger *ledger, const char *path, int64_t run,
                             const gr_rules_used *used, const char *folder, gr_rules **out,
                             gr_error *err);

#endif
