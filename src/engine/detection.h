/* src/engine/detection.h - rules/detection.xml: how expense types are booked, and which entries are gifts. */
#ifndef GR_ENGINE_DETECTION_H
#define GR_ENGINE_DETECTION_H

#include "engine/condition.h"

typedef struct gr_detection_rule {
    gr_text id;
    int word; /* of booked-as, or of kind */
    const gr_condition *when;
} gr_detection_rule;

typedef struct gr_detection {
    const gr_detection_rule *booking, *gift;
    size_t booking_count, gift_count;
    gr_conditions conditions; /* owned */
    char sha256[65];          /* of the file */
} gr_detection;

gr_status gr_detection_load(const char *path, const char *schema, const gr_policy *policy,
                            gr_arena *arena, gr_problems *problems, gr_detection *out,
                            gr_error *err);
void gr_detection_free(gr_detection *detection);

/* Says how an expense entry was booked and, if it is a gift, makes it one: sets its kind of record and
 * the facts booked-as and kind, where they are not stated. */
void gr_detection_apply(const gr_detection *detection, gr_record *record);

#endif
