/* src/app/hearing.h - a few gifts in memory, judged: no files, no ledger, no second thread. Each goes the way of a real
 * export, from its bytes to the findings. */
#ifndef GR_APP_HEARING_H
#define GR_APP_HEARING_H

#include "app/intake.h"
#include "engine/judge.h"

typedef struct gr_hearing {
    const gr_rules *rules;
    gr_arena *arena;
    gr_batch *batch;
    gr_intake intake;
    gr_day as_of; /* what has ended before it has ended; 0: nothing has */
    gr_who who;
    gr_judgement judgement;
} gr_hearing;

gr_status gr_hearing_open(const gr_rules *rules, gr_hearing *out, gr_error *err);
void gr_hearing_close(
    gr_hearing *hearing); /* what it owns, not hearing itself; after a failed open too */

/* Takes in one export named name; line_offset is added to every line. An export that is refused, or a record that
 * would go to quarantine, fails the call. */
gr_status gr_hearing_read(gr_hearing *hearing, gr_text name, gr_text bytes, uint32_t line_offset,
                          gr_error *err);

/* After the last export, once: fills who and judgement, compliant verdicts too. */
gr_status gr_hearing_judge(gr_hearing *hearing, gr_error *err);

#endif
