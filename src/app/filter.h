/* src/app/filter.h - which findings and gifts a report tells. A filter hides, and changes no sum: what is told was counted
 * with everything. Ids are compared by bytes, names and employers as the names of people and firms are. */
#ifndef GR_APP_FILTER_H
#define GR_APP_FILTER_H

#include "base/error.h"
#include "model/standing.h"
#include "people/names.h"

typedef struct gr_filtering gr_filtering;

/* GR_EUSAGE: a verdict or a day that is none. Whether anybody is called so is asked later, by gr_filtering_apply(). names
 * tells how names are compared, and lives as long; NULL: without titles and legal forms. Texts and memory are the arena's;
 * *out is to be freed with gr_filtering_free(). */
gr_status gr_filtering_make(const gr_filter *filter, const gr_names *names, gr_arena *arena,
                            gr_filtering **out, gr_error *err);
void gr_filtering_free(gr_filtering *filtering); /* accepts NULL */

bool gr_filtering_is_on(const gr_filtering *filtering); /* says anything at all */
/* Of whoever is asked for, may ids and names be looked for among recipients? */
bool gr_filtering_asks_recipients(const gr_filtering *filtering);

/* Each is true where the filter does not ask. Somebody is asked for by id or by name, so that of a person who is called in
 * several ways each is to be offered. */
bool gr_filtering_takes_executive(gr_filtering *filtering, const gr_executive *executive);
bool gr_filtering_takes_recipient(gr_filtering *filtering, gr_text id, gr_text name);
bool gr_filtering_takes_client(gr_filtering *filtering, gr_text employer);
bool gr_filtering_takes_day(const gr_filtering *filtering, gr_day day);
/* By rule, verdict, day, recipient and employer. */
bool gr_filtering_takes_finding(gr_filtering *filtering, const gr_finding *finding);
/* Gifts are told for findings that are told: where a verdict is asked for. */
bool gr_filtering_asks_findings(const gr_filtering *filtering);
/* Whoever gave, of any branch that is asked for; once the filter was applied to a report. */
bool gr_filtering_takes_giver(gr_filtering *filtering, gr_text id, gr_text name);
bool gr_filtering_has_failed(
    const gr_filtering *filtering); /* for want of memory, in any of these */

/* Who there is, beside those whom the report names. Each may be empty. */
typedef struct gr_filtering_known {
    const gr_standing *giver;
    size_t giver_count;
    const gr_person *recipient;
    size_t recipient_count;
} gr_filtering_known;

/* Leaves in a finished report what the filter takes; sums of findings are of these. GR_EUSAGE: nobody is called so; the hint
 * tells whose names are nearest. The report's book is filtered by its maker. */
gr_status gr_filtering_apply(gr_filtering *filtering, const gr_filtering_known *known,
                             gr_report *report, gr_error *err);

#endif
