/* src/detect/look.h - one record under the eyes of detection: its facts, the numbers reckoned from it, what it is worth.
 * What is dear is computed when it is first asked for, and once. */
#ifndef GR_DETECT_LOOK_H
#define GR_DETECT_LOOK_H

#include "engine/ruleset.h"
#include "engine/worth.h"

/* Worths are kept over one denominator, so that they can be added up: equal parts of up to 16 people are exact in it;
 * others are rounded away from the other end of the interval, so that nothing is made sure by rounding. */
enum { GR_WORTH_DEN = 720720 };

typedef struct gr_range {
    int64_t low, high; /* over GR_WORTH_DEN; high may be GR_UNBOUNDED */
} gr_range;

#define GR_WHOLE SIZE_MAX /* in place of a recipient: the record itself */

typedef struct gr_look {
    const gr_ruleset *set;
    const gr_record *record;
    gr_day day;
    gr_facts facts;
    gr_reckoned reckoned;
    gr_range whole, share;
    size_t share_of; /* the recipient whose share is known */
    bool has_whole, is_started;
    gr_matched *matched;
} gr_look;

/* The rest is done when the look is first used: of most records, none is. */
static inline void gr_look_at(gr_look *look, const gr_ruleset *set, const gr_record *record,
                              gr_day day, gr_matched *matched)
{
    look->matched = matched;
    look->set = set;
    look->record = record;
    look->day = day;
    look->has_whole = look->is_started = false;
}

/* Makes what is printed of it known, where the look was not used yet. */
void gr_look_wake(gr_look *look);
/* Is one of the comparisons surely or perhaps not so? Then neither is the condition. */
bool gr_look_fails(gr_look *look, const gr_oddity *odd);
/* Does the condition surely hold, and are the worths surely so, of a recipient or of the whole? */
bool gr_look_holds(gr_look *look, const gr_oddity *odd, size_t recipient);
/* What the share is worth, or all of it. {0, GR_UNBOUNDED}: nobody can say. */
gr_range gr_look_worth(gr_look *look, size_t recipient);

/* The amount of a bound on a day; false: there is none for this firm, or on this day. */
bool gr_bound_on(const gr_bound *bound, gr_day day, gr_amount *out);

#endif
