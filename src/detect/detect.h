/* src/detect/detect.h - what looks odd: single records, and patterns over several of them, by the checks and patterns of
 * rules/detection.xml. */
#ifndef GR_DETECT_DETECT_H
#define GR_DETECT_DETECT_H

#include "engine/finding_maker.h"

typedef struct gr_detector gr_detector;

gr_status gr_detector_create(const gr_ruleset *set, gr_detector **out, gr_error *err);
void gr_detector_free(gr_detector *detector); /* accepts NULL */

/* Looks at a record, complete as it is judged; gift is its number in the tally, recipient[i] that of
 * record->recipient[i]. */
gr_status gr_detector_take(gr_detector *detector, const gr_record *record, uint32_t gift,
                           uint32_t giver, const uint32_t *recipient, gr_error *err);
/* Forgets every record from the given number on: of a source that is refused after all. */
void gr_detector_cut(gr_detector *detector, uint32_t gift_count);

/* Does what is found hang on records of other recipients than those judged? */
bool gr_detector_needs_all(const gr_detector *detector);

/* After judging: adds what was found to the judgement. */
gr_status gr_detector_find(gr_detector *detector, const gr_subject *subject, gr_error *err);

#endif
