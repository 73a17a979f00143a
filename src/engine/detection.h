/* src/engine/detection.h - rules/detection.xml: how expense types are booked, which entries are gifts, and what of them
 * looks odd. */
#ifndef GR_ENGINE_DETECTION_H
#define GR_ENGINE_DETECTION_H

#include "engine/oddity.h"

typedef struct gr_detection_rule {
    gr_text id;
    int word; /* of booked-as, or of kind */
    const gr_condition *when;
} gr_detection_rule;

typedef struct gr_detection {
    const gr_detection_rule *booking, *gift;
    size_t booking_count, gift_count;
    gr_oddity *odd;
    size_t odd_count;
    gr_text valued_by; /* id of the rulebook that says what a gift is worth; may be empty */
    const gr_rulebook *valuing; /* NULL: that is not for this firm, and of no gift it can be said */
    gr_place at;
    gr_conditions conditions; /* owned */
    char sha256[65];          /* of the file */
} gr_detection;

gr_status gr_detection_load(const char *path, const char *schema, const gr_policy *policy,
                            gr_arena *arena, gr_problems *problems, gr_detection *out,
                            gr_error *err);
void gr_detection_free(gr_detection *detection);
/* Rulebooks that it names are looked for in book, once these are loaded; told is every one there is. */
void gr_detection_bind(gr_detection *detection, const gr_rulebook *book, size_t book_count,
                       const gr_rulebook *told, size_t told_count, gr_problems *problems);

/* Says how an expense entry was booked and, if it is a gift, makes it one: sets its kind of record and
 * the facts booked-as and kind, where they are not stated. */
void gr_detection_apply(const gr_detection *detection, gr_record *record);

#endif
