/* src/app/explain_records.h - records of a run, read once more. A run keeps of each gift only what it counts; whoever
 * wants to show its facts has to fetch it from where it came. */
#ifndef GR_APP_EXPLAIN_RECORDS_H
#define GR_APP_EXPLAIN_RECORDS_H

#include "app/run.h"

typedef struct gr_fetched {
    uint32_t gift;           /* number of the tally */
    const gr_record *record; /* as it was judged; NULL: not fetched yet */
    uint64_t stated; /* bit: fact of the gift that the export states; others were detected */
    const gr_supplied *const *supplied; /* facts that it does not state, and officers have told */
    size_t supplied_count;
} gr_fetched;

/* Fills every item of wanted, a list of gr_fetched with numbers; sorts it by number, each once. Records are copied
 * into the run's arena. Fails with GR_EINPUT when one is no longer where it was. */
gr_status gr_fetch_records(const gr_rules *rules, const gr_audit_options *options, gr_run *run,
                           gr_list *wanted, gr_error *err);

/* NULL: it was not wanted. */
const gr_fetched *gr_fetched_find(const gr_list *wanted, uint32_t gift);

#endif
