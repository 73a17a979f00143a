/* src/app/audience.h - for whom a report is, and what that role need not see. It is taken out of the report and of its book, once
 * and in one place, so that every format obeys. */
#ifndef GR_APP_AUDIENCE_H
#define GR_APP_AUDIENCE_H

#include "app/filter.h"

typedef enum gr_audience {
    GR_FOR_OFFICER,  /* everything */
    GR_FOR_EXAMINER, /* no e-mail addresses, nothing of families and friends */
    GR_FOR_AUDITOR,  /* nobody's name: pseudonyms; no free texts */
    GR_FOR_EXECUTIVE /* what is about one account executive; colleagues without names */
} gr_audience;

/* NULL: an officer. GR_EUSAGE: there is no such role. */
gr_status gr_audience_find(const char *word, gr_audience *out, gr_error *err);
/* May somebody be named whom the report does not list, so that gr_filtering_known should have every recipient? */
bool gr_audience_asks_recipients(gr_audience role);

/* Everybody who may be named in texts, and what stands there instead. One may make many views. */
typedef struct gr_mask gr_mask;

/* known may be NULL. The report is only read, and lives as long. *out is to be freed. */
gr_status gr_mask_make(gr_audience role, const gr_report *report, const gr_filtering_known *known,
                       gr_mask **out, gr_error *err);
void gr_mask_free(gr_mask *mask); /* accepts NULL */

/* The report as the role sees it; for GR_FOR_EXECUTIVE, of the account executive at place own of the report's list, and of
 * nobody else. *view shares with the report, has no release of its own, and lives until the next view of the mask, or the end of the
 * arena. Its book, if there is one, is masked too. */
gr_status gr_mask_view(gr_mask *mask, uint32_t own, gr_arena *arena, gr_report *view,
                       gr_error *err);

/* A whole report becomes what the role may see; *mask is to be freed after it. GR_EUSAGE: it is for an account executive, and
 * not limited to one. */
gr_status gr_audience_apply(gr_audience role, const gr_filtering_known *known, gr_report *report,
                            gr_mask **mask, gr_error *err);

#endif
