/* src/detect/detect.h - what looks odd: single records, and patterns over several of them, by the checks and patterns of
 * rules/detection.xml. Of a record only what a check or a pattern fits is kept. */
#ifndef GR_DETECT_DETECT_H
#define GR_DETECT_DETECT_H

#include "engine/finding_maker.h"
#include "people/names.h"

typedef struct gr_detector gr_detector;

/* All borrowed: names fold firms, the tally knows the records that come in. */
gr_status gr_detector_create(const gr_tally *tally, const gr_names *names, gr_detector **out,
                             gr_error *err);
void gr_detector_free(gr_detector *detector); /* accepts NULL */

/* Looks at a record, complete as it is judged; gift is its number in the tally, recipient[i] that of
 * record->recipient[i]. */
gr_status gr_detector_take(gr_detector *detector, const gr_record *record, uint32_t gift,
                           const uint32_t *recipient, gr_error *err);
/* Forgets every record from the given number on: of a source that is refused after all. */
void gr_detector_cut(gr_detector *detector, uint32_t gift_count);

/* Does what is found hang on records of other recipients than those judged? To be asked when all records that will be
 * judged are in; if so, all others must come in as well. */
bool gr_detector_needs_all(const gr_detector *detector);

/* After judging: adds what was found to the judgement. Findings of patterns that hang on records of other recipients are
 * made only where everybody is judged. */
gr_status gr_detector_find(gr_detector *detector, const gr_subject *subject, gr_error *err);

#endif
