/* src/app/roster_findings.h - what only a roster can tell of gifts: that somebody gave who is not on it, or was not in the
 * firm then; that somebody got a gift after he or she had left the client, or died. */
#ifndef GR_APP_ROSTER_FINDINGS_H
#define GR_APP_ROSTER_FINDINGS_H

#include "app/intake.h"
#include "engine/finding_maker.h"

#define GR_RULE_ROSTER "roster" /* of these findings */

/* Adds what was found to the judgement. The roster is settled. Who gave is looked at in all gifts that are there. */
gr_status gr_roster_findings_find(gr_intake *intake, const gr_subject *subject, gr_error *err);

/* Must everything be judged, since the roster says something new, or somebody gave who is not on it? Before records of
 * earlier runs are judged again by parts; the ledger must be open. */
gr_status gr_roster_findings_need_all(gr_intake *intake, bool *out, gr_error *err);

#endif
