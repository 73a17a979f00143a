/* src/ledger/fetch.h - parts of a ledger, for a run that judges again only what has changed. "In force" is as of now, with
 * what the present run has brought; "before" is as of its beginning. */
#ifndef GR_LEDGER_FETCH_H
#define GR_LEDGER_FETCH_H

#include "base/list.h"
#include "ledger/ledger.h"
#include "model/person.h"

/* Records by their rows, in any order and also those that are not in force; cheap for many. */
typedef struct gr_fetcher gr_fetcher;

gr_status gr_fetcher_open(gr_ledger *ledger, gr_fetcher **out, gr_error *err);
void gr_fetcher_close(gr_fetcher *fetcher); /* before the ledger; accepts NULL */
gr_status gr_fetcher_fetch(gr_fetcher *fetcher, int64_t row, gr_on_record take, void *context,
                           gr_error *err);

/* Every source that the ledger holds, in the order in which they came. */
typedef gr_status (*gr_on_source)(void *context, int64_t row, const gr_source *source,
                                  gr_error *err);
gr_status gr_ledger_each_source(gr_ledger *ledger, gr_on_source take, void *context, gr_error *err);

/* Every recipient as it was written; several rows may be written alike. */
typedef gr_status (*gr_on_party)(void *context, int64_t row, const gr_person *person,
                                 gr_error *err);
gr_status gr_ledger_each_party(gr_ledger *ledger, gr_on_party take, void *context, gr_error *err);
/* One of them, by its row; nothing is passed where there is none. */
gr_status gr_ledger_party_read(gr_ledger *ledger, int64_t row, gr_on_party take, void *context,
                               gr_error *err);

/* Rows of recipients of which a record was replaced or taken back: only they may be in no record in force. */
gr_status gr_ledger_doubtful_parties(gr_ledger *ledger, gr_list *rows, gr_error *err);
/* Is a recipient, by its row, in a record that is in force now, and was before? */
gr_status gr_ledger_party_life(gr_ledger *ledger, int64_t row, bool *before, bool *now,
                               gr_error *err);
/* Adds the rows of all records in force of a recipient, by its row; and of all that there are. */
gr_status gr_ledger_records_of(gr_ledger *ledger, int64_t row, gr_list *records, gr_error *err);
gr_status gr_ledger_records_in_force(gr_ledger *ledger, gr_list *records, gr_error *err);

/* The row of the latest version of a record that earlier runs kept, also of one that takes it back; 0: there is none. */
gr_status gr_ledger_record_find(gr_ledger *ledger, gr_text format, gr_text id, int64_t *row,
                                gr_error *err);

/* What stands of everybody who gave, and the sums, before this run; by which rules it was judged. */
typedef gr_status (*gr_on_standing)(void *context, const gr_standing *standing, gr_error *err);
gr_status gr_ledger_each_standing(gr_ledger *ledger, gr_on_standing take, void *context,
                                  gr_error *err);
gr_status gr_ledger_totals_find(gr_ledger *ledger, gr_totals *out, gr_error *err);
gr_status gr_ledger_is_judged_by(gr_ledger *ledger, gr_text sha256, bool *out, gr_error *err);

#endif
